import { withoutKeys, type Resource, type Stack } from '../read/program';
import { eachOf, instanceOf, MOST_INSTANCES, numbered } from './each';
import type { Pair } from './pair';

/** Resources whose instances are moved, paired instance by instance, and what is left of the others. */
export interface MovedInstances {
  readonly kept: readonly Pair[];
  readonly gone: readonly Resource[];
  readonly fresh: readonly Resource[];
  /** The resources of both sides that these are the instances of. */
  readonly olds: ReadonlySet<Resource>;
  readonly news: ReadonlySet<Resource>;
}

/**
 * Pairs the instances that `moved` blocks name, among resources or keys of one resource.
 *
 * Where the code does not decide what the instances are, their resources are paired as wholes.
 */
export function matchInstances(base: Stack, head: Stack): MovedInstances {
  const involved = new Set([...head.movedInstances].flatMap(([from, to]) => [withoutKeys(from), withoutKeys(to)]));
  const [olds, news] = [base, head].map((side) =>
    [...side.resources.values()].filter(({ address }) => involved.has(address)),
  );
  const [before, after] = [olds ?? [], news ?? []].map(byAddress);
  if (before === undefined || after === undefined || involved.size === 0) {
    return { kept: [], gone: [], fresh: [], olds: new Set(), news: new Set() };
  }
  const origins = new Map([...head.movedInstances].map(([from, to]) => [to, from]));
  const left = new Map(before);
  const kept: Pair[] = [];
  const fresh: Resource[] = [];
  for (const [address, now] of after) {
    const from = [origins.get(address), address, otherSpelling(address)].find(
      (one) => one !== undefined && left.has(one),
    );
    const old = from === undefined ? undefined : left.get(from);
    if (from === undefined || old?.type !== now.type) {
      fresh.push(now);
    } else {
      left.delete(from);
      kept.push({ base: old, head: now, link: from === address ? 'address' : 'moved' });
    }
  }
  return { kept, fresh, gone: [...left.values()], olds: new Set(olds), news: new Set(news) };
}

/** The instances of resources by their addresses; undefined if the code does not decide all of them. */
function byAddress(resources: readonly Resource[]): ReadonlyMap<string, Resource> | undefined {
  const found = resources.map(instancesIn);
  return found.every((one) => one !== undefined)
    ? new Map(found.flat().map((instance) => [instance.address, instance]))
    : undefined;
}

function instancesIn(resource: Resource): Resource[] | undefined {
  const { count, for_each: each } = resource.meta;
  if (each !== undefined) {
    const values = eachOf(each);
    return values === undefined || values.size > MOST_INSTANCES
      ? undefined
      : [...values].map(([key, value]) => instanceOf(resource, key, value));
  }
  if (count === undefined) {
    return [resource];
  }
  const number = Number(count);
  return Number.isInteger(number) && number >= 0 && number <= MOST_INSTANCES
    ? Array.from({ length: number }, (_, i) => numbered(resource, i))
    : undefined;
}

/** Without `count` there is one instance, which is the first of several, and the other way round. */
function otherSpelling(address: string): string {
  return address.endsWith('[0]') ? address.slice(0, -'[0]'.length) : `${address}[0]`;
}
