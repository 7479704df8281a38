import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import {
  AcrPermission,
  AcrPublicAccess,
  AcrRegistry,
  AcrScopeMap,
  AcrSku,
  AcrWebhook,
  type AcrWebhookAction,
  AksCluster,
  AksVirtualNetwork,
  ApiServerAccess,
  BlueGreenService,
  ClusterAuthentication,
  ContainerImage,
  DayOfWeek,
  MaintenanceSchedule,
  type MaintenanceWindow,
  Exposure,
  KubernetesNamespace,
  KubernetesRole,
  KubernetesServiceAccount,
  KubernetesVerb,
  NetworkProfile,
  Outbound,
  HttpRoute,
  type HttpRouteProps,
  NetworkPeer,
  type PolicyRule,
  NetworkPort,
  DaemonSet,
  Job,
  CronJob,
  Worker,
  Probe,
  ScalingMetric,
  ScalingTrigger,
  type RouteBackend,
  RouteController,
  Spread,
  Placement,
  Problems,
  Subnet,
  Tags,
  TaintEffect,
  TrafficSource,
  VoteBackend,
  Workload,
  type WorkloadProps,
  type AksClusterProps,
  ActionGroup,
  AlertReceiver,
  ClusterMonitoring,
  type ClusterMonitoringProps,
  ContainerLogs,
  type ContainerLogStream,
  type AddNodePoolOptions,
} from '../../constructs';
import { everywhereProblems } from '../../constructs/core/rules/restriction';
import { RESOURCE_GROUP, synth, testStack, token } from '../util';

const SUBSCRIPTION =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network';
const NETWORK_ID = `${SUBSCRIPTION}/virtualNetworks/hub`;

/** A list that restricts, or that something is found with: the property that a message names, and who takes it. */
interface RestrictingList {
  readonly property: string;
  readonly give: (stack: TerraformStack, list: string[]) => void;
}

const cluster =
  (props: (list: string[]) => Partial<AksClusterProps>) =>
  (stack: TerraformStack, list: string[]): void => {
    new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...props(list) });
  };

const pool =
  (options: (list: string[]) => Partial<AddNodePoolOptions>) =>
  (stack: TerraformStack, list: string[]): void => {
    new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' }).addNodePool('apps', {
      name: 'apps',
      ...options(list),
    });
  };

const window = (maintenanceWindow: (list: string[]) => MaintenanceWindow): RestrictingList['give'] =>
  cluster((list) => ({ upgradePolicy: { maintenanceWindow: maintenanceWindow(list) } }));

const workload =
  (props: (list: string[]) => Partial<WorkloadProps>) =>
  (stack: TerraformStack, list: string[]): void => {
    workloadIn(stack, props(list));
  };

const route =
  (props: (list: string[], backends: RouteBackend[]) => Partial<HttpRouteProps>) =>
  (stack: TerraformStack, list: string[]): void => {
    const backends = [{ workload: workloadIn(stack) }];
    const controller = RouteController.ingress('contour');
    new HttpRoute(stack, 'route', { name: 'web', controller, paths: [{ backends }], ...props(list, backends) });
  };

const monitoring =
  (props: (stack: TerraformStack, list: string[]) => Partial<ClusterMonitoringProps>) =>
  (stack: TerraformStack, list: string[]): void => {
    const aks = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    new ClusterMonitoring(stack, 'monitoring', { cluster: aks, resourceGroup: RESOURCE_GROUP, ...props(stack, list) });
  };

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 80, ...props });
}

function network(stack: TerraformStack, addressSpace?: string[]): AksVirtualNetwork {
  return new AksVirtualNetwork(stack, 'network', {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: 'network',
    addressSpace,
  });
}

const PEER = NetworkPeer.namespace('monitoring');

const ACTION_GROUP_ID = `${SUBSCRIPTION.replace('Network', 'Insights')}/actionGroups/on-call`;

const ISOLATED = { name: 'x', image: ContainerImage.fromReference('ghcr.io/contoso/shop:1'), isolated: true };

function namedPort(name: string): NetworkPort {
  return NetworkPort.named(name);
}

const RULE: PolicyRule = { resources: ['configmaps'], verbs: [KubernetesVerb.GET] };

