import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  DisruptionBudget,
  Memory,
  PercentOrAbsolute,
  Probe,
  Problems,
  RolloutStrategy,
  Spread,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { type Block, only, synth, testStack, token, warningsOf } from '../../util';

function workloadIn(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 8080, ...props });
}

function specOf(stack: TerraformStack, type: string): Block {
  return only(synth(stack), type).spec as Block;
}

const { absolute, percent } = PercentOrAbsolute;
const REQUESTS = { cpuRequest: Cpu.millis(250), memoryRequest: Memory.mebibytes(128) };

describe('a probe', () => {
  test.each<[string, Probe, object]>([
    ['HTTP', Probe.http('/healthz'), { http_get: { path: '/healthz', port: '8080' } }],
    [
      'HTTPS at a port of its own',
      Probe.http('/healthz', { tls: true, port: 9090 }),
      { http_get: { path: '/healthz', port: '9090', scheme: 'HTTPS' } },
    ],
    ['TCP', Probe.tcp(), { tcp_socket: [{ port: '8080' }] }],
    ['a command', Probe.exec(['check', '-v']), { exec: { command: ['check', '-v'] } }],
    ['gRPC', Probe.grpc(), { grpc: [{ port: 8080 }] }],
    ['gRPC for one service', Probe.grpc({ service: 'shop' }), { grpc: [{ port: 8080, service: 'shop' }] }],
  ])('asks over %s', (_, readiness, question) => {
    const stack = testStack();
    workloadIn(stack, { probes: { readiness }, additionalPorts: { health: 9090 } });

    expect(Problems.of(stack)).toEqual([]);
    expect(specOf(stack, 'kubernetes_deployment_v1')).toMatchObject({
      template: {
        spec: {
          container: [
            {
              port: [
                { container_port: 8080, name: 'main' },
                { container_port: 9090, name: 'health' },
              ],
              readiness_probe: question,
            },
          ],
        },
      },
    });
  });

  test('is tried as often as it is told', () => {
    const stack = testStack();
    const options = { initialDelaySeconds: 1, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 4 };
    const probes = {
      startup: Probe.tcp(options),
      readiness: Probe.tcp({ ...options, successThreshold: 2 }),
      liveness: Probe.tcp(options),
    };
    workloadIn(stack, { probes });

    const told = { initial_delay_seconds: 1, period_seconds: 2, timeout_seconds: 2, failure_threshold: 4 };
    expect(specOf(stack, 'kubernetes_deployment_v1')).toMatchObject({
      template: {
        spec: {
          container: [
            { startup_probe: told, readiness_probe: { ...told, success_threshold: 2 }, liveness_probe: told },
          ],
        },
      },
    });
  });

  test('that may take longer than its period is warned of', () => {
    const stack = testStack();
    workloadIn(stack, { probes: { liveness: Probe.http('/', { periodSeconds: 5, timeoutSeconds: 10 }) } });

    expect(warningsOf(stack)).toEqual([
      "[stack/web] 'probes.liveness.timeoutSeconds' is 10, longer than 'periodSeconds' (5): a slow response delays the next probe",
    ]);
  });
});

