import {
  contains,
  isIpRange,
  isIpv4Address,
  networkAddress,
  parseRange,
  parseRanges,
} from '../core/addresses/address-space';
import { isText } from '../core/values/known';

/**
 * Ranges that no network can have: "this" network, loopback, multicast, reserved addresses, and the address at which
 * Azure itself answers on every node. Link-local addresses are among the ranges that AKS reserves.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const SPECIAL_RANGES = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'];

const LINK_LOCAL = '169.254.0.0/16';

/** The special ranges of IPv6: loopback, link-local and multicast. */
const SPECIAL_IPV6 = /^(::1(\/128)?$|fe[89ab][0-9a-f]:|ff[0-9a-f]{2}:)/i;

/** Ranges from which no caller on the internet can come. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** Whether a text is a public IPv4 address or CIDR range. */
export function isPublicRange(text: string): boolean {
  const range = parseRange(networkAddress(isIpv4Address(text) ? `${text}/32` : text));
  return range !== undefined && !isSpecial(text) && !parseRanges(PRIVATE_RANGES).some((one) => contains(one, range));
}

/** Whether an address, or a whole range, cannot belong to a machine of a network. */
export function isSpecial(text: string): boolean {
  if (!isText(text)) {
    return false;
  }
  const range = isIpv4Address(text) ? `${text}/32` : text;
  if (!isIpRange(range)) {
    return SPECIAL_IPV6.test(text);
  }
  const known = parseRange(networkAddress(range));
  return known === undefined
    ? SPECIAL_IPV6.test(text)
    : parseRanges([...SPECIAL_RANGES, LINK_LOCAL]).some((one) => contains(one, known));
}
