import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { App, TerraformStack } from 'cdktf';
import {
  type AddNodePoolOptions,
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  type AksClusterProps,
  AksVirtualNetwork,
  ApiServerAccess,
  ContainerImage,
  EntraPrincipal,
  type IResourceGroupRef,
  NetworkProfile,
  NodePool,
  NodePoolMode,
  OsDiskType,
  Outbound,
  Problems,
  SpotEvictionPolicy,
  Subnet,
  SubnetUse,
  TaintEffect,
  TrafficSource,
  UserAssignedIdentity,
  Workload,
} from '../../constructs';
import { localDiskGb } from '../../constructs/cluster/node-pools/vm-disk';
import { isSpecial } from '../../constructs/azure/special-ranges';
import { RESOURCE_GROUP, testApp, testStack, token } from '../util';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}, id = 'cluster'): AksCluster {
  return new AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
}

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers';
const NETWORK_ID = `${GROUP}/Microsoft.Network/virtualNetworks/hub`;

/** Each property that takes a resource id: an id that it takes, and how it is given one. */
const IDS: { readonly [property: string]: readonly [string, (stack: TerraformStack, id: string) => void] } = {
  subnetId: [
    `${NETWORK_ID}/subnets/nodes`,
    (stack, subnetId) => void Subnet.fromSubnetAttributes(stack, 'it', { subnetId }),
  ],
  routeTableId: [
    `${GROUP}/Microsoft.Network/routeTables/nodes`,
    (stack, routeTableId) =>
      void Subnet.fromSubnetAttributes(stack, 'it', { subnetId: `${NETWORK_ID}/subnets/nodes`, routeTableId }),
  ],
  virtualNetworkId: [
    NETWORK_ID,
    (stack, virtualNetworkId) =>
      void AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'it', {
        virtualNetworkId,
        virtualNetworkName: 'hub',
        resourceGroupName: 'rg',
        addressSpace: ['10.8.0.0/16'],
      }),
  ],
  'networkProfile.outbound.publicIpIds[0]': [
    `${GROUP}/Microsoft.Network/publicIPAddresses/out`,
    (stack, id) =>
      void clusterIn(stack, {
        networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ publicIpIds: [id] }) }),
      }),
  ],
  'networkProfile.outbound.publicIpPrefixIds[0]': [
    `${GROUP}/Microsoft.Network/publicIPPrefixes/out`,
    (stack, id) =>
      void clusterIn(stack, {
        networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ publicIpPrefixIds: [id] }) }),
      }),
  ],
  'apiServerAccess.privateDnsZoneId': [
    `${GROUP}/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io`,
    (stack, privateDnsZoneId) =>
      void clusterIn(stack, { apiServerAccess: ApiServerAccess.privateAccess({ privateDnsZoneId }) }),
  ],
  identityId: [
    `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/aks`,
    (stack, identityId) =>
      void UserAssignedIdentity.fromUserAssignedIdentityAttributes(stack, 'it', {
        identityId,
        clientId: '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10',
        objectId: '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a11',
      }),
  ],
  registryId: [
    `${GROUP}/Microsoft.ContainerRegistry/registries/jminnacr`,
    (stack, registryId) =>
      void AcrRegistry.fromRegistryAttributes(stack, 'it', { registryId, registryName: 'jminnacr' }),
  ],
  clusterId: [
    `${GROUP}/Microsoft.ContainerService/managedClusters/aks`,
    (stack, clusterId) =>
      void AksCluster.fromClusterAttributes(stack, 'it', {
        clusterId,
        clusterName: 'aks',
        resourceGroupName: 'rg',
        imagePuller: EntraPrincipal.servicePrincipal(stack, 'puller', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a11'),
      }),
  ],
  nodePoolId: [
    `${GROUP}/Microsoft.ContainerService/managedClusters/aks/agentPools/apps`,
    (stack, nodePoolId) => void NodePool.fromNodePoolAttributes(stack, 'it', { nodePoolId, nodePoolName: 'apps' }),
  ],
};

