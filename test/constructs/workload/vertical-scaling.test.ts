import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AksCluster,
  type AksClusterProps,
  ContainerImage,
  Cpu,
  DaemonSet,
  Memory,
  Problems,
  ScalingMetric,
  ScalingTrigger,
  VerticalScalingMode,
  Worker,
  type WorkerProps,
  Workload,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, only, RESOURCE_GROUP, synth, testStack, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/orders:1');

function workerIn(stack: TerraformStack, props: Partial<WorkerProps>): Worker {
  return new Worker(stack, 'orders', { name: 'orders', image, ...props });
}

function problemsWith(props: Partial<WorkerProps>): string[] {
  const stack = testStack();
  workerIn(stack, props);
  return Problems.of(stack);
}

/** The problems of a worker in a stack of its own, on a cluster that another stack of the program makes. */
function problemsOn(clusterProps: Partial<AksClusterProps>, props: Partial<WorkerProps>): string[] {
  const app = new App();
  const platform = new TerraformStack(app, 'platform');
  new AksCluster(platform, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks', ...clusterProps });
  const stack = new TerraformStack(app, 'orders');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const found = AksCluster.fromClusterName(stack, 'found', {
    clusterName: 'aks',
    resourceGroupName: RESOURCE_GROUP.name,
  });
  new KubernetesProvider(stack, 'kubernetes', found.kubernetesProviderConfig(stack));
  workerIn(stack, props);
  return Problems.of(stack);
}

describe('requests that follow what pods use', () => {
  test('are an object for the VerticalPodAutoscaler, after the pods that it is about', () => {
    const stack = testStack();
    workerIn(stack, { verticalScaling: {} });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'kubernetes_manifest')).toEqual({
      depends_on: [expect.stringMatching(/^kubernetes_deployment_v1\.orders_/)],
      manifest: {
        apiVersion: 'autoscaling.k8s.io/v1',
        kind: 'VerticalPodAutoscaler',
        metadata: { name: 'orders', namespace: 'default', labels: { 'app.kubernetes.io/managed-by': 'terraform' } },
        spec: {
          targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
          updatePolicy: { updateMode: 'Recreate' },
          resourcePolicy: { containerPolicies: [{ containerName: '*' }] },
        },
      },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('stay within bounds, each with its own unit', () => {
    const stack = testStack();
    workerIn(stack, {
      verticalScaling: {
        mode: VerticalScalingMode.IN_PLACE_OR_RECREATE,
        minCpu: Cpu.millis(100),
        maxCpu: Cpu.cores(2),
        maxMemory: Memory.gibibytes(4),
      },
    });

    expect(only(synth(stack), 'kubernetes_manifest')).toMatchObject({
      manifest: {
        spec: {
          updatePolicy: { updateMode: 'InPlaceOrRecreate' },
          resourcePolicy: {
            containerPolicies: [
              { containerName: '*', minAllowed: { cpu: '100m' }, maxAllowed: { cpu: '2', memory: '4Gi' } },
            ],
          },
        },
      },
    });
  });

  test('are those of a Deployment, a StatefulSet and a DaemonSet by their names', () => {
    const stack = testStack();
    const verticalScaling = {};
    new Workload(stack, 'web', { name: 'web', image, containerPort: 80, deploymentName: 'front', verticalScaling });
    new Worker(stack, 'queue', { name: 'queue', image, stateful: {}, verticalScaling });
    new DaemonSet(stack, 'agent', { name: 'agent', image, verticalScaling });
    const json = synth(stack);

    expect(
      ['web', 'queue', 'agent'].map(
        (name) =>
          (at(json, 'kubernetes_manifest', `${name}_vertical-scaler`)['manifest'] as { spec: { targetRef: object } })
            .spec.targetRef,
      ),
    ).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'front' },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'queue' },
      { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' },
    ]);
    expect(at(json, 'kubernetes_manifest', 'agent_vertical-scaler')['depends_on']).toEqual([
      expect.stringMatching(/^kubernetes_daemon_set_v1\.agent_/),
    ]);
  });

  test.each<[Partial<WorkerProps>, string]>([
    [{ verticalScaling: { minCpu: Cpu.of('much') } }, "'verticalScaling.minCpu' must be"],
    [{ verticalScaling: { maxCpu: Cpu.of('-1') } }, "'verticalScaling.maxCpu' must be"],
    [{ verticalScaling: { minMemory: Memory.of('1GB') } }, "'verticalScaling.minMemory' must be"],
    [{ verticalScaling: { maxMemory: Memory.of('1k') } }, "'verticalScaling.maxMemory' must be"],
    [
      { verticalScaling: { minCpu: Cpu.cores(1), maxCpu: Cpu.millis(999) } },
      '\'verticalScaling.maxCpu\' must not be less than \'verticalScaling.minCpu\' ("1"), got "999m"',
    ],
    [
      { verticalScaling: { minMemory: Memory.gibibytes(1), maxMemory: Memory.mebibytes(1023) } },
      '\'verticalScaling.maxMemory\' must not be less than \'verticalScaling.minMemory\' ("1Gi"), got "1023Mi"',
    ],
  ])('are refused with bounds that cannot hold: %#', (props, text) => {
    expect(problemsWith(props)).toEqual([expect.stringContaining(text)]);
  });

  describe('beside an autoscaler', () => {
    const resources = { cpuRequest: Cpu.millis(250), memoryRequest: Memory.mebibytes(128) };
    const counts = { minReplicas: 2, maxReplicas: 5 };
    const conflict = expect.stringContaining(
      "'verticalScaling' must not change the requests that 'autoscaling' is based on",
    );

    test.each([
      ['CPU, as it does if nothing is said', counts],
      ['memory', { ...counts, memoryUtilizationPercent: 80 }],
      ['the CPU of one container', { ...counts, metrics: [ScalingMetric.containerCpu('orders', 70)] }],
    ])('are refused where it goes by %s', (_, autoscaling) => {
      expect(problemsWith({ resources, autoscaling, verticalScaling: {} })).toEqual([conflict]);
      expect(problemsWith({ resources, autoscaling, verticalScaling: { mode: VerticalScalingMode.INITIAL } })).toEqual([
        conflict,
      ]);
      expect(problemsWith({ resources, autoscaling, verticalScaling: { mode: VerticalScalingMode.OFF } })).toEqual([]);
    });

    test('may change where it goes by something else', () => {
      const metrics = [ScalingMetric.pods('orders_waiting', 10)];
      const triggers = [ScalingTrigger.schedule({ start: '0 8 * * *', end: '0 18 * * *', replicas: 2 })];

      expect(problemsWith({ autoscaling: { ...counts, metrics }, verticalScaling: {} })).toEqual([]);
      expect(problemsWith({ eventScaling: { maxReplicas: 5, triggers }, verticalScaling: {} })).toEqual([]);
    });
  });

  test.each<[Partial<WorkerProps>, boolean]>([
    [{ replicas: 1, verticalScaling: {} }, true],
    [{ replicas: 1, verticalScaling: { mode: VerticalScalingMode.IN_PLACE_OR_RECREATE } }, true],
    [{ replicas: 1, verticalScaling: { mode: VerticalScalingMode.INITIAL } }, false],
    [{ replicas: 1, verticalScaling: { mode: VerticalScalingMode.OFF } }, false],
    [{ replicas: 2, verticalScaling: {} }, false],
    [{ verticalScaling: {} }, false],
  ])('of a pod that is the only one are warned of: %#', (props, isWarned) => {
    const stack = testStack();
    workerIn(stack, props);

    expect(
      warningsOf(stack).map((one) => one.includes("'verticalScaling' does not affect a single running pod")),
    ).toEqual(isWarned ? [true] : []);
  });

  test('need the add-on of a cluster that the program makes, as scaling by events does', () => {
    const triggers = [ScalingTrigger.schedule({ start: '0 8 * * *', end: '0 18 * * *', replicas: 2 })];
    const vertical = { verticalScaling: {} };
    const events = { eventScaling: { maxReplicas: 5, triggers } };

    expect(problemsOn({}, vertical)).toEqual([
      "[orders/orders] 'verticalScaling' needs an add-on that platform/cluster does not have: set its " +
        "'verticalPodAutoscaler' to true",
    ]);
    expect(problemsOn({}, events)).toEqual([
      "[orders/orders] 'eventScaling' needs an add-on that platform/cluster does not have: set its 'keda' to true",
    ]);
    expect(problemsOn({ verticalPodAutoscaler: true }, vertical)).toEqual([]);
    expect(problemsOn({ keda: true }, events)).toEqual([]);
  });

  test('are of a kind that the cluster must know when Terraform plans', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', {
      resourceGroup: RESOURCE_GROUP,
      clusterName: 'aks',
      verticalPodAutoscaler: true,
    });
    const provider = new KubernetesProvider(stack, 'aks', {
      ...cluster.kubernetesProviderConfig(stack),
      alias: 'aks',
    });
    workerIn(stack, { verticalScaling: {}, provider });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('stack/orders/vertical-scaler')]);
  });
});
