import { isObject, isScalar, mapEntries, mapItems, own, type Json, type JsonObject } from '../../terraform-json/json';
import { readGrants, readsAccessOf } from '../access/grants';
import type { Comparison, Finding } from '../compare/compare';
import { leavesOf } from '../compare/diff';
import { readsExposureOf, waysOf } from '../exposure/entry-points';
import { INTERNAL } from '../exposure/kubernetes-entry-points';
import { isNetworkPolicy } from '../exposure/network-policies';
import type { Resource } from '../read/program';

/** Values that the assessment of access and exposure distinguishes from nearly any other value. */
const OTHERS: readonly Json[] = ['${something.else}', true, false, '*'];

/**
 * Whether the assessment of access and exposure considers all of a difference: if no row mentions it, it opens nothing, such as
 * a list of all addresses in place of no list.
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
 * Whether another value of an attribute would change who has access: in the resource as it is, or if nothing else blocked or
 * admitted all callers.
 */
function decides(resource: Resource, path: string): boolean {
  const attributes = asIfItMattered(resource.attributes) as JsonObject;
  return [resource, { ...resource, attributes }].some((one) => {
    const before = readingOf(one);
    return OTHERS.some((other) => {
      const changed = withOther(one.attributes, path.split('.'), other) as JsonObject;
      return changed !== one.attributes && readingOf({ ...one, attributes: changed }) !== before;
    });
  });
}

/** The values with which a list of callers takes effect, by the attributes that could make it ineffective. */
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

/** The address ranges that a Service admits, if it has an address. */
const RANGES = 'load_balancer_source_ranges';

/** All that is known about the access that a resource gives. */
function readingOf(resource: Resource): string {
  const ways = [...waysOf(resource).values()].map(({ key, what, reach, text }) => [key, what, reach, text]);
  return JSON.stringify([ways, readGrants(resource)]);
}

/** A value in which the scalars at a path are replaced, in every block that has them; the value itself if none has. */
function withOther(value: Json, [step, ...rest]: readonly string[], other: Json): Json {
  if (Array.isArray(value)) {
    return step === undefined && value.some((item) => isScalar(item))
      ? [other]
      : mapItems(value, (item) => withOther(item, step === undefined ? [] : [step, ...rest], other));
  }
  if (step === undefined) {
    return isScalar(value) ? other : value;
  }
  return isObject(value)
    ? mapEntries(value, (child, key) => (key === step ? withOther(child, rest, other) : child))
    : value;
}
