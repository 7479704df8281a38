import { addressesIn, isExpression, renameAddresses } from './expression';
import { by, canonical, mapStrings, textAt, type Json } from './json';
import type { Resource, Stack } from './program';

/** The two sides of one resource; one side is absent if it is new or gone. */
export interface Pair {
  readonly base?: Resource;
  readonly head?: Resource;
  /** How the sides found each other: by address, by a `moved` block, or by looking the same under two names. */
  readonly link: 'address' | 'moved' | 'renamed' | 'none';
}

/** Pairs the resources of two versions of a stack, in the order of their addresses. */
export function match(base: Stack, head: Stack): Pair[] {
  const { kept, gone, fresh } = matchDeclared(base, head);
  const renamed = matchRenamed(gone, fresh, base, head);
  const matched = new Set(renamed.flatMap((pair) => [pair.base, pair.head]));
  const alone = (resource: Resource) => !matched.has(resource);
  return [
    ...kept,
    ...renamed,
    ...gone.filter(alone).map((resource): Pair => ({ base: resource, link: 'none' })),
    ...fresh.filter(alone).map((resource): Pair => ({ head: resource, link: 'none' })),
  ].sort(by(({ base, head }) => (head ?? base)?.address ?? ''));
}

/** The address that each resource of the base has in the head. */
export function renames(pairs: readonly Pair[]): Map<string, string> {
  const changed = pairs.filter(({ base, head }) => base && head && base.address !== head.address);
  return new Map(changed.map(({ base, head }) => [base?.address ?? '', head?.address ?? '']));
}

function matchDeclared(base: Stack, head: Stack): { kept: Pair[]; gone: Resource[]; fresh: Resource[] } {
  const origin = origins(head.moved);
  const kept: Pair[] = [];
  const fresh: Resource[] = [];
  const taken = new Set<Resource>();
  for (const resource of head.resources.values()) {
    const same = base.resources.get(resource.address);
    const old = same ?? (origin(resource.address) ?? []).map((from) => base.resources.get(from)).find(Boolean);
    if (old === undefined || old.type !== resource.type || taken.has(old)) {
      fresh.push(resource);
    } else {
      taken.add(old);
      kept.push({ base: old, head: resource, link: same ? 'address' : 'moved' });
    }
  }
  return { kept, fresh, gone: [...base.resources.values()].filter((resource) => !taken.has(resource)) };
}

/** Every address that `moved` blocks lead from to an address, the nearest first; blocks may form a chain. */
function origins(moved: ReadonlyMap<string, string>): (address: string) => string[] | undefined {
  const sources = new Map<string, string[]>();
  moved.forEach((to, from) => sources.set(to, [...(sources.get(to) ?? []), from]));
  return (address) => {
    const found = sources.get(address)?.slice();
    for (let i = 0; found !== undefined && i < found.length; i++) {
      found.push(...(sources.get(found[i] ?? '') ?? []).filter((from) => !found.includes(from)));
    }
    return found;
  };
}

/** A resource under a new address that nothing declares as moved: it looks the same, or has the same name in the cloud. */
function matchRenamed(gone: Resource[], fresh: Resource[], base: Stack, head: Stack): Pair[] {
  const pairs: Pair[] = [];
  const found = new Set<Resource>();
  const left = new Set(fresh.filter(({ mode }) => mode === 'resource'));
  for (const key of [looksOf, cloudNameOf] as const) {
    const candidates = group([...left], (resource) => key(resource, head));
    for (const old of gone) {
      if (old.mode === 'resource' && !found.has(old)) {
        const similar = (candidates.get(key(old, base) ?? NONE) ?? []).filter((resource) => left.has(resource));
        const best = closest(old, similar);
        if (best !== undefined) {
          left.delete(best);
          found.add(old);
          pairs.push({ base: old, head: best, link: 'renamed' });
        }
      }
    }
  }
  return pairs;
}

/** The key of what has none; nothing is grouped under it. */
const NONE = '';

/** The configuration without the names of other resources, which may have been renamed as well. */
function looksOf(resource: Resource, stack: Stack): string {
  const typeOnly = (address: string) =>
    stack.resources.has(address) ? address.slice(0, address.lastIndexOf('.')) : undefined;
  const anonymous = (text: string): Json => (isExpression(text) ? renameAddresses(text, typeOnly) : text);
  return `${resource.type} ${canonical(mapStrings(resource.attributes, anonymous))}`;
}

/** The type and the name under which Azure or Kubernetes knows the resource; empty if the configuration does not say it. */
export function cloudNameOf(resource: Resource): string {
  const name = textAt(resource.attributes, 'metadata.name') ?? textAt(resource.attributes, 'name');
  if (name === undefined || isExpression(name)) {
    return NONE;
  }
  const namespace = textAt(resource.attributes, 'metadata.namespace') ?? '';
  return [resource.type, name, namespace].join(' ');
}

function group(resources: Resource[], key: (resource: Resource) => string): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const id = key(resource);
    if (id !== NONE) {
      const members = groups.get(id) ?? [];
      groups.set(id, members);
      members.push(resource);
    }
  }
  return groups;
}

/** Of several that look alike, the one whose place in the program is most like the old place. */
function closest(old: Resource, candidates: readonly Resource[]): Resource | undefined {
  let best: { resource: Resource; score: number } | undefined;
  for (const resource of candidates) {
    const score = likeness(old.path ?? old.address, resource.path ?? resource.address);
    if (best === undefined || score > best.score) {
      best = { resource, score };
    }
  }
  return best?.resource;
}

/** How many steps two paths share, from their beginnings and from their ends. */
function likeness(a: string, b: string): number {
  const [as, bs] = [a.split('/'), b.split('/')];
  const shared = (xs: string[], ys: string[]) => {
    const end = xs.findIndex((step, i) => step !== ys[i]);
    return end < 0 ? xs.length : end;
  };
  return shared(as, bs) + shared([...as].reverse(), [...bs].reverse());
}

/** The addresses that a resource's configuration mentions, with the attribute that mentions each. */
export function references(resource: Resource): { address: string; text: string; path: string }[] {
  const found: { address: string; text: string; path: string }[] = [];
  eachText(resource.attributes, '', (text, path) => {
    if (isExpression(text)) {
      addressesIn(text).forEach((address) => found.push({ address, text, path }));
    }
  });
  return found;
}

function eachText(value: Json, path: string, visit: (text: string, path: string) => void): void {
  if (typeof value === 'string') {
    visit(value, path);
  } else if (Array.isArray(value)) {
    value.forEach((item) => eachText(item, path, visit));
  } else if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, child]) => eachText(child, path === '' ? key : `${path}.${key}`, visit));
  }
}
