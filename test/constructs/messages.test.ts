import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  AksServiceAccount,
  AksVirtualNetwork,
  ApiServerAccess,
  ClusterAuthentication,
  ContainerImage,
  Cpu,
  DisruptionBudget,
  EnvValue,
  Exposure,
  KubernetesNamespace,
  KubernetesVersion,
  Memory,
  NetworkProfile,
  Outbound,
  PercentOrAbsolute,
  PodSecurity,
  Probe,
  Problems,
  ServicePrincipal,
  Subnet,
  TaintEffect,
  TrafficSource,
  UserAssignedIdentity,
  VoteApp,
  Workload,
  type AksClusterProps,
  type WorkloadProps,
} from '../../constructs';
import { show } from '../../constructs/core/values/shown';
import type { TerraformStack } from 'cdktf';
import { RESOURCE_GROUP as resourceGroup, testStack } from '../util';

const NUMBERS: readonly number[] = [-1, 0, 0.5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e12];
const TEXTS: readonly string[] = [
  '',
  ' ',
  'Ä',
  '-',
  '.',
  'a b',
  'A_b',
  '1.2.3',
  '10.0.0.0/33',
  '10.0.0.1/8',
  '${x}',
  'x'.repeat(400),
];

type Make = (stack: TerraformStack, value: never) => unknown;

/** A property as its author writes it, and a program that is right but for its value. */
type Case = readonly [property: string, make: Make];

const SOURCE = { repository: 'https://github.com/a/b.git', commit: '1705b17' };
const resources = { cpuRequest: Cpu.millis(100), memoryRequest: Memory.gibibytes(1) };
const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

function workload(props: (value: never) => Partial<WorkloadProps>): Make {
  return (stack, value) => new Workload(stack, 'web', { name: 'web', image, containerPort: 80, ...props(value) });
}

function cluster(props: (value: never) => Partial<AksClusterProps>): Make {
  return (stack, value) => new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks', ...props(value) });
}

function network(props: (value: never) => object): Make {
  return (stack, value) =>
    new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network', ...props(value) });
}