describe('a rollout', () => {
  test('can replace all pods at once', () => {
    const stack = testStack();
    workloadIn(stack, { rollout: { strategy: RolloutStrategy.RECREATE } });

    expect(specOf(stack, 'kubernetes_deployment_v1').strategy).toEqual({ type: 'Recreate' });
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each([
    [{}, true, 600, '15m'],
    [{ progressDeadlineSeconds: 90 }, true, 90, '7m'],
    [{ progressDeadlineSeconds: 90, timeoutMinutes: 2 }, true, 90, '2m'],
    [{ wait: false, timeoutMinutes: 1 }, false, 600, '1m'],
  ])('of %j: Terraform waits %p, with a deadline of %d seconds, at most %s', (rollout, wait, deadline, timeout) => {
    const stack = testStack();
    workloadIn(stack, { rollout });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_deployment_v1')).toMatchObject({
      wait_for_rollout: wait,
      timeouts: { create: timeout, update: timeout },
      spec: { progress_deadline_seconds: deadline },
    });
  });

  test.each<[string, Partial<WorkloadProps>, string]>([
    [
      'a surge without a rolling update',
      { rollout: { strategy: RolloutStrategy.RECREATE, maxSurge: percent(25) } },
      `'rollout.maxSurge' must not be given with the strategy "Recreate", got 25%: all pods are stopped at once`,
    ],
    [
      'missing pods without a rolling update',
      { rollout: { strategy: RolloutStrategy.RECREATE, maxUnavailable: absolute(1) } },
      `'rollout.maxUnavailable' must not be given with the strategy "Recreate", got 1: all pods are stopped at once`,
    ],
    [
      'a deadline that a slow start breaks',
      {
        rollout: { progressDeadlineSeconds: 300, minReadySeconds: 10 },
        probes: { startup: Probe.tcp({ initialDelaySeconds: 20, periodSeconds: 10, failureThreshold: 30 }) },
      },
      `'rollout.progressDeadlineSeconds' must be greater than the 10 seconds of 'rollout.minReadySeconds' and the 320 seconds of 'probes.startup' together, got 300: raise it, or let pods start faster`,
    ],
    [
      'a deadline that a slow readiness breaks',
      {
        rollout: { progressDeadlineSeconds: 60 },
        probes: { readiness: Probe.tcp({ initialDelaySeconds: 60 }) },
      },
      `'rollout.progressDeadlineSeconds' must be greater than the 0 seconds of 'rollout.minReadySeconds' and the 90 seconds of 'probes.readiness' together, got 60: raise it, or let pods start faster`,
    ],
    [
      'a deadline that pods cannot keep',
      { rollout: { progressDeadlineSeconds: 30, minReadySeconds: 30 }, probes: {} },
      `'rollout.progressDeadlineSeconds' must be greater than the 30 seconds of 'rollout.minReadySeconds' together, got 30: raise it, or let pods start faster`,
    ],
    [
      'a time-out before the deadline',
      { rollout: { timeoutMinutes: 10 } },
      `'rollout.timeoutMinutes' must be longer than 'rollout.progressDeadlineSeconds' (600), got 10 minutes: Terraform would give up before Kubernetes reports the reason`,
    ],
    [
      'no time at all',
      { rollout: { timeoutMinutes: 0, wait: false } },
      `'rollout.timeoutMinutes' must be a whole number from 1 to 1440, such as 15, got 0`,
    ],
  ])('with %s is reported', (_, props, message) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/web] ${message}`]);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ...[0, -1, 1.5, Number.NaN].flatMap((value): [string, Partial<WorkloadProps>][] => [
      ['rollout.progressDeadlineSeconds', { rollout: { progressDeadlineSeconds: value } }],
      ['rollout.timeoutMinutes', { rollout: { timeoutMinutes: value } }],
      ['probes.startup.periodSeconds', { probes: { startup: Probe.tcp({ periodSeconds: value }) } }],
      ['probes.startup.failureThreshold', { probes: { startup: Probe.tcp({ failureThreshold: value }) } }],
    ]),
    ...[-1, 1.5, Number.NaN].map((value): [string, Partial<WorkloadProps>] => [
      'rollout.minReadySeconds',
      { rollout: { minReadySeconds: value } },
    ]),
  ])('has one message for a wrong %s: %p', (property, props) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(new RegExp(`^\\[stack/web\\] '${property}' must be a whole`)),
    ]);
  });

  test.each([
    [1, absolute(1), '1 of 1 pods'],
    [2, percent(100), '100% of 2 pods'],
    [3, absolute(5), '5 of 3 pods'],
  ])('of %d replicas that takes all of them at once is warned of', (replicas, maxUnavailable, which) => {
    const stack = testStack();
    workloadIn(stack, { replicas, rollout: { maxUnavailable } });

    expect(warningsOf(stack)).toEqual([
      `[stack/web] 'rollout.maxUnavailable' is ${which}: the application is unavailable while they are replaced`,
    ]);
  });

  test.each([
    [2, absolute(1)],
    [1, percent(99)],
  ])('of %d replicas that keeps some is not', (replicas, maxUnavailable) => {
    const stack = testStack();
    workloadIn(stack, { replicas, rollout: { maxUnavailable } });

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('autoscaling', () => {
  test('is an autoscaler on CPU, and no number of replicas', () => {
    const stack = testStack();
    workloadIn(stack, { resources: REQUESTS, autoscaling: { minReplicas: 2, maxReplicas: 10 } });

    expect(Problems.of(stack)).toEqual([]);
    expect(specOf(stack, 'kubernetes_deployment_v1')).not.toHaveProperty('replicas');
    expect(specOf(stack, 'kubernetes_horizontal_pod_autoscaler_v2')).toMatchInlineSnapshot(`
     {
       "behavior": {
         "scale_down": [
           {
             "policy": [
               {
                 "period_seconds": 60,
                 "type": "Percent",
                 "value": 100,
               },
             ],
             "select_policy": "Max",
             "stabilization_window_seconds": 300,
           },
         ],
         "scale_up": [
           {
             "policy": [
               {
                 "period_seconds": 15,
                 "type": "Percent",
                 "value": 100,
               },
               {
                 "period_seconds": 15,
                 "type": "Pods",
                 "value": 4,
               },
             ],
             "select_policy": "Max",
             "stabilization_window_seconds": 0,
           },
         ],
       },
       "max_replicas": 10,
       "metric": [
         {
           "resource": {
             "name": "cpu",
             "target": {
               "average_utilization": 70,
               "type": "Utilization",
             },
           },
           "type": "Resource",
         },
       ],
       "min_replicas": 2,
       "scale_target_ref": {
         "api_version": "apps/v1",
         "kind": "Deployment",
         "name": "web",
       },
     }
    `);
  });

  test('can go by memory alone, or by both, as slowly as it is told', () => {
    const stack = testStack();
    const autoscaling = {
      minReplicas: 1,
      maxReplicas: 1,
      memoryUtilizationPercent: 80,
      scaleDownStabilizationSeconds: 600,
      scaleUpStabilizationSeconds: 60,
      maxPodsRemovedPerMinute: 1,
    };
    workloadIn(stack, { resources: { memoryRequest: Memory.gibibytes(1) }, autoscaling });

    expect(Problems.of(stack)).toEqual([]);
    expect(specOf(stack, 'kubernetes_horizontal_pod_autoscaler_v2')).toMatchObject({
      metric: [
        { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', average_utilization: 80 } } },
      ],
      behavior: {
        scale_down: [{ stabilization_window_seconds: 600, policy: [{ type: 'Pods', value: 1, period_seconds: 60 }] }],
        scale_up: [{ stabilization_window_seconds: 60 }],
      },
    });
  });

  test.each<[string, Partial<WorkloadProps>, string]>([
    [
      'with replicas',
      { replicas: 3, resources: REQUESTS, autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      `'replicas' must not be given with 'autoscaling', got 3: each deployment would revert the autoscaler's changes. Set 'autoscaling.minReplicas'`,
    ],
    [
      'to no pods',
      { resources: REQUESTS, autoscaling: { minReplicas: 0, maxReplicas: 2 } },
      `'autoscaling.minReplicas' must be a whole number from 1 to 2147483647, such as 2, got 0`,
    ],
    [
      'to fewer than the fewest',
      { resources: REQUESTS, autoscaling: { minReplicas: 3, maxReplicas: 2 } },
      `'autoscaling.maxReplicas' must not be less than 'autoscaling.minReplicas' (3), got 2`,
    ],
    [
      'on CPU without a request',
      { autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      `'resources.cpuRequest' must be given with 'autoscaling.cpuUtilizationPercent', got none: the target is 70 percent of the request`,
    ],
    [
      'on memory without a request',
      { autoscaling: { minReplicas: 1, maxReplicas: 2, memoryUtilizationPercent: 60 } },
      `'resources.memoryRequest' must be given with 'autoscaling.memoryUtilizationPercent', got none: the target is 60 percent of the request`,
    ],
    [
      'on no CPU',
      { resources: REQUESTS, autoscaling: { minReplicas: 1, maxReplicas: 2, cpuUtilizationPercent: 0 } },
      `'autoscaling.cpuUtilizationPercent' must be a whole number from 1 to 2147483647, such as 70, got 0`,
    ],
    [
      'after too long',
      { resources: REQUESTS, autoscaling: { minReplicas: 1, maxReplicas: 2, scaleDownStabilizationSeconds: 3601 } },
      `'autoscaling.scaleDownStabilizationSeconds' must be a whole number from 0 to 3600, such as 300, got 3601`,
    ],
    [
      'that never ends',
      { resources: REQUESTS, autoscaling: { minReplicas: 1, maxReplicas: 2, maxPodsRemovedPerMinute: 0 } },
      `'autoscaling.maxPodsRemovedPerMinute' must be a whole number from 1 to 2147483647, such as 4, got 0`,
    ],
  ])('%s is reported', (_, props, message) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/web] ${message}`]);
  });
});

describe('a disruption budget', () => {
  test.each<[string, Partial<WorkloadProps>, object | undefined]>([
    ['by default', {}, { max_unavailable: '1' }],
    ['of one pod', { replicas: 1 }, undefined],
    [
      'of an autoscaler that may go down to one pod',
      { resources: REQUESTS, autoscaling: { minReplicas: 1, maxReplicas: 9 } },
      undefined,
    ],
    [
      'of an autoscaler',
      { resources: REQUESTS, autoscaling: { minReplicas: 2, maxReplicas: 9 } },
      { max_unavailable: '1' },
    ],
    ['by choice', { disruptionBudget: DisruptionBudget.minAvailable(percent(50)) }, { min_available: '50%' }],
    ['of none', { disruptionBudget: DisruptionBudget.none() }, undefined],
  ])('%s', (_, props, budget) => {
    const stack = testStack();
    workloadIn(stack, props);
    const budgets = Object.values(synth(stack).resource!.kubernetes_pod_disruption_budget_v1 ?? {});

    expect(Problems.of(stack)).toEqual([]);
    expect(budgets.map(({ spec }) => spec)).toEqual(
      budget === undefined ? [] : [{ ...budget, selector: { match_labels: { app: 'web' } } }],
    );
  });

  test.each<[string, Partial<WorkloadProps>, string]>([
    [
      'lets no pod go',
      { disruptionBudget: DisruptionBudget.maxUnavailable(absolute(0)) },
      `'disruptionBudget.maxUnavailable' must be greater than 0, got 0: no node could be drained, and the cluster could not be upgraded`,
    ],
    [
      'wants all pods',
      { replicas: 3, disruptionBudget: DisruptionBudget.minAvailable(absolute(3)) },
      `'disruptionBudget.minAvailable' must be fewer than the 3 pods, got 3: no node could be drained, and the cluster could not be upgraded`,
    ],
    [
      'wants a share that is all pods',
      { replicas: 2, disruptionBudget: DisruptionBudget.minAvailable(percent(51)) },
      `'disruptionBudget.minAvailable' must be fewer than the 2 pods, got 51%: no node could be drained, and the cluster could not be upgraded`,
    ],
    [
      'is no number',
      { disruptionBudget: DisruptionBudget.maxUnavailable(percent(101)) },
      `'disruptionBudget.maxUnavailable' must be a whole number of percent from 0 to 100, got 101%`,
    ],
  ])('that %s is reported', (_, props, message) => {
    const stack = testStack();
    workloadIn(stack, props);

    expect(Problems.of(stack)).toEqual([`[stack/web] ${message}`]);
  });
});

test.each<[Spread, string | undefined]>([
  [Spread.preferred(), 'ScheduleAnyway'],
  [Spread.required(), 'DoNotSchedule'],
  [Spread.none(), undefined],
])('pods are spread over zones and nodes', (spread, whenUnsatisfiable) => {
  const stack = testStack();
  workloadIn(stack, { spread });
  const { template } = specOf(stack, 'kubernetes_deployment_v1') as { template: { spec: Block } };

  const constraint = {
    max_skew: 1,
    when_unsatisfiable: whenUnsatisfiable,
    label_selector: [{ match_labels: { app: 'web' } }],
    match_label_keys: ['pod-template-hash'],
  };
  expect(template.spec.topology_spread_constraint).toEqual(
    whenUnsatisfiable === undefined
      ? undefined
      : [
          { ...constraint, topology_key: 'topology.kubernetes.io/zone' },
          { ...constraint, topology_key: 'kubernetes.io/hostname' },
        ],
  );
});

test('tokens pass every rule of rollout and scaling', () => {
  const stack = testStack();
  const { numberValue } = token(stack);
  const probe = Probe.http('/', {
    initialDelaySeconds: numberValue,
    periodSeconds: numberValue,
    timeoutSeconds: numberValue,
    failureThreshold: numberValue,
    successThreshold: numberValue,
    port: numberValue,
  });
  workloadIn(stack, {
    resources: REQUESTS,
    probes: { startup: probe, readiness: probe, liveness: probe },
    preStopSeconds: numberValue,
    terminationGracePeriodSeconds: numberValue,
    additionalPorts: { metrics: numberValue },
    rollout: {
      maxUnavailable: percent(numberValue),
      progressDeadlineSeconds: numberValue,
      timeoutMinutes: numberValue,
      minReadySeconds: numberValue,
    },
    autoscaling: {
      minReplicas: numberValue,
      maxReplicas: numberValue,
      cpuUtilizationPercent: numberValue,
      memoryUtilizationPercent: numberValue,
      scaleDownStabilizationSeconds: numberValue,
      scaleUpStabilizationSeconds: numberValue,
      maxPodsRemovedPerMinute: numberValue,
    },
    disruptionBudget: DisruptionBudget.minAvailable(absolute(numberValue)),
  });
  const json = synth(stack);

  expect(Problems.of(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
  expect(brokenInvariants(json)).toEqual([]);
  expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({ timeouts: { create: '${var.token}m' } });
});
