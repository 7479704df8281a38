import { accessOf } from './access/access';
import { compareAll, followStack } from './compare/compare';
import { changeOf, provenanceOf, type ResourceChange } from './predict/change';
import { exposureOf } from './exposure/exposure';
import { findDependents, providersThrough, type DependentsOf } from './predict/dependents';
import { unescapeTemplates } from '../terraform-json/expression';
import { by, mapStrings, sameJson, type Json } from '../terraform-json/json';
import { CONTENTS } from './knowledge/contents';
import { knowledgeOf } from './knowledge/tables';
import { collect, addMarked, Secrets } from './mask';
import { match, renames } from './match/match';
import { migrationsOf } from './predict/migration';
import { SCHEMA_VERSION, type Change, type Review, type Trap } from './model';
import type { Plan } from './read/plan';
import { explainedBy, moduleOf, stackOfPlan, withPlan, type PlannedComparison } from './predict/planned';
import { predict } from './predict/predict';
import { emptyStack, stackOf, type Stack } from './read/program';
import type { StackFiles } from '../terraform-json/read';
import { resolveReferences } from './match/resolve';
import { propagate } from './predict/propagate';
import { surroundingsOf } from './compare/setting-rows';
import { trapsOf } from './predict/traps';
import { unknownsOf } from './unknown';
import { countsOf, isDanger, ORDER, verdictOf } from './verdict';

/** Two versions of one stack; a version in which it is not there is empty. */
interface StackPair {
  readonly base: Stack;
  readonly head: Stack;
  /** Whether the stack is in the head at all: nobody runs Terraform for one that is not. */
  readonly isGone: boolean;
  readonly isNew: boolean;
}

/** What one stack contributes to a review. */
interface StackReview extends Pick<Review, 'traps' | 'access' | 'exposure' | 'settings'> {
  readonly resourceChanges: readonly ResourceChange[];
  readonly followers: readonly string[];
}

/**
 * Reviews a change of a program from its synthesized JSON alone; a plan's facts win where one is given.
 *
 * A pure function: the same input gives the same review. No secret of the input is in it.
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
  const counts = countsOf(changes, resourceChanges);
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
      reviews.flatMap((part) => part.followers),
      pairs,
      planned,
      plan?.isPartial === true,
    ),
  };
  return shown(secretsOf(pairs, plan).hide(result));
}

/** A review with its texts as Terraform reads them. */
function shown(result: Review): Review {
  return mapStrings(result as unknown as Json, unescapeTemplates) as unknown as Review;
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
    .map((comparison) => fateOf(comparison, { base, head, isGone, explained }));
  const followers = propagate(resourceChanges);
  const provenance = new Map(
    resourceChanges.map((resourceChange) => [
      resourceChange.pair,
      provenanceOf(resourceChange, resourceChange.causes.length > 0),
    ]),
  );
  const known = (comparison: PlannedComparison) => provenance.get(comparison) ?? { kind: 'code' as const };
  // what only leaves the state gives the same access as before, and is as reachable.
  const resources = resourceChanges.filter(({ forgotten }) => !forgotten).map((resourceChange) => resourceChange.pair);
  return {
    resourceChanges,
    followers,
    traps: [
      ...resourceChanges.flatMap((resourceChange) => trapsFor(resourceChange)),
      ...addressless(resourceChanges, base, head),
    ],
    access: accessOf(resources, base, head, known),
    exposure: exposureOf(resources, head, known),
    settings: isGone || isNew ? [] : surroundingsOf(followStack(base, renames(pairs)), head, comparisons),
  };
}

interface Context {
  readonly base: Stack;
  readonly head: Stack;
  readonly isGone: boolean;
  /** The addresses whose change the code explains, if there is a plan to ask about. */
  readonly explained: ReadonlySet<string>;
}

function fateOf(comparison: PlannedComparison, { base, head, isGone, explained }: Context): ResourceChange {
  const { base: old, head: now, planned } = comparison;
  const resource = now ?? old;
  const knowledge = resource && knowledgeOf(resource, now ? head : base);
  const prediction = predict(comparison, knowledge);
  const forgotten =
    isGone ||
    (old !== undefined && now === undefined && base.resources.has(old.address) && head.forgotten.has(old.address));
  const isLost = planned
    ? planned.actions.includes('delete') || comparison.link === 'renamed'
    : (now === undefined && !forgotten) || comparison.link === 'renamed' || prediction.causes.length > 0;
  return {
    ...{ pair: comparison, knowledge, prediction, forgotten },
    imported: head.imports.has(now?.address ?? '') || planned?.importing === true,
    isPlanned: planned !== undefined,
    changed: isChanged(comparison),
    lost: isLost,
    causes: planned ? [] : [...prediction.causes],
    doubts: planned ? [] : [...prediction.doubts],
    followers: [],
    takes: [],
    unrelated: planned !== undefined && !explained.has(moduleOf(planned.declared)),
    holds: resource && Object.hasOwn(CONTENTS, resource.type) ? CONTENTS[resource.type] : undefined,
  };
}

/** Whether anything happens to a resource; under a new address it is the same one. */
function isChanged({ base, head, findings, link }: PlannedComparison): boolean {
  const isKept = (link === 'address' || link === 'moved') && findings.length === 0;
  return !isKept || ['count', 'for_each'].some((key) => !sameJson(base?.meta[key], head?.meta[key]));
}

function trapsFor({ lost, forgotten, pair, prediction }: ResourceChange): readonly Trap[] {
  return forgotten ? [] : [...(lost ? [] : prediction.traps), ...trapsOf(pair, lost)];
}

/** Provider configurations that have no address while their cluster is recreated, but have deployed resources to read. */
function addressless(resourceChanges: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  return resourceChanges.flatMap(({ lost, pair: { base: old, head: now } }) => {
    const keys = lost && old && now ? providersThrough(now.address, head) : [];
    return keys.flatMap((key) => {
      const deployed = [...base.resources.values()].filter(
        ({ provider, mode }) => provider === key && mode === 'resource',
      );
      return deployed.length === 0
        ? []
        : [
            {
              ...{ stack: head.name, address: `provider.${key}`, attribute: now?.address ?? '' },
              text: `the provider gets its address from ${now?.address}, which is recreated: while it has none, Terraform cannot read the ${deployed.length} resources that it manages, and the plan or the apply fails`,
              cure: `replace the cluster first (terraform apply -target=${now?.address}), or keep the workloads in a stack of their own`,
              source: 'Terraform: a provider configuration that is unknown until the apply',
            },
          ];
    });
  });
}

function withDependents(resourceChange: ResourceChange, dependentsOf: DependentsOf): ResourceChange {
  const old = resourceChange.pair.base;
  if (!resourceChange.lost || old === undefined) {
    return resourceChange;
  }
  const followed = new Set(resourceChange.followers.map(({ stack, address }) => `${stack} ${address}`));
  const within = dependentsOf(old).filter(({ stack, address }) => !followed.has(`${stack} ${address}`));
  return {
    ...resourceChange,
    takes: [...resourceChange.followers, ...within].sort(
      by(
        ({ stack }) => stack,
        ({ address }) => address,
      ),
    ),
  };
}

/** The worst first: what is lost with much in it, then what takes others with it, then by what happens. */
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
