import type { TerraformStack } from 'cdktf';
import { join } from 'node:path';
import * as aks from '../../../constructs';
import { ENUMS, OBJECTS, SIGNATURES, STRUCTS } from '../../../constructs/core/declared/declarations';
import { type Declared, itemType, membersOf, valueType } from '../../../constructs/core/declared/declared-type';
import { RESOURCE_GROUP, testStack, token } from '../../util';

/*
 * A valid call of everything that the public API offers, made from its declarations: what is needed and nothing else. A
 * new property needs a sample only if it is required, and its text or number is not of a kind that is here already.
 */

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers';
const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';

/** The class of Ingresses that takes certificates from wherever they come. */
const ADD_ON_CLASS = 'webapprouting.kubernetes.azure.com';

/** Texts and numbers by the name of what they are given for. */
const VALUES: Readonly<Record<string, string | number | readonly string[]>> = {
  agentPoolName: 'sample-pool',
  credentialsName: 'sample-login',
  passwordSecretName: 'sample-password',
  scopeMapName: 'sample-map',
  serviceUri: 'https://ci.contoso.com/images',
  tokenName: 'sample-token',
  upstream: 'docker.io',
  usernameSecretName: 'sample-user',
  webhookName: 'samplehook',
  zoneId: `${SUBSCRIPTION}/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`,
  apiGroup: 'apps',
  resources: ['configmaps'],
  resourceNames: ['settings'],
  addressPrefix: '10.241.0.0/24',
  apiVersion: 'v1',
  addressPrefixes: ['10.20.0.0/22'],
  addressRange: '10.9.0.4/32',
  addressSpace: ['10.20.0.0/16'],
  adminGroupObjectIds: [UUID],
  clientId: UUID,
  clusterId: `${SUBSCRIPTION}/Microsoft.ContainerService/managedClusters/aks`,
  command: ['check'],
  commit: '1705b17'.padEnd(40, '0'),
  containerPort: 8080,
  certificateUri: 'https://contoso.vault.azure.net/certificates/shop',
  cores: 1,
  digest: `sha256:${'0'.repeat(64)}`,
  displayName: 'principal',
  externalName: 'orders.example.com',
  fieldPath: 'metadata.name',
  gibibytes: 1,
  host: 'redis.example.com',
  hostNames: ['shop.example.com'],
  identityId: `${SUBSCRIPTION}/Microsoft.ManagedIdentity/userAssignedIdentities/identity`,
  key: 'key',
  diskEncryptionSetName: 'disks',
  diskEncryptionSetId: `${SUBSCRIPTION}/Microsoft.Compute/diskEncryptionSets/disks`,
  keyId: 'https://contoso-shop.vault.azure.net/keys/disks/0123456789abcdef0123456789abcdef',
  keyName: 'disks',
  keyVaultId: `${SUBSCRIPTION}/Microsoft.KeyVault/vaults/contoso-shop`,
  keyVaultName: 'contoso-shop',
  label: 'contoso',
  location: 'westeurope',
  maxCount: 3,
  maxReplicas: 3,
  mebibytes: 128,
  millis: 100,
  minCount: 1,
  minReplicas: 1,
  minor: '1.36',
  mountPath: '/data',
  nodePoolId: `${SUBSCRIPTION}/Microsoft.ContainerService/managedClusters/aks/agentPools/apps`,
  namespaceName: 'sample',
  nodePoolName: 'apps',
  objectId: UUID,
  path: '/healthz',
  percent: 50,
  amount: 1,
  port: 443,
  priorityClassName: 'sample',
  servicePort: 80,
  ports: ['443'],
  principalType: 'ServicePrincipal',
  quantity: '100m',
  range: '10.9.0.4/32',
  ranges: ['203.0.113.0/24'],
  reference: 'ghcr.io/contoso/shop:1',
  registryId: `${SUBSCRIPTION}/Microsoft.ContainerRegistry/registries/contoso`,
  registryName: 'contoso',
  repository: 'shop',
  sizeGibibytes: 1,
  storageClass: 'managed-csi',
  storageClassName: 'sample',
  claimName: 'sample',
  tenantId: UUID,
  subnetId: `${SUBSCRIPTION}/Microsoft.Network/virtualNetworks/net/subnets/nodes`,
  namespaceId: `${SUBSCRIPTION}/Microsoft.ServiceBus/namespaces/contoso`,
  accountId: `${SUBSCRIPTION}/Microsoft.Storage/storageAccounts/contoso`,
  queueName: 'orders',
  topicName: 'orders',
  subscriptionName: 'mailer',
  accountName: 'contoso',
  serverAddress: 'http://prometheus.monitoring:9090',
  query: 'sum(orders_waiting)',
  valuePerPod: 100,
  start: '0 8 * * *',
  end: '0 18 * * *',
  actionGroupId: `${SUBSCRIPTION}/Microsoft.Insights/actionGroups/on-call`,
  actionGroupName: 'on-call',
  address: 'team@contoso.com',
  countryCode: '49',
  phoneNumber: '15112345678',
  expression: 'up == 0',
  workspaceId: `${SUBSCRIPTION}/Microsoft.OperationalInsights/workspaces/logs`,
  workspaceLocation: 'westeurope',
  workspaceName: 'logs',
  grafanaName: 'contoso-grafana',
  principalId: UUID,
  grafanaId: `${SUBSCRIPTION}/Microsoft.Dashboard/grafana/contoso-grafana`,
  monitorWorkspaceId: `${SUBSCRIPTION}/Microsoft.Monitor/accounts/metrics`,
  monitorWorkspaceLocation: 'westeurope',
  monitorWorkspaceName: 'metrics',
  gigabytes: 1,
  tag: 'v1',
  topologyKey: 'kubernetes.io/hostname',
  virtualNetworkId: `${SUBSCRIPTION}/Microsoft.Network/virtualNetworks/net`,
};

