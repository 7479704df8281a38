import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, type Resources } from '../fixtures';

type Case = readonly [what: string, type: string, before: JsonObject, after: JsonObject];

const RULE = {
  ...{ name: 'r', direction: 'Inbound', access: 'Allow', protocol: 'Tcp', priority: 100, source_port_range: '*' },
  ...{ source_address_prefix: '10.0.0.0/8', destination_address_prefix: '*', destination_port_range: '443' },
};
const OUT = { ...RULE, direction: 'Outbound', source_address_prefix: '*', destination_address_prefix: '10.0.0.0/8' };
const NSG = 'azurerm_network_security_rule';
const INTERNAL = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };
const ALLOWED = 'service.beta.kubernetes.io/azure-allowed-ip-ranges';
const service = (spec: JsonObject = {}, annotations: JsonObject = {}): JsonObject => ({
  metadata: { name: 's', annotations },
  spec: { type: 'LoadBalancer', port: [{ port: 80 }], ...spec },
});
const ingress = (annotations: JsonObject = {}): JsonObject => ({
  metadata: { name: 'i', annotations },
  spec: { rule: [{ host: 'a' }] },
});
const SVC = 'kubernetes_service_v1';
const INGRESS = 'kubernetes_ingress_v1';
const ranges = (...load_balancer_source_ranges: string[]): JsonObject => ({ load_balancer_source_ranges });
const only = (range: string): JsonObject => ({ 'nginx.ingress.kubernetes.io/whitelist-source-range': range });
const rules = (default_action: string, ...ip_rules: string[]): JsonObject => ({
  name: 'x',
  network_rules: [{ default_action, ip_rules }],
});
const network = (rule: JsonObject): JsonObject => ({
  ...{ name: 'c', azure_firewall_name: 'f', resource_group_name: 'rg', priority: 100, action: 'Allow' },
  rule: [
    {
      ...{ name: 'r', source_addresses: ['10.0.0.0/8'], destination_addresses: ['10.1.0.0/16'] },
      ...{ destination_ports: ['443'], protocols: ['TCP'], ...rule },
    },
  ],
});
const FIREWALL = 'azurerm_firewall_network_rule_collection';

const reviewed = (type: string, before: JsonObject, after: JsonObject) =>
  review(program({ [type]: { it: before } } as Resources), program({ [type]: { it: after } } as Resources));

test.each<Case>([
  ['everyone in a list', SVC, service(), service(ranges('0.0.0.0/0'))],
  ['everyone no longer in a list', SVC, service(ranges('0.0.0.0/0')), service()],
  ['everyone in two halves', SVC, service(ranges('0.0.0.0/0')), service(ranges('0.0.0.0/1', '128.0.0.0/1'))],
  ...['0-65535', '1-65535', '0 - 65535'].map((all): Case => [
    `all ports as ${all}`,
    NSG,
    { ...RULE, destination_port_range: all },
    { ...RULE, destination_port_range: '*' },
  ]),
  ['another order', SVC, service(ranges('10.0.0.0/8', '1.2.3.4/32')), service(ranges('1.2.3.4/32', '10.0.0.0/8'))],
  ['a range that is in another one', SVC, service(ranges('10.0.0.0/8')), service(ranges('10.0.0.0/8', '10.1.0.0/16'))],
  ['a range by an annotation', SVC, service(ranges('10.0.0.0/8')), service({}, { [ALLOWED]: '10.0.0.0/8' })],
  ['everyone by an annotation', SVC, service(), service({}, { [ALLOWED]: '0.0.0.0/0' })],
  ['ranges of what is internal', SVC, service({}, INTERNAL), service(ranges('10.0.0.0/8'), INTERNAL)],
  [
    'ranges without an address',
    SVC,
    service({ type: 'ClusterIP' }),
    service({ type: 'ClusterIP', ...ranges('1.2.3.4/32') }),
  ],
  ['ranges without a type', SVC, service({ type: null }), service({ type: null, ...ranges('1.2.3.4/32') })],
  ['ports as a number and a text', SVC, service({ port: [{ port: 80 }] }), service({ port: [{ port: '80' }] })],
  ['everyone at an ingress', INGRESS, ingress(), ingress(only('0.0.0.0/0'))],
  ['rules that allow all', 'azurerm_storage_account', { name: 'x' }, rules('Allow', '1.2.3.4')],
  [
    'rules in another order',
    'azurerm_storage_account',
    rules('Deny', '1.2.3.4', '5.6.7.8'),
    rules('Deny', '5.6.7.8', '1.2.3.4'),
  ],
  [
    'rules of what is private',
    'azurerm_storage_account',
    { name: 'x', public_network_access_enabled: false },
    { ...rules('Deny', '1.2.3.4'), public_network_access_enabled: false },
  ],
  [
    'rules of a vault that allow all',
    'azurerm_key_vault',
    { name: 'x' },
    { name: 'x', network_acls: { default_action: 'Allow', bypass: 'AzureServices' } },
  ],
  [
    'everyone at an API server',
    'azurerm_kubernetes_cluster',
    { name: 'x' },
    { name: 'x', api_server_access_profile: { authorized_ip_ranges: ['0.0.0.0/0'] } },
  ],
  [
    'ranges of a private API server',
    'azurerm_kubernetes_cluster',
    { name: 'x', private_cluster_enabled: true },
    { name: 'x', private_cluster_enabled: true, api_server_access_profile: { authorized_ip_ranges: ['1.2.3.4/32'] } },
  ],
  [
    'a filter in another order',
    'azurerm_cosmosdb_account',
    { ip_range_filter: ['1.2.3.4', '5.6.7.8'] },
    { ip_range_filter: ['5.6.7.8', '1.2.3.4'] },
  ],
  [
    'a prefix in a list',
    NSG,
    RULE,
    change(RULE, { source_address_prefix: undefined, source_address_prefixes: ['10.0.0.0/8'] }),
  ],
  [
    'a prefix in two halves',
    NSG,
    RULE,
    change(RULE, { source_address_prefix: undefined, source_address_prefixes: ['10.0.0.0/9', '10.128.0.0/9'] }),
  ],
  [
    'a port in a list',
    NSG,
    RULE,
    change(RULE, { destination_port_range: undefined, destination_port_ranges: ['443'] }),
  ],
  [
    'everyone by another word',
    NSG,
    { ...RULE, source_address_prefix: '*' },
    { ...RULE, source_address_prefix: '0.0.0.0/0' },
  ],
  [
    'destinations in another order',
    FIREWALL,
    network({ destination_ports: ['80', '443'] }),
    network({ destination_ports: ['443', '80'] }),
  ],
])('%s is as open as before', (_, type, before, after) => {
  const { verdict, exposure } = reviewed(type, before, after);
  expect(exposure).toEqual([]);
  expect(['none', 'change']).toContain(verdict.level);
});

