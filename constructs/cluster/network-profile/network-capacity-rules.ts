import { parseRanges, prefixFor, sizeOf } from '../../core/addresses/address-space';
import {
  isCount,
  nameText,
  type NetworkModel,
  type NetworkPlan,
  nodesOf,
  nodesText,
  type PoolSize,
  sum,
} from './network-plan';
import { loadBalancerIpCount, portsPerNode as portsRule } from './network-profile-rules';
import { isKnown } from '../../core/values/known';
import { type Rule } from '../../core/rules/rule';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import type { Violation } from '../../core/problems/violation';

const AKS = 'https://learn.microsoft.com/azure/aks';
const PLANNING = `${AKS}/concepts-network-ip-address-planning`;

/** The addresses that Azure reserves in every subnet: the first four and the last. */
export const KEPT_BY_AZURE = 5;

/** The addresses that a node takes from the pod subnet at a time. */
const BATCH = 16;

/** The most nodes that kubenet can have routes to. */
const KUBENET_NODES = 400;

/** The source ports of one public address of a load balancer. */
const PORTS_PER_IP = 64_000;

/** The pods on a node whose pool does not give a number: Azure's own default for the network. */
const DEFAULT_MAX_PODS: { readonly [model in NetworkModel]: number } = {
  overlay: 250,
  kubenet: 110,
  'node subnet': 30,
  'pod subnet': 110,
  none: 250,
};

function maxPodsOf(model: NetworkModel, pool: PoolSize): number {
  return isCount(pool.maxPods) ? pool.maxPods : DEFAULT_MAX_PODS[model];
}

/** The addresses that the pools of a cluster take from the subnet of its nodes. */
export function nodeAddresses(model: NetworkModel, pools: readonly PoolSize[]): number {
  return sum(pools, (pool) => (model === 'node subnet' ? 1 + maxPodsOf(model, pool) : 1));
}

/** The addresses that the pools of a cluster take from the subnet of its pods. */
export function podAddresses(model: NetworkModel, pools: readonly PoolSize[]): number {
  return sum(pools, (pool) => Math.ceil(maxPodsOf(model, pool) / BATCH) * BATCH);
}

const podRangeHoldsNodes: SetRule<NetworkPlan> = {
  id: 'pod-range-size',
  rule: 'the pod range must hold a /24 for each node, including the nodes of an upgrade',
  source: `${PLANNING}#overlay-networks`,
  problems: ({ model, podCidr, pools }) => {
    const [range] = parseRanges(podCidr === undefined ? [] : [podCidr]);
    const nodes = nodesOf(pools);
    if (range === undefined || (model !== 'overlay' && model !== 'kubenet') || nodes <= sizeOf([range]) / 256) {
      return [];
    }
    return [
      `'networkProfile.podCidr' must have a /24 for each node, got ${range.text} with room for ` +
        `${Math.floor(sizeOf([range]) / 256)} of ${nodesText(pools)}: make it /${prefixFor(nodes * 256)} or larger`,
    ];
  },
};

const subnetHoldsNodes: SetRule<NetworkPlan> = {
  id: 'node-subnet-size',
  rule: 'the node subnet must hold an address for each node, for each pod that gets one there, and the five that Azure reserves',
  source: `${PLANNING}#ip-address-sizing`,
  problems: ({ model, nodeSubnet, pools }) => {
    const needed = nodeAddresses(model, pools) + KEPT_BY_AZURE;
    const ranges = parseRanges(nodeSubnet?.ranges ?? []);
    if (ranges.length === 0 || needed <= sizeOf(ranges)) {
      return [];
    }
    const pods =
      model === 'node subnet' ? `, each with an address for each pod it may have (${podsText(model, pools)})` : '';
    const fewer =
      model === 'node subnet' ? ', allow fewer pods on a node, or use NetworkProfile.overlay({ subnet })' : '';
    return [
      `'networkProfile.subnet' must have ${needed} addresses for ${nodesText(pools)}${pods} and ${KEPT_BY_AZURE} for ` +
        `Azure, got ${String(nodeSubnet?.name)} with the ${sizeOf(ranges)} of ${rangesText(ranges)}: make it ` +
        `/${prefixFor(needed)} or larger${fewer}`,
    ];
  },
};

