import type {
  HorizontalPodAutoscalerV2SpecMetric,
  HorizontalPodAutoscalerV2SpecMetricPodsMetric,
} from '@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2';
import { Token } from 'cdktf';
import { checkArguments } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { show } from '../../core/values/shown';
import { selectorProblems } from '../../kubernetes/selector-problems';
import type { RunningContainer } from '../pod/running-containers';
import * as rules from './scaling-rules';

/**
 * The target value of a metric, which an autoscaler maintains by adding and removing pods.
 *
 * @example
 * new Worker(stack, 'orders', {
 *   name: 'orders',
 *   image: registry.image('orders', 'v1'),
 *   autoscaling: {
 *     minReplicas: 1,
 *     maxReplicas: 10,
 *     metrics: [ScalingMetric.external('queue_length', MetricTarget.averagePerPod(30))],
 *   },
 * });
 */
export class MetricTarget {
  /**
   * A value of the metric itself, regardless of the number of pods, such as the milliseconds that a request takes.
   *
   * @param value The value, greater than 0, with up to three decimal places
   */
  public static value(value: number): MetricTarget {
    return new MetricTarget('Value', value);
  }

  /**
   * A value of the metric per pod, such as the messages of a queue that one pod can process.
   *
   * @param value The value, greater than 0, with up to three decimal places
   */
  public static averagePerPod(value: number): MetricTarget {
    return new MetricTarget('AverageValue', value);
  }

  private constructor(
    private readonly type: string,
    private readonly amount: number,
  ) {}

  /** @internal */
  public _render(): { type: string; value?: string; averageValue?: string } {
    const text = quantityOf(this.amount);
    return this.type === 'Value' ? { type: this.type, value: text } : { type: this.type, averageValue: text };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return check(rules.metricValue, property, this.amount);
  }
}

checkArguments(MetricTarget);

/** Options for metrics other than the pods' CPU and memory. */
export interface MetricOptions {
  /**
   * The labels that distinguish the metric from others with the same name, at least one.
   *
   * @default - the name alone identifies the metric
   */
  readonly labels?: { readonly [label: string]: string };
}

/** A Kubernetes object that a metric describes. */
export interface ScalingObject {
  /** The version of its API, such as "networking.k8s.io/v1". */
  readonly apiVersion: string;
  /** The kind of the object, such as "Ingress". */
  readonly kind: string;
  /** The name of the object, in the namespace of the pods. */
  readonly objectName: string;
}

/** The parts of a metric: its specification and its problems. */
interface MetricParts {
  readonly rendered: HorizontalPodAutoscalerV2SpecMetric;
  readonly problems: (property: string, containers: readonly RunningContainer[]) => readonly Violation[];
}

/**
 * A metric of a pod autoscaler. With several metrics, the one that requires the most pods applies.
 *
 * The metrics of containers come from the metrics server, which every AKS cluster has. All others need an adapter in the
 * cluster that serves the API for them, such as that of Prometheus or KEDA.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis
 *
 * @example
 * new Worker(stack, 'mailer', {
 *   name: 'mailer',
 *   image: registry.image('mailer', 'v1'),
 *   resources: { cpuRequest: Cpu.millis(250) },
 *   autoscaling: { minReplicas: 1, maxReplicas: 10, metrics: [ScalingMetric.containerCpu('mailer', 70)] },
 * });
 */
export class ScalingMetric {
  /**
   * The CPU of one container of the pods; other containers are ignored.
   *
   * @param containerName The name of the container, which must request CPU
   * @param utilizationPercent The average utilization of its request, in percent, 1 or more
   */
  public static containerCpu(containerName: string, utilizationPercent: number): ScalingMetric {
    return containerMetric('cpu', containerName, utilizationPercent);
  }

  /**
   * The memory of one container of the pods; other containers are ignored.
   *
   * @param containerName The name of the container, which must request memory
   * @param utilizationPercent The average utilization of its request, in percent, 1 or more
   */
  public static containerMemory(containerName: string, utilizationPercent: number): ScalingMetric {
    return containerMetric('memory', containerName, utilizationPercent);
  }

  /**
   * A metric of the pods themselves, such as the requests that they serve per second.
   *
   * @param metricName The name of the metric
   * @param averageValue The average value of all pods, greater than 0, with up to three decimal places
   */
  public static pods(metricName: string, averageValue: number, options: MetricOptions = {}): ScalingMetric {
    const target = MetricTarget.averagePerPod(averageValue);
    return new ScalingMetric({
      rendered: { type: 'Pods', pods: { metric: metricOf(metricName, options), target: target._render() } },
      problems: (property) => metricProblems(property, metricName, options, target, 'averageValue'),
    });
  }

