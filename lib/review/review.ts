import { accessOf } from './access';
import { compareAll, followStack } from './compare';
import { changeOf, provenanceOf, type Fate } from './change';
import { exposureOf } from './exposure';
import { habitatsOf, providersThrough, type Habitats } from './habitat';
import { unescapeTemplates } from './expression';
import { by, mapStrings, sameJson, type Json } from './json';
import { CONTENTS } from './knowledge/contents';
import { knowledgeOf } from './knowledge/tables';
import { collect, addMarked, Secrets } from './mask';
import { match, renames } from './match';
import { migrationsOf } from './migration';
import { SCHEMA_VERSION, type Change, type Review, type Trap } from './model';
import type { Plan } from './plan';
import { explainedBy, moduleOf, stackOfPlan, withPlan, type PlannedComparison } from './planned';
import { predict } from './predict';
import { emptyStack, stackOf, type Stack } from './program';
import type { StackFiles } from './read';
import { settle } from './settle';
import { spread } from './spread';
import { surroundingsOf } from './surroundings';
import { trapsOf } from './traps';
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
  readonly fates: readonly Fate[];
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
  const habitats = habitatsOf(pairs.map((pair) => pair.base));
  const fates = reviews.flatMap((part) => part.fates);
  const migrations = migrationsOf(fates);
  const changes = fates.flatMap((fate) => changeOf(withCasualties(fate, habitats), migrations(fate)));
  const counts = countsOf(changes, fates);
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
      fates,
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
      base: before ? settle(stackOf(before)) : emptyStack(name),
      head: after ? settle(stackOf(after)) : emptyStack(name),
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
  const fates = comparisons
    .filter(({ head: now, base: old }) => (now ?? old)?.mode !== 'data')
    .map((comparison) => fateOf(comparison, { base, head, isGone, explained }));
  const followers = spread(fates);
  const provenance = new Map(fates.map((fate) => [fate.pair, provenanceOf(fate, fate.causes.length > 0)]));
  const known = (comparison: PlannedComparison) => provenance.get(comparison) ?? { kind: 'code' as const };
  // what only leaves the state gives the same access as before, and is as reachable.
  const resources = fates.filter(({ forgotten }) => !forgotten).map((fate) => fate.pair);
  return {
    fates,
    followers,
    traps: [...fates.flatMap((fate) => trapsFor(fate)), ...addressless(fates, base, head)],
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

function fateOf(comparison: PlannedComparison, { base, head, isGone, explained }: Context): Fate {
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
    settled: planned !== undefined,
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

function trapsFor({ lost, forgotten, pair, prediction }: Fate): readonly Trap[] {
  return forgotten ? [] : [...(lost ? [] : prediction.traps), ...trapsOf(pair, lost)];
}

/** Provider configurations that have no address while their cluster is made anew, with deployed resources to look up. */
function addressless(fates: readonly Fate[], base: Stack, head: Stack): Trap[] {
  return fates.flatMap(({ lost, pair: { base: old, head: now } }) => {
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
              text: `the provider gets its address from ${now?.address}, which is made anew: while it has none, Terraform cannot read the ${deployed.length} resources that it manages, and the plan or the apply fails`,
              cure: `replace the cluster first (terraform apply -target=${now?.address}), or keep the workloads in a stack of their own`,
              source: 'Terraform: a provider configuration that is unknown until the apply',
            },
          ];
    });
  });
}

function withCasualties(fate: Fate, habitats: Habitats): Fate {
  const old = fate.pair.base;
  if (!fate.lost || old === undefined) {
    return fate;
  }
  const followed = new Set(fate.followers.map(({ stack, address }) => `${stack} ${address}`));
  const within = habitats(old).filter(({ stack, address }) => !followed.has(`${stack} ${address}`));
  return {
    ...fate,
    takes: [...fate.followers, ...within].sort(
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
