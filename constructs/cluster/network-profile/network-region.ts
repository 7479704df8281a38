import type { IConstruct } from 'constructs';
import type { ISubnet } from '../../network/i-subnet';
import { regionOf } from '../../azure/regions';
import { type Violation, violation } from '../../core/problems/violation';

/**
 * The problems with the region of a cluster's network: nodes are in the region of their network.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq#can-a-virtual-network-span-regions
 */
export function networkRegionProblems(cluster: IConstruct, subnets: readonly ISubnet[]): Violation[] {
  const own = regionOf(cluster);
  return subnets
    .flatMap(({ node, virtualNetwork }, index) => {
      const theirs = regionOf(virtualNetwork);
      return own === undefined || theirs === undefined || theirs === own
        ? []
        : [
            violation(
              'network-region',
              `'networkProfile.${index === 0 ? 'subnet' : 'podSubnet'}' must be in the region of the cluster, ${own}, got ` +
                `${node.path}, which is in ${theirs}: create the cluster in a resource group of that region, or use another network`,
            ),
          ];
    })
    .slice(0, 1);
}
