import { may, onceSet, types, unlessBoth, unlessTo, whenFrom, whenRemoved, type ProviderTable } from './rule';

/** The attributes of a pool whose change cycles its nodes. */
const ROTATES = [
  'fips_enabled',
  'host_encryption_enabled',
  'kubelet_config',
  'kubelet_disk_type',
  'linux_os_config',
  'max_pods',
  'node_public_ip_enabled',
  'os_disk_size_gb',
  'os_disk_type',
  'pod_subnet_id',
  'snapshot_id',
  'ultra_ssd_enabled',
  'vm_size',
  'vnet_subnet_id',
  'zones',
];

/** The attributes whose change replaces an added pool, or for the default pool the whole cluster. */
const POOL_ALWAYS = [
  'capacity_reservation_group_id',
  'gpu_driver',
  'gpu_instance',
  'host_group_id',
  'node_network_profile.node_public_ip_tags',
  'node_public_ip_prefix_id',
  'proximity_placement_group_id',
];

/** The attributes of a pool that Azure chooses by default. */
const POOL_COMPUTED = ['kubelet_disk_type', 'max_pods', 'os_disk_size_gb', 'os_sku'];

const POOL_DEFAULTS = {
  fips_enabled: 'false',
  host_encryption_enabled: 'false',
  node_public_ip_enabled: 'false',
  os_disk_type: 'Managed',
  ultra_ssd_enabled: 'false',
};

const LINUX_SKU = /^(Ubuntu|AzureLinux)/;
const below = (block: string) => (path: string) => `${block}.${path}`;
const inPool = below('default_node_pool');
const inNetwork = below('network_profile');

/** The attributes that everything in a resource group has. */
const PLACE = ['name', 'location', 'resource_group_name'];

