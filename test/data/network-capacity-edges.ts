import { EXAMPLE_PLAN } from './example-plan';
import type { NetworkPlan } from '../../constructs/cluster/network-profile/network-plan';
import type { SetEdges } from './set-edges';

function plan(changes: Partial<NetworkPlan>, maxNodes = 2, surgeNodes = 1, maxPods?: number): NetworkPlan {
  return { ...EXAMPLE_PLAN, ...changes, pools: [{ name: 'nodepool1', maxNodes, surgeNodes, maxPods }] };
}

const subnet = (range: string) => ({ name: "the subnet 'nodes'", ranges: [range] });

const pods = (range: string) => ({ name: "the subnet 'pods'", ranges: [range] });

const loadBalancer = (portsPerNode: number, managedIpCount: number): Partial<NetworkPlan> => ({
  podCidr: '10.244.0.0/14',
  outbound: { kind: 'loadBalancer', portsPerNode, managedIpCount },
});

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<NetworkPlan> = {
  'pod-range-size': {
    inside: [plan({}, 255), plan({ podCidr: '10.244.0.0/23' }, 1), plan({ podCidr: 'a token' }, 1000)],
    outside: [plan({}, 256), plan({ podCidr: '10.244.0.0/23' }, 1, 2), plan({ model: 'kubenet' }, 250, 10)],
  },
  'node-subnet-size': {
    inside: [
      plan({ nodeSubnet: subnet('10.240.0.0/28') }, 10, 1), // 11 + 5 of 16
      plan({ model: 'node subnet', nodeSubnet: subnet('10.240.0.0/25') }, 2, 1, 40), // 3 * 41 + 5 = 128 of 128
      plan({ model: 'node subnet', nodeSubnet: subnet('10.240.0.0/21') }, 50, 1), // the example of the documentation
      plan({ nodeSubnet: subnet('a token') }, 1000, 1),
    ],
    outside: [
      plan({ nodeSubnet: subnet('10.240.0.0/28') }, 11, 1),
      plan({ model: 'pod subnet', nodeSubnet: subnet('10.240.0.0/28') }, 10, 2),
      plan({ model: 'node subnet', nodeSubnet: subnet('10.240.0.0/25') }, 2, 1, 41),
      plan({ model: 'node subnet', nodeSubnet: subnet('10.240.0.0/22') }, 50, 1),
    ],
  },
  'pod-subnet-size': {
    inside: [
      plan({ model: 'pod subnet', podSubnet: pods('10.241.0.0/24') }, 2, 1, 80), // 240 + 5 of 256
      plan({ model: 'pod subnet', podSubnet: pods('10.241.0.0/23') }, 2, 1, 110),
      plan({ model: 'pod subnet', podSubnet: pods('a token') }, 1000, 1),
    ],
    outside: [
      plan({ model: 'pod subnet', podSubnet: pods('10.241.0.0/24') }, 2, 1, 81),
      plan({ model: 'pod subnet', podSubnet: pods('10.241.0.0/24') }, 2, 1),
    ],
  },
  'kubenet-node-count': {
    inside: [plan({ model: 'kubenet', podCidr: '10.244.0.0/15' }, 399, 1)],
    outside: [plan({ model: 'kubenet', podCidr: '10.244.0.0/15' }, 400, 1)],
  },
  'outbound-ports': {
    inside: [
      plan(loadBalancer(1024, 1), 61, 1), // 62 nodes of 62.5
      plan(loadBalancer(4000, 7), 100, 12),
      plan(loadBalancer(0, 1), 900, 1),
      plan({
        ...loadBalancer(64_000, 1),
        outbound: { kind: 'loadBalancer', portsPerNode: 64_000, publicIpPrefixIds: ['x'] },
      }),
    ],
    outside: [
      plan(loadBalancer(1024, 1), 62, 1),
      plan(loadBalancer(4000, 7), 100, 13),
      plan({ outbound: { kind: 'loadBalancer', portsPerNode: 32_000, publicIpIds: ['x'] } }, 2, 1),
    ],
  },
};
