import { type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { createAfter, nearest } from '../core/order/order';
import type { IAcrRegistry } from './i-acr-registry';
import { RegistryRecords } from './registry-records';

/** A private endpoint, and the registry as its program knows it. */
interface KnownEndpoint {
  readonly registry: IAcrRegistry;
  /** All that a name needs to resolve to it. */
  readonly parts: () => readonly IConstruct[];
}

/** The private endpoints of registries. */
const endpoints = new RegistryRecords<KnownEndpoint>();

/** Remembers a way into a registry, which callers in its networks wait for: its parts, when the program is complete. */
export function rememberEndpoint(registry: IAcrRegistry, parts: () => readonly IConstruct[]): void {
  endpoints.add(registry, { registry, parts });
}

/** Whether the app makes a private endpoint for a registry. */
export function hasEndpoint(registry: IAcrRegistry): boolean {
  return endpoints.of(registry).length > 0;
}

/** The private endpoints that a consumer of a registry waits for: those of its own stack, or, where that has none, all. */
export function endpointsFor(registry: IAcrRegistry, consumer: IConstruct): IConstruct[] {
  const parts = endpoints
    .of(registry)
    .flatMap((one) => one.parts().filter((part) => comesFirst(one.registry, consumer, part)));
  return nearest(consumer, [...new Set(parts)]);
}

/**
 * Whether a consumer can wait for what serves a registry: what another stack makes for a registry of the consumer's stack
 * comes after that stack.
 */
export function comesFirst(registry: IAcrRegistry, consumer: IConstruct, serving: IConstruct): boolean {
  const stack = TerraformStack.of(consumer);
  return TerraformStack.of(serving) === stack || TerraformStack.of(registry) !== stack;
}

/** Makes something of a registry come after it, where only a name says which one it is of. */
export function createInRegistry(resource: TerraformResource, { node }: IAcrRegistry): void {
  createAfter(resource, () => (node.defaultChild === undefined ? [] : [node.defaultChild]));
}
