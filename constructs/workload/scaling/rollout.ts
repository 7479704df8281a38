import { seconds } from '../../kubernetes/kubernetes-rules';
import { numberText } from '../../core/values/number-text';
import { probeCount } from '../pod/probe-rules';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { timeoutMinutes } from './scaling-rules';
import { PercentOrAbsolute } from '../../kubernetes/percent-or-absolute';
import type { RunningContainer } from '../pod/running-containers';
import { type Violation, violation, when } from '../../core/problems/violation';

/**
 * The order in which old pods are removed and new ones are added.
 *
 * @literal
 */
export enum RolloutStrategy {
  /** A few pods at a time: the application remains available, in both versions. */
  ROLLING_UPDATE = 'RollingUpdate',
  /** All old pods first: the application is unavailable for a while, and never runs in two versions. */
  RECREATE = 'Recreate',
}

/** Properties of the rollout of a workload: how new pods replace old ones. */
export interface RolloutProps {
  /**
   * The order in which old pods are removed and new ones are added.
   *
   * @default RolloutStrategy.ROLLING_UPDATE
   */
  readonly strategy?: RolloutStrategy;
  /**
   * The number of pods above the desired number, which may be more than 100 percent of it. Only for a rolling update.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxSurge?: PercentOrAbsolute;
  /**
   * The number of pods below the desired number. Not 0 if `maxSurge` is 0. Only for a rolling update.
   *
   * @default PercentOrAbsolute.absolute(0)
   */
  readonly maxUnavailable?: PercentOrAbsolute;
  /**
   * The seconds that a new pod must run before it counts as available.
   *
   * @default 0
   */
  readonly minReadySeconds?: number;
  /**
   * The seconds without progress after which Kubernetes reports the rollout as failed: longer than the maximum time for
   * a pod to start.
   *
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * Whether Terraform waits until the pods run. If not, it succeeds even if none ever does.
   *
   * @default true
   */
  readonly wait?: boolean;
  /**
   * The minutes that Terraform waits, 1 to 1440: longer than the progress deadline, so that it reports the reason instead
   * of a time-out.
   *
   * @default - the progress deadline plus 5 minutes
   */
  readonly timeoutMinutes?: number;
  /**
   * Whether each plan and each deployment reads the progress of the rollout, and warns until it is complete. Otherwise,
   * a failed rollout is an error only once, and the next plan has no changes. Requires Terraform 1.5 or later; each
   * plan then lists a read, which `-detailed-exitcode` counts as a change.
   *
   * @default false
   */
  readonly check?: boolean;
}

/** The default progress deadline: long enough for a new role to take effect and for a pull to be retried. */
const PROGRESS_DEADLINE_SECONDS = 600;

/** The minutes that Terraform waits beyond the progress deadline. */
const EXTRA_MINUTES = 5;

/** The minutes that Terraform waits if the deadline is a token. */
const LONGEST_MINUTES = 60;

/** How new pods replace old ones, with all defaults resolved. */
export class Rollout {
  public readonly maxSurge: PercentOrAbsolute;
  public readonly maxUnavailable: PercentOrAbsolute;
  public readonly minReadySeconds: number;
  public readonly progressDeadlineSeconds: number;
  public readonly wait: boolean;
  public readonly isChecked: boolean;
  private readonly isRolling: boolean;
  private readonly minutes: number;

  constructor(private readonly props: RolloutProps) {
    this.isRolling = props.strategy !== RolloutStrategy.RECREATE;
    this.maxSurge = props.maxSurge ?? PercentOrAbsolute.absolute(1);
    this.maxUnavailable = props.maxUnavailable ?? PercentOrAbsolute.absolute(0);
    this.minReadySeconds = props.minReadySeconds ?? 0;
    this.progressDeadlineSeconds = props.progressDeadlineSeconds ?? PROGRESS_DEADLINE_SECONDS;
    this.wait = props.wait ?? true;
    this.isChecked = props.check ?? false;
    this.minutes = props.timeoutMinutes ?? defaultMinutes(this.progressDeadlineSeconds);
  }

  public get strategy(): { type: string; rollingUpdate?: { maxSurge: string; maxUnavailable: string } } {
    return this.isRolling
      ? {
          type: RolloutStrategy.ROLLING_UPDATE,
          rollingUpdate: { maxSurge: this.maxSurge._text, maxUnavailable: this.maxUnavailable._text },
        }
      : { type: RolloutStrategy.RECREATE };
  }

  public get timeouts(): { create: string; update: string } {
    const minutes = `${numberText(this.minutes)}m`;
    return { create: minutes, update: minutes };
  }

