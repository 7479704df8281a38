import { isExpression } from '../../terraform-json/expression';
import { groupBy } from '../../terraform-json/group';
import { at, blocks, canonical, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { severityOf } from './severity';
import type { Comparison } from '../compare/compare';
import { compareSets, opens, shiftOf } from '../compare/shift';
import { undone } from '../compare/undo';
import type { ExposureRow, Provenance, Shift } from '../model';
import { labelOf } from '../names/label';
import { objectsIn } from '../read/manifest-objects';
import type { Resource } from '../read/program';
import { coversRule, isWithin, rulesIn, together, type Rule } from './policy-rules';

const TYPES = ['kubernetes_network_policy', 'kubernetes_network_policy_v1'];
const DIRECTIONS = ['ingress', 'egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** A network policy. */
interface Policy {
  readonly name: string;
  /** The cluster and the namespace. */
  readonly place: string;
  /** The selector of its pods, as a text. */
  readonly selector: string;
  /** The labels of its pods; undefined if there are other conditions. */
  readonly labels: JsonObject | undefined;
  /** The rules of each direction; undefined for a direction that it does not limit. */
  readonly rules: Readonly<Record<Direction, readonly Rule[] | undefined>>;
}

/** Whether a resource is a network policy. */
export function isNetworkPolicy(type: string): boolean {
  return TYPES.includes(type);
}

/** Both versions of a network policy. */
interface PolicyPair {
  readonly comparison: Comparison;
  /** The comparison of the object itself, which may be declared by a manifest. */
  readonly object: Comparison;
  readonly base: Policy | undefined;
  readonly head: Policy | undefined;
}

type Side = 'base' | 'head';

/** Whether other policies of one side limit all pods of a policy; undefined if the code does not determine it. */
type IsLimited = (policy: Policy, direction: Direction, side: Side) => boolean | undefined;

/**
 * What pods can reach, and what can reach them, by network policies.
 *
 * A pod without a policy is open; with several, it is open to what any of them allows. Whether a new policy opens or
 * closes something therefore depends on the other policies.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function policyRowsOf(
  comparisons: readonly Comparison[],
  provenanceOf: (pair: Comparison) => Provenance,
): ExposureRow[] {
  const pairs = comparisons.filter(({ base, head }) => mayBePolicy((head ?? base)?.type ?? '')).flatMap(pairOf);
  const near = { base: byPlace(pairs, 'base'), head: byPlace(pairs, 'head') };
  return pairs
    .filter(({ object }) => !object.isSettled)
    .flatMap((pair) => {
      const isLimited: IsLimited = (policy, direction, side) => {
        const others = near[side].get(policy.place)?.filter((other) => other !== pair[side]);
        return isLimitedBy(others ?? [], policy, direction);
      };
      return DIRECTIONS.flatMap((direction) => rowsOf(pair, direction, isLimited, provenanceOf(pair.comparison)));
    });
}

/** The policies of one side by their clusters and namespaces. */
function byPlace(pairs: readonly PolicyPair[], side: Side): ReadonlyMap<string, readonly Policy[]> {
  return groupBy(
    pairs.flatMap((pair) => pair[side] ?? []),
    ({ place }) => place,
  );
}

function rowsOf(
  { object, base: old, head: now }: PolicyPair,
  direction: Direction,
  isLimited: IsLimited,
  provenance: Provenance,
): ExposureRow[] {
  const shift = shiftBetween(old, now, direction, isLimited);
  const resource = object.head ?? object.base;
  if (shift === undefined || resource === undefined) {
    return [];
  }
  const { stack, address, location } = resource;
  const text = (side: Side) => {
    const [own, other] = side === 'base' ? [old, now] : [now, old];
    return own ? textOf(own, direction, old, now) : other && withoutIt(isLimited(other, direction, side));
  };
  return [
    {
      stack,
      address,
      name: labelOf(resource),
      shift,
      severity: severityOf(shift, undefined),
      what: `${subjectOf(now ?? old)}, ${direction === 'ingress' ? 'incoming' : 'outgoing'}`,
      before: text('base'),
      after: text('head'),
      remedies: opens(shift) ? undone(object) : [],
      provenance,
      location,
    },
  ];
}

/** Whether a resource is a network policy, or may be a manifest of one. */
function mayBePolicy(type: string): boolean {
  return isNetworkPolicy(type) || type.endsWith('_manifest');
}

/** Both versions of a policy; none if the resource is something else. */
function pairOf(comparison: Comparison): PolicyPair[] {
  const read = (side: Resource | undefined) => (side && objectsIn(side)[0]) ?? side;
  const [base, head] = [read(comparison.base), read(comparison.head)];
  const object = { ...comparison, ...(base && { base }), ...(head && { head }) };
  return isNetworkPolicy((head ?? base)?.type ?? '')
    ? [{ comparison, object, base: base && policyOf(base), head: head && policyOf(head) }]
    : [];
}

function shiftBetween(
  old: Policy | undefined,
  now: Policy | undefined,
  direction: Direction,
  isLimited: IsLimited,
): Shift | undefined {
  const [before, after] = [old?.rules[direction], now?.rules[direction]];
  if (old && now && before && after) {
    const isSame = old.place === now.place && old.selector === now.selector;
    return isSame ? shiftOf(compareSets(before, after, coversRule)) : 'changed';
  }
  if (now && after) {
    return appearance(isLimited(now, direction, 'base'), after, 'widened', 'narrowed');
  }
  return old && before ? appearance(isLimited(old, direction, 'head'), before, 'narrowed', 'widened') : undefined;
}

/** The effect of adding or removing a policy, which depends on whether others limit the same pods. */
function appearance(
  isLimitedByOthers: boolean | undefined,
  rules: readonly Rule[],
  among: Shift,
  alone: Shift,
): Shift | undefined {
  if (isLimitedByOthers === false) {
    return rules.some(({ isOpen, ports }) => isOpen && ports.length === 0) ? undefined : alone;
  }
  if (rules.length === 0) {
    return isLimitedByOthers ? undefined : alone;
  }
  return isLimitedByOthers ? among : 'changed';
}

/** What can reach pods without a policy, which depends on whether others limit them. */
function withoutIt(isLimitedByOthers: boolean | undefined): string {
  if (isLimitedByOthers === undefined) {
    return 'what other policies allow, or everyone';
  }
  return isLimitedByOthers ? 'what other policies allow' : 'everyone, since no policy limits them';
}

/** Whether other policies in the same place limit all pods of a policy; undefined if the code does not determine it. */
function isLimitedBy(others: readonly Policy[], { labels }: Policy, direction: Direction): boolean | undefined {
  const near = others.filter(({ rules }) => rules[direction] !== undefined);
  if (near.some((other) => other.labels && labels && isWithin(other.labels, labels))) {
    return true;
  }
  return near.some((other) => !other.labels || !labels || !excludes(other.labels, labels)) ? undefined : false;
}

/** Whether no pod can have both sets of labels. */
function excludes(a: JsonObject, b: JsonObject): boolean {
  return Object.entries(a).some(
    ([key, value]) => Object.hasOwn(b, key) && String(b[key]) !== String(value) && ![value, b[key]].some(isExpression),
  );
}

function policyOf({ attributes, stack, provider }: Resource): Policy {
  const spec = at(attributes, 'spec');
  const types = listAt(spec, 'policy_types');
  const limits = (direction: Direction, type: string, standard: boolean) =>
    types.length === 0
      ? standard || at(spec, direction) !== undefined
      : types.includes(type) || types.some(isExpression);
  const [selector = {}] = blocks(at(spec, 'pod_selector'));
  const rulesOf = (direction: Direction, ends: string) =>
    together(blocks(at(spec, direction)).flatMap((rule) => rulesIn(rule, ends)));
  return {
    name: textAt(attributes, 'metadata.name') ?? '',
    place: [stack, provider, textAt(attributes, 'metadata.namespace') ?? 'default'].join(' '),
    selector: canonical(selector),
    labels: selector['match_expressions'] === undefined ? (blocks(selector['match_labels'])[0] ?? {}) : undefined,
    rules: {
      ingress: limits('ingress', 'Ingress', true) ? rulesOf('ingress', 'from') : undefined,
      egress: limits('egress', 'Egress', false) ? rulesOf('egress', 'to') : undefined,
    },
  };
}

/** The description of the pods of a policy. */
function subjectOf(policy: Policy | undefined): string {
  const namespace = `of namespace ${policy?.place.split(' ').at(-1) ?? ''}`;
  if (policy?.labels === undefined) {
    return `some pods ${namespace}`;
  }
  const labels = Object.entries(policy.labels).map(([key, value]) => `${key}=${String(value)}`);
  return labels.length === 0 ? `all pods ${namespace}` : `pods ${labels.join(', ')} ${namespace}`;
}

/** The description of what a policy allows in a direction, with its pods if they change. */
function textOf(policy: Policy, direction: Direction, old: Policy | undefined, now: Policy | undefined): string {
  const rules = policy.rules[direction];
  const isMoved = old && now && subjectOf(old) !== subjectOf(now);
  const suffix = isMoved ? ` (${subjectOf(policy)})` : '';
  if (rules === undefined) {
    return `not limited by the policy ${policy.name}${suffix}`;
  }
  const ends = rules.map(({ peer, ports }) => `${peer}${ports.length > 0 ? `, port ${ports.join(', ')}` : ''}`);
  return `${rules.length === 0 ? 'nobody' : [...new Set(ends)].join('; ')}${suffix}`;
}
