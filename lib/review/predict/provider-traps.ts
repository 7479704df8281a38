import { addressesIn } from '../../terraform-json/expression';
import { eachScalar } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import type { Trap } from '../model';
import type { Stack } from '../read/program';
import type { ResourceChange } from './resource-change';
import { trapAtProvider } from './trap-at';

/** The provider configurations that manage deployed resources and are unknown while their cluster is recreated. */
export function providerTraps(resourceChanges: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  const configured = providersByAddress(head);
  const deployed = deployedByProvider(base);
  return resourceChanges.flatMap(({ lost, pair: { base: old, head: now } }) => {
    if (!lost || old === undefined || now === undefined) {
      return [];
    }
    const keys = [...(configured.get(now.address) ?? [])].filter((key) => deployed.has(key));
    return keys.map((key) =>
      trapAtProvider(head.name, key, {
        text: `the provider is configured from ${labelOf(old)}, which is recreated: until that exists, Terraform cannot read the ${deployed.get(key)} resources that the provider manages, and the plan or the apply fails`,
        remedies: [
          { text: 'to apply it, replace the cluster first', code: `terraform apply -target='${now.address}'` },
          { text: 'or keep the workloads in a separate stack' },
        ],
        source: 'Terraform: a provider configuration that is unknown until the apply',
      }),
    );
  });
}

/** The provider configurations of a stack, by the addresses that they mention. */
function providersByAddress(stack: Stack): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { attributes, key } of stack.providers) {
    eachScalar(attributes, (value) =>
      addressesIn(String(value)).forEach((address) => found.set(address, (found.get(address) ?? new Set()).add(key))),
    );
  }
  return found;
}

/** The number of resources that each provider configuration manages; absent for one without any. */
function deployedByProvider(stack: Stack): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { provider, mode } of stack.resources.values()) {
    if (mode === 'resource') {
      found.set(provider, (found.get(provider) ?? 0) + 1);
    }
  }
  return found;
}

/**
 * The removed provider configurations that Terraform still needs: for resources that are destroyed or forgotten in the same
 * change, and for resources that still name them.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/configuration
 */
export function removedProviders(resourceChanges: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  const kept = new Set(head.providers.map(({ key }) => key));
  // a provider without an alias needs no configuration.
  const gone = base.providers.filter(({ key }) => key.includes('.') && !kept.has(key));
  return gone.flatMap(({ key }) => {
    const users = resourceChanges.filter(
      ({ pair: { base: old, head: now } }) => old?.provider === key && (now === undefined || now.provider === key),
    );
    const [first] = users.flatMap(({ pair }) => pair.base ?? []);
    if (first === undefined) {
      return [];
    }
    const others = users.length > 1 ? ` and ${users.length - 1} more` : '';
    return [
      trapAtProvider(head.name, key, {
        text: `it is removed together with the resources that it manages, ${labelOf(first)}${others}, which no other provider can destroy or forget: Terraform rejects the plan`,
        remedies: [{ text: `keep provider ${key} in this change, and remove it in the next one` }],
        source: 'https://developer.hashicorp.com/terraform/language/providers/configuration',
      }),
    ];
  });
}
