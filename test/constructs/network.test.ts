import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  type AksVirtualNetworkProps,
  type ISubnet,
  NetworkPolicyEngine,
  NetworkProfile,
  Outbound,
  Problems,
  Subnet,
  SubnetUse,
  TrafficSource,
} from '../../constructs';
import {
  addressText,
  parseAddress,
  parseRange,
  prefixFor,
  spareRange,
} from '../../constructs/core/addresses/address-space';
import { CAPACITY_RULES } from '../../constructs/cluster/network-profile/network-capacity-rules';
import { CHOICE_RULES } from '../../constructs/cluster/network-profile/network-choice-rules';
import { NETWORK_RULES } from '../../constructs/cluster/network-profile/network-rules';
import { derivedPriority } from '../../constructs/network/security-rule-priority';
import type { SetRule } from '../../constructs/core/rules/set-rule';
import { NODE_POOL_RULES } from '../../constructs/cluster/node-pools/node-pool-plan-rules';
import { VIRTUAL_NETWORK_RULES } from '../../constructs/network/virtual-network-rules';
import { brokenInvariants } from '../terraform-invariants';
import { addresses, at, type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../util';

const SUBNET_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes';
const VNET_ID = SUBNET_ID.replace(/\/subnets.*/, '');

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

/** The rules of a table, each with what it says of the values inside and outside of it. */
function casesOf<T>(table: string, rules: readonly SetRule<T>[]): readonly [string, string, RuleCase][] {
  return rules.map(({ rule, source, inside, outside, problems }) => [
    table,
    rule,
    { source, inside: inside.map(problems), outside: outside.map(problems) },
  ]);
}

interface RuleCase {
  readonly source: string;
  readonly inside: readonly string[][];
  readonly outside: readonly string[][];
}

const rules = [
  ...casesOf('network', NETWORK_RULES),
  ...casesOf('capacity', CAPACITY_RULES),
  ...casesOf('choice', CHOICE_RULES),
  ...casesOf('virtual network', VIRTUAL_NETWORK_RULES),
  ...casesOf('node pool', NODE_POOL_RULES),
];

describe.each(rules)('the rule of the table "%s": %s', (_, __, { source, inside, outside }) => {
  test('allows what is inside it', () => {
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.flat()).toEqual([]);
  });

  test('refuses what is outside it, with the property, the rule, the value and a remedy', () => {
    expect(outside.length).toBeGreaterThan(0);
    for (const problems of outside) {
      expect(problems).not.toEqual([]);
      for (const problem of problems) {
        expect(problem).toMatch(/^'[\w.]+'( of .+)? must .*, got .+[:.] ?.*\b[a-z]+/s);
        expect(problem).not.toMatch(/undefined|NaN|Infinity/);
      }
    }
  });

  test('says where it comes from', () => {
    expect(source).toMatch(/^https:\/\//);
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.0/8', 2 ** 24],
    ['10.0.0.1/32', 1],
    ['0.0.0.0/0', 2 ** 32],
  ])('%s has %d of them', (text, size) => {
    const range = parseRange(text)!;
    expect(range.last - range.first + 1).toBe(size);
  });

  test.each(['10.0.0.0', '10.0.0.0/08', '010.0.0.0/8', '10.0.0.1/8', '10.0.0.0/33', ' 10.0.0.0/8', '', 'a', '::/0'])(
    '"%s" is no range',
    (text) => {
      expect(parseRange(text)).toBeUndefined();
    },
  );

  test('an address is read and written, and a text that is none is not', () => {
    expect(addressText(parseAddress('10.0.0.10')!)).toBe('10.0.0.10');
    expect(['10.0.0.010', '10.0.0', '10.0.0.0/8', '256.0.0.1'].map(parseAddress)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  test.each([
    [256, 24],
    [257, 23],
    [1, 32],
  ])('%d addresses are in a /%d', (addressCount, prefix) => {
    expect(prefixFor(addressCount)).toBe(prefix);
  });

  test('a spare range is outside of what is taken, and none is made up when all are', () => {
    expect(spareRange([parseRange('10.0.0.0/8')!])).toBe('172.16.0.0/16');
    expect(spareRange([parseRange('0.0.0.0/0')!])).toBeUndefined();
  });
});

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
      ['kubenet retires on 31 March 2028 (https://github.com/Azure/AKS/issues/4859): new clusters'],
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
      expect.stringContaining(`"cilium" on the node subnet is newer than version 4.55`),
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
      "[stack/cluster] 'networkProfile.serviceCidr' must overlap nothing that a node may need to reach, got 10.0.0.0/16: " +
        "the service range overlaps 10.0.0.0/8 of the VNet 'stack/network', so that what is there could not be reached " +
        'from the cluster. Choose a range outside of it, such as 172.16.0.0/16',
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
        'the 256 of 10.240.0.0/24: make it /23 or larger, allow fewer pods on a node, or take ' +
        'NetworkProfile.overlay({ subnet })',
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
    ['no way out', Outbound.none(), { outbound_type: 'none', load_balancer_sku: 'standard' }],
  ])('renders %s', (_, one, expected) => {
    expect(outbound(one)).toMatchObject(expected);
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
        "'networkProfile.outbound.publicIpIds' must be the Azure resource id of a public IP address",
      ),
      expect.stringContaining(
        "'networkProfile.outbound.publicIpPrefixIds' must be the Azure resource id of a public IP prefix",
      ),
      expect.stringContaining("'networkProfile.outbound.managedIpCount' must be a whole number from 1 to 16"),
      expect.stringContaining("'networkProfile.outbound.idleTimeoutMinutes' must be a whole number from 4 to 120"),
      expect.stringContaining("'networkProfile.subnet' must be given with outbound userAssignedNATGateway"),
      expect.stringContaining("'networkProfile.subnet' must be given with outbound userDefinedRouting"),
    ]);
  });
});

