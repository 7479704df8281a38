import { type NetworkPlan } from './network-plan';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import type { Violation } from '../../core/problems/violation';

const AKS = 'https://learn.microsoft.com/azure/aks';

const policyFitsModel: SetRule<NetworkPlan> = {
  id: 'network-policy-of-kubenet',
  rule: 'kubenet supports only the policy engine Calico',
  source: `${AKS}/use-network-policies#network-policy-options-in-aks`,
  problems: ({ model, networkPolicy }) =>
    model !== 'kubenet' || networkPolicy === 'calico' || networkPolicy === 'none'
      ? []
      : [
          `'networkProfile.networkPolicy' must be "calico" or "none" with kubenet, got "${networkPolicy}": use one of ` +
            'them, or NetworkProfile.overlay()',
        ],
};

const sizeFitsOverlay: SetRule<NetworkPlan> = {
  id: 'overlay-vm-size',
  rule: 'overlay networks do not support the DCsv2 series',
  source: `${AKS}/concepts-network-azure-cni-overlay#limitations-with-azure-cni-overlay`,
  problems: ({ model, pools }) =>
    pools
      .filter(({ vmSize = '' }) => model === 'overlay' && /^Standard_DC\d+s?_v2$/i.test(vmSize))
      .map(
        ({ name, vmSize }) =>
          `'networkProfile' must not be an overlay for nodes of the DCsv2 series, got ${String(vmSize)} for the pool ` +
          `"${name}": use the DCsv3 series, or NetworkProfile.azureCni(...)`,
      ),
};

const oneKindOfAddress: SetRule<NetworkPlan> = {
  id: 'one-kind-of-outbound-address',
  rule: 'a load balancer uses either a number of addresses that Azure creates, or public IP addresses, or public IP prefixes',
  source: `${AKS}/load-balancer-standard#provide-your-own-outbound-public-ips-or-prefixes`,
  problems: ({ outbound: { managedIpCount, managedIpv6Count, publicIpIds, publicIpPrefixIds } }) => {
    const managed = managedIpCount === undefined ? { managedIpv6Count } : { managedIpCount };
    const given = Object.entries({ ...managed, publicIpIds, publicIpPrefixIds }).filter(
      ([, value]) => value !== undefined,
    );
    if (given.length < 2) {
      return [];
    }
    return [
      `'networkProfile.outbound' must have one of 'managedIpCount', 'publicIpIds' and 'publicIpPrefixIds', got ` +
        `${given.map(([name]) => `'${name}'`).join(' and ')}: leave out all but one`,
    ];
  },
};

const outboundFitsSubnet: SetRule<NetworkPlan> = {
  id: 'outbound-of-own-subnet',
  rule: 'a managed NAT gateway needs the subnet that Azure creates; user-defined routes and your own NAT gateway need your own subnet',
  source: `${AKS}/egress-outboundtype#outbound-types-in-aks`,
  problems: ({ nodeSubnet, outbound: { kind } }) => {
    if (kind === 'managedNATGateway' && nodeSubnet !== undefined) {
      return [
        `'networkProfile.outbound' must not be a NAT gateway of Azure's with a subnet of your own, got ${kind} and ` +
          `${nodeSubnet.name}: give the subnet a NAT gateway and use Outbound.userAssignedNatGateway()`,
      ];
    }
    return (kind === 'userAssignedNATGateway' || kind === 'userDefinedRouting') && nodeSubnet === undefined
      ? [
          `'networkProfile.subnet' must be given with outbound ${kind}, which is configured on the subnet, got none: give a ` +
            `subnet, or use ${kind === 'userDefinedRouting' ? 'Outbound.loadBalancer()' : 'Outbound.managedNatGateway()'}`,
        ]
      : [];
  },
};

const subnetCarriesOutbound: SetRule<NetworkPlan> = {
  id: 'subnet-carries-outbound',
  rule: 'the subnet must have its default route or its NAT gateway before the cluster is created',
  source: `${AKS}/egress-udr#limitations`,
  problems: ({ nodeSubnet, outbound: { kind }, hasDefaultRoute, hasNatGateway }) => {
    const name = String(nodeSubnet?.name);
    if (kind === 'userDefinedRouting' && hasDefaultRoute === false) {
      return [
        `'networkProfile.subnet' must have a route for 0.0.0.0/0 with outbound ${kind}, got ${name} without one: set the 'firewallAddress' of the network`,
      ];
    }
    if (kind === 'userAssignedNATGateway' && hasNatGateway === false) {
      return [
        `'networkProfile.subnet' must have a NAT gateway with outbound ${kind}, got ${name} without one: give the network ` +
          "a 'natGateway'",
      ];
    }
    return [];
  },
};

const outboundNoneIsPrivate: SetRule<NetworkPlan> = {
  id: 'no-outbound-needs-private-api-server',
  rule: 'nodes without outbound access need a private API server',
  source: `${AKS}/concepts-network-isolated#how-a-network-isolated-cluster-works`,
  problems: ({ hasPrivateApiServer, outbound: { kind } }) =>
    kind !== 'none' || hasPrivateApiServer
      ? []
      : [
          `'networkProfile.outbound' must not be ${kind} with a public API server, which nodes then cannot reach, got ` +
            `${kind}: make the API server private, or use another outbound`,
        ],
};

/** The rules on the combination of options of a network. */
export const CHOICE_RULES: readonly SetRule<NetworkPlan>[] = [
  policyFitsModel,
  sizeFitsOverlay,
  oneKindOfAddress,
  outboundFitsSubnet,
  subnetCarriesOutbound,
  outboundNoneIsPrivate,
];

export function choiceProblems(plan: NetworkPlan): Violation[] {
  return checkSet(CHOICE_RULES, plan);
}