/** Where one name means two things. */
const EXCEPTIONS: Readonly<Record<string, unknown>> = {
  'AcrPermission.delete.repository': 'team/*',
  'AcrRegistry#cached.upstream': 'ghcr.io/contoso/shop',
  'AcrRegistry#cachedByDigest.upstream': 'ghcr.io/contoso/shop',
  'AksCluster#grantAccess.role': aks.ClusterRole.READER,
  'ManagedGrafana#grantAccess.role': aks.GrafanaRole.VIEWER,
  'ClusterAlert.custom.name': 'QueueTooLong',
  'DateRange.end': '2026-12-26',
  'DateRange.start': '2026-12-24',
  'LocalPortRange.first': 32_768,
  'LocalPortRange.last': 60_999,
  'TimeRange.end': '2026-12-26T06:00:00Z',
  'TimeRange.start': '2026-12-24T18:00:00Z',
  'GitSource.repository': 'https://github.com/contoso/shop',
  'BlueGreenServiceProps.serviceName': 'blue-green',
  'CronJobProps.schedule': '30 3 * * *',
  'InitContainer.name': 'init',
  'Sidecar.name': 'proxy',
  'ServicePrincipalAttributes.objectId': UUID.replace('7', '8'),
  'Memory.of.quantity': '128Mi',
  'YamlManifestsProps.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  'FileManifestsProps.path': join(__dirname, '../../data/manifests/shop.yaml'),
};

