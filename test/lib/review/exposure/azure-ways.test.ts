import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, expectWaysBack, program, type Resources } from '../fixtures';

/** The rows about reachability of one resource that changes; undefined stands for a missing resource. */
function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const [base, head] = [before, after].map((it) => program({ [type]: { ...(it ? { it } : {}) } } as Resources));
  const found = review(base, head!);
  expectWaysBack(found.exposure);
  expect(found.verdict.text).not.toContain('not judged');
  return found.exposure;
}

const shifts = (...given: Parameters<typeof rows>) => rows(...given).map(({ shift }) => shift);

const FORWARD = {
  ...{ name: 'r', loadbalancer_id: '/lb', frontend_ip_configuration_name: 'f', protocol: 'Tcp', backend_port: 8080 },
};
const DNAT = { name: 'r', protocols: ['TCP'], source_addresses: ['10.0.0.0/8'], destination_ports: ['443'] };
const OUT = { name: 'r', protocols: ['TCP'], source_addresses: ['10.0.0.0/8'], destination_addresses: ['10.1.0.0/16'] };

/** A group with one rule in a block. */
function group(block: string, action: string, rule: JsonObject): JsonObject {
  return {
    name: 'g',
    firewall_policy_id: '/p',
    priority: 1,
    [block]: [{ name: 'c', priority: 1, action, rule: [rule] }],
  };
}

const collection = (action: string, rule: JsonObject) => ({ name: 'c', priority: 1, action, rule: [rule] });

/** A gateway with one listener at a frontend with a public or a private address. */
function gateway(frontend: JsonObject, given: JsonObject = {}): JsonObject {
  return {
    name: 'gw',
    frontend_ip_configuration: [{ name: 'f', ...frontend }],
    frontend_port: [{ name: 'p', port: 443 }],
    http_listener: [{ name: 'l', frontend_ip_configuration_name: 'f', frontend_port_name: 'p', protocol: 'Https' }],
    ...given,
  };
}

/** Single values of an existing resource that open an entry point. */
test.each<[type: string, given: JsonObject, path: string, closed: Json | undefined, open: Json | undefined]>([
  [
    'azurerm_firewall_policy_rule_collection_group',
    {},
    'nat_rule_collection',
    group('nat_rule_collection', 'Dnat', DNAT)['nat_rule_collection'],
    group('nat_rule_collection', 'Dnat', { ...DNAT, source_addresses: ['*'] })['nat_rule_collection'],
  ],
  [
    'azurerm_firewall_policy_rule_collection_group',
    {},
    'network_rule_collection',
    group('network_rule_collection', 'Allow', OUT)['network_rule_collection'],
    group('network_rule_collection', 'Allow', { ...OUT, destination_addresses: ['*'] })['network_rule_collection'],
  ],
  [
    'azurerm_firewall_network_rule_collection',
    collection('Allow', OUT),
    'rule',
    [OUT],
    [{ ...OUT, destination_addresses: ['0.0.0.0/0'] }],
  ],
  ['azurerm_ip_group', { name: 'g' }, 'cidrs', ['10.0.0.0/8'], ['10.0.0.0/8', '203.0.113.0/24']],
  ['azurerm_api_management', { name: 'a' }, 'virtual_network_type', 'Internal', 'External'],
  ['azurerm_virtual_wan', { name: 'w' }, 'allow_branch_to_branch_traffic', false, undefined],
  ['azurerm_express_route_gateway', { name: 'g' }, 'allow_non_virtual_wan_traffic', undefined, true],
  ['azurerm_route_server', { name: 'r', public_ip_address_id: '/ip' }, 'branch_to_branch_traffic_enabled', false, true],
  ['azurerm_private_link_service', { name: 'p' }, 'auto_approval_subscription_ids', ['a'], ['a', 'b']],
  ['azurerm_private_link_service', { name: 'p' }, 'auto_approval_subscription_ids', ['a'], ['*']],
  [
    'azurerm_virtual_network_gateway',
    { name: 'g' },
    'vpn_client_configuration',
    [{ address_space: ['10.9.0.0/16'], root_certificate: [{ name: 'ours' }] }],
    [{ address_space: ['10.9.0.0/16'], root_certificate: [{ name: 'ours' }, { name: 'theirs' }] }],
  ],
])('%s %j is opened by %s', (type, given, path, closed, open) => {
  const [before, after] = [change(given, { [path]: closed }), change(given, { [path]: open })];
  expect(shifts(type, before, after)).toEqual(['widened']);
  expect(shifts(type, after, before)).toEqual(['narrowed']);
  expect(shifts(type, before, before)).toEqual([]);
});

