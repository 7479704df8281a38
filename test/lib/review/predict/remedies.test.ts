import { review, type Change } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const PATH = { '//': { metadata: { path: 'app/it/Resource' } } };
const POD = { template: { spec: { container: { name: 'web', image: 'nginx' } } } };

function lossOf(type: string, before: JsonObject, after: JsonObject | undefined, others: Resources = {}): Change {
  const side = (given: JsonObject | undefined) => program({ ...others, ...(given && { [type]: { it: given } }) });
  const found = review(side(before), side(after)).changes.find((change) => change.type === type);
  if (found === undefined) {
    throw new Error('nothing changes');
  }
  return found;
}

const lines = ({ remedies }: Change) =>
  remedies.map(({ text, code }) => (code === undefined ? text : `${text}: ${code}`));

describe('what is lost is said by its consequences', () => {
  test.each<[string, string, JsonObject, string[], string[]]>([
    [
      'a cluster',
      'azurerm_kubernetes_cluster',
      { name: 'a' },
      ['data', 'outage', 'address'],
      ['data', 'outage', 'address'],
    ],
    ['a registry', 'azurerm_container_registry', { name: 'a' }, ['data', 'outage'], ['data', 'outage']],
    ['a storage account', 'azurerm_storage_account', { name: 'a' }, ['data'], ['data']],
    ['a database', 'azurerm_postgresql_flexible_server', { name: 'a' }, ['data', 'outage'], ['data', 'outage']],
    ['an address', 'azurerm_public_ip', { name: 'a' }, ['address'], ['address']],
    ['an identity', 'azurerm_user_assigned_identity', { name: 'a' }, ['access'], ['access']],
    ['a role', 'azurerm_role_assignment', { scope: 'a' }, ['minute'], ['access']],
    ['a Deployment', 'kubernetes_deployment_v1', { metadata: { name: 'a' }, spec: POD }, ['minute'], ['outage']],
    [
      'a public Service',
      'kubernetes_service_v1',
      { metadata: { name: 'a' }, spec: { type: 'LoadBalancer' } },
      ['address'],
      ['address'],
    ],
    ['a Service inside', 'kubernetes_service', { metadata: { name: 'a' }, spec: {} }, ['minute'], ['outage']],
    ['a network policy', 'kubernetes_network_policy_v1', { metadata: { name: 'a' } }, ['minute'], []],
    ['a scaler', 'kubernetes_horizontal_pod_autoscaler_v2', { metadata: { name: 'a' } }, [], []],
    ['a claim', 'kubernetes_persistent_volume_claim_v1', { metadata: { name: 'a' } }, ['data'], ['data']],
    ['a namespace', 'kubernetes_namespace_v1', { metadata: { name: 'a' } }, ['data', 'outage'], ['data', 'outage']],
    ['an event', 'azurerm_container_registry_task_schedule_run_now', { container_registry_task_id: 'a' }, [], []],
  ])('%s, recreated and gone for good', (_, type, given, recreated, gone) => {
    const other = JSON.parse(JSON.stringify(given).replace('"a"', '"b"')) as JsonObject;
    expect(lossOf(type, given, other).consequences).toEqual(recreated);
    expect(lossOf(type, given, undefined).consequences).toEqual(gone);
  });

  test('the worst comes first, whatever is changed', () => {
    const side = (name: string): Resources => ({
      azurerm_kubernetes_cluster: { c: { name } },
      azurerm_public_ip: { a: { name } },
      azurerm_user_assigned_identity: { i: { name } },
      azurerm_resource_group: { g: { name, location: 'x' } },
      kubernetes_deployment_v1: { a: { metadata: { name }, spec: POD } },
    });
    const { changes } = review(program(side('a')), program(side('b')));
    expect(changes.map(({ type }) => type)).toEqual([
      'azurerm_resource_group',
      'azurerm_kubernetes_cluster',
      'azurerm_public_ip',
      'azurerm_user_assigned_identity',
      'kubernetes_deployment_v1',
    ]);
  });
});

