import { mapStrings, type JsonObject } from '../terraform-json/json';
import { onlyReference } from '../terraform-json/references';
import { accessOf } from './access/access';
import { unmarked } from './compare/closure';
import { compareAll, type Comparison } from './compare/compare';
import { existing } from './compare/existing';
import { asApplied } from './compare/ignored';
import { hasNone } from './compare/instances';
import { knowledgeIn } from './knowledge/tables';
import { instancesOf } from './match/each';
import { followStack } from './compare/follow';
import { settingRowsOf } from './compare/setting-rows';
import { exposureOf } from './exposure/exposure';
import type { Provenance, Review, SettingRow } from './model';
import { provenanceOf } from './predict/change';
import { withoutEchoes } from './predict/echoes';
import { movedPlaces } from './predict/moved-places';
import { explainedBy, withPlan, type PlannedComparison } from './predict/planned';
import { propagate } from './predict/propagate';
import { lockTraps } from './predict/lock-traps';
import { programRows } from './predict/programs';
import { providerTraps, removedProviders } from './predict/provider-traps';
import { rejectedObjects } from './predict/rejected-objects';
import { refusedChanges } from './predict/refused';
import { refusedInstances } from './predict/refused-instances';
import { refusedOutputs } from './predict/refused-outputs';
import { refusedReferences } from './predict/refused-references';
import { refusedStatements } from './predict/refused-statements';
import { isChanged, isUntouched, resourceChangesIn, type ResourceChange } from './predict/resource-change';
import { takenNames } from './predict/taken-names';
import { trapsOf } from './predict/traps';
import { versionTraps } from './predict/version-traps';
import type { Plan } from './read/plan';
import type { Resource, Stack } from './read/program';
import type { StackPair } from './versions';

/** What one stack contributes to a review. */
export interface StackReview extends Pick<Review, 'traps' | 'access' | 'exposure' | 'settings'> {
  readonly resourceChanges: readonly ResourceChange[];
  /** The addresses that may be replaced with something that they depend on. */
  readonly mayFollow: readonly string[];
  /** The providers and the state that move to another place. */
  readonly movedPlaces: Review['changes'];
}

/** Reviews one stack; dependents in other stacks and moves between stacks are not considered yet. */
export function reviewStack(stacks: StackPair, plan: Plan | undefined): StackReview {
  const { base, head, pairs, renamed, closure, isGone, isNew } = stacks;
  const knowledgeOf = knowledgeIn({ base, head });
  const compared = compareAll(pairs, stacks).map((pair) => existing(withoutEchoes(pair, knowledgeOf)));
  const comparisons = plan ? withPlan(compared, plan, head) : compared;
  const explained = plan ? explainedBy(compared.filter(isExplaining), head) : new Set<string>();
  const resourceChanges = comparisons
    .filter(({ head: now, base: old }) => (now ?? old)?.mode !== 'data')
    .map(resourceChangesIn({ base, head, isGone, explained }));
  const mayFollow = propagate(resourceChanges);
  const touched = resourceChanges.filter((change) => !isUntouched(change));
  // a resource that only leaves the state grants the same access and remains just as reachable.
  const kept = resourceChanges.filter(({ forgotten }) => !forgotten).map(({ pair }) => pair);
  const { instances, provenance } = instancesIn(kept, provenances(resourceChanges));
  const old = followStack(base, renamed);
  return {
    resourceChanges,
    mayFollow,
    traps: [
      ...touched.flatMap(trapsOf),
      ...rejectedObjects(touched),
      ...refusedChanges(touched, base, head),
      ...refusedOutputs(base, head),
      ...(isGone
        ? []
        : [
            ...refusedStatements(base, head),
            ...refusedInstances(base, head),
            ...refusedReferences(base, head, comparisons),
            ...removedProviders(resourceChanges, base, head),
          ]),
      ...takenNames(resourceChanges, base),
      ...versionTraps(touched, head),
      ...providerTraps(touched, base, head),
      ...lockTraps(resourceChanges, base),
    ],
    access: accessOf(instances, base, head, provenance),
    exposure: exposureOf(instances, { base, head, renamed }, provenance),
    movedPlaces: isGone || isNew || plan ? [] : movedPlaces({ base: old, head, closure }),
    settings: [...settingsOf(stacks, old, comparisons, resourceChanges), ...programRows(resourceChanges)],
  };
}

/** The changes around the resources; for a stack that is new or removed, only those that need attention. */
function settingsOf(
  { head, closure, isGone, isNew }: StackPair,
  old: Stack,
  comparisons: readonly Comparison[],
  changes: readonly ResourceChange[],
): SettingRow[] {
  const rows = isGone
    ? []
    : settingRowsOf(
        old,
        head,
        comparisons.filter(({ isSettled }) => !isSettled),
        closure,
      );
  if (!isGone && !isNew) {
    return rows;
  }
  const note = isGone ? 'is gone, and nobody runs Terraform for it any more' : 'is new';
  const isSilent = changes.length === 0;
  return [
    ...(isSilent ? [{ stack: head.name, kind: 'stack' as const, what: head.name, note }] : []),
    ...rows.filter(({ concern }) => concern !== undefined),
  ];
}

/** The instances of the resources, one by one if the code decides them, with the provenance of each. */
function instancesIn(
  resources: readonly PlannedComparison[],
  provenanceOf: (comparison: Comparison) => Provenance,
): { instances: Comparison[]; provenance: (comparison: Comparison) => Provenance } {
  const origin = new Map<Comparison, Comparison>();
  const instances = resources.flatMap((resource) => {
    const known = resource.marked && !resource.planned ? { ...resource, base: seen(resource.marked) } : resource;
    const found = resource.planned ? [known] : instancesOf(withoutNone(asApplied(known)));
    found.forEach((instance) => origin.set(instance, resource));
    return found;
  });
  return { instances, provenance: (comparison) => provenanceOf(origin.get(comparison) ?? comparison) };
}

/** A resource without the side that has no instances, which grants and opens nothing. */
function withoutNone<T extends Comparison>(comparison: T): T {
  const { base, head, ...others } = comparison;
  if (![base, head].some((side) => side !== undefined && hasNone(side.meta))) {
    return comparison;
  }
  return {
    ...others,
    ...(base && !hasNone(base.meta) && { base }),
    ...(head && !hasNone(head.meta) && { head }),
  } as T;
}

/** The old side with its marks, except in references to data sources, which are compared by their queries. */
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
  const known = new Map<Comparison, ResourceChange>(resourceChanges.map((change) => [change.pair, change]));
  return (comparison) => {
    const change = known.get(comparison);
    return change === undefined ? { kind: 'code' } : provenanceOf(change, change.causes.length > 0);
  };
}
