/**
 * How do I run my own web application: built from its repository, configured, scaled by load, and reachable only from
 * my network?
 *
 * A `Workload` is all it takes. A change of configuration or secret replaces the pods, one by one; a new tag changes
 * only the build and the image.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  Cpu,
  EnvValue,
  Exposure,
  KubernetesNamespace,
  Memory,
  NetworkProfile,
  PodSecurity,
  NetworkPeer,
  Probe,
  Problems,
  Workload,
} from '../constructs';

export class OwnAppStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: 'shop-rg', location: 'westeurope' });

    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName: 'contososhop' });
    const networkProfile = NetworkProfile.overlay();
    const cluster = new AksCluster(this, 'cluster', { resourceGroup, clusterName: 'shop-aks', networkProfile });
    registry.grantPull(cluster);
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const image = new AcrImageBuild(this, 'image', {
      registry,
      repository: 'shop',
      tag: '1.4.2',
      source: { repository: 'https://github.com/contoso/shop', commit: '3f2a9c1d5b7e4a6089c2d1f0e3b4a59687706152' },
    });
    const namespace = new KubernetesNamespace(this, 'namespace', { namespaceName: 'shop', defaultDeny: true });
    const databaseUrl = new TerraformVariable(this, 'database_url', { type: 'string', sensitive: true });
    const environment = {
      LOG_LEVEL: EnvValue.fromConfigValue('info'),
      DATABASE_URL: EnvValue.fromSecretValue(databaseUrl.stringValue),
      POD_NAME: EnvValue.fromFieldRef('metadata.name'),
    };
    const shop = new Workload(this, 'shop', {
      name: 'shop',
      namespace: namespace.namespaceName,
      image,
      containerPort: 8080,
      servicePort: 80,
      environment,
      configFiles: { '/etc/shop/shop.toml': '[shop]\ncurrency = "EUR"\n' },
      initContainers: [{ name: 'migrate', image, command: ['shop', 'migrate'], environment }],
      resources: {
        cpuRequest: Cpu.millis(250),
        cpuLimit: Cpu.cores(1),
        memoryRequest: Memory.mebibytes(256),
        memoryLimit: Memory.mebibytes(512),
      },
      autoscaling: { minReplicas: 2, maxReplicas: 10, cpuUtilizationPercent: 60 },
      probes: {
        startup: Probe.http('/started', { periodSeconds: 5, failureThreshold: 30 }),
        readiness: Probe.http('/ready', { periodSeconds: 5 }),
        liveness: Probe.http('/alive'),
      },
      security: PodSecurity.restricted({ userId: 1000, writableFolders: ['/tmp'] }),
      rollout: { minReadySeconds: 5 },
      exposure: Exposure.internalLoadBalancer({ healthProbe: { path: '/ready' }, idleTimeoutMinutes: 10 }),
      isolated: true,
      clusterNetwork: networkProfile,
    });
    shop.allowTo(NetworkPeer.ipRange('10.30.0.0/24'), 5432); // the database
    new TerraformOutput(this, 'url', { value: shop.url });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new OwnAppStack(app, 'own-app');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
