import { review } from '../../../../lib/review';
import azurerm from '../../../../lib/review/knowledge/data/azurerm.json';
import { schemaOf } from '../../../../lib/review/knowledge/schema';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, type Resources } from '../fixtures';

/** The arguments of all azurerm types that open a public endpoint by default. */
const ENDPOINTS = Object.keys(azurerm.types).flatMap((type) =>
  (
    [
      ['public_network_access_enabled', 'true', 'false'],
      ['public_network_access', 'Enabled', 'Disabled'],
      ['public_network_enabled', 'true', 'false'],
    ] as const
  ).flatMap(([path, open, closed]): [string, string, string, string][] =>
    schemaOf(type)?.defaults[path] === open ? [[type, path, open, closed]] : [],
  ),
);

/** The rows of a change of one argument of one resource. */
function rows(type: string, given: JsonObject, path: string, before: Json | undefined, after: Json | undefined) {
  const [base, head] = [before, after].map((value) =>
    program({ [type]: { it: change(given, { [path]: value }) } } as Resources),
  );
  return review(base, head!).exposure;
}

/** The arguments with sources: their paths, and whether each is a single text. */
const PLACES: readonly [place: string, type: string, given: JsonObject, path: string, item: (range: string) => Json][] =
  [
    [
      'a rule of a security group',
      'azurerm_network_security_rule',
      { name: 'r', direction: 'Inbound', access: 'Allow', protocol: 'Tcp', destination_port_range: '22' },
      'source_address_prefixes',
      (range) => range,
    ],
    [
      'the API server of a cluster',
      'azurerm_kubernetes_cluster',
      { name: 'c', api_server_access_profile: {} },
      'api_server_access_profile.authorized_ip_ranges',
      (range) => range,
    ],
    [
      'a Service',
      'kubernetes_service_v1',
      { metadata: { name: 's' }, spec: { type: 'LoadBalancer', port: [{ port: 80 }] } },
      'spec.load_balancer_source_ranges',
      (range) => range,
    ],
    [
      'a key vault',
      'azurerm_key_vault',
      { name: 'v', network_acls: { default_action: 'Deny', bypass: 'None' } },
      'network_acls.ip_rules',
      (range) => range,
    ],
    [
      'a storage account',
      'azurerm_storage_account',
      { name: 's', network_rules: { default_action: 'Deny' } },
      'network_rules.ip_rules',
      (range) => range,
    ],
    [
      'a registry',
      'azurerm_container_registry',
      { name: 'r', network_rule_set: { default_action: 'Deny' } },
      'network_rule_set.ip_rule',
      (ip_range) => ({ action: 'Allow', ip_range }),
    ],
    [
      'an event hub',
      'azurerm_eventhub_namespace',
      { name: 'e', network_rulesets: { default_action: 'Deny' } },
      'network_rulesets.ip_rule',
      (ip_mask) => ({ ip_mask }),
    ],
    ['Cosmos DB', 'azurerm_cosmosdb_account', { name: 'c' }, 'ip_range_filter', (range) => range],
    ['a search service', 'azurerm_search_service', { name: 's' }, 'allowed_ips', (range) => range],
    [
      'a web app',
      'azurerm_linux_web_app',
      { name: 'w', site_config: { ip_restriction_default_action: 'Deny' } },
      'site_config.ip_restriction',
      (ip_address) => ({ ip_address, action: 'Allow' }),
    ],
  ];

describe.each(PLACES)('%s', (_, type, given, path, item) => {
  test.each([
    ['both halves of the internet', ['0.0.0.0/1', '128.0.0.0/1']],
    ['both halves of IPv6', ['::/1', '8000::/1']],
    ['a quarter of it', ['0.0.0.0/2']],
    ['all of it', ['0.0.0.0/0']],
    ['all of it beside what only Terraform knows', ['${var.office}', '0.0.0.0/0']],
  ])('that lets in %s is open', (_name, ranges) => {
    const [row, ...others] = rows(type, given, path, ['203.0.113.7/32'].map(item), ranges.map(item));
    expect(others).toEqual([]);
    expect(row).toMatchObject({ shift: 'widened', severity: 'high' });
    expect(row?.after).toContain('internet');
  });

  test.each([[['203.0.113.0/24', '10.0.0.0/8']], [['192.168.0.0/16', 'fd00::/8']]])(
    'that lets in %j is not',
    (ranges) => {
      const [row] = rows(type, given, path, ['203.0.113.7/32'].map(item), ranges.map(item));
      expect(row?.after).not.toContain('internet');
      expect(row?.severity).not.toBe('high');
    },
  );
});

test.each([
  [[{ cidr: '0.0.0.0/1' }, { cidr: '128.0.0.0/1' }], 'the internet (0.0.0.0/1, 128.0.0.0/1)'],
  [[{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }], 'the internet (0.0.0.0/0 except 10.0.0.0/8)'],
  [[{ cidr: '::/0' }], 'the internet (::/0)'],
  [[{ cidr: '0.0.0.0/0', except: ['0.0.0.0/1', '128.0.0.0/1'] }], '0.0.0.0/0 except 0.0.0.0/1, 128.0.0.0/1'],
  [[{ cidr: '10.0.0.0/8' }], '10.0.0.0/8'],
])('a policy for %j says so', (cidrs, text) => {
  const given = {
    metadata: { name: 'p' },
    spec: { pod_selector: {}, policy_types: ['Ingress'], ingress: [{ from: [{ pod_selector: {} }] }] },
  };
  const from = cidrs.map((ip_block) => ({ ip_block }));
  const found = rows('kubernetes_network_policy_v1', given, 'spec.ingress', [], [{ from }]);
  expect(found).toMatchObject([{ after: text }]);
});

