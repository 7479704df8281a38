import type { TerraformStack } from 'cdktf';
import {
  AcrAgentPool,
  ActionGroup,
  AcrImageBuild,
  AcrPermission,
  AcrPrivateEndpoint,
  AcrPublicAccess,
  AcrRegistry,
  AcrScopeMap,
  AcrSku,
  AcrToken,
  AcrUpstreamCredentials,
  AcrWebhook,
  AcrWebhookAction,
  AksCluster,
  AksVirtualNetwork,
  AlertReceiver,
  AlertRole,
  ApiServerAccess,
  ClusterAuthentication,
  ClusterIdentity,
  DiskEncryptionSet,
  type IKeyVaultKey,
  KeyVault,
  ClusterMonitoring,
  ClusterTier,
  CpuManagerPolicy,
  DayOfWeek,
  GpuInstance,
  type KubeletOptions,
  MaintenanceSchedule,
  KeyVaultKey,
  LogAnalyticsWorkspace,
  NetworkProfile,
  type NodeOptions,
  Outbound,
  ServicePrincipal,
  SubnetUse,
  type SysctlOptions,
  TaintEffect,
  TopologyManagerPolicy,
  TrafficSource,
  TransparentHugePageDefrag,
  TransparentHugePages,
  UpgradeChannel,
  type UpgradePolicy,
  WeekOfMonth,
} from '../../constructs';
import { SYSCTL_RANGES } from '../../constructs/cluster/node-pools/sysctls';
import { RESOURCE_GROUP } from '../util';

const UUID = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const KEY = `ssh-ed25519 ${'A'.repeat(68)}`;
const address = (type: string): string =>
  `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.Network/${type}/one`;

/** Fills a stack with every kind of Azure resource that the library makes, each in its forms. */
export function createEstate(stack: TerraformStack): void {
  const network = networksIn(stack);
  clustersIn(stack, network);
  const principal = new ServicePrincipal(stack, 'principal', { displayName: 'cluster' });
  const cluster = new AksCluster(stack, 'principal-cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'principal-aks',
    identity: ClusterIdentity.servicePrincipal(principal),
    networkProfile: NetworkProfile.kubenet(),
  });
  const registry = new AcrRegistry(stack, 'registry', {
    resourceGroup: RESOURCE_GROUP,
    registryName: 'registry1',
    deleteLock: true,
  });
  registry.grantPull(cluster);
  registriesIn(stack, network);
  cluster.addServiceAccount('account', { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'account' });
  new AcrImageBuild(stack, 'image', {
    registry,
    repository: 'app',
    tag: 'v1',
    source: { repository: 'https://github.com/contoso/app', commit: 'a'.repeat(40), folder: 'web' },
  });
  monitoringIn(stack, cluster);
}

function monitoringIn(stack: TerraformStack, principalCluster: AksCluster): void {
  const onCall = new ActionGroup(stack, 'on-call', {
    resourceGroup: RESOURCE_GROUP,
    actionGroupName: 'on-call',
    receivers: [
      AlertReceiver.email('email', 'team@contoso.com'),
      AlertReceiver.sms('sms', '49', '15112345678'),
      AlertReceiver.voice('voice', '1', '15112345678'),
      AlertReceiver.webhook('webhook', 'https://alerts.contoso.com/azure'),
      AlertReceiver.azureApp('app', 'team@contoso.com'),
      AlertReceiver.subscriptionRole('role', AlertRole.OWNER),
    ],
  });
  const cluster = new AksCluster(stack, 'watched-cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'watched-aks',
    tier: ClusterTier.STANDARD,
    costAnalysis: true,
    keda: true,
  });
  const place = { resourceGroup: RESOURCE_GROUP, notify: [onCall] };
  new ClusterMonitoring(stack, 'monitoring', { cluster, ...place });
  new ClusterMonitoring(stack, 'principal-monitoring', { cluster: principalCluster, ...place });
  new ActionGroup(stack, 'silent', {
    resourceGroup: RESOURCE_GROUP,
    actionGroupName: 'silent',
    receivers: [AlertReceiver.email('email', 'team@contoso.com')],
  });
}

