import { withoutKeys, type Resource, type Stack } from '../read/program';
import { eachOf, instanceOf, MOST_INSTANCES, numbered } from './each';
import type { Pair } from './pair';

/** The instances of the resources that `moved` blocks affect, in pairs or alone. */
export interface MovedInstances {
  readonly kept: readonly Pair[];
  readonly gone: readonly Resource[];
  readonly fresh: readonly Resource[];
  /** The resources of both sides that the instances belong to. */
  readonly olds: ReadonlySet<Resource>;
  readonly news: ReadonlySet<Resource>;
}

/**
 * Pairs the instances that `moved` blocks name, which move between resources or between the keys of one resource.
 *
 * If the code does not decide the instances, their resources are paired as a whole.
 */
export function matchInstances(base: Stack, head: Stack): MovedInstances {
  const involved = involvedIn(head);
  const [olds, news] = [declaredIn(base, involved), declaredIn(head, involved)];
  const [before, after] = [byAddress(olds), byAddress(news)];
  if (before === undefined || after === undefined) {
    return { kept: [], gone: [], fresh: [], olds: new Set(), news: new Set() };
  }
  const origins = new Map([...head.moves].map(([from, to]) => [to, from]));
  const left = new Map(before);
  const fresh = new Map(after);
  const kept: Pair[] = [];
  // a resource that moves to an address precedes the one at the address, which may have moved as well.
  for (const sources of [(to: string) => pastOf(to, origins), (to: string) => [to]]) {
    for (const [address, now] of fresh) {
      const old = [...sources(address)]
        .flatMap((from) => [left.get(from), left.get(otherSpelling(from))])
        .find((one) => one !== undefined);
      if (old?.type === now.type) {
        left.delete(old.address);
        fresh.delete(address);
        kept.push({ base: old, head: now, link: old.address === address ? 'address' : 'moved' });
      }
    }
  }
  return { kept, fresh: [...fresh.values()], gone: [...left.values()], olds: new Set(olds), news: new Set(news) };
}

/** The resources whose instances are moved, and those that are moved to or from them as a whole. */
function involvedIn({ moves }: Stack): ReadonlySet<string> {
  const others = new Map<string, Set<string>>();
  for (const [from = '', to = ''] of [...moves].map((move) => move.map(withoutKeys))) {
    others.set(from, (others.get(from) ?? new Set()).add(to));
    others.set(to, (others.get(to) ?? new Set()).add(from));
  }
  const involved = new Set(
    [...moves]
      .flat()
      .filter((address) => withoutKeys(address) !== address)
      .map(withoutKeys),
  );
  // a set that grows during the iteration: moves may form chains.
  involved.forEach((one) => others.get(one)?.forEach((end) => involved.add(end)));
  return involved;
}

/** The previous addresses of an instance, the latest first; `moved` blocks may form chains and circles. */
function pastOf(address: string, origins: ReadonlyMap<string, string>): Iterable<string> {
  const past = new Set<string>();
  for (let next = originOf(address, origins); next !== undefined && !past.has(next); next = originOf(next, origins)) {
    past.add(next);
  }
  return past;
}

/** The previous address of an instance that is moved by itself or with its resource. */
function originOf(address: string, origins: ReadonlyMap<string, string>): string | undefined {
  const whole = withoutKeys(address);
  const from = origins.get(whole);
  const isWhole = from !== undefined && from === withoutKeys(from);
  return origins.get(address) ?? (isWhole ? from + address.slice(whole.length) : undefined);
}

function declaredIn({ resources }: Stack, addresses: ReadonlySet<string>): Resource[] {
  return [...resources.values()].filter(({ address }) => addresses.has(address));
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
  // NaN is not below any limit
  const length = Number(count);
  return length <= MOST_INSTANCES ? Array.from({ length }, (_, i) => numbered(resource, i)) : undefined;
}

/** The other form of an address: the only instance becomes the first one with `count`, and vice versa. */
function otherSpelling(address: string): string {
  return address.endsWith('[0]') ? address.slice(0, -'[0]'.length) : `${address}[0]`;
}