const numbers: readonly Case[] = [
  ['containerPort', workload((containerPort) => ({ containerPort, servicePort: 80 }))],
  ['servicePort', workload((servicePort) => ({ servicePort }))],
  ['additionalPorts.metrics', workload((metrics) => ({ additionalPorts: { metrics } }))],
  ['replicas', workload((replicas) => ({ replicas }))],
  ['autoscaling.minReplicas', workload((minReplicas) => ({ resources, autoscaling: { minReplicas, maxReplicas: 5 } }))],
  ['autoscaling.maxReplicas', workload((maxReplicas) => ({ resources, autoscaling: { minReplicas: 1, maxReplicas } }))],
  [
    'autoscaling.cpuUtilizationPercent',
    workload((cpuUtilizationPercent) => ({
      resources,
      autoscaling: { minReplicas: 1, maxReplicas: 5, cpuUtilizationPercent },
    })),
  ],
  ['preStopSeconds', workload((preStopSeconds) => ({ preStopSeconds }))],
  ['terminationGracePeriodSeconds', workload((terminationGracePeriodSeconds) => ({ terminationGracePeriodSeconds }))],
  ['rollout.minReadySeconds', workload((minReadySeconds) => ({ rollout: { minReadySeconds } }))],
  ['rollout.timeoutMinutes', workload((timeoutMinutes) => ({ rollout: { timeoutMinutes } }))],
  ['rollout.maxSurge', workload((value) => ({ rollout: { maxSurge: PercentOrAbsolute.absolute(value) } }))],
  [
    'rollout.maxUnavailable',
    workload((value) => ({ replicas: 5, rollout: { maxUnavailable: PercentOrAbsolute.percent(value) } })),
  ],
  [
    'disruptionBudget.maxUnavailable',
    workload((value) => ({ disruptionBudget: DisruptionBudget.maxUnavailable(PercentOrAbsolute.absolute(value)) })),
  ],
  ...(['startup', 'readiness', 'liveness'] as const).flatMap((probe) =>
    (
      [
        'initialDelaySeconds',
        'periodSeconds',
        'timeoutSeconds',
        'failureThreshold',
        'successThreshold',
        'port',
      ] as const
    ).map((option): Case => [
      `probes.${probe}.${option}`,
      workload((value) => ({ probes: { [probe]: Probe.tcp({ [option]: value }) } })),
    ]),
  ),
  [
    'resources.cpuRequest',
    workload((value) => ({ resources: { cpuRequest: Cpu.millis(value), memoryRequest: Memory.gibibytes(1) } })),
  ],
  [
    'resources.memoryRequest',
    workload((value) => ({ resources: { cpuRequest: Cpu.millis(1), memoryRequest: Memory.mebibytes(value) } })),
  ],
  ['security.userId', workload((userId) => ({ security: PodSecurity.restricted({ userId }) }))],
  ['exposure.nodePort', workload((nodePort) => ({ exposure: Exposure.nodePort({ nodePort }) }))],
  [
    'exposure.idleTimeoutMinutes',
    workload((idleTimeoutMinutes) => ({ exposure: Exposure.publicLoadBalancer({ idleTimeoutMinutes }) })),
  ],
  [
    'exposure.healthProbe.intervalSeconds',
    workload((intervalSeconds) => ({
      exposure: Exposure.publicLoadBalancer({ healthProbe: { path: '/', intervalSeconds } }),
    })),
  ],
  [
    'exposure.healthProbe.numberOfProbes',
    workload((numberOfProbes) => ({
      exposure: Exposure.publicLoadBalancer({ healthProbe: { path: '/', numberOfProbes } }),
    })),
  ],
  ['defaultNodePool.nodeCount', cluster((nodeCount) => ({ defaultNodePool: { nodeCount } }))],
  ['defaultNodePool.maxPods', cluster((maxPods) => ({ defaultNodePool: { maxPods } }))],
  ['defaultNodePool.osDiskSizeGb', cluster((osDiskSizeGb) => ({ defaultNodePool: { osDiskSizeGb } }))],
  [
    'defaultNodePool.autoscaling.minCount',
    cluster((minCount) => ({ defaultNodePool: { autoscaling: { minCount, maxCount: 5 } } })),
  ],
  [
    'defaultNodePool.autoscaling.maxCount',
    cluster((maxCount) => ({ defaultNodePool: { autoscaling: { minCount: 1, maxCount } } })),
  ],
  ...(['scaleDownDelayAfterAddMinutes', 'scaleDownUnneededMinutes', 'scaleDownUtilizationThreshold'] as const).map(
    (option): Case => [
      `clusterAutoscaler.${option}`,
      cluster((value) => ({
        clusterAutoscaler: { [option]: value },
        defaultNodePool: { autoscaling: { minCount: 2, maxCount: 5 } },
      })),
    ],
  ),
  ...(['managedIpCount', 'portsPerNode', 'idleTimeoutMinutes'] as const).map((option): Case => [
    `networkProfile.outbound.${option}`,
    cluster((value) => ({
      networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ [option]: value }) }),
    })),
  ]),
  ['natGateway.idleTimeoutMinutes', network((idleTimeoutMinutes) => ({ natGateway: { idleTimeoutMinutes } }))],
  [
    'passwordRotationDays',
    (stack, value) => new ServicePrincipal(stack, 'p', { displayName: 'p', passwordRotationDays: value } as never),
  ],
  ['replicas', (stack, replicas) => new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image, replicas } })],
  ['processes', (stack, processes) => new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image, processes } })],
];

