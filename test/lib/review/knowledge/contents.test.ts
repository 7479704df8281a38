import { contentsOfType } from '../../../../lib/review/knowledge/contents';

test.each([
  ['azurerm_postgresql_flexible_server', ['data', 'outage']],
  ['azurerm_mssql_managed_database', ['data', 'outage']],
  ['azurerm_cosmosdb_sql_container', ['data', 'outage']],
  ['azurerm_redis_cache', ['data']],
  ['azurerm_eventhub_namespace', ['data']],
  ['azurerm_storage_share_file', ['data']],
  ['azurerm_netapp_volume', ['data']],
  ['azurerm_monitor_workspace', ['data']],
  ['azurerm_backup_protected_vm', ['data']],
  ['azurerm_linux_virtual_machine', ['data', 'outage']],
  ['azurerm_orchestrated_virtual_machine_scale_set', ['data', 'outage']],
  ['azurerm_windows_function_app', ['outage', 'address']],
  ['azurerm_container_app_environment', ['outage', 'address']],
  ['azurerm_servicebus_queue_authorization_rule', ['access']],
  ['azurerm_cosmosdb_sql_role_assignment', ['minute']],
  ['kubernetes_deployment_v1', ['minute']],
])('%s holds what hurts to lose', (type, consequences) => {
  expect(contentsOfType(type)?.consequences).toEqual(consequences);
});

test.each([
  'azurerm_cosmosdb_postgresql_firewall_rule',
  'azurerm_eventhub_consumer_group',
  'azurerm_eventhub_namespace_customer_managed_key',
  'azurerm_kusto_script',
  'azurerm_mysql_flexible_server_firewall_rule',
  'azurerm_netapp_snapshot_policy',
  'azurerm_redis_firewall_rule',
  'azurerm_servicebus_subscription_rule',
  'azurerm_storage_blob_inventory_policy',
  'azurerm_storage_container_immutability_policy',
  'azurerm_virtual_machine_extension',
])('%s is a setting of what holds data, and holds none', (type) => {
  expect(contentsOfType(type)).toBeUndefined();
});