/** Objects of each class and interface that something takes. */
const OBJECT_SAMPLES: Readonly<Record<string, (stack: TerraformStack) => unknown>> = {
  Affinity: (stack) => aks.Affinity.separateFrom(OBJECT_SAMPLES.IPods!(stack) as aks.IPods),
  INodes: (stack) =>
    once(stack, 'nodes', (id) =>
      aks.NodePool.fromNodePoolAttributes(stack, id, { nodePoolId: String(VALUES.nodePoolId), nodePoolName: 'apps' }),
    ),
  IPods: (stack) =>
    once(stack, 'pods', (id) =>
      aks.Workload.fromWorkloadAttributes(stack, id, {
        serviceName: 'other',
        servicePort: 80,
        selector: { app: 'other' },
      }),
    ),
  AlertReceiver: () => aks.AlertReceiver.email('team', 'team@contoso.com'),
  ClusterAlert: () => aks.ClusterAlert.nodeNotReady(),
  ContainerLogs: () => aks.ContainerLogs.none(),
  IActionGroup: (stack) =>
    once(stack, 'on-call', (id) =>
      aks.ActionGroup.fromActionGroupAttributes(stack, id, { actionGroupId: String(VALUES.actionGroupId) }),
    ),
  ILogAnalyticsWorkspace: (stack) =>
    once(stack, 'logs', (id) =>
      aks.LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceAttributes(stack, id, {
        workspaceId: String(VALUES.workspaceId),
        workspaceLocation: 'westeurope',
      }),
    ),
  IManagedGrafana: (stack) =>
    once(stack, 'grafana', (id) =>
      aks.ManagedGrafana.fromGrafanaAttributes(stack, id, {
        grafanaId: String(VALUES.grafanaId),
        principalId: String(VALUES.principalId),
      }),
    ),
  IMonitorWorkspace: (stack) =>
    once(stack, 'metrics', (id) =>
      aks.MonitorWorkspace.fromMonitorWorkspaceAttributes(stack, id, {
        monitorWorkspaceId: String(VALUES.monitorWorkspaceId),
        monitorWorkspaceLocation: 'westeurope',
      }),
    ),
  AzureStorage: () => aks.AzureStorage.disk(),
  IPersistentVolumeClaim: (stack) =>
    once(stack, 'claim', (id) =>
      aks.PersistentVolumeClaim.fromClaimAttributes(stack, id, { claimName: 'sample-claim' }),
    ),
  IStorageClass: () => aks.AksStorageClass.MANAGED_CSI,
  IPriorityClass: (stack) =>
    once(stack, 'priority', (id) => aks.PriorityClass.fromPriorityClassName(stack, id, 'important')),
  Placement: () => aks.Placement.labels({ team: 'web' }),
  AcrPermission: () => aks.AcrPermission.pull('shop'),
  AcrPublicAccess: () => aks.AcrPublicAccess.everywhere(),
  IAcrAgentPool: (stack) => once(stack, 'agent-pool', (id) => aks.AcrAgentPool.fromAgentPoolName(stack, id, 'sample')),
  IAcrDnsZone: (stack) => once(stack, 'dns-zone', (id) => aks.AcrDnsZone.fromZoneId(stack, id, String(VALUES.zoneId))),
  IAcrScopeMap: (stack) =>
    once(
      stack,
      'scope-map',
      (id) =>
        new aks.AcrScopeMap(stack, id, {
          registry: OBJECT_SAMPLES.IAcrRegistry!(stack) as aks.IAcrRegistry,
          scopeMapName: 'scope-map',
          permissions: [aks.AcrPermission.pull('shop')],
        }),
    ),
  ApiServerAccess: () => aks.ApiServerAccess.publicAccess(),
  ClusterAuthentication: () => aks.ClusterAuthentication.localAccounts(),
  ClusterIdentity: () => aks.ClusterIdentity.systemAssigned(),
  Cpu: () => aks.Cpu.millis(100),
  DailyCap: () => aks.DailyCap.none(),
  ScalingTrigger: () => aks.ScalingTrigger.schedule({ start: '0 8 * * *', end: '0 18 * * *', replicas: 1 }),
  DisruptionBudget: () => aks.DisruptionBudget.none(),
  EnvValue: () => aks.EnvValue.fromValue('text'),
  Exposure: () => aks.Exposure.clusterOnly(),
  IAcrRegistry: (stack) =>
    once(
      stack,
      'registry',
      (id) =>
        new aks.AcrRegistry(stack, id, {
          resourceGroup: RESOURCE_GROUP,
          registryName: 'sampleregistry',
          sku: aks.AcrSku.PREMIUM,
        }),
    ),
  IAksCluster: (stack) =>
    once(
      stack,
      'cluster',
      (id) => new aks.AksCluster(stack, id, { resourceGroup: RESOURCE_GROUP, clusterName: 'sample', keda: true }),
    ),
  IClusterNetwork: () => aks.NetworkProfile.overlay(),
  IConstruct: (stack) => stack,
  IContainerImage: () => aks.ContainerImage.fromReference('ghcr.io/contoso/shop:1'),
  IGateway: (stack) =>
    once(
      stack,
      'gateway',
      (id) => new aks.Gateway(stack, id, { gatewayName: 'sample', gatewayClassName: 'approuting-istio' }),
    ),
  IGrantable: (stack) => once(stack, 'group', (id) => aks.EntraPrincipal.group(stack, id, UUID)),
  IImagePuller: (stack) => OBJECT_SAMPLES.IAksCluster!(stack),
  IDiskEncryptionSet: (stack) =>
    once(stack, 'disk-encryption-set', (id) =>
      aks.DiskEncryptionSet.fromDiskEncryptionSetAttributes(
        stack,
        id,
        sample('DiskEncryptionSetAttributes', stack) as aks.DiskEncryptionSetAttributes,
      ),
    ),
  IKeyVaultKey: (stack) =>
    once(stack, 'key', (id) =>
      aks.KeyVaultKey.fromKeyVaultKeyAttributes(
        stack,
        id,
        sample('KeyVaultKeyAttributes', stack) as aks.KeyVaultKeyAttributes,
      ),
    ),
  IKeyVault: (stack) =>
    once(stack, 'key-vault', (id) =>
      aks.KeyVault.fromKeyVaultAttributes(stack, id, sample('KeyVaultAttributes', stack) as aks.KeyVaultAttributes),
    ),
  IPublicIpRef: () => ({ name: 'address' }),
  IResourceGroupRef: () => RESOURCE_GROUP,
  IServiceAccount: (stack) =>
    once(
      stack,
      'account',
      (id) =>
        new aks.AksServiceAccount(stack, id, {
          cluster: OBJECT_SAMPLES.IAksCluster!(stack) as aks.IAksCluster,
          resourceGroup: RESOURCE_GROUP,
          serviceAccountName: 'account',
        }),
    ),
  IServicePrincipal: (stack) =>
    once(stack, 'principal', (id) => new aks.ServicePrincipal(stack, id, { displayName: 'sample' })),
  ISubnet: (stack) =>
    once(
      stack,
      'network',
      (id) => new aks.AksVirtualNetwork(stack, id, { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'sample' }),
    ).nodeSubnet,
  ISubnetRef: () => ({ name: 'subnet' }),
  IUserAssignedIdentity: (stack) =>
    once(
      stack,
      'identity',
      (id) =>
        new aks.UserAssignedIdentity(stack, id, { resourceGroup: RESOURCE_GROUP, identityName: 'sample-identity' }),
    ),
  IVirtualNetwork: (stack) =>
    once(stack, 'other-network', (id) =>
      aks.AksVirtualNetwork.fromVirtualNetworkAttributes(
        stack,
        id,
        sample('VirtualNetworkAttributes', stack) as aks.VirtualNetworkAttributes,
      ),
    ),
  IVoteBackend: (stack) => once(stack, 'back', (id) => new aks.VoteBackend(stack, id, { name: 'sample-back' })),
  KubernetesRole: () => aks.KubernetesRole.view(),
  KubernetesVersion: () => aks.KubernetesVersion.of('1.36'),
  MaintenanceSchedule: () => aks.MaintenanceSchedule.daily(),
  Memory: () => aks.Memory.gibibytes(1),
  MetricTarget: () => aks.MetricTarget.averagePerPod(30),
  ScalingMetric: () => aks.ScalingMetric.pods('requests', 100),
  IWorkload: (stack) => OBJECT_SAMPLES.Workload!(stack),
  NetworkPeer: () => aks.NetworkPeer.ipRange('10.9.0.4/32'),
  NetworkPort: () => aks.NetworkPort.tcp(8080),
  NetworkProfile: () => aks.NetworkProfile.overlay(),
  Outbound: () => aks.Outbound.loadBalancer(),
  PercentOrAbsolute: () => aks.PercentOrAbsolute.absolute(1),
  PodSecurity: () => aks.PodSecurity.restricted(),
  Probe: () => aks.Probe.tcp(),
  RouteController: () => aks.RouteController.ingress(ADD_ON_CLASS),
  Spread: () => aks.Spread.none(),
  TerraformProvider: (stack) => stack.node.findChild('kubernetes'),
  Volume: () => aks.Volume.emptyDirectory('sample'),
  TlsCertificate: () => aks.TlsCertificate.fromSecret('sample'),
  TrafficSource: () => aks.TrafficSource.internet(),
  Workload: (stack) =>
    once(
      stack,
      'workload',
      (id) =>
        new aks.Workload(stack, id, {
          name: 'sample',
          image: aks.ContainerImage.fromReference('ghcr.io/contoso/shop:1'),
          containerPort: 8080,
        }),
    ),
};

