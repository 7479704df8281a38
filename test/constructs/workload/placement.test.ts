import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, TerraformStack } from 'cdktf';
import {
  AcrImageBuild,
  AcrRegistry,
  type AddNodePoolOptions,
  Affinity,
  AksCluster,
  type AksClusterProps,
  ContainerImage,
  Cpu,
  DaemonSet,
  type INodePool,
  NodePool,
  Placement,
  PreemptionPolicy,
  PriorityClass,
  Problems,
  TaintEffect,
  type TolerationProps,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { at, type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');
const POOL_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks/agentPools/apps';

interface System {
  readonly stack: TerraformStack;
  readonly cluster: AksCluster;
}

/** A cluster, and the provider that reaches it, in one stack. */
function system(props: Partial<AksClusterProps> = {}, app: App = testApp()): System {
  const stack = new TerraformStack(app, 'stack');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props });
  new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
  return { stack, cluster };
}

function web(stack: TerraformStack, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  return new Workload(stack, id, { name: id, image, containerPort: 8080, ...props });
}

function podOf(stack: TerraformStack, address = 'web'): Block {
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  const block = at(json, 'kubernetes_deployment_v1', address) as { spec: { template: { spec: Block } } };
  return block.spec.template.spec;
}

const byName = (...values: string[]): object => ({
  node_affinity: {
    required_during_scheduling_ignored_during_execution: {
      node_selector_term: [{ match_expressions: [{ key: 'kubernetes.azure.com/agentpool', operator: 'In', values }] }],
    },
  },
});

const tolerating = (key: string, value: string, effect: string): object => ({ key, operator: 'Equal', value, effect });
const SPOT = tolerating('kubernetes.azure.com/scalesetpriority', 'spot', 'NoSchedule');
const gpuTaint = { key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE };

test.each<[string, Partial<WorkloadProps>]>([
  ['by their labels', { placement: Placement.labels({ team: 'big' }) }],
  ['for their processors', { resources: { cpuRequest: Cpu.cores(20) } }],
])('pods may be meant %s for nodes of a pool that is made by hand', (_, props) => {
  const { stack, cluster } = system();
  web(stack, props);
  const before = Problems.of(stack).length;
  new KubernetesClusterNodePool(stack, 'by-hand', {
    ...{ name: 'big', kubernetesClusterId: cluster.clusterId, vmSize: 'Standard_D64s_v5', nodeLabels: { team: 'big' } },
  });

  expect(before).toBe(1);
  expect(Problems.of(stack)).toEqual([]);
});

