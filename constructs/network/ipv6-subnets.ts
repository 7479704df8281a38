import { type Violation, violation } from '../core/problems/violation';
import { ipv6NetworkRange, ipv6Overlap, ipv6SubnetRange, isInsideIpv6 } from './ipv6-ranges';
import type { VirtualNetworkSubnet } from './virtual-network-subnet';

/** The problems of the IPv6 ranges of the subnets of a network, with each other and with that of the network. */
export function ipv6SubnetProblems(range: string | undefined, subnets: readonly VirtualNetworkSubnet[]): Violation[] {
  return subnets.flatMap(({ node, ipv6Prefix }, index) => {
    if (ipv6Prefix === undefined || !ipv6SubnetRange.holds(ipv6Prefix)) {
      return [];
    }
    const name = `the subnet '${node.id}'`;
    if (range === undefined) {
      return [
        violation(
          'ipv6-subnet-needs-range',
          `'ipv6Prefix' needs a network with IPv6 addresses, got ${ipv6Prefix} for ${name}: give the network an 'ipv6Range'`,
        ),
      ];
    }
    if (ipv6NetworkRange.holds(range) && !isInsideIpv6(ipv6Prefix, range)) {
      return [
        violation(
          'ipv6-subnet-in-range',
          `'ipv6Prefix' must be inside the network's ${range}, got ${ipv6Prefix} for ${name}: use another /64`,
        ),
      ];
    }
    return subnets
      .slice(0, index)
      .filter((other) => ipv6Overlap(ipv6Prefix, other.ipv6Prefix ?? ''))
      .map((other) =>
        violation(
          'ipv6-subnets-apart',
          `'ipv6Prefix' must not be used by another subnet, got ${ipv6Prefix} for ${name}, that of the subnet ` +
            `'${other.node.id}': use another /64`,
        ),
      );
  });
}
