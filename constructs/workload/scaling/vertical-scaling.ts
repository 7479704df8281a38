import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { show } from '../../core/values/shown';
import { isAbove } from '../../kubernetes/quantity';
import type { Cpu, Memory } from '../pod/resources';
import { memoryLimit, memoryQuantity, quantity } from '../pod/pod-rules';

/** The use of the requests that the VerticalPodAutoscaler recommends. */
export enum VerticalScalingMode {
  /**
   * New pods get them. Running pods whose requests differ too much are evicted, as far as the disruption budget
   * allows.
   */
  RECREATE = 'Recreate',
  /** Running pods get them without a restart if possible, and are evicted otherwise. Requires Kubernetes 1.34. */
  IN_PLACE_OR_RECREATE = 'InPlaceOrRecreate',
  /** New pods get them; running pods keep theirs. */
  INITIAL = 'Initial',
  /** Nothing: the recommendation can be read from the VerticalPodAutoscaler. */
  OFF = 'Off',
}

/**
 * Properties of vertical scaling, which adjusts the CPU and memory requests of all containers of the pods to their
 * usage, with the VerticalPodAutoscaler, the add-on that a cluster has with `verticalPodAutoscaler: true`.
 *
 * Limits change with their requests, in proportion. The values in `resources` apply until there is a recommendation.
 *
 * @see https://learn.microsoft.com/azure/aks/vertical-pod-autoscaler
 */
export interface VerticalScalingProps {
  /**
   * The use of the recommended requests.
   *
   * @default VerticalScalingMode.RECREATE
   */
  readonly mode?: VerticalScalingMode;
  /**
   * The least CPU that a container requests, such as `Cpu.millis(100)`.
   *
   * @default - no minimum
   */
  readonly minCpu?: Cpu;
  /**
   * The most CPU that a container requests, such as `Cpu.cores(2)`, not less than `minCpu`. Without it, pods may
   * request more than any node has.
   *
   * @default - no maximum
   */
  readonly maxCpu?: Cpu;
  /**
   * The least memory that a container requests, such as `Memory.mebibytes(128)`.
   *
   * @default - no minimum
   */
  readonly minMemory?: Memory;
  /**
   * The most memory that a container requests, such as `Memory.gibibytes(2)`, not less than `minMemory`. Without it,
   * pods may request more than any node has.
   *
   * @default - no maximum
   */
  readonly maxMemory?: Memory;
}

/** Whether the requests of pods are changed, and not only recommended. */
export function changesRequests(props: VerticalScalingProps | undefined): boolean {
  return props !== undefined && props.mode !== VerticalScalingMode.OFF;
}

/** The specification of a `VerticalPodAutoscaler`. */
export function renderVerticalScaling(props: VerticalScalingProps, kind: string, name: string): object {
  const { mode = VerticalScalingMode.RECREATE, minCpu, maxCpu, minMemory, maxMemory } = props;
  return {
    targetRef: { apiVersion: 'apps/v1', kind, name },
    updatePolicy: { updateMode: mode },
    resourcePolicy: {
      containerPolicies: [
        { containerName: '*', ...bounds('minAllowed', minCpu, minMemory), ...bounds('maxAllowed', maxCpu, maxMemory) },
      ],
    },
  };
}

/** Omitted if there are none, since the API server does not store an empty map. */
function bounds(name: string, cpu: Cpu | undefined, memory: Memory | undefined): object {
  return cpu === undefined && memory === undefined
    ? {}
    : { [name]: { ...(cpu && { cpu: cpu.quantity }), ...(memory && { memory: memory.quantity }) } };
}

export function verticalScalingProblems(props: VerticalScalingProps): Violation[] {
  const { minCpu, maxCpu, minMemory, maxMemory } = props;
  const badCpu = [
    ...check(quantity, 'verticalScaling.minCpu', minCpu?.quantity),
    ...check(quantity, 'verticalScaling.maxCpu', maxCpu?.quantity),
  ];
  const badMemory = [
    ...check(memoryQuantity, 'verticalScaling.minMemory', minMemory?.quantity),
    ...check(memoryQuantity, 'verticalScaling.maxMemory', maxMemory?.quantity),
  ];
  return [
    ...badCpu,
    ...(badCpu.length > 0 ? [] : orderProblems('Cpu', minCpu?.quantity, maxCpu?.quantity)),
    ...badMemory,
    ...(badMemory.length > 0
      ? []
      : [
          ...check(memoryLimit, 'verticalScaling.maxMemory', maxMemory?.quantity),
          ...orderProblems('Memory', minMemory?.quantity, maxMemory?.quantity),
        ]),
  ];
}

function orderProblems(resource: string, least: string | undefined, most: string | undefined): Violation[] {
  return when(
    isKnown(least) && isKnown(most) && isAbove(least, most),
    'vertical-scaling-bounds-in-order',
    () =>
      `'verticalScaling.max${resource}' must not be less than 'verticalScaling.min${resource}' (${show(least)}), got ${show(most)}`,
  );
}
