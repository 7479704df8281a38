import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AcrRegistry,
  type AddNodePoolOptions,
  AksCluster,
  AksVirtualNetwork,
  type AksClusterProps,
  ApiServerAccess,
  AutoscalerExpander,
  ClusterAuthentication,
  ClusterIdentity,
  ClusterRole,
  ClusterTier,
  EntraPrincipal,
  type ISubnet,
  KubernetesVersion,
  NetworkProfile,
  NodePool,
  NodePoolMode,
  OsDiskType,
  Outbound,
  Problems,
  ServicePrincipal,
  SpotEvictionPolicy,
  Subnet,
  SubnetUse,
  TaintEffect,
  UserAssignedIdentity,
} from '../../constructs';
import { brokenInvariants } from '../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const IDENTITY_ID =
  '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet';
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
    cluster.grantAccess(stack, cluster.identity, ClusterRole.READER);
    cluster.grantAccess(stack, cluster.kubeletIdentity, ClusterRole.READER);

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
      expect.stringMatching(/^\[stack\/cluster\/roles\] roles take minutes .* Add `new TimeProvider\(this, 'time'\)`/),
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

describe('UserAssignedIdentity', () => {
  test('is found by its name, or known by its ids', () => {
    const stack = testStack();
    const found = UserAssignedIdentity.fromIdentityName(stack, 'found', {
      identityName: 'one',
      resourceGroupName: 'rg',
    });
    const known = UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, 'known', {
      identityId: IDENTITY_ID,
      clientId: UUID,
      objectId: UUID,
    });
    clusterIn(stack, { identity: ClusterIdentity.userAssigned(found, { kubeletIdentity: known }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      identity: {
        identity_ids: [expect.stringMatching(/^\$\{data\.azurerm_user_assigned_identity\.found_\w+\.id\}$/)],
      },
      kubelet_identity: { client_id: UUID, object_id: UUID, user_assigned_identity_id: IDENTITY_ID },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports bad names and ids', () => {
    const stack = testStack();
    new UserAssignedIdentity(stack, 'a', { resourceGroup: RESOURCE_GROUP, identityName: 'a' });
    UserAssignedIdentity.fromIdentityName(stack, 'b', { identityName: 'b', resourceGroupName: 'rg.' });
    UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, 'c', {
      identityId: '',
      clientId: 'c',
      objectId: 'c',
    });

    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/a] 'identityName'",
      "[stack/b] 'identityName'",
      "[stack/b] 'resourceGroupName'",
      "[stack/c] 'identityId'",
      "[stack/c] 'clientId'",
      "[stack/c] 'objectId'",
    ]);
  });
});