describe.each(Object.entries(IDS))('%s', (property, [id, give]) => {
  const problems = (given: string): string[] => {
    const stack = testStack();
    give(stack, given);
    return Problems.of(stack);
  };

  test('takes an id in the spelling of Azure', () => {
    expect(problems(id)).toEqual([]);
  });

  test.each([
    ['resourcegroups', id.replace('resourceGroups', 'resourcegroups')],
    ['microsoft', id.replace('Microsoft.', 'microsoft.')],
    ['MICROSOFT', id.replace('Microsoft.', 'MICROSOFT.')],
    ['Subscriptions', id.replace('/subscriptions', '/Subscriptions')],
    ['Providers', id.replace('/providers', '/Providers')],
  ])('does not take one with %s, and shows the right one', (_, wrong) => {
    expect(problems(wrong)).toEqual([expect.stringContaining(`'${property}' must be`)]);
    expect(problems(wrong)).toEqual([expect.stringContaining(`got "${wrong}" (write it as ${id})`)]);
  });

  test('takes one that only Terraform knows', () => {
    const stack = testStack();
    give(stack, token(stack).stringValue);

    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('a node pool', () => {
  const poolProblems = (options: Partial<AddNodePoolOptions>, cluster: Partial<AksClusterProps> = {}): string[] => {
    const stack = testStack();
    clusterIn(stack, cluster).addNodePool('apps', { name: 'apps', ...options });
    return Problems.of(stack);
  };

  test('has its rules also as the default pool, whose default size has no local disk', () => {
    const stack = testStack();
    clusterIn(stack, { defaultNodePool: { osDiskType: OsDiskType.EPHEMERAL, maxPods: 10 } });

    expect(Problems.of(stack)).toEqual([
      "[stack/cluster] 'defaultNodePool.maxPods' must allow at least 30 pods, got 10 per node and 2 nodes: allow 15 " +
        'pods a node, or more nodes',
      "[stack/cluster] 'defaultNodePool.osDiskType' must be Managed for a VM size without a local disk, got Ephemeral for " +
        'Standard_D4s_v5: leave it out, or use a size with a local disk, such as Standard_D4ds_v5',
    ]);
  });

  test('of the system counts its fewest nodes', () => {
    const autoscaling = { minCount: 1, maxCount: 5 };
    expect(poolProblems({ mode: NodePoolMode.SYSTEM, maxPods: 29, autoscaling })).toHaveLength(1);
    expect(poolProblems({ mode: NodePoolMode.SYSTEM, maxPods: 30, autoscaling })).toEqual([]);
    expect(poolProblems({ mode: NodePoolMode.USER, maxPods: 29, autoscaling })).toEqual([]);
  });

  test('of the system is not closed to what Kubernetes itself needs', () => {
    const taints = [{ key: 'team', value: 'a', effect: TaintEffect.NO_EXECUTE }];
    expect(poolProblems({ mode: NodePoolMode.SYSTEM, taints })).toEqual([
      '[stack/cluster/apps] \'taints\' of a system pool must be "CriticalAddonsOnly", or have the effect PreferNoSchedule, ' +
        'got "team" with NoExecute: system pods would not run. Use a user pool',
    ]);
    expect(poolProblems({ mode: NodePoolMode.USER, taints })).toEqual([]);
  });

  test('has each taint once, also with that of Spot nodes', () => {
    const taint = { key: 'team', effect: TaintEffect.NO_SCHEDULE };
    expect(poolProblems({ taints: [taint, { ...taint, value: 'b' }] })).toEqual([
      expect.stringContaining('must have a key and an effect once, got "team" with NoSchedule twice'),
    ]);
    const own = { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: TaintEffect.NO_SCHEDULE };
    expect(poolProblems({ spot: {}, taints: [own] })).toEqual([expect.stringContaining('twice')]);
  });

  test('of Spot nodes with disks of their own deletes them', () => {
    const options = { vmSize: 'Standard_D4ds_v5', osDiskType: OsDiskType.EPHEMERAL };
    expect(poolProblems({ ...options, spot: { evictionPolicy: SpotEvictionPolicy.DEALLOCATE } })).toEqual([
      expect.stringContaining("'spot.evictionPolicy' must be Delete with an ephemeral disk"),
    ]);
    expect(poolProblems({ ...options, spot: {} })).toEqual([]);
  });

  test.each(['westus', 'West US', 'northcentralus'])('has no zones in %s', (location) => {
    const cluster = { resourceGroup: { name: 'rg', location } };
    expect(poolProblems({ zones: ['1', '2'] }, cluster)).toEqual([
      expect.stringMatching(/^\[stack\/cluster\/apps\] 'zones' must be left out in the region \w+, which has no/),
    ]);
    expect(poolProblems({ zones: ['1', '2'] })).toEqual([]);
  });
});

test.each<[string, number | undefined]>([
  ['Standard_D4s_v5', 0],
  ['Standard_D4_v5', 0],
  ['Standard_D4ds_v5', 150],
  ['Standard_D2ads_v5', 75],
  ['Standard_D2pds_v5', 75],
  ['Standard_E8bds_v5', 300],
  ['Standard_E4-2ds_v5', 150],
  ['Standard_D4as_v4', 100],
  ['Standard_D4s_v3', 100],
  ['Standard_DS3_v2', 172],
  ['Standard_F8s_v2', 128],
  ['Standard_B4ms', 0],
  ['Standard_B2pls_v2', 0],
  ['Standard_D4ads_v6', undefined],
  ['Standard_L8s_v3', undefined],
  ['Standard_NC24ads_A100_v4', undefined],
  ['Standard_DC2s_v2', undefined],
  ['large', undefined],
])('%s has %s GB for an ephemeral operating system', (size, gb) => {
  expect(localDiskGb(size)).toBe(gb);
});

describe('applications beside a default pool that keeps them off', () => {
  const stackWith = (addPool?: (cluster: AksCluster) => void): TerraformStack => {
    const stack = testStack();
    const cluster = clusterIn(stack, { defaultNodePool: { criticalAddonsOnly: true } });
    addPool?.(cluster);
    const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80 });
    return stack;
  };

  test.each<[string, ((cluster: AksCluster) => void) | undefined]>([
    ['no other pool', undefined],
    ['a Spot pool', (cluster) => void cluster.addNodePool('apps', { name: 'apps', spot: {} })],
    [
      'a pool with a taint',
      (cluster) =>
        void cluster.addNodePool('apps', {
          name: 'apps',
          taints: [{ key: 'team', effect: TaintEffect.NO_SCHEDULE }],
        }),
    ],
  ])('cannot run with %s', (_, addPool) => {
    expect(Problems.of(stackWith(addPool))).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\] 'defaultNodePool.criticalAddonsOnly' needs a regular pool .* got none for stack\/web\//,
      ),
    ]);
  });

  test('run in a user pool, or in a pool that only prefers others', () => {
    const taints = [{ key: 'team', effect: TaintEffect.PREFER_NO_SCHEDULE }];
    expect(Problems.of(stackWith((one) => void one.addNodePool('apps', { name: 'apps' })))).toEqual([]);
    expect(Problems.of(stackWith((one) => void one.addNodePool('apps', { name: 'apps', taints })))).toEqual([]);
  });

  test('may run in a pool that is made by hand', () => {
    const byHand = (cluster: AksCluster): void => {
      new KubernetesClusterNodePool(cluster, 'by-hand', {
        ...{ name: 'apps', kubernetesClusterId: cluster.clusterId, vmSize: 'Standard_D4s_v5' },
      });
    };

    expect(Problems.of(stackWith(byHand))).toEqual([]);
  });

  test('may be in another stack, with pools of its own', () => {
    const stack = testStack();
    clusterIn(stack, { defaultNodePool: { criticalAddonsOnly: true } });

    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('the region', () => {
  const networkAt = (stack: TerraformStack, resourceGroup: IResourceGroupRef): AksVirtualNetwork =>
    new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' });

  test.each<[string, (stack: TerraformStack) => IResourceGroupRef]>([
    ['as a literal', () => ({ name: 'other', location: 'East US 2' })],
    [
      'of a resource group of the program',
      (stack) => new ResourceGroup(stack, 'other', { name: 'other', location: 'eastus2' }),
    ],
  ])('of a network is that of its clusters, %s', (_, group) => {
    const stack = testStack();
    const subnet = networkAt(stack, group(stack)).nodeSubnet;
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet }) });

    expect(Problems.of(stack)).toEqual([
      "[stack/cluster] 'networkProfile.subnet' must be in the region of the cluster, westeurope, got stack/network/nodes, " +
        'which is in eastus2: create the cluster in a resource group of that region, or use another network',
    ]);
  });

  test('is compared as Azure does, and only where it is known', () => {
    const stack = testStack();
    const { stringValue } = token(stack);
    const subnet = networkAt(stack, { name: 'rg', location: 'West Europe' }).nodeSubnet;
    clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet }) });
    new AksCluster(stack, 'other', {
      resourceGroup: { name: 'other', location: stringValue },
      clusterName: 'other',
      networkProfile: NetworkProfile.overlay({ subnet }),
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('of a private DNS zone is that of the cluster', () => {
    const zone = (region: string): string => `${GROUP}/Microsoft.Network/privateDnsZones/${region}.azmk8s.io`;
    const problems = (region: string): string[] => {
      const stack = testStack();
      const apiServerAccess = ApiServerAccess.privateAccess({ privateDnsZoneId: zone(region) });
      clusterIn(stack, { apiServerAccess, resourceGroup: { name: 'rg', location: 'West Europe' } });
      return Problems.of(stack);
    };

    expect(problems('privatelink.eastus2')).toEqual([
      "[stack/cluster] 'apiServerAccess.privateDnsZoneId' must be a zone of the cluster's region, " +
        'privatelink.westeurope.azmk8s.io, got one of eastus2: create a zone of that name',
    ]);
    expect(problems('privatelink.westeurope')).toEqual([]);
    expect(problems('team.privatelink.westeurope')).toEqual([]);
  });

  test.each<[string, string | undefined]>([
    ['privatelink.westeurope.azmk8s.io', undefined],
    ['team.privatelink.westeurope.azmk8s.io', undefined],
    ['privatelink.eastus2.azmk8s.io', 'eastus2'],
    ['contoso.internal', '"contoso.internal"'],
  ])('of a private DNS zone that the program makes is that of the cluster: %s', (name, found) => {
    const app = testApp();
    const [hub, stack] = [testStack(app, 'hub'), testStack(app)];
    for (const at of [hub, stack]) {
      const zone = new PrivateDnsZone(at, 'zone', { name, resourceGroupName: 'rg' });
      const apiServerAccess = ApiServerAccess.privateAccess({ privateDnsZoneId: zone.id });
      clusterIn(stack, { apiServerAccess, clusterName: at.node.id }, at.node.id);
    }

    expect(Problems.of(stack)).toEqual(
      (found === undefined ? [] : ['hub', 'stack']).map(
        (id) =>
          `[stack/${id}] 'apiServerAccess.privateDnsZoneId' must be a zone of the cluster's region, ` +
          `privatelink.westeurope.azmk8s.io, got one of ${found}: create a zone of that name`,
      ),
    );
  });
});

