import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings } from '../core/problems/report';
import type { IWorkload } from './i-workload';
import { daemonSets } from './late-bindings';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import { objectContext } from './pod/object-context';
import { PodConfig } from './pod/pod-config';
import type { PodOptions } from './pod/pod-options';
import type { PodParts } from './pod/pod-parts';
import { podVolumes } from './pod/pod-volumes';
import { podProblems, podWarnings } from './pod/pod-problems';
import { podTemplate } from './pod/pod-template';
import type { RunningOptions } from './pod/running-options';
import { Spread } from './pod/spread';
import { PodNetwork } from './pod-network';
import { podPrerequisites, requirePods } from './pods';
import { daemonSetRolloutProblems, type DaemonSetRolloutProps, updateStrategyOf } from './scaling/daemon-set-rollout';
import { checkRollout } from './scaling/rollout-check';
import { scaleVertically } from './vertical-scaler';
import { claimTemplateProblems, diskOfNodesProblems } from './scaling/volume-problems';

/** Properties of `DaemonSet`. */
export interface DaemonSetProps extends PodOptions, RunningOptions {
  /**
   * How new pods replace old ones.
   *
   * @default - one node at a time
   */
  readonly rollout?: DaemonSetRolloutProps;
}

/**
 * A pod on every node, such as an agent: a DaemonSet without a Service.
 *
 * By default, its pods run on all Linux nodes without taints that keep pods off. With `placement`, they run on the
 * nodes of a pool, or with `Placement.anywhere([{}])` on all Linux nodes.
 *
 * Terraform does not wait until the pods run: the provider only waits until they have been created.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 *
 * @example
 * new DaemonSet(stack, 'agent', {
 *   name: 'agent',
 *   image: registry.image('agent', 'v1'),
 *   placement: Placement.anywhere([{}]),
 * });
 */
export class DaemonSet extends Construct {
  /** The name of the DaemonSet. */
  public readonly daemonSetName: string;
  /** The namespace of its pods. */
  public readonly namespace: string;
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** The labels that select its pods. They never change. */
  public readonly selector: { readonly [label: string]: string };
  private readonly network: PodNetwork;

  constructor(scope: Construct, id: string, props: DaemonSetProps) {
    super(scope, id);
    props = declared(this, 'DaemonSetProps', props);
    const { provider, rollout = {} } = props;
    // one pod runs on each node
    const pod: PodParts = { ...props, spread: Spread.none() };
    reportProblems(this, () => [
      ...podProblems(pod),
      ...daemonSetRolloutProblems('rollout', rollout),
      ...claimTemplateProblems(podVolumes(pod)),
      ...diskOfNodesProblems(podVolumes(pod)),
    ]);
    requirePods(this, props, { onEveryNode: true });
    reportWarnings(this, podWarnings(pod));

    const context = objectContext(props);
    const config = new PodConfig(this, context, props);
    const { DaemonSetV1 } = daemonSets();
    const daemonSet = new DaemonSetV1(this, 'Resource', {
      provider,
      metadata: context.metadata,
      spec: {
        selector: { matchLabels: context.selector },
        minReadySeconds: rollout.minReadySeconds,
        strategy: updateStrategyOf(rollout)._strategy,
        template: podTemplate(pod, context, config),
      },
      // the provider would not wait until pods run, and on a timeout would forget the DaemonSet that it created
      waitForRollout: false,
    });
    createAfter(daemonSet, () => podPrerequisites(this, props, config));
    if (props.verticalScaling !== undefined) {
      scaleVertically(this, props.verticalScaling, context, { kind: 'DaemonSet', name: props.name });
    }
    if (rollout.check === true) {
      checkRollout(daemonSet);
    }
    this.daemonSetName = props.name;
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
   * Lets a peer call the pods, such as a monitoring agent. Only a DaemonSet that is `isolated` needs it.
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
   * Lets the pods call a peer that is not a workload of the program. Only a DaemonSet that is `isolated` needs it.
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

checkArguments(DaemonSet);
