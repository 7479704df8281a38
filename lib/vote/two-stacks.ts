import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AcrRegistry, AksCluster } from '../../constructs';
import { adoptArticle } from './adopt';
import type { Settings } from './settings';
import { addOutputs, applicationOutputs, createPlatform, createVoteApp, platformOutputs, useAzure } from './vote-parts';

/** The platform of the article's system: the registry, the cluster and its permission to pull. */
export class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    useAzure(this, settings);
    const { registry, cluster } = createPlatform(this, settings);
    addOutputs(this, platformOutputs(registry, cluster));
    adoptArticle(this, settings);
  }
}

/**
 * The application of the article's system: the image and the workloads.
 *
 * It looks up the platform by name, so that no secret and no output passes from one state to the other, and the Kubernetes
 * provider is configured even while the platform changes.
 */
export class ApplicationStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    useAzure(this, settings);
    const { clusterName, registryName, resourceGroupName } = settings;
    const cluster = AksCluster.fromClusterName(this, 'cluster', { clusterName, resourceGroupName });
    const registry = AcrRegistry.fromRegistryName(this, 'registry', { registryName, resourceGroupName });
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));
    const vote = createVoteApp(this, registry, settings);
    addOutputs(this, applicationOutputs(vote, settings));
    adoptArticle(this, settings);
  }
}

/** The article's system in two stacks, which are deployed one after the other. */
export function createTwoStacks(scope: Construct, settings: Settings): void {
  const platform = new PlatformStack(scope, 'platform', settings);
  const application = new ApplicationStack(scope, 'application', settings);
  application.addDependency(platform);
}