describe('AksVirtualNetwork', () => {
  test('is the network of the article: ranges, security group and route table of the node subnet', () => {
    const stack = testStack();
    networkIn(stack);
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'azurerm_virtual_network')).toMatchObject({ name: 'network', address_space: ['10.240.0.0/14'] });
    expect(only(json, 'azurerm_subnet')).toEqual({
      name: 'nodes',
      resource_group_name: 'rg',
      virtual_network_name: expect.stringMatching(/^\$\{azurerm_virtual_network\.network_\w+\.name\}$/),
      address_prefixes: ['10.240.0.0/16'],
      default_outbound_access_enabled: false,
    });
    expect(only(json, 'azurerm_network_security_group')).toMatchObject({ name: 'network-nodes-nsg' });
    expect(only(json, 'azurerm_route_table')).toMatchObject({ name: 'network-nodes-rt' });
    expect(addresses(json)).toMatchInlineSnapshot(`
     [
       "azurerm_network_security_group.network_security-group_371237E9",
       "azurerm_route_table.network_route-table_FFFCE309",
       "azurerm_subnet.network_nodes_047FF07C",
       "azurerm_subnet_network_security_group_association.network_nodes_security-group_5540C24F",
       "azurerm_subnet_route_table_association.network_nodes_route-table_2648DE19",
       "azurerm_virtual_network.network_39EEAA36",
     ]
    `);
  });

  test('has subnets for nodes, which share its parts, for pods, for API servers, and for others', () => {
    const stack = testStack();
    const network = networkIn(stack);
    network.addSubnet('more', { addressPrefix: '10.241.0.0/16', use: SubnetUse.NODES, subnetName: 'more-nodes' });
    network.addSubnet('api', { addressPrefix: '10.242.0.0/28', use: SubnetUse.API_SERVERS });
    network.addSubnet('vms', { addressPrefix: '10.242.1.0/24' });
    const json = synth(stack);
    const delegations = Object.values(json.resource!.azurerm_subnet!).map(({ name, delegation }) => [name, delegation]);

    expect(delegations).toEqual([
      [
        'api',
        [
          {
            name: 'aks-delegation',
            service_delegation: {
              name: 'Microsoft.ContainerService/managedClusters',
              actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'],
            },
          },
        ],
      ],
      ['more-nodes', undefined],
      ['nodes', undefined],
      ['vms', undefined],
    ]);
    for (const type of ['network_security_group', 'route_table']) {
      expect(Object.keys(json.resource![`azurerm_subnet_${type}_association`]!)).toHaveLength(2);
    }
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each([
    ['addressSpace', '10.0.0.0/33'],
    ['addressSpace', '8.8.8.8/24'],
    ['addressSpace', 'nonsense'],
    ['addressSpace', '10.0.0.0/30'],
    ['nodeSubnetPrefix', '10.240.0.0/33'],
    ['nodeSubnetPrefix', 'nonsense'],
  ])("calls a wrong '%s' of %s what its author calls it, in one message", (property, range) => {
    const stack = testStack();
    networkIn(stack, { [property]: property === 'addressSpace' ? [range] : range });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`'${property}' must be an IPv4 range`)]);
  });

  test.each(['10.0.0.0/28', '10.0.0.0/29'])('has a subnet for nodes in a network of %s', (range) => {
    const stack = testStack();
    networkIn(stack, { addressSpace: [range] });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('refuses subnets outside of it or on each other, and bad names', () => {
    const stack = testStack();
    const network = networkIn(stack, {
      virtualNetworkName: 'n',
      resourceGroup: { name: 'rg.', location: 'westeurope' },
      addressSpace: ['10.1.0.0/16'],
      nodeSubnetPrefix: '10.2.0.0/16',
    });
    network.addSubnet('a', { addressPrefix: '10.1.0.0/17', subnetName: '-a' });
    network.addSubnet('b', { addressPrefix: '10.1.1.0/24' });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/^\[stack\/network\] 'resourceGroup.name' must be/),
      expect.stringMatching(/^\[stack\/network\] 'virtualNetworkName' must be/),
      expect.stringMatching(
        /^\[stack\/network\] 'nodeSubnetPrefix' of the subnet 'nodes' must be inside of the network's/,
      ),
      expect.stringMatching(/^\[stack\/network\] 'addressPrefix' of the subnet 'b' must not overlap another subnet/),
      expect.stringMatching(/^\[stack\/network\/a\] 'subnetName' must be/),
    ]);
  });

  test('sends what goes to the internet through a NAT gateway, which the cluster waits for', () => {
    const stack = testStack();
    const network = networkIn(stack, { natGateway: { publicIpCount: 2, idleTimeoutMinutes: 10 } });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(only(json, 'azurerm_nat_gateway')).toMatchObject({
      name: 'network-nodes-nat',
      sku_name: 'Standard',
      idle_timeout_in_minutes: 10,
    });
    expect(Object.values(json.resource!.azurerm_public_ip!).map(({ name }) => name)).toEqual([
      'network-nodes-nat-ip-1',
      'network-nodes-nat-ip-2',
    ]);
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_subnet_nat_gateway_association\.network_nodes_nat-gateway_/),
        expect.stringMatching(/^azurerm_nat_gateway_public_ip_association\.network_nat-gateway_association-2_/),
      ]),
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('refuses a NAT gateway that cannot be, or one beside a firewall', () => {
    const stack = testStack();
    networkIn(stack, { natGateway: { publicIpCount: 17 }, firewallAddress: '10.8.0' });
    networkIn(stack, { natGateway: { publicIpCount: token(stack).numberValue } }, 'other');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'natGateway' must be left out with 'firewallAddress'"),
      expect.stringContaining("'firewallAddress' must be an IPv4 address"),
      expect.stringContaining("'natGateway.publicIpCount' must be a whole number from 1 to 16"),
      expect.stringContaining("'natGateway.publicIpCount' must be known when the program runs"),
    ]);
  });

  test('sends what goes to the internet to a firewall, whose answers come back through the peering', () => {
    const stack = testStack();
    const network = networkIn(stack, { firewallAddress: '10.8.0.4' });
    const hub = AksVirtualNetwork.fromVirtualNetworkName(stack, 'hub', {
      virtualNetworkName: 'hub',
      resourceGroupName: 'hub-rg',
      addressSpace: ['10.8.0.0/16'],
    });
    network.peerWith('hub', hub);
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_route')).toMatchObject({
      address_prefix: '0.0.0.0/0',
      next_hop_type: 'VirtualAppliance',
      next_hop_in_ip_address: '10.8.0.4',
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_outbound')).toMatchObject({
      allow_forwarded_traffic: true,
      remote_virtual_network_id: expect.stringContaining('data.azurerm_virtual_network.hub_'),
      triggers: { remote_address_space: '10.8.0.0/16' },
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_inbound')).toMatchObject({
      name: expect.stringMatching(/^to-/),
      resource_group_name: 'hub-rg',
      virtual_network_name: 'hub',
      allow_forwarded_traffic: false,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^azurerm_route\.network_route-table_default_/),
        expect.stringMatching(/^azurerm_virtual_network_peering\.network_hub_outbound_/),
        expect.stringMatching(/^azurerm_virtual_network_peering\.network_hub_inbound_/),
      ]),
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('waits for a peering that the other network asked for, and takes the answers that come through it', () => {
    const stack = testStack();
    const network = networkIn(stack, { firewallAddress: '10.8.0.4' });
    networkIn(stack, { addressSpace: ['10.8.0.0/16'] }, 'hub').peerWith('spoke', network);
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(at(json, 'azurerm_virtual_network_peering', 'hub_spoke_inbound')).toMatchObject({
      virtual_network_name: expect.stringContaining('azurerm_virtual_network.network_'),
      allow_forwarded_traffic: true,
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'hub_spoke_outbound')).toMatchObject({
      allow_forwarded_traffic: false,
    });
    expect(only(json, 'azurerm_kubernetes_cluster').depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^azurerm_virtual_network_peering\.hub_spoke_inbound_/)]),
    );
  });

  test('peers with a network of another stack, which the cluster then waits for, and not the other way round', () => {
    const app = testApp();
    const [hubs, spokes] = [testStack(app, 'hubs'), testStack(app, 'spokes')];
    const hub = networkIn(hubs, { addressSpace: ['10.8.0.0/16'] }, 'hub');
    const network = networkIn(spokes);
    hub.peerWith('spoke', network);
    clusterIn(spokes, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    app.synth();

    expect([hubs.dependsOn(spokes), spokes.dependsOn(hubs)]).toEqual([true, false]);
    expect(synth(hubs).resource!.azurerm_virtual_network_peering).toBeDefined();
  });

  test('refuses to peer with networks that overlap it or each other, with itself, or twice', () => {
    const stack = testStack();
    const network = networkIn(stack, { addressSpace: ['10.1.0.0/16'] }, 'one');
    const other = networkIn(stack, { addressSpace: ['10.1.128.0/17'] }, 'two');
    const third = networkIn(stack, { addressSpace: ['10.1.192.0/24'] }, 'three');
    network.peerWith('other', other);
    other.peerWith('back', network);
    network.peerWith('third', third);
    third.peerWith('self', third, { peeringName: '-' });
    const problems = Problems.of(stack);

    expect(problems).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^\[stack\/one\] 'addressSpace' must not overlap 10.1.128.0\/17 of the peer 'stack\/two'/,
        ),
        expect.stringMatching(/^\[stack\/one\] 'peerWith' must be called with networks that do not overlap each other/),
        expect.stringMatching(/^\[stack\/one\] 'peerWith' must be called once for two networks.*'stack\/two' again/),
        expect.stringMatching(
          /^\[stack\/three\] 'peerWith' must be called with another network, got the network itself/,
        ),
      ]),
    );
  });

  test("keeps pods and Services out of the peers' ranges, whichever network asked for the peering", () => {
    const profile = (stack: TerraformStack): NetworkProfile => {
      const network = networkIn(stack);
      const hub = networkIn(stack, { addressSpace: ['10.0.0.0/12'] }, 'hub');
      hub.peerWith('spoke', network);
      return NetworkProfile.overlay({ subnet: network.nodeSubnet });
    };

    expect(problemsOf(profile)).toEqual([
      expect.stringContaining("the service range overlaps 10.0.0.0/12 of the peer 'stack/hub'"),
    ]);
  });

  test('lets traffic in by rules that stay as they are when another one is added before them', () => {
    const rulesOf = (ids: readonly string[]): object => {
      const stack = testStack();
      const network = networkIn(stack);
      const hub = networkIn(stack, { addressSpace: ['10.8.0.0/16'] }, 'hub');
      for (const id of ids) {
        network.allowNodePortsFrom(id, TrafficSource.virtualNetwork(hub), { denyOthers: id === 'hub' });
      }
      expect(Problems.of(stack)).toEqual([]);
      expect(brokenInvariants(synth(stack))).toEqual([]);
      return synth(stack).resource!.azurerm_network_security_rule!;
    };

    expect(rulesOf(['office', 'hub'])).toMatchObject(rulesOf(['hub']));
    expect(Object.values(rulesOf(['hub']))).toEqual([
      expect.objectContaining({
        name: 'hub',
        priority: derivedPriority('hub'),
        access: 'Allow',
        direction: 'Inbound',
        destination_port_range: '30000-32767',
        source_address_prefixes: ['10.8.0.0/16'],
      }),
      expect.objectContaining({
        name: 'hub-others',
        priority: derivedPriority('hub') + 2048,
        access: 'Deny',
        destination_port_range: '*',
        source_address_prefixes: ['10.8.0.0/16'],
      }),
    ]);
  });

  test('takes lists and names that are known only when Terraform runs', () => {
    const stack = testStack();
    const { stringValue, numberValue, listValue } = token(stack);
    const network = networkIn(stack, { addressSpace: listValue, firewallAddress: stringValue });
    const hub = AksVirtualNetwork.fromVirtualNetworkName(stack, 'hub', {
      virtualNetworkName: stringValue,
      resourceGroupName: stringValue,
    });
    network.peerWith('hub', hub, { peeringName: stringValue, returnPeeringName: 'back' });
    network.addSubnet('pods', { addressPrefix: stringValue, subnetName: stringValue });
    const source = TrafficSource.virtualNetwork(hub);
    network.allowInbound('a', { source, ports: listValue, priority: numberValue, denyOthers: true });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'azurerm_virtual_network').address_space).toBe('${var.token}');
    expect(at(json, 'azurerm_subnet', 'network_nodes').address_prefixes).toEqual([
      '${cidrsubnet(element(var.token, 0), 2, 0)}',
    ]);
    expect(at(json, 'azurerm_network_security_rule', 'network_security-group_a_allow')).toMatchObject({
      priority: '${var.token}',
      destination_port_ranges: expect.anything(),
      source_address_prefixes: '${data.azurerm_virtual_network.hub_9804E927.address_space}',
    });
    expect(at(json, 'azurerm_virtual_network_peering', 'network_hub_outbound')).toMatchObject({
      name: '${var.token}',
      triggers: { remote_address_space: expect.stringMatching(/^\$\{join\(",", data\.azurerm_virtual_network\./) },
    });
  });

  test('opens ports to the internet, several in one rule', () => {
    const stack = testStack();
    networkIn(stack).allowInbound('web', {
      source: TrafficSource.internet(),
      ports: ['80', '443'],
      priority: 200,
      ruleName: 'allow-web',
    });

    expect(only(synth(stack), 'azurerm_network_security_rule')).toMatchObject({
      name: 'allow-web',
      priority: 200,
      source_address_prefix: 'Internet',
      destination_port_ranges: ['80', '443'],
    });
  });

  test('refuses rules that Azure would refuse: of one priority, without ports, from nowhere', () => {
    const stack = testStack();
    const network = networkIn(stack);
    const unknown = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'unknown', {
      virtualNetworkId: VNET_ID,
      virtualNetworkName: 'unknown',
      resourceGroupName: 'rg',
      addressSpace: [],
    });
    network.allowInbound('a', { source: TrafficSource.internet(), ports: ['80'], priority: 99 });
    network.allowInbound('b', { source: TrafficSource.ranges(['office']), ports: [], priority: 200 });
    network.allowInbound('c', { source: TrafficSource.virtualNetwork(unknown), ports: ['http'], priority: 200 });
    network.allowNodePortsFrom('d', TrafficSource.ranges(['10.0.0.0/8', '10.240.1.0/24']), { denyOthers: true });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'c.priority' must be another than that of 'b', got 200 for both"),
      expect.stringContaining("'a.priority' must be a whole number from 100 to 4096"),
      expect.stringContaining("'b.ports' must name at least one port"),
      expect.stringContaining("'b.source' must be an address or a range"),
      expect.stringContaining("'c.ports' must be a port, a range of ports or '*'"),
      expect.stringContaining(
        "'d.denyOthers' must be left out for a source that the nodes are in themselves, got 10.0.0.0/8",
      ),
      expect.stringContaining(
        "'d.denyOthers' must be left out for a source that the nodes are in themselves, got 10.240.1.0/24",
      ),
      expect.stringContaining("'addressSpace' must name at least one range, got none"),
    ]);
  });
});