/** Ranges and addresses that no machine of a network has. */
const SPECIAL = ['127.0.0.0/8', '224.0.0.0/16', '240.0.0.0/16', '169.254.0.0/24', '168.63.129.16/29', '0.0.0.0/8'];

/** Each property that takes a range of a network, and how it is given one. */
const NETWORK_RANGES: { readonly [property: string]: (stack: TerraformStack, range: string) => void } = {
  'networkProfile.serviceCidr': (stack, serviceCidr) =>
    void clusterIn(stack, { networkProfile: NetworkProfile.overlay({ serviceCidr }) }),
  'networkProfile.podCidr': (stack, podCidr) =>
    void clusterIn(stack, {
      networkProfile: NetworkProfile.overlay({ podCidr }),
      defaultNodePool: { nodeCount: 1 },
    }),
  addressSpace: (stack, range) =>
    void new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'network',
      addressSpace: [range],
    }),
};

describe.each(Object.entries(NETWORK_RANGES))('%s', (property, give) => {
  test.each([...SPECIAL, '172.30.0.0/16', '172.31.4.0/24', '192.0.2.0/24'])('is nowhere in %s', (range) => {
    const stack = testStack();
    give(stack, range);

    expect(Problems.of(stack).filter((problem) => problem.includes(`'${property}'`))).not.toEqual([]);
  });
});

