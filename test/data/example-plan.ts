import { MANAGED_NETWORK, type NetworkPlan } from '../../constructs/cluster/network-profile/network-plan';

/** The network of a default cluster, which the edges of the rules differ from. */
export const EXAMPLE_PLAN: NetworkPlan = {
  model: 'overlay',
  network: MANAGED_NETWORK,
  peers: [],
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.0.0.0/16',
  dnsServiceIp: '10.0.0.10',
  networkPolicy: 'cilium',
  hasPrivateApiServer: false,
  pools: [{ name: 'nodepool1', maxNodes: 2, surgeNodes: 1 }],
  outbound: { kind: 'loadBalancer', managedIpCount: 1 },
};
