import { contains, isIpv4Address, networkAddress, parseRange, parseRanges } from '../../core/addresses/address-space';
import { type Rule } from '../../core/rules/rule';
import { isSpecial } from '../../azure/special-ranges';

/** Addresses that a caller of the API server can never come from. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** "0.0.0.0/32" is Azure's word for the address of the cluster's own load balancer alone. */
export const authorizedIpRange: Rule<string> = {
  id: 'authorized-ip-range',
  must: 'must hold public IPv4 addresses, or ranges of them with a mask',
  source: 'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
  example: '203.0.113.0/24',
  holds: (value) => {
    const range = parseRange(networkAddress(isIpv4Address(value) ? `${value}/32` : value));
    if (isSpecial(value) && value !== '0.0.0.0/32') {
      return false;
    }
    return range !== undefined && !parseRanges(PRIVATE_RANGES).some((one) => contains(one, range));
  },
};
