import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, expectWaysBack, program, type Resources } from '../fixtures';

/** The shifts of a change of one resource; undefined stands for a missing resource. */
function shifts(type: string, before: JsonObject | undefined, after: JsonObject | undefined): string[] {
  const [base, head] = [before, after].map((it) => program({ [type]: { ...(it ? { it } : {}) } } as Resources));
  const { exposure } = review(base, head!);
  expectWaysBack(exposure);
  return exposure.map(({ shift }) => shift);
}

const OUT = {
  ...{ name: 'out', direction: 'Outbound', priority: 100, protocol: '*', source_address_prefix: '*' },
  ...{ destination_port_range: '*', destination_address_prefix: '10.0.0.0/8' },
};
const PEERING = { virtual_network_name: 'a', remote_virtual_network_id: '/b' };
const RULES = { default_action: 'Deny', ip_rules: ['1.2.3.4'] };

/** Single values of an existing resource that open an entry point. */
test.each<[type: string, given: JsonObject, path: string, closed: Json | undefined, open: Json | undefined]>([
  [
    'azurerm_network_security_rule',
    { ...OUT, access: 'Allow' },
    'destination_address_prefix',
    '10.0.0.0/8',
    'Internet',
  ],
  [
    'azurerm_network_security_rule',
    { ...OUT, access: 'Allow' },
    'destination_address_prefix',
    '10.0.0.0/8',
    '10.0.0.0/7',
  ],
  ['azurerm_virtual_network_peering', PEERING, 'allow_forwarded_traffic', undefined, true],
  ['azurerm_virtual_network_peering', PEERING, 'allow_gateway_transit', false, true],
  ['azurerm_virtual_network_peering', PEERING, 'use_remote_gateways', false, true],
  ['azurerm_kubernetes_cluster', { name: 'a' }, 'network_profile', { outbound_type: 'userDefinedRouting' }, {}],
  [
    'azurerm_kubernetes_cluster',
    { name: 'a' },
    'network_profile',
    { outbound_type: 'none' },
    { outbound_type: 'loadBalancer' },
  ],
  ['azurerm_subnet', { name: 's' }, 'default_outbound_access_enabled', false, undefined],
  ['azurerm_storage_account_network_rules', RULES, 'default_action', 'Deny', 'Allow'],
  ['azurerm_storage_account_network_rules', RULES, 'virtual_network_subnet_ids', undefined, ['/subnet']],
  ['azurerm_storage_account', { network_rules: RULES }, 'network_rules.bypass', ['None'], ['AzureServices']],
  ['azurerm_key_vault', { network_acls: RULES }, 'network_acls.virtual_network_subnet_ids', [], ['/subnet']],
  [
    'azurerm_network_security_rule',
    { ...OUT, direction: 'Inbound', access: 'Allow' },
    'source_address_prefix',
    '10.0.0.0/8',
    '*',
  ],
])('%s %j is opened by %s', (type, given, path, closed, open) => {
  const [before, after] = [change(given, { [path]: closed }), change(given, { [path]: open })];
  expect(shifts(type, before, after)).toEqual(['widened']);
  expect(shifts(type, after, before)).toEqual(['narrowed']);
  expect(shifts(type, before, before)).toEqual([]);
});

/** Whole resources that open or close an entry point. */
test.each<[type: string, given: JsonObject, isNew: string, isGone: string]>([
  ['azurerm_network_security_rule', { ...OUT, access: 'Allow' }, 'added', 'removed'],
  ['azurerm_network_security_rule', { ...OUT, access: 'Deny' }, 'narrowed', 'widened'],
  ['azurerm_network_security_group', { security_rule: [{ ...OUT, access: 'Deny' }] }, 'narrowed', 'widened'],
  ['azurerm_route', { name: 'r', address_prefix: '0.0.0.0/0', next_hop_type: 'Internet' }, 'added', 'removed'],
  [
    'azurerm_route',
    { name: 'r', address_prefix: '0.0.0.0/0', next_hop_type: 'VirtualAppliance' },
    'narrowed',
    'widened',
  ],
  ['azurerm_route_table', { route: [{ name: 'r', next_hop_type: 'None' }] }, 'narrowed', 'widened'],
  ['azurerm_subnet_network_security_group_association', { subnet_id: 's' }, 'narrowed', 'widened'],
  ['azurerm_network_interface_security_group_association', { network_interface_id: 'n' }, 'narrowed', 'widened'],
  ['azurerm_subnet_route_table_association', { subnet_id: 's' }, 'narrowed', 'widened'],
  ['azurerm_subnet_nat_gateway_association', { subnet_id: 's' }, 'added', 'removed'],
  ['azurerm_virtual_network_peering', PEERING, 'added', 'removed'],
  ['azurerm_virtual_hub_connection', { virtual_hub_id: 'h', remote_virtual_network_id: '/b' }, 'added', 'removed'],
])('%s %j is a way of its own', (type, given, isNew, isGone) => {
  expect(shifts(type, undefined, given)).toEqual([isNew]);
  expect(shifts(type, given, undefined)).toEqual([isGone]);
});