test('a network that exists is in no range that Azure keeps for itself', () => {
  const stack = testStack();
  const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
    subnetId: `${NETWORK_ID}/subnets/nodes`,
    addressPrefixes: ['172.30.4.0/24'],
  });
  clusterIn(stack, { networkProfile: NetworkProfile.overlay({ subnet }) });
  AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'hub', {
    virtualNetworkId: NETWORK_ID,
    virtualNetworkName: 'hub',
    resourceGroupName: 'rg',
    addressSpace: ['224.0.0.0/16'],
  });

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(
      /^\[stack\/cluster\] 'networkProfile.subnet' must not be in .*, got 172.30.4.0\/24 of the subnet/,
    ),
    expect.stringMatching(/^\[stack\/hub\] 'addressSpace\[\d\]' must be .*, got "224.0.0.0\/16"$/),
  ]);
});

test.each(['127.0.0.1', '224.0.0.251', '169.254.169.254', '168.63.129.16', '0.0.0.0', '255.255.255.255'])(
  '%s is no next hop',
  (firewallAddress) => {
    const stack = testStack();
    new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'network',
      firewallAddress,
    });

    expect(Problems.of(stack)).toEqual([expect.stringContaining(`'firewallAddress' must be`)]);
  },
);

test.each(['127.0.0.1', '224.0.0.0/4', '169.254.169.254', 'ff02::1', '::1'])('no traffic comes from %s', (range) => {
  const stack = testStack();
  const network = new AksVirtualNetwork(stack, 'network', {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: 'network',
  });
  network.allowInbound('web', { source: TrafficSource.ranges([range]), ports: ['443'] });

  expect(Problems.of(stack)).toEqual([expect.stringContaining(`'web.source[0]' must be`)]);
});

