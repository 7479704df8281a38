import { review, tripped } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { change, program, stack, VERSIONS, type Resources } from '../fixtures';

const CLUSTER = {
  name: 'aks',
  location: 'westeurope',
  resource_group_name: 'rg',
  dns_prefix: 'aks',
  default_node_pool: { name: 'system', vm_size: 'Standard_B2s', node_count: 2 },
  network_profile: { network_plugin: 'kubenet', load_balancer_sku: 'standard' },
};

function one(type: string, before: JsonObject, changes: Parameters<typeof change>[1], rest: JsonObject = {}) {
  const after = change(before, changes);
  return review(program({ [type]: { it: before } }, rest), program({ [type]: { it: after } }, rest));
}

const cluster = (changes: Parameters<typeof change>[1]) => one('azurerm_kubernetes_cluster', CLUSTER, changes);

describe('a replacement', () => {
  test.each([
    ['dns_prefix', 'other'],
    ['location', 'northeurope'],
    ['network_profile.network_plugin', 'azure'],
    ['private_cluster_enabled', true],
    ['default_node_pool.type', 'AvailabilitySet'],
    ['linux_profile', { admin_username: 'me', ssh_key: { key_data: 'k' } }],
  ])('is predicted from %s, with the attribute, the knowledge and its source', (path, value) => {
    const [found] = cluster({ [path]: value }).changes;
    expect(found).toMatchObject({
      action: 'replace',
      provenance: { kind: 'predicted', basis: 'azurerm 4.55.0' },
      causes: [{ attribute: path, source: expect.stringContaining('kubernetes_cluster_resource.go') }],
    });
  });

  test('is not predicted from a default that is written out', () => {
    const changes = { private_cluster_enabled: false, role_based_access_control_enabled: true };
    expect(cluster(changes).counts).toMatchObject({ replace: 0, mayReplace: 0, update: 0, unchanged: 1 });
  });

  test('is not predicted when a value that Azure chose is no longer given', () => {
    const before = change(CLUSTER, { 'network_profile.pod_cidr': '10.244.0.0/16' });
    const found = one('azurerm_kubernetes_cluster', before, { 'network_profile.pod_cidr': undefined });
    expect(found.counts).toMatchObject({ replace: 0, mayReplace: 0 });
  });

  test.each([
    [
      'a value that Azure may have chosen already',
      'network_profile.pod_cidr',
      '10.244.0.0/16',
      'unless it is the value that was chosen',
    ],
    [
      'an expression that may have the same value',
      'dns_prefix',
      '${var.prefix}',
      'unless both expressions give the same value',
    ],
    [
      'a rotation that may have been interrupted',
      'default_node_pool.name',
      'pool2',
      'unless it returns from the temporary name',
    ],
  ])('says its condition for %s', (_, path, value, condition) => {
    const { counts, changes } = cluster({ [path]: value });
    expect(counts).toMatchObject({ replace: 0, mayReplace: 1 });
    expect(changes[0]?.causes[0]?.text).toContain(condition);
  });

  test.each([
    ['calico', 'azure', 1],
    [undefined, 'calico', 0],
  ])('follows the condition where the code decides it: network policy %s to %s', (old, now, replaced) => {
    const before = change(CLUSTER, { 'network_profile.network_policy': old });
    const found = one('azurerm_kubernetes_cluster', before, { 'network_profile.network_policy': now });
    expect(found.counts.replace).toBe(replaced);
  });

  test.each([
    ['8Gi', 'replace'],
    ['9000Mi', 'replace'],
    ['20Gi', 'update'],
  ])('of a claim depends on whether it shrinks: 10Gi to %s', (size, action) => {
    const claim = { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '10Gi' } } } };
    const { changes } = one('kubernetes_persistent_volume_claim', claim, { 'spec.resources.requests.storage': size });
    expect(changes[0]?.action).toBe(action);
  });

  test('is not predicted for what Terraform is told to ignore', () => {
    const before = { ...CLUSTER, lifecycle: { ignore_changes: ['dns_prefix', 'default_node_pool[0].node_count'] } };
    const found = one('azurerm_kubernetes_cluster', before, { dns_prefix: 'x', 'default_node_pool.node_count': 5 });
    expect(found.changes).toEqual([]);
  });

  test('propagates through names and through ids that are known only later', () => {
    const resources = (location: string): Resources => ({
      azurerm_resource_group: { group: { name: 'rg', location } },
      azurerm_kubernetes_cluster: { aks: { ...CLUSTER, location: '${azurerm_resource_group.group.location}' } },
      azurerm_kubernetes_cluster_node_pool: {
        pool: { name: 'user', vm_size: 'x', kubernetes_cluster_id: '${azurerm_kubernetes_cluster.aks.id}' },
      },
      azurerm_federated_identity_credential: {
        pod: {
          name: 'pod',
          parent_id: '${azurerm_user_assigned_identity.other.id}',
          issuer: '${azurerm_kubernetes_cluster.aks.oidc_issuer_url}',
        },
      },
    });
    const found = review(program(resources('westeurope')), program(resources('northeurope')));
    expect(found.changes.filter(({ action }) => action === 'replace').map(({ address }) => address)).toEqual([
      'azurerm_resource_group.group',
      'azurerm_kubernetes_cluster.aks',
      'azurerm_kubernetes_cluster_node_pool.pool',
    ]);
    expect(found.changes[2]?.causes[0]?.text).toBe('depends on Kubernetes cluster aks, which is recreated');
  });

  test('is predicted from replace_triggered_by', () => {
    const resources = (step: string): Resources => ({
      azurerm_container_registry_task: {
        build: { name: 'build', container_registry_id: 'x', encoded_step: { task_content: step } },
      },
      azurerm_container_registry_task_schedule_run_now: {
        run: {
          container_registry_task_id: 'y',
          lifecycle: { replace_triggered_by: ['azurerm_container_registry_task.build'] },
        },
      },
    });
    const found = review(program(resources('a')), program(resources('b')));
    expect(found.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
      'replace azurerm_container_registry_task_schedule_run_now.run',
      'update azurerm_container_registry_task.build',
    ]);
  });

  test.each([
    ['encoded_step', { encoded_step: { task_content: 'b' } }, { replace: 1, mayReplace: 0 }],
    ['encoded_step', { enabled: false }, { replace: 0, mayReplace: 0 }],
    ['encoded_step', { encoded_step: { task_content: '${var.step}' } }, { replace: 0, mayReplace: 1 }],
    ['id', { enabled: false }, { replace: 0, mayReplace: 0 }],
    ['id', { name: 'other' }, { replace: 2, mayReplace: 0 }],
  ])('from a trigger on %s is predicted when that changes: %j', (attribute, changes, counts) => {
    const side = (more: JsonObject): Resources => ({
      azurerm_container_registry_task: { build: { name: 'build', encoded_step: { task_content: 'a' }, ...more } },
      azurerm_public_ip: {
        it: { name: 'it', lifecycle: { replace_triggered_by: [`azurerm_container_registry_task.build.${attribute}`] } },
      },
    });
    expect(review(program(side({})), program(side(changes))).counts).toMatchObject(counts);
  });

  test('of what stands for an event is no loss: it happens again', () => {
    const found = review(
      program({ azurerm_container_registry_task_schedule_run_now: { run: { container_registry_task_id: 'a' } } }),
      program({ azurerm_container_registry_task_schedule_run_now: { run: { container_registry_task_id: 'b' } } }),
    );
    expect(found).toMatchObject({ counts: { replace: 1 }, verdict: { level: 'change' } });
    expect(tripped(found, ['replace'])).toEqual([]);
  });

  test('is never denied: what is not known is named', () => {
    const found = one('azurerm_new_thing', { name: 'lb', sku: 'Standard' }, { sku: 'Basic' });
    expect(found.counts.replace).toBe(0);
    expect(found.unknown.join('\n')).toContain(
      'Which changes replace resources of these types is not known: azurerm_new_thing.',
    );
  });

  test('of a type without an entry is suspected from the habits of its provider', () => {
    const { counts } = one('azurerm_new_thing', { name: 'lb' }, { name: 'lb2' });
    expect(counts).toMatchObject({ replace: 0, mayReplace: 1 });
  });

  test('rests on the version of the table, and says so when the stack asks for another', () => {
    const terraform = { required_providers: { ...VERSIONS, azurerm: { source: 'azurerm', version: '~> 4.60' } } };
    const found = one('azurerm_kubernetes_cluster', CLUSTER, { dns_prefix: 'x' }, { terraform });
    expect(found.changes[0]?.provenance).toEqual({
      kind: 'predicted',
      basis: 'azurerm 4.55.0',
      caveat: 'the stack requires ~> 4.60 of azurerm',
    });
    expect(found.unknown.join('\n')).toContain(
      'Predictions are based on azurerm 4.55.0, but the stack requires ~> 4.60 of azurerm: azurerm_kubernetes_cluster.',
    );
  });

  describe('with another major version', () => {
    const on = (version: string) => ({
      terraform: { required_providers: { azurerm: { source: 'azurerm', version } } },
    });
    const upgraded = (before: string, after: string) => {
      const [old, now] = [CLUSTER, { ...CLUSTER, dns_prefix: 'x' }].map((aks) => ({
        azurerm_kubernetes_cluster: { aks },
      }));
      return review(program(old!, on(before)), program(now!, on(after)));
    };

    test.each([
      ['4.55.0', '5.2.0'],
      ['5.2.0', '4.55.0'],
    ])('that comes in the same change, it is as certain as without: %s to %s', (before, after) => {
      expect(upgraded(before, after).counts).toMatchObject({ replace: 1 });
    });

    test('that the program has been on, it is possible, and what it rests on is said', () => {
      const found = upgraded('5.1.0', '5.2.0');

      expect(found.counts).toMatchObject({ replace: 0, mayReplace: 1 });
      expect(found.changes[0]?.causes[0]?.text).toBe(
        'may force replacement: as in azurerm 4.55.0, but the stack requires 5.2.0 of azurerm',
      );
      expect(found.unknown.join('\n')).toContain(
        'but the stack requires 5.2.0 of azurerm: azurerm_kubernetes_cluster.',
      );
    });
  });
});

