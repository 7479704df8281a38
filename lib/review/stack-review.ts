import { mapStrings, type JsonObject } from '../terraform-json/json';
import { onlyReference } from '../terraform-json/references';
import type { StackFiles } from '../terraform-json/read';
import { accessOf } from './access/access';
import { Closure, unmarked } from './compare/closure';
import { compareAll, type Comparison } from './compare/compare';
import { instancesOf } from './match/each';
import { followStack } from './compare/follow';
import { settingRowsOf } from './compare/setting-rows';
import { exposureOf } from './exposure/exposure';
import { match, renames, type Pair } from './match/match';
import { changedDefaults, defaultsOf, resolveReferences } from './match/resolve';
import type { Provenance, Review } from './model';
import { labelled } from './names/label';
import { provenanceOf } from './predict/change';
import { withoutEchoes } from './predict/echoes';
import { movedPlaces } from './predict/moved-places';
import { explainedBy, withPlan, type PlannedComparison } from './predict/planned';
import { propagate } from './predict/propagate';
import { providerTraps } from './predict/provider-traps';
import { refusedChanges } from './predict/refused';
import { isChanged, resourceChangeOf, type ResourceChange } from './predict/resource-change';
import { takenNames } from './predict/taken-names';
import { trapsOf } from './predict/traps';
import type { Plan } from './read/plan';
import { emptyStack, stackOf, type Resource, type Stack } from './read/program';

/** Two versions of one stack; the version of a missing stack is empty. */
export interface StackPair {
  readonly base: Stack;
  readonly head: Stack;
  /** The resources of both versions, paired. */
  readonly pairs: readonly Pair[];
  /** The new addresses of the old resources. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Tells what means the same on both sides. */
  readonly closure: Closure;
  /** Whether the head does not have the stack, so that nobody runs Terraform for it any more. */
  readonly isGone: boolean;
  readonly isNew: boolean;
}

/** What one stack contributes to a review. */
export interface StackReview extends Pick<Review, 'traps' | 'access' | 'exposure' | 'settings'> {
  readonly resourceChanges: readonly ResourceChange[];
  /** The addresses that may be replaced with something that they depend on. */
  readonly mayFollow: readonly string[];
  /** The providers and the state that are elsewhere. */
  readonly movedPlaces: Review['changes'];
}

/** The stacks of both versions of a program, paired by name. */
export function pairStacks(base: readonly StackFiles[], head: readonly StackFiles[]): StackPair[] {
  const names = [...new Set([...base, ...head].map(({ name }) => name))].sort();
  const [olds, news] = [base, head].map((side) =>
    names.map((name) => {
      const files = side.find((stack) => stack.name === name);
      return files === undefined ? emptyStack(name) : stackOf(files);
    }),
  ) as [Stack[], Stack[]];
  const defaults = changedDefaults(olds, news);
  const [before, after] = [
    resolveReferences(olds, defaults.base).map(labelled),
    resolveReferences(news, defaults.head).map(labelled),
  ];
  const matched = names.map((_, i) => match(before[i] as Stack, after[i] as Stack));
  const renamed = matched.map(renames);
  const closure = new Closure(
    names.map((_, i) => ({
      base: olds[i] as Stack,
      head: news[i] as Stack,
      renamed: renamed[i] as ReadonlyMap<string, string>,
    })),
  );
  return names.map((name, i) => ({
    ...{ base: before[i] as Stack, head: after[i] as Stack },
    ...{ pairs: matched[i] ?? [], renamed: renamed[i] ?? new Map<string, string>(), closure },
    isGone: !head.some((stack) => stack.name === name),
    isNew: !base.some((stack) => stack.name === name),
  }));
}

/**
 * Both versions of the stacks with the defaults of their variables in place of these, for those who look for secrets: a
 * default is one where it becomes one.
 */
export function withDefaults(base: readonly StackFiles[], head: readonly StackFiles[]): Stack[] {
  return [base, head].flatMap((side) => {
    const stacks = side.map(stackOf);
    return resolveReferences(stacks, new Map(stacks.map((stack) => [stack.name, defaultsOf(stack)])));
  });
}

/** Reviews one stack; dependents in other stacks and moves between stacks are not considered yet. */
export function reviewStack(stacks: StackPair, plan: Plan | undefined): StackReview {
  const { base, head, pairs, renamed, closure, isGone, isNew } = stacks;
  const compared = compareAll(pairs, stacks).map((pair) => withoutEchoes(pair, { base, head }));
  const comparisons = plan ? withPlan(compared, plan, head) : compared;
  const explained = plan ? explainedBy(compared.filter(isExplaining), head) : new Set<string>();
  const resourceChanges = comparisons
    .filter(({ head: now, base: old }) => (now ?? old)?.mode !== 'data')
    .map((comparison) => resourceChangeOf(comparison, { base, head, isGone, explained }));
  const mayFollow = propagate(resourceChanges);
  // a resource that only leaves the state grants the same access, and is just as reachable.
  const kept = resourceChanges.filter(({ forgotten }) => !forgotten).map(({ pair }) => pair);
  const { instances, provenance } = instancesIn(kept, provenances(resourceChanges));
  const old = followStack(base, renamed);
  return {
    resourceChanges,
    mayFollow,
    traps: [
      ...resourceChanges.flatMap(trapsOf),
      ...refusedChanges(resourceChanges, base, head),
      ...takenNames(resourceChanges),
      ...providerTraps(resourceChanges, base, head),
    ],
    access: accessOf(instances, base, head, provenance),
    exposure: exposureOf(instances, head, provenance),
    movedPlaces: isGone || isNew || plan ? [] : movedPlaces({ base: old, head, closure }),
    settings: isGone || isNew ? [] : settingRowsOf(old, head, comparisons, closure),
  };
}

/** The instances of the resources, one by one where the code decides them, with the provenance of each. */
function instancesIn(
  resources: readonly PlannedComparison[],
  provenanceOf: (comparison: Comparison) => Provenance,
): { instances: Comparison[]; provenance: (comparison: Comparison) => Provenance } {
  const origin = new Map<Comparison, Comparison>();
  const instances = resources.flatMap((resource) => {
    const known = resource.marked && !resource.planned ? { ...resource, base: seen(resource.marked) } : resource;
    const found = resource.planned ? [known] : instancesOf(known);
    found.forEach((instance) => origin.set(instance, resource));
    return found;
  });
  return { instances, provenance: (comparison) => provenanceOf(origin.get(comparison) ?? comparison) };
}

/** The old side with its marks, except where it is just a reference to a data source, which is compared by its query. */
function seen(marked: Resource): Resource {
  const isData = (text: string) => onlyReference(text)?.address.startsWith('data.') === true;
  const keep = (text: string) => (isData(unmarked(text)) ? unmarked(text) : text);
  return { ...marked, attributes: mapStrings(marked.attributes, keep) as JsonObject };
}

/** Whether a comparison explains changes in a plan. */
function isExplaining(comparison: Comparison): boolean {
  return isChanged(comparison) || comparison.link === 'moved';
}

function provenances(resourceChanges: readonly ResourceChange[]): (comparison: Comparison) => Provenance {
  const known = new Map<Comparison, Provenance>(
    resourceChanges.map((change) => [change.pair, provenanceOf(change, change.causes.length > 0)]),
  );
  return (comparison) => known.get(comparison) ?? { kind: 'code' };
}
