import { STORAGE_AND_OTHERS } from './azurerm-conditions';
import { may, onceSet, unlessBoth, unlessTo, whenFrom, whenRemoved } from './conditions';
import type { ProviderTable } from './rule';

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

const LINUX_SKU = /^(Ubuntu|AzureLinux)/;
const inPool = (path: string) => `default_node_pool.${path}`;

/** The replacement rules that azurerm 4.55.0 implements in code; the others are in its schema. */
export const AZURERM: ProviderTable = {
  provider: 'azurerm',
  version: '4.55.0',
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0/internal/services',
  usual: ['name', 'location', 'resource_group_name'],
  resources: {
    azurerm_kubernetes_cluster: {
      file: 'containers/kubernetes_cluster_resource.go',
      sometimes: [
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
    },
    azurerm_kubernetes_cluster_node_pool: {
      file: 'containers/kubernetes_cluster_node_pool_resource.go',
      sometimes: [
        unlessBoth('os_sku', LINUX_SKU, 'unless it stays within Ubuntu and AzureLinux'),
        whenRemoved('upgrade_settings.drain_timeout_in_minutes'),
        whenRemoved('upgrade_settings.undrainable_node_behavior'),
      ],
      rotation: { paths: ROTATES, needs: 'temporary_name_for_rotation' },
    },
    // the code of these two checks arguments, and has no replacement rules.
    azurerm_container_registry: { file: 'containers/container_registry_resource.go', sometimes: [] },
    azurerm_container_registry_task: { file: 'containers/container_registry_task_resource.go', sometimes: [] },
    azurerm_container_registry_task_schedule_run_now: {
      file: 'containers/container_registry_task_schedule_resource.go',
    },
    ...STORAGE_AND_OTHERS,
  },
};
