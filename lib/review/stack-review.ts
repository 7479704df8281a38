import type { StackFiles } from '../terraform-json/read';
import { accessOf } from './access/access';
import { compareAll, followStack, type Comparison } from './compare/compare';
import { settingRowsOf } from './compare/setting-rows';
import { exposureOf } from './exposure/exposure';
import { match, renames } from './match/match';
import { resolveReferences } from './match/resolve';
import type { Provenance, Review } from './model';
import { provenanceOf } from './predict/change';
import { explainedBy, withPlan } from './predict/planned';
import { propagate } from './predict/propagate';
import { providerTraps } from './predict/provider-traps';
import { isChanged, resourceChangeOf, type ResourceChange } from './predict/resource-change';
import { trapsOf } from './predict/traps';
import type { Plan } from './read/plan';
import { emptyStack, stackOf, type Stack } from './read/program';

/** Two versions of one stack; the version of a missing stack is empty. */
export interface StackPair {
  readonly base: Stack;
  readonly head: Stack;
  /** Whether the head does not have the stack, so that nobody runs Terraform for it any more. */
  readonly isGone: boolean;
  readonly isNew: boolean;
}

/** What one stack contributes to a review. */
export interface StackReview extends Pick<Review, 'traps' | 'access' | 'exposure' | 'settings'> {
  readonly resourceChanges: readonly ResourceChange[];
  /** The addresses that may be replaced with something that they depend on. */
  readonly mayFollow: readonly string[];
}

/** The stacks of both versions of a program, paired by name. */
export function pairStacks(base: readonly StackFiles[], head: readonly StackFiles[]): StackPair[] {
  const names = [...new Set([...base, ...head].map(({ name }) => name))].sort();
  return names.map((name) => {
    const [before, after] = [base, head].map((side) => side.find((stack) => stack.name === name));
    return {
      base: before ? resolveReferences(stackOf(before)) : emptyStack(name),
      head: after ? resolveReferences(stackOf(after)) : emptyStack(name),
      isGone: after === undefined,
      isNew: before === undefined,
    };
  });
}

/** Reviews one stack; dependents in other stacks and moves between stacks are not considered yet. */
export function reviewStack({ base, head, isGone, isNew }: StackPair, plan: Plan | undefined): StackReview {
  const pairs = match(base, head);
  const compared = compareAll(pairs, base, head);
  const comparisons = plan ? withPlan(compared, plan, head) : compared;
  const explained = plan ? explainedBy(compared.filter(isExplaining), head) : new Set<string>();
  const resourceChanges = comparisons
    .filter(({ head: now, base: old }) => (now ?? old)?.mode !== 'data')
    .map((comparison) => resourceChangeOf(comparison, { base, head, isGone, explained }));
  const mayFollow = propagate(resourceChanges);
  const provenance = provenances(resourceChanges);
  // a resource that only leaves the state grants the same access, and is just as reachable.
  const resources = resourceChanges.filter(({ forgotten }) => !forgotten).map(({ pair }) => pair);
  return {
    resourceChanges,
    mayFollow,
    traps: [...resourceChanges.flatMap(trapsOf), ...providerTraps(resourceChanges, base, head)],
    access: accessOf(resources, base, head, provenance),
    exposure: exposureOf(resources, head, provenance),
    settings: isGone || isNew ? [] : settingRowsOf(followStack(base, renames(pairs)), head, comparisons),
  };
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