test.each([
  ['127.0.0.1', true],
  ['10.0.0.1', false],
  ['168.63.129.16', true],
  ['168.63.129.17', false],
  ['0.0.0.0/1', false],
  ['fe80::1', true],
  ['ff02::/16', true],
  ['2001:db8::1', false],
  ['${x}', false],
])('%s is special: %s', (text, is) => {
  expect(isSpecial(text)).toBe(is);
});

describe('two clusters', () => {
  const IP = `${GROUP}/Microsoft.Network/publicIPAddresses/out`;
  const two = (
    stack: TerraformStack,
    profiles: readonly [NetworkProfile, NetworkProfile],
    nodeCount = 2,
    other = stack,
  ): string[] => {
    const defaultNodePool = { nodeCount };
    new AksCluster(stack, 'one', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'one',
      networkProfile: profiles[0],
      defaultNodePool,
    });
    new AksCluster(other, 'two', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'two',
      networkProfile: profiles[1],
      defaultNodePool,
    });
    return Problems.of(stack.node.root);
  };
  const networkIn = (stack: TerraformStack): AksVirtualNetwork =>
    new AksVirtualNetwork(stack, 'network', {
      resourceGroup: RESOURCE_GROUP,
      virtualNetworkName: 'network',
      nodeSubnetPrefix: '10.240.0.0/28',
    });

  test('in one subnet need room for both', () => {
    const [few, many] = [2, 5].map((nodeCount) => {
      const stack = testStack();
      const subnet = networkIn(stack).nodeSubnet;
      return two(stack, [NetworkProfile.overlay({ subnet }), NetworkProfile.overlay({ subnet })], nodeCount);
    });

    expect(few).toEqual([]); // 2 * 3 + 5 of 16
    expect(many).toEqual([
      "[stack/two] 'networkProfile.subnet' must have 17 addresses for this cluster and stack/one, got stack/network/nodes " +
        'with 16: make it /27 or larger, or give each cluster its own subnet',
    ]);
  });

  test('in one subnet of another stack, or by its id, need room for both', () => {
    const app = testStack();
    const other = testStack(app.node.root as App, 'other');
    const found = [app, other].map((stack) =>
      Subnet.fromSubnetAttributes(stack, 'nodes', {
        subnetId: `${NETWORK_ID}/subnets/nodes`,
        addressPrefixes: ['10.240.0.0/28'],
      }),
    );
    const [one, another] = found.map((subnet) => NetworkProfile.overlay({ subnet }));

    expect(two(app, [one!, another!], 5, other)).toEqual([
      expect.stringContaining("'networkProfile.subnet' must have 17 addresses for this cluster and stack/one"),
    ]);
  });

  test('look up the subnet of each as often when there are many as when there are few', () => {
    const timesRead = (count: number): number | undefined => {
      const stack = testStack();
      const [first] = Array.from({ length: count }, (_, index) => {
        const { nodeSubnet: subnet } = new AksVirtualNetwork(stack, `network${index}`, {
          resourceGroup: RESOURCE_GROUP,
          virtualNetworkName: `network${index}`,
        });
        const { subnetId } = subnet;
        const read = jest.fn(() => subnetId);
        Object.defineProperty(subnet, 'subnetId', { get: read });
        new AksCluster(stack, `cluster${index}`, {
          resourceGroup: RESOURCE_GROUP,
          clusterName: `cluster${index}`,
          networkProfile: NetworkProfile.overlay({ subnet }),
        });
        return read;
      });
      expect(Problems.of(stack.node.root)).toEqual([]);
      return first?.mock.calls.length;
    };

    expect(timesRead(6)).toBe(timesRead(2));
  });

  test('in one subnet with an address for each pod count the pods of both', () => {
    const stack = testStack();
    const subnet = Subnet.fromSubnetAttributes(stack, 'nodes', {
      subnetId: `${NETWORK_ID}/subnets/nodes`,
      addressPrefixes: ['10.240.0.0/25'],
    });

    expect(two(stack, [NetworkProfile.azureCni({ subnet }), NetworkProfile.azureCni({ subnet })])).toEqual([
      expect.stringContaining('must have 191 addresses for this cluster and stack/one'), // 2 * 3 * 31 + 5
    ]);
  });

  test('with kubenet share neither a subnet nor a route table', () => {
    const shared = testStack();
    const subnet = networkIn(shared).nodeSubnet;
    const apart = testStack();
    const network = networkIn(apart);
    const other = network.addSubnet('more', { addressPrefix: '10.241.0.0/24', use: SubnetUse.NODES });
    const message =
      "'networkProfile.subnet' must not be a subnet, or use a route table, of another cluster with kubenet";

    expect(two(shared, [NetworkProfile.kubenet({ subnet }), NetworkProfile.overlay({ subnet })])).toEqual([
      expect.stringContaining(message),
    ]);
    expect(
      two(apart, [NetworkProfile.kubenet({ subnet: network.nodeSubnet }), NetworkProfile.kubenet({ subnet: other })]),
    ).toEqual([expect.stringContaining(message)]);
  });

  test('of networks of their own, or of Azure, have nothing to share', () => {
    expect(two(testStack(), [NetworkProfile.kubenet(), NetworkProfile.kubenet()])).toEqual([]);
  });

  test('have public addresses of their own', () => {
    const outbound = Outbound.loadBalancer({ publicIpIds: [IP] });

    expect(two(testStack(), [NetworkProfile.overlay({ outbound }), NetworkProfile.overlay({ outbound })])).toEqual([
      `[stack/two] 'networkProfile.outbound.publicIpIds' must not be used by another cluster, got ${IP} of stack/one: ` +
        'give each cluster its own',
    ]);
  });
});

