import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import * as rules from '../../kubernetes/kubernetes-rules';
import type { RunningContainer } from '../pod/running-containers';
import type { RunningOptions } from '../pod/running-options';
import { autoscalingProblems, scalesByRequests } from './autoscaling';
import { eventScalingProblems } from './event-scaling';
import type { ReplicaOptions } from './replica-options';
import { changesRequests, VerticalScalingMode } from './vertical-scaling';

/** The default number of pods. */
const REPLICAS = 2;

/** The smallest number of pods. */
export function fewestReplicas({ autoscaling, eventScaling, replicas }: ReplicaOptions): number {
  return eventScaling === undefined
    ? (autoscaling?.minReplicas ?? replicas ?? REPLICAS)
    : (eventScaling.minReplicas ?? 0);
}

/** The largest number of pods. */
export function mostReplicas({ autoscaling, eventScaling, replicas }: ReplicaOptions): number | undefined {
  return eventScaling === undefined ? (autoscaling?.maxReplicas ?? replicas ?? REPLICAS) : eventScaling.maxReplicas;
}

/** The problems of the number of pods and its scaling. */
export function replicaProblems(
  props: ReplicaOptions & RunningOptions,
  containers: readonly RunningContainer[],
): Violation[] {
  const { replicas, autoscaling, eventScaling, verticalScaling, disruptionBudget } = props;
  return [
    ...check(rules.replicas, 'replicas', replicas),
    ...(autoscaling === undefined ? [] : autoscalingProblems(autoscaling, containers)),
    ...when(
      autoscaling !== undefined && replicas !== undefined,
      'replicas-or-autoscaling',
      () =>
        `'replicas' must not be given with 'autoscaling', got ${isKnown(replicas) ? replicas : 'a value'}: each deployment would revert the autoscaler's changes` +
        ". Set 'autoscaling.minReplicas'",
    ),
    ...(eventScaling === undefined ? [] : eventScalingProblems(eventScaling)),
    ...when(
      eventScaling !== undefined && replicas !== undefined,
      'replicas-or-event-scaling',
      () =>
        `'replicas' must not be given with 'eventScaling', got ${isKnown(replicas) ? replicas : 'a value'}: each deployment would revert KEDA's changes` +
        ". Set 'eventScaling.minReplicas'",
    ),
    ...when(
      eventScaling !== undefined && autoscaling !== undefined,
      'autoscaling-or-event-scaling',
      () => "'autoscaling' must not be given with 'eventScaling': two autoscalers would conflict. Use only one of them",
    ),
    ...when(
      autoscaling !== undefined && scalesByRequests(autoscaling) && changesRequests(verticalScaling),
      'autoscaling-or-vertical-scaling',
      () =>
        "'verticalScaling' must not change the requests that 'autoscaling' is based on: they would conflict. Use metrics other than CPU and memory in 'autoscaling.metrics'" +
        ", or set 'verticalScaling.mode' to " +
        'VerticalScalingMode.OFF',
    ),
    ...(disruptionBudget?._problems('disruptionBudget', fewestReplicas(props)) ?? []),
  ];
}

/** The warnings for the number of pods and its scaling. */
export function replicaWarnings(props: ReplicaOptions & RunningOptions): Violation[] {
  return [
    ...when(props.replicas === 0, 'no-replicas', () => "'replicas' is 0: nothing runs, and requests are not answered"),
    ...when(
      replacesPods(props) && mostReplicas(props) === 1,
      'vertical-scaling-of-one-pod',
      () =>
        "'verticalScaling' does not affect a single running pod: it is not evicted, and gets new requests only when it is replaced for another reason. Run two pods, or use VerticalScalingMode.INITIAL",
    ),
  ];
}

/** Whether running pods are replaced to change their requests. */
function replacesPods({ verticalScaling }: RunningOptions): boolean {
  return changesRequests(verticalScaling) && verticalScaling?.mode !== VerticalScalingMode.INITIAL;
}
