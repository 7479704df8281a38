import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  ClusterIdentity,
  EntraPrincipal,
  NetworkProfile,
  NodePool,
  type ProtectionOptions,
  ServicePrincipal,
  UserAssignedIdentity,
} from '../../../constructs';
import { type Block, type Json, RESOURCE_GROUP, synth, testStack } from '../../util';

const MAKE: Readonly<Record<string, (stack: TerraformStack, options: ProtectionOptions) => unknown>> = {
  azurerm_kubernetes_cluster: (stack, options) =>
    new AksCluster(stack, 'x', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...options }),
  azurerm_container_registry: (stack, options) =>
    new AcrRegistry(stack, 'x', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso', ...options }),
  azurerm_user_assigned_identity: (stack, options) =>
    new UserAssignedIdentity(stack, 'x', { resourceGroup: RESOURCE_GROUP, identityName: 'identity', ...options }),
  azurerm_virtual_network: (stack, options) =>
    new AksVirtualNetwork(stack, 'x', { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'net', ...options }),
};

function one(json: Json, type: string): Block {
  const blocks = Object.values(json.resource?.[type] ?? {});
  expect(blocks).toHaveLength(1);
  return blocks[0]!;
}

function isKept({ lifecycle }: Block): boolean {
  return (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
}

describe.each(Object.entries(MAKE))('%s', (type, make) => {
  it('is destroyed like any other where nobody says otherwise', () => {
    const stack = testStack();
    make(stack, {});
    const json = synth(stack);
    expect(isKept(one(json, type))).toBe(false);
    expect(json.resource?.azurerm_management_lock).toBeUndefined();
  });

  it('is kept by Terraform, and what it ignores stays ignored', () => {
    const plain = testStack();
    make(plain, {});
    const stack = testStack();
    make(stack, { preventDestroy: true });
    const { lifecycle } = one(synth(stack), type);
    expect(lifecycle).toEqual({ ...(one(synth(plain), type).lifecycle as object), prevent_destroy: true });
  });

  it('is locked by Azure', () => {
    const stack = testStack();
    make(stack, { deleteLock: true });
    const json = synth(stack);
    const [address] = Object.keys(json.resource?.[type] ?? {});
    expect(one(json, 'azurerm_management_lock')).toMatchObject({
      name: 'delete-lock',
      lock_level: 'CanNotDelete',
      scope: `\${${type}.${address}.id}`,
    });
    expect(Object.keys(json.resource?.azurerm_management_lock ?? {})).toEqual([
      expect.stringMatching(/^x_delete-lock_/),
    ]);
  });
});

it('a cluster is kept with the identity that it gets for a network of your own', () => {
  const stack = testStack();
  const network = new AksVirtualNetwork(stack, 'network', { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'net' });
  new AksCluster(stack, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'aks',
    networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
    preventDestroy: true,
  });
  const json = synth(stack);
  expect(isKept(one(json, 'azurerm_user_assigned_identity'))).toBe(true);
  expect(isKept(one(json, 'azurerm_virtual_network'))).toBe(false);
});

it('a service principal is kept with its application, and its password is replaced all the same', () => {
  const stack = testStack();
  new ServicePrincipal(stack, 'principal', { displayName: 'aks', preventDestroy: true });
  const json = synth(stack);
  expect(isKept(one(json, 'azuread_application'))).toBe(true);
  expect(isKept(one(json, 'azuread_service_principal'))).toBe(true);
  expect(one(json, 'azuread_service_principal_password').lifecycle).toEqual({ create_before_destroy: true });
});

describe('a lock', () => {
  it('comes last and so goes first: whatever is in the resource, or a role on it, could not be deleted else', () => {
    const stack = testStack();
    const identity = new UserAssignedIdentity(stack, 'identity', {
      resourceGroup: RESOURCE_GROUP,
      identityName: 'identity',
      deleteLock: true,
    });
    const cluster = new AksCluster(stack, 'cluster', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'aks',
      identity: ClusterIdentity.userAssigned(identity),
      deleteLock: true,
    });
    const registry = new AcrRegistry(stack, 'registry', {
      resourceGroup: RESOURCE_GROUP,
      registryName: 'contoso',
      deleteLock: true,
    });
    // all of these are declared later, and some by nobody whom the resource knows
    new NodePool(stack, 'pool', { cluster, name: 'apps' });
    registry.grantPull(cluster);
    new RoleAssignment(stack, 'theirs', {
      scope: registry.registryId,
      principalId: 'x',
      roleDefinitionName: 'AcrPush',
    });
    cluster.addServiceAccount('account', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'web' });
    EntraPrincipal.group(stack, 'group', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10');

    const json = synth(stack);
    const after = (name: string): string[] => {
      const lock = Object.entries(json.resource?.azurerm_management_lock ?? {}).find(([id]) => id.startsWith(name))![1];
      return ((lock.depends_on ?? []) as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, '')).sort();
    };
    expect(after('registry')).toEqual([
      'azurerm_role_assignment.cluster_kubelet_pull-registry',
      'azurerm_role_assignment.theirs',
    ]);
    expect(after('cluster')).toEqual(expect.arrayContaining(['azurerm_kubernetes_cluster_node_pool.pool']));
    expect(after('identity')).toEqual(expect.arrayContaining(['azurerm_kubernetes_cluster.cluster']));
  });

  it('reads each resource as often with many locks as with few', () => {
    const timesRead = (locks: number): number => {
      const stack = testStack();
      const identities = Array.from({ length: locks }, (_, index) => {
        const resourceGroup = { name: `rg${index}`, location: 'westeurope' };
        return new UserAssignedIdentity(stack, `identity${index}`, {
          resourceGroup,
          identityName: 'identity',
          deleteLock: true,
        });
      });
      const group = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
      const read = jest.spyOn(group, 'toTerraform');
      expect(Object.keys(synth(stack).resource?.azurerm_management_lock ?? {})).toHaveLength(identities.length);
      return read.mock.calls.length;
    };
    expect(timesRead(8)).toBe(timesRead(1));
  });
});