function once<T>(stack: TerraformStack, id: string, make: (id: string) => T): T {
  return (stack.node.tryFindChild(`sample-${id}`) as T | undefined) ?? make(`sample-${id}`);
}

/** Whether there is a valid value of a class or an interface. */
export function hasSample(type: string): boolean {
  const bare = type.replace(/[[\]{}]/g, '');
  return !(bare in OBJECTS) || bare in OBJECT_SAMPLES;
}

/** A valid value of a declared type. */
export function sample(type: string, stack: TerraformStack, name = '', owner = ''): unknown {
  const exception = EXCEPTIONS[`${owner}.${name}`];
  if (exception !== undefined) {
    return exception;
  }
  if (name === 'podSubnet') {
    const network = (OBJECT_SAMPLES.ISubnet!(stack) as aks.ISubnet).node.scope as aks.AksVirtualNetwork;
    return (
      network.node.tryFindChild('pods') ??
      network.addSubnet('pods', { addressPrefix: '10.241.0.0/16', use: aks.SubnetUse.PODS })
    );
  }
  const item = itemType(type);
  const value = valueType(type);
  if (name in VALUES && (['string', 'number'].includes(type) || item === 'string')) {
    return VALUES[name];
  }
  if (item !== undefined) {
    return [sample(item, stack, name, owner)];
  }
  if (value !== undefined) {
    return { key: sample(value, stack, 'key', owner) };
  }
  if (type in STRUCTS) {
    const required = membersOf(STRUCTS[type]!).filter(({ isOptional }) => !isOptional);
    const given = required.map((one) => [one.name, sample(one.type, stack, one.name, type)]);
    return { ...ONE_OF[type], ...(Object.fromEntries(given) as object) };
  }
  if (type in ENUMS) {
    return Object.values(ENUMS[type]!)[0];
  }
  if (type in OBJECTS) {
    const make = OBJECT_SAMPLES[type];
    if (make === undefined) {
      throw new Error(`no sample of ${type}`);
    }
    return make(stack);
  }
  return { string: 'sample', secret: token(stack).stringValue, number: 1, boolean: true }[type];
}

