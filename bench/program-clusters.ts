import { App, TerraformStack } from 'cdktf';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { AksCluster, Problems } from '../constructs';

/** One run: `node program-clusters.js <clusters> <outdir>` creates clusters with three pools each in one stack. */
const [clusters, outdir] = process.argv.slice(2);
const app = new App({ outdir, stackTraces: false, skipValidation: true });
const stack = new TerraformStack(app, 'fleet');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
for (let n = 0; n < Number(clusters); n++) {
  const resourceGroup = { name: 'fleet-rg', location: 'westeurope' };
  const cluster = new AksCluster(stack, `cluster-${n}`, { resourceGroup, clusterName: `fleet-${n}` });
  for (const nodePoolName of ['web', 'batch', 'spare']) {
    cluster.addNodePool(nodePoolName, { name: nodePoolName });
  }
}
const problems = Problems.of(app);
if (problems.length > 0) {
  throw new Error(problems.join('\n'));
}
app.synth();
