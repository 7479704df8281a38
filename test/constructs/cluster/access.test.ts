import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksVirtualNetwork,
  type AksClusterProps,
  ApiServerAccess,
  ClusterAuthentication,
  ClusterRole,
  EntraPrincipal,
  type ISubnet,
  NetworkProfile,
  Problems,
  Subnet,
  SubnetUse,
} from '../../../constructs';
import { at, only, RESOURCE_GROUP, synth, testStack, token, warningsOf } from '../../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

/** What the problems of a cluster with other props are. */
function problemsOf(props: Partial<AksClusterProps>): string[] {
  const stack = testStack();
  clusterIn(stack, props);
  return Problems.of(stack);
}

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
      expect.stringMatching(/^\[stack\/cluster\] roles in a new cluster take minutes to take effect/),
    ]);
  });

  test('gives a group a role in the whole cluster, or in one namespace', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { authentication: entraId });
    const team = EntraPrincipal.group(stack, 'team', UUID);
    cluster.grantAccess(team, ClusterRole.READER);
    cluster.grantAccess(team, ClusterRole.WRITER, { namespace: 'shop' });
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
      expect.stringMatching(/^\[stack\/cluster\] 'authentication.adminGroupObjectIds(\[0\])?' must/),
    ]);
  });

  test('reports access that would mean nothing, or is not possible', () => {
    const stack = testStack();
    const team = EntraPrincipal.user(stack, 'team', 'me@example.com');
    clusterIn(stack).grantAccess(team, ClusterRole.CLUSTER_ADMIN, { namespace: 'shop' });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/team\] 'objectId' must be a UUID/),
      '[stack/team] \'role\' must not be CLUSTER_ADMIN for the namespace "shop": use ADMIN, or grant access to the whole cluster',
      expect.stringMatching(
        /^\[stack\/team\] 'grantAccess' can only be called for a cluster that uses Microsoft Entra ID, got stack\/cluster/,
      ),
    ]);
  });
});

describe('access to a namespace', () => {
  const problemsOfGrant = (namespace: (stack: TerraformStack) => string, role = ClusterRole.WRITER) => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    });
    cluster.grantAccess(EntraPrincipal.group(stack, 'team', UUID), role, { namespace: namespace(stack) });
    return Problems.of(stack);
  };

  test.each(['Shop', 'shop/orders', '', 'a'.repeat(64)])('needs the name of one, not "%s"', (name) => {
    expect(problemsOfGrant(() => name)).toEqual([expect.stringMatching(/^\[stack\/team\] 'namespace' must /)]);
  });

  test('may be to one that only Terraform knows', () => {
    expect(problemsOfGrant((stack) => token(stack).stringValue)).toEqual([]);
    expect(problemsOfGrant((stack) => token(stack).stringValue, ClusterRole.CLUSTER_ADMIN)).toEqual([
      "[stack/team] 'role' must not be CLUSTER_ADMIN for a namespace: use ADMIN, or grant access to the whole cluster",
    ]);
  });

  test('is not given to what administers all of them', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    });
    cluster.grantAccess(EntraPrincipal.group(stack, 'team', UUID), ClusterRole.CLUSTER_ADMIN);
    expect(Problems.of(stack)).toEqual([]);
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
    ['that of the nodes', (network) => network.nodeSubnet, 'must be a dedicated subnet'],
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
      "[stack/cluster] 'apiServerAccess.subnet' needs nodes in the same VNet, got stack/network/api and nodes in the VNet that Azure creates: give the nodes" +
        " a 'subnet' in 'networkProfile'",
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
      "[stack/cluster] 'apiServerAccess.authorizedRanges' must have at most 200 ranges, got 201: combine adjacent ones",
    ]);
    expect(problemsOf({ apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId: 'Own' }) })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\[stack\/cluster\] 'apiServerAccess.privateDnsZoneId' must be "System", "None" or/),
      ]),
    );
  });
});
