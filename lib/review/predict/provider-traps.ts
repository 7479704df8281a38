import type { Trap } from '../model';
import type { Stack } from '../read/program';
import { providersThrough } from './dependents';
import type { ResourceChange } from './resource-change';

/** Provider configurations that are unknown while their cluster is recreated, but manage deployed resources. */
export function providerTraps(resourceChanges: readonly ResourceChange[], base: Stack, head: Stack): Trap[] {
  return resourceChanges.flatMap(({ lost, pair: { base: old, head: now } }) => {
    const keys = lost && old && now ? providersThrough(now.address, head) : [];
    return keys.flatMap((key) => {
      const deployed = [...base.resources.values()].filter(
        ({ provider, mode }) => provider === key && mode === 'resource',
      );
      return deployed.length === 0
        ? []
        : [
            {
              ...{ stack: head.name, address: `provider.${key}`, attribute: now?.address ?? '' },
              text: `the provider is configured from ${now?.address}, which is recreated: until that exists, Terraform cannot read the ${deployed.length} resources that the provider manages, and the plan or the apply fails`,
              cure: `replace the cluster first (terraform apply -target=${now?.address}), or keep the workloads in a stack of their own`,
              source: 'Terraform: a provider configuration that is unknown until the apply',
            },
          ];
    });
  });
}
