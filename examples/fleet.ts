/**
 * How do I keep three environments in two regions identical, each deployed by its own team on its own schedule?
 *
 * One table, a stack for each row, and a separate state for each stack: deployments lock only their own state, and can
 * run in parallel.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, AzurermBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AcrRegistry, AksCluster, ClusterTier, Problems } from '../constructs';

/** The differences between environments. */
interface Environment {
  readonly name: string;
  readonly location: string;
  readonly maxNodes: number;
  readonly tier: ClusterTier;
}

const ENVIRONMENTS: readonly Environment[] = [
  { name: 'test', location: 'westeurope', maxNodes: 3, tier: ClusterTier.FREE },
  { name: 'prod-eu', location: 'westeurope', maxNodes: 20, tier: ClusterTier.STANDARD },
  { name: 'prod-us', location: 'eastus2', maxNodes: 20, tier: ClusterTier.STANDARD },
];

export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, id: string, { name, location, maxNodes, tier }: Environment) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    new AzurermBackend(this, {
      resourceGroupName: 'terraform-state-rg',
      storageAccountName: 'contosotfstate',
      containerName: 'tfstate',
      key: `${id}.tfstate`,
      useAzureadAuth: true,
    });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: `shop-${name}-rg`, location });
    const registryName = `contososhop${name.replace('-', '')}`;
    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName: `shop-${name}-aks`,
      tier,
      defaultNodePool: { autoscaling: { minCount: 2, maxCount: maxNodes } },
    });
    registry.grantPull(cluster);
    new TerraformOutput(this, 'get-credentials', { value: cluster.credentialsCommand });
  }
}

export function createFleet(app: App): void {
  for (const environment of ENVIRONMENTS) {
    new EnvironmentStack(app, `shop-${environment.name}`, environment);
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  createFleet(app);
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
