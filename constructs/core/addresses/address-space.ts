import { isIPv4, isIPv6 } from 'node:net';
import { isIpv6Network } from './interval';

/** A range of IPv4 addresses. */
export interface AddressRange {
  /** The range as its author wrote it, such as "10.0.0.0/16". */
  readonly text: string;
  /** Its first address, as a number. */
  readonly first: number;
  /** Its last address, as a number. */
  readonly last: number;
  /** The bits that its addresses have in common. */
  readonly prefix: number;
}

/** An address and a prefix length. */
const CIDR = /^([\d.]+)\/(0|[1-9]\d?)$/;

/** The range that a text in CIDR notation stands for; undefined for any other text, and so for a token. */
export function parseRange(text: string): AddressRange | undefined {
  const range = rangeAround(text);
  // bits beyond the prefix leave open which range is meant
  return range !== undefined && text.startsWith(`${addressText(range.first)}/`) ? range : undefined;
}

/** The range that contains an address with a prefix length, which need not be its first one. */
function rangeAround(text: string): AddressRange | undefined {
  const [, written = '', bits = ''] = CIDR.exec(text) ?? [];
  const [address, prefix] = [parseAddress(written), Number(bits)];
  if (address === undefined || prefix > 32) {
    return undefined;
  }
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  return { text, first, last: first + size - 1, prefix };
}

/** The texts that are ranges; the others are reported by the rules of their own properties. */
export function parseRanges(texts: readonly string[]): AddressRange[] {
  return texts.map(parseRange).filter((range) => range !== undefined);
}

/** The address as a number; undefined for a text that is not an IPv4 address. */
export function parseAddress(text: string): number | undefined {
  return isIPv4(text) ? text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

/** The address that a number stands for. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

/** Whether the text is an IPv4 address; numbers with leading zeros are not, since programs disagree on what they mean. */
export function isIpv4Address(text: string): boolean {
  return isIPv4(text);
}

/** Whether the text is a range of addresses with its mask, such as "10.0.0.0/8" or "2001:db8::/32". */
export function isIpRange(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(bits)) {
    return false;
  }
  return (isIPv4(address) && Number(bits) <= 32) || (isIPv6(address) && Number(bits) <= 128);
}

/** Whether the text is an IPv6 address, or a range of them that begins with its first address. */
export function isIpv6Source(text: string): boolean {
  if (isIPv6(text)) {
    return !text.includes('%');
  }
  return text.includes(':') && isIpRange(text) && isIpv6Network(text);
}

/**
 * A well-formed IPv4 range beginning with its first address, as it should be written; other texts are returned
 * unchanged.
 */
export function networkAddress(range: string): string {
  const read = rangeAround(range);
  return read === undefined ? range : `${addressText(read.first)}/${read.prefix}`;
}

/** Whether an IPv4 range contains an address. */
export function rangeHolds(range: string, address: string): boolean {
  const [whole, value] = [parseRange(networkAddress(range)), parseAddress(address)];
  return whole !== undefined && value !== undefined && whole.first <= value && value <= whole.last;
}

export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** The number of addresses of all ranges together. */
export function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** The longest prefix of a range with at least this number of addresses. */
export function prefixFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

/** Private ranges to suggest when the usual ones are taken. */
const SPARE_RANGES = [
  ...['10.0.0.0/16', '10.244.0.0/16', '172.16.0.0/16', '192.168.0.0/16', '10.100.0.0/16', '10.200.0.0/16'],
  ...['172.20.0.0/16', '100.64.0.0/16', '100.65.0.0/16'],
];

/** A range that overlaps none of those taken, for the remedy of a message; undefined if none is found. */
export function spareRange(taken: readonly AddressRange[]): string | undefined {
  return SPARE_RANGES.find((text) => parseRanges([text]).every((spare) => !taken.some((one) => overlap(one, spare))));
}