function accountIn(stack: TerraformStack): KubernetesServiceAccount {
  return new KubernetesServiceAccount(stack, 'account', { serviceAccountName: 'orders' });
}

function role(rulesOf: (items: string[]) => PolicyRule[]): RestrictingList['give'] {
  return (stack, items) => void accountIn(stack).grant('role', KubernetesRole.custom('own', rulesOf(items)));
}

/** Each restricting list of the public surface, by the type or the factory that takes it. */
const RESTRICTING: { readonly [list: string]: RestrictingList } = {
  'AcrScopeMapProps.permissions': {
    property: 'permissions',
    give: (stack, repositories) => {
      new AcrScopeMap(stack, 'scope-map', {
        registry: new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' }),
        scopeMapName: 'partners',
        permissions: repositories.map((repository) => AcrPermission.pull(repository)),
      });
    },
  },
  'AcrWebhookProps.actions': {
    property: 'actions',
    give: (stack, actions) => {
      new AcrWebhook(stack, 'webhook', {
        registry: new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contoso' }),
        webhookName: 'deploy',
        serviceUri: 'https://ci.contoso.com',
        actions: actions as AcrWebhookAction[],
      });
    },
  },
  'AcrPublicAccess.ranges.ranges': {
    property: 'publicAccess.ranges',
    give: (stack, ranges) => {
      new AcrRegistry(stack, 'registry', {
        resourceGroup: RESOURCE_GROUP,
        registryName: 'contoso',
        sku: AcrSku.PREMIUM,
        publicAccess: AcrPublicAccess.ranges(ranges),
      });
    },
  },
  'ApiServerAccess.authorizedRanges.ranges': {
    property: 'apiServerAccess.authorizedRanges',
    give: cluster((ranges) => ({ apiServerAccess: ApiServerAccess.authorizedRanges(ranges) })),
  },
  'EntraIdOptions.adminGroupObjectIds': {
    property: 'authentication.adminGroupObjectIds',
    give: cluster((adminGroupObjectIds) => ({
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds }),
    })),
  },
  'NodePoolOptions.zones': {
    property: 'defaultNodePool.zones',
    give: cluster((zones) => ({ defaultNodePool: { zones } })),
  },
  'NodePoolOptions.zones of an added pool': { property: 'zones', give: pool((zones) => ({ zones })) },
  'KubeletOptions.allowedUnsafeSysctls': {
    property: 'kubelet.allowedUnsafeSysctls',
    give: pool((allowedUnsafeSysctls) => ({ kubelet: { allowedUnsafeSysctls } })),
  },
  'MaintenanceHours.hours': {
    property: 'upgradePolicy.maintenanceWindow.allowed[0].hours',
    give: window((list) => ({ allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: list.map(Number) }] })),
  },
  'MaintenanceWindow.allowed': {
    property: 'upgradePolicy.maintenanceWindow.allowed',
    give: window((list) => ({ allowed: list.map((day) => ({ dayOfWeek: day as DayOfWeek, hours: [1] })) })),
  },
  'MaintenanceWindow.excluded': {
    property: 'upgradePolicy.maintenanceWindow.excluded',
    give: window((list) => ({ excluded: list.map((end) => ({ start: '2026-12-24T00:00:00Z', end })) })),
  },
  'MaintenanceScheduleOptions.excludedDates': {
    property: 'upgradePolicy.nodeOsWindow.excludedDates',
    give: cluster((list) => ({
      upgradePolicy: {
        nodeOsWindow: MaintenanceSchedule.daily({ excludedDates: list.map((end) => ({ start: '2026-12-24', end })) }),
      },
    })),
  },
  'AddNodePoolOptions.taints': {
    property: 'taints',
    give: pool((keys) => ({ taints: keys.map((key) => ({ key, effect: TaintEffect.NO_SCHEDULE })) })),
  },
  'LoadBalancerOutboundProps.publicIpIds': {
    property: 'networkProfile.outbound.publicIpIds',
    give: cluster((publicIpIds) => ({
      networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ publicIpIds }) }),
    })),
  },
  'LoadBalancerOutboundProps.publicIpPrefixIds': {
    property: 'networkProfile.outbound.publicIpPrefixIds',
    give: cluster((publicIpPrefixIds) => ({
      networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ publicIpPrefixIds }) }),
    })),
  },
  'AksVirtualNetworkProps.addressSpace': { property: 'addressSpace', give: network },
  'VirtualNetworkAttributes.addressSpace': {
    property: 'addressSpace',
    give: (stack, addressSpace) => {
      AksVirtualNetwork.fromVirtualNetworkAttributes(stack, 'hub', {
        virtualNetworkId: NETWORK_ID,
        virtualNetworkName: 'hub',
        resourceGroupName: 'rg',
        addressSpace,
      });
    },
  },
  'VirtualNetworkNameAttributes.addressSpace': {
    property: 'addressSpace',
    give: (stack, addressSpace) => {
      AksVirtualNetwork.fromVirtualNetworkName(stack, 'hub', {
        virtualNetworkName: 'hub',
        resourceGroupName: 'rg',
        addressSpace,
      });
    },
  },
  'SubnetAttributes.addressPrefixes': {
    property: 'addressPrefixes',
    give: (stack, addressPrefixes) => {
      Subnet.fromSubnetAttributes(stack, 'nodes', { subnetId: `${NETWORK_ID}/subnets/nodes`, addressPrefixes });
    },
  },
  'SubnetNameAttributes.addressPrefixes': {
    property: 'addressPrefixes',
    give: (stack, addressPrefixes) => {
      Subnet.fromSubnetName(stack, 'nodes', {
        subnetName: 'nodes',
        virtualNetworkName: 'hub',
        resourceGroupName: 'rg',
        addressPrefixes,
      });
    },
  },
  'InboundRuleProps.ports': {
    property: 'web.ports',
    give: (stack, ports) => network(stack).allowInbound('web', { source: TrafficSource.internet(), ports }),
  },
  'TrafficSource.ranges.ranges': {
    property: 'web.source',
    give: (stack, ranges) =>
      network(stack).allowInbound('web', { source: TrafficSource.ranges(ranges), ports: ['443'] }),
  },
  'LoadBalancerOptions.sourceRanges': {
    property: 'exposure.sourceRanges',
    give: workload((sourceRanges) => ({ exposure: Exposure.publicLoadBalancer({ sourceRanges }) })),
  },
  'LoadBalancerOptions.serviceTags': {
    property: 'exposure.serviceTags',
    give: workload((serviceTags) => ({ exposure: Exposure.internalLoadBalancer({ serviceTags }) })),
  },
  'ISubnetRef.addressPrefixes': {
    property: 'exposure.subnet.addressPrefixes',
    give: workload((addressPrefixes) => ({
      exposure: Exposure.internalLoadBalancer({ subnet: { name: 'nodes', addressPrefixes } }),
    })),
  },
  'NetworkPeer.pods.labels': {
    property: 'peer.labels',
    give: (stack, labels) =>
      workloadIn(stack).allowTo(NetworkPeer.pods(Object.fromEntries(labels.map((label) => [label, 'a']))), 80),
  },
  'WorkloadAttributes.selector': {
    property: 'selector',
    give: (stack, labels) => {
      const selector = Object.fromEntries(labels.map((label) => [label, 'a']));
      Workload.fromWorkloadAttributes(stack, 'web', { serviceName: 'web', servicePort: 80, selector });
    },
  },
  'Placement.labels.labels': {
    property: 'placement.labels',
    give: workload((keys) => ({ placement: Placement.labels(Object.fromEntries(keys.map((key) => [key, 'a']))) })),
  },
  'Placement.anywhere.tolerations': {
    property: 'placement.tolerations',
    give: workload((keys) => ({ placement: Placement.anywhere(keys.map((key) => ({ key }))) })),
  },
  'HttpRouteProps.hostNames': { property: 'hostNames', give: route((hostNames) => ({ hostNames })) },
  'HttpRouteProps.paths': {
    property: 'paths',
    give: route((paths, backends) => ({ paths: paths.map((path) => ({ path, backends })) })),
  },
  'HttpPath.backends': {
    property: 'paths[0].backends',
    give: route((names, backends) => ({ paths: [{ backends: names.length === 0 ? [] : backends }] })),
  },
  'BlueGreenServiceProps.workloads': {
    property: 'workloads',
    give: (stack, names) => {
      const workloads = names.map((app, index) =>
        Workload.fromWorkloadAttributes(stack, `v${index}`, {
          serviceName: `v${index}`,
          servicePort: 80,
          selector: { app },
        }),
      );
      const [active = workloadIn(stack)] = workloads;
      new BlueGreenService(stack, 'switch', { serviceName: 'shop', workloads, active });
    },
  },
  'Spread.custom.constraints': {
    property: 'spread',
    give: workload((keys) => ({ spread: Spread.custom(keys.map((topologyKey) => ({ topologyKey }))) })),
  },
  'ContainerOptions.command': { property: 'command', give: workload((command) => ({ command })) },
  'ContainerOptions.command of an init container': {
    property: 'initContainers[0].command',
    give: workload((command) => ({
      initContainers: [{ name: 'wait', image: ContainerImage.fromReference('ghcr.io/contoso/wait:1'), command }],
    })),
  },
  'NetworkPeer.namespaces.labels': {
    property: 'peer.labels',
    give: (stack, labels) =>
      workloadIn(stack).allowTo(NetworkPeer.namespaces(Object.fromEntries(labels.map((label) => [label, 'a']))), 80),
  },
  'Workload.allowFromPorts.ports': {
    property: 'ports',
    give: (stack, ports) => workloadIn(stack).allowFromPorts(PEER, ports.map(namedPort)),
  },
  'Workload.allowToPorts.ports': {
    property: 'ports',
    give: (stack, ports) => workloadIn(stack).allowToPorts(PEER, ports.map(namedPort)),
  },
  'Worker.allowFromPorts.ports': {
    property: 'ports',
    give: (stack, ports) => new Worker(stack, 'x', ISOLATED).allowFromPorts(PEER, ports.map(namedPort)),
  },
  'Worker.allowToPorts.ports': {
    property: 'ports',
    give: (stack, ports) => new Worker(stack, 'x', ISOLATED).allowToPorts(PEER, ports.map(namedPort)),
  },
  'DaemonSet.allowFromPorts.ports': {
    property: 'ports',
    give: (stack, ports) => new DaemonSet(stack, 'x', ISOLATED).allowFromPorts(PEER, ports.map(namedPort)),
  },
  'DaemonSet.allowToPorts.ports': {
    property: 'ports',
    give: (stack, ports) => new DaemonSet(stack, 'x', ISOLATED).allowToPorts(PEER, ports.map(namedPort)),
  },
  'Job.allowToPorts.ports': {
    property: 'ports',
    give: (stack, ports) => new Job(stack, 'x', ISOLATED).allowToPorts(PEER, ports.map(namedPort)),
  },
  'CronJob.allowToPorts.ports': {
    property: 'ports',
    give: (stack, ports) =>
      new CronJob(stack, 'x', { ...ISOLATED, schedule: '@daily' }).allowToPorts(PEER, ports.map(namedPort)),
  },
  'MetricOptions.labels': {
    property: 'autoscaling.metrics[0].labels',
    give: workload((labels) => ({
      autoscaling: {
        minReplicas: 1,
        maxReplicas: 2,
        metrics: [
          ScalingMetric.pods('requests', 1, { labels: Object.fromEntries(labels.map((label) => [label, 'a'])) }),
        ],
      },
    })),
  },
  'MigrationOptions.command': {
    property: 'migration.command',
    give: workload((command) => ({ migration: { command } })),
  },
  'KubernetesRole.custom.rules': { property: 'role.rules', give: role((rules) => rules.map(() => RULE)) },
  'KubernetesRole.read.resources': {
    property: 'role.rules[0].resources',
    give: (stack, resources) => accountIn(stack).grant('role', KubernetesRole.read('own', resources)),
  },
  'KubernetesRole.readWrite.resources': {
    property: 'role.rules[0].resources',
    give: (stack, resources) => accountIn(stack).grant('role', KubernetesRole.readWrite('own', resources)),
  },
  'PolicyRule.apiGroups': { property: 'role.rules[0].apiGroups', give: role((apiGroups) => [{ ...RULE, apiGroups }]) },
  'PolicyRule.resources': { property: 'role.rules[0].resources', give: role((resources) => [{ ...RULE, resources }]) },
  'PolicyRule.resourceNames': {
    property: 'role.rules[0].resourceNames',
    give: role((resourceNames) => [{ ...RULE, resourceNames }]),
  },
  'PolicyRule.verbs': {
    property: 'role.rules[0].verbs',
    give: role((verbs) => [{ ...RULE, verbs: verbs as KubernetesVerb[] }]),
  },
  'NamespaceQuota.otherResources': {
    property: 'quota.otherResources',
    give: (stack, names) => {
      const otherResources = Object.fromEntries(names.map((name) => [name, '1']));
      new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop', quota: { pods: 1, otherResources } });
    },
  },
  'TagOptions.includeResourceTypes': {
    property: 'includeResourceTypes',
    give: (stack, types) => Tags.of(stack).add('team', 'web', { includeResourceTypes: types }),
  },
  'ActionGroupProps.receivers': {
    property: 'receivers',
    give: (stack, names) => {
      const receivers = names.map((name) => AlertReceiver.email(name, 'team@contoso.com'));
      new ActionGroup(stack, 'on-call', { resourceGroup: RESOURCE_GROUP, actionGroupName: 'on-call', receivers });
    },
  },
  'ClusterMonitoringProps.notify': {
    property: 'notify',
    give: monitoring((stack, ids) => ({
      notify: ids.map((id) => ActionGroup.fromActionGroupAttributes(stack, id, { actionGroupId: ACTION_GROUP_ID })),
    })),
  },
  'EventScalingProps.triggers': {
    property: 'eventScaling.triggers',
    give: workload((times) => ({
      eventScaling: {
        minReplicas: 1,
        maxReplicas: 2,
        triggers: times.map((start) => ScalingTrigger.schedule({ start, end: '0 9 * * *', replicas: 2 })),
      },
    })),
  },
  'ContainerLogs.streams.streams': {
    property: 'containerLogs.streams',
    give: monitoring((_, streams) => ({ containerLogs: ContainerLogs.streams(streams as ContainerLogStream[]) })),
  },
  'ContainerLogsOptions.namespaces': {
    property: 'containerLogs.namespaces',
    give: monitoring((_, namespaces) => ({ containerLogs: ContainerLogs.everything({ namespaces }) })),
  },
  'ContainerLogsOptions.excludedNamespaces': {
    property: 'containerLogs.excludedNamespaces',
    give: monitoring((_, excludedNamespaces) => ({ containerLogs: ContainerLogs.everything({ excludedNamespaces }) })),
  },
  'Probe.exec.command': {
    property: 'probes.liveness.command',
    give: workload((command) => ({ probes: { liveness: Probe.exec(command) } })),
  },
};