/** Structs of which none needs to be given, but one of some must. */
const ONE_OF: Readonly<Record<string, object>> = {
  MaintenanceWindow: { allowed: [{ dayOfWeek: aks.DayOfWeek.SUNDAY, hours: [1] }] },
  MigrationOptions: { command: ['shop', 'migrate'] },
};

/** A call of the public API: what it takes, and how it is made. */
export interface Call {
  readonly name: string;
  /** What it takes, as a table of declarations. */
  readonly parameters: Declared;
  /** Makes it, so that what is wrong becomes a problem of the stack. */
  readonly make: (stack: TerraformStack, given: { readonly [name: string]: unknown }) => void;
}

type Constructor = new (scope: TerraformStack, id: string, props: unknown) => unknown;
type Callable = (...given: unknown[]) => unknown;

/** What makes use of the values of a class, for which they have to be given somewhere to be problems. */
const CONSUMERS: Readonly<Record<string, (value: never, stack: TerraformStack) => [string, object]>> = {
  AcrPermission: (permission) => ['AcrScopeMap', { permissions: [permission] }],
  AcrPublicAccess: (publicAccess) => ['AcrRegistry', { publicAccess, sku: aks.AcrSku.PREMIUM }],
  ApiServerAccess: (apiServerAccess) => ['AksCluster', { apiServerAccess }],
  AlertReceiver: (receiver) => ['ActionGroup', { receivers: [receiver] }],
  ClusterAlert: (alert) => [
    'ClusterMonitoring',
    {
      alerts: [alert],
      notify: [
        aks.ActionGroup.fromActionGroupAttributes(testStack(), 'on-call', {
          actionGroupId: String(VALUES.actionGroupId),
        }),
      ],
    },
  ],
  ContainerLogs: (containerLogs) => ['ClusterMonitoring', { containerLogs }],
  ClusterAuthentication: (authentication) => ['AksCluster', { authentication }],
  ClusterIdentity: (identity) => ['AksCluster', { identity }],
  ContainerImage: (image) => ['Workload', { image }],
  ScalingTrigger: (trigger) => ['Worker', { eventScaling: { maxReplicas: 9, triggers: [trigger] } }],
  DailyCap: (dailyCap) => ['LogAnalyticsWorkspace', { dailyCap }],
  Cpu: (cpuRequest) => ['Workload', { resources: { cpuRequest } }],
  DaemonSetUpdateStrategy: (updateStrategy) => ['DaemonSet', { rollout: { updateStrategy } }],
  DisruptionBudget: (disruptionBudget) => ['Workload', { disruptionBudget }],
  EnvValue: (value, stack) => ['Workload', { environment: { KEY: value }, ...usingAzure(stack) }],
  Exposure: (exposure) => ['Workload', { exposure }],
  KubernetesRole: (role) => ['KubernetesServiceAccount#grant', ['tested', role]],
  MaintenanceSchedule: (nodeOsWindow) => ['AksCluster', { upgradePolicy: { nodeOsWindow } }],
  KubernetesVersion: (kubernetesVersion) => ['AksCluster', { kubernetesVersion }],
  MetricTarget: (target, stack) =>
    CONSUMERS.ScalingMetric!(aks.ScalingMetric.external('queue', target) as never, stack),
  ScalingMetric: (metric) => [
    'Workload',
    {
      resources: { cpuRequest: aks.Cpu.millis(100), memoryRequest: aks.Memory.mebibytes(64) },
      autoscaling: { minReplicas: 1, maxReplicas: 2, metrics: [metric] },
    },
  ],
  Memory: (memoryRequest) => ['Workload', { resources: { memoryRequest } }],
  NetworkPeer: (peer) => ['Workload#allowTo', [peer, 443]],
  NetworkPort: (port) => ['Workload#allowToPorts', [aks.NetworkPeer.internet(), [port]]],
  NetworkProfile: (networkProfile) => ['AksCluster', { networkProfile }],
  Outbound: (outbound) => ['AksCluster', { networkProfile: aks.NetworkProfile.overlay({ outbound }) }],
  PercentOrAbsolute: (maxSurge) => ['Workload', { rollout: { maxSurge } }],
  AzureStorage: (storage) => ['StorageClass', { storage }],
  Affinity: (affinity) => ['Workload', { affinity: [affinity] }],
  Placement: (placement) => ['Workload', { placement }],
  PodSecurity: (security) => ['Workload', { security }],
  RouteController: (controller) => ['HttpRoute', { controller }],
  Spread: (spread) => ['Workload', { spread }],
  Probe: (liveness) => ['Workload', { probes: { liveness } }],
  Volume: (volume, stack) => ['Workload', { volumes: [{ mountPath: '/data', volume }], ...usingAzure(stack) }],
  TlsCertificate: (certificate) => ['HttpRoute', { certificate, hostNames: ['shop.example.com'] }],
  TrafficSource: (source) => ['AksVirtualNetwork#allowInbound', { source, ports: ['443'] }],
};

