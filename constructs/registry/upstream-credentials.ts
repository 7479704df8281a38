import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { IAcrRegistry } from './i-acr-registry';
import { RegistryRecords } from './registry-records';

/** Credentials that a registry has for an upstream. */
export interface UpstreamCredentials {
  /** The host of the upstream. */
  readonly upstream: string;
  /** The name of the credential set in the registry. */
  readonly credentialsName: string;
  /** The constructs that they need to work: the set itself, and its role on the secrets. */
  readonly prerequisites: IConstruct[];
}

const credentials = new RegistryRecords<UpstreamCredentials & IConstruct>();

/** Remembers credentials of a registry, for its cache rules to find. */
export function rememberCredentials(registry: IAcrRegistry, one: UpstreamCredentials & IConstruct): void {
  credentials.add(registry, one);
}

/**
 * The credentials of a registry for an upstream, preferably those in the registry's own stack; the first of several.
 */
export function credentialsFor(registry: IAcrRegistry, host: string): UpstreamCredentials | undefined {
  const all = credentials.of(registry).filter(({ upstream }) => upstream === host);
  const stack = TerraformStack.of(registry);
  return all.find((one) => TerraformStack.of(one) === stack) ?? all[0];
}

/** Whether earlier credentials of the registry are for the same upstream. */
export function hasEarlier(registry: IAcrRegistry, one: UpstreamCredentials & IConstruct): boolean {
  const all = credentials.of(registry).filter(({ upstream }) => upstream === one.upstream);
  return all[0] !== one;
}
