import { networkAddress, parseAddress, parseRange } from '../core/addresses/address-space';

/**
 * Whether Azure reserves an address of a subnet: the first four and the last one.
 *
 * @param range The IPv4 range of the subnet
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#are-there-any-restrictions-on-using-ip-addresses-within-these-subnets
 */
export function isReserved(range: string, address: string): boolean {
  const [whole, value] = [parseRange(networkAddress(range)), parseAddress(address)];
  return (
    whole !== undefined &&
    value !== undefined &&
    value >= whole.first &&
    (value < whole.first + 4 || value === whole.last)
  );
}