describe('a workload on a pool', () => {
  test.each<[string, Partial<AddNodePoolOptions>, object]>([
    [
      'its labels and taints',
      { labels: { team: 'web' }, taints: [gpuTaint, { key: 'team', effect: TaintEffect.NO_EXECUTE }] },
      {
        node_selector: { 'kubernetes.io/os': 'linux', team: 'web' },
        toleration: [tolerating('sku', 'gpu', 'NoSchedule'), tolerating('team', '', 'NoExecute')],
      },
    ],
    ['its name, where it has no labels', {}, { affinity: byName('apps', 'appstmp') }],
    [
      'what Azure gives to Spot nodes',
      { spot: {}, labels: { team: 'web' } },
      {
        node_selector: {
          'kubernetes.io/os': 'linux',
          team: 'web',
          'kubernetes.azure.com/scalesetpriority': 'spot',
        },
        toleration: [SPOT],
      },
    ],
    [
      'its name and what Azure gives to Spot nodes',
      { spot: {} },
      {
        node_selector: { 'kubernetes.io/os': 'linux', 'kubernetes.azure.com/scalesetpriority': 'spot' },
        toleration: [SPOT],
        affinity: byName('apps', 'appstmp'),
      },
    ],
  ])('has %s', (_, options, expected) => {
    const { stack, cluster } = system();
    const pool = cluster.addNodePool('pool', { name: 'apps', ...options });
    web(stack, { placement: Placement.on(pool) });

    expect(podOf(stack)).toMatchObject(expected);
    expect(Problems.of(stack)).toEqual([]);
  });

  test('is created after the pool, in its stack and in another', () => {
    const { stack, cluster } = system();
    const pool = cluster.addNodePool('pool', { name: 'apps' });
    web(stack, { placement: Placement.on(pool) });
    const other = testStack(stack.node.root as App, 'other');
    web(other, { placement: Placement.on(pool) });

    expect(at(synth(stack), 'kubernetes_deployment_v1', 'web').depends_on).toEqual([
      expect.stringMatching(/^azurerm_kubernetes_cluster_node_pool\.cluster_pool/),
    ]);
    synth(other);
    expect(other.dependencies).toContain(stack);
  });

  test('can be the default pool of the cluster', () => {
    const { stack, cluster } = system({ defaultNodePool: { name: 'system', criticalAddonsOnly: true } });
    web(stack, { placement: Placement.on(cluster.defaultNodePool) });

    expect(podOf(stack)).toMatchObject({
      affinity: byName('system', 'systemtmp'),
      toleration: [tolerating('CriticalAddonsOnly', 'true', 'NoSchedule')],
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test('can be a pool that exists, whose labels and taints are known', () => {
    const stack = testStack();
    const pool = NodePool.fromNodePoolAttributes(stack, 'pool', {
      nodePoolId: POOL_ID,
      nodePoolName: 'apps',
      labels: { team: 'web' },
      taints: [gpuTaint],
      isSpot: true,
    });
    web(stack, { placement: Placement.on(pool) });

    expect(podOf(stack)).toMatchObject({
      node_selector: { team: 'web', 'kubernetes.azure.com/scalesetpriority': 'spot' },
      toleration: [tolerating('sku', 'gpu', 'NoSchedule'), SPOT],
    });
    expect(podOf(stack)).not.toHaveProperty('affinity');
  });

  test('can be a pool that exists, whose labels and taints Terraform reads', () => {
    const stack = testStack();
    const pool = NodePool.fromNodePoolName(stack, 'pool', {
      nodePoolName: 'apps',
      clusterName: 'aks',
      resourceGroupName: 'rg',
    });
    web(stack, { placement: Placement.on(pool) });
    const block = only(synth(stack), 'kubernetes_deployment_v1') as { spec: { template: { spec: Block } } };

    expect(block.spec.template.spec).toMatchInlineSnapshot(
      { container: expect.anything() as never },
      `
     {
       "affinity": {
         "node_affinity": {
           "required_during_scheduling_ignored_during_execution": {
             "node_selector_term": [
               {
                 "match_expressions": [
                   {
                     "key": "kubernetes.azure.com/agentpool",
                     "operator": "In",
                     "values": [
                       "apps",
                       "appstmp",
                     ],
                   },
                 ],
               },
             ],
           },
         },
       },
       "automount_service_account_token": false,
       "container": Anything,
       "dynamic": {
         "toleration": {
           "content": {
             "effect": "\${element(regex("^([^=:]*)=?([^:]*):(.*)$", each.value), 2)}",
             "key": "\${element(regex("^([^=:]*)=?([^:]*):(.*)$", each.value), 0)}",
             "operator": "Equal",
             "value": "\${element(regex("^([^=:]*)=?([^:]*):(.*)$", each.value), 1)}",
           },
           "for_each": "\${toset(data.azurerm_kubernetes_cluster_node_pool.pool_056F3F7E.node_taints)}",
           "iterator": "each",
         },
       },
       "enable_service_links": false,
       "node_selector": "\${merge({"kubernetes.io/os" = "linux"}, data.azurerm_kubernetes_cluster_node_pool.pool_056F3F7E.node_labels)}",
       "security_context": {
         "seccomp_profile": {
           "type": "RuntimeDefault",
         },
       },
       "termination_grace_period_seconds": 30,
       "topology_spread_constraint": [
         {
           "label_selector": [
             {
               "match_labels": {
                 "app": "web",
               },
             },
           ],
           "match_label_keys": [
             "pod-template-hash",
           ],
           "max_skew": 1,
           "topology_key": "topology.kubernetes.io/zone",
           "when_unsatisfiable": "ScheduleAnyway",
         },
         {
           "label_selector": [
             {
               "match_labels": {
                 "app": "web",
               },
             },
           ],
           "match_label_keys": [
             "pod-template-hash",
           ],
           "max_skew": 1,
           "topology_key": "kubernetes.io/hostname",
           "when_unsatisfiable": "ScheduleAnyway",
         },
       ],
     }
    `,
    );
    expect(Problems.of(stack)).toEqual([]);
  });

  test('with labels that only Terraform knows has its name, too', () => {
    const { stack, cluster } = system();
    const labels = token(stack).value as { [key: string]: string };
    const pool: INodePool = cluster.addNodePool('pool', { name: 'apps', labels });
    web(stack, { placement: Placement.on(pool) });

    expect(podOf(stack)).toMatchObject({
      node_selector: '${merge({"kubernetes.io/os" = "linux"}, var.token)}',
      affinity: byName('apps', 'appstmp'),
    });
    expect(Problems.of(stack)).toEqual([]);
  });
});

describe('a workload on nodes with labels', () => {
  const tolerations: TolerationProps[] = [
    { key: 'sku', value: 'gpu', effect: TaintEffect.NO_SCHEDULE },
    { key: 'maintenance', effect: TaintEffect.NO_EXECUTE, seconds: 60 },
    {},
  ];
  const rendered = [
    { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
    { key: 'maintenance', operator: 'Exists', effect: 'NoExecute', toleration_seconds: '60' },
    { operator: 'Exists' },
  ];

  test('selects them, and tolerates what it is told', () => {
    const stack = testStack();
    web(stack, { placement: Placement.labels({ team: 'web', empty: '' }, { tolerations }) });

    expect(podOf(stack)).toMatchObject({
      node_selector: { 'kubernetes.io/os': 'linux', team: 'web', empty: '' },
      toleration: rendered,
    });
  });

  test('may tolerate taints, and run on any', () => {
    const stack = testStack();
    web(stack, { placement: Placement.anywhere(tolerations) });

    expect(podOf(stack)).toMatchObject({ node_selector: { 'kubernetes.io/os': 'linux' }, toleration: rendered });
  });

  test.each<[Placement, RegExp]>([
    [Placement.labels({ 'a b': 'c' }), /^'placement\.labels' must be the key of a label/],
    [Placement.labels({ team: 'a b' }), /^'placement\.labels\.team' must be the value of a label/],
    [Placement.labels({ 'kubernetes.io/os': 'windows' }), /^'placement\.labels\.kubernetes\.io\/os' must be "linux"/],
    [Placement.anywhere([{ key: 'a b' }]), /^'placement\.tolerations\[0\]\.key' must be the key of a label/],
    [Placement.anywhere([{ value: 'gpu' }]), /^'placement\.tolerations\[0\]\.key' must be given with a 'value'/],
    [
      Placement.anywhere([{ key: 'a', value: '-' }]),
      /^'placement\.tolerations\[0\]\.value' must be the value of a label/,
    ],
    [
      Placement.anywhere([{ key: 'a', seconds: 5 }]),
      /^'placement\.tolerations\[0\]\.effect' must be TaintEffect\.NO_EXECUTE/,
    ],
    [
      Placement.anywhere([{ key: 'a', effect: TaintEffect.NO_EXECUTE, seconds: -1 }]),
      /^'placement\.tolerations\[0\]\.seconds' must be a whole number/,
    ],
  ])('must be well-formed (%#)', (placement, message) => {
    const stack = testStack();
    web(stack, { placement });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(new RegExp(message.source.replace('^', '^\\[stack/web\\] '))),
    ]);
  });
});

describe('the pools of a cluster that the program makes', () => {
  const gpu = { name: 'gpu', labels: { sku: 'gpu' }, taints: [gpuTaint] };
  const build = (stack: TerraformStack): AcrImageBuild =>
    new AcrImageBuild(stack, 'build', {
      registry: new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' }),
      repository: 'web',
      tag: '1',
      source: { repository: 'https://github.com/contoso/web', commit: '1705b17'.padEnd(40, '0') },
    });

  test.each<[string, (system: System) => Placement, ...RegExp[]]>([
    ['a label of a pool', () => Placement.labels({ sku: 'gpu' }, { tolerations: [{ key: 'sku' }] })],
    ['a label that Azure may give', () => Placement.labels({ 'topology.kubernetes.io/zone': 'westeurope-1' })],
    ['the architecture of a pool', () => Placement.labels({ 'kubernetes.io/arch': 'amd64' })],
    [
      'a label that no pool has',
      () => Placement.labels({ sku: 'cpu' }),
      /'placement' must select the nodes of a pool of stack\/cluster, got sku=cpu, which none of its pools \(nodepool1, gpu\) has/,
    ],
    [
      'Spot nodes, of which there are none',
      () => Placement.labels({ 'kubernetes.azure.com/scalesetpriority': 'spot' }),
      /must select the nodes/,
    ],
    [
      'an architecture that no pool has',
      () => Placement.labels({ 'kubernetes.io/arch': 'arm64' }),
      /must select the nodes/,
    ],
    [
      'a pool whose taint it does not tolerate',
      () => Placement.labels({ sku: 'gpu' }, { tolerations: [{ key: 'sku', value: 'cpu' }] }),
      /'placement' must tolerate the taints of the pool that it selects of stack\/cluster \(gpu\), got no toleration of sku=gpu:NoSchedule/,
    ],
    [
      'a pool of another cluster',
      ({ stack }) =>
        Placement.on(NodePool.fromNodePoolAttributes(stack, 'other', { nodePoolId: POOL_ID, nodePoolName: 'other' })),
      /got those of stack\/other, which none/,
    ],
  ])('are compared with %s', (_, placement, ...messages) => {
    const made = system();
    made.cluster.addNodePool('gpu', gpu);
    web(made.stack, { placement: placement(made) });
    web(made.stack, { placement: Placement.labels({ sku: 'gpu' }, { tolerations: [{ key: 'sku' }] }) }, 'other-web');

    expect(Problems.of(made.stack)).toEqual(messages.map((message) => expect.stringMatching(message) as string));
  });

  test('are those of the cluster that another stack finds by its name', () => {
    const { stack, cluster } = system();
    const pool = cluster.addNodePool('gpu', gpu);
    const app = stack.node.root as App;
    const other = new TerraformStack(app, 'other');
    new AzurermProvider(other, 'azurerm', { features: [{}] });
    const found = AksCluster.fromClusterName(other, 'found', { clusterName: 'AKS', resourceGroupName: 'rg' });
    new KubernetesProvider(other, 'kubernetes', found.kubernetesProviderConfig(other));
    web(other, {}, 'api');
    expect(Problems.warningsOf(app).filter((one) => one.includes('taints'))).toEqual([
      expect.stringMatching(
        /^\[stack\/cluster\/gpu\] no workload of the program can run on the pool gpu, whose taints \(sku=gpu:NoSchedule\) none tolerates/,
      ),
    ]);

    web(other, { placement: Placement.labels({ sku: 'cpu' }) });
    expect(Problems.of(app)).toEqual([
      expect.stringMatching(/^\[other\/web\] 'placement' must select the nodes of a pool of stack\/cluster/),
    ]);

    web(other, { placement: Placement.on(pool) }, 'model');
    expect(Problems.warningsOf(app).filter((one) => one.includes('taints'))).toEqual([]);
  });

  test('are not known of a cluster that exists', () => {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const found = AksCluster.fromClusterName(stack, 'found', { clusterName: 'aks', resourceGroupName: 'rg' });
    new KubernetesProvider(stack, 'kubernetes', found.kubernetesProviderConfig(stack));
    web(stack, { placement: Placement.labels({ sku: 'cpu' }) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, Placement, string]>([
    ['of no pool', Placement.labels({ sku: 'cpu' }), 'placement-on-a-pool'],
    ['without its toleration', Placement.labels({ sku: 'gpu' }), 'placement-tolerates-taints'],
  ])('are reported once for pods that are placed on the nodes %s, and not at the pool too', (_, placement, rule) => {
    const { stack, cluster } = system();
    cluster.addNodePool('gpu', gpu);
    web(stack, { placement });
    const rules = (): string[] => Problems.list(stack).map((one) => one.rule);

    expect(rules().filter((one) => /taints|placement/.test(one))).toEqual([rule]);
  });

  test('are compared with the rest of what pods ask for where their taints are acknowledged', () => {
    const { stack, cluster } = system();
    cluster.addNodePool('gpu', { ...gpu, vmSize: 'Standard_D4pls_v5' });
    const workload = web(stack, { image: build(stack), placement: Placement.labels({ sku: 'gpu' }) });
    expect(Problems.list(workload).map(({ rule }) => rule)).toEqual(['placement-tolerates-taints']);

    Problems.acknowledge(workload, 'placement-tolerates-taints', 'a webhook adds the toleration');
    expect(Problems.list(workload).map(({ rule }) => rule)).toEqual(['image-architecture']);
  });

  test.each<[string, Partial<AddNodePoolOptions>, Partial<WorkloadProps>, number]>([
    ['no workload tolerates', { taints: [gpuTaint] }, {}, 1],
    ['no workload tolerates, as those of Spot nodes', { spot: {} }, {}, 1],
    ['a workload tolerates', { taints: [gpuTaint] }, { placement: Placement.anywhere([{ key: 'sku' }]) }, 0],
    [
      'a workload tolerates that selects other nodes',
      { taints: [gpuTaint] },
      { placement: Placement.labels({ agentpool: 'nodepool1' }, { tolerations: [{ key: 'sku' }] }) },
      1,
    ],
    ['only prefer', { taints: [{ ...gpuTaint, effect: TaintEffect.PREFER_NO_SCHEDULE }] }, {}, 0],
  ])('with taints that %s', (_, options, props, warnings) => {
    const { stack, cluster } = system();
    cluster.addNodePool('pool', { name: 'apps', ...options });
    expect(Problems.warningsOf(stack).filter((one) => one.includes('taints'))).toEqual([]);

    web(stack, props);
    expect(Problems.warningsOf(stack).filter((one) => one.includes('taints'))).toHaveLength(warnings);
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, (image: AcrImageBuild) => Partial<WorkloadProps>]>([
    ['a container', (image) => ({ image })],
    ['an init container', (image) => ({ initContainers: [{ name: 'init', image }] })],
    ['a sidecar', (image) => ({ sidecars: [{ name: 'proxy', image }] })],
    ['a migration', (image) => ({ migration: { image } })],
  ])('of Arm take no image that the registry builds for x86, and take others: that of %s', (_, propsWith) => {
    const { stack, cluster } = system();
    const arm = cluster.addNodePool('arm', {
      name: 'arm',
      vmSize: 'Standard_D4ps_v5',
      taints: [{ ...gpuTaint, key: 'arm' }],
    });
    web(stack, { placement: Placement.on(arm) });
    expect(Problems.of(stack)).toEqual([]);

    web(stack, { placement: Placement.on(arm), ...propsWith(build(stack)) }, 'built');
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/built\] 'placement' must select nodes with a processor architecture that the images support \(amd64\), got arm \(arm64\)/,
      ),
    ]);
  });

  test('all have the processors that the images of a DaemonSet are built for, where it runs on several', () => {
    const { stack, cluster } = system();
    const vmSize = 'Standard_D4ps_v5';
    const taints = [{ ...gpuTaint, key: 'arm' }];
    cluster.addNodePool('arm', { name: 'arm', vmSize, taints });
    const built = build(stack);
    web(stack, { placement: Placement.anywhere([{}]), image: built });
    new DaemonSet(stack, 'here', { name: 'here', image: built, placement: Placement.anywhere([{ key: 'gpu' }]) });
    expect(Problems.of(stack)).toEqual([]);

    new DaemonSet(stack, 'agent', { name: 'agent', image: built, placement: Placement.anywhere([{}]) });
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/agent\] 'placement' must select nodes with a processor architecture that the images support \(amd64\), got arm \(arm64\)/,
      ),
    ]);
  });

  test('are of no use to anybody when only a DaemonSet tolerates their taints', () => {
    const { stack, cluster } = system();
    cluster.addNodePool('gpu', gpu);
    const placement = Placement.anywhere([{}]);
    new DaemonSet(stack, 'agent', { name: 'agent', image, placement });
    web(stack);
    const warnings = (): string[] => Problems.warningsOf(stack).filter((one) => one.includes('taints'));
    expect(warnings()).toHaveLength(1);

    web(stack, { placement }, 'model');
    expect(warnings()).toEqual([]);
  });

  test('are regular for a DaemonSet too, unless it is placed', () => {
    const { stack } = system({ defaultNodePool: { criticalAddonsOnly: true } });
    new DaemonSet(stack, 'agent', { name: 'agent', image, placement: Placement.anywhere([{}]) });
    expect(Problems.of(stack)).toEqual([]);

    new DaemonSet(stack, 'other', { name: 'other', image });
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/'defaultNodePool\.criticalAddonsOnly' needs a regular pool .* stack\/other/),
    ]);
  });

  test('need not be regular for workloads that are all placed on others', () => {
    const { stack, cluster } = system({ defaultNodePool: { criticalAddonsOnly: true } });
    const pool = cluster.addNodePool('gpu', gpu);
    web(stack, { placement: Placement.on(pool) });
    expect(Problems.of(stack)).toEqual([]);

    web(stack, {}, 'elsewhere');
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/'defaultNodePool\.criticalAddonsOnly' needs a regular pool .* stack\/elsewhere/),
    ]);
  });
});