/** Lists and maps that add: without an item nothing is added, and nothing is opened. */
const ADDITIVE = [
  // none is none of them
  'ClusterMonitoringProps.alerts',
  'ClusterMonitoringProps.controlPlaneLogs',
  'AcrRegistryProps.geoReplications',
  'AcrWebhookProps.headers',
  'KubernetesGrant.applyBefore.constructs',
  'Grant.applyBefore.constructs',
  'CustomSecurityOptions.addCapabilities',
  // types that a tag is not for: it is for all others
  'TagOptions.excludeResourceTypes',
  'CustomSecurityOptions.writableFolders',
  'NodePoolOptions.labels',
  // the only folders to write to: none is the strictest of all
  'RestrictedOptions.writableFolders',
  'ServicePrincipalProps.owners',
  'IngressOptions.annotations',
  'PortOptions.additionalPorts',
  'ServiceOptions.servicePorts',
  'PodOptions.configFiles',
  'ContainerOptions.environment',
  'PodOptions.initContainers',
  'RunningOptions.sidecars',
  'Sidecar.ports',
  'MigrationOptions.environment',
  'MigrationOptions.volumes',
  'ContainerOptions.volumes',
  'DeviceResources.extendedResources',
  // a volume without a file is refused
  'Volume.fromKeyVault.files',
  'NodePoolAttributes.labels',
  'NodePoolAttributes.taints',
  'PlacementOptions.tolerations',
  'PodOptions.affinity',
  // without a metric it goes by CPU
  'AutoscalingProps.metrics',
];