const DENY = { ...RULE, access: 'Deny' };
const NARROWER: readonly Case[] = [
  ['ranges', SVC, service(), service(ranges('10.0.0.0/8'))],
  [
    'fewer ports of a service',
    SVC,
    service({ port: [{ port: 80 }, { port: 443 }] }),
    service({ port: [{ port: 443 }] }),
  ],
  ['some callers of an ingress', INGRESS, ingress(), ingress(only('10.0.0.0/8'))],
  ['one port', NSG, { ...RULE, destination_port_range: '*' }, RULE],
  [
    'fewer ports in a range',
    NSG,
    { ...RULE, destination_port_range: '80-443' },
    { ...RULE, destination_port_range: '80-100' },
  ],
  ['one protocol', NSG, { ...RULE, protocol: '*' }, RULE],
  ['one target', NSG, RULE, { ...RULE, destination_address_prefix: '10.1.0.0/16' }],
  [
    'fewer sources and fewer ports',
    NSG,
    { ...RULE, destination_port_range: '*' },
    { ...RULE, source_address_prefix: '10.1.0.0/16' },
  ],
  ['one goal of what leaves', NSG, OUT, { ...OUT, destination_address_prefix: '10.1.0.0/16' }],
  ['one origin of what leaves', NSG, OUT, { ...OUT, source_address_prefix: '10.2.0.0/16' }],
  ['more that is kept out', NSG, DENY, { ...DENY, destination_port_range: '*' }],
  ['one port of a firewall', FIREWALL, network({ destination_ports: ['*'] }), network({})],
  ['one protocol of a firewall', FIREWALL, network({ protocols: ['Any'] }), network({})],
];

test.each(NARROWER)('%s is less, and the other way round more', (_, type, before, after) => {
  expect(reviewed(type, before, after).exposure.map(({ shift }) => shift)).toEqual(['narrowed']);
  expect(reviewed(type, after, before).exposure.map(({ shift }) => shift)).toEqual(['widened']);
});

test.each<Case>([
  ['other ports', NSG, RULE, { ...RULE, destination_port_range: '22' }],
  [
    'fewer sources and more ports',
    NSG,
    RULE,
    { ...RULE, source_address_prefix: '10.1.0.0/16', destination_port_range: '*' },
  ],
  ['another priority', NSG, RULE, { ...RULE, priority: 200 }],
  [
    'fewer goals of a firewall for more origins',
    FIREWALL,
    network({ destination_addresses: ['*'] }),
    network({ source_addresses: ['*'] }),
  ],
])('%s is something else', (_, type, before, after) => {
  expect(reviewed(type, before, after).exposure.map(({ shift }) => shift)).toEqual(['changed']);
});
