import { unescapeTemplates } from '../terraform-json/expression';
import { by, sameJson, sortedBy } from '../terraform-json/json';
import type { StackFiles } from '../terraform-json/read';
import { withoutMarks } from './compare/closure';
import { findingsOf, type FindingOptions } from './findings/findings';
import { withLabels } from './names/label';
import { SCHEMA_VERSION, type Change, type Review } from './model';
import { changeOf } from './predict/change';
import { findDependents } from './predict/dependents';
import { lostIdentities, withLostIdentity } from './predict/identity-swap';
import { imageRemarks } from './predict/image-remarks';
import { migrationsOf } from './predict/migration';
import { useRemarks } from './predict/refused';
import { stackOfPlan } from './predict/planned';
import { isUntouched, withDependents, type ResourceChange } from './predict/resource-change';
import type { Plan } from './read/plan';
import { reviewStack } from './stack-review';
import { headlineOf } from './verdict/headline';
import { undecidedIn } from './verdict/undecided';
import { versionsOf, type StackPair, type Versions } from './versions';
import { unjudgedIn, unknownsOf } from './verdict/unknown';
import { countsOf, isOpening, rank, verdictOf } from './verdict/verdict';

/**
 * Reviews a change of a program from its synthesized JSON; the facts of a plan take precedence over predictions.
 *
 * A pure function: the same input gives the same review. The review contains no secret of the input.
 *
 * @param base The program before; undefined for a first review, in which everything is new
 * @param options Options for the findings
 * @throws an Error if the plan is of another program
 */
export function review(
  base: readonly StackFiles[] | undefined,
  head: readonly StackFiles[],
  plan?: Plan,
  options: FindingOptions = {},
): Review {
  return reviewOf(versionsOf(base, head, plan), options);
}

/** The review of two versions of a program, which have been read. */
export function reviewOf({ base, plan, pairs, secrets }: Versions, options: FindingOptions): Review {
  const planned = plan && stackOfPlan(plan, pairs);
  if (plan !== undefined && planned === undefined) {
    throw new Error('the plan is of another program: nothing in it is declared in base or head');
  }
  const reviews = pairs.map((pair) => reviewStack(pair, pair.head.name === planned ? plan : undefined));
  const resourceChanges = reviews.flatMap((part) => part.resourceChanges);
  const mayFollow = reviews.flatMap((part) => part.mayFollow);
  const movedPlaces = reviews.flatMap((part) => part.movedPlaces);
  const parts = {
    changes: sortedBy([...changesOf(resourceChanges, pairs), ...movedPlaces], ...CHANGE_ORDER),
    traps: reviews.flatMap((part) => part.traps).sort(TRAP_ORDER),
    access: reviews.flatMap((part) => part.access).sort(ROW_ORDER),
    exposure: reviews.flatMap((part) => part.exposure).sort(ROW_ORDER),
    settings: reviews.flatMap((part) => part.settings),
    findings: findingsOf(pairs, options),
  };
  const unjudged = unjudgedIn(resourceChanges, parts);
  const counts = countsOf(parts.changes, resourceChanges.length + movedPlaces.length);
  const result: Review = {
    schemaVersion: SCHEMA_VERSION,
    verdict: { ...verdictOf(counts, parts, unjudged), headline: headlineOf(parts, unjudged) },
    counts,
    basis: { plan: plan !== undefined, firstReview: base === undefined, stacks: pairs.map((pair) => pair.head.name) },
    ...parts,
    unknown: [
      ...unknownsOf(resourceChanges, mayFollow, pairs, planned, plan?.isPartial === true, parts),
      ...undecidedIn(parts.findings),
    ],
  };
  const safe = secrets.hide(result, readable);
  // the texts of the rules contain nothing of the input.
  return { ...safe, findings: { ...safe.findings, rules: result.findings.rules } };
}

/** The changes of all stacks, with their effects on each other. */
function changesOf(resourceChanges: readonly ResourceChange[], pairs: readonly StackPair[]): Change[] {
  const dependentsOf = findDependents(pairs.map(({ base }) => base));
  const migrations = migrationsOf(resourceChanges);
  const images = imageRemarks(pairs);
  const uses = useRemarks(pairs);
  const lostIdentityOf = lostIdentities(pairs);
  const remarksOn = (change: ResourceChange) => [...migrations(change), ...images(change), ...uses(change)];
  return resourceChanges
    .filter((change) => !isUntouched(change))
    .flatMap((change) =>
      changeOf(withDependents(change, dependentsOf), remarksOn).map((one) =>
        withLostIdentity(one, lostIdentityOf(change)),
      ),
    )
    .map((change) => withNames(change, pairs));
}

/** A change with the names of resources in place of references, unless both values would then be the same. */
function withNames(change: Change, pairs: readonly StackPair[]): Change {
  const { head, base } = pairs.find((pair) => pair.head.name === change.stack) ?? {};
  const find = (address: string) => head?.resources.get(address) ?? base?.resources.get(address);
  const attributes = change.attributes.map((attribute) => {
    const [before, after] = [withLabels(attribute.before, find), withLabels(attribute.after, find)];
    return sameJson(before, after) ? attribute : { ...attribute, before, after };
  });
  return { ...change, attributes };
}

const CHANGE_ORDER = [rank, ({ stack }: Change) => stack, ({ address }: Change) => address] as const;

/** The most severe first; rows of the same rank stay in their order. */
const ROW_ORDER = by<Review['access'][number] | Review['exposure'][number]>(
  ({ severity }) => String(['high', 'medium', 'low'].indexOf(severity)),
  (row) => (isOpening(row) ? '0' : '1'),
);

const TRAP_ORDER = by<Review['traps'][number]>(
  ({ stack }) => stack,
  ({ address }) => address,
  ({ attribute }) => attribute,
);

/** A text for readers: without the escapes of Terraform. */
function readable(text: string): string {
  return withoutMarks(unescapeTemplates(text));
}
