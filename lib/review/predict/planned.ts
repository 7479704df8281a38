import type { Comparison } from '../compare/compare';
import { differences } from '../compare/diff';
import { notIgnored } from '../compare/ignored';
import { orderIn } from '../compare/order';
import { by, isObject, own, type Json, type JsonObject } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import { isWithin } from '../../terraform-json/paths';
import { references } from '../match/match';
import type { PlannedChange, Plan } from '../read/plan';
import { withoutKeys, type Resource, type Stack } from '../read/program';

/** A comparison, with its part of the plan if there is one. */
export interface PlannedComparison extends Comparison {
  readonly planned?: PlannedChange;
}

/** The stack of a plan: the one that declares most of the plan's resources; undefined if none declares any. */
export function stackOfPlan(plan: Plan, stacks: readonly { base: Stack; head: Stack }[]): string | undefined {
  const addresses = plan.changes.map(({ declared }) => moduleOf(declared));
  const scored = stacks.map(({ base, head }) => ({
    name: head.name,
    score: addresses.filter((address) => head.resources.has(address) || base.resources.has(address)).length,
  }));
  // of stacks that declare as many, the first one.
  const [best] = scored.sort((a, b) => b.score - a.score);
  return best !== undefined && (best.score > 0 || addresses.length === 0) ? best.name : undefined;
}

/** Replaces predictions with the facts of a plan; resources that the plan does not mention keep theirs. */
export function withPlan(comparisons: readonly Comparison[], plan: Plan, stack: Stack): PlannedComparison[] {
  const mentioned = new Set(plan.changes.map(({ declared }) => moduleOf(declared)));
  const silent = comparisons.filter(
    ({ base, head }) => ![base, head].some((side) => side && mentioned.has(withoutKeys(side.address))),
  );
  const find = finder(comparisons);
  const effective = plan.changes.filter(({ actions }) => !actions.includes('read'));
  const byAddress = new Map(effective.map((change) => [`${change.actions.join()} ${change.address}`, change]));
  const renamed = comparisons.flatMap((comparison) => confirmed(comparison, byAddress));
  const consumed = new Set(renamed.flatMap(({ base, head }) => [base?.address, head?.address]));
  const others = effective.filter(({ address }) => !consumed.has(address));
  return [...silent, ...renamed, ...others.map((change) => applied(find(change), change, stack))].sort(
    by((comparison) => (comparison.head ?? comparison.base)?.address ?? ''),
  );
}

function finder(comparisons: readonly Comparison[]): (change: PlannedChange) => Comparison | undefined {
  const byAddress = new Map<string, Comparison>();
  comparisons.forEach((comparison) => comparison.base && byAddress.set(comparison.base.address, comparison));
  comparisons.forEach((comparison) => comparison.head && byAddress.set(comparison.head.address, comparison));
  return ({ declared }) => byAddress.get(declared);
}

/** A rename that the plan confirms: it deletes the old address and creates the new one. */
function confirmed(comparison: Comparison, changes: ReadonlyMap<string, PlannedChange>): PlannedComparison[] {
  if (comparison.link !== 'renamed') {
    return [];
  }
  const only = (action: string, address?: string) => changes.get(`${action} ${address}`);
  const planned = only('create', comparison.head?.address);
  return planned && only('delete', comparison.base?.address) ? [{ ...comparison, planned }] : [];
}

function applied(found: Comparison | undefined, planned: PlannedChange, stack: Stack): PlannedComparison {
  const { actions, address, previousAddress, unknown } = planned;
  const does = (...names: string[]) => actions.some((action) => names.includes(action));
  const shell = found?.head ?? found?.base ?? bare(planned, stack);
  const old = { ...(found?.base ?? shell), address: previousAddress ?? address, attributes: planned.before };
  const configured = found?.head?.attributes ?? {};
  const now = { ...shell, address, attributes: object(fill(planned.after, unknown, configured, planned.before)) };
  const existed = does('delete', 'update', 'no-op', 'forget');
  const remains = does('create', 'update', 'no-op');
  const isBoth = existed && remains;
  const link = isBoth ? 'address' : 'none';
  return {
    link: previousAddress ? 'moved' : link,
    base: existed ? old : undefined,
    head: remains ? now : undefined,
    findings: isBoth ? notIgnored(now, differences(old.attributes, now.attributes, orderIn(now.type))) : [],
    // taken from the code, since a plan does not show them
    ignored: found?.ignored ?? [],
    planned,
  };
}

/** The planned value, with values that are known only after the apply as in the code, or else as before. */
function fill(
  after: Json | undefined,
  unknown: Json | undefined,
  code: Json | undefined,
  before: Json | undefined,
): Json {
  if (unknown === true) {
    return code ?? before ?? null;
  }
  if (Array.isArray(after)) {
    return after.map((item, i) => fill(item, itemOf(unknown, i), itemOf(code, i), itemOf(before, i)));
  }
  if (isObject(after)) {
    const parts = [unknown, code, before].map((part) => object(part ?? null));
    const [marks, config, old] = parts as [JsonObject, JsonObject, JsonObject];
    const keys = new Set([...Object.keys(after), ...Object.keys(marks)]);
    return Object.fromEntries(
      [...keys].map((key) => [key, fill(own(after, key), own(marks, key), own(config, key), own(old, key))]),
    );
  }
  return after ?? null;
}

/** One item of a list; a block that is written without a list counts as its first item. */
function itemOf(value: Json | undefined, index: number): Json | undefined {
  const items = Array.isArray(value) ? value : [value];
  return items[index];
}

function object(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

function bare({ declared, type }: PlannedChange, stack: Stack): Resource {
  const provider = type.split('_', 1)[0] ?? '';
  return { stack: stack.name, mode: 'resource', address: declared, type, provider, attributes: {}, meta: {} };
}

/**
 * The addresses whose changes in a plan the change of the code explains: the changed ones, and their direct and
 * indirect dependents.
 */
export function explainedBy(changed: readonly Comparison[], head: Stack): Set<string> {
  const referrers = new Map<string, string[]>();
  for (const resource of head.resources.values()) {
    references(resource).forEach(({ address }) => addTo(referrers, address, resource.address));
  }
  const explained = new Set(changed.flatMap((pair) => [pair.base, pair.head].flatMap((side) => side?.address ?? [])));
  // a set that grows during the iteration: added addresses are visited as well.
  explained.forEach((address) => referrers.get(address)?.forEach((referrer) => explained.add(referrer)));
  return explained;
}

/** The address that the code declares: for a resource inside a module, that of the module call. */
export function moduleOf(address: string): string {
  return /^module\.[^.]+/.exec(address)?.[0] ?? address;
}

/** Whether an attribute forces replacement according to the plan. */
export function planReplaces({ replacePaths }: PlannedChange, path: string): boolean {
  return replacePaths.some((forced) => isWithin(path, forced) || isWithin(forced, path));
}

/** Whether the plan marks an attribute as sensitive, on either side. */
export function planHides({ beforeMarks, afterMarks }: PlannedChange, path: readonly string[]): boolean {
  return isMarked(beforeMarks, path) || isMarked(afterMarks, path);
}

function isMarked(marks: Json | undefined, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (marks === true) {
    return true;
  }
  if (Array.isArray(marks)) {
    return marks.some((mark) => isMarked(mark, path));
  }
  if (step === undefined) {
    return isObject(marks) && Object.values(marks).some((mark) => isMarked(mark, []));
  }
  return isObject(marks) && isMarked(marks[step], rest);
}
