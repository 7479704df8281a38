import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { expectWaysBack, program } from '../fixtures';

/** The shifts of a change of one resource; undefined stands for a missing resource. */
function shifts(type: string, before: JsonObject | undefined, after: JsonObject | undefined): string[] {
  const [base, head] = [before, after].map((it) => program({ [type]: { ...(it ? { it } : {}) } } as never));
  const { exposure } = review(base, head!);
  expectWaysBack(exposure);
  return exposure.map(({ shift }) => shift);
}

const AZURE = 'service.beta.kubernetes.io/azure';

/** A service with a load balancer, with annotations by the suffixes of their names. */
function balancer(notes: Record<string, string>, spec: JsonObject = {}): JsonObject {
  const annotations = Object.fromEntries(Object.entries(notes).map(([name, value]) => [`${AZURE}-${name}`, value]));
  return { metadata: { name: 's', annotations }, spec: { type: 'LoadBalancer', port: [{ port: 80 }], ...spec } };
}

test.each([
  ['is no longer limited by an annotation', balancer({ 'allowed-ip-ranges': '10.0.0.0/8' }), balancer({}), ['widened']],
  [
    'lets in a service tag',
    balancer({ 'allowed-ip-ranges': '10.0.0.0/8' }),
    balancer({ 'allowed-ip-ranges': '10.0.0.0/8', 'allowed-service-tags': 'AzureCloud' }),
    ['widened'],
  ],
  [
    'may be internal',
    balancer({ 'load-balancer-internal': 'true' }),
    balancer({ 'load-balancer-internal': '${var.a}' }),
    ['changed'],
  ],
  ['is limited to everything', balancer({}), balancer({}, { load_balancer_source_ranges: ['1.2.3.4/0'] }), []],
  [
    'is limited, on more ports',
    balancer({}),
    balancer({}, { load_balancer_source_ranges: ['10.0.0.0/8'], port: [{ port: 80 }, { port: 22 }] }),
    ['changed'],
  ],
  ['is internal, on the same port', balancer({}), balancer({ 'load-balancer-internal': 'true' }), ['narrowed']],
])('a service that %s', (_, before, after, expected) => {
  expect(shifts('kubernetes_service', before, after)).toEqual(expected);
});

const RULE = {
  name: 'r',
  ...{ direction: 'Inbound', access: 'Allow', priority: 200, protocol: 'Tcp' },
  ...{ source_address_prefix: '10.0.0.0/8', destination_address_prefix: '10.1.0.0/16', destination_port_range: '443' },
};
const DENIED = { ...RULE, access: 'Deny' };

test.each([
  ['is gone and kept others out', DENIED, undefined, ['widened']],
  ['is new and keeps others out', undefined, DENIED, ['narrowed']],
  ['keeps others out of less', DENIED, { ...DENIED, destination_port_range: '80' }, ['changed']],
  ['lets in instead', DENIED, RULE, ['widened', 'added']],
  ['depends on a variable', DENIED, { ...RULE, access: '${var.access}' }, ['widened', 'added']],
  ['comes first', RULE, { ...RULE, priority: 100 }, ['changed']],
  ['is for every protocol', RULE, { ...RULE, protocol: '*' }, ['widened']],
  ['is for every address', RULE, { ...RULE, destination_address_prefix: '*' }, ['widened']],
  ['goes out', { ...RULE, direction: 'Outbound' }, { ...RULE, direction: 'Outbound', protocol: '*' }, ['widened']],
  [
    'is for fewer sources, and fewer ports of a range',
    { ...RULE, source_address_prefix: '*', destination_port_range: '80-443' },
    { ...RULE, destination_port_range: '443' },
    ['narrowed'],
  ],
  [
    'is for fewer sources, and for one port in place of every one',
    { ...RULE, source_address_prefix: '*', destination_port_range: '*' },
    RULE,
    ['narrowed'],
  ],
  [
    'is for fewer sources, and other ports of a range',
    { ...RULE, source_address_prefix: '*', destination_port_range: '80-90' },
    { ...RULE, destination_port_range: '85-95' },
    ['changed'],
  ],
])('a security rule that %s', (_, before, after, expected) => {
  expect(shifts('azurerm_network_security_rule', before, after)).toEqual(expected);
});

test.each([
  ['azurerm_public_ip', { name: 'a', count: 1 }, { name: 'a', count: 3 }, ['widened']],
  [
    'azurerm_container_registry',
    { network_rule_set: [{ default_action: 'Deny' }] },
    { network_rule_set: [{ default_action: '${var.a}' }] },
    ['changed'],
  ],
  ['azurerm_kubernetes_cluster', { api_server_authorized_ip_ranges: ['10.0.0.0/8'] }, {}, ['widened']],
])('a way in of %s', (type, before, after, expected) => {
  expect(shifts(type, before as JsonObject, after as JsonObject)).toEqual(expected);
});

test('what cannot be analyzed is named', () => {
  const rule = (source: string) => ({
    dynamic: { security_rule: { for_each: '${var.rules}', content: { ...RULE, source_address_prefix: source } } },
  });
  const chart = (type: string) => ({ values: [`service: { type: ${type} }`] });
  const [base, head] = [
    ['10.0.0.0/8', 'ClusterIP'],
    ['*', 'LoadBalancer'],
  ].map(([source, type]) =>
    program({
      azurerm_network_security_group: { group: rule(source ?? '') },
      helm_release: { it: chart(type ?? '') },
    }),
  );
  const { unknown } = review(base, head!);
  expect(unknown).toContainEqual(expect.stringMatching(/not analyzed: azurerm_network_security_group\.group\.$/));
  expect(unknown).toContainEqual(expect.stringMatching(/The content of these is not analyzed.*helm_release/));
});