const texts: readonly Case[] = [
  ['name', workload((name) => ({ name }))],
  ['namespace', workload((namespace) => ({ namespace }))],
  ['partOf', workload((partOf) => ({ partOf }))],
  ['portName', workload((portName) => ({ portName }))],
  ['image', workload((text) => ({ image: ContainerImage.fromReference(text) }))],
  ['environment.A', workload((field) => ({ environment: { A: EnvValue.fromFieldRef(field) } }))],
  ['environment.A.secretName', workload((name) => ({ environment: { A: EnvValue.fromSecretKey(name, 'key') } }))],
  ['environment.A.key', workload((key) => ({ environment: { A: EnvValue.fromSecretKey('name', key) } }))],
  [
    'resources.cpuRequest',
    workload((text) => ({ resources: { cpuRequest: Cpu.of(text), memoryRequest: Memory.gibibytes(1) } })),
  ],
  ['probes.startup.path', workload((text) => ({ probes: { startup: Probe.http(text) } }))],
  [
    'exposure.dnsName.label',
    workload((label) => ({ exposure: Exposure.publicLoadBalancer({ dnsName: { label, location: 'westeurope' } }) })),
  ],
  [
    'exposure.sourceRanges[0]',
    workload((range) => ({ exposure: Exposure.publicLoadBalancer({ sourceRanges: [range] }) })),
  ],
  ['exposure.serviceTags[0]', workload((tag) => ({ exposure: Exposure.publicLoadBalancer({ serviceTags: [tag] }) }))],
  ['exposure.ipAddress', workload((ipAddress) => ({ exposure: Exposure.internalLoadBalancer({ ipAddress }) }))],
  ['clusterName', cluster((clusterName) => ({ clusterName, dnsPrefix: 'aks' }))],
  ['dnsPrefix', cluster((dnsPrefix) => ({ dnsPrefix }))],
  ['sshPublicKey', cluster((sshPublicKey) => ({ sshPublicKey }))],
  ['resourceGroup.name', cluster((name) => ({ resourceGroup: { name, location: 'westeurope' } }))],
  [
    'resourceGroup.location',
    (stack, location) =>
      new AcrRegistry(stack, 'r', { resourceGroup: { name: 'rg', location }, registryName: 'registry' }),
  ],
  ['kubernetesVersion', cluster((version) => ({ kubernetesVersion: KubernetesVersion.of(version) }))],
  ['defaultNodePool.name', cluster((name) => ({ defaultNodePool: { name } }))],
  ['defaultNodePool.vmSize', cluster((vmSize) => ({ defaultNodePool: { vmSize } }))],
  ['defaultNodePool.zones[0]', cluster((zone) => ({ defaultNodePool: { zones: [zone] } }))],
  ['defaultNodePool.labels', cluster((key) => ({ defaultNodePool: { labels: { [key]: 'x' } } }))],
  [
    'apiServerAccess.authorizedRanges[0]',
    cluster((range) => ({ apiServerAccess: ApiServerAccess.authorizedRanges([range]) })),
  ],
  [
    'authentication.adminGroupObjectIds[0]',
    cluster((id) => ({ authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [id] }) })),
  ],
  [
    'networkProfile.serviceCidr',
    cluster((serviceCidr) => ({ networkProfile: NetworkProfile.overlay({ serviceCidr }) })),
  ],
  [
    'networkProfile.dnsServiceIp',
    cluster((dnsServiceIp) => ({ networkProfile: NetworkProfile.overlay({ dnsServiceIp }) })),
  ],
  ['networkProfile.podCidr', cluster((podCidr) => ({ networkProfile: NetworkProfile.overlay({ podCidr }) }))],
  [
    'name',
    (stack, name) => new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks' }).addNodePool('p', { name }),
  ],
  [
    'taints[0].key',
    (stack, key) =>
      new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks' }).addNodePool('p', {
        name: 'p',
        taints: [{ key, value: 'a', effect: TaintEffect.NO_SCHEDULE }],
      }),
  ],
  ['virtualNetworkName', network((virtualNetworkName) => ({ virtualNetworkName }))],
  ['addressSpace[0]', network((range) => ({ addressSpace: [range] }))],
  ['nodeSubnetPrefix', network((nodeSubnetPrefix) => ({ nodeSubnetPrefix }))],
  ['firewallAddress', network((firewallAddress) => ({ firewallAddress }))],
  [
    'addressPrefix',
    (stack, addressPrefix) =>
      new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' }).addSubnet('s', {
        addressPrefix,
      }),
  ],
  [
    'subnetName',
    (stack, subnetName) =>
      new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' }).addSubnet('s', {
        addressPrefix: '10.241.0.0/16',
        subnetName,
      }),
  ],
  [
    'web.ports[0]',
    (stack, port) =>
      new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' }).allowInbound('web', {
        source: TrafficSource.internet(),
        ports: [port],
      }),
  ],
  [
    'web.source[0]',
    (stack, range) =>
      new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' }).allowInbound('web', {
        source: TrafficSource.ranges([range as string]),
        ports: ['80'],
      }),
  ],
  ['subnetId', (stack, subnetId) => Subnet.fromSubnetAttributes(stack, 's', { subnetId } as never)],
  ['registryName', (stack, registryName) => new AcrRegistry(stack, 'r', { resourceGroup, registryName })],
  ['repository', (stack, repository) => build(stack, { repository })],
  ['taskName', (stack, taskName) => build(stack, { taskName })],
  ['tag', (stack, tag) => build(stack, { tag })],
  ['source.commit', (stack, commit) => build(stack, { source: { ...SOURCE, commit } })],
  ['source.repository', (stack, repository) => build(stack, { source: { ...SOURCE, repository } })],
  ['source.folder', (stack, folder) => build(stack, { source: { ...SOURCE, folder } })],
  ['namespaceName', (stack, namespaceName) => new KubernetesNamespace(stack, 'n', { namespaceName })],
  [
    'serviceAccountName',
    (stack, serviceAccountName) => {
      const cluster = new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks' });
      return new AksServiceAccount(stack, 'a', { resourceGroup, cluster, serviceAccountName, identityName: 'web' });
    },
  ],
  ['displayName', (stack, displayName) => new ServicePrincipal(stack, 'p', { displayName })],
  ['identityName', (stack, identityName) => new UserAssignedIdentity(stack, 'i', { resourceGroup, identityName })],
  ['namePrefix', (stack, namePrefix) => new VoteApp(stack, 'vote', { namePrefix, front: { image } })],
  ['title', (stack, title) => new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image, title } })],
];

