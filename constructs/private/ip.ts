import { BlockList, isIPv4, isIPv6 } from 'node:net';

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

/** Whether a well-formed IPv4 address lies in a well-formed range. */
export function rangeHolds(range: string, address: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  if (!isIPv4(base)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(base, Number(bits));
  return list.check(address);
}

/** Whether Azure keeps the address of a well-formed IPv4 range for itself: the first four and the last of a subnet. */
export function isReserved(range: string, address: string): boolean {
  const [base = '', bits = ''] = networkAddress(range).split('/');
  const offset = ipv4Value(address) - ipv4Value(base);
  return offset >= 0 && (offset < 4 || offset === 2 ** (32 - Number(bits)) - 1);
}

/** The first address of a well-formed IPv4 range, which is how the range should be written; others come back as they are. */
export function networkAddress(range: string): string {
  const [base = '', bits = ''] = range.split('/');
  if (!isIPv4(base)) {
    return range;
  }
  const size = 2 ** (32 - Number(bits));
  const value = ipv4Value(base);
  const first = value - (value % size);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
}

function ipv4Value(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
