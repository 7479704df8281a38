/**
 * How do I run interruptible work on Spot nodes, and keep everything else off them?
 *
 * `Placement.on(pool)` derives the selector and the tolerations from the labels and the taints of the pool, so that
 * they always match; other pods are kept off. The pool scales with the work; the queue runs on regular nodes.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AcrRegistry,
  AksCluster,
  Cpu,
  DisruptionBudget,
  EnvValue,
  Memory,
  Placement,
  PriorityClass,
  Problems,
  Spread,
  Worker,
  Workload,
} from '../constructs';

/** Azure announces an eviction 30 seconds in advance. */
const GRACE_SECONDS = 25;

export class SpotWorkersStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: 'render-rg', location: 'westeurope' });
    const registry = new AcrRegistry(this, 'registry', { resourceGroup, registryName: 'contosorender' });
    const cluster = new AksCluster(this, 'cluster', { resourceGroup, clusterName: 'render-aks' });
    const spot = cluster.addNodePool('spot', {
      name: 'spot',
      vmSize: 'Standard_D8s_v5',
      zones: ['1', '2', '3'],
      spot: {},
      autoscaling: { minCount: 0, maxCount: 20 },
    });
    registry.grantPull(cluster);
    new KubernetesProvider(this, 'kubernetes', cluster.kubernetesProviderConfig(this));

    const queue = new Workload(this, 'queue', {
      name: 'render-queue',
      image: registry.image('render-queue', '2.1.0'),
      containerPort: 8080,
      resources: { cpuRequest: Cpu.millis(250), memoryRequest: Memory.mebibytes(256) },
    });
    new Worker(this, 'renderer', {
      name: 'renderer',
      image: registry.image('renderer', '2.1.0'),
      environment: { QUEUE_URL: EnvValue.fromValue(queue.url) },
      placement: Placement.on(spot),
      // more important pods can preempt it
      priorityClass: new PriorityClass(this, 'interruptible', { priorityClassName: 'interruptible', value: -10 }),
      // a node is lost with all of its pods, and nobody waits for a single one
      autoscaling: { minReplicas: 1, maxReplicas: 60, cpuUtilizationPercent: 70 },
      disruptionBudget: DisruptionBudget.none(),
      spread: Spread.none(),
      resources: { cpuRequest: Cpu.cores(2), memoryRequest: Memory.gibibytes(4), memoryLimit: Memory.gibibytes(4) },
      terminationGracePeriodSeconds: GRACE_SECONDS,
      preStopSeconds: 0,
    });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new SpotWorkersStack(app, 'spot-workers');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
