import type { EntryPoint } from '../../../../lib/review/exposure/entry-point';
import { apiServer, endpoint, nodeAddresses, securityRule } from '../../../../lib/review/exposure/azure-entry-points';
import type { Resource } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';

const RULE = {
  ...{ name: 'web', direction: 'Inbound', access: 'Allow', protocol: 'Tcp', priority: 100, source_port_range: '*' },
  ...{ source_address_prefix: '10.0.0.0/8', destination_address_prefix: '*', destination_port_range: '443' },
};
const GROUPS = { ...RULE, source_address_prefix: undefined };

const told = (entries: readonly EntryPoint[]) => entries.map(({ key, reach, text }) => [key, reach, text]);

test.each<[string, object, (string | undefined)[] | undefined]>([
  ['a rule', {}, ['rule web', 'ranges', 'only 10.0.0.0/8, port 443, protocol Tcp, priority 100']],
  ['one for what leaves', { direction: 'Outbound' }, undefined],
  [
    'one of which Terraform decides what it does',
    { direction: '${var.direction}', access: '${var.access}' },
    ['rule web', undefined, 'depends on ${var.direction} and ${var.access}, port 443, protocol Tcp, priority 100'],
  ],
  [
    'one that denies',
    { access: 'Deny' },
    ['rule web, denied', undefined, 'denied from 10.0.0.0/8, port 443, protocol Tcp, priority 100'],
  ],
  [
    'one to some targets',
    { destination_address_prefix: undefined, destination_address_prefixes: ['10.1.0.0/16', '10.2.0.0/16'] },
    ['rule web', 'ranges', 'only 10.0.0.0/8, port 443, protocol Tcp, priority 100, to 10.1.0.0/16, 10.2.0.0/16'],
  ],
  [
    'one from some ports to several',
    { source_port_range: '1024', destination_port_range: undefined, destination_port_ranges: ['80', '443'] },
    ['rule web', 'ranges', 'only 10.0.0.0/8, port 80, 443, from port 1024, protocol Tcp, priority 100'],
  ],
  [
    'one without a name, a protocol, ports and a priority',
    { name: undefined, protocol: undefined, priority: undefined, destination_port_range: undefined },
    ['rule', 'ranges', 'only 10.0.0.0/8, port any'],
  ],
  [
    'one from groups',
    { ...GROUPS, source_application_security_group_ids: ['/web', '/api'] },
    ['rule web', 'network', '/web, /api, port 443, protocol Tcp, priority 100'],
  ],
  [
    'one from groups that are not known',
    GROUPS,
    ['rule web', 'network', 'application security groups, port 443, protocol Tcp, priority 100'],
  ],
])('%s of a network security group', (_, rule, expected) => {
  expect(told(securityRule({ ...RULE, ...rule } as JsonObject))).toEqual(expected === undefined ? [] : [expected]);
});

test('the rest of a rule has the ports that it is from and its priority', () => {
  expect(securityRule(RULE)[0]?.rest).toBe('*; 100');
  expect(securityRule({ ...RULE, source_port_range: null, source_port_ranges: ['1', '2'] })[0]?.rest).toBe('1, 2; 100');
});

const resource: Resource = {
  ...{ stack: 'stack', mode: 'resource', address: 'azurerm_x.it', type: 'azurerm_x', provider: 'azurerm' },
  ...{ attributes: {}, meta: {} },
};
const limitedTo = (...authorized_ip_ranges: string[]): JsonObject => ({
  api_server_access_profile: { authorized_ip_ranges },
});

test.each<[string, JsonObject, string | undefined, string]>([
  ['', {}, 'internet', 'the internet'],
  [' for some', limitedTo('1.2.3.4/32'), 'ranges', 'only 1.2.3.4/32'],
  [
    ' of a private cluster',
    { private_cluster_enabled: true, ...limitedTo('1.2.3.4/32') },
    'network',
    'the virtual network',
  ],
  [' that may be private', { private_cluster_enabled: '${var.private}' }, undefined, 'depends on ${var.private}'],
])('the API server%s', (_, given, reach, text) => {
  const found = apiServer(given, resource);

  expect([found.reach, found.text]).toEqual([reach, text]);
  expect(found.by).toContain('private_cluster_enabled');
});

test.each<[string, JsonObject, string | undefined, string]>([
  ['', {}, 'internet', 'the internet, with credentials'],
  [' that is private', { public_network_access_enabled: false }, 'network', 'private endpoints'],
  [' that may be private', { public_network_access_enabled: '${var.public}' }, undefined, 'depends on ${var.public}'],
])('an endpoint%s', (_, given, reach, text) => {
  const found = endpoint(given, resource, 'network_acls');

  expect([found.reach, found.text]).toEqual([reach, text]);
});

test.each([
  [{ default_node_pool: { node_public_ip_enabled: true } }, 'default_node_pool.', 1],
  [{ default_node_pool: { node_public_ip_enabled: true } }, '', 0],
  [{ node_public_ip_enabled: true }, '', 1],
  [{ node_public_ip_enabled: false }, '', 0],
])('the nodes with %j at "%s" have %d public address', (given, prefix, count) => {
  expect(nodeAddresses(given, resource, prefix)).toHaveLength(count);
});