/** The replacement rules of azurerm 4.55.0, from its source. */
export const AZURERM: ProviderTable = {
  provider: 'azurerm',
  version: '4.55.0',
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services',
  usual: PLACE,
  resources: {
    azurerm_kubernetes_cluster: {
      file: 'containers/kubernetes_cluster_resource.go',
      always: [
        ...PLACE,
        'disk_encryption_set_id',
        'dns_prefix',
        'dns_prefix_private_cluster',
        'edge_zone',
        'kubelet_identity',
        'linux_profile.admin_username',
        'linux_profile.ssh_key',
        ...['ip_versions', 'load_balancer_sku', 'network_mode', 'network_plugin'].map(inNetwork),
        ...['dns_service_ip', 'pod_cidr', 'pod_cidrs', 'service_cidr', 'service_cidrs'].map(inNetwork),
        'node_resource_group',
        'private_cluster_enabled',
        'private_dns_zone_id',
        'role_based_access_control_enabled',
        'windows_profile.admin_username',
        ...['type', ...POOL_ALWAYS].map(inPool),
      ],
      sometimes: [
        ...['network_profile', 'network_profile.load_balancer_profile', 'network_profile.nat_gateway_profile'].map(
          wholeBlock,
        ),
        whenFrom('service_principal.client_id', 'msi', ''),
        ...['gmsa', 'gmsa.dns_server', 'gmsa.root_domain'].map((path) => whenRemoved(`windows_profile.${path}`)),
        whenRemoved('api_server_access_profile.subnet_id'),
        onceSet('network_profile.network_data_plane'),
        onceSet('network_profile.network_policy'),
        unlessTo('network_profile.network_plugin_mode', 'overlay'),
        whenRemoved('default_node_pool.upgrade_settings.drain_timeout_in_minutes'),
        whenRemoved('default_node_pool.upgrade_settings.undrainable_node_behavior'),
        may('default_node_pool.name', 'unless it returns from the temporary name of an interrupted rotation'),
      ],
      rotation: {
        paths: [...ROTATES, 'only_critical_addons_enabled', 'os_sku'].map(inPool),
        needs: 'default_node_pool.temporary_name_for_rotation',
        families: { 'default_node_pool.os_sku': LINUX_SKU },
      },
      computed: [
        ...['network_profile', 'node_resource_group', 'kubelet_identity', 'private_dns_zone_id'],
        ...['ip_versions', 'network_mode', 'dns_service_ip', 'pod_cidr', 'pod_cidrs', 'service_cidr'].map(inNetwork),
        ...['service_cidrs', 'network_policy', 'load_balancer_profile', 'nat_gateway_profile'].map(inNetwork),
        ...POOL_COMPUTED.map(inPool),
      ],
      defaults: {
        private_cluster_enabled: 'false',
        role_based_access_control_enabled: 'true',
        'network_profile.load_balancer_sku': 'standard',
        'network_profile.network_data_plane': 'azure',
        'default_node_pool.type': 'VirtualMachineScaleSets',
        'default_node_pool.only_critical_addons_enabled': 'false',
        ...Object.fromEntries(Object.entries(POOL_DEFAULTS).map(([key, value]) => [inPool(key), value])),
      },
    },
    azurerm_kubernetes_cluster_node_pool: {
      file: 'containers/kubernetes_cluster_node_pool_resource.go',
      always: [
        ...POOL_ALWAYS,
        'name',
        'kubernetes_cluster_id',
        'eviction_policy',
        'os_type',
        'priority',
        'spot_max_price',
        'windows_profile',
      ],
      sometimes: [
        unlessBoth('os_sku', LINUX_SKU, 'unless it stays within Ubuntu and AzureLinux'),
        whenRemoved('upgrade_settings.drain_timeout_in_minutes'),
        whenRemoved('upgrade_settings.undrainable_node_behavior'),
      ],
      rotation: { paths: ROTATES, needs: 'temporary_name_for_rotation' },
      computed: POOL_COMPUTED,
      defaults: { ...POOL_DEFAULTS, os_type: 'Linux', priority: 'Regular', spot_max_price: '-1' },
    },
    azurerm_container_registry: {
      file: 'containers/container_registry_resource.go',
      always: [...PLACE, 'zone_redundancy_enabled'],
      defaults: { zone_redundancy_enabled: 'false' },
    },
    azurerm_container_registry_task: {
      file: 'containers/container_registry_task_resource.go',
      always: ['name', 'container_registry_id', 'is_system_task'],
    },
    azurerm_container_registry_task_schedule_run_now: {
      file: 'containers/container_registry_task_schedule_resource.go',
      always: ['container_registry_task_id'],
    },
    azurerm_container_registry_cache_rule: {
      file: 'containers/container_registry_cache_rule_resource.go',
      always: ['name', 'container_registry_id', 'source_repo', 'target_repo'],
    },
    ...types(['azurerm_container_registry_token', 'azurerm_container_registry_scope_map'], {
      file: 'containers',
      always: ['name', 'resource_group_name', 'container_registry_name'],
    }),
    azurerm_container_registry_webhook: {
      file: 'containers/container_registry_webhook_resource.go',
      always: [...PLACE, 'registry_name'],
    },
    azurerm_container_registry_agent_pool: {
      file: 'containers/container_registry_agent_pool_resource.go',
      always: [...PLACE, 'container_registry_name', 'tier', 'virtual_network_subnet_id'],
    },
    azurerm_role_assignment: {
      file: 'authorization/role_assignment_resource.go',
      always: [
        ...['name', 'scope', 'principal_id', 'principal_type', 'role_definition_id', 'role_definition_name'],
        ...['condition', 'condition_version', 'delegated_managed_identity_resource_id', 'description'],
      ],
      computed: ['name', 'principal_type', 'role_definition_id', 'role_definition_name'],
    },
    azurerm_resource_group: { file: 'resource/resource_group_resource.go', always: ['name', 'location'] },
    azurerm_federated_identity_credential: {
      file: 'managedidentity/federated_identity_credential_resource.go',
      always: ['name', 'parent_id', 'resource_group_name'],
    },
  },
};

/** Adding or removing the block replaces; a change inside it has rules of its own. */
function wholeBlock(path: string) {
  const text = 'when the block is added or removed';
  return {
    path,
    when: { text, holds: (before: unknown, after: unknown) => before === undefined || after === undefined },
  };
}
