import { Address4, Address6 } from 'ip-address';
import { isIPv4, isIPv6 } from 'node:net';

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

/** Four numbers and a prefix length: the library also takes a bare address, and "/08". */
const CIDR = /^\d{1,3}(?:\.\d{1,3}){3}\/(?:0|[1-9]\d?)$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The range that a text in CIDR notation means; undefined for any other text, and so for a token. */
export function parseRange(text: string): AddressRange | undefined {
  if (!CIDR.test(text) || !Address4.isValid(text)) {
    return undefined;
  }
  const address = new Address4(text);
  const first = Number(address.startAddress().bigInt());
  // bits beyond the prefix: which of the two ranges is meant?
  return Number(address.bigInt()) === first
    ? { text, first, last: Number(address.endAddress().bigInt()), prefix: address.subnetMask }
    : undefined;
}

/** The texts that are ranges; the others are reported by the rules of their own properties. */
export function parseRanges(texts: readonly string[]): AddressRange[] {
  return texts.map(parseRange).filter((range) => range !== undefined);
}

/** The address as a number; undefined for a text that is no IPv4 address. */
export function parseAddress(text: string): number | undefined {
  return ADDRESS.test(text) && Address4.isValid(text) ? Number(new Address4(text).bigInt()) : undefined;
}

/** The address that a number stands for. */
export function addressText(address: number): string {
  return Address4.fromBigInt(BigInt(address)).correctForm();
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
  return (
    text.includes(':') && isIpRange(text) && new Address6(text).bigInt() === new Address6(text).startAddress().bigInt()
  );
}

/** The first address of a well-formed IPv4 range, which is how the range should be written; others come back as they are. */
export function networkAddress(range: string): string {
  if (!CIDR.test(range) || !Address4.isValid(range)) {
    return range;
  }
  const address = new Address4(range);
  return `${address.startAddress().correctForm()}/${address.subnetMask}`;
}

/** Whether an IPv4 address lies in an IPv4 range. */
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

/** How many addresses the ranges have together. */
export function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** The longest prefix of a range that has at least so many addresses. */
export function prefixFor(addresses: number): number {
  return 32 - Math.ceil(Math.log2(addresses));
}

/** Ranges for private use that people move to when the usual ones are taken. */
const SPARE_RANGES = [
  ...['10.0.0.0/16', '10.244.0.0/16', '172.16.0.0/16', '192.168.0.0/16', '10.100.0.0/16', '10.200.0.0/16'],
  ...['172.20.0.0/16', '100.64.0.0/16', '100.65.0.0/16'],
];

/** A range that overlaps none of those taken, for the remedy of a message; undefined where there is none in sight. */
export function spareRange(taken: readonly AddressRange[]): string | undefined {
  return SPARE_RANGES.find((text) => parseRanges([text]).every((spare) => !taken.some((one) => overlap(one, spare))));
}
