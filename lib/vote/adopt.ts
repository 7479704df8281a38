import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Annotations, TerraformResource, type TerraformStack } from 'cdktf';
import type { Settings } from './settings';

/** The id by which Terraform imports a resource that somebody made by hand. */
type ImportId = (settings: Settings, resource: TerraformResource) => string;

/** The types of resource that the article makes, and that Terraform can take over. */
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
 * What `az aks create` decides and this program does not say, or says otherwise: each would replace the cluster, but for
 * the cleaner of images, whose interval Azure refuses to have taken away.
 */
const DECIDED_BY_AZ = ['dns_prefix', 'linux_profile', 'image_cleaner_enabled', 'image_cleaner_interval_hours'];

/**
 * Has Terraform import the resources of a stack that somebody made by hand, as the article does, if the settings say so.
 *
 * Call it when the stack is complete.
 *
 * The principal of the article and its role are left alone: the cluster gets one of this program, in place.
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
      keepAsMade(resource as KubernetesCluster);
    }
  }
}

/** Leaves alone what would replace the cluster, and says what cannot be left alone. */
function keepAsMade(cluster: KubernetesCluster): void {
  const { ignoreChanges = [] } = cluster.lifecycle ?? {};
  cluster.lifecycle = { ...cluster.lifecycle, ignoreChanges: [...ignoreChanges, ...DECIDED_BY_AZ] };
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

/** The namespace and the name of an object: those of the article are in the default one. */
function objectId(_: Settings, resource: TerraformResource): string {
  const { metadataInput } = resource as unknown as { metadataInput: { name: string; namespace?: string } };
  return `${metadataInput.namespace ?? 'default'}/${metadataInput.name}`;
}
