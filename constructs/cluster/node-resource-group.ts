import { regionName } from '../azure/location-rules';
import { isKnown } from '../core/values/known';
import { type Violation, when } from '../core/problems/violation';
import type { IResourceGroupRef } from '../azure/resource-group';

/** The largest length of the name of the resource group that Azure creates for the nodes. */
const MAX_NODE_RESOURCE_GROUP = 80;

/**
 * The problem of names that are too long together for the name of the nodes' resource group.
 *
 * @see https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/create-upgrade-delete/aks-common-issues-faq
 */
export function nodeResourceGroupProblems({ name: group, location }: IResourceGroupRef, cluster: string): Violation[] {
  if (!isKnown(group) || !isKnown(cluster) || !isKnown(location)) {
    return [];
  }
  const name = `MC_${group}_${cluster}_${regionName(location)}`;
  return when(
    name.length > MAX_NODE_RESOURCE_GROUP,
    'node-resource-group-name-length',
    () =>
      `'clusterName' must be shorter, or the name of the resource group: Azure creates the nodes in ${name}, ` +
      `which may have ${MAX_NODE_RESOURCE_GROUP} characters and has ${name.length}`,
  );
}
