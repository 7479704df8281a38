import { questionable, type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { type Fields, fieldsOf, isNothing } from './object-reader';

/** The kinds with a number of replicas. */
const REPLICATED = ['Deployment', 'StatefulSet'];

/**
 * The problems of the rollout of a Deployment or a DaemonSet.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/apps/validation/validation.go
 */
export function rolloutProblems(kind: string, object: Fields): Violation[] {
  if (kind === 'DaemonSet') {
    return daemonSetProblems(object);
  }
  if (kind !== 'Deployment') {
    return [];
  }
  const spec = fieldsOf(object.spec);
  const strategy = fieldsOf(spec.strategy);
  const { maxSurge, maxUnavailable } = fieldsOf(strategy.rollingUpdate);
  const { minReadySeconds = 0, progressDeadlineSeconds = 600 } = spec;
  return [
    ...when(
      isZero(maxSurge) && isZero(maxUnavailable),
      'rollout-moves',
      () =>
        `'spec.strategy.rollingUpdate' must not have 0 for both 'maxSurge' and 'maxUnavailable', got ${show(maxSurge)} and ` +
        `${show(maxUnavailable)}: no pod could be replaced`,
    ),
    ...when(
      strategy.type === 'Recreate' && !isNothing(strategy.rollingUpdate),
      'rollout-of-recreate',
      () =>
        `'spec.strategy.rollingUpdate' must not be given with the type "Recreate", got ${show(strategy.rollingUpdate)}: all pods are stopped at once`,
    ),
    ...when(
      isNumber(minReadySeconds) && isNumber(progressDeadlineSeconds) && progressDeadlineSeconds <= minReadySeconds,
      'rollout-deadline',
      () =>
        `'spec.progressDeadlineSeconds' must be above 'spec.minReadySeconds' (${show(minReadySeconds)}), got ` +
        `${show(progressDeadlineSeconds)}: raise it`,
    ),
  ];
}

/** The problem of a DaemonSet that cannot replace pods. By default, it replaces one at a time, without a surge. */
function daemonSetProblems(object: Fields): Violation[] {
  const { maxSurge = 0, maxUnavailable } = fieldsOf(fieldsOf(fieldsOf(object.spec).updateStrategy).rollingUpdate);
  return when(
    isZero(maxUnavailable) && isZero(maxSurge),
    'rollout-moves',
    () =>
      `'spec.updateStrategy.rollingUpdate.maxUnavailable' must not be 0 without 'maxSurge', got ${show(maxUnavailable)}: no pod could be replaced`,
  );
}

/** The warnings for the number of pods. */
export function workloadWarnings(kind: string, object: Fields): Violation[] {
  return when(
    REPLICATED.includes(kind) && fieldsOf(object.spec).replicas === 0,
    'no-replicas',
    () => "'spec.replicas' is 0: nothing runs, and requests are not answered",
  );
}

/** The problems of the limits of an autoscaler. */
export function autoscalerProblems(kind: string, object: Fields): Violation[] {
  const { minReplicas = 1, maxReplicas } = fieldsOf(object.spec);
  return when(
    kind === 'HorizontalPodAutoscaler' && isNumber(minReplicas) && isNumber(maxReplicas) && maxReplicas < minReplicas,
    'autoscaling-replicas-in-order',
    () =>
      `'spec.maxReplicas' must not be less than 'spec.minReplicas' (${show(minReplicas)}), got ${show(maxReplicas)}: raise it`,
  );
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/policy/validation/validation.go */
export function disruptionProblems(kind: string, object: Fields): Violation[] {
  if (kind !== 'PodDisruptionBudget') {
    return [];
  }
  const { maxUnavailable, minAvailable } = fieldsOf(object.spec);
  return [
    ...when(
      !isNothing(maxUnavailable) && !isNothing(minAvailable),
      'disruption-budget-one-limit',
      () =>
        `'spec.maxUnavailable' must not be given with 'spec.minAvailable', got ${show(maxUnavailable)} and ` +
        `${show(minAvailable)}: remove one of them`,
    ),
    ...(isZero(maxUnavailable) || minAvailable === '100%'
      ? [
          questionable(
            'disruption-budget-lets-drain',
            `'spec.${isNothing(maxUnavailable) ? 'minAvailable' : 'maxUnavailable'}' must allow the eviction of a pod, got ` +
              `${show(maxUnavailable ?? minAvailable)}: no node could be drained, and the cluster could not be upgraded`,
          ),
        ]
      : []),
  ];
}

/** The problem of a number of pods that an autoscaler changes and each deployment would reset. */
export function autoscaledProblems(kind: string, object: Fields): Violation[] {
  const { replicas } = fieldsOf(object.spec);
  return when(
    !isNothing(replicas),
    'replicas-or-autoscaling',
    () =>
      `'spec.replicas' must not be given where a HorizontalPodAutoscaler scales the ${kind}, got ${show(replicas)}: ` +
      "each deployment would revert the autoscaler's changes. Leave it out",
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Whether an amount is zero, in pods or in percent. */
function isZero(amount: unknown): boolean {
  return amount === 0 || amount === '0%';
}
