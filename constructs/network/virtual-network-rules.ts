import { contains, overlap, parseRange, parseRanges } from '../core/addresses/address-space';
import type { NetworkRanges } from './network-ranges';
import { RESERVED } from './network-ranges';
import { checkSet, type SetRule } from '../core/rules/set-rule';
import type { Violation } from '../core/problems/violation';

const VNET = 'https://learn.microsoft.com/azure/virtual-network';

/** The ranges of a subnet. */
export interface SubnetRanges extends NetworkRanges {
  /** The name of the property in the program, "addressPrefix" by default. */
  readonly property?: string;
}

/** The ranges of a peered network. */
export interface PeerRanges extends NetworkRanges {
  /** Whether the peering was created by a call on that network, which then reports an overlap. */
  readonly asked?: boolean;
}

/** The ranges of a virtual network, as rules compare them. */
export interface VirtualNetworkPlan {
  readonly addressSpace: readonly string[];
  /** Its subnets, in the order in which they were added. */
  readonly subnets: readonly SubnetRanges[];
  /** The networks that it is peered with. */
  readonly peers: readonly PeerRanges[];
}

const rangesApart: SetRule<VirtualNetworkPlan> = {
  id: 'address-space-ranges-apart',
  rule: 'the ranges of a network must not overlap each other or ranges that AKS reserves',
  source: `${VNET}/virtual-networks-faq#can-i-have-overlapping-address-spaces-for-virtual-networks`,
  problems: ({ addressSpace }) => {
    const own = parseRanges(addressSpace);
    const doubled = own.flatMap((one, index) =>
      own
        .slice(index + 1)
        .filter((other) => overlap(one, other))
        .map(
          (other) =>
            `'addressSpace' must be ranges that do not overlap, got ${one.text} and ${other.text}: leave out one of them`,
        ),
    );
    return [...doubled, ...overlapProblems(addressSpace, [RESERVED], 'which no cluster may use')];
  },
};

const subnetsInside: SetRule<VirtualNetworkPlan> = {
  id: 'subnet-in-address-space',
  rule: 'a subnet must be inside one range of its network',
  source: `${VNET}/virtual-network-manage-subnet#add-a-subnet`,
  problems: ({ addressSpace, subnets }) => {
    const own = parseRanges(addressSpace);
    if (own.length === 0 || own.length < addressSpace.length) {
      return []; // it may be in one that is not known, or not right
    }
    return subnets.flatMap(({ name, ranges, property = 'addressPrefix' }) =>
      parseRanges(ranges)
        .filter((one) => !own.some((outer) => contains(outer, one)))
        .map(
          (one) =>
            `'${property}' of ${name} must be inside the network's ${addressSpace.join(', ')}, got ${one.text}: ` +
            "choose a part of it, or add a range to 'addressSpace'",
        ),
    );
  },
};

const subnetsApart: SetRule<VirtualNetworkPlan> = {
  id: 'subnets-apart',
  rule: 'the subnets of a network must not overlap',
  source: `${VNET}/virtual-network-manage-subnet#add-a-subnet`,
  problems: ({ subnets }) =>
    subnets.flatMap((subnet, index) =>
      parseRanges(subnet.ranges).flatMap((one) =>
        subnets
          .slice(0, index)
          .filter(({ ranges }) => parseRanges(ranges).some((other) => overlap(one, other)))
          .map(
            (other) =>
              `'${subnet.property ?? 'addressPrefix'}' of ${subnet.name} must not overlap another subnet, got ${one.text}, which overlaps ` +
              `${other.ranges.join(', ')} of ${other.name}: choose another part of the network`,
          ),
      ),
    ),
};

const peersApart: SetRule<VirtualNetworkPlan> = {
  id: 'peers-apart',
  rule: 'peered networks must not overlap, nor must two networks that are peered with the same one',
  source: `${VNET}/virtual-network-manage-peering#requirements-and-constraints`,
  problems: ({ addressSpace, peers }) => [
    ...overlapProblems(
      addressSpace,
      peers.filter(({ asked = false }) => !asked),
      'with which it is peered',
    ),
    ...peers.flatMap((peer, index) =>
      peers
        .slice(0, index)
        .filter((other) => parseRanges(peer.ranges).some((one) => overlapsAny(one.text, other.ranges)))
        .map(
          (other) =>
            `'peerWith' must be called with networks that do not overlap each other, got ${peer.name} ` +
            `(${peer.ranges.join(', ')}) and ${other.name} (${other.ranges.join(', ')}): peer with one of them`,
        ),
    ),
  ],
};

function overlapProblems(addressSpace: readonly string[], others: readonly NetworkRanges[], why: string): string[] {
  return parseRanges(addressSpace).flatMap((own) =>
    others.flatMap(({ name, ranges }) =>
      parseRanges(ranges)
        .filter((one) => overlap(own, one))
        .map(
          (one) =>
            `'addressSpace' must not overlap ${one.text} of ${name}, ${why}, got ${own.text}: choose another range for ` +
            'one of them',
        ),
    ),
  );
}

function overlapsAny(text: string, others: readonly string[]): boolean {
  const one = parseRange(text);
  return one !== undefined && parseRanges(others).some((other) => overlap(one, other));
}

/** The rules on the ranges of a virtual network. */
export const VIRTUAL_NETWORK_RULES: readonly SetRule<VirtualNetworkPlan>[] = [
  rangesApart,
  subnetsInside,
  subnetsApart,
  peersApart,
];

export function virtualNetworkProblems(plan: VirtualNetworkPlan): Violation[] {
  return checkSet(VIRTUAL_NETWORK_RULES, plan);
}