test('rules of a group that the code no longer sets stay, and open nothing', () => {
  const rule = { ...OUT, direction: 'Inbound', access: 'Deny' };
  const group = 'azurerm_network_security_group';
  expect(shifts(group, { name: 'g', security_rule: [rule] }, { name: 'g' })).toEqual([]);
  expect(shifts(group, { name: 'g', security_rule: [rule] }, { name: 'g', security_rule: [] })).toEqual(['widened']);
});

const POLICY = { pod_selector: {}, policy_types: ['Ingress'] };
const ANY = { ...POLICY, ingress: [{}] };
const WEB = { ...POLICY, ingress: [{ from: [{ pod_selector: { match_labels: { app: 'web' } } }] }] };
const NEAR = { ...POLICY, ingress: [{ from: [{ ip_block: { cidr: '10.0.0.0/16' } }] }] };
const FAR = { ...POLICY, ingress: [{ from: [{ ip_block: { cidr: '10.0.0.0/8' } }] }] };
const PORTS = (...ports: number[]) => ({ ...POLICY, ingress: [{ ports: ports.map((port) => ({ port })) }] });
const ONE = { ...POLICY, pod_selector: { match_labels: { app: 'one' } } };

/** The shifts of network policies in one namespace, by their specifications. */
function policyShifts(before: Record<string, JsonObject>, after: Record<string, JsonObject>): string[] {
  const side = (specs: Record<string, JsonObject>) =>
    program({
      kubernetes_network_policy_v1: Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [name, { metadata: { name, namespace: 'shop' }, spec }]),
      ),
    });
  const { exposure } = review(side(before), side(after));
  expectWaysBack(exposure);
  return exposure.map(({ shift }) => shift);
}

test.each<[what: string, before: Record<string, JsonObject>, after: Record<string, JsonObject>, shifts: string[]]>([
  ['that is gone', { it: POLICY }, {}, ['widened']],
  ['that is new', {}, { it: WEB }, ['narrowed']],
  ['that is new and lets everyone in', {}, { it: ANY }, []],
  ['that lets everyone in', { it: POLICY }, { it: ANY }, ['widened']],
  ['that lets more pods in', { it: POLICY }, { it: WEB }, ['widened']],
  ['that lets more addresses in', { it: NEAR }, { it: FAR }, ['widened']],
  ['that lets fewer addresses in', { it: FAR }, { it: NEAR }, ['narrowed']],
  ['with another port', { it: PORTS(80) }, { it: PORTS(80, 443) }, ['widened']],
  ['with every port', { it: PORTS(80) }, { it: ANY }, ['widened']],
  [
    'that no longer limits what goes out',
    { it: { ...POLICY, policy_types: ['Ingress', 'Egress'] } },
    { it: POLICY },
    ['widened'],
  ],
  ['for other pods', { it: POLICY }, { it: ONE }, ['changed']],
  ['that is new beside one that closes', { all: POLICY }, { all: POLICY, it: WEB }, ['widened']],
  ['that is gone beside one that closes', { all: POLICY, it: WEB }, { all: POLICY }, ['narrowed']],
  [
    'that is new beside one for other pods',
    { it: ONE },
    { it: ONE, two: change(ONE, { 'pod_selector.match_labels.app': 'two' }) },
    ['narrowed'],
  ],
  ['that is new beside one for some of its pods', { it: ONE }, { it: ONE, all: WEB }, ['changed']],
  [
    'in another order',
    { it: { ...POLICY, ingress: [{ from: [{ pod_selector: {} }] }, ...NEAR.ingress] } },
    { it: { ...POLICY, ingress: [...NEAR.ingress, { from: [{ pod_selector: {} }] }] } },
    [],
  ],
])('a network policy %s', (_, before, after, expected) => {
  expect(policyShifts(before, after)).toEqual(expected);
});