const podSubnetHoldsPods: SetRule<NetworkPlan> = {
  id: 'pod-subnet-size',
  rule: 'the pod subnet must hold an address for each pod of each node; nodes reserve them in blocks of 16',
  source: `${AKS}/configure-azure-cni-dynamic-ip-allocation#plan-ip-addressing`,
  problems: ({ model, podSubnet, pools }) => {
    const needed = podAddresses(model, pools) + KEPT_BY_AZURE;
    const ranges = parseRanges(podSubnet?.ranges ?? []);
    if (ranges.length === 0 || needed <= sizeOf(ranges)) {
      return [];
    }
    return [
      `'networkProfile.podSubnet' must have ${needed} addresses for the pods of ${nodesText(pools)}, reserved ${BATCH} at a ` +
        `time (${podsText(model, pools)}), and ${KEPT_BY_AZURE} for Azure, got ${String(podSubnet?.name)} with the ` +
        `${sizeOf(ranges)} of ${rangesText(ranges)}: make it /${prefixFor(needed)} or larger, or allow fewer pods on a node`,
    ];
  },
};

const kubenetNodes: SetRule<NetworkPlan> = {
  id: 'kubenet-node-count',
  rule: 'kubenet supports at most 400 nodes, since each node needs a route in the route table',
  source: `${AKS}/configure-kubenet#overview-of-kubenet-networking-with-your-own-subnet`,
  problems: ({ model, pools }) =>
    model !== 'kubenet' || nodesOf(pools) <= KUBENET_NODES
      ? []
      : [
          `'networkProfile' must not be kubenet for more than ${KUBENET_NODES} nodes, since each needs a route, got` +
            ` ${nodesText(pools)}: use NetworkProfile.overlay()`,
        ],
};

const portsSuffice: SetRule<NetworkPlan> = {
  id: 'outbound-ports',
  rule: 'the public addresses of the load balancer must have enough source ports for all nodes, including the nodes of an upgrade',
  source: `${AKS}/load-balancer-standard#configure-the-allocated-outbound-ports`,
  problems: ({ outbound, pools }) => {
    const ports = usable(portsRule, outbound.portsPerNode);
    const ips = addressCount(outbound);
    const nodes = nodesOf(pools);
    if (ports === 0 || ips === 0 || nodes <= (PORTS_PER_IP / ports) * ips) {
      return [];
    }
    return [
      `'networkProfile.outbound' must have ${ports} source ports for each of ${nodesText(pools)}, got ` +
        `${addressesText(ips)} with ${PORTS_PER_IP} ports each: give it ` +
        `${addressesText(Math.ceil((nodes * ports) / PORTS_PER_IP))}, or at most ` +
        `${Math.floor((PORTS_PER_IP * ips) / nodes / 8) * 8} ports a node`,
    ];
  },
};

/** The number, or 0 if it is not known or violates its own rule. */
function usable(rule: Rule<number>, value: number | undefined): number {
  return isKnown(value) && rule.holds(value) ? value : 0;
}

function addressesText(count: number): string {
  return `${count} public address${count === 1 ? '' : 'es'}`;
}

/** The number of public addresses of the load balancer; 0 if it is not known, as for prefixes. */
function addressCount({ managedIpCount, publicIpIds, publicIpPrefixIds }: NetworkPlan['outbound']): number {
  if (publicIpPrefixIds !== undefined) {
    return 0;
  }
  if (publicIpIds !== undefined) {
    return isKnown(publicIpIds) ? publicIpIds.length : 0;
  }
  return usable(loadBalancerIpCount, managedIpCount);
}

function podsText(model: NetworkModel, pools: readonly PoolSize[]): string {
  return pools.map((pool) => `${nameText(pool.name)} ${maxPodsOf(model, pool)} a node`).join(', ');
}

function rangesText(ranges: readonly { readonly text: string }[]): string {
  return ranges.map(({ text }) => text).join(', ');
}

/** Whether there are enough addresses and ports for the largest number of nodes. */
export const CAPACITY_RULES: readonly SetRule<NetworkPlan>[] = [
  podRangeHoldsNodes,
  subnetHoldsNodes,
  podSubnetHoldsPods,
  kubenetNodes,
  portsSuffice,
];

export function capacityProblems(given: NetworkPlan): Violation[] {
  return checkSet(CAPACITY_RULES, given);
}
