import fc from 'fast-check';
import {
  ContainerImage,
  Cpu,
  Memory,
  MetricTarget,
  Problems,
  ScalingMetric,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { isAbove } from '../../../constructs/kubernetes/quantity';
import { invalidManifests } from '../../manifests';
import { type Block, only, synth, testStack, token } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const BOTH = { cpuRequest: Cpu.millis(100), memoryRequest: Memory.mebibytes(64) };

function stackWith(metrics: ScalingMetric[], props: Partial<WorkloadProps> = {}) {
  const stack = testStack();
  const autoscaling = { minReplicas: 2, maxReplicas: 10, metrics };
  new Workload(stack, 'web', { name: 'web', image: IMAGE, containerPort: 8080, autoscaling, ...props });
  return stack;
}

function specOf(stack: ReturnType<typeof testStack>): Block {
  return only(synth(stack), 'kubernetes_horizontal_pod_autoscaler_v2').spec as Block;
}

const EACH: readonly [string, ScalingMetric, Block][] = [
  [
    'the CPU of a container',
    ScalingMetric.containerCpu('web', 60),
    {
      type: 'ContainerResource',
      container_resource: { container: 'web', name: 'cpu', target: { type: 'Utilization', average_utilization: 60 } },
    },
  ],
  [
    'the memory of a sidecar',
    ScalingMetric.containerMemory('proxy', 80),
    {
      type: 'ContainerResource',
      container_resource: {
        container: 'proxy',
        name: 'memory',
        target: { type: 'Utilization', average_utilization: 80 },
      },
    },
  ],
  [
    'a metric of the pods',
    ScalingMetric.pods('http_requests_per_second', 2.5, { labels: { verb: 'GET' } }),
    {
      type: 'Pods',
      pods: {
        metric: { name: 'http_requests_per_second', selector: [{ match_labels: { verb: 'GET' } }] },
        target: { type: 'AverageValue', average_value: '2500m' },
      },
    },
  ],
  [
    'a metric of an object',
    ScalingMetric.object(
      'requests',
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', objectName: 'shop' },
      MetricTarget.value(2000),
    ),
    {
      type: 'Object',
      object: {
        described_object: { api_version: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' },
        metric: { name: 'requests' },
        target: { type: 'Value', value: '2k' },
      },
    },
  ],
  [
    'a metric from outside',
    ScalingMetric.external('queue_length', MetricTarget.averagePerPod(30), { labels: { queue: 'orders' } }),
    {
      type: 'External',
      external: {
        metric: { name: 'queue_length', selector: [{ match_labels: { queue: 'orders' } }] },
        target: { type: 'AverageValue', average_value: '30' },
      },
    },
  ],
];

const sidecars = [{ name: 'proxy', image: IMAGE, resources: BOTH }];

test.each(EACH)('scales by %s, and by CPU no more', (_, metric, expected) => {
  const stack = stackWith([metric], { resources: BOTH, sidecars });

  expect(Problems.of(stack)).toEqual([]);
  expect(invalidManifests(synth(stack))).toEqual([]);
  expect(specOf(stack).metric).toEqual([expected]);
});

test('goes by several metrics, beside CPU where that is asked for', () => {
  const autoscaling = {
    minReplicas: 1,
    maxReplicas: 3,
    cpuUtilizationPercent: 50,
    metrics: EACH.map(([, metric]) => metric),
    maxPodsAddedPerMinute: 2,
  };
  const stack = stackWith([], { autoscaling, resources: BOTH, sidecars });

  expect(Problems.of(stack)).toEqual([]);
  expect((specOf(stack).metric as Block[]).map(({ type }) => type)).toEqual([
    'Resource',
    ...EACH.map(([, , { type }]) => type),
  ]);
  expect(specOf(stack).behavior).toMatchObject({
    scale_up: [{ policy: [{ type: 'Pods', value: 2, period_seconds: 60 }] }],
  });
});

test('scales workers as well', () => {
  const stack = testStack();
  const metrics = [ScalingMetric.external('queue_length', MetricTarget.averagePerPod(30))];
  new Worker(stack, 'worker', {
    name: 'worker',
    image: IMAGE,
    autoscaling: { minReplicas: 1, maxReplicas: 9, metrics },
  });

  expect(Problems.of(stack)).toEqual([]);
  expect(specOf(stack).metric).toHaveLength(1);
});

test('goes by CPU where the list is empty', () => {
  expect(specOf(stackWith([], { resources: BOTH })).metric).toMatchObject([{ resource: { name: 'cpu' } }]);
});

test('takes an amount that only Terraform knows', () => {
  const stack = testStack();
  const { numberValue } = token(stack);
  const metrics = [ScalingMetric.pods('requests', numberValue)];
  new Workload(stack, 'web', {
    name: 'web',
    image: IMAGE,
    containerPort: 80,
    autoscaling: { minReplicas: 1, maxReplicas: 2, metrics },
  });

  expect(Problems.of(stack)).toEqual([]);
  expect(JSON.stringify(specOf(stack))).toContain('"average_value":"${var.token}"');
});

test('writes amounts as Kubernetes does, so that no later plan changes them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e15 }), (thousandths) => {
      const stack = stackWith([ScalingMetric.pods('requests', thousandths / 1000)]);
      const [metric] = specOf(stack).metric as [{ pods: { target: { average_value: string } } }];
      const text = metric.pods.target.average_value;

      // the shortest text with a whole number, and the same amount
      expect(text).toMatch(/^[1-9][0-9]*[mkMGTP]?$/);
      expect(text).not.toMatch(/000[mkMGT]?$/);
      expect(isAbove(text, `${thousandths}m`) || isAbove(`${thousandths}m`, text)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test.each<[string, ScalingMetric, RegExp]>([
  [
    'a container that is not there',
    ScalingMetric.containerCpu('nginx', 60),
    /'autoscaling\.metrics\[0\]\.containerName' must be the name of a container of the pods \(web, proxy\), got "nginx"/,
  ],
  [
    'a container without a request',
    ScalingMetric.containerMemory('proxy', 60),
    /'sidecars\[0\]\.resources\.memoryRequest' must be given with 'autoscaling\.metrics\[0\]', got none/,
  ],
  [
    'no utilization',
    ScalingMetric.containerCpu('web', 0),
    /'autoscaling\.metrics\[0\]\.utilizationPercent' must be a whole number from 1/,
  ],
  [
    'a metric without a name',
    ScalingMetric.pods('', 1),
    /'autoscaling\.metrics\[0\]\.metricName' must be one or more characters/,
  ],
  [
    'a path for a name',
    ScalingMetric.external('a/b', MetricTarget.value(1)),
    /metricName' must be one or more characters.*got "a\/b"/,
  ],
  ['no amount', ScalingMetric.pods('requests', 0), /'autoscaling\.metrics\[0\]\.averageValue' must be greater than 0/],
  [
    'too fine an amount',
    ScalingMetric.external('queue', MetricTarget.value(0.0001)),
    /'autoscaling\.metrics\[0\]\.target' must be greater than 0 .* three decimal places/,
  ],
  [
    'no labels',
    ScalingMetric.pods('requests', 1, { labels: {} }),
    /'autoscaling\.metrics\[0\]\.labels' must name at least one label/,
  ],
  [
    'a label that is none',
    ScalingMetric.pods('requests', 1, { labels: { 'a b': 'c' } }),
    /'autoscaling\.metrics\[0\]\.labels' must be the key of a label/,
  ],
  [
    'no version',
    ScalingMetric.object(
      'requests',
      { apiVersion: 'Ingress', kind: 'Ingress', objectName: 'a' },
      MetricTarget.value(1),
    ),
    /'autoscaling\.metrics\[0\]\.object\.apiVersion' must be a version of an API/,
  ],
])('reports %s once', (_, metric, message) => {
  const stack = stackWith([metric], { resources: BOTH, sidecars: [{ name: 'proxy', image: IMAGE }] });

  expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
});
