import { accessOf } from './access/access';
import { compareAll, followStack } from './compare/compare';
import { changeOf, provenanceOf } from './predict/change';
import { exposureOf } from './exposure/exposure';
import { findDependents } from './predict/dependents';
import { unescapeTemplates } from '../terraform-json/expression';
import { by, isObject, mapStrings, type Json } from '../terraform-json/json';
import { addMarked, collect } from './mask/collect';
import { Secrets } from './mask/secrets';
import { match, renames } from './match/match';
import { migrationsOf } from './predict/migration';
import { SCHEMA_VERSION, type Change, type Review } from './model';
import type { Plan } from './read/plan';
import { explainedBy, stackOfPlan, withPlan, type PlannedComparison } from './predict/planned';
import { providerTraps } from './predict/provider-traps';
import { isChanged, resourceChangeOf, withDependents, type ResourceChange } from './predict/resource-change';
import { emptyStack, stackOf, type Stack } from './read/program';
import type { StackFiles } from '../terraform-json/read';
import { resolveReferences } from './match/resolve';
import { propagate } from './predict/propagate';
import { settingRowsOf } from './compare/setting-rows';
import { trapsOf } from './predict/traps';
import { unknownsOf } from './verdict/unknown';
import { countsOf, isDanger, ORDER, verdictOf } from './verdict/verdict';

/** Two versions of one stack; the version of a missing stack is empty. */
interface StackPair {
  readonly base: Stack;
  readonly head: Stack;
  /** Whether the head does not have the stack, so that nobody runs Terraform for it any more. */
  readonly isGone: boolean;
  readonly isNew: boolean;
}

/** What one stack contributes to a review. */
interface StackReview extends Pick<Review, 'traps' | 'access' | 'exposure' | 'settings'> {
  readonly resourceChanges: readonly ResourceChange[];
  /** The addresses that may be replaced with something that they depend on. */
  readonly mayFollow: readonly string[];
}

/**
 * Reviews a change of a program from its synthesized JSON; the facts of a plan take precedence over predictions.
 *
 * A pure function: the same input gives the same review. The review contains no secret of the input.
 *
 * @param base The program before; undefined for a first review, in which everything is new
 * @throws an Error if the plan is of another program
 */
export function review(base: readonly StackFiles[] | undefined, head: readonly StackFiles[], plan?: Plan): Review {
  const pairs = pairStacks(base ?? [], head);
  const planned = plan && stackOfPlan(plan, pairs);
  if (plan !== undefined && planned === undefined) {
    throw new Error('the plan is of another program: nothing in it is declared in base or head');
  }
  const reviews = pairs.map((pair) => reviewStack(pair, pair.head.name === planned ? plan : undefined));
  const dependentsOf = findDependents(pairs.map((pair) => pair.base));
  const resourceChanges = reviews.flatMap((part) => part.resourceChanges);
  const migrations = migrationsOf(resourceChanges);
  const changes = resourceChanges.flatMap((resourceChange) =>
    changeOf(withDependents(resourceChange, dependentsOf), migrations(resourceChange)),
  );
  const counts = countsOf(changes, resourceChanges.length);
  const parts = {
    changes: changes.sort(
      by(
        rank,
        ({ stack }) => stack,
        ({ address }) => address,
      ),
    ),
    traps: reviews
      .flatMap((part) => part.traps)
      .sort(
        by(
          ({ stack }) => stack,
          ({ address }) => address,
          ({ attribute }) => attribute,
        ),
      ),
    access: reviews.flatMap((part) => part.access),
    exposure: reviews.flatMap((part) => part.exposure),
    settings: reviews.flatMap((part) => part.settings),
  };
  const result: Review = {
    schemaVersion: SCHEMA_VERSION,
    verdict: verdictOf(counts, parts),
    counts,
    basis: { plan: plan !== undefined, firstReview: base === undefined, stacks: pairs.map((pair) => pair.head.name) },
    ...parts,
    unknown: unknownsOf(
      resourceChanges,
      reviews.flatMap((part) => part.mayFollow),
      pairs,
      planned,
      plan?.isPartial === true,
    ),
  };
  return shown(secretsOf(pairs, plan).hide(result));
}

/** A review for its readers: without the escapes of Terraform, and without undefined properties. */
function shown(result: Review): Review {
  return mapStrings(withoutUndefined(result as unknown as Json), unescapeTemplates) as unknown as Review;
}

/** Drops undefined properties once, so that the parts of a review need not. */
function withoutUndefined(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(withoutUndefined);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, child]) => child !== undefined)
          .map(([key, child]) => [key, withoutUndefined(child)]),
      )
    : value;
}

function pairStacks(base: readonly StackFiles[], head: readonly StackFiles[]): StackPair[] {
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

function reviewStack({ base, head, isGone, isNew }: StackPair, plan: Plan | undefined): StackReview {
  const pairs = match(base, head);
  const compared = compareAll(pairs, base, head);
  const comparisons = plan ? withPlan(compared, plan, head) : compared;
  const explained = plan
    ? explainedBy(
        compared.filter((pair) => isChanged(pair) || pair.link === 'moved'),
        head,
      )
    : new Set<string>();
  const resourceChanges = comparisons
    .filter(({ head: now, base: old }) => (now ?? old)?.mode !== 'data')
    .map((comparison) => resourceChangeOf(comparison, { base, head, isGone, explained }));
  const mayFollow = propagate(resourceChanges);
  const provenance = new Map(
    resourceChanges.map((resourceChange) => [
      resourceChange.pair,
      provenanceOf(resourceChange, resourceChange.causes.length > 0),
    ]),
  );
  const known = (comparison: PlannedComparison) => provenance.get(comparison) ?? { kind: 'code' as const };
  // a resource that only leaves the state grants the same access, and is just as reachable.
  const resources = resourceChanges.filter(({ forgotten }) => !forgotten).map((resourceChange) => resourceChange.pair);
  return {
    resourceChanges,
    mayFollow,
    traps: [...resourceChanges.flatMap(trapsOf), ...providerTraps(resourceChanges, base, head)],
    access: accessOf(resources, base, head, known),
    exposure: exposureOf(resources, head, known),
    settings: isGone || isNew ? [] : settingRowsOf(followStack(base, renames(pairs)), head, comparisons),
  };
}

/** The sort key for the worst changes first: those that lose the most, then those with dependents, then by action. */
function rank(change: Change): string {
  const { action, mayReplace, holds, takes } = change;
  const flags = [isDanger(change), holds !== undefined, takes.length > 0].map((flag) => (flag ? '0' : '1'));
  return [...flags, ORDER.indexOf(action), mayReplace ? '0' : '1'].join('');
}

function secretsOf(pairs: readonly StackPair[], plan: Plan | undefined): Secrets {
  const secrets = new Secrets();
  pairs.forEach(({ base, head }) => {
    collect(base, secrets);
    collect(head, secrets);
  });
  plan?.changes.forEach(({ before, after, beforeMarks, afterMarks }) => {
    addMarked(before, beforeMarks, secrets);
    addMarked(after, afterMarks, secrets);
  });
  plan?.secrets.forEach((secret) => secrets.add(secret));
  return secrets;
}