describe('a cluster with Microsoft Entra ID', () => {
  const entraId = ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] });

  test('has Azure roles, an admin group, and no local accounts', () => {
    const stack = testStack();
    clusterIn(stack, { authentication: entraId });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      local_account_disabled: true,
      azure_active_directory_role_based_access_control: { azure_rbac_enabled: true, admin_group_object_ids: [UUID] },
    });
  });

  test('is reached by the Kubernetes provider through kubelogin, with no certificate and no environment variable', () => {
    const stack = testStack();
    const config = clusterIn(stack, { authentication: entraId }).kubernetesProviderConfig(stack);
    new KubernetesProvider(stack, 'own', { alias: 'own', ...config });
    const provider = synth(stack).provider!.kubernetes![1]!;

    expect(Object.keys(provider).sort()).toEqual(['alias', 'cluster_ca_certificate', 'exec', 'host']);
    expect(provider.exec).toEqual([
      {
        api_version: 'client.authentication.k8s.io/v1beta1',
        command: 'kubelogin',
        args: ['get-token', '--login', 'azurecli', '--server-id', '6dae42f8-4368-4678-94ff-3960e28e3630'],
      },
    ]);
  });

  test('warns where it is made: a role takes minutes to work, and the workloads of the stack would fail till then', () => {
    const stack = testStack();
    clusterIn(stack, { authentication: entraId }).kubernetesProviderConfig(stack);

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^\[stack\/cluster\] roles in a new cluster take minutes to work/),
    ]);
  });

  test('gives a group a role in the whole cluster, or in one namespace', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { authentication: entraId });
    const team = EntraPrincipal.group(stack, 'team', UUID);
    cluster.grantAccess(stack, team, ClusterRole.READER);
    cluster.grantAccess(stack, team, ClusterRole.WRITER, { namespace: 'shop' });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'azurerm_role_assignment', 'cluster-team-reader')).toEqual({
      scope: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_\w+\.id\}$/),
      role_definition_name: 'Azure Kubernetes Service RBAC Reader',
      principal_id: UUID,
      principal_type: 'Group',
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster-team-writer-shop')).toMatchObject({
      scope: expect.stringMatching(/\.id\}\/namespaces\/shop$/),
    });
  });

  test.each<[string, string[]]>([
    ['no group', []],
    ['a name', ['admins']],
  ])('reports %s for its administrators', (_, adminGroupObjectIds) => {
    expect(problemsOf({ authentication: ClusterAuthentication.entraId({ adminGroupObjectIds }) })).toEqual([
      expect.stringMatching(/^\[stack\/cluster\] 'authentication.adminGroupObjectIds' must/),
    ]);
  });

  test('reports access that would mean nothing, or is not possible', () => {
    const stack = testStack();
    const team = EntraPrincipal.user(stack, 'team', 'me@example.com');
    clusterIn(stack).grantAccess(stack, team, ClusterRole.CLUSTER_ADMIN, { namespace: 'shop' });

    expect(Problems.of(stack)).toEqual([
      '[stack] \'role\' must not be CLUSTER_ADMIN for the namespace "shop": take ADMIN, or the whole cluster',
      expect.stringMatching(
        /^\[stack\] 'grantAccess' must be called for a cluster that uses Microsoft Entra ID, got stack\/cluster/,
      ),
      expect.stringMatching(/^\[stack\/team\] 'objectId' must be a UUID/),
    ]);
  });
});