/** A property of a construct. */
export interface PropertyOf {
  readonly construct: string;
  readonly property: string;
  /** Whether nothing else has to be given with it. */
  readonly isAlone: boolean;
}

/** The property that takes what a factory returns, such as `exposure` of Workload; none for those in lists and maps. */
export function takerOf({ name }: Call): PropertyOf | undefined {
  const [, type = ''] = /^(\w+)\.\w+$/.exec(name) ?? [];
  const value = {};
  const [construct = '', changes = {}] = CONSUMERS[type]?.(value as never, testStack()) ?? [];
  const property = pathTo(value, changes, STRUCTS[`${construct}Props`]);
  return property === undefined ? undefined : { construct, property, isAlone: isAlone(changes) };
}

function isAlone(given: object): boolean {
  const [inner, ...others] = Object.values(given) as unknown[];
  const isLast = typeof inner !== 'object' || inner === null || Object.keys(inner).length === 0;
  return others.length === 0 && (isLast || isAlone(inner));
}

function pathTo(value: unknown, given: object, declared: Declared = ''): string | undefined {
  for (const { name, type } of membersOf(declared)) {
    const inner = (given as Values)[name];
    if (inner === value) {
      return name;
    }
    const rest = type in STRUCTS && typeof inner === 'object' ? pathTo(value, inner!, STRUCTS[type]) : undefined;
    if (rest !== undefined) {
      return `${name}.${rest}`;
    }
  }
  return undefined;
}

