import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  type AksVirtualNetworkProps,
  BackendPoolType,
  type ISubnet,
  NetworkDataPlane,
  NetworkPlugin,
  NetworkPluginMode,
  NetworkPolicyEngine,
  NetworkProfile,
  Outbound,
  OutboundType,
  Problems,
  SubnetUse,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const SUBNET_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks1', ...props });
}

function networkIn(
  stack: TerraformStack,
  props: Partial<AksVirtualNetworkProps> = {},
  id = 'network',
): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, id, { resourceGroup: RESOURCE_GROUP, virtualNetworkName: id, ...props });
}

/** The network profile and the default pool that a cluster gets. */
function rendered(profile: (stack: TerraformStack) => NetworkProfile): { network: Block; pool: Block } {
  const stack = testStack();
  clusterIn(stack, { networkProfile: profile(stack) });
  const cluster = only(synth(stack), 'azurerm_kubernetes_cluster');
  return { network: cluster.network_profile as Block, pool: cluster.default_node_pool as Block };
}

/** What is wrong with a cluster that has the profile. */
function problemsOf(profile: (stack: TerraformStack) => NetworkProfile, nodeCount = 2): string[] {
  const stack = testStack();
  clusterIn(stack, { networkProfile: profile(stack), defaultNodePool: { nodeCount } });
  return Problems.of(stack);
}

