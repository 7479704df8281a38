import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { HorizontalPodAutoscalerV1 } from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v1';
import {
  HorizontalPodAutoscalerV2,
  type HorizontalPodAutoscalerV2SpecMetric as Metric,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { PodDisruptionBudget } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { PodV1 } from '@cdktf/provider-kubernetes/lib/pod-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  DisruptionBudget,
  Manifests,
  Memory,
  Problems,
  ScalingTrigger,
  Severity,
  VerticalScalingMode,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { testStack } from '../../util';

/*
 * What Kubernetes wants to have once for the same pods, made twice: by a workload, by a binding and by a manifest in any
 * combination.
 */

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
const REQUESTS = { cpuRequest: Cpu.millis(100), memoryRequest: Memory.mebibytes(128) };

function web(stack: TerraformStack, props: Partial<WorkloadProps> = {}, id = 'web'): Workload {
  return new Workload(stack, id, { name: id, image: IMAGE, containerPort: 8080, resources: REQUESTS, ...props });
}

/** Deployed by hand, without anything that scales it or keeps its pods. */
function byHand(stack: TerraformStack, labels: { [label: string]: string }, name = 'by-hand'): void {
  new DeploymentV1(stack, name, {
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { container: [{ name: 'web', port: [{ containerPort: 8080 }] }] } },
    },
  });
}

function budget(
  stack: TerraformStack,
  name: string,
  matchLabels: { [label: string]: string } | undefined,
  namespace?: string,
): void {
  new PodDisruptionBudgetV1(stack, name, {
    metadata: { name, namespace },
    spec: { maxUnavailable: '1', selector: { matchLabels } },
  });
}

const BUDGET_IN_YAML = `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: in-yaml }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`;

const UTILIZATION = { type: 'Utilization', averageUtilization: 70 };
const byResource = (name: string): Metric => ({ type: 'Resource', resource: { name, target: UTILIZATION } });
const byContainer = (name: string): Metric => ({
  type: 'ContainerResource',
  containerResource: { container: 'web', name, target: UTILIZATION },
});
const BY_ORDERS: Metric = {
  type: 'External',
  external: { metric: { name: 'orders' }, target: { type: 'Value', value: '5' } },
};

function autoscaler(stack: TerraformStack, name: string, target = 'web', metric = byResource('cpu')): void {
  new HorizontalPodAutoscalerV2(stack, name, {
    metadata: { name },
    spec: {
      maxReplicas: 5,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
      metric: [metric],
    },
  });
}

/** One of the version that knows the CPU alone, and goes by it unless told otherwise. */
function oldAutoscaler(stack: TerraformStack, targetCpuUtilizationPercentage?: number): void {
  new HorizontalPodAutoscalerV1(stack, 'other', {
    metadata: { name: 'other' },
    spec: { maxReplicas: 5, targetCpuUtilizationPercentage, scaleTargetRef: WEB },
  });
}

