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
 * Makes Terraform write a resource to its networks only after the previous write: Azure rejects a write to a network
 * during another one (409 `AnotherOperationInProgress`).
 *
 * The provider itself serializes subnets and their associations, and also peerings, but not the former with the latter,
 * and clusters with neither. A single order for all networks, by kind and then by age, has no cycles.
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

/** All writes to a network in its own stack, which clusters wait for. */
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
