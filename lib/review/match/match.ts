import { dottedPath, isExpression, renameAddresses } from '../../terraform-json/expression';
import { by, canonical, isObject, mapStrings, textAt, type Json } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import { addTo, groupBy } from '../../terraform-json/group';
import type { Resource, Stack } from '../read/program';
import { matchInstances } from './moved-instances';
import { nearest } from './nearest';
import type { Pair } from './pair';

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

/**
 * The new addresses of objects that stay the same while the program looks them up instead of managing them, or the other way
 * round: the program found an imported object by its name before, and finds a forgotten one by its name afterwards.
 */
export function continued(base: Stack, head: Stack): Map<string, string> {
  const found = new Map<string, string>();
  const link = (olds: readonly Resource[], news: readonly Resource[]) => {
    const names = group(olds, cloudNameOf);
    news.forEach((now) => names.get(cloudNameOf(now))?.forEach((old) => found.set(old.address, now.address)));
  };
  const lookups = ({ resources }: Stack) => [...resources.values()].filter(({ mode }) => mode === 'data');
  const imported = [...head.imports.keys()].flatMap((address) =>
    base.resources.has(address) ? [] : (head.resources.get(address) ?? []),
  );
  const left = [...head.forgotten].flatMap((address) => base.resources.get(address) ?? []);
  if (imported.length > 0) {
    link(lookups(base), imported);
  }
  if (left.length > 0) {
    link(left, lookups(head));
  }
  return found;
}

function matchDeclared(base: Stack, head: Stack): { kept: Pair[]; gone: Resource[]; fresh: Resource[] } {
  const origin = origins(head.moved, base);
  const instances = matchInstances(base, head);
  const kept: Pair[] = [...instances.kept];
  const fresh: Resource[] = [...instances.fresh];
  const taken = new Set<Resource>(instances.olds);
  for (const resource of head.resources.values()) {
    if (instances.news.has(resource)) {
      continue;
    }
    const same = base.resources.get(resource.address);
    const old = same ?? origin(resource.address);
    if (old === undefined || old.type !== resource.type || taken.has(old)) {
      fresh.push(resource);
    } else {
      taken.add(old);
      kept.push({ base: old, head: resource, link: same ? 'address' : 'moved' });
    }
  }
  const gone = [...instances.gone, ...[...base.resources.values()].filter((resource) => !taken.has(resource))];
  const hidden = gone.flatMap((resource) => intoModule(resource, head));
  const inside = new Set(hidden.map((pair) => pair.base));
  return { kept: [...kept, ...hidden], fresh, gone: gone.filter((resource) => !inside.has(resource)) };
}

/** The pair of a resource that moves into a module, where its code is not read. */
function intoModule(resource: Resource, { moved, resources }: Stack): Pair[] {
  const to = moved.get(resource.address);
  const call = to === undefined ? undefined : /^module\.[^.]+(?=\.)/.exec(to)?.[0];
  return to !== undefined && call !== undefined && resources.has(call)
    ? [{ base: resource, head: { ...resource, address: to }, link: 'moved' }]
    : [];
}

/** Finds the resource of the base that an address continues by `moved` blocks, which may form chains and circles. */
function origins(moved: ReadonlyMap<string, string>, base: Stack): (address: string) => Resource | undefined {
  const sources = new Map<string, string[]>();
  moved.forEach((to, from) => addTo(sources, to, from));
  const known = new Map<string, Resource | undefined>();
  return (address) => {
    const passed: string[] = [];
    let found: Resource | undefined;
    // the addresses to look at, the next one last.
    const open = [address];
    for (let next = open.pop(); next !== undefined && found === undefined; next = open.pop()) {
      if (known.has(next)) {
        found = known.get(next);
      } else {
        known.set(next, undefined);
        passed.push(next);
        const from = sources.get(next) ?? [];
        found = from.map((old) => base.resources.get(old)).find((old) => old !== undefined);
        open.push(...[...from].reverse());
      }
    }
    passed.forEach((one) => known.set(one, found));
    return found;
  };
}

/**
 * Matches resources with new addresses and no `moved` block: by the same configuration, or the same name in the cloud.
 */
function matchRenamed(gone: Resource[], fresh: Resource[], base: Stack, head: Stack): Pair[] {
  const isManaged = ({ mode }: Resource) => mode === 'resource';
  // a resource that only leaves the state is not recreated at another address.
  const olds = new Set(gone.filter((resource) => isManaged(resource) && !isForgotten(resource, head)));
  const news = new Set(fresh.filter(isManaged));
  return [looksOf, cloudNameOf].flatMap((key) => {
    const candidates = group([...news], (resource) => key(resource, head));
    const found = [...group([...olds], (resource) => key(resource, base))].flatMap(([id, similar]) =>
      nearest(similar, candidates.get(id) ?? []),
    );
    return found.map(({ old, fresh: now }): Pair => {
      olds.delete(old);
      news.delete(now);
      return { base: old, head: now, link: 'renamed' };
    });
  });
}

/** Whether a resource leaves the state and stays deployed, by its address or by the address that it moves to. */
export function isForgotten({ address }: Resource, { forgotten, moved }: Stack): boolean {
  return forgotten.size > 0 && (forgotten.has(address) || forgotten.has(moved.get(address) ?? ''));
}

/** The key of resources that are not grouped. */
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
  // the same name in another scope is another resource, which a `moved` block would not keep.
  const place = PLACES.map((path) => textAt(resource.attributes, path) ?? '');
  return [resource.type, resource.provider, name, ...place].join(' ');
}

/** The scopes in which names are unique. */
const PLACES = ['metadata.namespace', 'resource_group_name', 'virtual_network_name'];

/** The resources that have a key, by their keys. */
function group(resources: readonly Resource[], key: (resource: Resource) => string): Map<string, Resource[]> {
  const groups = groupBy(resources, key);
  groups.delete(NONE);
  return groups;
}

/** A mention of another resource: its address and attribute, and the attribute that mentions it. */
export interface Mention {
  readonly address: string;
  readonly attribute: string;
  readonly path: string;
}

/** The mentions of other resources in the configuration of a resource. */
export function references({ attributes, written = attributes }: Resource): Mention[] {
  const found: Mention[] = [];
  // the keys that lead to the current value
  const steps: string[] = [];
  const look = (value: Json | undefined): void => {
    if (typeof value === 'string') {
      for (const reference of referencesIn(value)) {
        found.push({ address: reference.address, attribute: dottedPath(reference), path: steps.join('.') });
      }
    } else if (Array.isArray(value)) {
      value.forEach(look);
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        steps.push(key);
        look(value[key]);
        steps.pop();
      }
    }
  };
  look(written);
  return found;
}
