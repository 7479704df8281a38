/**
 * How do I run an application on a cluster that somebody else manages, and create nothing in Azure except its identity?
 *
 * Cluster, registry and resource group are looked up by name. The application gets a service account whose pods use
 * Azure without a password.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AcrRegistry, AksCluster, AksServiceAccount, Problems, VoteApp } from '../constructs';

const PLATFORM = 'platform-rg';

export class ExistingClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const cluster = AksCluster.fromClusterName(this, 'cluster', {
      clusterName: 'platform-aks',
      resourceGroupName: PLATFORM,
    });
    const registry = AcrRegistry.fromRegistryName(this, 'registry', {
      registryName: 'contosoplatform',
      resourceGroupName: PLATFORM,
    });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const account = new AksServiceAccount(this, 'account', {
      cluster,
      resourceGroup: { name: 'vote-rg', location: 'westeurope' },
      serviceAccountName: 'vote',
    });
    const vote = new VoteApp(this, 'vote', {
      namePrefix: 'vote',
      front: { image: registry.image('azure-vote-front', 'v1') },
    });
    new TerraformOutput(this, 'address', { value: vote.front.loadBalancerAddress });
    new TerraformOutput(this, 'identity', { value: account.identity.clientId });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new ExistingClusterStack(app, 'existing-cluster');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
