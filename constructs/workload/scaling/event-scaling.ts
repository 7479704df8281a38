import type { IUserAssignedIdentity } from '../../identity/i-user-assigned-identity';
import { type Violation, when } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven } from '../../core/rules/rule';
import { isKnown, itemsOf } from '../../core/values/known';
import * as rules from './event-scaling-rules';
import type { ScalingTrigger } from './scaling-trigger';

/**
 * Properties of scaling by events with KEDA, the add-on that a cluster has with `keda: true`.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface EventScalingProps {
  /**
   * The number of pods while no trigger is active, 0 or more.
   *
   * @default 0
   */
  readonly minReplicas?: number;
  /** The maximum number of pods, 1 or more and not less than `minReplicas`. */
  readonly maxReplicas: number;
  /**
   * The triggers that determine the number of pods, such as `ScalingTrigger.serviceBusQueue(...)`: the one that
   * requires the most pods applies.
   */
  readonly triggers: ScalingTrigger[];
  /**
   * The interval in seconds for checking the triggers while there is no pod, 1 to 86400.
   *
   * @default 30
   */
  readonly pollingSeconds?: number;
  /**
   * The seconds after the last event before the last pods are removed, 0 to 86400.
   *
   * @default 300
   */
  readonly cooldownSeconds?: number;
}

/** The identities with which the triggers log in, without duplicates. */
export function triggerIdentities({ triggers }: EventScalingProps): IUserAssignedIdentity[] {
  return [...new Set(itemsOf(triggers).flatMap(({ _parts: { identity } }) => identity ?? []))];
}

/**
 * The specification of a `ScaledObject`.
 *
 * @param authentication Returns the name of the object with which triggers with an identity log in
 */
export function renderEventScaling(
  props: EventScalingProps,
  kind: string,
  name: string,
  authentication: (identity: IUserAssignedIdentity) => string,
): object {
  const { minReplicas = 0, maxReplicas, triggers, pollingSeconds = 30, cooldownSeconds = 300 } = props;
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
    minReplicaCount: minReplicas,
    maxReplicaCount: maxReplicas,
    pollingInterval: pollingSeconds,
    cooldownPeriod: cooldownSeconds,
    triggers: itemsOf(triggers).map(({ _parts: { type, metadata, identity } }) => ({
      type,
      metadata,
      ...(identity === undefined ? {} : { authenticationRef: { name: authentication(identity) } }),
    })),
  };
}

export function eventScalingProblems(props: EventScalingProps): Violation[] {
  const { minReplicas, maxReplicas, triggers } = props;
  return [
    ...check(rules.fewestScaledReplicas, 'eventScaling.minReplicas', minReplicas),
    ...checkGiven(rules.mostScaledReplicas, 'eventScaling.maxReplicas', maxReplicas),
    ...check(rules.pollingSeconds, 'eventScaling.pollingSeconds', props.pollingSeconds),
    ...check(rules.cooldownSeconds, 'eventScaling.cooldownSeconds', props.cooldownSeconds),
    ...emptyProblems(
      'eventScaling.triggers',
      triggers,
      'trigger',
      "leave out 'eventScaling' for a fixed number of pods",
    ),
    ...itemsOf(triggers).flatMap((one, index) => one._problems(`eventScaling.triggers[${index}]`, maxReplicas)),
    ...when(
      isKnown(minReplicas) && isKnown(maxReplicas) && maxReplicas >= 1 && minReplicas > maxReplicas,
      'event-scaling-replicas-in-order',
      () =>
        `'eventScaling.maxReplicas' must not be less than 'eventScaling.minReplicas' (${minReplicas}), got ${maxReplicas}`,
    ),
  ];
}