  /**
   * A metric of another object, such as the requests of an Ingress.
   *
   * @param metricName The name of the metric
   * @param object The object that it describes
   * @param target The target value
   */
  public static object(
    metricName: string,
    object: ScalingObject,
    target: MetricTarget,
    options: MetricOptions = {},
  ): ScalingMetric {
    const { apiVersion, kind, objectName: name } = object;
    return new ScalingMetric({
      rendered: {
        type: 'Object',
        object: {
          describedObject: { apiVersion, kind, name },
          metric: metricOf(metricName, options),
          target: target._render(),
        },
      },
      problems: (property) => [
        ...metricProblems(property, metricName, options, target),
        ...check(rules.apiVersion, `${property}.object.apiVersion`, apiVersion),
        ...check(rules.metricName, `${property}.object.kind`, kind),
        ...check(rules.metricName, `${property}.object.objectName`, name),
      ],
    });
  }

  /**
   * A metric from outside the cluster, such as the length of a queue.
   *
   * @param metricName The name of the metric
   * @param target The target value
   */
  public static external(metricName: string, target: MetricTarget, options: MetricOptions = {}): ScalingMetric {
    return new ScalingMetric({
      rendered: { type: 'External', external: { metric: metricOf(metricName, options), target: target._render() } },
      problems: (property) => metricProblems(property, metricName, options, target),
    });
  }

  /** @internal */
  public static _of(parts: MetricParts): ScalingMetric {
    return new ScalingMetric(parts);
  }

  private constructor(private readonly parts: MetricParts) {}

  /** @internal */
  public _render(): HorizontalPodAutoscalerV2SpecMetric {
    return this.parts.rendered;
  }

  /** @internal */
  public _problems(property: string, containers: readonly RunningContainer[]): readonly Violation[] {
    return this.parts.problems(property, containers);
  }
}

checkArguments(ScalingMetric);

function containerMetric(resource: 'cpu' | 'memory', containerName: string, percent: number): ScalingMetric {
  const target = { type: 'Utilization', averageUtilization: percent };
  return ScalingMetric._of({
    rendered: {
      type: 'ContainerResource',
      containerResource: { container: containerName, name: resource, target },
    },
    problems: (property, containers) => [
      ...check(rules.utilizationPercent, `${property}.utilizationPercent`, percent),
      ...containerProblems(property, resource, containerName, containers),
    ],
  });
}

/** The problem of a container that the pods do not have, or that does not request the measured resource. */
function containerProblems(
  property: string,
  resource: 'cpu' | 'memory',
  containerName: string,
  containers: readonly RunningContainer[],
): Violation[] {
  const names = containers.map(({ name }) => name);
  if (!isText(containerName) || names.some((name) => Token.isUnresolved(name))) {
    return [];
  }
  const found = containers.find(({ name }) => name === containerName);
  const request = `${resource}Request` as const;
  return [
    ...when(
      found === undefined,
      'scaling-metric-container',
      () =>
        `'${property}.containerName' must be the name of a container of the pods (${names.join(', ')}), got ` +
        `${show(containerName)}`,
    ),
    ...when(
      found !== undefined && found.resources[request] === undefined,
      'autoscaling-needs-request',
      () =>
        `'${found?.prefix}resources.${request}' must be given with '${property}', got none: the target is a percentage of the ` +
        'request',
    ),
  ];
}

function metricOf(name: string, { labels }: MetricOptions): HorizontalPodAutoscalerV2SpecMetricPodsMetric {
  return { name, ...(labels === undefined ? {} : { selector: [{ matchLabels: labels }] }) };
}

function metricProblems(
  property: string,
  metricName: string,
  { labels }: MetricOptions,
  target: MetricTarget,
  value = 'target',
): Violation[] {
  return [
    ...check(rules.metricName, `${property}.metricName`, metricName),
    ...target._problems(`${property}.${value}`),
    ...(labels === undefined
      ? []
      : selectorProblems(`${property}.labels`, labels, 'leave it out if the name alone identifies the metric')),
  ];
}

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'];

/**
 * An amount in the canonical notation of Kubernetes: the provider compares texts, and each plan would change "1000" to
 * "1k".
 */
function quantityOf(amount: number): string {
  if (Token.isUnresolved(amount)) {
    return numberText(amount);
  }
  const thousandths = Math.round(amount * 1000);
  if (thousandths % 1000 !== 0) {
    return `${thousandths}m`;
  }
  let whole = thousandths / 1000;
  let unit = 0;
  while (whole !== 0 && whole % 1000 === 0 && unit < UNITS.length - 1) {
    whole /= 1000;
    unit++;
  }
  return `${whole}${UNITS[unit] ?? ''}`;
}
