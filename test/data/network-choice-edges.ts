import { EXAMPLE_PLAN } from './example-plan';
import type { NetworkPlan } from '../../constructs/cluster/network-profile/network-plan';
import type { SetEdges } from './set-edges';

const OWN_SUBNET: NetworkPlan = { ...EXAMPLE_PLAN, nodeSubnet: { name: "the subnet 'nodes'", ranges: [] } };

const poolOf = (vmSize: string) => [{ name: 'confidential', maxNodes: 1, surgeNodes: 1, vmSize }];

/** The edges of each rule of the table, by its id. */
export const EDGES: SetEdges<NetworkPlan> = {
  'network-policy-of-kubenet': {
    inside: [
      EXAMPLE_PLAN,
      { ...EXAMPLE_PLAN, model: 'kubenet', networkPolicy: 'calico' },
      { ...EXAMPLE_PLAN, model: 'kubenet', networkPolicy: 'none' },
    ],
    outside: [
      { ...EXAMPLE_PLAN, model: 'kubenet', networkPolicy: 'cilium' },
      { ...EXAMPLE_PLAN, model: 'kubenet', networkPolicy: 'azure' },
    ],
  },
  'overlay-vm-size': {
    inside: [
      { ...EXAMPLE_PLAN, pools: poolOf('Standard_DC4s_v3') },
      { ...OWN_SUBNET, model: 'node subnet', pools: poolOf('Standard_DC4s_v2') },
    ],
    outside: [
      { ...EXAMPLE_PLAN, pools: poolOf('Standard_DC4s_v2') },
      { ...EXAMPLE_PLAN, pools: poolOf('standard_dc8_v2') },
    ],
  },
  'one-kind-of-outbound-address': {
    inside: [
      EXAMPLE_PLAN,
      { ...EXAMPLE_PLAN, outbound: { kind: 'loadBalancer', publicIpIds: ['x'] } },
      { ...EXAMPLE_PLAN, outbound: { kind: 'loadBalancer', publicIpPrefixIds: ['x'] } },
    ],
    outside: [
      { ...EXAMPLE_PLAN, outbound: { kind: 'loadBalancer', managedIpCount: 1, publicIpIds: ['x'] } },
      { ...EXAMPLE_PLAN, outbound: { kind: 'loadBalancer', publicIpIds: ['x'], publicIpPrefixIds: ['y'] } },
    ],
  },
  'outbound-of-own-subnet': {
    inside: [
      EXAMPLE_PLAN,
      OWN_SUBNET,
      { ...EXAMPLE_PLAN, outbound: { kind: 'managedNATGateway' } },
      { ...OWN_SUBNET, outbound: { kind: 'userAssignedNATGateway' } },
      { ...OWN_SUBNET, outbound: { kind: 'userDefinedRouting' } },
      { ...EXAMPLE_PLAN, hasPrivateApiServer: true, outbound: { kind: 'none' } },
    ],
    outside: [
      { ...OWN_SUBNET, outbound: { kind: 'managedNATGateway' } },
      { ...EXAMPLE_PLAN, outbound: { kind: 'userAssignedNATGateway' } },
      { ...EXAMPLE_PLAN, outbound: { kind: 'userDefinedRouting' } },
    ],
  },
  'subnet-carries-outbound': {
    inside: [
      { ...OWN_SUBNET, hasDefaultRoute: true, outbound: { kind: 'userDefinedRouting' } },
      { ...OWN_SUBNET, hasNatGateway: true, outbound: { kind: 'userAssignedNATGateway' } },
    ],
    outside: [
      { ...OWN_SUBNET, hasDefaultRoute: false, outbound: { kind: 'userDefinedRouting' } },
      { ...OWN_SUBNET, hasNatGateway: false, outbound: { kind: 'userAssignedNATGateway' } },
    ],
  },
  'no-outbound-needs-private-api-server': {
    inside: [
      EXAMPLE_PLAN,
      { ...EXAMPLE_PLAN, hasPrivateApiServer: true },
      { ...EXAMPLE_PLAN, hasPrivateApiServer: true, outbound: { kind: 'none' } },
    ],
    outside: [{ ...EXAMPLE_PLAN, outbound: { kind: 'none' } }],
  },
};
