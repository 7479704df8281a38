import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  type AksClusterProps,
  ApiServerAccess,
  ClusterIdentity,
  ClusterRole,
  NetworkProfile,
  Outbound,
  Problems,
  ServicePrincipal,
  SubnetUse,
  UserAssignedIdentity,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const ZONE =
  '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

function identityIn(stack: TerraformStack, id = 'identity'): UserAssignedIdentity {
  return new UserAssignedIdentity(stack, id, { resourceGroup: RESOURCE_GROUP, identityName: id });
}

/** What the problems of a cluster with other props are. */
function problemsOf(props: Partial<AksClusterProps>): string[] {
  const stack = testStack();
  clusterIn(stack, props);
  return Problems.of(stack);
}

describe('the identity of a cluster', () => {
  test('can exist before it', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { identity: ClusterIdentity.userAssigned(identityIn(stack)) });
    const json = synth(stack);

    expect(only(json, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'identity', location: 'westeurope' });
    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      identity: {
        type: 'UserAssigned',
        identity_ids: ['${azurerm_user_assigned_identity.identity_1F9C2A2B.id}'].map(() =>
          expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.identity_\w+\.id\}$/),
        ),
      },
    });
    expect(cluster.identity.node.path).toBe('stack/identity');
    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('may put another one on the nodes, which then pulls images', () => {
    const stack = testStack();
    const kubeletIdentity = identityIn(stack, 'nodes');
    const cluster = clusterIn(stack, {
      identity: ClusterIdentity.userAssigned(identityIn(stack), { kubeletIdentity }),
    });
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'registry1' });
    registry.grantPull(cluster);
    const json = synth(stack);

    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      kubelet_identity: {
        client_id: expect.stringMatching(/identity\.nodes_\w+\.client_id\}$/),
        object_id: expect.stringMatching(/identity\.nodes_\w+\.principal_id\}$/),
        user_assigned_identity_id: expect.stringMatching(/identity\.nodes_\w+\.id\}$/),
      },
      depends_on: [
        expect.stringMatching(/^azurerm_role_assignment\.cluster_kubelet-identity-role_/),
        expect.stringMatching(/^time_sleep\.cluster_roles_/),
      ],
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster_kubelet-identity-role')).toMatchObject({
      role_definition_name: 'Managed Identity Operator',
      scope: expect.stringMatching(/identity\.nodes_\w+\.id\}$/),
      principal_id: expect.stringMatching(/identity\.identity_\w+\.principal_id\}$/),
    });
    expect(at(json, 'azurerm_role_assignment', 'nodes_pull-registry')).toMatchObject({
      principal_id: expect.stringMatching(/identity\.nodes_\w+\.principal_id\}$/),
    });
  });

  test('is made before it, with its role, when it needs one', () => {
    const stack = testStack();
    clusterIn(stack, { apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: ZONE }) });
    const json = synth(stack);

    expect(only(json, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'aks-identity' });
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Private DNS Zone Contributor',
      scope: ZONE,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.cluster_private-dns-zone-role_/),
      expect.stringMatching(/^time_sleep\.cluster_roles_/),
    ]);
    expect(Problems.of(stack)).toEqual([]);
  });

  test("has its roles in a network of one's own before it, whatever identity it is", () => {
    const stack = testStack();
    const network = new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'net',
    });
    const networkProfile = NetworkProfile.overlay({ subnet: network.nodeSubnet });
    const principal = new ServicePrincipal(stack, 'principal', { displayName: 'aks' });
    clusterIn(stack, { networkProfile, apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: ZONE }) });
    clusterIn(
      stack,
      { clusterName: 'two', networkProfile, identity: ClusterIdentity.servicePrincipal(principal) },
      'two',
    );
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'azurerm_kubernetes_cluster', 'cluster_').depends_on).toEqual(
      expect.arrayContaining(
        ['node-subnet', 'private-dns-zone', 'virtual-network'].map((name) =>
          expect.stringMatching(new RegExp(`^azurerm_role_assignment\\.cluster_${name}-role_`)),
        ),
      ),
    );
    expect(at(json, 'azurerm_role_assignment', 'two_node-subnet-role')).toMatchObject({
      role_definition_name: 'Network Contributor',
      principal_id: expect.stringMatching(/^\$\{azuread_service_principal\.principal_\w+\.object_id\}$/),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('must not be the one that comes with it, when roles must be there before', () => {
    expect(
      problemsOf({
        identity: ClusterIdentity.systemAssigned(),
        apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: ZONE }),
      }),
    ).toEqual([
      "[stack/cluster] 'identity' must exist before the cluster, which needs a role on private-dns-zone, got " +
        'ClusterIdentity.systemAssigned(): leave it out, or use ClusterIdentity.userAssigned(...)',
    ]);
  });

  test('is told apart: the control plane, and the nodes', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    cluster.grantAccess(cluster.identity, ClusterRole.READER);
    cluster.grantAccess(cluster.kubeletIdentity, ClusterRole.READER);

    expect(at(synth(stack), 'azurerm_role_assignment', 'cluster-control-plane-reader')).toMatchObject({
      principal_id: expect.stringMatching(/\.identity\[0\]\.principal_id\}$/),
    });
    expect(at(synth(stack), 'azurerm_role_assignment', 'cluster-kubelet-reader')).toMatchObject({
      principal_id: expect.stringMatching(/\.kubelet_identity\[0\]\.object_id\}$/),
    });
  });
});

