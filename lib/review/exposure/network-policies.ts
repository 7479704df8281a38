import { isExpression } from '../../terraform-json/expression';
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

/** A network policy; a direction that it does not limit is undefined. */
interface Policy {
  readonly name: string;
  /** The cluster and the namespace. */
  readonly place: string;
  /** What selects its pods, as one text. */
  readonly selector: string;
  /** The labels of its pods; undefined if these are not the only condition. */
  readonly labels: JsonObject | undefined;
  readonly rules: Readonly<Record<Direction, readonly Rule[] | undefined>>;
}

/** Whether a resource is a network policy. */
export function isNetworkPolicy(type: string): boolean {
  return TYPES.includes(type);
}

/**
 * What network policies let pods reach, and who reaches these.
 *
 * A pod without a policy is open; with several, it is open to what any of them allows. A new policy may thus open or
 * close, by what else is there.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function policyRowsOf(
  comparisons: readonly Comparison[],
  provenanceOf: (pair: Comparison) => Provenance,
): ExposureRow[] {
  const policies = comparisons
    .filter(({ base, head }) => mayBePolicy((head ?? base)?.type ?? ''))
    .map((comparison) => ({ ...comparison, origin: comparison, ...readAs(comparison) }))
    .filter(({ base, head }) => isNetworkPolicy((head ?? base)?.type ?? ''));
  const sides = policies.map(({ base, head }) => ({ base: base && policyOf(base), head: head && policyOf(head) }));
  return policies.flatMap((policy, i) => {
    const { base, head, isSettled } = policy;
    if (isSettled) {
      return [];
    }
    const resource = head ?? base;
    const { stack = '', address = '', location } = resource ?? {};
    const name = resource === undefined ? '' : labelOf(resource);
    const { base: old, head: now } = sides[i] ?? {};
    const others = (side: 'base' | 'head') => sides.flatMap((one, j) => (j !== i && one[side] ? [one[side]] : []));
    return DIRECTIONS.flatMap((direction) => {
      const shift = shiftBetween(old, now, direction, { base: others('base'), head: others('head') });
      const what = `${subjectOf(now ?? old)}, ${direction === 'ingress' ? 'incoming' : 'outgoing'}`;
      const text = (side: 'base' | 'head') => {
        const [own, other] = side === 'base' ? [old, now] : [now, old];
        return own ? textOf(own, direction, old, now) : other && withoutIt(isLimited(other, direction, others(side)));
      };
      const [before, after] = [text('base'), text('head')];
      return shift === undefined
        ? []
        : [
            {
              ...{ stack, address, name, shift, severity: severityOf(shift, undefined), what, before, after },
              ...{ remedies: opens(shift) ? undone(policy) : [], provenance: provenanceOf(policy.origin), location },
            },
          ];
    });
  });
}

/** Whether a resource is a network policy, or a manifest of one. */
function mayBePolicy(type: string): boolean {
  return isNetworkPolicy(type) || type.endsWith('_manifest');
}

/** Both sides of a resource, or the object of Kubernetes that its manifest is. */
function readAs({ base, head }: Comparison): Pick<Comparison, 'base' | 'head'> {
  const read = (side: Resource | undefined) => (side && objectsIn(side)[0]) ?? side;
  return { ...(base && { base: read(base) }), ...(head && { head: read(head) }) } as Pick<Comparison, 'base' | 'head'>;
}

function shiftBetween(
  old: Policy | undefined,
  now: Policy | undefined,
  direction: Direction,
  others: Readonly<Record<'base' | 'head', readonly Policy[]>>,
): Shift | undefined {
  const [before, after] = [old?.rules[direction], now?.rules[direction]];
  if (before === undefined && after === undefined) {
    return undefined;
  }
  if (old && now && before && after) {
    const isSame = old.place === now.place && old.selector === now.selector;
    return isSame ? shiftOf(compareSets(before, after, coversRule)) : 'changed';
  }
  if (now && after) {
    return appearance(isLimited(now, direction, others.base), after, 'widened', 'narrowed');
  }
  return old && before ? appearance(isLimited(old, direction, others.head), before, 'narrowed', 'widened') : undefined;
}

/** What a policy means that is new or gone, by whether others limit the same pods. */
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

/** Who or what reaches pods where a policy is not, by whether others limit them. */
function withoutIt(isLimitedByOthers: boolean | undefined): string {
  if (isLimitedByOthers === undefined) {
    return 'what other policies allow, or everyone';
  }
  return isLimitedByOthers ? 'what other policies allow' : 'everyone, since no policy limits them';
}

/** Whether others limit all pods of a policy; undefined if the code does not decide it. */
function isLimited({ place, labels }: Policy, direction: Direction, others: readonly Policy[]): boolean | undefined {
  const near = others.filter((other) => other.place === place && other.rules[direction] !== undefined);
  if (near.some((other) => other.labels && labels && isWithin(other.labels, labels))) {
    return true;
  }
  return near.some((other) => !other.labels || !labels || !excludes(other.labels, labels)) ? undefined : false;
}

/** Whether no pod has both labels. */
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

/** The pods of a policy in words. */
function subjectOf(policy: Policy | undefined): string {
  const namespace = `of namespace ${policy?.place.split(' ').at(-1) ?? ''}`;
  if (policy?.labels === undefined) {
    return `some pods ${namespace}`;
  }
  const labels = Object.entries(policy.labels).map(([key, value]) => `${key}=${String(value)}`);
  return labels.length === 0 ? `all pods ${namespace}` : `pods ${labels.join(', ')} ${namespace}`;
}

/** What a policy allows in a direction, with its pods where these change. */
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