const surface = aks as unknown as Readonly<Record<string, Constructor & Readonly<Record<string, Callable>>>>;

/** Makes the construct, or calls the method, with what it needs and `changes`. */
/** What pods need for secrets of a Key Vault. */
function usingAzure(stack: TerraformStack): object {
  return { serviceAccount: OBJECT_SAMPLES.IServiceAccount!(stack) };
}

function consume(stack: TerraformStack, [consumer, changes]: [string, object]): void {
  const [type, method] = consumer.split('#') as [string, string | undefined];
  if (method === undefined) {
    new surface[type]!(stack, 'tested', { ...(sample(`${type}Props`, stack) as object), ...changes });
  } else {
    const given = Array.isArray(changes) ? (changes as unknown[]) : ['tested', changes];
    (receiver(stack, type) as Record<string, Callable>)[method]!(...given);
  }
}

function receiver(stack: TerraformStack, type: string): unknown {
  if (type === 'Grant') {
    const [registry, cluster] = ['IAcrRegistry', 'IAksCluster'].map((one) => OBJECT_SAMPLES[one]!(stack));
    return (registry as aks.IAcrRegistry).grantPull(cluster as aks.IAksCluster);
  }
  if (type === 'Tags') {
    return aks.Tags.of(OBJECT_SAMPLES.IAcrRegistry!(stack) as aks.IAcrRegistry);
  }
  if (type === 'KubernetesGrant') {
    const account = receiver(stack, 'KubernetesServiceAccount') as aks.KubernetesServiceAccount;
    return account.grant('granted', aks.KubernetesRole.view());
  }
  const name = type.replace(/^I(?=[A-Z])/, '');
  return once(
    stack,
    `receiver-${name}`,
    (id) => new surface[name]!(stack, id, { ...(sample(`${name}Props`, stack) as object), ...RECEIVER_NAMES[name] }),
  );
}

/** So that a receiver is not what a sample is already. */
const RECEIVER_NAMES: Readonly<Record<string, object>> = {
  AcrRegistry: { registryName: 'receivers' },
  AksCluster: {
    clusterName: 'receiver',
    authentication: aks.ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
  },
  AksVirtualNetwork: { virtualNetworkName: 'receiver' },
  VoteApp: {
    namePrefix: 'receiver',
    front: { image: aks.ContainerImage.fromReference('ghcr.io/contoso/vote:1'), vote1Value: 'A', vote2Value: 'B' },
  },
  VoteBackend: { name: 'receiver' },
  AksServiceAccount: { serviceAccountName: 'receiver' },
  KubernetesServiceAccount: { serviceAccountName: 'receiver-of-roles' },
  CronJob: { name: 'receiver-cron-job', isolated: true },
  DaemonSet: { name: 'receiver-daemon-set', isolated: true },
  Job: { name: 'receiver-job', isolated: true },
  Worker: { name: 'receiver-worker', isolated: true },
  Workload: { name: 'receiver', isolated: true },
};

