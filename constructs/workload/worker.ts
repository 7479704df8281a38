import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { createController, scale } from './controller';
import type { IWorkload } from './i-workload';
import { migrationProblems, migrationWarnings } from './jobs/migration-problems';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import { objectContext } from './pod/object-context';
import { PodConfig } from './pod/pod-config';
import { podVolumes } from './pod/pod-volumes';
import { podProblems, podWarnings } from './pod/pod-problems';
import { runningContainers } from './pod/running-containers';
import { migrateBefore } from './migration';
import { PodNetwork } from './pod-network';
import { podPrerequisites, requirePods } from './pods';
import { fewestReplicas, replicaProblems, replicaWarnings } from './scaling/replica-problems';
import { Rollout } from './scaling/rollout';
import { partitionWarnings, volumeProblems, withDiskDefaults } from './scaling/volume-problems';
import { isStateful, peerPortsOf, podServiceName } from './stateful-set';
import type { WorkerProps } from './worker-props';

/**
 * An application that is not called, such as a consumer of a queue: a Deployment without a Service.
 *
 * Terraform waits until the pods run; constructs that need the worker are created after that.
 *
 * @example
 * new Worker(stack, 'mailer', {
 *   name: 'mailer',
 *   image: registry.image('mailer', 'v1'),
 *   replicas: 2,
 * });
 */
export class Worker extends Construct {
  /** The namespace of its pods. */
  public readonly namespace: string;
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** The labels that select its pods. They never change. */
  public readonly selector: { readonly [label: string]: string };
  /**
   * The name of the headless Service that gives each pod a host name, such as "web-0.web-pods"; undefined if there is
   * none.
   */
  public readonly podServiceName?: string;
  private readonly network: PodNetwork;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const given = declared(this, 'WorkerProps', props);
    props = withDiskDefaults(given, podVolumes(given), isStateful(given));
    const rollout = new Rollout(props.rollout ?? {});
    reportProblems(this, () => [
      ...podProblems(props),
      ...rollout.problems(runningContainers(props)),
      ...replicaProblems(props, runningContainers(props)),
      ...migrationProblems(props),
      ...volumeProblems(podVolumes(props), props, isStateful(props)),
    ]);
    requirePods(this, props);
    reportWarnings(this, [
      ...podWarnings(props),
      ...rollout.warnings(fewestReplicas(props)),
      ...replicaWarnings(props),
      ...migrationWarnings(props),
      ...partitionWarnings(props),
    ]);

    const context = objectContext(props);
    const config = new PodConfig(this, context, props);
    const controller = createController(this, props, context, config, rollout);
    createAfter(controller, () => podPrerequisites(this, props, config));
    scale(this, props, context);

    this.provider = props.provider;
    this.namespace = props.namespace ?? 'default';
    this.selector = context.selector;
    this.podServiceName = podServiceName(props);
    const peerPorts = peerPortsOf(props);
    this.network = new PodNetwork(this, props, context, { ports: [], isOpen: false, targets: [], peerPorts });
    migrateBefore(controller, this, props, context, config, this.network);
  }

  /**
   * Lets the worker call a workload: the network policies of both, where they have any, allow it.
   *
   * @param other The workload to call
   */
  public connectTo(other: IWorkload): void {
    this.network.connectTo(other);
  }

  /**
   * Lets a peer call the pods, such as a monitoring agent. Only a Worker that is `isolated` needs it.
   *
   * @param peer The caller
   * @param port The port that is called
   */
  public allowFrom(peer: NetworkPeer, port: number): void {
    this.network.allowFrom(peer, port);
  }

  /**
   * Like `allowFrom`, for several ports, ranges of ports, or other protocols.
   *
   * @param peer The caller
   * @param ports The ports of the containers that it calls, at least one
   */
  public allowFromPorts(peer: NetworkPeer, ports: NetworkPort[]): void {
    this.network.allowFromPorts(peer, ports);
  }

  /**
   * Lets the worker call a peer that is not a workload of the program. Only a Worker that is `isolated` needs it.
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

checkArguments(Worker);
