import { renderTerminal, review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, program } from '../fixtures';

/** A review of one resource that changes, and that something is in. */
function changed(type: string, before: JsonObject, changes: Parameters<typeof change>[1]) {
  const inside = { x_y: { inside: { of: `\${${type}.it.id}` } } };
  const [base, head] = [before, change(before, changes)].map((it) => program({ [type]: { it }, ...inside }));
  return review(base, head!);
}

const CLUSTER = 'azurerm_kubernetes_cluster';
const ENTRA = { azure_active_directory_role_based_access_control: [{ azure_rbac_enabled: true }] };
const POOL = 'azurerm_kubernetes_cluster_node_pool';
const VAULT = 'azurerm_key_vault';
const REGISTRY = 'azurerm_container_registry';
const ENCRYPTED = { encryption: [{ key_vault_key_id: 'a' }] };
const POSTGRES = 'azurerm_postgresql_flexible_server';
const STANDBY = 'high_availability.standby_availability_zone';
const IN_ZONES = { zone: '1', high_availability: { standby_availability_zone: '2' } };
const SCALE_SET = 'azurerm_linux_virtual_machine_scale_set';
const SPREAD = { single_placement_group: false };
const KEY = { disk_encryption_set_id: 'a' };
const PURGE = { purge_protection_enabled: true };

test.each<
  [
    what: string,
    type: string,
    before: JsonObject,
    changes: { readonly [path: string]: Json | undefined },
    isRefused: boolean,
  ]
