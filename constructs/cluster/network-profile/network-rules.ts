import {
  addressText,
  type AddressRange,
  overlap,
  parseAddress,
  parseRange,
  parseRanges,
  spareRange,
} from '../../core/addresses/address-space';
import { type NetworkPlan } from './network-plan';
import { AKS_DELEGATION, RESERVED, type NetworkRanges } from '../../network/network-ranges';
import { checkSet, type SetRule } from '../../core/rules/set-rule';
import type { Violation } from '../../core/problems/violation';

const AKS = 'https://learn.microsoft.com/azure/aks';

/** A range that the user chooses, and the property that contains it. */
interface OwnRange {
  readonly property: string;
  readonly name: string;
  readonly text: string;
}

function podRange({ podCidr }: NetworkPlan): OwnRange[] {
  return podCidr === undefined ? [] : [{ property: 'podCidr', name: 'pod range', text: podCidr }];
}

function serviceRange({ serviceCidr }: NetworkPlan): OwnRange[] {
  return [{ property: 'serviceCidr', name: 'service range', text: serviceCidr }];
}

/** The VNet with its ranges or, where only its subnets are known, these. */
function networksOf({ network, nodeSubnet, podSubnet }: NetworkPlan): NetworkRanges[] {
  return parseRanges(network.ranges).length > 0
    ? [network]
    : [nodeSubnet, podSubnet].filter((subnet) => subnet !== undefined);
}

/** All ranges that a suggested range must not overlap. */
function taken(plan: NetworkPlan): AddressRange[] {
  const networks = [...networksOf(plan), ...plan.peers, RESERVED].flatMap(({ ranges }) => [...ranges]);
  return parseRanges([...networks, plan.serviceCidr, ...(plan.podCidr === undefined ? [] : [plan.podCidr])]);
}

/** One problem for each range that overlaps others, with a remedy that avoids all of them. */
function overlaps(
  own: readonly OwnRange[],
  others: readonly NetworkRanges[],
  plan: NetworkPlan,
  why: string,
): string[] {
  return own.flatMap(({ property, name, text }) => {
    const range = parseRange(text);
    const found = others.flatMap((other) =>
      parseRanges(other.ranges)
        .filter((one) => range !== undefined && overlap(range, one))
        .map((one) => `${one.text} of ${other.name}`),
    );
    return found.length === 0
      ? []
      : [
          `'networkProfile.${property}' must not overlap a range that nodes may need to reach, got ${text}: the ` +
            `${name} overlaps ${found.join(' and ')}, ${why}. ${remedy(plan, found.length > 1 ? 'them' : 'it')}`,
        ];
  });
}

function remedy(plan: NetworkPlan, ranges: string): string {
  const spare = spareRange(taken(plan));
  return `Choose a range outside of ${ranges}${spare === undefined ? '' : `, such as ${spare}`}`;
}

const UNREACHABLE = 'so that it could not be reached from the cluster';

const serviceOutsideNetwork: SetRule<NetworkPlan> = {
  id: 'service-range-outside-network',
  rule: 'the service range must not overlap the VNet or a VNet connected to it, since its addresses must always refer to Services',
  source: `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  problems: (plan) => overlaps(serviceRange(plan), [...networksOf(plan), ...plan.peers], plan, UNREACHABLE),
};

const podsOutsideNetwork: SetRule<NetworkPlan> = {
  id: 'pod-range-outside-network',
  rule: 'the pod range must not overlap the VNet or a VNet connected to it',
  source: `${AKS}/azure-cni-overlay#ip-address-planning`,
  problems: (plan) => overlaps(podRange(plan), [...networksOf(plan), ...plan.peers], plan, UNREACHABLE),
};

const podsOutsideServices: SetRule<NetworkPlan> = {
  id: 'pod-range-outside-services',
  rule: 'the pod range and the service range must not overlap',
  source: `${AKS}/azure-cni-overlay#ip-address-planning`,
  problems: (plan) => {
    const services = { name: 'the service range', ranges: [plan.serviceCidr] };
    return overlaps(podRange(plan), [services], plan, 'so that an address would be ambiguous');
  },
};

const outsideReserved: SetRule<NetworkPlan> = {
  id: 'ranges-outside-reserved',
  rule: `the pod range, the service range and the network must not overlap the reserved ranges ${RESERVED.ranges.join(', ')}`,
  source: `${AKS}/concepts-network-cni-overview#prerequisites`,
  problems: (plan) => [
    ...overlaps([...podRange(plan), ...serviceRange(plan)], [RESERVED], plan, 'which no cluster may use'),
    ...reservedNetworkProblems(plan),
  ],
};

