import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { type App, TerraformStack } from 'cdktf';
import {
  type AddNodePoolOptions,
  AksCluster,
  type AksClusterProps,
  AutoscalerExpander,
  EntraPrincipal,
  KubernetesVersion,
  NetworkProfile,
  type INodePool,
  NodePool,
  NodePoolMode,
  OsDiskType,
  OsSku,
  Outbound,
  PercentOrAbsolute,
  Problems,
  SpotEvictionPolicy,
  Subnet,
  TaintEffect,
  UndrainableNodeBehavior,
  type UpgradeSettings,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

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

describe('node pools', () => {
  const poolIn = (stack: TerraformStack, options: Partial<AddNodePoolOptions> = {}): INodePool =>
    clusterIn(stack).addNodePool('apps', { name: 'apps', ...options });

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
    cluster.addNodePool('apps', { name: 'apps', autoscaling: { minCount: 0, maxCount: 5 } });
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
    ['a name', { name: 'Apps' }, /'name' must be 1 to 12 .*, got "Apps"$/],
    ['no name', { name: undefined as never }, /'name' must be given/],
    ['a count', { nodeCount: 1001 }, /'nodeCount' must be a whole number from 0 to 1000, .*, got 1001$/],
    [
      'a size',
      { vmSize: 'Standard_B1s' },
      /'vmSize' must be a VM size with at least 2 vCPUs and 2 GB .*, got "Standard_B1s"/,
    ],
    [
      'a zone',
      { zones: ['westeurope-1'] },
      /'zones\[\d\]' must be the number of an availability zone, .*, got "westeurope-1"$/,
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
      /'taints\[0\]\.key' must be the key of a taint: .*, got "a b"$/,
    ],
    [
      'bounds',
      { autoscaling: { minCount: 3, maxCount: 2 } },
      /'autoscaling.minCount' must not be greater than 'autoscaling.maxCount' \(2\), got 3$/,
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
    cluster.addNodePool('one', { name: 'main' });
    cluster.addNodePool('two', { name: 'maintmp' });
    const names = ['nodepool10', 'nodepool11'].map((name) => cluster.addNodePool(name, { name }));

    expect(names).toHaveLength(2);
    expect(Problems.of(stack)).toEqual([
      `[stack/cluster/one] 'name' must be unique in its cluster, got "main", the name of the node pool of stack/cluster: rename one of them`,
      `[stack/cluster/two] 'name' must be unique in its cluster, got "maintmp", the name of the node pool of stack/cluster while its nodes are replaced: rename one of them`,
    ]);
  });

  test('follow the Kubernetes version of their cluster', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { kubernetesVersion: KubernetesVersion.of('1.36', { today: '2026-11-23' }) });
    cluster.addNodePool('apps', { name: 'apps' });
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
    cluster.addNodePool('apps', { name: 'apps' });
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
    [byId, byName].forEach((cluster) => cluster.addNodePool('apps', { name: 'apps' }));
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
    cluster.addNodePool('one', { name: 'one' });
    new NodePool(stack, 'two', { name: 'two', cluster });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\] 'networkProfile' must be given to .* for the pool stack\/cluster\/one, stack\/two, got nothing/,
      ),
    ]);
  });

  /** The ways to give a cluster a pool. */
  const WAYS: [string, (cluster: AksCluster, options: AddNodePoolOptions) => INodePool][] = [
    ['addNodePool', (cluster, options) => cluster.addNodePool('more', options)],
    [
      'a constructor in its stack',
      (cluster, options) => new NodePool(TerraformStack.of(cluster), 'more', { cluster, ...options }),
    ],
    [
      'a constructor in another stack',
      (cluster, options) => new NodePool(testStack(cluster.node.root as App, 'other'), 'more', { cluster, ...options }),
    ],
  ];

  describe.each(WAYS)('by %s', (_, add) => {
    const cluster = (props: Partial<AksClusterProps>): AksCluster => clusterIn(testStack(), props);

    test.each<[string, Partial<AksClusterProps>, RegExp]>([
      [
        'the pod range',
        { networkProfile: NetworkProfile.overlay({ podCidr: '10.244.0.0/22' }) },
        /'networkProfile.podCidr' must have a \/24 for each node/,
      ],
      [
        'the source ports',
        { networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ portsPerNode: 8000 }) }) },
        /'networkProfile.outbound' must have \d+ source ports/,
      ],
    ])('count for %s', (__, props, message) => {
      const without = cluster(props);
      const withPool = cluster(props);
      add(withPool, { name: 'more', nodeCount: 8 });

      expect(Problems.of(without)).toEqual([]);
      expect(Problems.of(withPool)).toEqual([expect.stringMatching(message)]);
    });

    test('run the applications that the default pool keeps off, if they have no taint', () => {
      const taints = [{ key: 'team', effect: TaintEffect.NO_SCHEDULE }];
      const problemsWith = (options: Partial<AddNodePoolOptions>): string[] => {
        const one = cluster({ defaultNodePool: { criticalAddonsOnly: true } });
        new DeploymentV1(TerraformStack.of(one), 'web', {
          metadata: {},
          spec: { template: { metadata: {}, spec: { container: [] } } },
        });
        add(one, { name: 'more', ...options });
        return Problems.of(one);
      };

      expect(problemsWith({})).toEqual([]);
      expect(problemsWith({ taints })).toEqual([
        expect.stringContaining('needs a regular pool without taints for applications'),
      ]);
    });
  });

  describe('with upgrade settings', () => {
    const SETTINGS = {
      maxSurge: PercentOrAbsolute.absolute(3),
      drainTimeoutMinutes: 60,
      nodeSoakMinutes: 5,
      undrainableNodeBehavior: UndrainableNodeBehavior.CORDON,
    };

    test('have them on the default pool and on added ones alike', () => {
      const stack = testStack();
      clusterIn(stack, {
        defaultNodePool: { upgradeSettings: SETTINGS, osSku: OsSku.AZURE_LINUX },
      }).addNodePool('apps', { name: 'apps', upgradeSettings: SETTINGS, osSku: OsSku.AZURE_LINUX });
      const json = synth(stack);
      const expected = {
        os_sku: 'AzureLinux',
        upgrade_settings: {
          max_surge: '3',
          drain_timeout_in_minutes: 60,
          node_soak_duration_in_minutes: 5,
          undrainable_node_behavior: 'Cordon',
        },
      };

      expect(only(json, 'azurerm_kubernetes_cluster').default_node_pool).toMatchObject(expected);
      expect(only(json, 'azurerm_kubernetes_cluster_node_pool')).toMatchObject(expected);
      expect(Problems.of(stack)).toEqual([]);
    });

    test.each<[string, UpgradeSettings, RegExp]>([
      [
        'no surge',
        { maxSurge: PercentOrAbsolute.absolute(0) },
        /upgradeSettings.maxSurge' must be greater than 0, got 0/,
      ],
      [
        'more than all',
        { maxSurge: PercentOrAbsolute.percent(101) },
        /upgradeSettings.maxSurge' must be a whole number of percent from 0 to 100/,
      ],
      [
        'a part of a node',
        { maxSurge: PercentOrAbsolute.absolute(1.5) },
        /upgradeSettings.maxSurge' must be a whole number of nodes/,
      ],
      [
        'too little time',
        { drainTimeoutMinutes: 4 },
        /upgradeSettings.drainTimeoutMinutes' must be a whole number from 5 to 1440/,
      ],
      [
        'too long a pause',
        { nodeSoakMinutes: 31 },
        /upgradeSettings.nodeSoakMinutes' must be a whole number from 0 to 30/,
      ],
    ])('refuse %s, once, for both kinds of pool', (_, upgradeSettings, message) => {
      expect(problemsOf({ defaultNodePool: { upgradeSettings } })).toEqual([expect.stringMatching(message)]);
      const stack = testStack();
      poolIn(stack, { upgradeSettings });
      expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
    });

    test('count the nodes that an upgrade adds', () => {
      const networkProfile = NetworkProfile.overlay({ podCidr: '10.244.0.0/20' });
      const withSurge = (maxSurge: PercentOrAbsolute): string[] =>
        problemsOf({ networkProfile, defaultNodePool: { nodeCount: 8, upgradeSettings: { maxSurge } } });

      expect(withSurge(PercentOrAbsolute.percent(100))).toEqual([]);
      expect(withSurge(PercentOrAbsolute.absolute(100))).toEqual([]); // no more than there are nodes
      expect(
        problemsOf({
          networkProfile,
          defaultNodePool: { nodeCount: 9, upgradeSettings: { maxSurge: PercentOrAbsolute.percent(100) } },
        }),
      ).toEqual([expect.stringContaining('nodepool1 9 + 9 surge')]);
    });

    test('are refused for Spot nodes', () => {
      const stack = testStack();
      poolIn(stack, { spot: {}, upgradeSettings: SETTINGS });

      expect(Problems.of(stack)).toEqual([
        expect.stringContaining("'upgradeSettings' must not be given for Spot nodes"),
      ]);
    });

    test('let tokens pass', () => {
      const stack = testStack();
      const { numberValue } = token(stack);
      const upgradeSettings = {
        maxSurge: PercentOrAbsolute.percent(numberValue),
        drainTimeoutMinutes: numberValue,
        nodeSoakMinutes: numberValue,
      };
      poolIn(stack, { upgradeSettings });

      expect(Problems.of(stack)).toEqual([]);
    });
  });

  test('let tokens pass', () => {
    const stack = testStack();
    const { stringValue, numberValue } = token(stack);
    poolIn(stack, { name: stringValue, nodeCount: numberValue, vmSize: stringValue, maxPods: numberValue });
    clusterIn(
      stack,
      { clusterName: 'two', defaultNodePool: { autoscaling: { minCount: 1, maxCount: numberValue } } },
      'two',
    );

    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });
});

