type IpAddress = typeof import('ip-address');

/** Addresses of IPv4 or IPv6 from the first to the last, as numbers. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses of a well-formed IPv6 range. */
export function ipv6Interval(range: string): Interval {
  const address = ipv6(range);
  return { first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
}

/** Whether a well-formed IPv6 range is written with its first address. */
export function isIpv6Network(range: string): boolean {
  return ipv6(range).bigInt() === ipv6Interval(range).first;
}

function ipv6(range: string): InstanceType<IpAddress['Address6']> {
  // loaded on demand, since few programs use IPv6
  const { Address6 } = require('ip-address') as IpAddress;
  return new Address6(range);
}