describe('what to do ends each danger', () => {
  test('the property to set back, or to leave out, in the words of the program', () => {
    const cluster = (given: JsonObject) => ({ name: 'c', ...given });
    const type = 'azurerm_kubernetes_cluster';
    expect(lines(lossOf(type, cluster({ dns_prefix: 'a', ...PATH }), cluster({ dns_prefix: 'b', ...PATH })))).toEqual([
      'to keep it, set dnsPrefix back to: a',
      'or in two steps: deploy the new Kubernetes cluster alongside this one, under another construct id and name, and move the workloads, and the data of their volumes; then remove this one',
    ]);
    expect(lines(lossOf(type, cluster({ dns_prefix: 'a' }), cluster({ dns_prefix: 'b' })))[0]).toBe(
      'to keep it, set dns_prefix back to: a',
    );
    expect(lines(lossOf(type, cluster(PATH), cluster({ private_cluster_enabled: true, ...PATH })))[0]).toBe(
      'to keep it, leave out: apiServerAccess',
    );
  });

  test('everything that forces the replacement, since less keeps nothing', () => {
    const group = '${azurerm_resource_group.g.name}';
    const side = (name: string, prefix: string, dns: string): Resources => ({
      azurerm_resource_group: { g: { name, location: 'x' } },
      azurerm_kubernetes_cluster: { c: { name: prefix, dns_prefix: dns, resource_group_name: group } },
    });
    const of = (...after: [string, string, string]) =>
      review(program(side('g', 'a', 'a')), program(side(...after)))
        .changes.filter(({ type }) => type === 'azurerm_kubernetes_cluster')
        .map((found) => lines(found).slice(0, -1));
    expect(of('g', 'b', 'b')).toEqual([['to keep it, restore the values of: dns_prefix, name']]);
    expect(of('h', 'b', 'b')).toEqual([['to keep it, restore the values of: dns_prefix, name, resource_group_name']]);
  });

  test('the resource to keep, whose loss causes this one', () => {
    const pool = { kubernetes_cluster_id: '${azurerm_kubernetes_cluster.c.id}', name: 'p' };
    const side = (name: string): Resources => ({
      azurerm_kubernetes_cluster: { c: { name } },
      azurerm_kubernetes_cluster_node_pool: { p: pool },
    });
    const [, found] = review(program(side('a')), program(side('b'))).changes;
    expect(found && lines(found)[0]).toBe('to keep it, keep Kubernetes cluster a');
  });

  test('the move to declare', () => {
    const registry = { name: 'acr', location: 'x', resource_group_name: 'g' };
    const side = (id: string, more: JsonObject) =>
      program({ azurerm_container_registry: { [id]: { ...registry, ...more } } });
    const moved = (more: JsonObject) => review(side('a', more), side('b', more)).changes.flatMap(lines);
    expect(moved(PATH)).toEqual([
      "to keep it, call this on the construct app/it/Resource: moveFromId('azurerm_container_registry.a')",
    ]);
    expect(moved({})).toEqual([
      'to keep it, add: "moved": [{ "from": "azurerm_container_registry.a", "to": "azurerm_container_registry.b" }]',
    ]);
  });

  test('what to save, and how to leave it deployed', () => {
    expect(lines(lossOf('azurerm_container_registry', { name: 'acr' }, undefined))).toEqual([
      'to keep it, restore it: azurerm_container_registry.it',
      'or save its contents first: copy the images (az acr import)',
      'or leave it deployed, without Terraform, by adding: "removed": [{ "from": "azurerm_container_registry.it", "lifecycle": { "destroy": false } }]',
    ]);
  });

  test('code that Terraform accepts for a single instance', () => {
    const each = { name: '${each.key}', location: '${each.key}' };
    const base = program({ azurerm_resource_group: { all: { ...each, for_each: { x: 'x', y: 'y', z: 'z' } } } });
    const head = program(
      {
        azurerm_resource_group: { all: { ...each, for_each: { x1: 'x' } }, it: { ...PATH, name: 'z', location: 'z' } },
      },
      { moved: [{ from: 'azurerm_resource_group.all["x"]', to: 'azurerm_resource_group.all["x1"]' }] },
    );
    const { changes } = review(base, head);

    const destroyed = changes.find(({ action }) => action === 'destroy');
    expect(destroyed && lines(destroyed).at(-1)).toBe(
      'or leave it deployed, without Terraform, by running first: terraform state rm \'azurerm_resource_group.all["y"]\'',
    );
    const renamed = changes.find(({ action }) => action === 'rename');
    expect(renamed?.cure).toBe('moveFromId(\'azurerm_resource_group.all["z"]\')');
  });

  test('code that is JSON, also where an address has quotation marks', () => {
    const all = (...keys: string[]) => ({
      for_each: Object.fromEntries(keys.map((key) => [key, key])),
      name: '${each.key}',
    });
    const moved = [{ from: 'azurerm_public_ip.all["a"]', to: 'azurerm_public_ip.all["b"]' }];
    const base = program({ azurerm_public_ip: { all: all('a', 'c') } });
    const head = program({ azurerm_public_ip: { all: all('b'), one: { name: 'c' } } }, { moved });

    const renamed = review(base, head).changes.find(({ action }) => action === 'rename');
    expect(JSON.parse(`{${renamed?.cure ?? ''}}`)).toEqual({
      moved: [{ from: 'azurerm_public_ip.all["c"]', to: 'azurerm_public_ip.one' }],
    });
  });

  test('and never a secret', () => {
    const given = (password: string) => ({
      name: 'sql',
      administrator_login: password,
      administrator_password: password,
    });
    const found = lossOf('azurerm_postgresql_flexible_server', given('hunter2-a'), given('hunter2-b'));
    expect(found.remedies.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('each danger of every kind has a remedy', () => {
    const types = [
      'azurerm_public_ip',
      'azurerm_subnet',
      'kubernetes_deployment_v1',
      'azurerm_key_vault',
      'azurerm_linux_virtual_machine',
    ];
    const side = (name: string) =>
      program(
        Object.fromEntries(types.map((type) => [type, { it: { name, display_name: name, metadata: { name } } }])),
      );
    for (const found of [review(side('a'), side('b')), review(side('a'), program({}))]) {
      const lost = found.changes.filter(({ action, mayReplace }) => action !== 'update' || mayReplace);
      expect(lost).toHaveLength(types.length);
      expect(lost.filter(({ remedies }) => remedies.length === 0)).toEqual([]);
    }
  });
});

test('how sure a review is has three grades', () => {
  const graded = (type: string, before: JsonObject, after: JsonObject | undefined) =>
    lossOf(type, before, after).certainty;
  expect(graded('azurerm_public_ip', { name: 'a' }, undefined)).toBe('certain');
  expect(graded('azurerm_public_ip', { name: 'a' }, { name: 'b' })).toBe('likely');
  expect(graded('azurerm_public_ip', { name: 'a' }, { name: '${var.x}' })).toBe('possible');
});
