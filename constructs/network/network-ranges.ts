import { SPECIAL_RANGES } from '../azure/special-ranges';

/** The ranges of a virtual network, as the rules read them. */
export interface NetworkRanges {
  /** The name of the network in messages. */
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

/** The service to which the subnets of pods and API servers are delegated. */
export const AKS_DELEGATION = 'Microsoft.ContainerService/managedClusters';