describe('Subnet', () => {
  test('that exists is used by its id, and checked by the ranges that are given', () => {
    const stack = testStack();
    const virtualNetwork = AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'hub', {
      virtualNetworkId: VNET_ID,
      virtualNetworkName: 'hub',
      resourceGroupName: 'rg',
      addressSpace: ['10.0.0.0/16'],
    });
    const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
      subnetId: SUBNET_ID,
      addressPrefixes: ['10.0.0.0/29'],
      virtualNetwork,
    });
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet }), defaultNodePool: { nodeCount: 3 } });
    const cluster = only(synth(stack), 'azurerm_kubernetes_cluster');

    expect(cluster.default_node_pool).toMatchObject({ vnet_subnet_id: SUBNET_ID });
    expect(cluster.depends_on).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.cluster_node-subnet-role_/),
      expect.stringMatching(/^time_sleep\.cluster_roles_/),
    ]);
    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("the service range overlaps 10.0.0.0/16 of the VNet 'stack/hub'"),
      expect.stringContaining("'networkProfile.subnet' must have 9 addresses for 4 nodes"),
    ]);
  });

  test('is found by its name, and without ranges nothing is checked', () => {
    const stack = testStack();
    const subnet = Subnet.fromSubnetName(stack, 'nodes', {
      subnetName: 'nodes',
      virtualNetworkName: 'hub',
      resourceGroupName: 'rg',
    });
    clusterIn(stack, { networkProfile: NetworkProfile.azureCni({ subnet }) });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster').default_node_pool).toMatchObject({
      vnet_subnet_id: expect.stringMatching(/^\$\{data\.azurerm_subnet\.nodes_\w+\.id\}$/),
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('that exists may be a reference, of which nothing is checked', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
      subnetId: stringValue,
      addressPrefixes: [stringValue],
    });
    clusterIn(stack, { networkProfile: NetworkProfile.azureCni({ subnet }) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('is refused by a name or an id that is none, for pods of another network, or when it is for something else', () => {
    const stack = testStack();
    const other = networkIn(stack, {}, 'other').nodeSubnet;
    const subnet = Subnet.fromSubnetAttributes(stack, 'a', {
      subnetId: 'nodes',
      routeTableId: 'routes',
      delegation: 'Microsoft.Web/serverFarms',
    });
    Subnet.fromSubnetName(stack, 'b', { subnetName: '-', virtualNetworkName: 'v', resourceGroupName: 'rg.' });
    const podSubnet = networkIn(stack).addSubnet('pods', { addressPrefix: '10.241.0.0/16', use: SubnetUse.PODS });
    clusterIn(stack, { networkProfile: NetworkProfile.podSubnet({ subnet: other, podSubnet }) });
    clusterIn(stack, { clusterName: 'aks2', networkProfile: NetworkProfile.overlay({ subnet }) }, 'second');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'subnetId' must be the Azure resource id of a subnet"),
      expect.stringContaining("'routeTableId' must be the Azure resource id of a route table"),
      expect.stringContaining("'subnetName' must be"),
      expect.stringContaining("'virtualNetworkName' must be"),
      expect.stringContaining("'resourceGroupName' must be"),
      expect.stringContaining(
        "'networkProfile.podSubnet' must be in the VNet of 'networkProfile.subnet' (stack/other)",
      ),
      expect.stringContaining("'networkProfile.subnet' must be a subnet that is delegated to no service"),
    ]);
  });
});
