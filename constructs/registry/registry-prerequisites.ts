import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { nearest } from '../core/order/order';
import type { IAcrRegistry } from './i-acr-registry';
import { RegistryRecords } from './registry-records';

/** The private endpoints of registries, each with all that a name needs to resolve to it. */
const endpoints = new RegistryRecords<IConstruct>();

/** Remembers a way into a registry, which callers in its networks wait for. */
export function rememberEndpoint(registry: IAcrRegistry, ...parts: IConstruct[]): void {
  parts.forEach((part) => endpoints.add(registry, part));
}

/** Whether the app makes a private endpoint for a registry. */
export function hasEndpoint(registry: IAcrRegistry): boolean {
  return endpoints.of(registry).length > 0;
}

/** The private endpoints that a consumer of a registry waits for. */
export function endpointsFor(registry: IAcrRegistry, consumer: IConstruct): IConstruct[] {
  return servingFirst(registry, consumer, endpoints.of(registry));
}

/**
 * Those of several constructs that serve a registry which a consumer waits for: the ones of its own stack, or, where that
 * has none, all. What is made for a registry in a later stack than the registry's own is no prerequisite in that one.
 */
export function servingFirst(
  registry: IAcrRegistry,
  consumer: IConstruct,
  candidates: readonly IConstruct[],
): IConstruct[] {
  const stack = TerraformStack.of(consumer);
  return nearest(consumer, [...candidates]).filter(
    (one) => TerraformStack.of(one) === stack || TerraformStack.of(registry) !== stack,
  );
}