/** Single values of an existing resource that change a target. */
test.each<[type: string, given: JsonObject, path: string, before: Json | undefined, after: Json | undefined]>([
  ['azurerm_lb_rule', FORWARD, 'frontend_port', 80, 22],
  ['azurerm_lb_nat_rule', FORWARD, 'backend_port', 8080, 22],
  ['azurerm_traffic_manager_external_endpoint', { name: 'e', profile_id: '/p' }, 'target', 'a.b', 'c.d'],
  ['azurerm_cdn_frontdoor_origin', { name: 'o', cdn_frontdoor_origin_group_id: '/g' }, 'host_name', 'a.b', 'c.d'],
  [
    'azurerm_application_gateway',
    gateway({ public_ip_address_id: '/ip' }),
    'backend_address_pool',
    [{ name: 'p', fqdns: ['a.b'] }],
    [{ name: 'p', fqdns: ['c.d'] }],
  ],
  [
    'azurerm_application_gateway',
    gateway({ public_ip_address_id: '/ip' }),
    'request_routing_rule',
    [{ name: 'r', http_listener_name: 'l', backend_address_pool_name: 'shop' }],
    [{ name: 'r', http_listener_name: 'l', backend_address_pool_name: 'admin' }],
  ],
  [
    'azurerm_application_gateway',
    gateway({ public_ip_address_id: '/ip' }),
    'url_path_map',
    [{ name: 'm', path_rule: [{ name: 'r', paths: ['/a'], backend_address_pool_name: 'shop' }] }],
    [{ name: 'm', path_rule: [{ name: 'r', paths: ['/*'], backend_address_pool_name: 'shop' }] }],
  ],
  [
    'azurerm_application_gateway',
    gateway({ public_ip_address_id: '/ip' }),
    'redirect_configuration',
    [{ name: 'r', target_url: 'https://a.b' }],
    [{ name: 'r', target_url: 'https://c.d' }],
  ],
  [
    'azurerm_cdn_frontdoor_origin',
    { name: 'o', cdn_frontdoor_origin_group_id: '/g', host_name: 'a.b' },
    'private_link',
    [{ private_link_target_id: '/t' }],
    undefined,
  ],
  ['azurerm_api_management_api', { name: 'a' }, 'service_url', 'https://a.b', 'https://c.d'],
  ['azurerm_api_management_backend', { name: 'a' }, 'url', 'https://a.b', 'https://c.d'],
  [
    'azurerm_local_network_gateway',
    { name: 'l', gateway_address: '1.2.3.4' },
    'address_space',
    ['10.1.0.0/16'],
    ['10.2.0.0/16'],
  ],
  [
    'azurerm_vpn_site',
    { name: 'l', link: [{ name: 'a', ip_address: '1.2.3.4' }] },
    'address_cidrs',
    ['10.1.0.0/16'],
    ['10.2.0.0/16'],
  ],
  [
    'azurerm_vpn_server_configuration',
    { name: 'v', vpn_authentication_types: ['AAD'] },
    'azure_active_directory_authentication',
    [{ tenant: 'ours' }],
    [{ tenant: 'theirs' }],
  ],
  [
    'azurerm_virtual_hub_route_table_route',
    { name: 'r', destinations: ['0.0.0.0/0'] },
    'next_hop',
    '/firewall',
    '/network',
  ],
])('%s %j is told where %s leads', (type, given, path, before, after) => {
  const sides = [change(given, { [path]: before }), change(given, { [path]: after })] as const;
  expect(shifts(type, ...sides)).toEqual(['changed']);
  expect(shifts(type, sides[0], sides[0])).toEqual([]);
});

