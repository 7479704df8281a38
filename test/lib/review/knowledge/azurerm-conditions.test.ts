import { review } from '../../../../lib/review';
import { STORAGE_AND_OTHERS } from '../../../../lib/review/knowledge/azurerm-conditions';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

type Change = readonly [Json, Json];

/** A change that replaces, and one that does not or that the code does not decide, by type and attribute. */
const CASES: Readonly<
  Record<string, Readonly<Record<string, readonly [replaces: Change | null, keeps: Change | null]>>>
> = {
  azurerm_api_management: {
    virtual_network_type: [
      ['Internal', 'External'],
      ['None', 'External'],
    ],
    virtual_network_configuration: [
      [{ subnet_id: 'a' }, { subnet_id: 'b' }],
      [null, { subnet_id: 'b' }],
    ],
    sku_name: [
      ['StandardV2_1', 'Standard_1'],
      ['Basic_1', 'Standard_1'],
    ],
  },
  azurerm_app_configuration: {
    sku: [
      ['premium', 'developer'],
      ['standard', 'premium'],
    ],
  },
  azurerm_linux_function_app: { service_plan_id: [null, ['a', 'b']] },
  azurerm_windows_function_app: { service_plan_id: [null, ['a', 'b']] },
  azurerm_service_plan: { zone_balancing_enabled: [null, [true, false]] },
  azurerm_cognitive_account: {
    customer_managed_key: [
      [{ key_vault_key_id: 'a' }, null],
      [null, { key_vault_key_id: 'a' }],
    ],
    project_management_enabled: [
      [true, false],
      [false, true],
    ],
    custom_subdomain_name: [
      ['a', 'b'],
      [null, 'b'],
    ],
  },
  azurerm_cognitive_account_project: {
    description: [
      ['a', null],
      ['a', 'b'],
    ],
    display_name: [
      ['a', ''],
      ['a', 'b'],
    ],
  },
  azurerm_disk_encryption_set: {
    'identity.type': [
      ['UserAssigned', 'SystemAssigned'],
      ['SystemAssigned', 'UserAssigned'],
    ],
  },
  azurerm_gallery_application: {
    end_of_life_date: [
      ['2030-01-01T00:00:00Z', null],
      [null, '2030-01-01T00:00:00Z'],
    ],
    privacy_statement_uri: [
      ['a', null],
      ['a', 'b'],
    ],
    release_note_uri: [
      ['a', null],
      ['a', 'b'],
    ],
  },
  azurerm_gallery_application_version: {
    end_of_life_date: [
      ['2030-01-01T00:00:00Z', null],
      ['a', 'b'],
    ],
  },
  azurerm_shared_image: {
    end_of_life_date: [
      ['2030-01-01T00:00:00Z', null],
      ['a', 'b'],
    ],
  },
  azurerm_shared_image_version: {
    end_of_life_date: [
      ['2030-01-01T00:00:00Z', null],
      ['a', 'b'],
    ],
  },
  azurerm_linux_virtual_machine_scale_set: {
    zones: [
      [['1', '2'], ['1']],
      [['1'], ['1', '2']],
    ],
  },
  azurerm_windows_virtual_machine_scale_set: {
    zones: [
      [['1', '2'], ['1']],
      [['1'], ['1', '2']],
    ],
  },
  azurerm_orchestrated_virtual_machine_scale_set: {
    zones: [
      [['1', '2'], ['1']],
      [['1'], ['1', '2']],
    ],
  },
  azurerm_managed_disk: {
    encryption_settings: [
      [{ disk_encryption_key: {} }, null],
      [null, {}],
    ],
  },
  azurerm_snapshot: {
    encryption_settings: [
      [{ disk_encryption_key: {} }, null],
      [null, {}],
    ],
  },
  azurerm_proximity_placement_group: {
    allowed_vm_sizes: [
      [['a'], null],
      [['a'], ['a', 'b']],
    ],
  },
  azurerm_virtual_machine_implicit_data_disk_from_source: {
    disk_size_gb: [
      [20, 10],
      [10, 20],
    ],
  },
  azurerm_container_app_environment: {
    workload_profile: [
      [null, { name: 'a' }],
      [
        { name: 'a', maximum_count: 1 },
        { name: 'a', maximum_count: 2 },
      ],
    ],
  },
  azurerm_container_registry_cache_rule: {
    credential_set_id: [
      ['a', null],
      ['a', 'b'],
    ],
  },
  azurerm_cosmosdb_account: {
    'backup.type': [
      ['Continuous', 'Periodic'],
      ['Periodic', 'Continuous'],
    ],
    analytical_storage_enabled: [
      [true, false],
      [false, true],
    ],
    capabilities: [null, [{ name: 'EnableTable' }, { name: 'EnableCassandra' }]],
  },
  azurerm_cosmosdb_gremlin_graph: {
    analytical_storage_ttl: [
      [-1, null],
      [10, 20],
    ],
  },
  azurerm_cosmosdb_sql_container: {
    analytical_storage_ttl: [
      [10, 0],
      [10, 20],
    ],
    partition_key_version: [
      [1, 2],
      [null, 1],
    ],
  },
  azurerm_databricks_workspace: {
    sku: [
      ['premium', 'trial'],
      ['trial', 'premium'],
    ],
    'enhanced_security_compliance.compliance_security_profile_enabled': [
      [true, false],
      [false, true],
    ],
    'enhanced_security_compliance.compliance_security_profile_standards': [
      [['HIPAA'], ['PCI_DSS']],
      [['HIPAA'], ['HIPAA', 'PCI_DSS']],
    ],
  },
  azurerm_data_factory: {
    managed_virtual_network_enabled: [
      [true, false],
      [false, true],
    ],
  },
  azurerm_data_protection_backup_instance_blob_storage: {
    storage_account_container_names: [
      [['a'], null],
      [['a'], ['a', 'b']],
    ],
  },
  azurerm_data_protection_backup_vault: {
    cross_region_restore_enabled: [
      [true, false],
      [false, true],
    ],
    immutability: [
      ['Locked', 'Unlocked'],
      ['Unlocked', 'Locked'],
    ],
    soft_delete: [
      ['AlwaysOn', 'Off'],
      ['On', 'Off'],
    ],
  },
  azurerm_eventhub_namespace: {
    sku: [
      ['Standard', 'Premium'],
      ['Basic', 'Standard'],
    ],
  },
  azurerm_servicebus_namespace: {
    sku: [
      ['Premium', 'Standard'],
      ['Basic', 'Standard'],
    ],
    customer_managed_key: [
      [{ key_vault_key_id: 'a' }, null],
      [null, { key_vault_key_id: 'a' }],
    ],
  },
  azurerm_key_vault_key: {
    expiration_date: [
      ['2030-01-01T00:00:00Z', null],
      ['a', 'b'],
    ],
  },
  azurerm_lb: { 'frontend_ip_configuration.zones': [null, [['1'], ['1', '2']]] },
  azurerm_log_analytics_workspace: {
    sku: [
      ['PerGB2018', 'PerNode'],
      ['PerGB2018', 'CapacityReservation'],
    ],
  },
  azurerm_key_vault_managed_hardware_security_module: {
    security_domain_key_vault_certificate_ids: [
      [['a'], null],
      [['a'], ['b']],
    ],
    security_domain_quorum: [
      [2, null],
      [2, 3],
    ],
  },
  azurerm_mongo_cluster: {
    create_mode: [['Default', 'GeoReplica'], null],
    data_api_mode_enabled: [
      [true, false],
      [false, true],
    ],
    identity: [
      [{ type: 'UserAssigned' }, null],
      [{ identity_ids: ['a'] }, { identity_ids: ['b'] }],
    ],
  },
  azurerm_monitor_data_collection_rule: {
    kind: [
      ['Linux', 'Windows'],
      [null, 'Linux'],
    ],
  },
  azurerm_mssql_database: {
    sku_name: [
      ['HS_Gen5_2', 'GP_Gen5_2'],
      ['GP_Gen5_2', 'HS_Gen5_2'],
    ],
    enclave_type: [null, ['Default', 'VBS']],
  },
  azurerm_mssql_elasticpool: { enclave_type: [null, ['Default', 'VBS']] },
  azurerm_mssql_job_step: {
    job_credential_id: [
      ['a', null],
      ['a', 'b'],
    ],
  },
  azurerm_mssql_virtual_machine: {
    auto_backup: [
      [{ retention_period_in_days: 1 }, null],
      [null, {}],
    ],
  },
  azurerm_mssql_managed_instance: {
    dns_zone_partner_id: [
      [null, 'a'],
      ['a', null],
    ],
    identity: [
      [{ type: 'SystemAssigned' }, null],
      [null, { type: 'SystemAssigned' }],
    ],
    database_format: [
      ['AlwaysUpToDate', 'SQLServer2022'],
      ['SQLServer2022', 'AlwaysUpToDate'],
    ],
  },
  azurerm_mysql_flexible_server: {
    'storage.size_gb': [
      [64, 32],
      [32, 64],
    ],
  },
  azurerm_netapp_pool: {
    cool_access_enabled: [
      [true, false],
      [false, true],
    ],
  },
  azurerm_netapp_snapshot_policy: {
    hourly_schedule: [
      [{ minute: 1 }, null],
      [{ minute: 1 }, { minute: 2 }],
    ],
    daily_schedule: [
      [{ minute: 1 }, null],
      [{ minute: 1 }, { minute: 2 }],
    ],
    weekly_schedule: [
      [{ minute: 1 }, null],
      [{ minute: 1 }, { minute: 2 }],
    ],
    monthly_schedule: [
      [{ minute: 1 }, null],
      [{ minute: 1 }, { minute: 2 }],
    ],
  },
  azurerm_netapp_volume: { service_level: [null, ['Standard', 'Premium']], pool_name: [null, ['a', 'b']] },
  azurerm_bastion_host: {
    sku: [
      ['Standard', 'Basic'],
      ['Basic', 'Standard'],
    ],
  },
  azurerm_express_route_circuit: {
    bandwidth_in_mbps: [
      [100, 50],
      [50, 100],
    ],
  },
  azurerm_public_ip: {
    domain_name_label_scope: [
      ['NoReuse', 'TenantReuse'],
      [null, 'NoReuse'],
    ],
  },
  azurerm_notification_hub: {
    apns_credential: [
      [{ key_id: 'a' }, null],
      [{ key_id: 'a' }, { key_id: 'b' }],
    ],
    gcm_credential: [
      [{ api_key: 'a' }, null],
      [{ api_key: 'a' }, { api_key: 'b' }],
    ],
  },
  azurerm_policy_definition: { parameters: [null, ['{"a":1,"b":2}', '{"a":1}']] },
  azurerm_policy_set_definition: { parameters: [null, ['{"a":1,"b":2}', '{"a":1}']] },
  azurerm_management_group_policy_set_definition: { parameters: [null, ['{"a":1,"b":2}', '{"a":1}']] },
  azurerm_postgresql_flexible_server: {
    version: [
      ['16', '15'],
      ['15', '16'],
    ],
    administrator_login: [['a', 'b'], null],
    storage_mb: [
      [65536, 32768],
      [32768, 65536],
    ],
    'identity.type': [
      ['UserAssigned', 'SystemAssigned'],
      ['SystemAssigned', 'UserAssigned'],
    ],
  },
  azurerm_postgresql_server: {
    sku_name: [
      ['B_Gen5_1', 'GP_Gen5_1'],
      ['GP_Gen5_1', 'MO_Gen5_1'],
    ],
    create_mode: [
      ['Default', 'Replica'],
      ['Replica', 'Default'],
    ],
  },
  azurerm_recovery_services_vault: {
    cross_region_restore_enabled: [
      [true, false],
      [false, true],
    ],
    immutability: [
      ['Locked', 'Disabled'],
      ['Disabled', 'Locked'],
    ],
  },
  azurerm_redis_cache: {
    sku_name: [
      ['Premium', 'Standard'],
      ['Standard', 'Premium'],
    ],
  },
  azurerm_search_service: {
    sku: [
      ['standard', 'free'],
      ['basic', 'standard2'],
    ],
  },
  azurerm_storage_account: {
    account_kind: [
      ['StorageV2', 'BlobStorage'],
      ['BlobStorage', 'StorageV2'],
    ],
    large_file_share_enabled: [
      [true, false],
      [false, true],
    ],
    'immutability_policy.state': [
      ['Locked', 'Unlocked'],
      ['Unlocked', 'Locked'],
    ],
    account_replication_type: [
      ['LRS', 'ZRS'],
      ['LRS', 'GRS'],
    ],
  },
  azurerm_storage_container: {
    storage_account_id: [
      ['a', 'b'],
      [null, 'a'],
    ],
    storage_account_name: [
      ['a', 'b'],
      [null, 'a'],
    ],
  },
  azurerm_storage_queue: {
    storage_account_id: [
      ['a', 'b'],
      [null, 'a'],
    ],
    storage_account_name: [
      ['a', 'b'],
      [null, 'a'],
    ],
  },
  azurerm_storage_share: {
    storage_account_id: [
      ['a', 'b'],
      [null, 'a'],
    ],
    storage_account_name: [
      ['a', 'b'],
      [null, 'a'],
    ],
  },
  azurerm_managed_lustre_file_system: {
    encryption_key: [
      [{ key_url: 'a' }, null],
      [{ key_url: 'a' }, { key_url: 'b' }],
    ],
  },
  azurerm_site_recovery_vmware_replicated_vm: {
    default_log_storage_account_id: [null, ['a', 'b']],
    default_recovery_disk_type: [null, ['a', 'b']],
    default_target_disk_encryption_set_id: [null, ['a', 'b']],
    managed_disk: [null, [{ target_disk_type: 'a' }, { target_disk_type: 'b' }]],
  },
};

