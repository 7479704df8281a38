import { isObject, isScalar, mapEntries, own, type Json, type JsonObject } from '../../terraform-json/json';
import { readGrants, readsAccessOf } from '../access/grants';
import type { Comparison, Finding } from '../compare/compare';
import { leavesOf } from '../compare/diff';
import { readsExposureOf, waysOf } from '../exposure/entry-points';
import { INTERNAL } from '../exposure/kubernetes-entry-points';
import { isNetworkPolicy } from '../exposure/network-policies';
import type { Resource } from '../read/program';

/** Values that what is known of access and exposure tells apart from nearly any other one. */
const OTHERS: readonly Json[] = ['${something.else}', true, false, '*'];

/**
 * Whether what is known of access and exposure looks at all of a difference: where no row tells of it, it opens nothing,
 * such as a list of everyone for what was open.
 */
export function isLookedAt({ base, head }: Pick<Comparison, 'base' | 'head'>, finding: Finding): boolean {
  const sides = [head, base].filter((side) => side !== undefined);
  if (sides.some(({ type }) => isNetworkPolicy(type))) {
    return true;
  }
  const isRead = sides.some(({ type }) => readsExposureOf(type) || readsAccessOf(type));
  const leaves = isRead ? leavesOf(finding) : [];
  return leaves.length > 0 && leaves.every(({ path }) => sides.some((side) => decides(side, path)));
}

/**
 * Whether another value of an attribute makes a difference to who gets in, or what somebody may do: as things are, or if
 * nothing else kept callers out, or let all of them in.
 */
function decides(resource: Resource, path: string): boolean {
  const attributes = asIfItMattered(resource.attributes) as JsonObject;
  return [resource, { ...resource, attributes }].some((one) => {
    const before = readingOf(one);
    return OTHERS.some((other) => {
      const changed = withOther(one.attributes, path.split('.'), other) as JsonObject;
      return readingOf({ ...one, attributes: changed }) !== before;
    });
  });
}

/** The values with which a list of those who get in decides, by the names of what would make no use of it. */
const DECISIVE: Readonly<Record<string, Json>> = {
  default_action: 'Deny',
  access: 'Allow',
  public_network_access_enabled: true,
  public_network_access: 'Enabled',
  private_cluster_enabled: false,
  [INTERNAL]: false,
};

function asIfItMattered(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(asIfItMattered);
  }
  if (!isObject(value)) {
    return value;
  }
  const found = mapEntries(value, (child, key) => own(DECISIVE, key) ?? asIfItMattered(child));
  return Object.hasOwn(value, RANGES) ? { ...found, type: 'LoadBalancer' } : found;
}

/** The ranges that a Service lets in, if it has an address. */
const RANGES = 'load_balancer_source_ranges';

/** All that is known of who gets in, and of what somebody may do. */
function readingOf(resource: Resource): string {
  const ways = [...waysOf(resource).values()].map(({ key, what, reach, text }) => [key, what, reach, text]);
  return JSON.stringify([ways, readGrants(resource)]);
}

/** A value in which the scalars at a path are other ones, in every block that has them. */
function withOther(value: Json, [step, ...rest]: readonly string[], other: Json): Json {
  if (Array.isArray(value)) {
    return step === undefined && value.some((item) => isScalar(item))
      ? [other]
      : value.map((item) => withOther(item, step === undefined ? [] : [step, ...rest], other));
  }
  if (step === undefined) {
    return isScalar(value) ? other : value;
  }
  return isObject(value)
    ? mapEntries(value, (child, key) => (key === step ? withOther(child, rest, other) : child))
    : value;
}