test('a stack of 50 clusters with three pools each is checked in time that grows with it', () => {
  const app = testApp();
  const stack = testStack(app);
  new AzurermProvider(stack, 'other', { alias: 'other', features: [{}] });
  for (let n = 0; n < 50; n++) {
    const cluster = clusterIn(stack, { clusterName: `aks${n}` }, `cluster${n}`);
    ['a', 'b', 'c'].forEach((name) => cluster.addNodePool(name, { name }));
  }

  expect(Problems.of(app)).toEqual([]);
  expect(Object.keys(synth(stack).resource!.azurerm_kubernetes_cluster_node_pool!)).toHaveLength(150);
});

describe('one node for all that Kubernetes itself needs', () => {
  const RULE = 'system-nodes-of-trials';

  test.each<[string, NonNullable<AksClusterProps['defaultNodePool']>, NodePoolMode | undefined, string | undefined]>([
    ['the pool has', { nodeCount: 1 }, undefined, 'nodeCount'],
    ['the autoscaler may leave', { autoscaling: { minCount: 1, maxCount: 5 } }, undefined, 'autoscaling.minCount'],
    ['a user pool does not change', { nodeCount: 1 }, NodePoolMode.USER, 'nodeCount'],
    ['another system pool takes in', { nodeCount: 1 }, NodePoolMode.SYSTEM, undefined],
    ['nobody has', { nodeCount: 2 }, undefined, undefined],
    ['nobody has by default', {}, undefined, undefined],
  ])('is warned of where %s', (_, defaultNodePool, mode, property) => {
    const stack = testStack();
    const cluster = clusterIn(stack, { defaultNodePool });
    if (mode !== undefined) {
      cluster.addNodePool('more', { name: 'more', mode });
    }

    expect(Problems.of(stack)).toEqual([]);
    expect(
      Problems.list(stack)
        .filter(({ rule }) => rule === RULE)
        .map(({ message }) => message.slice(0, message.indexOf(' is 1:'))),
    ).toEqual(property === undefined ? [] : [`'defaultNodePool.${property}'`]);
  });

  test('is not, where only Terraform knows how many there are', () => {
    const stack = testStack();
    clusterIn(stack, { defaultNodePool: { nodeCount: token(stack).numberValue } });

    expect(Problems.warningsOf(stack).join()).not.toContain(RULE);
  });
});