describe('a default of a variable', () => {
  const resource = { azurerm_kubernetes_cluster: { aks: { ...CLUSTER, dns_prefix: '${var.prefix}' } } };
  const variable = (value: string) => ({ variable: { prefix: { default: value } } });

  test('that changes may change what uses it', () => {
    const found = review(program(resource, variable('a')), program(resource, variable('b')));
    expect(found.changes[0]).toMatchObject({
      action: 'update',
      mayReplace: true,
      attributes: [{ path: 'dns_prefix', before: 'a', after: 'b', note: 'unless var.prefix is set elsewhere' }],
    });
  });
});

describe('an apply that fails', () => {
  const traps = (found: ReturnType<typeof review>) =>
    found.traps.map(({ attribute, remedies }) =>
      [attribute, ...remedies.map(({ text, code }) => `${text}: ${code}`)].join(' | '),
    );

  test('is foreseen when the default pool must be cycled and has no name for the rotation', () => {
    const found = cluster({ 'default_node_pool.vm_size': 'Standard_B4ms' });
    expect(traps(found)).toEqual([
      'default_node_pool.vm_size | to apply it, set: default_node_pool.temporary_name_for_rotation | ' +
        'or to keep the nodes, set default_node_pool.vm_size back to: Standard_B2s',
    ]);
    expect(found.counts).toMatchObject({ update: 1, replace: 0 });
  });

  test('is not foreseen with a name for the rotation', () => {
    const before = change(CLUSTER, { 'default_node_pool.temporary_name_for_rotation': 'temp' });
    const found = one('azurerm_kubernetes_cluster', before, { 'default_node_pool.vm_size': 'Standard_B4ms' });
    expect(found.traps).toEqual([]);
    expect(found.changes[0]?.attributes[0]?.effect?.kind).toBe('rotates');
  });

  test('is not foreseen when the cluster is replaced anyway', () => {
    expect(cluster({ 'default_node_pool.vm_size': 'x', dns_prefix: 'y' }).traps).toEqual([]);
  });

  test('is foreseen from options of Premium on another registry', () => {
    const registry = { name: 'acr', sku: 'Basic' };
    const found = one('azurerm_container_registry', registry, {
      zone_redundancy_enabled: true,
      anonymous_pull_enabled: true,
    });
    const options = one('azurerm_container_registry', registry, {
      data_endpoint_enabled: true,
      anonymous_pull_enabled: true,
    });
    expect(found.counts.replace).toBe(1);
    expect(traps(found)).toContain(
      'zone_redundancy_enabled | to apply it, set sku to: Premium | or leave out: zone_redundancy_enabled',
    );
    expect(traps(options)).toEqual([
      'anonymous_pull_enabled | to apply it, set sku to: Standard or Premium | or leave out: anonymous_pull_enabled',
      'data_endpoint_enabled | to apply it, set sku to: Premium | or leave out: data_endpoint_enabled',
    ]);
    expect(
      one('azurerm_container_registry', { ...registry, data_endpoint_enabled: true }, { tags: { a: 'b' } }).traps,
    ).toEqual([]);
  });

  test('is foreseen from a number of nodes that changes under autoscaling', () => {
    const before = change(CLUSTER, { 'default_node_pool.auto_scaling_enabled': true });
    const found = one('azurerm_kubernetes_cluster', before, { 'default_node_pool.node_count': 4 });
    expect(traps(found)).toEqual([expect.stringContaining('default_node_pool.node_count')]);
  });
});

