/** A resource of synthesized Terraform JSON. */
export interface Resource {
  readonly [attribute: string]: unknown;
}

/** Descriptions of resources by type, for readers who know Azure and Kubernetes but not the names in Terraform. */
const DESCRIPTIONS: { readonly [type: string]: (resource: Resource) => string } = {
  azurerm_resource_group: (one) => `resource group in ${text(one, 'location')}`,
  azurerm_container_registry: (one) => `container registry, ${text(one, 'sku')}`,
  azurerm_container_registry_task: (one) =>
    `builds ${text(one, 'encoded_step', 'context_path').replace('https://', '')}`,
  azurerm_container_registry_task_schedule_run_now: () => 'runs the build and waits for it',
  azurerm_kubernetes_cluster: (one) =>
    `Kubernetes cluster, ${text(one, 'default_node_pool', 'node_count')} x ${text(one, 'default_node_pool', 'vm_size')}, ` +
    `${text(one, 'network_profile', 'network_plugin')}, ${text(one, 'network_profile', 'load_balancer_sku')} load balancer`,
  azurerm_role_assignment: (one) => `assigns the role ${text(one, 'role_definition_name')}`,
  azuread_application: () => 'application in Microsoft Entra ID',
  azuread_service_principal: () => 'service principal of the application',
  azuread_service_principal_password: () => 'password of the service principal',
  time_rotating: (one) => `date of the next password, every ${text(one, 'rotation_days')} days`,
  time_sleep: (one) => `waits ${text(one, 'create_duration')} until a new principal is known everywhere`,
  kubernetes_config_map_v1: () => 'configuration of a workload',
  kubernetes_deployment_v1: (one) => `${text(one, 'spec', 'replicas')} x ${image(one)}`,
  kubernetes_horizontal_pod_autoscaler_v2: (one) =>
    `${text(one, 'spec', 'min_replicas')} to ${text(one, 'spec', 'max_replicas')} pods, depending on the load`,
  kubernetes_namespace_v1: () => 'namespace',
  kubernetes_network_policy_v1: () => 'limits who may call and be called',
  kubernetes_pod_disruption_budget_v1: () => 'keeps pods running while nodes are drained',
  kubernetes_secret_v1: () => 'secrets of a workload',
  kubernetes_stateful_set_v1: (one) => `${text(one, 'spec', 'replicas')} x ${image(one)}, with a disk`,
  kubernetes_service_v1: (one) => `${text(one, 'spec', 'type')} on port ${text(one, 'spec', 'port', 0, 'port')}`,
};

/** A short description of a resource. */
export function describeResource(type: string, resource: Resource): string {
  return DESCRIPTIONS[type]?.(resource) ?? '';
}

/** The name of the resource in Azure or Kubernetes, or else its construct path. */
export function resourceName(resource: Resource): string {
  const given = at(resource, 'name') ?? at(resource, 'display_name') ?? at(resource, 'metadata', 'name');
  return String(given ?? at(resource, '//', 'metadata', 'path'));
}

function image(deployment: Resource): string {
  return text(deployment, 'spec', 'template', 'spec', 'container', 0, 'image').replace(/^\$\{.*\}\//, '');
}

function text(resource: Resource, ...path: readonly (string | number)[]): string {
  return String(at(resource, ...path) ?? '?');
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as { [key: string]: unknown })[key] : undefined,
    value,
  );
}
