import {
  azureObject,
  endpoints,
  firewallRule,
  hasEndpoint,
  publicAddresses,
} from '../../../../lib/review/exposure/azure-endpoints';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { resourceOf, told } from './reading';

test.each<[type: string, given: JsonObject, told: string[]]>([
  ['azurerm_storage_account', {}, ['storage account it: internet, the internet, with credentials']],
  [
    'azurerm_storage_account',
    { public_network_access_enabled: false },
    ['storage account it: network, private endpoints'],
  ],
  [
    'azurerm_storage_account',
    { public_network_access_enabled: '${var.on}' },
    ['storage account it: undecided, depends on ${var.on}'],
  ],
  [
    'azurerm_storage_account',
    {
      network_rules: {
        default_action: 'Deny',
        ip_rules: ['1.2.3.4'],
        virtual_network_subnet_ids: ['/s'],
        bypass: ['None', 'Logging'],
        private_link_access: [{ endpoint_resource_id: '/e' }],
      },
    },
    ['storage account it: ranges, only 1.2.3.4, /s, /e, Logging'],
  ],
  [
    'azurerm_storage_account',
    { network_rules: { default_action: '${var.action}' } },
    ['storage account it: undecided, depends on ${var.action}'],
  ],
  [
    'azurerm_container_registry',
    { network_rule_set: { default_action: 'Deny', ip_rule: [{ ip_range: '1.2.3.0/24' }] } },
    ['container registry it: ranges, only 1.2.3.0/24'],
  ],
  [
    'azurerm_eventhub_namespace',
    { network_rulesets: { ip_rule: [{ ip_mask: '1.2.3.4' }], virtual_network_rule: [{ subnet_id: '/s' }] } },
    ['eventhub namespace it: internet, the internet, with credentials'],
  ],
  [
    'azurerm_servicebus_namespace',
    { network_rule_set: { default_action: 'Deny', network_rules: [{ subnet_id: '/s' }] } },
    ['servicebus namespace it: ranges, only /s'],
  ],
  [
    'azurerm_mssql_server',
    {},
    ['mssql server it: internet, the internet, as far as its firewall rules let in, with credentials'],
  ],
  [
    'azurerm_postgresql_flexible_server',
    { delegated_subnet_id: '/s' },
    ['postgresql flexible server it: network, its virtual network'],
  ],
  ['azurerm_api_management', { virtual_network_type: 'Internal' }, ['api management it: network, its virtual network']],
  ['azurerm_api_management', {}, ['api management it: internet, the internet']],
  ['azurerm_linux_web_app', {}, ['linux web app it: internet, the internet']],
  [
    'azurerm_linux_web_app',
    {
      site_config: {
        ip_restriction_default_action: 'Deny',
        ip_restriction: [
          { ip_address: '1.2.3.4/32' },
          { service_tag: 'AzureFrontDoor.Backend' },
          { virtual_network_subnet_id: '/s' },
          { ip_address: '6.6.6.6/32', action: 'Deny' },
        ],
      },
    },
    ['linux web app it: ranges, only 1.2.3.4/32, AzureFrontDoor.Backend, /s'],
  ],
  [
    'azurerm_cosmosdb_account',
    { ip_range_filter: ['1.2.3.4', '0.0.0.0'] },
    ['cosmosdb account it: internet, every machine that anyone rents from Azure (AzureCloud)'],
  ],
  [
    'azurerm_cosmosdb_account',
    { is_virtual_network_filter_enabled: true, virtual_network_rule: [{ id: '/s' }] },
    ['cosmosdb account it: ranges, only /s'],
  ],
  ['azurerm_cosmosdb_account', { ip_range_filter: ['1.2.3.4'] }, ['cosmosdb account it: ranges, only 1.2.3.4']],
  ['azurerm_cosmosdb_account', {}, ['cosmosdb account it: internet, the internet, with credentials']],
  ['azurerm_container_app', {}, []],
  [
    'azurerm_container_app',
    { ingress: { external_enabled: true } },
    ['ingress of container app it: internet, the internet'],
  ],
  ['azurerm_container_group', { ip_address_type: 'Public' }, ['container group it: internet, the internet']],
  [
    'azurerm_managed_disk',
    {},
    [
      'managed disk it: internet, the internet, with credentials (usual)',
      'export of managed disk it: internet, the internet, with credentials (usual)',
    ],
  ],
  [
    'azurerm_active_directory_domain_service',
    { secure_ldap: { external_access_enabled: true } },
    ['LDAP of active directory domain service it: internet, the internet, with credentials'],
  ],
  [
    'azurerm_log_analytics_workspace',
    {},
    [
      'ingestion of log analytics workspace it: internet, the internet, with credentials (usual)',
      'queries of log analytics workspace it: internet, the internet, with credentials (usual)',
    ],
  ],
  [
    'azurerm_nothing',
    { public_network_access_enabled: true },
    ['nothing it: internet, the internet, with credentials'],
  ],
])('the endpoint of %s %j', (type, given, texts) => {
  expect(told(endpoints(given, resourceOf(type, given)))).toEqual(texts);
});