/** A registry with all that can be asked of one, and all that can be made for it. */
function registriesIn(stack: TerraformStack, network: AksVirtualNetwork): void {
  const registry = new AcrRegistry(stack, 'whole-registry', {
    resourceGroup: RESOURCE_GROUP,
    registryName: 'registry2',
    sku: AcrSku.PREMIUM,
    publicAccess: AcrPublicAccess.ranges(['203.0.113.0/24']),
    geoReplications: [{ location: 'northeurope' }],
    retentionDays: 30,
    anonymousPull: true,
    dataEndpoint: true,
    quarantinePolicy: true,
  });
  const subnet = network.addSubnet('endpoints', { addressPrefix: '10.243.0.0/24' });
  new AcrPrivateEndpoint(stack, 'endpoint', { registry, subnet });
  new AcrUpstreamCredentials(stack, 'docker-hub', {
    registry,
    upstream: 'docker.io',
    keyVault: KeyVault.fromKeyVaultName(stack, 'vault', { keyVaultName: 'contoso', resourceGroupName: 'rg' }),
    usernameSecretName: 'user',
    passwordSecretName: 'password',
  });
  registry.cached('docker.io/library/redis', '7.2');
  registry.cached('ghcr.io/contoso/app', 'v1');
  const permissions = [AcrPermission.pull('shop/*')];
  new AcrScopeMap(stack, 'scope-map', { registry, scopeMapName: 'others', permissions, description: 'Others' });
  const scopeMap = new AcrScopeMap(stack, 'partners', { registry, scopeMapName: 'partners', permissions });
  new AcrToken(stack, 'partner', { scopeMap, tokenName: 'partner' });
  const webhook = { registry, serviceUri: 'https://ci.contoso.com', actions: [AcrWebhookAction.PUSH] };
  new AcrWebhook(stack, 'webhook', { ...webhook, webhookName: 'plain' });
  new AcrWebhook(stack, 'headers', { ...webhook, webhookName: 'headers', headers: { 'X-Source': 'acr' } });
  new AcrAgentPool(stack, 'lent', { registry, agentPoolName: 'lent' });
  new AcrImageBuild(stack, 'pooled-image', {
    registry,
    repository: 'pooled',
    tag: 'v1',
    source: { repository: 'https://github.com/contoso/app', commit: 'a'.repeat(40) },
    agentPool: new AcrAgentPool(stack, 'own', { registry, agentPoolName: 'own', subnet }),
  });
}

function networksIn(stack: TerraformStack): AksVirtualNetwork {
  const network = new AksVirtualNetwork(stack, 'network', {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: 'network',
    natGateway: {},
  });
  const hub = new AksVirtualNetwork(stack, 'hub', {
    resourceGroup: RESOURCE_GROUP,
    virtualNetworkName: 'hub',
    addressSpace: ['10.100.0.0/16'],
    firewallAddress: '10.100.200.4',
  });
  network.peerWith('to-hub', hub);
  network.allowInbound('web', { source: TrafficSource.internet(), ports: ['80', '443'] });
  network.allowNodePortsFrom('hub', TrafficSource.virtualNetwork(hub), { denyOthers: true });
  return network;
}

function clustersIn(stack: TerraformStack, network: AksVirtualNetwork): void {
  const podSubnet = network.addSubnet('pods', { addressPrefix: '10.241.0.0/16', use: SubnetUse.PODS });
  const serverSubnet = network.addSubnet('servers', { addressPrefix: '10.242.0.0/28', use: SubnetUse.API_SERVERS });
  const pods = new AksCluster(stack, 'pods-cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'pods-aks',
    networkProfile: NetworkProfile.podSubnet({ subnet: network.nodeSubnet, podSubnet }),
    apiServerAccess: ApiServerAccess.authorizedRanges(['20.0.0.0/24'], { subnet: serverSubnet }),
    authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [UUID] }),
    sshPublicKey: KEY,
    clusterAutoscaler: { balanceSimilarNodeGroups: true },
    azurePolicy: true,
    defenderWorkspace: LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceName(stack, 'defender', {
      workspaceName: 'logs',
      resourceGroupName: 'rg',
    }),
    diskEncryptionSet: new DiskEncryptionSet(stack, 'disks', {
      resourceGroup: RESOURCE_GROUP,
      diskEncryptionSetName: 'disks',
      key: keyIn(stack),
    }),
    etcdEncryption: { key: keyIn(stack, 'etcd-key') },
    keyVaultSecretsProvider: {},
    imageCleaner: {},
    runCommand: false,
    defaultNodePool: {
      vmSize: 'Standard_NC24ads_A100_v4',
      zones: ['1'],
      criticalAddonsOnly: true,
      hostEncryption: true,
      fips: true,
      autoscaling: { minCount: 1, maxCount: 3 },
    },
  });
  const taints = [{ key: 'gpu', effect: TaintEffect.NO_SCHEDULE }];
  pods.addNodePool('gpu', {
    name: 'gpu',
    vmSize: 'Standard_NC24ads_A100_v4',
    zones: ['1'],
    taints,
    hostEncryption: true,
    fips: true,
  });
  pods.addNodePool('spot', { name: 'spot', spot: {}, autoscaling: { minCount: 0, maxCount: 3 } });
  const excludedDates = [{ start: '2026-12-20', end: '2027-01-05' }];
  specialNodesIn(stack);
  ownAddresses(stack, 'address', Outbound.loadBalancer({ publicIpIds: [address('publicIPAddresses')] }), {
    channel: UpgradeChannel.PATCH,
    maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [1, 2, 3, 4] }] },
    upgradeWindow: MaintenanceSchedule.absoluteMonthly({ dayOfMonth: 1, excludedDates }),
    nodeOsWindow: MaintenanceSchedule.relativeMonthly({
      dayOfWeek: DayOfWeek.SUNDAY,
      weekOfMonth: WeekOfMonth.LAST,
      excludedDates,
    }),
  });
  ownAddresses(stack, 'prefix', Outbound.loadBalancer({ publicIpPrefixIds: [address('publicIPPrefixes')] }), {
    channel: UpgradeChannel.STABLE,
    maintenanceWindow: { excluded: [{ start: '2026-12-20T00:00:00Z', end: '2027-01-05T00:00:00Z' }] },
    upgradeWindow: MaintenanceSchedule.relativeMonthly({ dayOfWeek: DayOfWeek.SUNDAY, weekOfMonth: WeekOfMonth.FIRST }),
    nodeOsWindow: MaintenanceSchedule.absoluteMonthly({ dayOfMonth: 31 }),
  });
  new AksCluster(stack, 'closed-cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'closed-aks',
    networkProfile: NetworkProfile.overlay({ outbound: Outbound.none() }),
    apiServerAccess: ApiServerAccess.privateAccess(),
  });
}

