import { type TerraformResource, TerraformStack } from 'cdktf';
import type { IVirtualNetwork } from './i-virtual-network';
import { createAfter } from '../core/order/order';

/** The writes to a virtual network, in their order; clusters come last. */
export enum NetworkWrite {
  SUBNET,
  ASSOCIATION,
  PEERING,
}

interface Write {
  readonly kind: NetworkWrite;
  readonly resource: TerraformResource;
}

const writes = new WeakMap<IVirtualNetwork, readonly Write[]>();

/**
 * Lets a resource be written to its networks when what comes before it has been: Azure rejects a write to a network
 * during another one (409 `AnotherOperationInProgress`).
 *
 * The provider itself keeps subnets and their associations apart, and peerings from each other, but not the ones from the
 * others, and a cluster from none. One order for all networks, by kind and then by age, has no circles.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/network/virtual_network_peering_resource.go
 */
export function writeInTurn(
  kind: NetworkWrite,
  resource: TerraformResource,
  networks: readonly IVirtualNetwork[],
): void {
  for (const network of networks) {
    writes.set(network, [...(writes.get(network) ?? []), { kind, resource }]);
  }
  createAfter(resource, () => networks.flatMap((network) => before(resource, network)));
}

/** All that is written to a network in its own stack, which clusters come after. */
export function writesTo(network: IVirtualNetwork): TerraformResource[] {
  return inOrder(network, TerraformStack.of(network));
}

/** The last write to a network before a resource, in the resource's stack. */
function before(resource: TerraformResource, network: IVirtualNetwork): TerraformResource[] {
  const turns = inOrder(network, TerraformStack.of(resource));
  const turn = turns.indexOf(resource);
  return turns.slice(Math.max(turn - 1, 0), turn);
}

function inOrder(network: IVirtualNetwork, stack: TerraformStack): TerraformResource[] {
  return [...(writes.get(network) ?? [])]
    .filter(({ resource }) => TerraformStack.of(resource) === stack)
    .sort((one, other) => one.kind - other.kind)
    .map(({ resource }) => resource);
}