const AUTOSCALER_IN_YAML = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: in-yaml }
spec:
  maxReplicas: 5
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
`;

function custom(stack: TerraformStack, kind: string, id: string, spec: object, annotations = {}, name = id): void {
  new Manifest(stack, id, {
    manifest: { apiVersion: 'example/v1', kind, metadata: { name, namespace: 'default', annotations }, spec },
  });
}

const TRIGGER = ScalingTrigger.schedule({ start: '0 8 * * *', end: '0 18 * * *', replicas: 2 });
const WEB = { kind: 'Deployment', name: 'web' };

/** What a VerticalPodAutoscaler is for that changes the requests of one resource. */
function changing(resource: string): object {
  const policy = { containerName: '*', controlledResources: [resource] };
  return { targetRef: WEB, resourcePolicy: { containerPolicies: [policy] } };
}

function rulesOf(stack: TerraformStack): string[] {
  return Problems.list(stack).map(({ rule }) => rule);
}

type Make = (stack: TerraformStack) => void;

describe('disruption budgets', () => {
  test.each<[string, Make]>([
    ['a binding', (stack) => budget(stack, 'other', { app: 'web' })],
    ['a binding for all pods', (stack) => budget(stack, 'other', undefined)],
    ['a binding by another label', (stack) => budget(stack, 'other', { 'app.kubernetes.io/name': 'web' })],
    ['a manifest', (stack) => void Manifests.fromYaml(stack, 'other', { yaml: BUDGET_IN_YAML })],
    [
      'an older binding',
      (stack) =>
        void new PodDisruptionBudget(stack, 'other', {
          metadata: { name: 'other' },
          spec: { maxUnavailable: '1', selector: { matchLabels: { app: 'web' } } },
        }),
    ],
  ])('of a workload and of %s are reported', (_, make) => {
    const stack = testStack();
    web(stack);
    make(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\] the pods of stack\/web must have at most one PodDisruptionBudget, got those of stack\/web and stack\/other.*: Kubernetes then evicts none of the pods/,
      ),
    ]);
    Problems.acknowledge(stack, 'disruption-budget-once', 'nothing is ever drained');
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, Make]>([
    ['of another workload', (stack) => budget(stack, 'other', { app: 'api' })],
    ['of another namespace', (stack) => budget(stack, 'other', { app: 'web' }, 'shop')],
    ['of all pods of another namespace', (stack) => budget(stack, 'other', undefined, 'shop')],
    [
      'by expressions, which are not compared,',
      (stack) =>
        void new PodDisruptionBudgetV1(stack, 'other', {
          metadata: { name: 'other' },
          spec: { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
        }),
    ],
  ])('%s are fine', (_, make) => {
    const stack = testStack();
    web(stack);
    make(stack);

    expect(rulesOf(stack)).toEqual([]);
  });

  test('of one name are reported as that', () => {
    const stack = testStack();
    web(stack, { disruptionBudget: DisruptionBudget.none() });
    for (const id of ['one', 'two']) {
      new PodDisruptionBudgetV1(stack, id, {
        metadata: { name: 'same' },
        spec: { maxUnavailable: '1', selector: { matchLabels: { app: 'web' } } },
      });
    }

    expect(rulesOf(stack)).toEqual(['object-name-unique']);
  });

  test('are fine by hand for a workload that has none', () => {
    const stack = testStack();
    web(stack, { disruptionBudget: DisruptionBudget.none() });
    budget(stack, 'other', { app: 'web' });

    expect(rulesOf(stack)).toEqual([]);
  });
});

describe('autoscalers', () => {
  const scaled = { autoscaling: { minReplicas: 2, maxReplicas: 5 } };
  const byEvents = { eventScaling: { maxReplicas: 5, triggers: [TRIGGER] } };

  test.each<[string, Partial<WorkloadProps>, Make, string]>([
    ['a binding', scaled, (stack) => autoscaler(stack, 'other'), 'autoscaler-once'],
    [
      'a manifest',
      scaled,
      (stack) => void Manifests.fromYaml(stack, 'other', { yaml: AUTOSCALER_IN_YAML }),
      'autoscaler-once',
    ],
    [
      'a ScaledObject',
      scaled,
      (stack) => custom(stack, 'ScaledObject', 'other', { scaleTargetRef: WEB }),
      'autoscaler-once',
    ],
    ['events and of a binding', byEvents, (stack) => autoscaler(stack, 'other'), 'autoscaler-once'],
    [
      'CPU, and one that changes what is requested',
      scaled,
      (stack) => custom(stack, 'VerticalPodAutoscaler', 'other', { targetRef: WEB }),
      'autoscalers-apart',
    ],
    [
      'what is requested, and one by CPU',
      { verticalScaling: {} },
      (stack) => autoscaler(stack, 'other'),
      'autoscalers-apart',
    ],
    [
      'CPU, and one that changes how much of it is requested',
      scaled,
      (stack) => custom(stack, 'VerticalPodAutoscaler', 'other', changing('cpu')),
      'autoscalers-apart',
    ],
    [
      'what is requested, and one by the memory of a container',
      { verticalScaling: {} },
      (stack) => autoscaler(stack, 'other', 'web', byContainer('memory')),
      'autoscalers-apart',
    ],
    [
      'what is requested, and an old one by CPU',
      { verticalScaling: {} },
      (stack) => oldAutoscaler(stack, 70),
      'autoscalers-apart',
    ],
    [
      'what is requested, and an old one by nothing else',
      { verticalScaling: {} },
      (stack) => oldAutoscaler(stack),
      'autoscalers-apart',
    ],
    [
      'CPU, and one that changes what one container requests',
      scaled,
      (stack) =>
        custom(stack, 'VerticalPodAutoscaler', 'other', {
          targetRef: WEB,
          resourcePolicy: { containerPolicies: [{ containerName: 'sidecar', mode: 'Off' }, { containerName: 'web' }] },
        }),
      'autoscalers-apart',
    ],
    [
      'what is requested, and a ScaledObject by memory',
      { verticalScaling: {} },
      (stack) => custom(stack, 'ScaledObject', 'other', { scaleTargetRef: WEB, triggers: [{ type: 'memory' }] }),
      'autoscalers-apart',
    ],
    [
      'what is requested, and another of these',
      { verticalScaling: {} },
      (stack) => custom(stack, 'VerticalPodAutoscaler', 'other', { targetRef: WEB }),
      'vertical-autoscaler-once',
    ],
  ])('of a workload by %s are reported', (_, props, make, rule) => {
    const stack = testStack();
    web(stack, props);
    make(stack);

    expect(Problems.list(stack).filter(({ severity }) => severity === Severity.ERROR)).toEqual([
      {
        ...{ path: 'stack', rule, severity: Severity.ERROR },
        message: expect.stringMatching(
          /^the Deployment "web" must .*of stack\/(web and .*other|other and .*web)/,
        ) as string,
      },
    ]);
    Problems.acknowledge(stack, rule, 'one of them is asleep');
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, Partial<WorkloadProps>, Make]>([
    ['of two workloads', scaled, (stack) => autoscaler(stack, 'other', 'api')],
    [
      'that KEDA takes over',
      scaled,
      (stack) =>
        custom(
          stack,
          'ScaledObject',
          'other',
          { scaleTargetRef: WEB },
          { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' },
        ),
    ],
    [
      'of which one only recommends',
      scaled,
      (stack) =>
        custom(stack, 'VerticalPodAutoscaler', 'other', { targetRef: WEB, updatePolicy: { updateMode: 'Off' } }),
    ],
    [
      'by CPU of which one changes only memory',
      scaled,
      (stack) => custom(stack, 'VerticalPodAutoscaler', 'other', changing('memory')),
    ],
    [
      'of which one changes no container',
      scaled,
      (stack) =>
        custom(stack, 'VerticalPodAutoscaler', 'other', {
          targetRef: WEB,
          resourcePolicy: { containerPolicies: [{ containerName: '*', mode: 'Off' }] },
        }),
    ],
    ['of which one goes by events', { verticalScaling: {} }, (stack) => autoscaler(stack, 'other', 'web', BY_ORDERS)],
    [
      'of which one goes by memory, and the other changes the CPU,',
      {},
      (stack) => {
        autoscaler(stack, 'horizontal', 'web', byResource('memory'));
        custom(stack, 'VerticalPodAutoscaler', 'vertical', changing('cpu'));
      },
    ],
    [
      'of which one goes by the memory of a container, and the other changes the CPU,',
      {},
      (stack) => {
        autoscaler(stack, 'horizontal', 'web', byContainer('memory'));
        custom(stack, 'VerticalPodAutoscaler', 'vertical', changing('cpu'));
      },
    ],
    [
      'of which one goes by CPU, beside a ScaledObject with a trigger of nothing,',
      { verticalScaling: {} },
      (stack) => custom(stack, 'ScaledObject', 'other', { scaleTargetRef: WEB, triggers: [null, { type: 'cron' }] }),
    ],
    [
      'without a target',
      scaled,
      (stack) => {
        custom(stack, 'ScaledObject', 'one', { scaleTargetRef: { kind: 'Deployment' } });
        custom(stack, 'ScaledObject', 'two', {});
      },
    ],
    [
      'of which one is for a StatefulSet',
      scaled,
      (stack) => custom(stack, 'ScaledObject', 'other', { scaleTargetRef: { ...WEB, kind: 'StatefulSet' } }),
    ],
  ])('%s are fine', (_, props, make) => {
    const stack = testStack();
    web(stack, props);
    make(stack);

    expect(rulesOf(stack)).toEqual([]);
  });

  test('with metrics that are none are reported as that', () => {
    const stack = testStack();
    web(stack, { autoscaling: { minReplicas: 2, maxReplicas: 5, metrics: [null] as never } });

    expect(rulesOf(stack)).toEqual(['declared-type']);
  });

  test('of one name are reported as that', () => {
    const stack = testStack();
    web(stack);
    for (const id of ['one', 'two']) {
      custom(stack, 'VerticalPodAutoscaler', id, { targetRef: WEB }, {}, 'same');
      custom(stack, 'ScaledObject', `scaled-${id}`, { scaleTargetRef: WEB }, {}, 'same');
    }

    expect(rulesOf(stack)).toEqual(['object-name-unique', 'object-name-unique']);
  });

  test('of one workload are reported as its options, once', () => {
    const stack = testStack();
    web(stack, { ...scaled, verticalScaling: { mode: VerticalScalingMode.RECREATE } });

    expect(rulesOf(stack)).toEqual(['autoscaling-or-vertical-scaling']);
  });
});

describe('a Service', () => {
  function service(stack: TerraformStack, selector: { [label: string]: string }, port = 8080): void {
    new ServiceV1(stack, 'service', { metadata: { name: 'service' }, spec: { selector, port: [{ port }] } });
  }

  test('that selects two applications is warned of', () => {
    const stack = testStack();
    byHand(stack, { app: 'shop', tier: 'front' }, 'shop');
    byHand(stack, { app: 'blog', tier: 'front' }, 'blog');
    service(stack, { tier: 'front' });
    web(stack);

    expect(Problems.warningsOf(stack)).toEqual([
      '[stack] the selector of the Service stack/service must select the pods of one application, got those of stack/shop and ' +
        'stack/blog: requests would be spread across all of them. Select one with a label that the others do not have',
    ]);
    expect(Problems.of(stack)).toEqual([]);
  });

  test('that selects a pod by itself beside others is warned of', () => {
    const stack = testStack();
    byHand(stack, { app: 'shop', tier: 'front' }, 'shop');
    new PodV1(stack, 'blog', {
      metadata: { name: 'blog', labels: { app: 'blog', tier: 'front' } },
      spec: { container: [{ name: 'blog', port: [{ containerPort: 8080 }] }] },
    });
    service(stack, { tier: 'front' });
    web(stack);

    expect(Problems.warningsOf(stack)).toEqual([expect.stringContaining('got those of stack/shop and stack/blog')]);
  });

  test('that selects by two labels gets only pods that have both', () => {
    const stack = testStack();
    byHand(stack, { app: 'shop', tier: 'front' }, 'front');
    byHand(stack, { app: 'shop', tier: 'back' }, 'back');
    byHand(stack, { app: 'blog', tier: 'front' }, 'blog');
    service(stack, { tier: 'front', app: 'shop' });
    web(stack);

    expect(rulesOf(stack)).toEqual([]);
  });

  test('that selects two versions of an application is fine', () => {
    const stack = testStack();
    byHand(stack, { app: 'shop', track: 'stable' }, 'stable');
    byHand(stack, { app: 'shop', track: 'canary' }, 'canary');
    service(stack, { app: 'shop' });
    web(stack);

    expect(rulesOf(stack)).toEqual([]);
  });

  test('that selects pods of which some do not listen is reported, once', () => {
    const stack = testStack();
    byHand(stack, { app: 'shop', tier: 'front' }, 'shop');
    new DeploymentV1(stack, 'blog', {
      metadata: { name: 'blog' },
      spec: {
        selector: { matchLabels: { app: 'blog' } },
        template: {
          metadata: { labels: { app: 'blog', tier: 'front' } },
          spec: { container: [{ name: 'blog', port: [{ containerPort: 3000 }] }] },
        },
      },
    });
    service(stack, { tier: 'front' });
    web(stack);

    expect(Problems.list(stack).map(({ message }) => message)).toEqual([
      `'targetPort' of the Service stack/service must be a port that a container of stack/blog listens on (3000), got "8080": ` +
        'the Service selects other pods as well, and a part of its requests fails',
    ]);
  });
});
