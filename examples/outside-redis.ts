/**
 * How do I keep the votes in an existing Redis, and run the application on an existing cluster?
 *
 * The image of the vote application only supports Redis without TLS on port 6379, so the host must, too. Its addresses
 * are also given, since network policies do not support names.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { AcrRegistry, AksCluster, Exposure, Problems, VoteApp, VoteBackend } from '../constructs';

export class OutsideRedisStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroupName = 'platform-rg';
    const cluster = AksCluster.fromClusterName(this, 'cluster', { clusterName: 'platform-aks', resourceGroupName });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));
    const registry = AcrRegistry.fromRegistryName(this, 'registry', {
      registryName: 'contosoplatform',
      resourceGroupName,
    });

    const password = new TerraformVariable(this, 'redis_password', { type: 'string', sensitive: true });
    const vote = new VoteApp(this, 'vote', {
      namePrefix: 'vote',
      namespace: 'vote',
      existingBackend: VoteBackend.fromHost(this, 'redis', {
        host: 'redis.internal.contoso.com',
        addressRange: '10.20.0.4/32',
        password: password.stringValue,
        clientImage: registry.image('redis', '7.2'),
      }),
      front: {
        image: registry.image('azure-vote-front', 'v1'),
        exposure: Exposure.internalLoadBalancer({
          subnet: { name: 'apps', addressPrefixes: ['10.10.4.0/24'] },
          ipAddress: '10.10.4.20',
        }),
      },
    });
    new TerraformOutput(this, 'url', { value: vote.front.url });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new OutsideRedisStack(app, 'outside-redis');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