describe('what goes down with a cluster', () => {
  const host = '${azurerm_kubernetes_cluster.aks.kube_config[0].host}';
  const web = { metadata: { name: 'web' }, spec: { selector: { match_labels: { a: 'b' } } } };
  const both = (dnsPrefix: string) =>
    program(
      {
        azurerm_kubernetes_cluster: { aks: { ...CLUSTER, dns_prefix: dnsPrefix } },
        kubernetes_deployment: { web: { ...web, provider: 'kubernetes.aks' }, other: web },
      },
      { provider: { kubernetes: [{ host: 'https://elsewhere' }, { alias: 'aks', host }] } },
    );

  test('is found through the provider that reads it, and nothing else is', () => {
    const [found] = review(both('a'), both('b')).changes;
    expect(found?.takes).toEqual([
      {
        stack: 'vote',
        address: 'kubernetes_deployment.web',
        name: 'Deployment web',
        reason: 'runs in Kubernetes cluster aks',
      },
    ]);
  });

  test('is found in another stack that looks the cluster up by its name', () => {
    const application = stack(
      {
        data: { azurerm_kubernetes_cluster: { shared: { name: 'aks', resource_group_name: 'rg' } } },
        provider: { kubernetes: [{ host: '${data.azurerm_kubernetes_cluster.shared.kube_config[0].host}' }] },
        resource: { kubernetes_deployment: { web } },
      },
      { name: 'application' },
    );
    const found = review([...both('a'), application], [...both('b'), application]);
    expect(found.changes[0]?.takes.map(({ stack: name, address }) => `${name} ${address}`)).toContain(
      'application kubernetes_deployment.web',
    );
  });

  test('leaves its provider without an address', () => {
    const found = review(both('a'), both('b'));
    expect(found.traps).toMatchObject([
      {
        address: 'provider.kubernetes.aks',
        text: expect.stringContaining('Kubernetes cluster aks, which is recreated'),
      },
    ]);
  });

  test('is nothing when the cluster only changes', () => {
    const found = review(both('a'), [
      stack(change(both('a')[0]!.files[0]!, { 'resource.azurerm_kubernetes_cluster.aks.tags': { a: 'b' } })),
    ]);
    expect(found.traps).toEqual([]);
    expect(found.changes.flatMap(({ takes }) => takes)).toEqual([]);
  });
});
