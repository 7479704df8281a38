const STORAGE_CLASS = 'the class, without which its claims cannot be created or grow; their volumes stay';

/** What is lost with a resource of each type; that of claims and StatefulSets depends on their classes and policies. */
export const CONTENTS: Readonly<Record<string, string>> = {
  azurerm_kubernetes_cluster:
    'everything that runs in the cluster, its dynamically provisioned volumes and the public addresses of its services',
  azurerm_kubernetes_cluster_node_pool: 'the nodes of the pool; their pods must be scheduled elsewhere',
  azurerm_container_registry: 'every image in the registry; nodes can no longer pull them',
  azurerm_resource_group: 'everything in the resource group',
  azurerm_public_ip: 'the public address itself',
  azurerm_key_vault: 'the keys, secrets and certificates in the vault',
  azurerm_storage_account: 'all data in the storage account',
  azurerm_managed_disk: 'the data on the disk',
  azurerm_log_analytics_workspace: 'the logs in the workspace',
  azurerm_virtual_network: 'the subnets, and the connectivity of everything in the network',
  azurerm_user_assigned_identity: 'the identity, and every role that it was assigned',
  kubernetes_namespace: 'everything in the namespace',
  kubernetes_namespace_v1: 'everything in the namespace',
  kubernetes_stateful_set: 'the running pods of the set',
  kubernetes_stateful_set_v1: 'the running pods of the set',
  kubernetes_storage_class: STORAGE_CLASS,
  kubernetes_storage_class_v1: STORAGE_CLASS,
  kubernetes_service: 'the address of the service, including a public one',
  kubernetes_service_v1: 'the address of the service, including a public one',
};

/** Types that represent an event, which recreating one repeats. */
const EVENTS: readonly string[] = ['azurerm_container_registry_task_schedule_run_now', 'time_sleep'];

/** Whether nothing is lost with a resource of a type. */
export function holdsNothing(type: string): boolean {
  return EVENTS.includes(type);
}