/** A peer and its allowed ports. */
const FROM = (peer: JsonObject, ...ports: JsonObject[]) => ({ ...POLICY, ingress: [{ from: [peer], ports }] });
const LABELS = (labels: JsonObject): JsonObject => ({ match_labels: labels });
const EXPRESSIONS = (key: string): JsonObject => ({ match_expressions: [{ key, operator: 'Exists' }] });
const PODS = { pod_selector: {} };

test.each<[what: string, narrow: JsonObject, wide: JsonObject]>([
  ['some pods and all', FROM({ pod_selector: LABELS({ app: 'web' }) }), FROM(PODS)],
  [
    'pods with more labels and with fewer',
    FROM({ pod_selector: LABELS({ app: 'a', tier: 'b' }) }),
    FROM({ pod_selector: LABELS({ app: 'a' }) }),
  ],
  [
    'pods with and without conditions',
    FROM({ pod_selector: { ...LABELS({ app: 'a' }), ...EXPRESSIONS('x') } }),
    FROM({ pod_selector: LABELS({ app: 'a' }) }),
  ],
  ['pods of the namespace and of all', FROM(PODS), FROM({ namespace_selector: {} })],
  [
    'pods of some namespaces and of all',
    FROM({ namespace_selector: LABELS({ team: 'a' }) }),
    FROM({ ...PODS, namespace_selector: {} }),
  ],
  [
    'pods of namespaces with more labels',
    FROM({ namespace_selector: LABELS({ team: 'a', of: 'b' }) }),
    FROM({ namespace_selector: LABELS({ team: 'a' }) }),
  ],
  [
    'some pods of all namespaces, and all',
    FROM({ pod_selector: LABELS({ app: 'a' }), namespace_selector: {} }),
    FROM({ namespace_selector: {} }),
  ],
  ['a port and a range', FROM(PODS, { port: 80 }), FROM(PODS, { port: 80, end_port: 90 })],
  ['a range and a longer one', FROM(PODS, { port: 81, end_port: 89 }), FROM(PODS, { port: 80, end_port: 90 })],
  ['a port and every one of its protocol', FROM(PODS, { port: 80, protocol: 'UDP' }), FROM(PODS, { protocol: 'UDP' })],
  ['a port by its name and every one', FROM(PODS, { port: 'http' }), FROM(PODS)],
])('a network policy is narrower and wider with %s', (_, narrow, wide) => {
  expect(policyShifts({ it: narrow }, { it: wide })).toEqual(['widened']);
  expect(policyShifts({ it: wide }, { it: narrow })).toEqual(['narrowed']);
});

test.each<[what: string, one: JsonObject, other: JsonObject]>([
  ['other labels', FROM({ pod_selector: LABELS({ app: 'a' }) }), FROM({ pod_selector: LABELS({ app: 'b' }) })],
  ['other conditions', FROM({ pod_selector: EXPRESSIONS('x') }), FROM({ pod_selector: EXPRESSIONS('y') })],
  ['pods of other namespaces', FROM(PODS), FROM({ namespace_selector: LABELS({ team: 'a' }) })],
  ['addresses in place of pods', FROM(PODS), NEAR],
  ['ranges of ports that overlap', FROM(PODS, { port: 80, end_port: 90 }), FROM(PODS, { port: 85, end_port: 95 })],
  ['another protocol', FROM(PODS, { port: 80 }), FROM(PODS, { port: 80, protocol: 'UDP' })],
  ['a name and a number of a port', FROM(PODS, { port: 80 }), FROM(PODS, { port: 'http' })],
  [
    'some pods on more ports',
    FROM(PODS, { port: 80 }),
    FROM({ pod_selector: LABELS({ app: 'a' }) }, { port: 80, end_port: 90 }),
  ],
])('a network policy is neither with %s', (_, one, other) => {
  expect(policyShifts({ it: one }, { it: other })).toEqual(['changed']);
  expect(policyShifts({ it: other }, { it: one })).toEqual(['changed']);
});