/** Calls that give a construct nothing to check: the library itself asks them, or they return messages. */
const INTERNAL = /#(prerequisitesFor|grantsFor|acceptFront|kubernetesProviderConfig)$|^(Problems\.|ValueRule#)/;

/** Every constructor, factory and method of the public API. */
export function calls(): Call[] {
  const constructors = Object.keys(STRUCTS)
    .filter((name) => name.endsWith('Props') && typeof surface[name.replace(/Props$/, '')] === 'function')
    .map((name): Call => {
      const type = name.replace(/Props$/, '');
      return {
        name: `new ${type}`,
        parameters: STRUCTS[name]!,
        make: (stack, given) => void new surface[type]!(stack, 'tested', given),
      };
    });
  const signatures = Object.entries(SIGNATURES)
    .filter(([name]) => !INTERNAL.test(name) && !name.startsWith('I'))
    .map(([name, parameters]): Call => ({
      name,
      parameters,
      make: (stack, given) => callSignature(stack, name, given),
    }));
  return [...constructors, ...signatures];
}

function callSignature(stack: TerraformStack, name: string, given: { readonly [name: string]: unknown }): void {
  const [, type = '', separator, method = ''] = /^(\w+)([.#])(\w+)$/.exec(name) ?? [];
  const all = membersOf(SIGNATURES[name]!).flatMap((member) => {
    const value = member.name === 'scope' ? stack : member.name === 'id' ? (given.id ?? 'tested') : given[member.name];
    return member.isRest === true ? (value === undefined ? [] : [value].flat()) : [value];
  });
  const target = separator === '.' ? surface[type]! : (receiver(stack, type) as Record<string, Callable>);
  const result = target[method]!(...all);
  const consumer = CONSUMERS[type];
  if (separator === '.' && consumer !== undefined) {
    consume(stack, consumer(result as never, stack));
  }
}

/** The parameters that a call needs, with valid values. */
export function needed({ name, parameters }: Call, stack: TerraformStack): { [name: string]: unknown } {
  const owner = name.startsWith('new ') ? `${name.slice(4)}Props` : name;
  return Object.fromEntries(
    membersOf(parameters)
      .filter((member) => !member.isOptional && member.name !== 'scope' && member.name !== 'id')
      .map((member) => [member.name, sample(member.type, stack, member.name, owner)]),
  );
}

export function sampleStack(): TerraformStack {
  return testStack();
}

export type Values = { [name: string]: unknown };

/** A place in what a call takes. */
export interface Place {
  readonly label: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** Where it is, from the parameters on. */
  readonly path: readonly string[];
  /** The structs on the way, by the length of the path to them. */
  readonly structs: readonly string[];
}

/** Every place in what a call takes: properties, those inside of them, and the items of lists and maps. */
export function places(parameters: Declared, path: readonly string[] = [], structs: readonly string[] = []): Place[] {
  return membersOf(parameters)
    .filter(({ name }) => name !== 'scope' && name !== 'id' && !name.startsWith('_'))
    .flatMap(({ name, type, isOptional }) => {
      const here: Place = {
        label: [...path, name].join('.'),
        type,
        isOptional,
        path: [...path, name],
        structs: [...structs, type],
      };
      const struct = STRUCTS[type];
      return [here, ...(struct === undefined || structs.includes(type) ? [] : places(struct, here.path, here.structs))];
    });
}

/** Puts a value at a place, with what is needed around it. */
export function put(given: Values, { path, structs }: Place, value: (stack: never) => unknown, stack: never): Values {
  const result = { ...given };
  let target = result;
  path.slice(0, -1).forEach((name, index) => {
    target[name] = { ...((target[name] ?? sample(structs[index]!, stack, name)) as object) };
    target = target[name] as Values;
  });
  target[path.at(-1)!] = value(stack);
  return result;
}