/** Problems of an existing network: one that the program creates reports its ranges itself. */
function reservedNetworkProblems(plan: NetworkPlan): string[] {
  return networksOf(plan).flatMap(({ name, ranges, isOwn }: NetworkRanges) =>
    parseRanges(isOwn === true ? [] : ranges)
      .filter((range) => parseRanges(RESERVED.ranges).some((one) => overlap(one, range)))
      .map(
        ({ text }) =>
          `'networkProfile.subnet' must not be in ${RESERVED.name} (${RESERVED.ranges.join(', ')}), got ${text} of ${name}: ` +
          'give the nodes a network with other ranges',
      ),
  );
}

const dnsInsideServices: SetRule<NetworkPlan> = {
  id: 'dns-service-ip',
  rule: 'the address of the DNS Service must be in the service range, and must not be one that Kubernetes uses itself',
  source: `${AKS}/concepts-network-ip-address-planning#ip-address-sizing`,
  problems: ({ serviceCidr, dnsServiceIp }) => {
    const range = parseRange(serviceCidr);
    const address = parseAddress(dnsServiceIp);
    if (range === undefined || address === undefined || (address > range.first + 1 && address < range.last)) {
      return [];
    }
    return [
      `'networkProfile.dnsServiceIp' must be in the service range ${serviceCidr}, and neither its first two addresses ` +
        `(the second is the API server's) nor its last, got ${dnsServiceIp}: leave it out for ${tenthAddress(range)}`,
    ];
  },
};

const subnetInNetwork: SetRule<NetworkPlan> = {
  id: 'cluster-subnets',
  rule: 'the subnets of a cluster must be in one VNet; the node subnet must not be delegated to another service, and pods need a subnet of their own',
  source: `${AKS}/configure-azure-cni-dynamic-ip-allocation`,
  problems: (plan) => [...delegationProblems(plan), ...podSubnetProblems(plan)],
};

function delegationProblems({ nodeSubnet, podSubnet }: NetworkPlan): string[] {
  const problems = [];
  if (nodeSubnet?.delegation !== undefined) {
    problems.push(
      `'networkProfile.subnet' must not be delegated to a service, got ${nodeSubnet.name}, which is ` +
        `delegated to ${nodeSubnet.delegation}: give the nodes another subnet`,
    );
  }
  if (podSubnet?.delegation !== undefined && podSubnet.delegation !== AKS_DELEGATION) {
    problems.push(
      `'networkProfile.podSubnet' must be delegated to ${AKS_DELEGATION}, got ${podSubnet.name}, which is delegated to ` +
        `${podSubnet.delegation}: give the pods another subnet`,
    );
  }
  return problems;
}

function podSubnetProblems({ nodeSubnet, podSubnet }: NetworkPlan): string[] {
  if (nodeSubnet === undefined || podSubnet === undefined) {
    return [];
  }
  const { network = podSubnet.network } = nodeSubnet;
  if (podSubnet.network !== undefined && podSubnet.network !== network) {
    return [
      `'networkProfile.podSubnet' must be in the VNet of 'networkProfile.subnet' (${String(network)}), got ` +
        `${podSubnet.name} of ${podSubnet.network}: use a subnet of the nodes' VNet`,
    ];
  }
  const nodes = parseRanges(nodeSubnet.ranges);
  return parseRanges(podSubnet.ranges)
    .filter((range) => nodes.some((one) => overlap(one, range)))
    .map(
      (range) =>
        `'networkProfile.podSubnet' must be a different subnet from 'networkProfile.subnet', got ${podSubnet.name}, whose ` +
        `${range.text} overlaps that of ${nodeSubnet.name}: add a subnet for the pods`,
    );
}

/** The rules on the ranges of a cluster's network. */
export const NETWORK_RULES: readonly SetRule<NetworkPlan>[] = [
  serviceOutsideNetwork,
  podsOutsideNetwork,
  podsOutsideServices,
  outsideReserved,
  dnsInsideServices,
  subnetInNetwork,
];

export function networkProblems(plan: NetworkPlan): Violation[] {
  return checkSet(NETWORK_RULES, plan);
}

/** The address that AKS itself would give the DNS Service. */
export function tenthAddress(range: AddressRange): string {
  return addressText(Math.min(range.first + 10, range.last - 1));
}
