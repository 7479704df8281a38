import { type TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { createAfter, nearest } from '../core/order/order';
import type { IAcrRegistry } from './i-acr-registry';
import { RegistryRecords } from './registry-records';

/** A private endpoint, and the construct of the registry that it was created for. */
interface KnownEndpoint {
  readonly registry: IAcrRegistry;
  /** Everything that a name needs to resolve to it. */
  readonly parts: () => readonly IConstruct[];
}

/** The private endpoints of registries. */
const endpoints = new RegistryRecords<KnownEndpoint>();

/** Remembers a private endpoint of a registry, whose parts are known when the program is complete. */
export function rememberEndpoint(registry: IAcrRegistry, parts: () => readonly IConstruct[]): void {
  endpoints.add(registry, { registry, parts });
}

/** Whether the app creates a private endpoint for a registry. */
export function hasEndpoint(registry: IAcrRegistry): boolean {
  return endpoints.of(registry).length > 0;
}

/** The private endpoints that a consumer of a registry waits for: those of its own stack or, if there are none, all. */
export function endpointsFor(registry: IAcrRegistry, consumer: IConstruct): IConstruct[] {
  const parts = endpoints
    .of(registry)
    .flatMap((one) => one.parts().filter((part) => comesFirst(one.registry, consumer, part)));
  return nearest(consumer, [...new Set(parts)]);
}

/**
 * Whether a consumer can wait for a construct that serves a registry: one in another stack than the registry is created
 * after the stack of the registry.
 */
export function comesFirst(registry: IAcrRegistry, consumer: IConstruct, serving: IConstruct): boolean {
  const stack = TerraformStack.of(consumer);
  return TerraformStack.of(serving) === stack || TerraformStack.of(registry) !== stack;
}

/** Creates a resource after its registry, to which it refers only by name. */
export function createInRegistry(resource: TerraformResource, { node }: IAcrRegistry): void {
  createAfter(resource, () => (node.defaultChild === undefined ? [] : [node.defaultChild]));
}