/** Whole resources that open or close an entry point. */
test.each<[type: string, given: JsonObject, isNew: string, isGone: string]>([
  [
    'azurerm_lb',
    { name: 'l', frontend_ip_configuration: [{ name: 'f', public_ip_address_id: '/ip' }] },
    'added',
    'removed',
  ],
  ['azurerm_lb', { name: 'l', frontend_ip_configuration: [{ name: 'f', subnet_id: '/s' }] }, 'added', 'removed'],
  ['azurerm_lb_rule', { ...FORWARD, frontend_port: 80 }, 'added', 'removed'],
  ['azurerm_lb_nat_rule', { ...FORWARD, frontend_port_start: 5000, frontend_port_end: 5010 }, 'added', 'removed'],
  ['azurerm_lb_nat_pool', { ...FORWARD, frontend_port_start: 5000, frontend_port_end: 5010 }, 'added', 'removed'],
  ['azurerm_lb_outbound_rule', { name: 'o', backend_address_pool_id: '/p', protocol: 'All' }, 'added', 'removed'],
  [
    'azurerm_lb_backend_address_pool_address',
    { name: 'a', backend_address_pool_id: '/p', ip_address: '10.0.0.4' },
    'added',
    'removed',
  ],
  [
    'azurerm_network_interface_nat_rule_association',
    { network_interface_id: '/n', nat_rule_id: '/r' },
    'added',
    'removed',
  ],
  [
    'azurerm_network_interface_backend_address_pool_association',
    { network_interface_id: '/n', backend_address_pool_id: '/p' },
    'added',
    'removed',
  ],
  ['azurerm_firewall_policy_rule_collection_group', group('nat_rule_collection', 'Dnat', DNAT), 'added', 'removed'],
  [
    'azurerm_firewall_policy_rule_collection_group',
    group('application_rule_collection', 'Deny', OUT),
    'narrowed',
    'widened',
  ],
  ['azurerm_firewall_nat_rule_collection', collection('Dnat', DNAT), 'added', 'removed'],
  [
    'azurerm_firewall_application_rule_collection',
    collection('Deny', { name: 'r', target_fqdns: ['*'] }),
    'narrowed',
    'widened',
  ],
  [
    'azurerm_firewall_policy',
    { name: 'p', threat_intelligence_allowlist: [{ ip_addresses: ['1.2.3.4'] }] },
    'added',
    'removed',
  ],
  ['azurerm_ip_group_cidr', { ip_group_id: '/g', cidr: '203.0.113.0/24' }, 'added', 'removed'],
  ['azurerm_application_gateway', gateway({ public_ip_address_id: '/ip' }), 'added', 'removed'],
  ['azurerm_application_gateway', gateway({ subnet_id: '/s' }), 'added', 'removed'],
  ['azurerm_cdn_frontdoor_endpoint', { name: 'e' }, 'added', 'removed'],
  ['azurerm_cdn_frontdoor_route', { name: 'r', patterns_to_match: ['/*'] }, 'added', 'removed'],
  ['azurerm_cdn_frontdoor_custom_domain', { name: 'd', host_name: 'a.b' }, 'added', 'removed'],
  [
    'azurerm_cdn_frontdoor_security_policy',
    { name: 's', security_policies: [{ firewall: [{ cdn_frontdoor_firewall_policy_id: '/p' }] }] },
    'narrowed',
    'widened',
  ],
  [
    'azurerm_cdn_frontdoor_firewall_policy',
    { name: 'p', custom_rule: [{ name: 'r', action: 'Block' }] },
    'narrowed',
    'widened',
  ],
  [
    'azurerm_cdn_frontdoor_firewall_policy',
    { name: 'p', custom_rule: [{ name: 'r', action: 'Allow' }] },
    'added',
    'removed',
  ],
  [
    'azurerm_web_application_firewall_policy',
    { name: 'p', managed_rules: [{ exclusion: [{ match_variable: 'RequestArgNames', selector: 'q' }] }] },
    'added',
    'removed',
  ],
  ...([{ id: '1' }, { id: '1', enabled: false }, { id: '1', enabled: true, action: 'Log' }] as JsonObject[]).map(
    (rule): [string, JsonObject, string, string] => [
      'azurerm_web_application_firewall_policy',
      { name: 'p', managed_rules: [{ managed_rule_set: [{ rule_group_override: [{ rule_group_name: 'g', rule }] }] }] },
      'added',
      'removed',
    ],
  ),
  [
    'azurerm_cdn_frontdoor_firewall_policy',
    { name: 'p', managed_rule: [{ override: [{ rule_group_name: 'g', rule: [{ rule_id: '1', action: 'Log' }] }] }] },
    'added',
    'removed',
  ],
  [
    'azurerm_cdn_frontdoor_firewall_policy',
    { name: 'p', managed_rule: [{ override: [{ exclusion: [{ match_variable: 'QueryStringArgNames' }] }] }] },
    'added',
    'removed',
  ],
  ...(
    [
      { disabled_rule_group: [{ rule_group_name: 'g' }] },
      { disabled_rule_group: [{ rule_group_name: 'g', rules: [942100] }] },
      { exclusion: [{ match_variable: 'RequestArgNames', selector_match_operator: 'Equals', selector: 'q' }] },
    ] as JsonObject[]
  ).map((block): [string, JsonObject, string, string] => [
    'azurerm_application_gateway',
    { name: 'g', waf_configuration: [block] },
    'added',
    'removed',
  ]),
  ['azurerm_cdn_endpoint', { name: 'e', origin: [{ name: 'o', host_name: 'a.b' }] }, 'added', 'removed'],
  ['azurerm_frontdoor', { name: 'f', frontend_endpoint: [{ name: 'e', host_name: 'a.b' }] }, 'added', 'removed'],
  [
    'azurerm_traffic_manager_azure_endpoint',
    { name: 'e', profile_id: '/p', target_resource_id: '/ip' },
    'added',
    'removed',
  ],
  ['azurerm_bastion_host', { name: 'b', sku: 'Developer', virtual_network_id: '/v' }, 'added', 'removed'],
  ['azurerm_bastion_host', { name: 'b', ip_configuration: [{ public_ip_address_id: '/ip' }] }, 'added', 'removed'],
  [
    'azurerm_virtual_network_gateway_connection',
    { virtual_network_gateway_id: '/g', local_network_gateway_id: '/l' },
    'added',
    'removed',
  ],
  ['azurerm_vpn_gateway_connection', { vpn_gateway_id: '/g', remote_vpn_site_id: '/s' }, 'added', 'removed'],
  [
    'azurerm_point_to_site_vpn_gateway',
    { virtual_hub_id: '/h', connection_configuration: [{ name: 'c' }] },
    'added',
    'removed',
  ],
  ['azurerm_express_route_connection', { express_route_gateway_id: '/g' }, 'added', 'removed'],
  [
    'azurerm_express_route_circuit_peering',
    { express_route_circuit_name: 'c', peering_type: 'AzurePrivatePeering' },
    'added',
    'removed',
  ],
  ['azurerm_express_route_circuit_connection', { peering_id: '/a', peer_peering_id: '/b' }, 'added', 'removed'],
  [
    'azurerm_virtual_hub',
    { name: 'h', route: [{ address_prefixes: ['0.0.0.0/0'], next_hop_ip_address: '10.0.0.4' }] },
    'added',
    'removed',
  ],
  [
    'azurerm_virtual_hub_route_table',
    { name: 't', route: [{ name: 'r', destinations: ['10.0.0.0/8'], next_hop: '/c' }] },
    'added',
    'removed',
  ],
  [
    'azurerm_virtual_hub_routing_intent',
    { virtual_hub_id: '/h', routing_policy: [{ name: 'r', destinations: ['Internet'], next_hop: '/firewall' }] },
    'narrowed',
    'widened',
  ],
  [
    'azurerm_virtual_hub_bgp_connection',
    { virtual_hub_id: '/h', peer_ip: '10.0.0.4', peer_asn: 65001 },
    'added',
    'removed',
  ],
  [
    'azurerm_route_server_bgp_connection',
    { route_server_id: '/r', peer_ip: '10.0.0.4', peer_asn: 65001 },
    'added',
    'removed',
  ],
  [
    'azurerm_network_interface_application_security_group_association',
    { network_interface_id: '/n' },
    'added',
    'removed',
  ],
  ['azurerm_mssql_virtual_network_rule', { server_id: '/s', subnet_id: '/n' }, 'added', 'removed'],
  [
    'kubernetes_endpoints_v1',
    { metadata: { name: 'e' }, subset: [{ address: [{ ip: '203.0.113.4' }] }] },
    'added',
    'removed',
  ],
  [
    'kubernetes_endpoint_slice_v1',
    { metadata: { name: 'e' }, endpoint: [{ addresses: ['10.0.0.4'] }] },
    'added',
    'removed',
  ],
])('%s %j is a way of its own', (type, given, isNew, isGone) => {
  expect(shifts(type, undefined, given)).toEqual([isNew]);
  expect(shifts(type, given, undefined)).toEqual([isGone]);
});