describe('images that the registry builds, for x86,', () => {
  const stackWith = (props: Partial<AksClusterProps>, options?: Partial<AddNodePoolOptions>): string[] => {
    const stack = testStack();
    const cluster = clusterIn(stack, props);
    if (options !== undefined) {
      cluster.addNodePool('apps', { name: 'apps', ...options });
    }
    const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'jminnacr' });
    registry.grantPull(cluster);
    const source = { repository: 'https://github.com/contoso/shop', commit: '1'.repeat(40) };
    const image = new AcrImageBuild(stack, 'image', { registry, repository: 'shop', tag: 'v1', source });
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80 });
    return Problems.of(stack);
  };

  test.each(['Standard_D4ps_v5', 'Standard_D4pds_v6', 'Standard_E4pds_v5', 'Standard_B4pls_v2'])(
    'do not run on %s',
    (vmSize) => {
      const problem = `must be a size with x86 processors, since the registry builds images for x86, got ${vmSize} (Arm)`;
      expect(stackWith({ defaultNodePool: { vmSize } })).toEqual([
        expect.stringContaining(`'defaultNodePool.vmSize' ${problem}`),
      ]);
      expect(stackWith({}, { vmSize })).toEqual([expect.stringContaining(`'vmSize' ${problem}`)]);
    },
  );

  test('may be kept off Arm nodes, and run on all others', () => {
    const taints = [{ key: 'arm', effect: TaintEffect.NO_SCHEDULE }];
    expect(stackWith({}, { vmSize: 'Standard_D4ps_v5', taints })).toEqual([]);
    expect(stackWith({}, { vmSize: 'Standard_NP10s' })).toEqual([]);
  });
});

test('a firewall is in another subnet than the nodes', () => {
  const stack = testStack();
  const group = { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'network' };
  new AksVirtualNetwork(stack, 'loop', { ...group, firewallAddress: '10.240.0.4' });
  new AksVirtualNetwork(stack, 'network', { ...group, firewallAddress: '10.241.0.4' });

  expect(Problems.of(stack)).toContainEqual(
    "[stack/loop] 'firewallAddress' must be outside of the node subnet (10.240.0.0/16), whose route would point to itself, got" +
      ' 10.240.0.4: use a firewall in another subnet',
  );
  expect(Problems.of(stack).filter((problem) => problem.includes("'firewallAddress'"))).toHaveLength(1);
});
