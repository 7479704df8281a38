/**
 * How do I run a complete application, with database, background work and certificates, in two environments?
 *
 * Two stacks for each environment, since the gateway is a custom resource, for which a plan needs access to the
 * cluster. One table contains the differences between environments. A release is a new `version`: the migration runs
 * first, and if it fails, the old version continues to run.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AcrRegistry,
  AksCluster,
  AksStorageClass,
  ClusterTier,
  ContainerImage,
  Cpu,
  CronJob,
  EnvValue,
  Gateway,
  HttpRoute,
  KubernetesNamespace,
  Memory,
  NetworkProfile,
  PodSecurity,
  Probe,
  Problems,
  RouteController,
  TlsCertificate,
  Volume,
  Worker,
  Workload,
} from '../constructs';

/** The differences between environments. */
interface Environment {
  readonly name: string;
  readonly version: string;
  readonly hostNames: string[];
  readonly tier: ClusterTier;
  readonly maxNodes: number;
  readonly maxReplicas: number;
  readonly diskGibibytes: number;
}

const ENVIRONMENTS: readonly Environment[] = [
  {
    name: 'staging',
    version: '3.2.0',
    hostNames: ['staging.shop.example.com'],
    tier: ClusterTier.FREE,
    maxNodes: 3,
    maxReplicas: 3,
    diskGibibytes: 16,
  },
  {
    name: 'production',
    version: '3.1.4',
    hostNames: ['shop.example.com', 'www.shop.example.com'],
    tier: ClusterTier.STANDARD,
    maxNodes: 12,
    maxReplicas: 20,
    diskGibibytes: 256,
  },
];

/** The names by which the second stack of an environment looks up the resources of the first one. */
function namesOf({ name }: Environment): { groupName: string; clusterName: string; registryName: string } {
  return { groupName: `shop-${name}-rg`, clusterName: `shop-${name}-aks`, registryName: `contososhop${name}` };
}

export class ShopPlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { groupName, clusterName, registryName } = namesOf(environment);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: groupName, location: 'westeurope' });
    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName,
      tier: environment.tier,
      networkProfile: NetworkProfile.overlay(),
      defaultNodePool: { autoscaling: { minCount: 2, maxCount: environment.maxNodes } },
    });
    registry.grantPull(cluster);
    new TerraformOutput(this, 'get-credentials', { value: cluster.credentialsCommand });
  }
}

export class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { groupName: resourceGroupName, clusterName, registryName } = namesOf(environment);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const cluster = AksCluster.fromClusterName(this, 'cluster', { clusterName, resourceGroupName });
    const registry = AcrRegistry.fromRegistryName(this, 'registry', { registryName, resourceGroupName });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const { namespaceName: namespace } = new KubernetesNamespace(this, 'namespace', {
      namespaceName: 'shop',
      defaultDeny: true,
    });
    const common = { namespace, partOf: 'shop', isolated: true };
    const { stringValue: password } = new TerraformVariable(this, 'database_password', {
      type: 'string',
      sensitive: true,
    });

    const database = new Workload(this, 'database', {
      ...common,
      name: 'database',
      image: ContainerImage.fromReference('postgres:17.6'),
      containerPort: 5432,
      replicas: 1,
      security: PodSecurity.restricted({ userId: 999 }),
      environment: {
        POSTGRES_USER: EnvValue.fromValue('shop'),
        POSTGRES_PASSWORD: EnvValue.fromSecretValue(password),
        // a subfolder, since the root folder of a new disk is not empty
        PGDATA: EnvValue.fromValue('/var/lib/postgresql/data/shop'),
      },
      volumes: [
        {
          mountPath: '/var/lib/postgresql/data',
          volume: Volume.claimForEachPod('data', {
            sizeGibibytes: environment.diskGibibytes,
            storageClass: AksStorageClass.MANAGED_CSI_PREMIUM,
          }),
        },
      ],
      resources: { cpuRequest: Cpu.millis(500), memoryRequest: Memory.gibibytes(1), memoryLimit: Memory.gibibytes(1) },
      probes: { readiness: Probe.exec(['pg_isready', '--username', 'shop']) },
    });

    const application = {
      ...common,
      image: registry.image('shop', environment.version),
      prerequisites: [database],
      environment: {
        DATABASE_HOST: EnvValue.fromValue(database.serviceDnsName),
        DATABASE_PASSWORD: EnvValue.fromSecretValue(password),
      },
      resources: {
        cpuRequest: Cpu.millis(250),
        memoryRequest: Memory.mebibytes(256),
        memoryLimit: Memory.mebibytes(512),
      },
    };
    const api = new Workload(this, 'api', {
      ...application,
      name: 'api',
      containerPort: 8080,
      servicePort: 80,
      migration: { command: ['shop', 'migrate'] },
      probes: { readiness: Probe.http('/ready'), liveness: Probe.http('/alive') },
      autoscaling: { minReplicas: 2, maxReplicas: environment.maxReplicas, cpuUtilizationPercent: 60 },
      rollout: { check: true },
    });
    const mailer = new Worker(this, 'mailer', {
      ...application,
      name: 'mailer',
      command: ['shop', 'send-mail'],
      prerequisites: [api], // and so the migration
    });
    const invoices = new CronJob(this, 'invoices', {
      ...application,
      name: 'invoices',
      command: ['shop', 'write-invoices'],
      prerequisites: [api],
      schedule: '30 2 * * *',
      timeZone: 'Europe/Berlin',
    });
    for (const one of [api, mailer, invoices]) {
      one.connectTo(database);
    }

    // a separate namespace, since the gateway's pods and certificates are there, and `defaultDeny` must not apply to
    // them
    const edge = new KubernetesNamespace(this, 'edge', { namespaceName: 'edge' });
    const gateway = new Gateway(this, 'gateway', {
      namespace: edge.namespaceName,
      gatewayName: 'shop',
      gatewayClassName: 'approuting-istio',
    });
    const route = new HttpRoute(this, 'route', {
      namespace,
      name: 'shop',
      controller: RouteController.gateway(gateway),
      hostNames: environment.hostNames,
      certificate: TlsCertificate.fromClusterIssuer('letsencrypt'),
      paths: [{ backends: [{ workload: api }] }],
    });
    new TerraformOutput(this, 'url', { value: route.url });
  }
}

export function createShop(app: App): void {
  for (const environment of ENVIRONMENTS) {
    const platform = new ShopPlatformStack(app, `shop-${environment.name}-platform`, environment);
    new ShopStack(app, `shop-${environment.name}`, environment).addDependency(platform);
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  createShop(app);
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