/** Resources that open nothing by themselves. */
test.each<[type: string, given: JsonObject]>([
  ['azurerm_lb_probe', { name: 'p', port: 80 }],
  ['azurerm_lb_backend_address_pool', { name: 'p' }],
  ['azurerm_firewall_policy', { name: 'p' }],
  ['azurerm_local_network_gateway', { name: 'l', gateway_address: '1.2.3.4', address_space: ['10.1.0.0/16'] }],
  ['azurerm_vpn_gateway', { name: 'g' }],
  ['azurerm_virtual_wan', { name: 'w' }],
  ['azurerm_express_route_circuit', { name: 'c' }],
  ['azurerm_cdn_frontdoor_origin_group', { name: 'g' }],
  ['azurerm_traffic_manager_profile', { name: 'p', traffic_routing_method: 'Weighted' }],
  ['azurerm_traffic_manager_external_endpoint', { name: 'e', target: 'a.b', enabled: false }],
  ['azurerm_cdn_frontdoor_endpoint', { name: 'e', enabled: false }],
])('%s %j is no way of its own', (type, given) => {
  expect(rows(type, undefined, given)).toEqual([]);
});

test('a frontend that gets a public address opens, and says where', () => {
  const type = 'azurerm_application_gateway';
  const sides = [gateway({ subnet_id: '/s' }), gateway({ public_ip_address_id: '/ip' })] as const;
  expect(rows(type, ...sides)).toMatchObject([
    { what: 'listener l', shift: 'widened', severity: 'high', after: 'the internet, at /ip, port 443, Https' },
  ]);
});

