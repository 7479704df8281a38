/**
 * How do I run a production cluster and its application, so that neither can take the other down?
 *
 * Two stacks. The registry can only be reached from the platform's own network. People log in with Microsoft Entra ID.
 * System pods run on dedicated nodes, and applications on regular and Spot nodes in three zones, which scale
 * automatically. Resources that must not be lost are protected, and everything is tagged. Patches of Kubernetes and
 * node images are applied at weekends. Disks are encrypted with a customer-managed key, and on the hosts. The
 * application looks up the cluster and the registry by name, and has its own namespace.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AcrPrivateEndpoint,
  AcrPublicAccess,
  AcrRegistry,
  AcrSku,
  AksCluster,
  AksVirtualNetwork,
  ApiServerAccess,
  AutoscalerExpander,
  ClusterAuthentication,
  ClusterRole,
  ClusterTier,
  DayOfWeek,
  DiskEncryptionSet,
  EntraPrincipal,
  KeyVault,
  KeyVaultKey,
  KubernetesNamespace,
  KubernetesVersion,
  MaintenanceSchedule,
  NetworkProfile,
  OsDiskType,
  Outbound,
  Problems,
  Tags,
  TaintEffect,
  TrafficSource,
  UpgradeChannel,
  VoteApp,
} from '../constructs';

const GROUP = 'shop-rg';
const CLUSTER = 'shop-aks';
const REGISTRY = 'contososhop';
const ZONES = ['1', '2', '3'];
const NAMESPACE = 'shop';

/** The largest number of pods on a node. */
const MAX_PODS = 110;

/** The addresses of the office and of the pipeline. */
const TRUSTED = ['203.0.113.0/24'];

const ADMINISTRATORS = '11111111-2222-3333-4444-555555555555';
const DEVELOPERS = '66666666-7777-8888-9999-000000000000';

export class ProductionPlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    new TimeProvider(this, 'time'); // roles take minutes to work
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: GROUP, location: 'westeurope' });
    const registry = new AcrRegistry(this, 'registry', {
      resourceGroup,
      registryName: REGISTRY,
      sku: AcrSku.PREMIUM,
      publicAccess: AcrPublicAccess.none(),
      exportPolicy: false,
      zoneRedundancy: true,
      retentionDays: 30,
      preventDestroy: true,
    });

    const network = new AksVirtualNetwork(this, 'network', {
      resourceGroup,
      virtualNetworkName: 'shop-network',
      preventDestroy: true,
      deleteLock: true,
    });
    network.allowInbound('web', { source: TrafficSource.internet(), ports: ['80'] });
    // the only access to the registry: images are pushed from here, or from peered networks
    const endpoints = network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
    new AcrPrivateEndpoint(this, 'registry-endpoint', { registry, subnet: endpoints });

    // the vault must outlive everything that its keys encrypt
    const keyVault = KeyVault.fromKeyVaultName(this, 'key-vault', {
      keyVaultName: 'contoso-keys',
      resourceGroupName: 'contoso-keys-rg',
    });
    const diskKey = KeyVaultKey.fromKeyVaultKeyName(this, 'disk-key', { keyVault, keyName: 'shop-disks' });
    const disks = new DiskEncryptionSet(this, 'disks', {
      resourceGroup,
      diskEncryptionSetName: 'shop-disks',
      key: diskKey,
    });

    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName: CLUSTER,
      kubernetesVersion: KubernetesVersion.of('1.36'),
      upgradePolicy: {
        channel: UpgradeChannel.PATCH,
        maintenanceWindow: { allowed: [{ dayOfWeek: DayOfWeek.SUNDAY, hours: [1, 2, 3, 4] }] },
        upgradeWindow: MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SATURDAY, startTime: '22:00' }),
        nodeOsWindow: MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SUNDAY, startTime: '02:00' }),
      },
      tier: ClusterTier.STANDARD,
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [ADMINISTRATORS] }),
      networkProfile: NetworkProfile.overlay({
        subnet: network.nodeSubnet,
        outbound: Outbound.loadBalancer({ managedIpCount: 2, portsPerNode: 1024 }),
      }),
      apiServerAccess: ApiServerAccess.authorizedRanges(TRUSTED),
      diskEncryptionSet: disks,
      azurePolicy: true,
      keyVaultSecretsProvider: {},
      imageCleaner: {},
      runCommand: false,
      // no lock, since it would also prevent nodes from being replaced
      preventDestroy: true,
      clusterAutoscaler: { expander: AutoscalerExpander.LEAST_WASTE, balanceSimilarNodeGroups: true },
      defaultNodePool: {
        name: 'system',
        vmSize: 'Standard_D4ds_v5',
        osDiskType: OsDiskType.EPHEMERAL,
        maxPods: MAX_PODS,
        hostEncryption: true,
        zones: ZONES,
        criticalAddonsOnly: true,
        autoscaling: { minCount: 3, maxCount: 5 },
      },
    });
    cluster.addNodePool('web', {
      name: 'web',
      zones: ZONES,
      maxPods: MAX_PODS,
      hostEncryption: true,
      autoscaling: { minCount: 3, maxCount: 12 },
      labels: { tier: 'web' },
    });
    cluster.addNodePool('batch', {
      name: 'batch',
      vmSize: 'Standard_D8s_v5',
      zones: ZONES,
      maxPods: MAX_PODS,
      hostEncryption: true,
      spot: {},
      autoscaling: { minCount: 0, maxCount: 20 },
      taints: [{ key: 'tier', value: 'batch', effect: TaintEffect.NO_SCHEDULE }],
    });
    registry.grantPull(cluster);

    const developers = EntraPrincipal.group(this, 'developers', DEVELOPERS);
    cluster.grantAccess(developers, ClusterRole.WRITER, { namespace: NAMESPACE });
    new TerraformOutput(this, 'get-credentials', { value: cluster.credentialsCommand });
  }
}

export class ProductionApplicationStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const cluster = AksCluster.fromClusterName(this, 'cluster', {
      clusterName: CLUSTER,
      resourceGroupName: GROUP,
      usesEntraId: true,
    });
    const registry = AcrRegistry.fromRegistryName(this, 'registry', {
      registryName: REGISTRY,
      resourceGroupName: GROUP,
    });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const namespace = new KubernetesNamespace(this, 'namespace', { namespaceName: NAMESPACE });
    const vote = new VoteApp(this, 'vote', {
      namePrefix: 'vote',
      namespace: namespace.namespaceName,
      front: { image: registry.image('azure-vote-front', 'v1'), replicas: 3 },
      // the official image, cached by the registry, so that nodes need no internet access for it
      backend: { image: registry.cached('public.ecr.aws/docker/library/redis', '7.2') },
    });
    new TerraformOutput(this, 'address', { value: vote.front.loadBalancerAddress });
  }
}

export function createProduction(app: App): void {
  const platform = new ProductionPlatformStack(app, 'production-platform');
  new ProductionApplicationStack(app, 'production-application').addDependency(platform);
  Tags.of(app).add('costCenter', '4711');
  Tags.of(platform).add('team', 'platform');
  // Azure Policy sets it
  Tags.of(app).ignore('createdBy');
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  createProduction(app);
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