/** What becomes of a resource whose attribute changes. */
function countsOf(type: string, path: string, [before, after]: Change) {
  const side = (value: Json): JsonObject =>
    path.split('.').reduceRight<Json>((child, name) => ({ [name]: child }), value) as JsonObject;
  return review(program({ [type]: { it: side(before) } }), program({ [type]: { it: side(after) } })).counts;
}

const rows = Object.entries(CASES).flatMap(([type, paths]) =>
  Object.entries(paths).map(([path, [replaces, keeps]]) => ({ type, path, replaces, keeps })),
);

test.each(rows.filter(({ replaces }) => replaces !== null))('$type.$path replaces: $replaces', (row) => {
  expect(countsOf(row.type, row.path, row.replaces!)).toMatchObject({ replace: 1, mayReplace: 0 });
});

test.each(rows.filter(({ keeps }) => keeps !== null))('$type.$path does not replace for certain: $keeps', (row) => {
  expect(countsOf(row.type, row.path, row.keeps!)).toMatchObject({ replace: 0, update: 1 });
});

test('each condition has its cases', () => {
  const known = Object.entries(STORAGE_AND_OTHERS).flatMap(([type, { sometimes = [] }]) =>
    sometimes.map(({ path }) => `${type}.${path}`),
  );

  expect(rows.map(({ type, path }) => `${type}.${path}`).sort()).toEqual(known.sort());
});