test('every list and map that can be given is in one of the tables', () => {
  const declared = listsIn(join(__dirname, '../../constructs'))
    // what has to be there before: without any, nothing is waited for
    .filter((name) => !name.endsWith('.prerequisites'));
  const classified = [...Object.keys(RESTRICTING).map((name) => name.split(' ')[0]), ...ADDITIVE];

  expect(declared.length).toBeGreaterThan(20);
  expect([...new Set(declared)].sort()).toEqual([...new Set(classified)].sort());
});

/** The lists and maps that exported props, options and attributes have, and that exported classes take. */
function listsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    return source.statements.flatMap((one) => {
      const isExported = (ts.canHaveModifiers(one) ? (ts.getModifiers(one) ?? []) : []).some(
        ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
      );
      if (!isExported || !(ts.isInterfaceDeclaration(one) || ts.isClassDeclaration(one))) {
        return [];
      }
      if (!isPublic(file, one.name?.text ?? '')) {
        return [];
      }
      if (ts.isInterfaceDeclaration(one)) {
        return !isGiven(one.name.text)
          ? []
          : one.members
              .filter(ts.isPropertySignature)
              .filter(isList)
              .map((member) => nameOf(one, member));
      }
      return one.members
        .filter(ts.isMethodDeclaration)
        .filter((method) => method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PublicKeyword))
        .filter((method) => !method.name.getText().startsWith('_'))
        .flatMap((method) =>
          method.parameters.filter(isList).map((parameter) => `${nameOf(one, method)}.${parameter.name.getText()}`),
        );
    });
  });
}