describe('a firewall rule of a database', () => {
  const rule = (first: string, last: string, names = ['start_ip_address', 'end_ip_address']) => ({
    name: 'r',
    ...Object.fromEntries(names.map((name, i) => [name, [first, last][i] ?? ''])),
  });

  test.each([
    ['azurerm_mssql_firewall_rule', rule('0.0.0.0', '255.255.255.255'), 'the internet (0.0.0.0-255.255.255.255)'],
    [
      'azurerm_mssql_firewall_rule',
      rule('0.0.0.0', '0.0.0.0'),
      'every machine that anyone rents from Azure (AzureCloud)',
    ],
    ['azurerm_postgresql_flexible_server_firewall_rule', rule('1.2.3.4', '1.2.3.4'), 'only 1.2.3.4'],
    ['azurerm_mysql_flexible_server_firewall_rule', rule('1.2.3.0', '1.2.3.9'), 'only 1.2.3.0-1.2.3.9'],
    [
      'azurerm_redis_firewall_rule',
      rule('1.0.0.0', '223.0.0.0', ['start_ip', 'end_ip']),
      'the internet (1.0.0.0-223.0.0.0)',
    ],
    ['azurerm_mongo_cluster_firewall_rule', rule('${var.a}', '9.9.9.9'), 'from ${var.a}, 9.9.9.9'],
  ])('%s', (type, given, after) => {
    expect(review(program({}), program({ [type]: { r: given } })).exposure).toMatchObject([
      { what: 'firewall rule r', shift: 'added', after },
    ]);
  });
});

describe('a public endpoint', () => {
  test('is one of many types', () => {
    expect(ENDPOINTS.length).toBeGreaterThan(50);
  });

  test.each(ENDPOINTS)('of %s that is turned on by %s', (type, path, open, closed) => {
    const given = { name: 'it' };
    const found = rows(type, given, path, closed, open);
    expect(found).toMatchObject([{ shift: 'widened', severity: 'high' }]);
    expect(rows(type, given, path, open, closed)).toMatchObject([{ shift: 'narrowed', severity: 'low' }]);
    // the schema enables it by default.
    expect(rows(type, given, path, closed, undefined)).toMatchObject([{ shift: 'widened' }]);
    expect(rows(type, given, path, undefined, open)).toEqual([]);
  });

  test('that only Terraform decides about is named', () => {
    const found = rows('azurerm_redis_cache', { name: 'r' }, 'public_network_access_enabled', false, '${var.open}');
    expect(found).toMatchObject([{ shift: 'changed', after: 'depends on ${var.open}' }]);
  });

  test('that moves into a network is none', () => {
    const given = { name: 'p', public_network_access_enabled: true };
    const found = rows('azurerm_postgresql_flexible_server', given, 'delegated_subnet_id', undefined, '/subnet');
    expect(found).toMatchObject([{ shift: 'narrowed', after: 'its virtual network' }]);
  });

  test('that everything of its type has is told only where it changes', () => {
    expect(review(program({}), program({ azurerm_managed_disk: { d: { name: 'd' } } })).exposure).toEqual([]);
    expect(review(program({}), program({ azurerm_redis_cache: { d: { name: 'd' } } })).exposure).toHaveLength(1);
  });
});

describe('a public address', () => {
  test.each([
    ['azurerm_network_interface', 'ip_configuration', [{ name: 'a', public_ip_address_id: 'pip' }]],
    ['azurerm_lb', 'frontend_ip_configuration', [{ name: 'a', public_ip_address_id: 'pip' }]],
    ['azurerm_application_gateway', 'frontend_ip_configuration', [{ name: 'a', public_ip_address_id: 'pip' }]],
    ['azurerm_firewall', 'ip_configuration', [{ name: 'a', public_ip_address_id: 'pip' }]],
    [
      'azurerm_linux_virtual_machine_scale_set',
      'network_interface',
      [{ name: 'a', ip_configuration: [{ name: 'b', public_ip_address: [{ name: 'c' }] }] }],
    ],
  ])('is a way in to %s', (type, path, after) => {
    const [row] = rows(type, { name: 'it' }, path, [{ name: 'a' }], after);
    expect(row).toMatchObject({
      after: expect.stringContaining('the internet, at '),
      shift: expect.stringMatching('added|widened'),
      severity: 'high',
    });
  });

  test('of a NAT gateway is none', () => {
    const given = { nat_gateway_id: 'n', public_ip_address_id: 'pip' };
    const after = program({ azurerm_nat_gateway_public_ip_association: { a: given } });
    expect(review(program({}), after).exposure).toEqual([]);
  });
});