>([
  ['the next minor version', CLUSTER, { kubernetes_version: '1.33' }, { kubernetes_version: '1.34' }, false],
  ['another patch version', CLUSTER, { kubernetes_version: '1.33.5' }, { kubernetes_version: '1.33.2' }, false],
  ['a minor version that is skipped', CLUSTER, { kubernetes_version: '1.32.1' }, { kubernetes_version: '1.34' }, true],
  ['a minor version that is lower', CLUSTER, { kubernetes_version: '1.34' }, { kubernetes_version: '1.33' }, true],
  ['a version that nobody knows', CLUSTER, { kubernetes_version: '1.34' }, { kubernetes_version: '${var.v}' }, false],
  [
    'a minor version while a channel upgrades',
    CLUSTER,
    { kubernetes_version: '1.33', automatic_upgrade_channel: 'patch' },
    { kubernetes_version: '1.34' },
    true,
  ],
  [
    'a minor version while a channel for images upgrades',
    CLUSTER,
    { kubernetes_version: '1.33', automatic_upgrade_channel: 'node-image' },
    { kubernetes_version: '1.34' },
    false,
  ],
  [
    'a minor version with which the channel is turned off',
    CLUSTER,
    { kubernetes_version: '1.33', automatic_upgrade_channel: 'stable' },
    { kubernetes_version: '1.34', automatic_upgrade_channel: undefined },
    false,
  ],
  ['a pool that is lowered', POOL, { orchestrator_version: '1.34' }, { orchestrator_version: '1.33' }, true],
  [
    'a default pool that is lowered',
    CLUSTER,
    { default_node_pool: { orchestrator_version: '1.34' } },
    { 'default_node_pool.orchestrator_version': '1.33' },
    true,
  ],
  [
    'Entra ID that is turned off',
    CLUSTER,
    ENTRA,
    { azure_active_directory_role_based_access_control: undefined },
    true,
  ],
  ['Entra ID that is turned on', CLUSTER, {}, ENTRA, false],
  ['an issuer that is turned off', CLUSTER, { oidc_issuer_enabled: true }, { oidc_issuer_enabled: false }, true],
  ['an issuer that is no longer set', CLUSTER, { oidc_issuer_enabled: true }, { oidc_issuer_enabled: undefined }, true],
  ['an issuer that is turned on', CLUSTER, {}, { oidc_issuer_enabled: true }, false],
  [
    'another range',
    'azurerm_subnet',
    { address_prefixes: ['10.0.0.0/24'] },
    { address_prefixes: ['10.0.1.0/24'] },
    true,
  ],
  [
    'a further range',
    'azurerm_subnet',
    { address_prefixes: ['10.0.0.0/24'] },
    { address_prefixes: ['10.0.0.0/24', '10.0.1.0/24'] },
    false,
  ],
  ['a disk that shrinks', 'azurerm_managed_disk', { disk_size_gb: 64 }, { disk_size_gb: 32 }, true],
  ['a disk that grows', 'azurerm_managed_disk', { disk_size_gb: 32 }, { disk_size_gb: 64 }, false],
  ['a disk of the same size', 'azurerm_managed_disk', { disk_size_gb: 32 }, { disk_size_gb: '32' }, false],
  ['a size that nobody knows', 'azurerm_managed_disk', { disk_size_gb: 32 }, { disk_size_gb: '${var.size}' }, false],
  [
    'skipped minor versions with long-term support',
    CLUSTER,
    { kubernetes_version: '1.30', support_plan: 'AKSLongTermSupport' },
    { kubernetes_version: '1.33' },
    false,
  ],
  [
    'a patch version while a channel upgrades',
    CLUSTER,
    { kubernetes_version: '1.33.1', automatic_upgrade_channel: 'patch' },
    { kubernetes_version: '1.33.5' },
    false,
  ],
  ['a longer retention', VAULT, { soft_delete_retention_days: 30 }, { soft_delete_retention_days: 60 }, true],
  ['another retention than the default', VAULT, {}, { soft_delete_retention_days: 30 }, true],
  [
    'the default retention',
    VAULT,
    { soft_delete_retention_days: 90 },
    { soft_delete_retention_days: undefined },
    false,
  ],
  ['a retention that nobody knows', VAULT, {}, { soft_delete_retention_days: '${var.days}' }, false],
  ['a vault that can be purged', VAULT, PURGE, { purge_protection_enabled: false }, true],
  ['a vault that is protected', VAULT, {}, PURGE, false],
  ['a registry that gets a key', REGISTRY, {}, { encryption: [{ key_vault_key_id: 'a' }] }, true],
  ['another key of a registry', REGISTRY, ENCRYPTED, { 'encryption.key_vault_key_id': 'b' }, false],
  [
    'ranges that nobody knows',
    'azurerm_subnet',
    { address_prefixes: ['10.0.0.0/24'] },
    { address_prefixes: ['${var.range}'] },
    false,
  ],
  ['a scale set of one group', SCALE_SET, { single_placement_group: true }, SPREAD, false],
  ['another zone of a server', POSTGRES, { zone: '1' }, { zone: '2' }, true],
  ['another zone that Terraform alone knows', POSTGRES, { zone: '1' }, { zone: '${var.zone}' }, false],
  ['a zone that a server did not name', POSTGRES, {}, { zone: '2' }, false],
  ['a failover', POSTGRES, IN_ZONES, { zone: '2', [STANDBY]: '1' }, false],
  ['a failover to a third zone', POSTGRES, IN_ZONES, { zone: '3', [STANDBY]: '1' }, true],
  ['another zone beside the same standby', 'azurerm_mysql_flexible_server', IN_ZONES, { zone: '3' }, true],
  ['a disk with a key of Azure again', 'azurerm_managed_disk', KEY, { disk_encryption_set_id: undefined }, true],
  ['a disk with another key', 'azurerm_managed_disk', KEY, { disk_encryption_set_id: 'b' }, false],
  [
    'a machine with a key of Azure again',
    'azurerm_linux_virtual_machine',
    { os_disk: KEY },
    { 'os_disk.disk_encryption_set_id': undefined },
    true,
  ],
  [
    'a vault with a key of Azure again',
    'azurerm_recovery_services_vault',
    { encryption: [{ key_id: 'a' }] },
    { encryption: undefined },
    true,
  ],
  ['one placement group again', SCALE_SET, SPREAD, { single_placement_group: undefined }, true],
  ['several placement groups', SCALE_SET, {}, SPREAD, false],
  ['fewer partitions', 'azurerm_eventhub', { partition_count: 8 }, { partition_count: 4 }, true],
  ['more partitions', 'azurerm_eventhub', { partition_count: 4 }, { partition_count: 8 }, false],
  ['a smaller cache', 'azurerm_redis_cache', { capacity: 2 }, { capacity: 1 }, false],
  ['the smallest cache', 'azurerm_redis_cache', { capacity: 2 }, { capacity: 0 }, true],
  ['settings that can be purged', 'azurerm_app_configuration', PURGE, { purge_protection_enabled: undefined }, true],
  [
    'a disk that shrinks and is replaced',
    'azurerm_managed_disk',
    { disk_size_gb: 64, location: 'x' },
    { disk_size_gb: 32, location: 'y' },
    false,
  ],
  ['something else that shrinks', 'x_disk', { disk_size_gb: 64 }, { disk_size_gb: 32 }, false],
])('what Azure rejects is foreseen: %s', (_, type, before, changes, isRefused) => {
  const found = changed(type, { name: 'it', ...before }, changes);
  expect(found.traps.filter(({ text }) => text.includes('the apply fails'))).toHaveLength(isRefused ? 1 : 0);
});

test('a policy that is unlocked makes the plan fail', () => {
  const policy = (locked: boolean) =>
    program({
      azurerm_storage_container_immutability_policy: { it: { name: 'it', immutability_period_in_days: 7, locked } },
    });

  expect(renderTerminal(review(policy(true), policy(false)), false)).toContain('Terraform rejects the plan at');
});

