import { renderTerminal, review } from '../../../../lib/review';
import { program, type Resources } from '../fixtures';

const LOCK = { name: 'delete-lock', lock_level: 'CanNotDelete' };
const CLUSTER = { name: 'aks', default_node_pool: { vm_size: 'Standard_D4s_v5', temporary_name_for_rotation: 'tmp' } };

/** A group with what may be locked, and one thing inside of each. */
const SYSTEM: Resources = {
  azurerm_resource_group: { group: { name: 'rg' } },
  azurerm_kubernetes_cluster: { cluster: { ...CLUSTER, resource_group_name: '${azurerm_resource_group.group.name}' } },
  azurerm_kubernetes_cluster_node_pool: {
    pool: {
      name: 'apps',
      kubernetes_cluster_id: '${azurerm_kubernetes_cluster.cluster.id}',
      vm_size: 'Standard_D4s_v5',
      temporary_name_for_rotation: 'tmp',
    },
  },
  azurerm_container_registry: { registry: { name: 'contoso' } },
  azurerm_container_registry_webhook: {
    hook: { name: 'h', registry_name: '${azurerm_container_registry.registry.name}' },
  },
  azurerm_role_assignment: { pull: { scope: '${azurerm_container_registry.registry.id}', principal_id: 'p' } },
  azurerm_user_assigned_identity: { identity: { name: 'i' } },
  azurerm_federated_identity_credential: { web: { parent_id: '${azurerm_user_assigned_identity.identity.id}' } },
  azurerm_virtual_network: { net: { name: 'n' } },
  azurerm_subnet: { nodes: { name: 's', virtual_network_name: '${azurerm_virtual_network.net.name}' } },
};

function locked(resources: Resources, on: string): Resources {
  return { ...resources, azurerm_management_lock: { lock: { ...LOCK, scope: `\${${on}.id}` } } };
}

function without(type: string): Resources {
  return { ...SYSTEM, [type]: {} };
}

function trapsOf(base: Resources, head: Resources): string[] {
  return review(program(base), program(head))
    .traps.filter(({ text }) => text.includes('ScopeLocked'))
    .map(({ address }) => address);
}

test.each([
  ['azurerm_kubernetes_cluster.cluster', 'azurerm_kubernetes_cluster_node_pool', 'pool'],
  ['azurerm_resource_group.group', 'azurerm_kubernetes_cluster_node_pool', 'pool'],
  ['azurerm_container_registry.registry', 'azurerm_container_registry_webhook', 'hook'],
  ['azurerm_container_registry.registry', 'azurerm_role_assignment', 'pull'],
  ['azurerm_user_assigned_identity.identity', 'azurerm_federated_identity_credential', 'web'],
  ['azurerm_virtual_network.net', 'azurerm_subnet', 'nodes'],
])('a lock on %s keeps its %s from being deleted', (on, type, name) => {
  expect(trapsOf(locked(SYSTEM, on), locked(without(type), on))).toEqual([`${type}.${name}`]);
  // without a lock, or when the lock goes in the same change, which Terraform does first
  expect(trapsOf(SYSTEM, without(type))).toEqual([]);
  expect(trapsOf(locked(SYSTEM, on), without(type))).toEqual([]);
  // a lock on something else
  const other =
    on === 'azurerm_virtual_network.net' ? 'azurerm_container_registry.registry' : 'azurerm_virtual_network.net';
  expect(trapsOf(locked(SYSTEM, other), locked(without(type), other))).toEqual([]);
});

test.each([
  [
    'azurerm_kubernetes_cluster',
    'cluster',
    { default_node_pool: { ...CLUSTER.default_node_pool, vm_size: 'Standard_D8s_v5' } },
  ],
  ['azurerm_kubernetes_cluster_node_pool', 'pool', { vm_size: 'Standard_D8s_v5' }],
])('a lock on the cluster keeps the nodes of %s from being cycled', (type, name, changes) => {
  const on = 'azurerm_kubernetes_cluster.cluster';
  const head = { ...SYSTEM, [type]: { [name]: { ...SYSTEM[type]?.[name], ...changes } } };
  const found = review(program(locked(SYSTEM, on)), program(locked(head, on)));
  expect(found.traps.map(({ address }) => address)).toEqual([`${type}.${name}`]);
  expect(renderTerminal(found, false)).toContain(
    'which Azure rejects while Kubernetes cluster aks is locked (ScopeLocked)',
  );
  expect(trapsOf(SYSTEM, head)).toEqual([]);
});

test('what is refused is said in words', () => {
  const on = 'azurerm_container_registry.registry';
  const found = review(program(locked(SYSTEM, on)), program(locked(without('azurerm_container_registry_webhook'), on)));
  expect(renderTerminal(found, false)).toMatch(/fails .*webhook h, deletion\n/);
});

test('what is replaced with its lock is no trap: Terraform removes the lock first', () => {
  const on = 'azurerm_kubernetes_cluster.cluster';
  const head = { ...SYSTEM, azurerm_kubernetes_cluster: { cluster: { ...CLUSTER, name: 'other' } } };
  expect(trapsOf(locked(SYSTEM, on), locked(head, on))).toEqual([]);
});
