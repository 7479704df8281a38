import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Annotations, TerraformResource, type TerraformStack } from 'cdktf';
import type { Settings } from './settings';

/** Computes the id with which Terraform imports a resource. */
type ImportId = (settings: Settings, resource: TerraformResource) => string;

/** The import ids of the resources that the article creates by hand, by type. */
const IMPORT_IDS: { readonly [type: string]: ImportId } = {
  azurerm_resource_group: resourceGroupId,
  azurerm_container_registry: (settings) =>
    `${resourceGroupId(settings)}/providers/Microsoft.ContainerRegistry/registries/${settings.registryName}`,
  azurerm_kubernetes_cluster: (settings) =>
    `${resourceGroupId(settings)}/providers/Microsoft.ContainerService/managedClusters/${settings.clusterName}`,
  kubernetes_deployment_v1: objectId,
  kubernetes_service_v1: objectId,
};

/**
 * The arguments that `az aks create` sets and this program does not set, or sets differently. Changing most of them would
 * replace the cluster; Azure does not allow removing the interval of the image cleaner.
 */
const SET_BY_AZ = ['dns_prefix', 'linux_profile', 'image_cleaner_enabled', 'image_cleaner_interval_hours'];

/**
 * Imports the resources of a stack that were created by hand, as in the article, if the settings request it.
 *
 * Call it when the stack is complete.
 *
 * The service principal of the article and its role are not imported: the cluster is updated in place to a service
 * principal of this program.
 */
export function adoptArticle(stack: TerraformStack, settings: Settings): void {
  if (settings.adopt !== 'yes') {
    return;
  }
  const resources = stack.node
    .findAll()
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one));
  for (const resource of resources) {
    const importId = IMPORT_IDS[resource.terraformResourceType];
    if (importId !== undefined) {
      resource.importFrom(importId(settings, resource));
    }
    if (resource.terraformResourceType === 'azurerm_kubernetes_cluster') {
      keepAsCreated(resource as KubernetesCluster);
    }
  }
}

/** Ignores the changes that would replace the cluster, and warns about those that cannot be ignored. */
function keepAsCreated(cluster: KubernetesCluster): void {
  const { ignoreChanges = [] } = cluster.lifecycle ?? {};
  cluster.lifecycle = { ...cluster.lifecycle, ignoreChanges: [...ignoreChanges, ...SET_BY_AZ] };
  Annotations.of(cluster).addWarning(
    "'adopt' takes over the cluster that there is, and replaces it where it is of another kind: it must be in 'location', " +
      'with Kubernetes RBAC, kubenet and its default ranges, a Standard load balancer, no network policies, and the pool ' +
      '"nodepool1" as its first system pool. See `az aks show`, and in the plan that nothing "must be replaced"; if something ' +
      'must, do not apply: keep the cluster out of Terraform, and set \'stacks\' to "two" to deploy the application on it',
  );
}

function resourceGroupId({ subscriptionId = '', resourceGroupName }: Settings): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
}

/** The namespace and the name of an object; the article uses the default namespace. */
function objectId(_: Settings, resource: TerraformResource): string {
  const { metadataInput } = resource as unknown as { metadataInput: { name: string; namespace?: string } };
  return `${metadataInput.namespace ?? 'default'}/${metadataInput.name}`;
}