function build(stack: TerraformStack, props: object): unknown {
  const registry = new AcrRegistry(stack, 'r', { resourceGroup, registryName: 'registry' });
  return new AcrImageBuild(stack, 'b', { registry, repository: 'a', tag: 'v1', source: SOURCE, ...props });
}

/** What no message holds: it is about our code, or for a machine. */
const UNREADABLE = /undefined|\[object|TypeError|is not a function|\$\{Tf|TfToken|\n/;

describe.each([
  ...numbers.map(([property, make]) => [property, make, NUMBERS] as const),
  ...texts.map(([property, make]) => [property, make, TEXTS] as const),
])('%s', (property, make, values) => {
  test('has at most one message, which names it as it is written and shows the value', () => {
    const found = values.map((value) => {
      const stack = testStack();
      make(stack, value as never);
      return { value, problems: Problems.of(stack) };
    });
    const wrong = found.flatMap(({ value, problems }) =>
      problems.length <= 1 &&
      problems.every(
        (problem) =>
          problem.includes(`] '${property}' `) &&
          problem.includes(show(value).slice(0, 60)) &&
          !UNREADABLE.test(problem) &&
          !problem.endsWith('.'),
      )
        ? []
        : [{ value: show(value).slice(0, 60), problems: problems.map((one) => one.slice(0, 260)) }],
    );

    expect(wrong).toEqual([]);
  });
});