describe('the roles of an identity', () => {
  const address = (type: string): string =>
    `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.Network/${type}/one`;

  /** A cluster that needs everything for which its identity gets a role before it. */
  function needyCluster(stack: TerraformStack, given?: ClusterIdentity): AksCluster {
    const network = new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'net',
    });
    const servers = network.addSubnet('servers', { addressPrefix: '10.241.0.0/28', use: SubnetUse.API_SERVERS });
    return clusterIn(stack, {
      networkProfile: NetworkProfile.kubenet({
        subnet: network.nodeSubnet,
        outbound: Outbound.loadBalancer({ publicIpIds: [address('publicIPAddresses')] }),
      }),
      apiServerAccess: ApiServerAccess.privateAccess({ subnet: servers, privateDnsZoneId: ZONE }),
      identity:
        given ?? ClusterIdentity.userAssigned(identityIn(stack), { kubeletIdentity: identityIn(stack, 'nodes') }),
    });
  }

  test('are waited for, once for all of them, before the cluster is made', () => {
    const stack = testStack();
    needyCluster(stack);
    const json = synth(stack);
    const roles = Object.keys(json.resource!['azurerm_role_assignment']!);
    const wait = only(json, 'time_sleep');

    expect(roles).toHaveLength(7);
    expect(wait.create_duration).toBe('120s');
    // what changes with a role makes the wait anew
    expect(Object.values(wait.triggers as object).sort()).toEqual(
      roles.map((role) => `\${azurerm_role_assignment.${role}.id}`).sort(),
    );
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toContain(
      `time_sleep.${Object.keys(json.resource!['time_sleep']!)[0]}`,
    );
    expect(brokenInvariants(json)).toEqual([]);
    expect(warningsOf(stack).filter((warning) => /time provider/.test(warning))).toEqual([]);
  });

  test('are waited for as long as told, and of a service principal too', () => {
    const stack = testStack();
    const identity = ClusterIdentity.userAssigned(identityIn(stack), { propagationSeconds: 300 });
    needyCluster(stack, identity);
    const principals = testStack(testApp(), 'principals');
    const principal = new ServicePrincipal(principals, 'principal', { displayName: 'aks' });
    needyCluster(principals, ClusterIdentity.servicePrincipal(principal));

    expect(only(synth(stack), 'time_sleep')).toMatchObject({ create_duration: '300s' });
    expect(at(synth(principals), 'time_sleep', 'cluster_roles')).toMatchObject({ create_duration: '120s' });
  });

  test.each<[string, Partial<AksClusterProps> | undefined]>([
    ['there is none', {}],
    ['nobody wants to wait', undefined],
  ])('are not waited for when %s', (_, props) => {
    const stack = testStack();
    const identity = ClusterIdentity.userAssigned(identityIn(stack), { propagationSeconds: 0 });
    clusterIn(stack, props ?? { identity, apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: ZONE }) });

    expect(synth(stack).resource).not.toHaveProperty('time_sleep');
  });

  test('cannot be waited for without the time provider, which is warned of', () => {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    needyCluster(stack);
    const json = synth(stack);

    expect(synth(stack)).toEqual(json);
    expect(json.resource).not.toHaveProperty('time_sleep');
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack).filter((warning) => /time provider/.test(warning))).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\/roles\] role assignments take minutes .* Add `new TimeProvider\(this, 'time'\)`/,
      ),
    ]);
  });

  test.each([-1, 901, 1.5])('cannot be waited for %p seconds', (propagationSeconds) => {
    const stack = testStack();
    needyCluster(stack, ClusterIdentity.userAssigned(identityIn(stack), { propagationSeconds }));

    expect(Problems.of(stack)).toEqual([
      `[stack/cluster] 'identity.propagationSeconds' must be a whole number from 0 to 900, such as 60, got ${propagationSeconds}`,
    ]);
  });

  test('are waited for as long as a token says', () => {
    const stack = testStack();
    const propagationSeconds = token(stack).numberValue;
    needyCluster(stack, ClusterIdentity.userAssigned(identityIn(stack), { propagationSeconds }));

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'time_sleep').create_duration).toBe('${var.token}s');
  });
});
