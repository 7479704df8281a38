import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import * as rules from '../../kubernetes/kubernetes-rules';
import { gracePeriodOf, type PodParts, preStopOf } from './pod-parts';

/** The problems of the termination of a pod. */
export function lifetimeProblems(props: PodParts): Violation[] {
  const grace = gracePeriodOf(props);
  const problems = check(rules.graceSeconds, 'terminationGracePeriodSeconds', grace);
  const containers = [
    { property: 'preStopSeconds', seconds: preStopOf(props) },
    // a sidecar without seconds uses those of the first container, which reports their problems
    ...(props.sidecars ?? []).map(({ preStopSeconds = 0 }, index) => ({
      property: `sidecars[${index}].preStopSeconds`,
      seconds: preStopSeconds,
    })),
  ];
  return [
    ...problems,
    ...containers.flatMap(({ property, seconds }) =>
      preStopProblems(property, seconds, problems.length > 0 ? undefined : grace),
    ),
  ];
}

function preStopProblems(property: string, stop: number, grace: number | undefined): Violation[] {
  const problems = check(rules.seconds, property, stop);
  if (problems.length > 0 || !isKnown(stop) || !isKnown(grace)) {
    return problems;
  }
  return when(
    stop > 0 && stop >= grace,
    'pre-stop-within-grace-period',
    () =>
      `'${property}' must be less than 'terminationGracePeriodSeconds' (${grace}), got ${stop}: the container would be killed before it receives the stop signal`,
  );
}

/** The seconds that AKS waits for the pods of a node that it drains. */
const DRAIN_SECONDS = 1800;

/**
 * The warnings of the termination of a pod.
 *
 * @see https://learn.microsoft.com/azure/aks/upgrade-aks-cluster#set-node-drain-time-out-value
 */
export function lifetimeWarnings({ terminationGracePeriodSeconds: grace }: PodParts): Violation[] {
  return [
    ...when(
      grace === 0,
      'no-grace-period',
      () =>
        "'terminationGracePeriodSeconds' is 0: pods are killed immediately, together with the requests that they are handling",
    ),
    ...when(
      isKnown(grace) && grace > DRAIN_SECONDS,
      'grace-period-longer-than-drain',
      () =>
        `'terminationGracePeriodSeconds' is ${grace}, and AKS waits ${DRAIN_SECONDS} seconds when it drains a node: an upgrade of the cluster may fail. Raise the drain timeout of its pools, or lower the grace period`,
    ),
  ];
}