describe('the API server', () => {
  test('is reached from given ranges only', () => {
    const stack = testStack();
    clusterIn(stack, { apiServerAccess: ApiServerAccess.authorizedRanges(['203.0.113.0/24']) });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      api_server_access_profile: { authorized_ip_ranges: ['203.0.113.0/24'] },
    });
  });

  test('is private, with the zone that Azure makes', () => {
    const stack = testStack();
    clusterIn(stack, { apiServerAccess: ApiServerAccess.privateAccess() });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      private_cluster_enabled: true,
      private_dns_zone_id: 'System',
      identity: { type: 'SystemAssigned' },
    });
  });

  const networkIn = (stack: TerraformStack, name: string): AksVirtualNetwork =>
    new AksVirtualNetwork(stack, name, { resourceGroup: RESOURCE_GROUP, virtualNetworkName: name });

  test('is in a subnet of the nodes’ network, which it gets a role for first', () => {
    const stack = testStack();
    const network = networkIn(stack, 'network');
    const subnet = network.addSubnet('api', { addressPrefix: '10.241.0.0/28', use: SubnetUse.API_SERVERS });
    const ranges = Array.from({ length: 2000 }, (_, n) => `203.${Math.floor(n / 256)}.113.${n % 256}/32`);
    clusterIn(stack, {
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
      apiServerAccess: ApiServerAccess.authorizedRanges(ranges, { subnet }),
    });
    const json = synth(stack);
    const cluster = only(json, 'azurerm_kubernetes_cluster');

    expect(Problems.of(stack)).toEqual([]);
    expect(cluster).toMatchObject({
      identity: { type: 'UserAssigned' },
      api_server_access_profile: {
        authorized_ip_ranges: ranges,
        virtual_network_integration_enabled: true,
        subnet_id: expect.stringMatching(/^\$\{azurerm_subnet\.network_api_\w+\.id\}$/),
      },
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster_api-server-subnet-role_')).toMatchObject({
      role_definition_name: 'Network Contributor',
    });
    expect(cluster.depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_role_assignment\.cluster_api-server-subnet-role_/),
        expect.stringMatching(/^azurerm_subnet\.network_api_/),
      ]),
    );
  });

  test.each([
    ['publicAccess', (subnet: ISubnet) => ApiServerAccess.publicAccess({ subnet })],
    ['privateAccess', (subnet: ISubnet) => ApiServerAccess.privateAccess({ subnet })],
  ])('may be in a subnet with %s', (_, accessIn) => {
    const stack = testStack();
    const network = networkIn(stack, 'network');
    const subnet = network.addSubnet('api', { addressPrefix: '10.241.0.0/28', use: SubnetUse.API_SERVERS });
    clusterIn(stack, {
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
      apiServerAccess: accessIn(subnet),
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_kubernetes_cluster').api_server_access_profile).toMatchObject({
      virtual_network_integration_enabled: true,
    });
  });

  test.each<[string, (network: AksVirtualNetwork) => ISubnet, string]>([
    [
      'small',
      (network) => network.addSubnet('api', { addressPrefix: '10.241.0.0/29', use: SubnetUse.API_SERVERS }),
      'must be /28 or larger, got stack/network/api with 10.241.0.0/29',
    ],
    ['that of the nodes', (network) => network.nodeSubnet, 'must be a subnet that nothing else uses'],
    [
      'made for something else',
      (network) => network.addSubnet('api', { addressPrefix: '10.241.0.0/28' }),
      'must be delegated to Microsoft.ContainerService/managedClusters, got stack/network/api, which is delegated to no service',
    ],
    [
      'delegated to another service',
      (network) =>
        Subnet.fromSubnetAttributes(network, 'web', {
          subnetId: `${network.virtualNetworkId}/subnets/web`,
          delegation: 'Microsoft.Web/serverFarms',
        }),
      'which is delegated to Microsoft.Web/serverFarms',
    ],
    [
      'in another network',
      (network) =>
        networkIn(TerraformStack.of(network), 'other').addSubnet('api', {
          addressPrefix: '10.241.0.0/28',
          use: SubnetUse.API_SERVERS,
        }),
      'must be in the VNet of the nodes (stack/network), got stack/other/api of stack/other',
    ],
  ])('is refused in a subnet that is %s', (_, subnetOf, problem) => {
    const stack = testStack();
    const network = networkIn(stack, 'network');
    clusterIn(stack, {
      networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
      apiServerAccess: ApiServerAccess.publicAccess({ subnet: subnetOf(network) }),
    });

    expect(Problems.of(stack)).toContainEqual(expect.stringContaining(problem));
  });

  test('is refused in a subnet when the nodes are in a network that Azure makes', () => {
    const stack = testStack();
    const subnet = networkIn(stack, 'network').addSubnet('api', {
      addressPrefix: '10.241.0.0/28',
      use: SubnetUse.API_SERVERS,
    });
    clusterIn(stack, { apiServerAccess: ApiServerAccess.publicAccess({ subnet }) });

    expect(Problems.of(stack)).toEqual([
      "[stack/cluster] 'apiServerAccess.subnet' needs nodes in the same VNet, got stack/network/api and nodes in the VNet " +
        "that Azure makes: give the nodes a 'subnet' in 'networkProfile'",
    ]);
  });

  test('is refused with ranges and zones that cannot be', () => {
    const range = (n: number): string => `203.0.${Math.floor(n / 256)}.${n % 256}/32`;
    expect(problemsOf({ apiServerAccess: ApiServerAccess.authorizedRanges(['10.0.0.0/8']) })).toHaveLength(1);
    expect(
      problemsOf({
        apiServerAccess: ApiServerAccess.authorizedRanges(Array.from({ length: 200 }, (_, n) => range(n))),
      }),
    ).toEqual([]);
    expect(
      problemsOf({
        apiServerAccess: ApiServerAccess.authorizedRanges(Array.from({ length: 201 }, (_, n) => range(n))),
      }),
    ).toEqual([
      "[stack/cluster] 'apiServerAccess.authorizedRanges' must have at most 200 ranges, got 201: join neighbouring ones",
    ]);
    expect(problemsOf({ apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: 'Own' }) })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[stack\/cluster\] 'apiServerAccess.privateDnsZoneId' must be "System", "None" or/),
      ]),
    );
  });
});

