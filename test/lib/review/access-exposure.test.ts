import { review } from '../../../lib/review';
import type { Json, JsonObject } from '../../../lib/terraform-json/json';
import { change, program, type Resources } from './fixtures';

const PLACES: Resources = {
  azurerm_resource_group: { group: { name: 'rg', location: 'x' } },
  azurerm_container_registry: { acr: { name: 'acr', resource_group_name: '${azurerm_resource_group.group.name}' } },
};
const REGISTRY = '${azurerm_container_registry.acr.id}';
const GROUP = '${azurerm_resource_group.group.id}';

function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const side = (value: JsonObject | undefined) => program({ ...PLACES, ...(value ? { [type]: { it: value } } : {}) });
  const { access, exposure } = review(side(before), side(after));
  return { access: access.map(show), exposure: exposure.map(show) };
}
const show = (row: { shift: string; before?: string; after?: string }) => [row.shift, row.before, row.after];

const assignment = (role: string, scope: string, principal = 'p'): JsonObject => ({
  principal_id: principal,
  role_definition_name: role,
  scope,
});

describe('who gets access', () => {
  test.each([
    ['a wider role', assignment('AcrPull', REGISTRY), assignment('Contributor', REGISTRY), 'widened'],
    ['a narrower role', assignment('Owner', REGISTRY), assignment('Reader', REGISTRY), 'narrowed'],
    [
      'a role that the table cannot compare',
      assignment('AcrPull', REGISTRY),
      assignment('Monitoring Reader', REGISTRY),
      'changed',
    ],
    ['a wider scope', assignment('AcrPull', REGISTRY), assignment('AcrPull', GROUP), 'widened'],
    [
      'a wider scope by id',
      assignment('AcrPull', '/subscriptions/a/resourceGroups/b'),
      assignment('AcrPull', '/subscriptions/a'),
      'widened',
    ],
    [
      'a namespace instead of all',
      assignment('x', GROUP),
      assignment('x', '${azurerm_kubernetes_cluster.aks.id}/namespaces/a'),
      'changed',
    ],
    [
      'another scope',
      assignment('AcrPull', REGISTRY),
      assignment('AcrPull', '${azurerm_container_registry.other.id}'),
      'changed',
    ],
    ['another principal', assignment('AcrPull', REGISTRY), assignment('AcrPull', REGISTRY, 'q'), 'changed'],
  ])('is told for %s', (_, before, after, shift) => {
    expect(rows('azurerm_role_assignment', before, after).access.map(([found]) => found)).toEqual([shift]);
  });

  test('knows roles by their ids, and what Owner means', () => {
    const after = { principal_id: 'p', scope: GROUP, role_definition_id: '/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635' };
    const { access } = review(program(PLACES), program({ ...PLACES, azurerm_role_assignment: { it: after } }));
    expect(access).toMatchObject([
      {
        shift: 'added',
        after: 'Owner on azurerm_resource_group.group (rg)',
        note: 'Owner can grant any permission there, also to itself',
      },
    ]);
  });

  test.each([
    ['azurerm_federated_identity_credential', { issuer: 'i', subject: 's', parent_id: 'p' }, 'sign in as on p'],
    ['azurerm_container_registry', { admin_enabled: true }, 'push and pull on azurerm_container_registry.it'],
    ['azurerm_container_registry', { anonymous_pull_enabled: true }, 'pull on azurerm_container_registry.it'],
    ['azurerm_kubernetes_cluster', {}, 'cluster admin on azurerm_kubernetes_cluster.it'],
    [
      'kubernetes_cluster_role_binding_v1',
      { role_ref: { kind: 'ClusterRole', name: 'cluster-admin' }, subject: [{ kind: 'Group', name: 'dev' }] },
      'ClusterRole cluster-admin on the whole cluster',
    ],
  ])('is told for a new %s', (type, given, after) => {
    expect(rows(type, undefined, given as JsonObject).access).toEqual([['added', undefined, after]]);
    expect(rows(type, given as JsonObject, undefined).access).toEqual([['removed', after, undefined]]);
  });

  test('is told when local accounts come back', () => {
    const cluster = { name: 'aks', local_account_disabled: true };
    expect(rows('azurerm_kubernetes_cluster', cluster, { name: 'aks' }).access.map(([shift]) => shift)).toEqual([
      'added',
    ]);
  });

  test('is not analyzed for other providers, and the review says so', () => {
    const policy = (action: string): Resources => ({
      aws_iam_role_policy: { it: { policy: `{"Action":"${action}"}` } },
    });
    const found = review(program(policy('s3:Get')), program(policy('*')));
    expect(found.access).toEqual([]);
    expect(found.unknown.join()).toContain(
      'look related to access, which is not analyzed for their types: aws_iam_role_policy',
    );
  });
});

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
    expect(rows('kubernetes_service', before, after).exposure).toEqual([[shift, from, to]]);
  });

  test('is told for a node port', () => {
    const after = service({ type: 'NodePort', port: [{ port: 80, node_port: 30080 }] });
    expect(rows('kubernetes_service', service({}), after).exposure).toEqual([
      ['added', undefined, 'every node, port 30080'],
    ]);
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
    expect(found.exposure.map(([way]) => way)).toEqual([shift]);
  });

  test('is told for a registry and a public address', () => {
    const registry = { name: 'r', public_network_access_enabled: false };
    expect(
      rows(
        'azurerm_container_registry',
        registry,
        change(registry as JsonObject, { public_network_access_enabled: true }),
      ).exposure,
    ).toEqual([['widened', 'private endpoints', 'the internet, with credentials']]);
    expect(rows('azurerm_public_ip', undefined, { name: 'ip' }).exposure).toEqual([
      ['added', undefined, 'a public address'],
    ]);
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
    expect(
      rows('azurerm_network_security_group', { name: 'n' }, { name: 'n', security_rule: [rule] as Json }).exposure,
    ).toEqual([['added', undefined, text]]);
  });
});