test('what Azure rejects whatever is in it is foreseen of an empty resource too, with what to do', () => {
  const disk = (disk_size_gb: number) => program({ azurerm_managed_disk: { it: { name: 'it', disk_size_gb } } });
  expect(review(disk(64), disk(32)).traps.map(({ remedies }) => remedies)).toEqual([
    [{ text: 'to apply the rest, set disk_size_gb back to', code: '64' }, { text: 'or copy the data to a new disk' }],
  ]);
  const { traps } = changed(CLUSTER, { name: 'it', oidc_issuer_enabled: true }, { oidc_issuer_enabled: false });
  expect(traps.map(({ remedies }) => remedies)).toEqual([
    [{ text: 'to apply the rest, set oidc_issuer_enabled back to', code: 'true' }],
  ]);
});

describe('a pool ahead of its control plane', () => {
  const versions = (cluster: JsonObject, pool: string, count = 1) =>
    program({
      azurerm_kubernetes_cluster: { aks: { name: 'aks', ...cluster } },
      azurerm_kubernetes_cluster_node_pool: {
        apps: {
          name: 'apps',
          node_count: count,
          kubernetes_cluster_id: '${azurerm_kubernetes_cluster.aks.id}',
          orchestrator_version: pool,
        },
      },
    });
  const ahead = (base: ReturnType<typeof versions>, head: ReturnType<typeof versions>) =>
    review(base, head).traps.map(({ address, attribute }) => `${address} ${attribute}`);
  const at = (version: string): JsonObject => ({ kubernetes_version: version });

  test.each([
    ['is refused when it is raised alone', at('1.34'), '1.34', at('1.34'), '1.35', true],
    ['is refused in a new program', {}, undefined, at('1.34'), '1.35.1', true],
    ['is none that is raised with it', at('1.34'), '1.34', at('1.35'), '1.35', false],
    ['is none that stays behind', at('1.34'), '1.34', at('1.35'), '1.34', false],
    ['is none with a version that nobody knows', {}, '1.34', {}, '1.35', false],
    [
      'is none where a channel goes on from a version that is ignored',
      at('1.34'),
      '1.34',
      { ...at('1.34'), lifecycle: { ignore_changes: ['kubernetes_version'] } },
      '1.35',
      false,
    ],
  ])('%s', (_, oldCluster, oldPool, cluster, pool, isRefused) => {
    const base = oldPool === undefined ? program({}) : versions(oldCluster, oldPool);
    const found = ahead(base, versions(cluster, pool));

    expect(found).toEqual(isRefused ? ['azurerm_kubernetes_cluster_node_pool.apps orchestrator_version'] : []);
  });

  test('is not said again by a change of something else', () => {
    expect(ahead(versions(at('1.34'), '1.35'), versions(at('1.34'), '1.35', 2))).toEqual([]);
  });

  test('is refused of a default pool too', () => {
    const cluster = (version: string) =>
      program({
        azurerm_kubernetes_cluster: { aks: { ...at('1.34'), default_node_pool: { orchestrator_version: version } } },
      });

    expect(ahead(cluster('1.34'), cluster('1.35'))).toEqual([
      'azurerm_kubernetes_cluster.aks default_node_pool.orchestrator_version',
    ]);
  });
});