describe('a workload and another', () => {
  test('run together or apart, as preferred or as required', () => {
    const stack = testStack();
    const cache = web(stack, { namespace: 'data' }, 'cache');
    const batch = web(stack, {}, 'batch');
    web(stack, {
      affinity: [
        Affinity.colocateWith(cache),
        Affinity.separateFrom(batch, { required: true, topologyKey: 'topology.kubernetes.io/zone' }),
      ],
    });

    expect(podOf(stack)).toMatchInlineSnapshot(
      { container: expect.anything() as never },
      `
     {
       "affinity": {
         "pod_affinity": {
           "preferred_during_scheduling_ignored_during_execution": [
             {
               "pod_affinity_term": {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app": "cache",
                     },
                   },
                 ],
                 "namespaces": [
                   "data",
                 ],
                 "topology_key": "kubernetes.io/hostname",
               },
               "weight": 100,
             },
           ],
         },
         "pod_anti_affinity": {
           "required_during_scheduling_ignored_during_execution": [
             {
               "label_selector": [
                 {
                   "match_labels": {
                     "app": "batch",
                   },
                 },
               ],
               "namespaces": [
                 "default",
               ],
               "topology_key": "topology.kubernetes.io/zone",
             },
           ],
         },
       },
       "automount_service_account_token": false,
       "container": Anything,
       "enable_service_links": false,
       "node_selector": {
         "kubernetes.io/os": "linux",
       },
       "security_context": {
         "seccomp_profile": {
           "type": "RuntimeDefault",
         },
       },
       "termination_grace_period_seconds": 30,
       "topology_spread_constraint": [
         {
           "label_selector": [
             {
               "match_labels": {
                 "app": "web",
               },
             },
           ],
           "match_label_keys": [
             "pod-template-hash",
           ],
           "max_skew": 1,
           "topology_key": "topology.kubernetes.io/zone",
           "when_unsatisfiable": "ScheduleAnyway",
         },
         {
           "label_selector": [
             {
               "match_labels": {
                 "app": "web",
               },
             },
           ],
           "match_label_keys": [
             "pod-template-hash",
           ],
           "max_skew": 1,
           "topology_key": "kubernetes.io/hostname",
           "when_unsatisfiable": "ScheduleAnyway",
         },
       ],
     }
    `,
    );
  });

  test('is created first where it is required beside it', () => {
    const stack = testStack();
    const cache = web(stack, {}, 'cache');
    web(stack, { affinity: [Affinity.colocateWith(cache, { required: true })] });

    expect(at(synth(stack), 'kubernetes_deployment_v1', 'web').depends_on).toContainEqual(
      expect.stringMatching(/^kubernetes_deployment_v1\.cache/),
    );
  });

  test('cannot be required both beside it and apart from it', () => {
    const stack = testStack();
    const cache = web(stack, {}, 'cache');
    const required = { required: true };
    web(stack, { affinity: [Affinity.colocateWith(cache, required), Affinity.separateFrom(cache, required)] });
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/'affinity\[1\]' must not contradict the requirement for the pods of stack\/cache before/),
    ]);

    const other = { required: true, topologyKey: 'topology.kubernetes.io/zone' };
    web(stack, { affinity: [Affinity.colocateWith(cache, other), Affinity.separateFrom(cache, required)] }, 'fine');
    expect(Problems.of(stack)).toHaveLength(1);
  });

  test('have a topology key that can be a label', () => {
    const stack = testStack();
    web(stack, { affinity: [Affinity.separateFrom(web(stack, {}, 'cache'), { topologyKey: 'a b' })] });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(/'affinity\[0\]\.topologyKey' must be the key of a label/),
    ]);
  });
});