describe('node pools', () => {
  const poolIn = (stack: TerraformStack, options: Partial<AddNodePoolOptions> = {}): NodePool =>
    clusterIn(stack).addNodePool('apps', { nodePoolName: 'apps', ...options });

  test('are user pools of two regular Linux nodes by default', () => {
    const stack = testStack();
    poolIn(stack);

    expect(only(synth(stack), 'azurerm_kubernetes_cluster_node_pool')).toMatchInlineSnapshot(`
     {
       "kubernetes_cluster_id": "\${azurerm_kubernetes_cluster.cluster_611F8AFF.id}",
       "mode": "User",
       "name": "apps",
       "node_count": 2,
       "os_sku": "Ubuntu",
       "os_type": "Linux",
       "temporary_name_for_rotation": "appstmp",
       "upgrade_settings": {
         "drain_timeout_in_minutes": 30,
         "max_surge": "10%",
         "node_soak_duration_in_minutes": 0,
       },
       "vm_size": "Standard_D4s_v5",
       "workload_runtime": "OCIContainer",
     }
    `);
    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('take everything that they can be told', () => {
    const stack = testStack();
    poolIn(stack, {
      mode: NodePoolMode.SYSTEM,
      nodeCount: 3,
      vmSize: 'Standard_D8ds_v5',
      zones: ['1', '2', '3'],
      osDiskType: OsDiskType.EPHEMERAL,
      osDiskSizeGb: 64,
      maxPods: 50,
      labels: { team: 'web' },
      taints: [
        { key: 'CriticalAddonsOnly', value: 'true', effect: TaintEffect.NO_SCHEDULE },
        { key: 'team', effect: TaintEffect.PREFER_NO_SCHEDULE },
      ],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({
      mode: 'System',
      node_count: 3,
      vm_size: 'Standard_D8ds_v5',
      zones: ['1', '2', '3'],
      os_disk_type: 'Ephemeral',
      os_disk_size_gb: 64,
      max_pods: 50,
      node_labels: { team: 'web' },
      node_taints: ['CriticalAddonsOnly=true:NoSchedule', 'team=:PreferNoSchedule'],
    });
  });

  test('of Spot nodes have their price, label and taint, and no upgrade settings', () => {
    const stack = testStack();
    poolIn(stack, {
      spot: { maxPrice: 0.1, evictionPolicy: SpotEvictionPolicy.DEALLOCATE },
      labels: { team: 'web' },
      taints: [{ key: 'team', value: 'web', effect: TaintEffect.NO_SCHEDULE }],
    });
    const pool = only(synth(stack), 'azurerm_kubernetes_cluster_node_pool');

    expect(pool).not.toHaveProperty('upgrade_settings');
    expect(pool).toMatchObject({
      lifecycle: { ignore_changes: ['upgrade_settings'] },
      priority: 'Spot',
      spot_max_price: 0.1,
      eviction_policy: 'Deallocate',
      node_labels: { team: 'web', 'kubernetes.azure.com/scalesetpriority': 'spot' },
      node_taints: ['team=web:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
    });
  });

  test('leave the number of nodes to the autoscaler, both kinds of them', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      defaultNodePool: { autoscaling: { minCount: 1, maxCount: 3 } },
      clusterAutoscaler: { expander: AutoscalerExpander.LEAST_WASTE, scaleDownUnneededMinutes: 5 },
    });
    cluster.addNodePool('apps', { nodePoolName: 'apps', autoscaling: { minCount: 0, maxCount: 5 } });
    const json = synth(stack);
    const main = only(json, 'azurerm_kubernetes_cluster');
    const pool = only(json, 'azurerm_kubernetes_cluster_node_pool');

    expect(Problems.of(stack)).toEqual([]);
    expect(main.default_node_pool).toMatchObject({ auto_scaling_enabled: true, min_count: 1, max_count: 3 });
    expect(main.default_node_pool).not.toHaveProperty('node_count');
    expect(main.lifecycle).toEqual({ ignore_changes: ['default_node_pool[0].node_count'] });
    expect(main.auto_scaler_profile).toEqual({
      expander: 'least-waste',
      balance_similar_node_groups: false,
      scale_down_delay_after_add: '10m',
      scale_down_unneeded: '5m',
      scale_down_utilization_threshold: '0.5',
    });
    expect(pool).toMatchObject({
      auto_scaling_enabled: true,
      min_count: 0,
      max_count: 5,
      lifecycle: { ignore_changes: ['node_count'] },
    });
    expect(pool).not.toHaveProperty('node_count');
  });

  test.each<[string, Partial<AddNodePoolOptions>, RegExp]>([
    ['a name', { nodePoolName: 'Apps' }, /'nodePoolName' must be 1 to 12 .*, got "Apps"$/],
    ['no name', { nodePoolName: undefined as never }, /'nodePoolName' must be given/],
    ['a count', { nodeCount: 1001 }, /'nodeCount' must be a whole number from 0 to 1000, .*, got 1001$/],
    [
      'a size',
      { vmSize: 'Standard_B1s' },
      /'vmSize' must be a VM size with at least 2 vCPUs and 2 GB .*, got "Standard_B1s"/,
    ],
    [
      'a zone',
      { zones: ['westeurope-1'] },
      /'zones' must be the number of an availability zone, .*, got "westeurope-1"$/,
    ],
    ['a disk', { osDiskSizeGb: 29 }, /'osDiskSizeGb' must be a whole number from 30 to 2048, .*, got 29$/],
    [
      'a disk type',
      { osDiskType: 'Fast' as never },
      /'osDiskType' must be OsDiskType.MANAGED or OsDiskType.EPHEMERAL, got "Fast"$/,
    ],
    ['pods', { maxPods: 9 }, /'maxPods' must be a whole number from 10 to 250, .*, got 9$/],
    [
      'a label',
      { labels: { 'kubernetes.io/team': 'web' } },
      /'labels' must be the key of a label: .*, got "kubernetes.io\/team"$/,
    ],
    ['a label value', { labels: { team: 'a b' } }, /'labels.team' must be the value of a label: .*, got "a b"$/],
    [
      'a taint',
      { taints: [{ key: 'a b', effect: TaintEffect.NO_EXECUTE }] },
      /'taints.key' must be the key of a taint: .*, got "a b"$/,
    ],
    [
      'bounds',
      { autoscaling: { minCount: 3, maxCount: 2 } },
      /'autoscaling.minCount' must not be above 'autoscaling.maxCount' \(2\), got 3$/,
    ],
    [
      'both',
      { nodeCount: 2, autoscaling: { minCount: 1, maxCount: 2 } },
      /'nodeCount' must not be given together with 'autoscaling'/,
    ],
    ['a price', { spot: { maxPrice: 0 } }, /'spot.maxPrice' must be -1 .*, got 0$/],
    ['Spot system nodes', { mode: NodePoolMode.SYSTEM, spot: {} }, /'spot' must not be given for a system pool/],
    [
      'no system nodes',
      { mode: NodePoolMode.SYSTEM, nodeCount: 0 },
      /'nodeCount' must be a whole number from 1 to 1000, .*, got 0$/,
    ],
  ])('are refused with %s', (_, options, message) => {
    const stack = testStack();
    poolIn(stack, options);

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
    expect(Problems.of(stack)[0]).toMatch(/^\[stack\/cluster(\/apps\] |\] addNodePool\("apps"\): )/);
  });

  test.each<[string, AksClusterProps['defaultNodePool'], RegExp]>([
    [
      'no node',
      { autoscaling: { minCount: 0, maxCount: 2 } },
      /'defaultNodePool.autoscaling.minCount' must be a whole number from 1 to 1000/,
    ],
    [
      'a reserved label',
      { labels: { 'kubernetes.azure.com/x': 'y' } },
      /'defaultNodePool.labels' must be the key of a label/,
    ],
  ])('are refused as default pool with %s', (_, defaultNodePool, message) => {
    expect(problemsOf({ defaultNodePool })).toEqual([expect.stringMatching(message)]);
  });

  test('have names of their own, also while their nodes are replaced', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { defaultNodePool: { name: 'main' } });
    cluster.addNodePool('one', { nodePoolName: 'main' });
    cluster.addNodePool('two', { nodePoolName: 'maintmp' });
    const names = ['nodepool10', 'nodepool11'].map((nodePoolName) =>
      cluster.addNodePool(nodePoolName, { nodePoolName }),
    );

    expect(names).toHaveLength(2);
    expect(Problems.of(stack)).toEqual([
      `[stack/cluster/one] 'nodePoolName' must be unique in its cluster, got "main", the name of the node pool of stack/cluster: give one of them another name`,
      `[stack/cluster/two] 'nodePoolName' must be unique in its cluster, got "maintmp", the name of the node pool of stack/cluster while its nodes are replaced: give one of them another name`,
    ]);
  });

  test('follow the Kubernetes version of their cluster', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { kubernetesVersion: KubernetesVersion.of('1.36', { today: '2026-11-23' }) });
    cluster.addNodePool('apps', { nodePoolName: 'apps' });
    const json = synth(stack);

    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      kubernetes_version: '1.36',
      default_node_pool: { orchestrator_version: '1.36' },
    });
    expect(only(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({ orchestrator_version: '1.36' });
  });

  test('can be added to a cluster that exists, and found by name', () => {
    const stack = testStack();
    const cluster = AksCluster.fromClusterName(stack, 'shared', { clusterName: 'aks', resourceGroupName: 'rg' });
    cluster.addNodePool('apps', { nodePoolName: 'apps' });
    const attributes = { clusterName: 'aks', resourceGroupName: 'rg' };
    const found = NodePool.fromNodePoolName(stack, 'found', { nodePoolName: 'other', ...attributes });
    NodePool.fromNodePoolName(stack, 'bad', { nodePoolName: 'Other', ...attributes });
    const json = synth(stack);

    const subnet = `data.azurerm_kubernetes_cluster.${Object.keys(json.data!['azurerm_kubernetes_cluster']!)[0]}.agent_pool_profile[0].vnet_subnet_id`;
    expect(only(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject({
      kubernetes_cluster_id: expect.stringMatching(/^\$\{data\.azurerm_kubernetes_cluster\.shared_\w+\.id\}$/),
      // nodes in another subnet than the others of a network would be cycled, or fail
      vnet_subnet_id: `\${one(compact([${subnet}]))}`,
    });
    expect(found.nodePoolName).toBe('other');
    expect(Problems.of(stack)).toEqual([expect.stringMatching(/^\[stack\/bad\] 'nodePoolName' must/)]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  const KNOWN = {
    clusterId: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks',
    clusterName: 'aks',
    resourceGroupName: 'rg',
  };
  const NODES = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes';
  const PODS = `${NODES.slice(0, -'nodes'.length)}pods`;

  test.each<[string, (stack: TerraformStack) => NetworkProfile, object]>([
    ['a network that Azure made', () => NetworkProfile.overlay(), {}],
    [
      'a network of its own, with a subnet for pods',
      (stack) =>
        NetworkProfile.podSubnet({
          subnet: Subnet.fromSubnetAttributes(stack, 'nodes', { subnetId: NODES }),
          podSubnet: Subnet.fromSubnetAttributes(stack, 'pods', { subnetId: PODS }),
        }),
      { vnet_subnet_id: NODES, pod_subnet_id: PODS },
    ],
  ])('of a cluster that exists are in %s', (_, networkProfile, subnets) => {
    const stack = testStack();
    const imagePuller = EntraPrincipal.servicePrincipal(stack, 'kubelet', UUID);
    const profile = networkProfile(stack);
    const byId = AksCluster.fromClusterAttributes(stack, 'a', { ...KNOWN, imagePuller, networkProfile: profile });
    const byName = AksCluster.fromClusterName(stack, 'b', {
      clusterName: 'two',
      resourceGroupName: 'rg',
      networkProfile: profile,
    });
    [byId, byName].forEach((cluster) => cluster.addNodePool('apps', { nodePoolName: 'apps' }));
    const pools = Object.values(synth(stack).resource!['azurerm_kubernetes_cluster_node_pool']!);

    expect(Problems.of(stack)).toEqual([]);
    expect(
      pools.map((pool) => Object.fromEntries(Object.entries(pool).filter(([name]) => name.endsWith('subnet_id')))),
    ).toEqual([subnets, subnets]);
  });

  test('of a cluster by its ids need its network, which is said once', () => {
    const stack = testStack();
    const imagePuller = EntraPrincipal.servicePrincipal(stack, 'kubelet', UUID);
    const cluster = AksCluster.fromClusterAttributes(stack, 'cluster', { ...KNOWN, imagePuller });
    cluster.addNodePool('one', { nodePoolName: 'one' });
    new NodePool(stack, 'two', { nodePoolName: 'two', cluster });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\] 'networkProfile' must be given to .* for the pool stack\/cluster\/one, stack\/two, got nothing/,
      ),
    ]);
  });

  test('let tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    poolIn(stack, { nodePoolName: stringValue, nodeCount: numberValue, vmSize: stringValue, maxPods: numberValue });
    clusterIn(
      stack,
      { clusterName: 'two', defaultNodePool: { autoscaling: { minCount: 1, maxCount: numberValue } } },
      'two',
    );

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });
});

