import type { DualStackPlan } from '../../constructs/cluster/network-profile/dual-stack';
import type { SetEdges } from './set-edges';

const EXAMPLE: DualStackPlan = {
  model: 'overlay',
  networkPolicy: 'cilium',
  outbound: 'loadBalancer',
  podCidr: 'fd12:3456:789a::/64',
  serviceCidr: 'fd12:3456:789a:1::/108',
  lacksIpv6: false,
};
const SUBNET = { ...EXAMPLE, subnet: "the subnet 'stack/network/nodes'" };

/** Values inside and outside of each rule about addresses of both families. */
export const EDGES: SetEdges<DualStackPlan> = {
  'dual-stack-of-overlay': {
    inside: [EXAMPLE],
    outside: (['kubenet', 'none', 'node subnet', 'pod subnet'] as const).map((model) => ({ ...EXAMPLE, model })),
  },
  'dual-stack-network-policy': {
    inside: [EXAMPLE, { ...EXAMPLE, networkPolicy: 'none' }],
    outside: [
      { ...EXAMPLE, networkPolicy: 'calico' },
      { ...EXAMPLE, networkPolicy: 'azure' },
    ],
  },
  'dual-stack-outbound': {
    inside: (['loadBalancer', 'userDefinedRouting', 'none'] as const).map((outbound) => ({ ...EXAMPLE, outbound })),
    outside: (['managedNATGateway', 'userAssignedNATGateway'] as const).map((outbound) => ({ ...EXAMPLE, outbound })),
  },
  'dual-stack-subnet': {
    inside: [EXAMPLE, SUBNET],
    outside: [{ ...SUBNET, lacksIpv6: true }],
  },
  'dual-stack-ranges-apart': {
    inside: [
      EXAMPLE,
      { ...SUBNET, subnetPrefix: 'fd00:db8:deca::/64' },
      { ...EXAMPLE, podCidr: 'fd00::/64', serviceCidr: 'fd00:0:0:1::/108' },
    ],
    outside: [
      { ...EXAMPLE, podCidr: 'fd00::/64', serviceCidr: 'fd00::ffff:0:0/108' },
      { ...SUBNET, subnetPrefix: 'fd12:3456:789a::/64' },
      { ...SUBNET, subnetPrefix: 'fd12:3456:789a:1::/64' },
    ],
  },
};
