import { isKnown } from '../../core/values/known';
import { NetworkRanges } from '../../network/network-ranges';

/** The way in which pods get addresses. */
export type NetworkModel = 'overlay' | 'kubenet' | 'node subnet' | 'pod subnet' | 'none';

/** The size of a pool. */
export interface PoolSize {
  readonly name: string;
  /** The largest number of nodes, without those of an upgrade. Undefined or a token: not known. */
  readonly maxNodes: number | undefined;
  /** The number of nodes that an upgrade adds for a while. */
  readonly surgeNodes: number;
  /** The largest number of pods on a node. Undefined: the default of Azure for the network. */
  readonly maxPods?: number;
  /** The VM size of the nodes, which some networks restrict. */
  readonly vmSize?: string;
}

/** A subnet, as the rules read it. */
export interface SubnetPlan {
  /** Its name in messages. */
  readonly name: string;
  /** Its ranges, as far as they are known. */
  readonly ranges: readonly string[];
  /** The service to which it is delegated, if any. */
  readonly delegation?: string;
  /** The path of the virtual network that it is in, where that is known. */
  readonly network?: string;
}

/** How nodes reach the internet, as the rules read it. */
export interface OutboundPlan {
  readonly kind: 'loadBalancer' | 'managedNATGateway' | 'userAssignedNATGateway' | 'userDefinedRouting' | 'none';
  readonly managedIpCount?: number;
  readonly managedIpv6Count?: number;
  readonly publicIpIds?: readonly string[];
  readonly publicIpPrefixIds?: readonly string[];
  readonly portsPerNode?: number;
}

/** The network of a cluster as the rules read it. It holds no constructs, so that rules can be tested on data. */
export interface NetworkPlan {
  readonly model: NetworkModel;
  /** The virtual network of the nodes. */
  readonly network: NetworkRanges;
  /** The networks that it is connected to. */
  readonly peers: readonly NetworkRanges[];
  readonly podCidr?: string;
  readonly serviceCidr: string;
  readonly dnsServiceIp: string;
  /** The subnet of the nodes. Undefined: Azure creates one. */
  readonly nodeSubnet?: SubnetPlan;
  /** The subnet of the pods, where they have one. */
  readonly podSubnet?: SubnetPlan;
  /** Whether the node subnet sends all traffic to a firewall or the like. Undefined: not known. */
  readonly hasDefaultRoute?: boolean;
  /** Whether the node subnet has a NAT gateway. Undefined: not known. */
  readonly hasNatGateway?: boolean;
  readonly networkPolicy: string;
  /** Whether the API server is reached inside the network. */
  readonly hasPrivateApiServer: boolean;
  readonly pools: readonly PoolSize[];
  readonly outbound: OutboundPlan;
}

/**
 * The range of the network that Azure creates for a cluster without a subnet.
 *
 * @see https://learn.microsoft.com/azure/aks/configure-azure-cni
 */
export const MANAGED_NETWORK: NetworkRanges = { name: 'the VNet that Azure creates', ranges: ['10.224.0.0/12'] };

/** The number of nodes of all pools during an upgrade, as far as it is known: a lower bound. */
export function nodesOf(pools: readonly PoolSize[]): number {
  return sum(pools, () => 1);
}

/** The sum of a weight over the nodes of all pools. */
export function sum(pools: readonly PoolSize[], weight: (pool: PoolSize) => number): number {
  return pools.reduce(
    (total, pool) =>
      isCount(pool.maxNodes) && isCount(pool.surgeNodes)
        ? total + (pool.maxNodes + pool.surgeNodes) * weight(pool)
        : total,
    0,
  );
}

/** Whether rules can calculate with a number: it is neither a token nor invalid by itself. */
export function isCount(value: number | undefined): value is number {
  return isKnown(value) && Number.isInteger(value) && value >= 0;
}

/** "12 nodes (system 3 + 1 surge, user 7 + 1 surge)". */
export function nodesText(pools: readonly PoolSize[]): string {
  const parts = pools
    .filter(({ maxNodes, surgeNodes }) => isCount(maxNodes) && isCount(surgeNodes))
    .map(({ name, maxNodes, surgeNodes }) => `${nameText(name)} ${String(maxNodes)} + ${surgeNodes} surge`);
  return `${nodesOf(pools)} nodes (${parts.join(', ')})`;
}

/** The name of a pool, which may be known only when Terraform runs. */
export function nameText(name: string): string {
  return isKnown(name) ? name : 'a pool';
}