describe('the Kubernetes version', () => {
  const version = (minor: string, today: string, props: Partial<AksClusterProps> = {}): Partial<AksClusterProps> => ({
    kubernetesVersion: KubernetesVersion.of(minor, { today }),
    ...props,
  });
  const supported = (minor: string, today: string, props: Partial<AksClusterProps> = {}): Partial<AksClusterProps> => ({
    kubernetesVersion: KubernetesVersion.of(minor, { today, mustBeSupported: true }),
    ...props,
  });
  const longTerm = { longTermSupport: true, tier: ClusterTier.PREMIUM };

  test.each<[string, Partial<AksClusterProps>, number, number]>([
    ['is fine in the middle of its support', version('1.36', '2026-11-23'), 0, 0],
    ['is fine when it is newer than the table', version('1.42', '2026-11-23'), 0, 0],
    ['warns 60 days before the end', version('1.34', '2026-10-01'), 0, 1],
    ['does not warn 61 days before the end', version('1.34', '2026-09-30'), 0, 0],
    ['warns on its last day', version('1.34', '2026-11-30'), 0, 1],
    ['warns the day after, and stops nothing', version('1.34', '2026-12-01'), 0, 1],
    ['is a problem the day after, on request', supported('1.34', '2026-12-01'), 1, 0],
    ['warns on its last day, on request', supported('1.34', '2026-11-30'), 0, 1],
    ['is fine after that with long-term support', version('1.34', '2026-12-01', longTerm), 0, 0],
    ['warns after that', version('1.34', '2027-12-01', longTerm), 0, 1],
    ['is a problem after that, on request', supported('1.34', '2027-12-01', longTerm), 1, 0],
    ['warns when it is older than the table', version('1.25', '2026-11-23'), 0, 1],
    ['is a problem when it is older than the table, on request', supported('1.25', '2026-11-23'), 1, 0],
    ['must be a minor one', version('1.35.2', '2026-11-23'), 1, 0],
  ])('%s', (_, props, problems, warnings) => {
    const stack = testStack();
    clusterIn(stack, props);

    expect(Problems.of(stack)).toHaveLength(problems);
    expect(warningsOf(stack)).toHaveLength(warnings);
  });

  test('says until when it was supported, and what to do', () => {
    expect(problemsOf(supported('1.34', '2026-12-01'))).toEqual([
      `[stack/cluster] 'kubernetesVersion' must be a version that Azure supports, such as "1.36", got "1.34", whose ` +
        'support ended by 2026-11-30: take a newer one, or set longTermSupport, which costs the Premium tier',
    ]);
  });

  test('has long-term support in the Premium tier only', () => {
    const stack = testStack();
    clusterIn(stack, version('1.34', '2026-12-01', longTerm));

    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      sku_tier: 'Premium',
      support_plan: 'AKSLongTermSupport',
    });
    expect(problemsOf(version('1.34', '2026-11-01', { longTermSupport: true }))).toEqual([
      "[stack/cluster] 'longTermSupport' needs the tier Premium, got Free: set 'tier' to ClusterTier.PREMIUM",
    ]);
  });
});

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
    cluster.grantAccess(stack, EntraPrincipal.group(stack, 'team', UUID), ClusterRole.READER);
    cluster.addServiceAccount(stack, 'orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });
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
    cluster.addServiceAccount(stack, 'orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });

    expect(cluster.kubernetesProviderConfig(stack)).toEqual({});
    expect(Problems.of(stack)).toEqual([
      '[stack] the Kubernetes provider needs the address of its cluster, which stack/cluster does not have: use ' +
        'AksCluster.fromClusterName(...), which looks it up',
      "[stack/orders] 'cluster' must say its OIDC issuer, got stack/cluster: give 'oidcIssuerUrl' to fromClusterAttributes(...)",
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

describe('a service account', () => {
  test('has an identity in Azure, trusted for the pods of one namespace, and can be given roles', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    });
    const account = cluster.addServiceAccount(stack, 'orders', {
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'orders',
      namespace: 'shop',
    });
    cluster.grantAccess(stack, account, ClusterRole.READER);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'orders' });
    expect(only(json, 'azurerm_federated_identity_credential')).toEqual({
      name: 'orders',
      resource_group_name: 'rg',
      parent_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.orders_identity_\w+\.id\}$/),
      audience: ['api://AzureADTokenExchange'],
      issuer: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_\w+\.oidc_issuer_url\}$/),
      subject: 'system:serviceaccount:shop:orders',
    });
    expect(only(json, 'kubernetes_service_account_v1')).toMatchObject({
      metadata: {
        name: 'orders',
        namespace: 'shop',
        annotations: {
          'azure.workload.identity/client-id': expect.stringMatching(/identity\.orders_identity_\w+\.client_id\}$/),
        },
      },
    });
    expect(at(json, 'azurerm_role_assignment', 'cluster-orders-reader')).toMatchObject({
      principal_id: expect.stringMatching(/identity\.orders_identity_\w+\.principal_id\}$/),
    });
  });

  test('is made in the stack that asks, for a cluster that exists', () => {
    const app = testApp();
    const stack = testStack(app, 'application');
    const cluster = AksCluster.fromClusterName(stack, 'shared', { clusterName: 'aks', resourceGroupName: 'rg' });
    cluster.addServiceAccount(stack, 'orders', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders' });
    const json = synth(stack);

    expect(only(json, 'azurerm_federated_identity_credential')).toMatchObject({
      issuer: expect.stringMatching(/^\$\{data\.azurerm_kubernetes_cluster\.shared_\w+\.oidc_issuer_url\}$/),
      subject: 'system:serviceaccount:default:orders',
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reports a bad name once', () => {
    const stack = testStack();
    clusterIn(stack).addServiceAccount(stack, 'orders', {
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'Orders',
    });

    expect(Problems.of(stack)).toEqual([expect.stringMatching(/^\[stack\/orders\] 'serviceAccountName' must/)]);
  });
});

test('a stack of 50 clusters with three pools each is checked in time that grows with it', () => {
  const app = testApp();
  const stack = testStack(app);
  new AzurermProvider(stack, 'other', { alias: 'other', features: [{}] });
  for (let n = 0; n < 50; n++) {
    const cluster = clusterIn(stack, { clusterName: `aks${n}` }, `cluster${n}`);
    ['a', 'b', 'c'].forEach((nodePoolName) => cluster.addNodePool(nodePoolName, { nodePoolName }));
  }

  expect(Problems.of(app)).toEqual([]);
  expect(Object.keys(synth(stack).resource!.azurerm_kubernetes_cluster_node_pool!)).toHaveLength(150);
});
