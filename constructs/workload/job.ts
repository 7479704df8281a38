import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { reportProblems, reportWarnings } from '../core/problems/report';
import type { IWorkload } from './i-workload';
import { createJob } from './job-run';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import { objectContext } from './pod/object-context';
import type { PodOptions } from './pod/pod-options';
import { PodNetwork } from './pod-network';
import { requirePods } from './pods';
import type { JobOptions } from './jobs/job-options';
import { jobProblems, jobWarnings } from './jobs/job-problems';
import { jobName, RUN_SUFFIX } from './jobs/job-rules';

/** Properties of `Job`. */
export interface JobProps extends PodOptions, JobOptions {
  /**
   * The seconds after which Kubernetes stops it and marks it as failed, 1 or more. The time during which its pods wait
   * for a node counts, too.
   *
   * @default - 3600, or no deadline if `wait` is false
   */
  readonly activeDeadlineSeconds?: number;
  /**
   * Whether Terraform waits until it has succeeded, and fails if it does not. If not, constructs that depend on it do
   * not wait for its result.
   *
   * @default true
   */
  readonly wait?: boolean;
}

/**
 * A job that runs once to completion, and again after each change of its definition.
 *
 * Terraform waits until it has succeeded; constructs with it in their `prerequisites` are created, or changed, after
 * that. If it fails, so does the deployment, and the next one tries again. It is kept after it has finished: if
 * Kubernetes deleted it, as with a time to live, the next deployment would run it again. It has no sidecars, since a
 * job does not finish while one runs.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 *
 * @example
 * const migration = new Job(stack, 'migration', {
 *   name: 'migrate',
 *   image: registry.image('web', 'v1'),
 *   command: ['./migrate'],
 * });
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   prerequisites: [migration],
 * });
 */
export class Job extends Construct {
  /** The name of the Job, which differs for each run. */
  public readonly jobName: string;
  /** The namespace of its pods. */
  public readonly namespace: string;
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** The labels that select its pods. They never change. */
  public readonly selector: { readonly [label: string]: string };
  private readonly network: PodNetwork;

  constructor(scope: Construct, id: string, props: JobProps) {
    super(scope, id);
    props = declared(this, 'JobProps', props);
    reportProblems(this, () => jobProblems(props, jobName, RUN_SUFFIX));
    requirePods(this, props);
    reportWarnings(this, jobWarnings(props));

    const context = objectContext(props);
    this.network = new PodNetwork(this, props, context, { ports: [], isOpen: false, targets: [] });
    this.jobName = createJob(this, props, context, this.network).jobName;
    this.provider = props.provider;
    this.namespace = props.namespace ?? 'default';
    this.selector = context.selector;
  }

  /**
   * Lets the job call a workload: the network policies of both, where they have any, allow it.
   *
   * @param other The workload to call
   */
  public connectTo(other: IWorkload): void {
    this.network.connectTo(other);
  }

  /**
   * Lets the job call a peer that is not a workload of the program. Only a Job that is `isolated` needs it.
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

checkArguments(Job);