const INDEX = readFileSync(join(__dirname, '../../constructs/index.ts'), 'utf8');

/** Whether users see what a file exports under a name. */
function isPublic(file: string, name: string): boolean {
  const path = `/${file.replace('.ts', '')}';`;
  return INDEX.split(/^export /m)
    .filter((line) => line.includes(path))
    .some((line) => line.startsWith('*') || new RegExp(`\\b${name}\\b`).test(line));
}

/** Whether an interface is of what is given: not one of constructs, which have lists for others to read. */
function isGiven(name: string): boolean {
  return !/^I[A-Z]/.test(name) || name.endsWith('Ref');
}

function isList({ type }: { readonly type?: ts.TypeNode | undefined }): boolean {
  return (
    type !== undefined &&
    (ts.isArrayTypeNode(type) || (ts.isTypeLiteralNode(type) && type.members.some(ts.isIndexSignatureDeclaration)))
  );
}

function nameOf(owner: { readonly name?: ts.Node }, member: { readonly name?: ts.Node }): string {
  return `${owner.name?.getText() ?? ''}.${member.name?.getText() ?? ''}`;
}

describe.each(Object.entries(RESTRICTING))('%s', (_, { property, give }) => {
  test('is refused when it is empty, once', () => {
    const stack = testStack();
    give(stack, []);

    expect(Problems.of(stack)).toEqual([expect.stringMatching(`^\\[[^\\]]+\\] '${escape(property)}' .*got none`)]);
  });
});

