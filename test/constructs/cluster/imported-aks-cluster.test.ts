import { AcrRegistry, AksCluster, ClusterRole, EntraPrincipal, NodePool, Problems } from '../../../constructs';
import { at, only, RESOURCE_GROUP, synth, testStack } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';

describe('what exists, by its id', () => {
  const CLUSTER_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks';
  const REGISTRY_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/registry1';

  test('is used without looking it up', () => {
    const stack = testStack();
    const cluster = AksCluster.fromClusterAttributes(stack, 'cluster', {
      clusterId: CLUSTER_ID,
      clusterName: 'aks',
      resourceGroupName: 'rg',
      imagePuller: EntraPrincipal.servicePrincipal(stack, 'kubelet', UUID),
      oidcIssuerUrl: 'https://issuer',
      usesEntraId: true,
    });
    const registry = AcrRegistry.fromRegistryAttributes(stack, 'registry', {
      registryId: REGISTRY_ID,
      registryName: 'registry1',
    });
    const pool = NodePool.fromNodePoolAttributes(stack, 'pool', {
      nodePoolId: `${CLUSTER_ID}/agentPools/apps`,
      nodePoolName: 'apps',
    });
    registry.grantPull(cluster);
    cluster.grantAccess(EntraPrincipal.group(stack, 'team', UUID), ClusterRole.READER);
    cluster.addServiceAccount('orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(json).not.toHaveProperty('data');
    expect(registry.image('app', 'v1').reference).toBe('registry1.azurecr.io/app:v1');
    expect(pool.nodePoolId).toBe(`${CLUSTER_ID}/agentPools/apps`);
    expect(at(json, 'azurerm_role_assignment', 'kubelet_pull-registry')).toMatchObject({
      scope: REGISTRY_ID,
      principal_id: UUID,
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster-team-reader')).toMatchObject({ scope: CLUSTER_ID });
    expect(only(json, 'azurerm_federated_identity_credential')).toMatchObject({ issuer: 'https://issuer' });
  });

  test('says what it cannot do without being looked up', () => {
    const stack = testStack();
    const cluster = AksCluster.fromClusterAttributes(stack, 'cluster', {
      clusterId: CLUSTER_ID,
      clusterName: 'aks',
      resourceGroupName: 'rg',
      imagePuller: EntraPrincipal.servicePrincipal(stack, 'kubelet', UUID),
    });
    cluster.addServiceAccount('orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });

    expect(cluster.kubernetesProviderConfig(stack)).toEqual({ host: 'https://unknown-cluster.invalid' });
    expect(Problems.of(stack)).toEqual([
      '[stack] the Kubernetes provider needs the address of its cluster, which stack/cluster does not have: use ' +
        'AksCluster.fromClusterName(...), which looks it up',
      "[stack/cluster/orders] 'cluster' must have a known OIDC issuer, got stack/cluster: give 'oidcIssuerUrl' to fromClusterAttributes(...)",
    ]);
  });

  test('reports ids that are none', () => {
    const stack = testStack();
    AksCluster.fromClusterAttributes(stack, 'a', {
      clusterId: 'aks',
      clusterName: 'aks',
      resourceGroupName: 'rg',
      imagePuller: EntraPrincipal.servicePrincipal(stack, 'kubelet', UUID),
    });
    AcrRegistry.fromRegistryAttributes(stack, 'b', { registryId: 'registry1', registryName: 'registry1' });
    NodePool.fromNodePoolAttributes(stack, 'c', { nodePoolId: 'apps', nodePoolName: 'apps' });

    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/a] 'clusterId'",
      "[stack/b] 'registryId'",
      "[stack/c] 'nodePoolId'",
    ]);
  });
});
