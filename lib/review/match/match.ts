import { dottedPath, isExpression, renameAddresses } from '../../terraform-json/expression';
import { by, canonical, mapStrings, textAt, type Json } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import type { Resource, Stack } from '../read/program';

/** The two sides of one resource; one side is absent if the resource is new or removed. */
export interface Pair {
  readonly base?: Resource;
  readonly head?: Resource;
  /** How the sides were matched: by address, by a `moved` block, or by the same configuration or name in the cloud. */
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
  const gone = [...base.resources.values()].filter((resource) => !taken.has(resource));
  const hidden = gone.flatMap((resource) => intoModule(resource, head));
  const inside = new Set(hidden.map((pair) => pair.base));
  return { kept: [...kept, ...hidden], fresh, gone: gone.filter((resource) => !inside.has(resource)) };
}

/** A resource that moves into a module continues there, where the code of the program does not show it. */
function intoModule(resource: Resource, { moved, resources }: Stack): Pair[] {
  const to = moved.get(resource.address);
  const call = to === undefined ? undefined : /^module\.[^.]+(?=\.)/.exec(to)?.[0];
  return to !== undefined && call !== undefined && resources.has(call)
    ? [{ base: resource, head: { ...resource, address: to }, link: 'moved' }]
    : [];
}

/** The former addresses of an address according to `moved` blocks, the latest first; blocks may form a chain. */
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

/**
 * Matches resources with new addresses and no `moved` block: by the same configuration, or the same name in the cloud.
 */
function matchRenamed(gone: Resource[], fresh: Resource[], base: Stack, head: Stack): Pair[] {
  const pairs: Pair[] = [];
  const found = new Set<Resource>();
  const left = new Set(fresh.filter(({ mode }) => mode === 'resource'));
  for (const key of [looksOf, cloudNameOf] as const) {
    const candidates = group([...left], (resource) => key(resource, head));
    for (const old of gone) {
      if (old.mode === 'resource' && !found.has(old)) {
        const similar = candidates.get(key(old, base) ?? NONE) ?? [];
        const best = closest(old, similar);
        if (best !== undefined) {
          similar.splice(similar.indexOf(best), 1);
          left.delete(best.resource);
          found.add(old);
          pairs.push({ base: old, head: best.resource, link: 'renamed' });
        }
      }
    }
  }
  return pairs;
}

/** The key of a resource that has none, which is not grouped. */
const NONE = '';

/** The configuration without the names of other resources, which may have been renamed as well. */
function looksOf(resource: Resource, stack: Stack): string {
  const typeOnly = (address: string) =>
    stack.resources.has(address) ? address.slice(0, address.lastIndexOf('.')) : undefined;
  const anonymous = (text: string): Json => (isExpression(text) ? renameAddresses(text, typeOnly) : text);
  return `${resource.type} ${resource.provider} ${canonical(mapStrings(resource.attributes, anonymous))}`;
}

/** The name of the resource in Azure or Kubernetes, with its scope; empty if the configuration does not set it. */
export function cloudNameOf(resource: Resource): string {
  const name = textAt(resource.attributes, 'metadata.name') ?? textAt(resource.attributes, 'name');
  if (name === undefined || isExpression(name)) {
    return NONE;
  }
  // the same name in another scope is another resource, which no `moved` block would keep.
  const place = PLACES.map((path) => textAt(resource.attributes, path) ?? '');
  return [resource.type, resource.provider, name, ...place].join(' ');
}

/** The scopes in which names are unique. */
const PLACES = ['metadata.namespace', 'resource_group_name', 'virtual_network_name'];

/** A new resource that may be a renamed old one. */
interface Candidate {
  readonly resource: Resource;
  readonly steps: readonly string[];
}

function group(resources: Resource[], key: (resource: Resource) => string): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const resource of resources) {
    const id = key(resource);
    if (id !== NONE) {
      const members = groups.get(id) ?? [];
      groups.set(id, members);
      members.push({ resource, steps: stepsOf(resource) });
    }
  }
  return groups;
}

/** Of several candidates, the one whose construct path is most similar to the old path. */
function closest(old: Resource, candidates: readonly Candidate[]): Candidate | undefined {
  const steps = stepsOf(old);
  let best: { candidate: Candidate; score: number } | undefined;
  for (const candidate of candidates) {
    const score = likeness(steps, candidate.steps);
    if (best === undefined || score > best.score) {
      best = { candidate, score };
    }
  }
  return best?.candidate;
}

function stepsOf({ path, address }: Resource): string[] {
  return (path ?? address).split('/');
}

/**
 * The number of steps that two paths share at their beginnings and ends; without copies, because thousands may be
 * compared.
 */
function likeness(a: readonly string[], b: readonly string[]): number {
  let [start, end] = [0, 0];
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  while (end < a.length && a.at(-1 - end) === b.at(-1 - end)) {
    end++;
  }
  return start + end;
}

/** A mention of another resource: its address and attribute, and the attribute that mentions it. */
export interface Mention {
  readonly address: string;
  readonly attribute: string;
  readonly path: string;
}

/** What a resource's configuration mentions. */
export function references({ attributes, written = attributes }: Resource): Mention[] {
  const found: Mention[] = [];
  eachText(written, '', (text, path) => {
    for (const reference of referencesIn(text)) {
      found.push({ address: reference.address, attribute: dottedPath(reference), path });
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