test('without a policy against attacks, nothing is refused before the pools', () => {
  const sides = [gateway({ subnet_id: '/s' }, { firewall_policy_id: '/p' }), gateway({ subnet_id: '/s' })] as const;
  expect(rows('azurerm_application_gateway', ...sides)).toMatchObject([{ shift: 'widened', before: 'filtered by /p' }]);
});

test('an allowed destination of a firewall is said with its ports and sources', () => {
  const rule = { ...OUT, destination_addresses: ['*'], destination_ports: ['443'] };
  const given = group('network_rule_collection', 'Allow', rule);
  expect(rows('azurerm_firewall_policy_rule_collection_group', undefined, given)).toMatchObject([
    {
      what: 'rule c/r, outgoing',
      after: 'to everywhere, port 443, protocol TCP, priority 1/1, from 10.0.0.0/8',
      severity: 'high',
    },
  ]);
});

describe('a manifest of a kind that routes requests', () => {
  const manifest = (object: JsonObject) => ({ manifest: { metadata: { name: 'm', namespace: 'n' }, ...object } });
  test.each<[JsonObject, string]>([
    [
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        spec: { servers: [{ port: { number: 443 }, hosts: ['a.b'] }] },
      },
      'wherever its pods are reachable, port 443, as a.b',
    ],
    [
      { apiVersion: 'networking.istio.io/v1beta1', kind: 'VirtualService', spec: { hosts: ['a.b'], gateways: ['g'] } },
      'wherever its gateway g is reachable, as a.b',
    ],
    [
      {
        apiVersion: 'traefik.io/v1alpha1',
        kind: 'IngressRoute',
        spec: { entryPoints: ['web'], routes: [{ match: 'Host(`a.b`)' }] },
      },
      'wherever its controller is reachable at web, for Host(`a.b`)',
    ],
    [
      { apiVersion: 'projectcontour.io/v1', kind: 'HTTPProxy', spec: { virtualhost: { fqdn: 'a.b' } } },
      'wherever its controller is reachable, as a.b',
    ],
  ])('%j is a way of its own', (object, after) => {
    expect(rows('kubernetes_manifest', undefined, manifest(object))).toMatchObject([{ shift: 'added', after }]);
  });

  test('of another group is not judged', () => {
    const { verdict } = review(
      [],
      program({ kubernetes_manifest: { it: manifest({ apiVersion: 'a.b/v1', kind: 'Gateway' }) } }),
    );
    expect(verdict.text).toContain('not judged');
  });
});
