import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { adoptArticle } from './adopt';
import type { Settings } from './settings';
import { addOutputs, applicationOutputs, createPlatform, createVoteApp, platformOutputs, useAzure } from './vote-parts';

/** The article's system in one stack: a registry, a cluster that pulls from it, and the vote application on it. */
export class VoteStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    useAzure(this, settings);
    const { registry, cluster } = createPlatform(this, settings);
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));
    const vote = createVoteApp(this, registry, settings);
    addOutputs(this, { ...platformOutputs(registry, cluster), ...applicationOutputs(vote, settings) });
    adoptArticle(this, settings);
  }
}