test('an endpoint is told with all arguments that decide it, and with what limits it', () => {
  const [found] = endpoints({}, resourceOf('azurerm_storage_account', {}));

  expect(found?.by).toEqual(
    expect.arrayContaining([
      ...['public_network_access_enabled', 'network_rules', 'ip_range_filter'],
      ...['delegated_subnet_id', 'ip_restriction'],
    ]),
  );
  expect(found?.limit).toEqual({
    text: 'leave only private endpoints, with',
    argument: 'public_network_access_enabled',
  });
});

test.each([
  ['azurerm_storage_account', true],
  ['azurerm_resource_group', false],
  ['azurerm_nothing', false],
  ['kubernetes_service_v1', false],
])('the type %s can have an endpoint: %j', (type, can) => {
  expect(hasEndpoint(type)).toBe(can);
});

test.each<[properties: JsonObject, told: string[]]>([
  [{}, []],
  [{ publicNetworkAccess: 'Enabled' }, ['azapi resource it: internet, the internet, with credentials']],
  [{ publicNetworkAccess: 'Disabled' }, ['azapi resource it: network, private endpoints']],
  [{ networkAcls: { defaultAction: 'Deny' } }, ['azapi resource it: network, those whom its rules name']],
  [{ networkRuleSet: { defaultAction: 'Allow' } }, ['azapi resource it: internet, the internet, with credentials']],
  [{ networkRuleSet: { defaultAction: 'Deny' } }, ['azapi resource it: network, those whom its rules name']],
  [{ publicNetworkAccess: '${var.on}' }, ['azapi resource it: undecided, depends on ${var.on}']],
  [{ networkAcls: { defaultAction: '${var.a}' } }, ['azapi resource it: undecided, depends on ${var.a}']],
])('the endpoint of an object of the Azure API with %j', (properties, texts) => {
  const given = { body: { properties } };

  expect(told(azureObject(given, resourceOf('azapi_resource', given)))).toEqual(texts);
});

test.each<[given: JsonObject, told: string[]]>([
  [
    { name: 'r', start_ip_address: '1.2.3.4', end_ip_address: '1.2.3.9' },
    ['firewall rule r: ranges, only 1.2.3.4-1.2.3.9'],
  ],
  [{ start_ip: '1.2.3.4', end_ip: '1.2.3.4' }, ['firewall rule: ranges, only 1.2.3.4']],
  [
    { start_ip_address: '0.0.0.0', end_ip_address: '0.0.0.0' },
    ['firewall rule: internet, every machine that anyone rents from Azure (AzureCloud)'],
  ],
  [
    { start_ip_address: '0.0.0.0', end_ip_address: '255.255.255.255' },
    ['firewall rule: internet, the internet (0.0.0.0-255.255.255.255)'],
  ],
  [{ start_ip_address: '${var.a}', end_ip_address: '1.2.3.4' }, ['firewall rule: undecided, from ${var.a}, 1.2.3.4']],
  [{ start_ip_address: '1.2.3.4', end_ip_address: '${var.b}' }, ['firewall rule: undecided, from 1.2.3.4, ${var.b}']],
])('a firewall rule %j', (given, texts) => {
  const found = firewallRule(given);

  expect(told(found)).toEqual(texts);
  expect(found[0]?.limit?.argument).toBe('end_ip_address');
});

test.each<[type: string, given: JsonObject, told: string[]]>([
  [
    'azurerm_network_interface',
    { ip_configuration: [{ public_ip_address_id: '/a' }, { public_ip_address_id: '/a' }] },
    ['network interface it: internet, the internet, at /a'],
  ],
  ['azurerm_nat_gateway', { public_ip_address_ids: ['/a'] }, []],
  [
    'azurerm_linux_virtual_machine_scale_set',
    { network_interface: { ip_configuration: { public_ip_address: [{ name: 'p' }] } } },
    ['linux virtual machine scale set it: internet, the internet, at an address of each of its own'],
  ],
  ['azurerm_firewall', { virtual_hub: { public_ip_address: [] } }, []],
  ['azurerm_kubernetes_cluster_node_pool', { node_public_ip_prefix_id: '/p' }, []],
  [
    'azurerm_bastion_host',
    { public_ip_prefix_ids: ['/p', '/q'] },
    ['bastion host it: internet, the internet, at /p, /q'],
  ],
  ['aws_instance', { public_ip_id: 'a' }, []],
])('the public addresses of %s %j', (type, given, texts) => {
  expect(told(publicAddresses(resourceOf(type, given)))).toEqual(texts);
});