describe('NetworkProfile', () => {
  const subnet = (stack: TerraformStack): ISubnet => networkIn(stack).nodeSubnet;
  const podSubnet = (stack: TerraformStack): NetworkProfile => {
    const network = networkIn(stack);
    return NetworkProfile.podSubnet({
      subnet: network.nodeSubnet,
      podSubnet: network.addSubnet('pods', { addressPrefix: '10.241.0.0/16', use: SubnetUse.PODS }),
    });
  };

  test.each<[string, (stack: TerraformStack) => NetworkProfile, object]>([
    [
      'an overlay on a subnet',
      (stack) => NetworkProfile.overlay({ subnet: subnet(stack) }),
      {
        network_plugin: 'azure',
        network_plugin_mode: 'overlay',
        network_data_plane: 'cilium',
        pod_cidr: '10.244.0.0/16',
      },
    ],
    [
      'an overlay with ranges of its own',
      () => NetworkProfile.overlay({ podCidr: '10.1.0.0/16', serviceCidr: '10.2.0.0/16' }),
      { pod_cidr: '10.1.0.0/16', service_cidr: '10.2.0.0/16', dns_service_ip: '10.2.0.10' },
    ],
    [
      'an overlay with Calico',
      () => NetworkProfile.overlay({ networkPolicy: NetworkPolicyEngine.CALICO }),
      { network_data_plane: 'azure', network_policy: 'calico' },
    ],
    [
      'Azure CNI on the node subnet',
      (stack) => NetworkProfile.azureCni({ subnet: subnet(stack) }),
      { network_plugin: 'azure', network_data_plane: 'azure', network_policy: 'calico', service_cidr: '10.0.0.0/16' },
    ],
    [
      'a pod subnet',
      podSubnet,
      { network_plugin: 'azure', network_data_plane: 'cilium', network_policy: 'cilium', dns_service_ip: '10.0.0.10' },
    ],
    [
      'kubenet on a subnet',
      (stack) => NetworkProfile.kubenet({ subnet: subnet(stack), networkPolicy: NetworkPolicyEngine.CALICO }),
      { network_plugin: 'kubenet', network_policy: 'calico', pod_cidr: '10.244.0.0/16' },
    ],
    ['no plug-in', () => NetworkProfile.none(), { network_plugin: 'none', service_cidr: '10.0.0.0/16' }],
  ])('renders %s', (_, profile, expected) => {
    expect(rendered(profile).network).toMatchObject(expected);
    expect(problemsOf(profile)).toEqual([]);
  });

  test.each<[string, (stack: TerraformStack) => [NetworkProfile, NetworkProfile]]>([
    [
      'an overlay',
      () => [
        NetworkProfile.custom({
          networkPlugin: NetworkPlugin.AZURE,
          networkPluginMode: NetworkPluginMode.OVERLAY,
          networkPolicy: NetworkPolicyEngine.CILIUM,
        }),
        NetworkProfile.overlay(),
      ],
    ],
    [
      'pods on the node subnet',
      (stack) => {
        const nodes = subnet(stack);
        const networkPolicy = NetworkPolicyEngine.CALICO;
        return [
          NetworkProfile.custom({ networkPlugin: NetworkPlugin.AZURE, subnet: nodes, networkPolicy }),
          NetworkProfile.azureCni({ subnet: nodes }),
        ];
      },
    ],
    [
      'pods on a subnet of their own',
      (stack) => {
        const preset = podSubnet(stack);
        const [nodes, pods] = preset.subnets;
        const networkPolicy = NetworkPolicyEngine.CILIUM;
        const networkPlugin = NetworkPlugin.AZURE;
        return [NetworkProfile.custom({ networkPlugin, subnet: nodes!, podSubnet: pods!, networkPolicy }), preset];
      },
    ],
    ['kubenet', () => [NetworkProfile.custom({ networkPlugin: NetworkPlugin.KUBENET }), NetworkProfile.kubenet()]],
    ['no plug-in', () => [NetworkProfile.custom({ networkPlugin: NetworkPlugin.NONE }), NetworkProfile.none()]],
  ])('builds %s from its parts, as the factory of that name does', (_, profiles) => {
    const [custom, preset] = ([0, 1] as const).map((n) => {
      const stack = testStack();
      clusterIn(stack, { networkProfile: profiles(stack)[n] });
      return [synth(stack), Problems.of(stack), warningsOf(stack)];
    });

    expect(custom).toEqual(preset);
  });

  test('builds what no other factory does: the Cilium data plane alone, and Azure CNI on a subnet that Azure creates', () => {
    const { AZURE: networkPlugin } = NetworkPlugin;
    const plane = NetworkProfile.custom({
      networkPlugin,
      networkPluginMode: NetworkPluginMode.OVERLAY,
      networkDataPlane: NetworkDataPlane.CILIUM,
    });
    const flat = NetworkProfile.custom({ networkPlugin, networkPolicy: NetworkPolicyEngine.CALICO });

    expect(rendered(() => plane).network).toMatchObject({ network_data_plane: 'cilium', pod_cidr: '10.244.0.0/16' });
    expect(rendered(() => plane).network).not.toHaveProperty('network_policy');
    expect([plane.linuxOnly, plane.enforcesNetworkPolicies]).toEqual([true, false]);
    expect(rendered(() => flat).network).toMatchObject({ network_plugin: 'azure', network_policy: 'calico' });
    expect(rendered(() => flat).network).not.toHaveProperty('pod_cidr');
    expect(rendered(() => flat).pool).not.toHaveProperty('vnet_subnet_id');
    expect([plane, flat].flatMap((one) => problemsOf(() => one))).toEqual([]);
  });

  test('checks a custom network as it does any other', () => {
    const wrong = NetworkProfile.custom({
      networkPlugin: NetworkPlugin.KUBENET,
      networkPluginMode: NetworkPluginMode.OVERLAY,
      podCidr: '10.0.0.0/16',
    });

    expect(problemsOf(() => wrong, 401)).toEqual([
      expect.stringContaining(`'networkProfile.networkPluginMode' must not be given with the plug-in "kubenet"`),
      expect.stringContaining('the pod range overlaps 10.0.0.0/16 of the service range'),
      expect.stringContaining("'networkProfile.podCidr' must have a /24 for each node"),
      expect.stringContaining("'networkProfile' must not be kubenet for more than 400 nodes"),
    ]);
  });

  test('leaves out what its plug-in does not take', () => {
    const flat = rendered((stack) => NetworkProfile.azureCni({ subnet: subnet(stack) })).network;
    expect(flat).not.toHaveProperty('pod_cidr');
    expect(flat).not.toHaveProperty('network_plugin_mode');
    expect(rendered(() => NetworkProfile.none()).network).not.toHaveProperty('network_data_plane');
    expect(rendered(() => NetworkProfile.none()).network).not.toHaveProperty('network_policy');
  });

  test('puts the pool on its subnets, and the cluster after what they need', () => {
    const stack = testStack();
    clusterIn(stack, { networkProfile: podSubnet(stack) });
    const json = synth(stack);
    const cluster = only(json, 'azurerm_kubernetes_cluster');

    expect(cluster.default_node_pool).toMatchObject({
      vnet_subnet_id: expect.stringMatching(/^\$\{azurerm_subnet\.network_nodes_\w+\.id\}$/),
      pod_subnet_id: expect.stringMatching(/^\$\{azurerm_subnet\.network_pods_\w+\.id\}$/),
    });
    expect((cluster.depends_on as string[]).map((one) => one.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      'azurerm_role_assignment.cluster_node-subnet-role',
      'azurerm_role_assignment.cluster_pod-subnet-role',
      'time_sleep.cluster_roles',
      'azurerm_subnet.network_nodes',
      'azurerm_subnet_network_security_group_association.network_nodes_security-group',
      'azurerm_subnet_route_table_association.network_nodes_route-table',
      'azurerm_route_table.network_route-table',
      'azurerm_subnet.network_pods',
    ]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('waits in another stack for the stack of the network', () => {
    const app = testApp();
    const platform = testStack(app, 'platform');
    const clusters = testStack(app, 'clusters');
    const network = networkIn(platform);
    clusterIn(clusters, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    app.synth();

    expect(clusters.dependsOn(platform)).toBe(true);
    expect(brokenInvariants(synth(clusters))).toEqual([]);
  });

  test('says what the cluster needs a role on, and what its policies and its nodes can be', () => {
    const stack = testStack();
    const network = networkIn(stack);
    const kubenet = NetworkProfile.kubenet({
      subnet: network.nodeSubnet,
      outbound: Outbound.loadBalancer({ publicIpIds: ['/ip'] }),
    });
    const calico = NetworkProfile.azureCni({ subnet: network.nodeSubnet });

    expect(kubenet.subnets).toEqual([network.nodeSubnet]);
    clusterIn(stack, { networkProfile: kubenet });
    const scope = (name: string): unknown => at(synth(stack), 'azurerm_role_assignment', `cluster_${name}-role_`).scope;
    expect(scope('node-subnet')).toMatch(/^\$\{azurerm_subnet\./);
    expect(scope('route-table')).toMatch(/^\$\{azurerm_route_table\./);
    expect(scope('public-ip-1')).toBe('/ip');
    expect([kubenet, calico, NetworkProfile.overlay()].map((one) => one.enforcesNetworkPolicies)).toEqual([
      false,
      true,
      true,
    ]);
    expect([kubenet, calico, NetworkProfile.overlay()].map((one) => one.linuxOnly)).toEqual([true, false, true]);
  });

  test.each<[string, NetworkProfile, string[]]>([
    ['an overlay', NetworkProfile.overlay(), []],
    ['kubenet without policies', NetworkProfile.kubenet(), ['does not enforce network policies']],
    [
      'kubenet with Calico',
      NetworkProfile.kubenet({ networkPolicy: NetworkPolicyEngine.CALICO }),
      [
        'kubenet retires on 31 March 2028 (https://github.com/Azure/AKS/issues/4859): use NetworkProfile.overlay() for new clusters',
      ],
    ],
    [
      "Azure's own policies",
      NetworkProfile.overlay({ networkPolicy: NetworkPolicyEngine.AZURE }),
      ['retires on 30 September 2028'],
    ],
  ])('warns of what is about to go: %s', (_, networkProfile, expected) => {
    const stack = testStack();
    clusterIn(stack, { networkProfile });

    expect(warningsOf(stack)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });

  test('warns of Cilium on the node subnet, which Azure takes and the provider has not heard of', () => {
    const stack = testStack();
    const networkProfile = NetworkProfile.azureCni({
      subnet: subnet(stack),
      networkPolicy: NetworkPolicyEngine.CILIUM,
    });
    clusterIn(stack, { networkProfile });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining("'networkProfile' with Cilium on the node subnet is newer than version 4.55"),
    ]);
  });

  test('refuses what is no range or address, each once', () => {
    expect(problemsOf(() => NetworkProfile.overlay({ podCidr: '10.244.0.0', serviceCidr: '10.0.0.0/12' }))).toEqual([
      expect.stringMatching(/^\[stack\/cluster\] 'networkProfile.podCidr' must be an IPv4 range.*, got "10.244.0.0"$/),
      expect.stringMatching(
        /^\[stack\/cluster\] 'networkProfile.serviceCidr' must be .* from \/13 .*, got "10.0.0.0\/12"$/,
      ),
    ]);
    expect(problemsOf(() => NetworkProfile.overlay({ serviceCidr: 'ten', dnsServiceIp: 'eleven' }))).toHaveLength(2);
  });

  test('lets tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue, listValue } = token(stack);
    const network = networkIn(stack, { addressSpace: [stringValue] });
    const networkProfile = NetworkProfile.overlay({
      subnet: network.nodeSubnet,
      podCidr: stringValue,
      serviceCidr: stringValue,
      outbound: Outbound.loadBalancer({
        publicIpIds: listValue,
        portsPerNode: numberValue,
        idleTimeoutMinutes: numberValue,
      }),
    });
    clusterIn(stack, { networkProfile, defaultNodePool: { nodeCount: numberValue } });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster').network_profile).toMatchObject({
      dns_service_ip: '${cidrhost(var.token, 10)}',
    });
    expect(only(json, 'azurerm_subnet').address_prefixes).toEqual(['${cidrsubnet(var.token, 2, 0)}']);
  });

  test("refuses the article's ranges on a network of one's own, and takes them with others for pods and Services", () => {
    const article = { addressSpace: ['10.0.0.0/8'], nodeSubnetPrefix: '10.240.0.0/16' };
    const profile = (props: object) => (stack: TerraformStack) =>
      NetworkProfile.kubenet({ subnet: networkIn(stack, article).nodeSubnet, ...props });

    expect(problemsOf(profile({ serviceCidr: '10.0.0.0/16', dnsServiceIp: '10.0.0.10' }))).toEqual([
      "[stack/cluster] 'networkProfile.serviceCidr' must not overlap a range that nodes may need to reach, got 10.0.0.0/16: " +
        "the service range overlaps 10.0.0.0/8 of the VNet 'stack/network', so that it could not be reached from the cluster" +
        '. Choose a range outside of it, such as 172.16.0.0/16',
      expect.stringContaining("the pod range overlaps 10.0.0.0/8 of the VNet 'stack/network'"),
    ]);
    expect(problemsOf(profile({ serviceCidr: '172.16.0.0/16', podCidr: '172.20.0.0/16' }))).toEqual([]);
  });

  test('counts the nodes that are known of pools that are not', () => {
    const { stringValue, numberValue } = token(testStack());
    const pools = [
      { name: stringValue, maxNodes: 256, surgeNodes: 1 },
      { name: 'other', maxNodes: numberValue, surgeNodes: 1 },
      { name: 'third', maxNodes: undefined, surgeNodes: 1 },
    ];

    expect(NetworkProfile.overlay()._problems(pools, false)).toEqual([
      {
        rule: 'pod-range-size',
        message: expect.stringContaining('with room for 256 of 257 nodes (a pool 256 + 1 surge)'),
      },
    ]);
    expect(NetworkProfile.overlay()._problems(pools.slice(1), false)).toEqual([]);
  });

  test('counts the nodes of an upgrade', () => {
    const small = (stack: TerraformStack): NetworkProfile =>
      NetworkProfile.azureCni({ subnet: networkIn(stack, { nodeSubnetPrefix: '10.240.0.0/24' }).nodeSubnet });

    expect(problemsOf(small, 7)).toEqual([]);
    expect(problemsOf(small, 8)).toEqual([
      "[stack/cluster] 'networkProfile.subnet' must have 284 addresses for 9 nodes (nodepool1 8 + 1 surge), each with an " +
        "address for each pod it may have (nodepool1 30 a node) and 5 for Azure, got the subnet 'stack/network/nodes' with " +
        'the 256 of 10.240.0.0/24: make it /23 or larger, allow fewer pods on a node, or use NetworkProfile' +
        '.overlay({ subnet })',
    ]);
  });
});

describe('Outbound', () => {
  const outbound = (one: Outbound): object => rendered(() => NetworkProfile.overlay({ outbound: one })).network;

  test.each<[string, Outbound, object]>([
    [
      'a load balancer with ports and times',
      Outbound.loadBalancer({ managedIpCount: 2, portsPerNode: 4000, idleTimeoutMinutes: 4 }),
      {
        outbound_type: 'loadBalancer',
        load_balancer_profile: {
          managed_outbound_ip_count: 2,
          outbound_ports_allocated: 4000,
          idle_timeout_in_minutes: 4,
        },
      },
    ],
    [
      'a load balancer with addresses of your own',
      Outbound.loadBalancer({ publicIpIds: ['/ip'] }),
      { load_balancer_profile: { outbound_ip_address_ids: ['/ip'] } },
    ],
    [
      'a load balancer with prefixes of your own',
      Outbound.loadBalancer({ publicIpPrefixIds: ['/prefix'] }),
      { load_balancer_profile: { outbound_ip_prefix_ids: ['/prefix'] } },
    ],
    [
      'a NAT gateway that Azure makes',
      Outbound.managedNatGateway({ managedIpCount: 3 }),
      {
        outbound_type: 'managedNATGateway',
        nat_gateway_profile: { managed_outbound_ip_count: 3, idle_timeout_in_minutes: 4 },
      },
    ],
    [
      'a load balancer for the addresses of nodes',
      Outbound.custom({
        outboundType: OutboundType.LOAD_BALANCER,
        backendPoolType: BackendPoolType.NODE_IP,
        managedIpCount: 2,
      }),
      {
        outbound_type: 'loadBalancer',
        load_balancer_profile: { backend_pool_type: 'NodeIP', managed_outbound_ip_count: 2 },
      },
    ],
    ['no way out', Outbound.none(), { outbound_type: 'none', load_balancer_sku: 'standard' }],
  ])('renders %s', (_, one, expected) => {
    expect(outbound(one)).toMatchObject(expected);
  });

  test.each<[Outbound, Outbound]>([
    [
      Outbound.custom({ outboundType: OutboundType.LOAD_BALANCER, publicIpIds: ['/ip'], portsPerNode: 4000 }),
      Outbound.loadBalancer({ publicIpIds: ['/ip'], portsPerNode: 4000 }),
    ],
    [
      Outbound.custom({ outboundType: OutboundType.MANAGED_NAT_GATEWAY, managedIpCount: 3, idleTimeoutMinutes: 5 }),
      Outbound.managedNatGateway({ managedIpCount: 3, idleTimeoutMinutes: 5 }),
    ],
    [Outbound.custom({ outboundType: OutboundType.USER_ASSIGNED_NAT_GATEWAY }), Outbound.userAssignedNatGateway()],
    [Outbound.custom({ outboundType: OutboundType.USER_DEFINED_ROUTING }), Outbound.userDefinedRouting()],
    [Outbound.custom({ outboundType: OutboundType.NONE }), Outbound.none()],
  ])('takes the type in the words of Azure, with the same result and the same checks (%#)', (custom, preset) => {
    const check = (one: Outbound): unknown => [
      outbound(one),
      problemsOf(() => NetworkProfile.overlay({ outbound: one })),
    ];

    expect(check(custom)).toEqual(check(preset));
  });

  test('refuses the options that an outbound type does not take', () => {
    const options = { portsPerNode: 8, idleTimeoutMinutes: 4, backendPoolType: BackendPoolType.NODE_IP };
    const refused = Object.values(OutboundType).map((outboundType) =>
      Outbound.custom({ outboundType, ...options })
        ._problems()
        .map(({ rule, message }) => `${rule} ${message.split("'")[1]!.split('.')[2]!}`),
    );
    const [ports, idle, pool] = ['portsPerNode', 'idleTimeoutMinutes', 'backendPoolType'].map(
      (name) => `outbound-options ${name}`,
    );

    expect(refused).toEqual([[], [pool, ports], [pool, ports, idle], [pool, ports, idle], [pool, ports, idle]]);
  });

  test('follows the subnet: its NAT gateway, its firewall, else the load balancer', () => {
    const types = [{}, { natGateway: {} }, { firewallAddress: '10.8.0.4' }].map((props) => {
      const profile = (stack: TerraformStack): NetworkProfile =>
        NetworkProfile.overlay({ subnet: networkIn(stack, props).nodeSubnet });
      expect(problemsOf(profile)).toEqual([]);
      return rendered(profile).network.outbound_type;
    });

    expect(types).toEqual(['loadBalancer', 'userAssignedNATGateway', 'userDefinedRouting']);
  });

  test('has nodes without a way out start from a registry beside them, with a private API server', () => {
    const stack = testStack();
    const networkProfile = NetworkProfile.overlay({ outbound: Outbound.none() });
    clusterIn(stack, { networkProfile });

    expect(only(synth(stack), 'azurerm_kubernetes_cluster').bootstrap_profile).toEqual({ artifact_source: 'Cache' });
    expect(Problems.of(stack)).toEqual([expect.stringContaining('none with a public API server')]);
    expect(networkProfile._problems([], true)).toEqual([]);
  });

  test('refuses counts, ports and times that cannot be, each by its name', () => {
    const wrong = [
      Outbound.loadBalancer({ managedIpCount: 0, portsPerNode: 1001, idleTimeoutMinutes: 101 }),
      Outbound.loadBalancer({ publicIpIds: ['203.0.113.7'] }),
      Outbound.loadBalancer({ publicIpPrefixIds: [SUBNET_ID] }),
      Outbound.managedNatGateway({ managedIpCount: 17, idleTimeoutMinutes: 3 }),
      Outbound.userAssignedNatGateway(),
      Outbound.userDefinedRouting(),
    ];

    expect(wrong.flatMap((one) => problemsOf(() => NetworkProfile.overlay({ outbound: one })))).toEqual([
      expect.stringContaining("'networkProfile.outbound.managedIpCount' must be a whole number from 1 to 100"),
      expect.stringContaining("'networkProfile.outbound.portsPerNode' must be a multiple of 8 from 0 to 64000"),
      expect.stringContaining("'networkProfile.outbound.idleTimeoutMinutes' must be a whole number from 4 to 100"),
      expect.stringContaining(
        "'networkProfile.outbound.publicIpIds[0]' must be the Azure resource id of a public IP address",
      ),
      expect.stringContaining(
        "'networkProfile.outbound.publicIpPrefixIds[0]' must be the Azure resource id of a public IP prefix",
      ),
      expect.stringContaining("'networkProfile.outbound.managedIpCount' must be a whole number from 1 to 16"),
      expect.stringContaining("'networkProfile.outbound.idleTimeoutMinutes' must be a whole number from 4 to 120"),
      expect.stringContaining("'networkProfile.subnet' must be given with outbound userAssignedNATGateway"),
      expect.stringContaining("'networkProfile.subnet' must be given with outbound userDefinedRouting"),
    ]);
  });
});