function keyIn(stack: TerraformStack, id = 'disks-key'): IKeyVaultKey {
  const keyVault = KeyVault.fromKeyVaultName(stack, `${id}-vault`, {
    keyVaultName: 'shop-kv',
    resourceGroupName: 'rg',
  });
  return KeyVaultKey.fromKeyVaultKeyName(stack, id, { keyVault, keyName: 'disks' });
}

function specialNodesIn(stack: TerraformStack): void {
  const compute = (type: string): string =>
    `/subscriptions/${UUID}/resourceGroups/rg/providers/Microsoft.Compute/${type}/one`;
  const kubelet: KubeletOptions = {
    cpuManagerPolicy: CpuManagerPolicy.STATIC,
    cpuCfsQuotaPeriodMillis: 200,
    imageGcHighPercent: 90,
    imageGcLowPercent: 70,
    topologyManagerPolicy: TopologyManagerPolicy.BEST_EFFORT,
    allowedUnsafeSysctls: ['net.*'],
    containerLogMaxSizeMb: 20,
    containerLogMaxFiles: 3,
    podMaxPids: 1000,
  };
  const largest = Object.entries(SYSCTL_RANGES).map(([name, [, max]]) => [name, max]);
  const options: NodeOptions = {
    kubelet,
    linuxOs: {
      transparentHugePages: TransparentHugePages.NEVER,
      transparentHugePageDefrag: TransparentHugePageDefrag.NEVER,
      swapFileSizeMb: 1500,
      sysctls: {
        ...(Object.fromEntries(largest) as SysctlOptions),
        netIpv4IpLocalPortRange: { first: 1024, last: 65_535 },
        netIpv4TcpTwReuse: true,
      },
    },
    capacityReservationGroupId: compute('capacityReservationGroups'),
    proximityPlacementGroupId: compute('proximityPlacementGroups'),
    snapshotId: compute('snapshots').replace('Microsoft.Compute', 'Microsoft.ContainerService'),
    nodePublicIp: { publicIpPrefixId: address('publicIPPrefixes') },
    gpuInstance: GpuInstance.MIG_1G,
  };
  const cluster = new AksCluster(stack, 'special-cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'special-aks',
    defaultNodePool: { vmSize: 'Standard_NC24ads_A100_v4', ...options },
  });
  const taints = [{ key: 'gpu', effect: TaintEffect.NO_SCHEDULE }];
  cluster.addNodePool('parted', { name: 'parted', vmSize: 'Standard_NC24ads_A100_v4', taints, ...options });
}

function ownAddresses(stack: TerraformStack, id: string, outbound: Outbound, upgradePolicy: UpgradePolicy): void {
  const cluster = new AksCluster(stack, `${id}-cluster`, {
    resourceGroup: RESOURCE_GROUP,
    clusterName: `${id}-aks`,
    networkProfile: NetworkProfile.overlay({ outbound }),
    upgradePolicy,
  });
  cluster.addNodePool('more', { name: 'more' });
}
