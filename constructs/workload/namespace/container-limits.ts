import type { LimitRangeV1Spec } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { isStandIn } from '../../core/declared';
import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { show } from '../../core/values/shown';
import * as podRules from '../pod/pod-rules';
import { isAbove } from '../../kubernetes/quantity';
import { type ContainerResources, type Cpu, type Memory, resourcesProblems } from '../pod/resources';

/** An amount of CPU and of memory. */
export interface ContainerAmount {
  /**
   * The CPU, such as `Cpu.millis(500)`.
   *
   * @default - any
   */
  readonly cpu?: Cpu;
  /**
   * The memory, such as `Memory.gibibytes(1)`.
   *
   * @default - any
   */
  readonly memory?: Memory;
}

/** Limits for each container of a namespace, and defaults for containers that specify none. */
export interface ContainerLimits {
  /**
   * The requests and limits of containers that have none. They apply when a pod is created.
   *
   * @default - none
   */
  readonly defaults?: ContainerResources;
  /**
   * The least that a container may request.
   *
   * @default - nothing
   */
  readonly min?: ContainerAmount;
  /**
   * The highest limits that a container may have. A container without one gets it as its limit.
   *
   * @default - no maximum
   */
  readonly max?: ContainerAmount;
}

/** The specification of the limit range. */
export function renderLimits({ defaults = {}, min, max }: ContainerLimits): LimitRangeV1Spec {
  return {
    limit: [
      {
        type: 'Container',
        default: amounts(defaults.cpuLimit, defaults.memoryLimit),
        defaultRequest: amounts(defaults.cpuRequest, defaults.memoryRequest),
        min: amounts(min?.cpu, min?.memory),
        max: amounts(max?.cpu, max?.memory),
      },
    ],
  };
}

export function limitsProblems(property: string, limits: ContainerLimits | undefined): Violation[] {
  if (limits === undefined) {
    return [];
  }
  const { defaults = {}, min, max } = limits;
  const problems = [
    ...emptyProblems(property, { ...limits }, 'limit', 'leave it out for no limits'),
    ...resourcesProblems(`${property}.defaults`, defaults),
    ...deviceProblems(`${property}.defaults`, defaults),
    ...check(podRules.quantity, `${property}.min.cpu`, min?.cpu?.quantity),
    ...check(podRules.memoryQuantity, `${property}.min.memory`, min?.memory?.quantity),
    ...check(podRules.quantity, `${property}.max.cpu`, max?.cpu?.quantity),
    ...check(podRules.memoryQuantity, `${property}.max.memory`, max?.memory?.quantity),
  ];
  return problems.length > 0
    ? problems
    : [
        ...orderProblems([
          [`${property}.min.cpu`, min?.cpu?.quantity],
          [`${property}.defaults.cpuRequest`, defaults.cpuRequest?.quantity],
          [`${property}.defaults.cpuLimit`, defaults.cpuLimit?.quantity],
          [`${property}.max.cpu`, max?.cpu?.quantity],
        ]),
        ...orderProblems([
          [`${property}.min.memory`, min?.memory?.quantity],
          [`${property}.defaults.memoryRequest`, defaults.memoryRequest?.quantity],
          [`${property}.defaults.memoryLimit`, defaults.memoryLimit?.quantity],
          [`${property}.max.memory`, max?.memory?.quantity],
        ]),
      ];
}

/** The problems of devices by default, which not every container of a namespace can have. */
function deviceProblems(property: string, defaults: ContainerResources): Violation[] {
  return (['gpus', 'extendedResources'] as const).flatMap((name) =>
    when(
      defaults[name] !== undefined && !isStandIn(defaults[name]),
      'devices-by-default',
      () =>
        `'${property}.${name}' must not be given, since every container would get them: leave it out, and set 'resources' of those that need them`,
    ),
  );
}

/**
 * The problems of amounts each of which must not be greater than the next one.
 *
 * @param inOrder The places of the amounts, and the amounts if they are given
 * @param within The common beginning of all places, which a message contains once
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go
 */
export function orderProblems(inOrder: readonly (readonly [string, string | undefined])[], within = ''): Violation[] {
  const known = inOrder.flatMap(([place, quantity]) =>
    isKnown(quantity) ? [{ place, where: `${within}${place}`, quantity }] : [],
  );
  return known.flatMap((lower, index) => {
    const higher = known[index + 1];
    if (higher === undefined) {
      return [];
    }
    return when(
      isAbove(lower.quantity, higher.quantity),
      'container-limits-in-order',
      () =>
        `'${lower.where}' must not be greater than '${higher.place}' (${show(higher.quantity)}), got ${show(lower.quantity)}`,
    );
  });
}

function amounts(cpu: Cpu | undefined, memory: Memory | undefined): { [resource: string]: string } | undefined {
  const all = [
    ...(cpu === undefined ? [] : [['cpu', cpu.quantity]]),
    ...(memory === undefined ? [] : [['memory', memory.quantity]]),
  ];
  return all.length === 0 ? undefined : (Object.fromEntries(all) as { [resource: string]: string });
}
