import { isIpv6Source } from '../core/addresses/address-space';
import { ipv6Interval } from '../core/addresses/interval';
import type { Rule } from '../core/rules/rule';

/** The prefix length of a well-formed range. */
function prefixOf(range: string): number {
  return Number(range.split('/')[1]);
}

/** Whether a text is an IPv6 range that begins with its first address. */
function isIpv6Range(text: string): boolean {
  return text.includes('/') && isIpv6Source(text);
}

/** A range of IPv6 addresses whose prefix length is within bounds. */
export function ipv6RangeRule(
  id: string,
  shortest: number,
  longest: number,
  source: string,
  example: string,
): Rule<string> {
  const lengths = shortest === longest ? `with /${shortest}` : `from /${shortest} to /${longest}`;
  return {
    id,
    must: `must be an IPv6 range in CIDR notation ${lengths}, beginning with its first address`,
    source,
    example,
    holds: (value) => isIpv6Range(value) && prefixOf(value) >= shortest && prefixOf(value) <= longest,
  };
}

const IPV6 = 'https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview';

/** The range of a network, with room for at least one subnet. */
export const ipv6NetworkRange = ipv6RangeRule(
  'ipv6-network-range',
  8,
  64,
  `${IPV6}#capabilities`,
  'fd00:db8:deca::/48',
);

export const ipv6SubnetRange = ipv6RangeRule('ipv6-subnet-range', 64, 64, `${IPV6}#limitations`, 'fd00:db8:deca::/64');

/** Whether two ranges overlap; false for texts that are not ranges, and so for tokens. */
export function ipv6Overlap(one: string, other: string): boolean {
  if (!isIpv6Range(one) || !isIpv6Range(other)) {
    return false;
  }
  const [a, b] = [ipv6Interval(one), ipv6Interval(other)];
  return a.first <= b.last && b.first <= a.last;
}

/** Whether a range is inside another one, as far as both are known. */
export function isInsideIpv6(inner: string, outer: string): boolean {
  if (!isIpv6Range(inner) || !isIpv6Range(outer)) {
    return true;
  }
  const [a, b] = [ipv6Interval(inner), ipv6Interval(outer)];
  return b.first <= a.first && a.last <= b.last;
}

/** The first subnet of an IPv6 range, which begins with the same address. */
export function firstIpv6Subnet(range: string): string {
  return `${range.split('/')[0] ?? ''}/64`;
}
