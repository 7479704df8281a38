import {
  fromOrTo,
  may,
  onceSet,
  when,
  whenItemRemoved,
  whenLeaving,
  whenLowered,
  whenRemoved,
  whenShrinking,
  whenTurnedOff,
} from './conditions';
import { types, type ConditionalRule, type HandWritten } from './rule';

const ZONED = ['ZRS', 'GZRS', 'RAGZRS'];

/** A rule for services that are replaced when they lose their user-assigned identities. */
function identityType(...lost: readonly string[]): ConditionalRule {
  const text = `from a user-assigned identity to ${lost.map((type) => type || 'none').join(' or ')}`;
  return when('identity.type', text, (before, after) => before.includes('UserAssigned') && lost.includes(after));
}

/** The conditions in the code of azurerm 4.55.0, except for those of clusters and node pools. */
export const STORAGE_AND_OTHERS: Readonly<Record<string, HandWritten>> = {
  azurerm_api_management: {
    file: 'apimanagement/api_management_resource.go',
    sometimes: [
      when(
        'virtual_network_type',
        'unless it changes from "None"',
        (before, after) => !['', 'None'].includes(before) || !['Internal', 'External'].includes(after),
      ),
      onceSet('virtual_network_configuration'),
      when(
        'sku_name',
        'between V2 and the other tiers',
        (before, after) => before.includes('V2') !== after.includes('V2'),
      ),
    ],
  },
  azurerm_app_configuration: {
    file: 'appconfiguration/app_configuration_resource.go',
    sometimes: [
      when(
        'sku',
        'to a lower tier',
        (before, after) => after === 'free' || (after === 'developer' && ['premium', 'standard'].includes(before)),
      ),
    ],
  },
  ...types(['azurerm_linux_function_app', 'azurerm_windows_function_app'], {
    file: 'appservice',
    sometimes: [may('service_plan_id', 'if one of the plans is a Consumption plan')],
  }),
  azurerm_service_plan: {
    file: 'appservice/service_plan_resource.go',
    sometimes: [
      when('zone_balancing_enabled', 'when it is turned on with one worker', (_, after) =>
        after === 'true' ? undefined : false,
      ),
    ],
  },
  azurerm_cognitive_account: {
    file: 'cognitive/cognitive_account_resource.go',
    sometimes: [
      whenRemoved('customer_managed_key'),
      whenTurnedOff('project_management_enabled'),
      onceSet('custom_subdomain_name'),
    ],
  },
  azurerm_cognitive_account_project: {
    file: 'cognitive/cognitive_account_project_resource.go',
    sometimes: [whenRemoved('description'), whenRemoved('display_name')],
  },
  azurerm_disk_encryption_set: {
    file: 'compute/disk_encryption_set_resource.go',
    sometimes: [identityType('SystemAssigned')],
  },
  azurerm_gallery_application: {
    file: 'compute/gallery_application_resource.go',
    sometimes: ['end_of_life_date', 'privacy_statement_uri', 'release_note_uri'].map(whenRemoved),
  },
  ...types(['azurerm_gallery_application_version', 'azurerm_shared_image', 'azurerm_shared_image_version'], {
    file: 'compute',
    sometimes: [whenRemoved('end_of_life_date')],
  }),
  ...types(
    ['linux', 'windows', 'orchestrated'].map((kind) => `azurerm_${kind}_virtual_machine_scale_set`),
    { file: 'compute', sometimes: [whenItemRemoved('zones', 'when a zone is removed')] },
  ),
  ...types(['azurerm_managed_disk', 'azurerm_snapshot'], {
    file: 'compute',
    sometimes: [whenRemoved('encryption_settings')],
  }),
  azurerm_proximity_placement_group: {
    file: 'compute/proximity_placement_group_resource.go',
    sometimes: [whenRemoved('allowed_vm_sizes')],
  },
  azurerm_virtual_machine_implicit_data_disk_from_source: {
    file: 'compute/virtual_machine_implicit_data_disk_from_source_resource.go',
    sometimes: [whenShrinking('disk_size_gb')],
  },
  azurerm_container_app_environment: {
    file: 'containerapps/container_app_environment_resource.go',
    sometimes: [
      {
        path: 'workload_profile',
        when: {
          text: 'when the first is added or the last is removed',
          holds: (before, after) => before === undefined || after === undefined,
        },
      },
    ],
  },
  azurerm_container_registry_cache_rule: {
    file: 'containers/container_registry_cache_rule_resource.go',
    sometimes: [whenRemoved('credential_set_id')],
  },
  azurerm_cosmosdb_account: {
    file: 'cosmos/cosmosdb_account_resource.go',
    sometimes: [
      whenLeaving('backup.type', 'Continuous'),
      whenTurnedOff('analytical_storage_enabled'),
      may('capabilities', 'unless Azure can add or remove these'),
    ],
  },
  azurerm_cosmosdb_gremlin_graph: {
    file: 'cosmos/cosmosdb_gremlin_graph_resource.go',
    sometimes: [whenRemoved('analytical_storage_ttl')],
  },
  azurerm_cosmosdb_sql_container: {
    file: 'cosmos/cosmosdb_sql_container_resource.go',
    sometimes: [
      whenRemoved('analytical_storage_ttl'),
      when(
        'partition_key_version',
        'unless it was not set and becomes 1',
        (before, after) => before !== '' || after !== '1',
      ),
    ],
  },
  azurerm_databricks_workspace: {
    file: 'databricks/databricks_workspace_resource.go',
    sometimes: [
      when('sku', 'when it changes to "trial"', (_, after) => after === 'trial'),
      whenTurnedOff('enhanced_security_compliance.compliance_security_profile_enabled'),
      whenItemRemoved(
        'enhanced_security_compliance.compliance_security_profile_standards',
        'when a standard is removed',
      ),
    ],
  },
  azurerm_data_factory: {
    file: 'datafactory/data_factory_resource.go',
    sometimes: [whenTurnedOff('managed_virtual_network_enabled')],
  },
  azurerm_data_protection_backup_instance_blob_storage: {
    file: 'dataprotection/data_protection_backup_instance_blob_storage_resource.go',
    sometimes: [whenRemoved('storage_account_container_names')],
  },
  azurerm_data_protection_backup_vault: {
    file: 'dataprotection/data_protection_backup_vault_resource.go',
    sometimes: [
      whenTurnedOff('cross_region_restore_enabled'),
      whenLeaving('immutability', 'Locked'),
      whenLeaving('soft_delete', 'AlwaysOn'),
    ],
  },
  azurerm_eventhub_namespace: {
    file: 'eventhub/eventhub_namespace_resource.go',
    sometimes: [fromOrTo('sku', 'Premium')],
  },
  azurerm_servicebus_namespace: {
    file: 'servicebus/servicebus_namespace_resource.go',
    sometimes: [fromOrTo('sku', 'Premium'), whenRemoved('customer_managed_key')],
  },
  azurerm_key_vault_key: {
    file: 'keyvault/key_vault_key_resource.go',
    sometimes: [whenRemoved('expiration_date')],
  },
  azurerm_lb: {
    file: 'loadbalancer/lb_resource.go',
    sometimes: [may('frontend_ip_configuration.zones', 'unless the address is new')],
  },
  azurerm_log_analytics_workspace: {
    file: 'loganalytics/log_analytics_workspace_resource.go',
    sometimes: [
      when('sku', 'unless it changes between "PerGB2018" and "CapacityReservation"', (before, after) => {
        const isBetween = (sku: string) => ['pergb2018', 'capacityreservation'].includes(sku.toLowerCase());
        return before !== '' && before.toLowerCase() !== 'lacluster' && !(isBetween(before) && isBetween(after));
      }),
    ],
  },
  azurerm_key_vault_managed_hardware_security_module: {
    file: 'managedhsm/key_vault_managed_hardware_security_module_resource.go',
    sometimes: ['security_domain_key_vault_certificate_ids', 'security_domain_quorum'].map(whenRemoved),
  },
  azurerm_mongo_cluster: {
    file: 'mongocluster/mongo_cluster_resource.go',
    sometimes: [
      onceSet('create_mode'),
      whenTurnedOff('data_api_mode_enabled'),
      {
        path: 'identity',
        when: {
          text: 'when the block is added or removed',
          holds: (before, after) => before === undefined || after === undefined,
        },
      },
    ],
  },
  azurerm_monitor_data_collection_rule: {
    file: 'monitor/monitor_data_collection_rule_resource.go',
    sometimes: [onceSet('kind')],
  },
  azurerm_monitor_alert_prometheus_rule_group: {
    file: 'monitor/monitor_alert_prometheus_rule_group_resource.go',
    sometimes: [],
  },
  azurerm_mssql_database: {
    file: 'mssql/mssql_database_resource.go',
    sometimes: [
      when('sku_name', 'from Hyperscale', (before, after) => before.startsWith('HS') && !after.startsWith('HS')),
      whenRemoved('enclave_type'),
    ],
  },
  azurerm_mssql_elasticpool: {
    file: 'mssql/mssql_elasticpool_resource.go',
    sometimes: [whenRemoved('enclave_type')],
  },
  azurerm_mssql_job_step: {
    file: 'mssql/mssql_job_step_resource.go',
    sometimes: [whenRemoved('job_credential_id')],
  },
  azurerm_mssql_virtual_machine: {
    file: 'mssql/mssql_virtual_machine_resource.go',
    sometimes: [whenRemoved('auto_backup')],
  },
  azurerm_mssql_managed_instance: {
    file: 'mssqlmanagedinstance/mssql_managed_instance_resource.go',
    sometimes: [
      when('dns_zone_partner_id', 'when it is added', (before, after) => before === '' && after !== ''),
      whenRemoved('identity'),
      whenLeaving('database_format', 'AlwaysUpToDate'),
    ],
  },
  azurerm_mysql_flexible_server: {
    file: 'mysql/mysql_flexible_server_resource.go',
    sometimes: [whenShrinking('storage.size_gb')],
  },
  azurerm_netapp_pool: {
    file: 'netapp/netapp_pool_resource.go',
    sometimes: [whenTurnedOff('cool_access_enabled')],
  },
  azurerm_netapp_snapshot_policy: {
    file: 'netapp/netapp_snapshot_policy_resource.go',
    sometimes: ['hourly', 'daily', 'weekly', 'monthly'].map((often) => whenRemoved(`${often}_schedule`)),
  },
  azurerm_netapp_volume: {
    file: 'netapp/netapp_volume_resource.go',
    sometimes: ['service_level', 'pool_name'].map((path) => may(path, 'unless the level and the pool change together')),
  },
  azurerm_bastion_host: {
    file: 'network/bastion_host_resource.go',
    sometimes: [whenLowered('sku', ['Developer', 'Basic', 'Standard', 'Premium'])],
  },
  azurerm_express_route_circuit: {
    file: 'network/express_route_circuit_resource.go',
    sometimes: [whenShrinking('bandwidth_in_mbps')],
  },
  azurerm_subnet: { file: 'network/subnet_resource.go', sometimes: [] },
  azurerm_public_ip: {
    file: 'network/public_ip_resource.go',
    sometimes: [
      when('domain_name_label_scope', 'unless it is added', (before, after) => before !== '' || after === ''),
    ],
  },
  azurerm_notification_hub: {
    file: 'notificationhub/notification_hub_resource.go',
    sometimes: ['apns_credential', 'gcm_credential'].map(whenRemoved),
  },
  ...types(
    ['azurerm_policy_definition', 'azurerm_policy_set_definition', 'azurerm_management_group_policy_set_definition'],
    { file: 'policy', sometimes: [may('parameters', 'when a parameter is removed')] },
  ),
  azurerm_postgresql_flexible_server: {
    file: 'postgres/postgresql_flexible_server_resource.go',
    sometimes: [
      whenShrinking('version'),
      onceSet('administrator_login'),
      whenShrinking('storage_mb'),
      identityType('SystemAssigned', ''),
    ],
  },
  azurerm_postgresql_server: {
    file: 'postgres/postgresql_server_resource.go',
    sometimes: [
      when('sku_name', 'from or to the Basic tier', (before, after) => {
        const [old, now] = [before, after].map((sku) => sku.split('_', 1)[0]);
        return old !== now && [old, now].includes('B');
      }),
      when('create_mode', 'when it becomes a replica', (before, after) => before === 'Default' && after === 'Replica'),
    ],
  },
  azurerm_recovery_services_vault: {
    file: 'recoveryservices/recovery_services_vault_resource.go',
    sometimes: [whenTurnedOff('cross_region_restore_enabled'), whenLeaving('immutability', 'Locked')],
  },
  azurerm_redis_cache: {
    file: 'redis/redis_cache_resource.go',
    sometimes: [whenLowered('sku_name', ['Basic', 'Standard', 'Premium'])],
  },
  azurerm_search_service: {
    file: 'search/search_service_resource.go',
    sometimes: [whenLowered('sku', ['basic', 'standard', 'standard2', 'standard3'])],
  },
  azurerm_storage_account: {
    file: 'storage/storage_account_resource.go',
    sometimes: [
      when(
        'account_kind',
        'unless it changes to "StorageV2"',
        (before, after) => before !== 'Storage' && after !== 'StorageV2',
      ),
      whenTurnedOff('large_file_share_enabled'),
      whenLeaving('immutability_policy.state', 'Locked'),
      when(
        'account_replication_type',
        'between redundancy with and without zones',
        (before, after) => ZONED.includes(before.toUpperCase()) !== ZONED.includes(after.toUpperCase()),
      ),
    ],
  },
  ...types(['azurerm_storage_container', 'azurerm_storage_queue', 'azurerm_storage_share'], {
    file: 'storage',
    sometimes: [onceSet('storage_account_id'), onceSet('storage_account_name')],
  }),
  azurerm_managed_lustre_file_system: {
    file: 'storagecache/managed_lustre_file_system_resource.go',
    sometimes: [whenRemoved('encryption_key')],
  },
  azurerm_site_recovery_vmware_replicated_vm: {
    file: 'recoveryservices/site_recovery_vmware_replicated_vm_resource.go',
    sometimes: [
      ...['default_log_storage_account_id', 'default_recovery_disk_type', 'default_target_disk_encryption_set_id'].map(
        (path) => may(path, 'unless every disk has that value already'),
      ),
      may('managed_disk', 'unless it is removed'),
    ],
  },
};