describe('a priority class', () => {
  test('is created before the pods that have it', () => {
    const stack = testStack();
    const priorityClass = new PriorityClass(stack, 'important', {
      priorityClassName: 'important',
      value: 1000,
      globalDefault: true,
      preemptionPolicy: PreemptionPolicy.NEVER,
      description: 'What customers wait for.',
    });
    web(stack, { priorityClass });
    const json = synth(stack);

    expect(invalidManifests(json)).toEqual([]);
    expect(only(json, 'kubernetes_priority_class_v1')).toMatchObject({
      metadata: { name: 'important' },
      value: 1000,
      global_default: true,
      preemption_policy: 'Never',
      description: 'What customers wait for.',
    });
    expect(podOf(stack)).toMatchObject({
      priority_class_name: expect.stringMatching(
        /^\$\{kubernetes_priority_class_v1\.important_.*\.metadata\[0\]\.name\}$/,
      ) as string,
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test('is the default of a cluster once', () => {
    const stack = testStack();
    const other = new KubernetesProvider(stack, 'other', { alias: 'other' });
    const own = stack.node.findChild('kubernetes') as KubernetesProvider;
    const make = (id: string, provider: KubernetesProvider): PriorityClass =>
      new PriorityClass(stack, id, { priorityClassName: id, value: 1, globalDefault: true, provider });
    make('a', own);
    make('b', other);
    new PriorityClass(stack, 'c', { priorityClassName: 'c', value: 1, provider: own });
    expect(Problems.of(stack)).toEqual([]);

    make('d', own);
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/d\] 'globalDefault' must be true for only one class of a cluster, got true beside stack\/a/,
      ),
    ]);
  });

  test('of the system is for its namespace, unless it is meant', () => {
    const stack = testStack();
    const priorityClass = PriorityClass.fromPriorityClassName(stack, 'critical', 'system-cluster-critical');
    web(stack, { priorityClass, namespace: 'kube-system' });
    expect(Problems.of(stack)).toEqual([]);

    const other = web(stack, { priorityClass }, 'other');
    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/other\] 'priorityClass' must be a class of your own outside of the namespace "kube-system", got "system-cluster-critical" in "default"/,
      ),
    ]);
    Problems.acknowledge(other, 'system-priority', 'it is the proxy of everything else');
    expect(Problems.of(stack)).toEqual([]);
  });
});