test('what a network policy lets in and out is said', () => {
  const spec: JsonObject = {
    ...{ ...ONE, policy_types: ['Ingress', 'Egress'] },
    ingress: [
      { from: [{ ...PODS, namespace_selector: {} }], ports: [{ port: 80, end_port: 90 }, { protocol: 'UDP' }] },
      {
        from: [
          { pod_selector: { ...LABELS({ a: 'b' }), ...EXPRESSIONS('x') }, namespace_selector: LABELS({ c: 'd' }) },
        ],
      },
    ],
    egress: [
      { to: [{ ip_block: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { ip_block: { cidr: '0.0.0.0/0' } }] },
    ],
  };
  const metadata = { name: 'it', namespace: 'shop' };
  const typed = { kubernetes_network_policy_v1: { it: { metadata, spec } } };
  const { exposure } = review(program({}), program(typed));
  expect(exposure.map(({ what, before, after, shift }) => [what, before, after, shift])).toEqual([
    [
      'pods app=one of namespace shop, incoming',
      'everyone, since no policy limits them',
      'all pods of all namespaces, port 80-90/TCP, any/UDP; pods a=b, [{"key":"x","operator":"Exists"}] of c=d namespaces',
      'narrowed',
    ],
  ]);
});

test('a network policy in a manifest is one, and other objects are none', () => {
  const manifest = (kind: string) =>
    program({
      kubernetes_manifest: {
        it: {
          manifest: {
            ...{ apiVersion: 'networking.k8s.io/v1', kind, metadata: { name: 'it', namespace: 'shop' } },
            spec: { podSelector: {}, policyTypes: ['Ingress'] },
          },
        },
      },
    });
  expect(review(manifest('NetworkPolicy'), program({})).exposure).toMatchObject([
    { what: 'all pods of namespace shop, incoming', before: 'nobody', shift: 'widened' },
  ]);
  expect(review(manifest('Role'), program({})).exposure).toEqual([]);
});

describe('a name', () => {
  const rowsOf = (type: string, before: JsonObject | undefined, after: JsonObject) =>
    review(
      program(before === undefined ? {} : { [type]: { r: { name: 'www', zone_name: 'a.b', ...before } } }),
      program({ [type]: { r: { name: 'www', zone_name: 'a.b', ...after } } }),
    ).exposure;

  test.each<[string, JsonObject, JsonObject, string]>([
    ['azurerm_dns_a_record', { records: ['1.2.3.4'] }, { records: ['6.6.6.6'] }, 'leads to 6.6.6.6'],
    ['azurerm_dns_cname_record', { record: 'a.c' }, { record: 'b.c' }, 'leads to b.c'],
    ['azurerm_private_dns_a_record', { records: ['10.0.0.4'] }, { records: ['10.0.0.5'] }, 'leads to 10.0.0.5'],
    [
      'azurerm_dns_txt_record',
      { record: [{ value: 'v=spf1 -all' }] },
      { record: [{ value: 'v=spf1 +all' }] },
      'leads to v=spf1 +all',
    ],
  ])('of %s that leads elsewhere is told', (type, before, after, text) => {
    expect(rowsOf(type, before, after)).toMatchObject([{ what: 'name www.a.b', shift: 'changed', after: text }]);
    expect(rowsOf(type, undefined, after)).toEqual([]);
  });

  test('that others answer for is told when it is new', () => {
    expect(rowsOf('azurerm_dns_ns_record', undefined, { records: ['ns.c'] })).toMatchObject([{ shift: 'added' }]);
  });
});

test.each<[what: string, others: Record<string, JsonObject>, text: string]>([
  ['no other', {}, 'everyone, since no policy limits them'],
  ['one for all pods', { all: POLICY }, 'what other policies allow'],
  ['one for some of its pods', { some: ONE }, 'what other policies allow, or everyone'],
])('who reaches pods without their policy is said where there is %s', (_, others, text) => {
  const side = (specs: Record<string, JsonObject>) =>
    program({
      kubernetes_network_policy_v1: Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [name, { metadata: { name, namespace: 'shop' }, spec }]),
      ),
    });
  const [without, withIt] = [side(others), side({ ...others, it: WEB })];
  expect(review(withIt, without).exposure).toMatchObject([{ before: 'pods app=web', after: text }]);
  expect(review(without, withIt).exposure).toMatchObject([{ before: text, after: 'pods app=web' }]);
});
