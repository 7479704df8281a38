/**
 * How do I run two votes on one cluster, each at its own public address, and keep the counts when a pod is lost?
 *
 * One back end with a disk, and two fronts with different votes. Azure gives each front an address, whose name is known
 * in advance.
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
  Exposure,
  KubernetesNamespace,
  NetworkProfile,
  Problems,
  VoteApp,
} from '../constructs';

const LOCATION = 'westeurope';

export class TwoFrontsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: 'votes-rg', location: LOCATION });

    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName: 'contosovotes' });
    const networkProfile = NetworkProfile.overlay();
    const cluster = new AksCluster(this, 'cluster', { resourceGroup, clusterName: 'votes-aks', networkProfile });
    registry.grantPull(cluster);
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const image = new AcrImageBuild(this, 'image', {
      registry,
      repository: 'azure-vote-front',
      tag: 'v1',
      source: {
        repository: 'https://github.com/Azure-Samples/azure-voting-app-redis',
        commit: '1705b17',
        folder: 'azure-vote',
      },
    });
    const namespace = new KubernetesNamespace(this, 'namespace', { namespaceName: 'votes', defaultDeny: true });
    const password = new TerraformVariable(this, 'redis_password', { type: 'string', sensitive: true });
    const votes = new VoteApp(this, 'votes', {
      namePrefix: 'votes',
      namespace: namespace.namespaceName,
      clusterNetwork: networkProfile,
      backend: { persistence: { sizeGibibytes: 8 }, password: password.stringValue },
      front: { image, exposure: publicly('contoso-pets') },
    });
    const drinks = votes.addFront('drinks', {
      title: 'Tea or coffee?',
      vote1Value: 'Tea',
      vote2Value: 'Coffee',
      replicas: 3,
      exposure: publicly('contoso-drinks'),
    });
    new TerraformOutput(this, 'pets', { value: votes.front.url });
    new TerraformOutput(this, 'drinks', { value: drinks.url });
  }
}

function publicly(label: string): Exposure {
  return Exposure.publicLoadBalancer({ dnsName: { label, location: LOCATION }, healthProbe: { path: '/' } });
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new TwoFrontsStack(app, 'two-fronts');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