/** Lists of texts that reach Terraform as they are: a list that only Terraform knows must arrive, and not end as none. */
const TAKES_LISTS = Object.entries(RESTRICTING).filter(
  // taints, constraints, labels, quotas, roles' rules and verbs, workloads, receivers, paths and opened ports are objects; hosts and types of resources must be known; ranges that are only compared reach no resource
  ([list]) =>
    !/Maintenance|permissions|actions|taints|tolerations|constraints|labels|custom\.rules|verbs|otherResources|BlueGreen|(From|To)Ports|HttpRouteProps|HttpPath|Attributes\.|ISubnetRef|receivers|notify|streams|triggers|TagOptions/.test(
      list,
    ),
);

test.each(TAKES_LISTS)('%s that only Terraform knows has no problem and arrives', (_, { give }) => {
  const stack = testStack();
  give(stack, token(stack).listValue);

  expect(Problems.of(stack)).toEqual([]);
  expect(JSON.stringify(synth(stack).resource)).toContain('var.token');
});

/** Each property that ranges restrict, and how it is given some. */
const RANGES: { readonly [property: string]: (stack: TerraformStack, ranges: string[]) => void } = {
  'publicAccess.ranges': RESTRICTING['AcrPublicAccess.ranges.ranges']!.give,
  'apiServerAccess.authorizedRanges': RESTRICTING['ApiServerAccess.authorizedRanges.ranges']!.give,
  'web.source': RESTRICTING['TrafficSource.ranges.ranges']!.give,
  'exposure.sourceRanges': RESTRICTING['LoadBalancerOptions.sourceRanges']!.give,
};

