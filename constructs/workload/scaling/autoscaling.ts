import type {
  HorizontalPodAutoscalerV2Spec,
  HorizontalPodAutoscalerV2SpecBehaviorScaleDownPolicy,
  HorizontalPodAutoscalerV2SpecBehaviorScaleUpPolicy,
  HorizontalPodAutoscalerV2SpecMetric,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { isStandIn } from '../../core/declared';
import { check, checkGiven } from '../../core/rules/rule';
import { isKnown, itemsOf } from '../../core/values/known';
import type { ScalingMetric } from './scaling-metric';
import * as rules from './scaling-rules';
import type { RunningContainer } from '../pod/running-containers';
import type { Cpu, Memory } from '../pod/resources';
import { type Violation, when } from '../../core/problems/violation';

/** Properties of the autoscaling of a workload. */
export interface AutoscalingProps {
  /** The minimum number of pods, 1 or more. */
  readonly minReplicas: number;
  /** The maximum number of pods, not less than `minReplicas`. */
  readonly maxReplicas: number;
  /**
   * The average utilization of the requested CPU, in percent, 1 or more. Needs `resources.cpuRequest`.
   *
   * @default - 70, unless `memoryUtilizationPercent` or `metrics` is given
   */
  readonly cpuUtilizationPercent?: number;
  /**
   * The average utilization of the requested memory, in percent, 1 or more. Needs `resources.memoryRequest`.
   *
   * @default - memory is not considered
   */
  readonly memoryUtilizationPercent?: number;
  /**
   * Further metrics for scaling, such as `ScalingMetric.containerCpu('web', 70)` or the length of a queue.
   *
   * @default - only CPU and memory
   */
  readonly metrics?: ScalingMetric[];
  /**
   * The seconds for which fewer pods must suffice before some are removed, 0 to 3600.
   *
   * @default 300
   */
  readonly scaleDownStabilizationSeconds?: number;
  /**
   * The seconds for which more pods must be needed before some are added, 0 to 3600.
   *
   * @default 0
   */
  readonly scaleUpStabilizationSeconds?: number;
  /**
   * The maximum number of pods that are removed in a minute, 1 or more.
   *
   * @default - no limit
   */
  readonly maxPodsRemovedPerMinute?: number;
  /**
   * The maximum number of pods that are added in a minute, 1 or more.
   *
   * @default - twice as many, or four more, every 15 seconds
   */
  readonly maxPodsAddedPerMinute?: number;
}

/** The default share of the requested CPU that pods should use. */
const CPU_UTILIZATION_PERCENT = 70;

/** The defaults of Kubernetes: twice as many pods, or four more, every 15 seconds. */
const SCALE_UP_POLICIES: HorizontalPodAutoscalerV2SpecBehaviorScaleUpPolicy[] = [
  { type: 'Percent', value: 100, periodSeconds: 15 },
  { type: 'Pods', value: 4, periodSeconds: 15 },
];

export function renderAutoscaling(props: AutoscalingProps, kind: string, name: string): HorizontalPodAutoscalerV2Spec {
  return {
    minReplicas: props.minReplicas,
    maxReplicas: props.maxReplicas,
    scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
    metric: [
      ...metric('cpu', cpuUtilization(props)),
      ...metric('memory', props.memoryUtilizationPercent),
      ...itemsOf(props.metrics).map((one) => one._render()),
    ],
    behavior: {
      scaleDown: [
        {
          selectPolicy: 'Max',
          stabilizationWindowSeconds: props.scaleDownStabilizationSeconds ?? 300,
          policy: [scaleDownPolicy(props)],
        },
      ],
      scaleUp: [
        {
          selectPolicy: 'Max',
          stabilizationWindowSeconds: props.scaleUpStabilizationSeconds ?? 0,
          policy: scaleUpPolicies(props),
        },
      ],
    },
  };
}

export function autoscalingProblems(props: AutoscalingProps, containers: readonly RunningContainer[]): Violation[] {
  const { minReplicas, maxReplicas, memoryUtilizationPercent: memory } = props;
  return [
    ...checkGiven(rules.autoscaledReplicas, 'autoscaling.minReplicas', minReplicas),
    ...checkGiven(rules.autoscaledReplicas, 'autoscaling.maxReplicas', maxReplicas),
    ...check(rules.utilizationPercent, 'autoscaling.cpuUtilizationPercent', props.cpuUtilizationPercent),
    ...check(rules.utilizationPercent, 'autoscaling.memoryUtilizationPercent', memory),
    ...check(
      rules.stabilizationSeconds,
      'autoscaling.scaleDownStabilizationSeconds',
      props.scaleDownStabilizationSeconds,
    ),
    ...check(rules.stabilizationSeconds, 'autoscaling.scaleUpStabilizationSeconds', props.scaleUpStabilizationSeconds),
    ...check(rules.podsPerPeriod, 'autoscaling.maxPodsRemovedPerMinute', props.maxPodsRemovedPerMinute),
    ...check(rules.podsPerPeriod, 'autoscaling.maxPodsAddedPerMinute', props.maxPodsAddedPerMinute),
    ...itemsOf(props.metrics).flatMap((one, index) => one._problems(`autoscaling.metrics[${index}]`, containers)),
    ...containers.flatMap(({ prefix, resources }) => [
      ...requestProblems(
        `${prefix}resources.cpuRequest`,
        resources.cpuRequest,
        'cpuUtilizationPercent',
        cpuUtilization(props),
      ),
      ...requestProblems(
        `${prefix}resources.memoryRequest`,
        resources.memoryRequest,
        'memoryUtilizationPercent',
        memory,
      ),
    ]),
    ...when(
      areReplicas(minReplicas) && areReplicas(maxReplicas) && maxReplicas < minReplicas,
      'autoscaling-replicas-in-order',
      () =>
        `'autoscaling.maxReplicas' must not be less than 'autoscaling.minReplicas' (${minReplicas}), got ${maxReplicas}`,
    ),
  ];
}

/** Whether the number of pods depends on the utilization of requests of their containers. */
export function scalesByRequests(props: AutoscalingProps): boolean {
  return (
    cpuUtilization(props) !== undefined ||
    props.memoryUtilizationPercent !== undefined ||
    itemsOf(props.metrics).some((one) => !isStandIn(one) && one._render().type === 'ContainerResource')
  );
}

function areReplicas(value: number): boolean {
  return isKnown(value) && rules.autoscaledReplicas.holds(value);
}

function cpuUtilization(props: AutoscalingProps): number | undefined {
  const { cpuUtilizationPercent, memoryUtilizationPercent, metrics = [] } = props;
  const isOnlyMetric = memoryUtilizationPercent === undefined && metrics.length === 0;
  return cpuUtilizationPercent ?? (isOnlyMetric ? CPU_UTILIZATION_PERCENT : undefined);
}

function scaleDownPolicy({
  maxPodsRemovedPerMinute,
}: AutoscalingProps): HorizontalPodAutoscalerV2SpecBehaviorScaleDownPolicy {
  return maxPodsRemovedPerMinute === undefined
    ? { type: 'Percent', value: 100, periodSeconds: 60 }
    : { type: 'Pods', value: maxPodsRemovedPerMinute, periodSeconds: 60 };
}

function scaleUpPolicies({
  maxPodsAddedPerMinute,
}: AutoscalingProps): HorizontalPodAutoscalerV2SpecBehaviorScaleUpPolicy[] {
  return maxPodsAddedPerMinute === undefined
    ? SCALE_UP_POLICIES
    : [{ type: 'Pods', value: maxPodsAddedPerMinute, periodSeconds: 60 }];
}

function metric(name: string, averageUtilization: number | undefined): HorizontalPodAutoscalerV2SpecMetric[] {
  return averageUtilization === undefined
    ? []
    : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
}

/** The problem of a target utilization of resources that a container of the pods does not request. */
function requestProblems(
  property: string,
  requested: Cpu | Memory | undefined,
  utilization: string,
  percent: number | undefined,
): Violation[] {
  const share = isKnown(percent) ? `${percent} percent` : 'a percentage';
  return when(
    percent !== undefined && !isStandIn(percent) && requested === undefined,
    'autoscaling-needs-request',
    () =>
      `'${property}' must be given with 'autoscaling.${utilization}', got none: the target is ${share} of ` +
      'the request',
  );
}
