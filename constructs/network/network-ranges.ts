import { SPECIAL_RANGES } from '../azure/special-ranges';

/** A virtual network, as the rules read it. */
export interface NetworkRanges {
  /** How messages call it. */
  readonly name: string;
  /** Its ranges, as far as they are known. */
  readonly ranges: readonly string[];
  /** Whether this program creates it, and so reports its ranges itself. */
  readonly isOwn?: boolean;
}

/**
 * The ranges that no network of a cluster can have: those that AKS reserves, and those that Azure rejects in any
 * virtual network.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#what-address-ranges-can-i-use-in-my-virtual-networks
 */
export const RESERVED: NetworkRanges = {
  name: 'what Azure keeps for itself',
  ranges: ['169.254.0.0/16', '172.30.0.0/16', '172.31.0.0/16', '192.0.2.0/24', ...SPECIAL_RANGES],
};

/** The service whose subnets pods, and API servers, may be in. */
export const AKS_DELEGATION = 'Microsoft.ContainerService/managedClusters';
