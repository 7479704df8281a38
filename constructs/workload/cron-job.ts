import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import type { Violation } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import type { IWorkload } from './i-workload';
import { cronJobs } from './late-bindings';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import { objectContext } from './pod/object-context';
import { PodConfig } from './pod/pod-config';
import type { PodOptions } from './pod/pod-options';
import { PodNetwork } from './pod-network';
import { podPrerequisites, requirePods } from './pods';
import { podVolumes } from './pod/pod-volumes';
import { diskOfRunsProblems } from './scaling/volume-problems';
import type { JobOptions } from './jobs/job-options';
import { jobSpec } from './jobs/job-parts';
import { jobProblems, jobWarnings } from './jobs/job-problems';
import * as rules from './jobs/job-rules';

/** How to treat a run that is due while the previous one has not finished. */
export enum ConcurrencyPolicy {
  /** The new run is skipped. */
  FORBID = 'Forbid',
  /** The new run replaces the previous one. */
  REPLACE = 'Replace',
  /** Both run concurrently. */
  ALLOW = 'Allow',
}

/** Properties of `CronJob`. */
export interface CronJobProps extends PodOptions, JobOptions {
  /**
   * The schedule: minute, hour, day of the month, month and day of the week, such as "30 3 * * mon-fri", or one of
   * "@hourly", "@daily", "@weekly", "@monthly" and "@yearly".
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule: string;
  /**
   * The time zone of the schedule, by its name in the IANA database, such as "Europe/Berlin". When clocks change, a
   * time may occur twice or not at all.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /**
   * How to treat a run that is due while the previous one has not finished.
   *
   * @default ConcurrencyPolicy.FORBID
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  /**
   * Whether new runs are suspended. Active runs continue.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * The seconds that a run may start late, 10 or more; after that, it is skipped.
   *
   * @default - any delay
   */
  readonly startingDeadlineSeconds?: number;
  /**
   * The seconds after which Kubernetes stops a run and marks it as failed, 1 or more.
   *
   * @default - no deadline
   */
  readonly activeDeadlineSeconds?: number;
  /**
   * The number of successful runs whose pods are kept, with their logs.
   *
   * @default 3
   */
  readonly successfulJobsHistoryLimit?: number;
  /**
   * The number of failed runs whose pods are kept, with their logs.
   *
   * @default 1
   */
  readonly failedJobsHistoryLimit?: number;
  /**
   * The most seconds that a run is kept after its end, with its logs.
   *
   * @default - as long as the history limits allow
   */
  readonly ttlSecondsAfterFinished?: number;
}

/**
 * A job that runs to completion on a schedule.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 *
 * @example
 * new CronJob(stack, 'report', {
 *   name: 'report',
 *   image: registry.image('report', 'v1'),
 *   schedule: '30 3 * * mon-fri',
 *   timeZone: 'Europe/Berlin',
 * });
 */
export class CronJob extends Construct {
  /** The name of the CronJob. */
  public readonly cronJobName: string;
  /** The namespace of its pods. */
  public readonly namespace: string;
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** The labels that select its pods. They never change. */
  public readonly selector: { readonly [label: string]: string };
  private readonly network: PodNetwork;

  constructor(scope: Construct, id: string, props: CronJobProps) {
    super(scope, id);
    props = declared(this, 'CronJobProps', props);
    reportProblems(this, () => [
      ...jobProblems(props, rules.cronJobName, rules.CRON_JOB_SUFFIX),
      ...scheduleProblems(props),
      ...diskOfRunsProblems(podVolumes(props), props.concurrencyPolicy === ConcurrencyPolicy.ALLOW),
    ]);
    requirePods(this, props);
    reportWarnings(this, jobWarnings(props));

    const { provider } = props;
    const context = objectContext(props);
    const config = new PodConfig(this, context, props);
    const { CronJobV1 } = cronJobs();
    const cronJob = new CronJobV1(this, 'Resource', {
      provider,
      metadata: context.metadata,
      spec: {
        schedule: props.schedule,
        timezone: props.timeZone ?? 'Etc/UTC',
        concurrencyPolicy: props.concurrencyPolicy ?? ConcurrencyPolicy.FORBID,
        suspend: props.suspend,
        startingDeadlineSeconds: props.startingDeadlineSeconds,
        successfulJobsHistoryLimit: props.successfulJobsHistoryLimit,
        failedJobsHistoryLimit: props.failedJobsHistoryLimit,
        jobTemplate: { metadata: { labels: context.metadata.labels }, spec: jobSpec(props, context, config) },
      },
    });
    createAfter(cronJob, () => podPrerequisites(this, props, config));
    this.cronJobName = props.name;
    this.provider = provider;
    this.namespace = props.namespace ?? 'default';
    this.selector = context.selector;
    this.network = new PodNetwork(this, props, context, { ports: [], isOpen: false, targets: [] });
  }

  /**
   * Lets the pods call a workload: the network policies of both, where they have any, allow it.
   *
   * @param other The workload to call
   */
  public connectTo(other: IWorkload): void {
    this.network.connectTo(other);
  }

  /**
   * Lets the pods call a peer that is not a workload of the program. Only a CronJob that is `isolated` needs it.
   *
   * @param peer The peer to call
   * @param port The port that is called
   */
  public allowTo(peer: NetworkPeer, port: number): void {
    this.network.allowTo(peer, port);
  }

  /**
   * Like `allowTo`, for several ports, ranges of ports, or other protocols.
   *
   * @param peer The peer to call
   * @param ports The ports that are called, at least one
   */
  public allowToPorts(peer: NetworkPeer, ports: NetworkPort[]): void {
    this.network.allowToPorts(peer, ports);
  }
}

checkArguments(CronJob);

function scheduleProblems(props: CronJobProps): Violation[] {
  return [
    ...checkGiven(rules.cronSchedule, 'schedule', props.schedule),
    ...check(rules.timeZone, 'timeZone', props.timeZone),
    ...check(rules.startingDeadlineSeconds, 'startingDeadlineSeconds', props.startingDeadlineSeconds),
    ...check(rules.historyLimit, 'successfulJobsHistoryLimit', props.successfulJobsHistoryLimit),
    ...check(rules.historyLimit, 'failedJobsHistoryLimit', props.failedJobsHistoryLimit),
  ];
}