describe('a change of the program that is ignored', () => {
  const lifecycle = { ignore_changes: ['kubernetes_version', 'default_node_pool[0].node_count', 'tags'] };
  const cluster = (attributes: JsonObject) =>
    program({ [CLUSTER]: { aks: { name: 'aks', lifecycle, ...attributes } } });
  const settings = (before: JsonObject, after: JsonObject) => review(cluster(before), cluster(after));

  test('is no change, and is said', () => {
    const found = settings({ kubernetes_version: '1.34' }, { kubernetes_version: '1.35' });

    expect(found.changes).toEqual([]);
    expect(found.settings).toEqual([
      expect.objectContaining({
        kind: 'lifecycle',
        what: 'Kubernetes cluster aks: kubernetes_version',
        before: '1.34',
        after: '1.35',
        note: 'ignored by ignore_changes: only a new resource gets it',
      }),
    ]);
  });

  test('is said of parts of blocks and maps too', () => {
    const found = settings(
      { default_node_pool: { node_count: 2 }, tags: { team: 'a' } },
      { default_node_pool: { node_count: 3 }, tags: { team: 'b' } },
    );

    expect(found.settings.map(({ what }) => what)).toEqual([
      'Kubernetes cluster aks: default_node_pool.node_count',
      'Kubernetes cluster aks: tags.team',
    ]);
  });

  test('is nothing to say where the program leaves the value out, before or after', () => {
    expect(settings({ kubernetes_version: '1.34' }, {}).settings).toEqual([]);
    expect(settings({}, { kubernetes_version: '1.34' }).settings).toEqual([]);
  });

  test('shows no secret', () => {
    const vault = (value: string) =>
      program({ azurerm_key_vault_secret: { it: { name: 'it', value, lifecycle: { ignore_changes: ['value'] } } } });
    const found = review(vault('hunter2-old'), vault('hunter2-new'));

    expect(found.settings).toMatchObject([{ kind: 'lifecycle', note: expect.stringContaining('sensitive') }]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

test.each([
  ['SystemAssigned', 'UserAssigned', true],
  ['UserAssigned', 'SystemAssigned', true],
  ['SystemAssigned', 'SystemAssigned, UserAssigned', false],
])('an identity that goes from %s to %s may lose what it was allowed', (before, after, isLost) => {
  const found = changed(CLUSTER, { name: 'it', identity: { type: before } }, { 'identity.type': after });
  expect(found.changes[0]?.notes.join().includes('does not have the roles of the previous one')).toBe(isLost);
});

describe('a Service', () => {
  const PREFIX = 'service.beta.kubernetes.io/azure-';
  const service = (type: string, annotations: JsonObject = {}) =>
    program({ kubernetes_service_v1: { it: { metadata: { name: 'it', annotations }, spec: { type } } } });
  const internal = { [`${PREFIX}load-balancer-internal`]: 'true' };
  const label = (name: string) => ({ [`${PREFIX}dns-label-name`]: name });

  test.each([
    [
      'leaves its load balancer',
      service('LoadBalancer', label('a')),
      service('ClusterIP'),
      'address of the Service in the internet, and the DNS label a',
    ],
    [
      'moves into the network',
      service('LoadBalancer'),
      service('LoadBalancer', internal),
      'address of the Service in the internet',
    ],
    [
      'moves out of it',
      service('LoadBalancer', internal),
      service('LoadBalancer'),
      'address of the Service in the virtual network',
    ],
    ['gets another label', service('LoadBalancer', label('a')), service('LoadBalancer', label('b')), 'the DNS label a'],
    ['gets a load balancer', service('ClusterIP'), service('LoadBalancer'), undefined],
  ])('that %s loses it', (_, base, head, lost) => {
    const [found] = review(base, head).changes;
    expect(found?.notes.find((note) => note.startsWith('lost: '))?.includes(lost ?? '-')).toBe(
      lost === undefined ? undefined : true,
    );
  });
});

describe('prevent_destroy', () => {
  const guarded = (name: string, isGuarded: boolean) => ({
    azurerm_container_registry: { it: { name, lifecycle: { prevent_destroy: isGuarded } } },
  });
  const notes = (base: ReturnType<typeof guarded>, head: Parameters<typeof program>[0]) =>
    review(program(base), program(head))
      .changes.flatMap((found) => found.notes)
      .join();

  test.each([
    ['that stays refuses a replacement', guarded('a', true), guarded('b', true), 'Terraform rejects'],
    ['that comes refuses a replacement', guarded('a', false), guarded('b', true), 'Terraform rejects'],
    ['that goes refuses none', guarded('a', true), guarded('b', false), 'removes prevent_destroy'],
    ['goes with the resource', guarded('a', true), {}, 'removes prevent_destroy'],
  ])('%s', (_, base, head, text) => {
    expect(notes(base, head)).toContain(text);
  });
});

test('a resource that depends on one that may be replaced may be replaced with it, and so on', () => {
  const chain = (policy: JsonObject) =>
    program({
      azurerm_kubernetes_cluster: { aks: { name: 'aks', network_profile: { pod_cidr: '10.0.0.0/16', ...policy } } },
      azurerm_kubernetes_cluster_node_pool: {
        pool: { name: 'pool', kubernetes_cluster_id: '${azurerm_kubernetes_cluster.aks.id}' },
      },
    });
  const found = review(chain({}), chain({ service_cidr: '10.1.0.0/16' }));
  expect(found.changes.map(({ address, mayReplace }) => [address, mayReplace])).toEqual([
    ['azurerm_kubernetes_cluster.aks', true],
    ['azurerm_kubernetes_cluster_node_pool.pool', true],
  ]);
  expect(found.changes[1]?.causes[0]?.text).toBe('depends on Kubernetes cluster aks, which may be recreated');
});

test('where something is destroyed, nothing says that no replacement is predicted', () => {
  const found = review(program({ azurerm_kubernetes_cluster: { it: { name: 'it' } } }), program({}));
  expect(renderTerminal(found, false)).not.toContain('No replacement is predicted');
});
