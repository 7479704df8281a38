import { addressesIn } from '../../terraform-json/expression';
import { by, eachScalar, own, textAt, type Json } from '../../terraform-json/json';
import { addTo } from '../../terraform-json/group';
import { labelOf } from '../names/label';
import type { Dependent } from '../model';
import type { ProviderConfig, Resource, Stack } from '../read/program';
import { isOfKind } from './stored-data';

/** Finds the resources that exist within another one and are lost with it. */
export type DependentsOf = (lost: Resource) => Dependent[];

/**
 * Indexes the resources by what they exist in: the cluster that their provider is configured from, their resource group and
 * their namespace.
 *
 * @param stacks All stacks of the base, that is, what is deployed
 */
export function findDependents(stacks: readonly Stack[]): DependentsOf {
  const members = new Map<string, Dependent[]>();
  const add = (place: string, dependent: Dependent) => addTo(members, place, dependent);
  for (const stack of stacks) {
    const places = placesOfProviders(stack, stacks);
    for (const resource of managed(stack)) {
      const { address, provider } = resource;
      const dependent = { stack: resource.stack, address, name: labelOf(resource) };
      places
        .get(provider)
        ?.forEach((source) => add(resourceKey(source), { ...dependent, reason: `runs in ${labelOf(source)}` }));
      const group = textAt(resource.attributes, 'resource_group_name');
      const namespace = textAt(resource.attributes, 'metadata.namespace');
      if (group !== undefined) {
        add(groupKey(group), { ...dependent, reason: `is in the resource group ${group}` });
      }
      if (namespace !== undefined) {
        add(namespaceKey(resource, namespace), { ...dependent, reason: `is in the namespace ${namespace}` });
      }
    }
  }
  return (lost) =>
    keysOf(lost)
      .flatMap((key) => members.get(key) ?? [])
      .filter(({ stack, address }) => stack !== lost.stack || address !== lost.address)
      .sort(IN_ORDER);
}

/** The order of dependents: by stack and address. */
export const IN_ORDER = by<Dependent>(
  ({ stack }) => stack,
  ({ address }) => address,
);

/** The keys under which the index has what exists within a resource. */
function keysOf(lost: Resource): string[] {
  const name = textAt(lost.attributes, 'name');
  const namespace = textAt(lost.attributes, 'metadata.name');
  const keys = [resourceKey(lost)];
  if (lost.type === 'azurerm_resource_group' && name !== undefined) {
    keys.push(groupKey(name));
  }
  if (isOfKind(lost.type, 'namespace') && namespace !== undefined) {
    keys.push(namespaceKey(lost, namespace));
  }
  return keys;
}

/** For each provider configuration of a stack, the resources that it is configured from. */
export function placesOfProviders(stack: Stack, stacks: readonly Stack[]): Map<string, Resource[]> {
  return new Map(
    stack.providers.map((config) => {
      const sources = [...new Set(mentions(config))].flatMap((address) => origins(address, config, stack, stacks));
      return [config.key, [...new Map(sources.map((source) => [resourceKey(source), source])).values()]];
    }),
  );
}

/**
 * The resources that an address stands for: the resource itself, the one that a data source looks up by name, or one of
 * another stack.
 */
function origins(address: string, config: ProviderConfig, stack: Stack, stacks: readonly Stack[]): Resource[] {
  const resource = stack.resources.get(address);
  if (resource?.type === 'terraform_remote_state') {
    return throughOutputs(config, stacks);
  }
  if (resource?.mode !== 'data') {
    return resource ? [resource] : [];
  }
  const name = textAt(resource.attributes, 'name');
  const isSame = (other: Resource) => other.type === resource.type && textAt(other.attributes, 'name') === name;
  return name === undefined ? [] : stacks.flatMap((other) => managed(other).filter(isSame));
}

/** Resources of other stacks whose outputs a provider configuration reads. */
function throughOutputs(config: ProviderConfig, stacks: readonly Stack[]): Resource[] {
  const names: string[] = [];
  eachScalar(config.attributes, (text) => {
    names.push(...[...String(text).matchAll(/\.outputs(?:\.|\["|\.")([\w.-]+)/g)].map(([, name]) => name ?? ''));
  });
  return stacks.flatMap((stack) =>
    names.flatMap((name) =>
      addressesIn(textAt(own(stack.outputs, name), 'value') ?? '').flatMap(
        (address) => stack.resources.get(address) ?? [],
      ),
    ),
  );
}

function mentions({ attributes }: ProviderConfig): string[] {
  const found: string[] = [];
  eachScalar(attributes as Json, (value) => found.push(...addressesIn(String(value))));
  return found;
}

function managed(stack: Stack): Resource[] {
  return [...stack.resources.values()].filter(({ mode }) => mode === 'resource');
}

/** The key of a resource among those of all stacks. */
export function resourceKey({ stack, address }: Resource): string {
  return `${stack} ${address}`;
}

function groupKey(name: string): string {
  return `group ${name}`;
}

/** The key of a namespace: the same name in another cluster is another namespace. */
function namespaceKey({ stack, provider }: Resource, name: string): string {
  return `namespace ${stack} ${provider} ${name}`;
}
