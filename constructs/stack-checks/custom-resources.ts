import type { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { resolvedText } from '../core/names/resolved-text';
import { type Violation, when } from '../core/problems/violation';
import { clusterProvider } from './cluster-provider';

/**
 * The problem of custom resources, whether of this library or not, for a cluster that their own stack creates. To plan
 * one, the provider asks the API server about its kind, and during the first plan there is no API server.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs/resources/manifest#before-you-use-this-resource
 */
export function customResourceProblems(stack: TerraformStack, resources: readonly TerraformResource[]): Violation[] {
  const early = resources
    .filter(({ terraformResourceType }) => terraformResourceType === 'kubernetes_manifest')
    .filter((one) => isMadeHere(stack, clusterProvider(one)));
  return when(
    early.length > 0,
    'custom-resource-needs-cluster',
    () =>
      `custom resources must be in another stack than their cluster, got ${early.map(({ node }) => node.path).join(', ')} in the ` +
      'stack that makes it: the provider queries the API server about them during a plan, and there is none yet. Move them to a separate stack, with a cluster from AksCluster.fromClusterName(...)',
  );
}

/** Whether a stack creates the cluster of a provider: its host is then an attribute of one of its resources. */
function isMadeHere(stack: TerraformStack, provider: TerraformProvider | undefined): boolean {
  const { hostInput } = (provider ?? {}) as { readonly hostInput?: string };
  return hostInput !== undefined && /\$\{(.*[^.\w])?azurerm_kubernetes_cluster\./.test(resolvedText(stack, hostInput));
}