  public problems(containers: readonly RunningContainer[]): Violation[] {
    const valueProblems = [
      ...check(seconds, 'rollout.minReadySeconds', this.minReadySeconds),
      ...check(probeCount, 'rollout.progressDeadlineSeconds', this.progressDeadlineSeconds),
      ...check(timeoutMinutes, 'rollout.timeoutMinutes', this.props.timeoutMinutes),
    ];
    // an invalid value is not compared with others, which would add a second message
    const timeProblems =
      valueProblems.length > 0 ? [] : [...this.deadlineProblems(containers), ...this.timeoutProblems()];
    return [...this.strategyProblems(), ...valueProblems, ...timeProblems];
  }

  /** The warnings for a number of pods. */
  public warnings(replicas: number): Violation[] {
    const down = this.maxUnavailable._of(replicas);
    return [
      ...when(
        this.isRolling && isKnown(replicas) && replicas > 0 && down !== undefined && Math.floor(down) >= replicas,
        'rollout-keeps-pods',
        () =>
          `'rollout.maxUnavailable' is ${this.maxUnavailable._text} of ${replicas} pods: the application is unavailable while they are replaced`,
      ),
      ...when(
        !this.wait && this.props.timeoutMinutes !== undefined,
        'rollout-timeout-without-wait',
        () => "'rollout.timeoutMinutes' has no effect if 'rollout.wait' is false: Terraform does not wait",
      ),
    ];
  }

  private strategyProblems(): Violation[] {
    const { maxSurge, maxUnavailable } = this.props;
    if (!this.isRolling) {
      return [
        ...rollingOnlyProblems('rollout.maxSurge', maxSurge),
        ...rollingOnlyProblems('rollout.maxUnavailable', maxUnavailable),
      ];
    }
    return [
      ...this.maxSurge._problems('rollout.maxSurge', 'pods', Infinity),
      ...this.maxUnavailable._problems('rollout.maxUnavailable'),
      ...when(
        this.maxSurge.amount === 0 && this.maxUnavailable.amount === 0,
        'rollout-moves',
        () =>
          `'rollout.maxSurge' and 'rollout.maxUnavailable' must not both be 0, ` +
          `got ${this.maxSurge._text} and ${this.maxUnavailable._text}: no pod could be replaced`,
      ),
    ];
  }

  /** The problem of a deadline that a pod can exceed while it is still starting. */
  private deadlineProblems(containers: readonly RunningContainer[]): Violation[] {
    const { progressDeadlineSeconds: deadline, minReadySeconds } = this;
    const { probe, budget } = slowestStart(containers);
    if (!isKnown(deadline) || !isKnown(minReadySeconds) || deadline > minReadySeconds + (budget ?? 0)) {
      return [];
    }
    const parts = budget === undefined ? '' : ` and the ${budget} seconds of '${probe}'`;
    return [
      violation(
        'rollout-deadline',
        `'rollout.progressDeadlineSeconds' must be greater than the ${minReadySeconds} seconds of 'rollout.minReadySeconds'${parts} ` +
          `together, got ${deadline}: raise it, or let pods start faster`,
      ),
    ];
  }

  private timeoutProblems(): Violation[] {
    const { progressDeadlineSeconds: deadline, minutes } = this;
    return when(
      this.wait && isKnown(minutes) && isKnown(deadline) && minutes * 60 <= deadline,
      'rollout-timeout',
      () =>
        `'rollout.timeoutMinutes' must be longer than 'rollout.progressDeadlineSeconds' (${deadline}), got ${minutes} ` +
        'minutes: Terraform would give up before Kubernetes reports the reason',
    );
  }
}

/** The probe that allows the longest start of a container; the containers of a pod start at the same time. */
function slowestStart(containers: readonly RunningContainer[]): { probe: string; budget?: number } {
  const starts = containers.map(({ prefix, probes: { startup, readiness } }) => ({
    probe: `${prefix}probes.${startup === undefined ? 'readiness' : 'startup'}`,
    budget: (startup ?? readiness)?._budgetSeconds,
  }));
  return starts.reduce((slowest, one) => ((one.budget ?? 0) > (slowest.budget ?? 0) ? one : slowest));
}

/** The problem of an amount that only a rolling update has. */
function rollingOnlyProblems(property: string, value: PercentOrAbsolute | undefined): Violation[] {
  return when(
    value !== undefined,
    'rollout-of-recreate',
    () =>
      `'${property}' must not be given with the strategy "Recreate", got ${value?._text}: all pods are stopped at once`,
  );
}

function defaultMinutes(deadline: number): number {
  return isKnown(deadline) ? Math.ceil(deadline / 60) + EXTRA_MINUTES : LONGEST_MINUTES;
}
