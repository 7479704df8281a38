import { isKnown } from '../../core/values/known';
import type { PodOptions } from './pod-options';
import type { PortOptions } from './port-options';
import type { RunningOptions } from './running-options';
import type { Spread } from './spread';

/** The options of a pod of any controller. The pod of a job has no ports and no probes. */
export interface PodParts extends PodOptions, RunningOptions, Partial<PortOptions> {
  readonly spread?: Spread;
}

/** The default for `preStopSeconds`. */
const PRE_STOP_SECONDS = 5;

/** The default for `terminationGracePeriodSeconds`. */
const GRACE_PERIOD_SECONDS = 30;

/** The seconds after which a terminating pod is killed. */
export function gracePeriodOf({ terminationGracePeriodSeconds }: PodParts): number {
  return terminationGracePeriodSeconds ?? GRACE_PERIOD_SECONDS;
}

/** The seconds that a terminating pod continues to serve: 0 if it has no port, or no time. */
export function preStopOf(props: PodParts): number {
  const grace = gracePeriodOf(props);
  const hasNoTime = isKnown(grace) && grace <= PRE_STOP_SECONDS;
  return props.preStopSeconds ?? (props.containerPort === undefined || hasNoTime ? 0 : PRE_STOP_SECONDS);
}
