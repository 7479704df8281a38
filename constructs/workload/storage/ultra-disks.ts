import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import { questionable, type Violation } from '../../core/problems/violation';
import { clusterOf } from '../../kubernetes/known-clusters';
import { hasPoolsByHand } from '../../kubernetes/pools-by-hand';
import { DiskSku } from './azure-storage';

/**
 * The problem of a class of Ultra disks if the program creates the cluster, and no pool supports them.
 *
 * @see https://learn.microsoft.com/azure/aks/use-ultra-disks
 */
export function ultraDiskProblems(
  construct: IConstruct,
  provider: TerraformProvider | undefined,
  skuName: string,
): Violation[] {
  const known = skuName === DiskSku.ULTRA_SSD_LRS.valueOf() ? clusterOf({ construct, provider }) : undefined;
  return known?.isMade !== true ||
    known.pools().some(({ hasUltraDisks }) => hasUltraDisks !== false) ||
    hasPoolsByHand(construct)
    ? []
    : [
        questionable(
          'ultra-disks-of-a-pool',
          `'storage' must use disks that nodes of ${known.cluster.node.path} can attach, got ${skuName}: its pods could not start. Give a pool` +
            " 'ultraDisks: true', and place the pods there, or use DiskSku.PREMIUM_V2_LRS",
        ),
      ];
}