const EVERYWHERE = [
  ['0.0.0.0/0'],
  ['203.0.113.0/24', '0.0.0.0/0'],
  ['0.0.0.0/1', '128.0.0.0/1'],
  ['128.0.0.0/2', '0.0.0.0/1', '192.0.0.0/2'],
];

describe.each(Object.entries(RANGES))('%s', (property, give) => {
  test.each(EVERYWHERE.map((ranges) => [ranges.join(', '), ranges] as const))('must not be %s', (text, ranges) => {
    const stack = testStack();
    give(stack, [...ranges]);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(`^\\[[^\\]]+\\] '${escape(property)}' must exclude some addresses, got ${escape(text)}, `),
    ]);
  });
});

test('the addresses of a Redis elsewhere must not be all', () => {
  const stack = testStack();
  VoteBackend.fromHost(stack, 'redis', { host: 'redis.example.com', addressRange: '0.0.0.0/0' });

  expect(Problems.of(stack)).toEqual([
    "[stack/redis] 'addressRange' must exclude some addresses, got 0.0.0.0/0, which cover every public IPv4 address: " +
      'name the addresses of the host',
  ]);
});

/** The halves of a range of addresses, some of them in halves again. */
const pieces = (first: number, prefix: number): fc.Arbitrary<string[]> =>
  fc.boolean().chain((splits) => {
    if (prefix === 6 || (!splits && prefix > 0)) {
      return fc.constant([`${first >>> 24}.0.0.0/${prefix}`]);
    }
    const half = 2 ** (31 - prefix);
    return fc
      .tuple(pieces(first, prefix + 1), pieces(first + half, prefix + 1))
      .map(([lower, upper]) => [...lower, ...upper]);
  });

test('all addresses in pieces are all addresses, and without one of the pieces they are not', () => {
  fc.assert(
    fc.property(
      pieces(0, 0).chain((all) => fc.shuffledSubarray(all, { minLength: all.length }).map((mixed) => ({ all, mixed }))),
      ({ mixed }) => {
        expect(everywhereProblems('ranges', mixed, '')).toHaveLength(1);
        // the last /6 of IPv4 is for multicast and nobody's
        const [, ...rest] = mixed.filter((range) => Number(range.split('.')[0]) < 224);
        expect(everywhereProblems('ranges', rest, '')).toEqual([]);
      },
    ),
  );
});

test('all addresses but private ones are all that somebody on the internet may have', () => {
  const before10 = ['0.0.0.0/5', '8.0.0.0/7'];
  const after10 = ['11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/2', '128.0.0.0/1'];

  expect(everywhereProblems('ranges', [...before10, ...after10], '')).toHaveLength(1);
  expect(everywhereProblems('ranges', after10, '')).toEqual([]);
});

test('what is no range, or known only to Terraform, is none of all addresses', () => {
  const office = token(testStack()).stringValue;
  const [problem] = everywhereProblems('ranges', [office, 'the office', '0.0.0.0/0'], 'name some');

  expect(problem?.message).toContain('got 0.0.0.0/0, which cover every public IPv4 address: name some');
});

test.each([
  ['::/0', true],
  ['2000::/3', true],
  ['2000::/4, 3000::/4', true],
  ['2000::/4', false],
  ['2001:db8::/32', false],
])('every IPv6 address is in %s: %s', (ranges, isEverybody) => {
  expect(everywhereProblems('ranges', ranges.split(', '), '')).toHaveLength(isEverybody ? 1 : 0);
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
