import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, expectWaysBack, program } from '../fixtures';

function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const side = (value: JsonObject | undefined) => program(value ? { [type]: { it: value } } : {});
  const { exposure } = review(side(before), side(after));
  expectWaysBack(exposure);
  return exposure.map(show);
}
const show = (row: { shift: string; before?: string; after?: string }) => [row.shift, row.before, row.after];

const service = (spec: JsonObject, annotations: JsonObject = {}): JsonObject => ({
  metadata: { name: 'web', annotations },
  spec: { port: [{ port: 80 }], ...spec },
});
const INTERNAL = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };
const balancer = (...ranges: string[]) => service({ type: 'LoadBalancer', load_balancer_source_ranges: ranges });

describe('what becomes reachable', () => {
  test.each([
    ['a service made public', service({}), balancer(), 'widened', 'inside the cluster', 'the internet, port 80'],
    [
      'a public service made internal',
      balancer(),
      service({ type: 'LoadBalancer' }, INTERNAL),
      'narrowed',
      'the internet, port 80',
      'the virtual network, port 80',
    ],
    [
      'a range added',
      balancer('10.0.0.0/24'),
      balancer('10.0.0.0/24', '9.9.9.9/32'),
      'widened',
      'only 10.0.0.0/24, port 80',
      'only 10.0.0.0/24, 9.9.9.9/32, port 80',
    ],
    [
      'a range widened',
      balancer('10.0.0.0/24'),
      balancer('10.0.0.0/16'),
      'widened',
      'only 10.0.0.0/24, port 80',
      'only 10.0.0.0/16, port 80',
    ],
    [
      'a range narrowed',
      balancer('10.0.0.0/16'),
      balancer('10.0.5.0/24'),
      'narrowed',
      'only 10.0.0.0/16, port 80',
      'only 10.0.5.0/24, port 80',
    ],
    [
      'a range lifted',
      balancer('10.0.0.0/24'),
      balancer(),
      'widened',
      'only 10.0.0.0/24, port 80',
      'the internet, port 80',
    ],
    [
      'a type that a variable decides',
      service({}),
      service({ type: '${var.type}' }),
      'changed',
      'inside the cluster',
      'depends on ${var.type}, port 80',
    ],
  ])('is told for %s', (_, before, after, shift, from, to) => {
    expect(rows('kubernetes_service', before, after)).toEqual([[shift, from, to]]);
  });

  test('is told for a node port', () => {
    const after = service({ type: 'NodePort', port: [{ port: 80, node_port: 30080 }] });
    expect(rows('kubernetes_service', service({}), after)).toEqual([['added', undefined, 'every node, port 30080']]);
  });

  test.each([
    ['the API server opened', { private_cluster_enabled: true }, {}, 'widened'],
    ['the API server limited', {}, { api_server_access_profile: { authorized_ip_ranges: ['1.2.3.4/32'] } }, 'narrowed'],
    ['nodes with public addresses', {}, { default_node_pool: { node_public_ip_enabled: true } }, 'added'],
  ])('is told for %s', (_, before, after, shift) => {
    const found = rows(
      'azurerm_kubernetes_cluster',
      { name: 'a', ...before } as JsonObject,
      { name: 'a', ...after } as JsonObject,
    );
    expect(found.map(([way]) => way)).toEqual([shift]);
  });

  test('is told for a registry and a public address', () => {
    const registry = { name: 'r', public_network_access_enabled: false };
    expect(
      rows(
        'azurerm_container_registry',
        registry,
        change(registry as JsonObject, { public_network_access_enabled: true }),
      ),
    ).toEqual([['widened', 'private endpoints', 'the internet, with credentials']]);
    expect(rows('azurerm_public_ip', undefined, { name: 'ip' })).toEqual([['added', undefined, 'the internet']]);
  });

  test.each([
    ['*', 'the internet, port 22'],
    ['10.0.0.0/8', 'only 10.0.0.0/8, port 22'],
  ])('is told for a security rule from %s', (source, text) => {
    const rule = {
      name: 'ssh',
      direction: 'Inbound',
      access: 'Allow',
      source_address_prefix: source,
      destination_port_range: '22',
    };
    expect(rows('azurerm_network_security_group', { name: 'n' }, { name: 'n', security_rule: [rule] as Json })).toEqual(
      [['added', undefined, text]],
    );
  });
});
