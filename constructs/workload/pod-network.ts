import { type TerraformProvider, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import { questionable, type Violation, violation } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven } from '../core/rules/rule';
import { isKnown, itemsOf } from '../core/values/known';
import { port as portRule } from '../kubernetes/kubernetes-rules';
import type { IWorkload } from './i-workload';
import type { TargetPort } from './exposure/service-ports';
import { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import type { ObjectContext } from './pod/object-context';
import type { PodOptions } from './pod/pod-options';
import { PodPolicy } from './pod-policy';
import { wayOutProblems } from './way-out-problems';

/** The ports of pods. */
export interface ListeningPorts {
  /** The port that callers may use by default. */
  readonly containerPort?: number;
  /** All ports on which the containers listen. */
  readonly ports: readonly number[];
  /** Whether callers come from outside the cluster. */
  readonly isOpen: boolean;
  /** The ports to which the Service sends requests; none without a Service. */
  readonly targets: readonly TargetPort[];
  /** The ports at which the pods call each other; none if omitted. */
  readonly peerPorts?: readonly NetworkPort[];
}

/**
 * The connections of pods: their callers and the peers that they call, which their network policy allows if they are
 * isolated.
 */
export class PodNetwork {
  private readonly namespace: string;
  private readonly provider: TerraformProvider | undefined;
  private readonly policy: PodPolicy | undefined;
  /** The pods, and others that have the same connections. */
  private readonly callers: { readonly policy?: PodPolicy; readonly selector: ObjectContext['selector'] }[];

  /**
   * @param owner The construct of the pods, which reports their problems
   */
  constructor(
    private readonly owner: Construct,
    props: PodOptions,
    context: ObjectContext,
    private readonly listening: ListeningPorts,
  ) {
    const { isolated, provider, namespace = 'default' } = props;
    this.namespace = namespace;
    this.provider = provider;
    const { containerPort, isOpen, targets, peerPorts } = listening;
    this.policy =
      isolated === true ? new PodPolicy(owner, context, containerPort, isOpen, targets, peerPorts) : undefined;
    this.callers = [{ policy: this.policy, selector: context.selector }];
    const { policy } = this;
    if (policy !== undefined) {
      reportProblems(owner, () => wayOutProblems(owner, props, policy));
    }
  }

  /** The objects that must exist before the pods can make calls. */
  public get objects(): IConstruct[] {
    return this.policy === undefined ? [] : [this.policy.resource];
  }

  /**
   * Lets other pods make the same calls as these. They are not called.
   *
   * @returns The objects that must exist before they can make calls
   */
  public callAlso(scope: Construct, context: ObjectContext): IConstruct[] {
    const policy = this.policy === undefined ? undefined : new PodPolicy(scope, context, undefined, false, []);
    this.callers.push({ policy, selector: context.selector });
    return policy === undefined ? [] : [policy.resource];
  }

  /** Lets the pods call a workload: the policies of both allow it. */
  public connectTo(other: IWorkload): void {
    reportProblems(this.owner, () => this.clusterProblems(other));
    // all versions, so that a switch does not wait for a policy
    const targets = other.workloads ?? [other];
    for (const { policy, selector } of this.callers) {
      for (const target of targets) {
        policy?.allowTo(NetworkPeer.pods(target.selector, target.namespace), target.containerPort);
      }
      other.allowFrom(NetworkPeer.pods(selector, this.namespace));
    }
  }

  /** Lets a peer call the pods. */
  public allowFrom(peer: NetworkPeer, port?: number): void {
    reportProblems(this.owner, () => [...peer._problems('peer'), ...this.openPortProblems(port)]);
    this.policy?.allowFrom(peer, port);
  }

  /** Lets the pods call a peer. */
  public allowTo(peer: NetworkPeer, port: number): void {
    reportProblems(this.owner, () => [...peer._problems('peer'), ...checkGiven(portRule, 'port', port)]);
    for (const { policy } of this.callers) {
      policy?.allowTo(peer, port);
    }
  }

  /** Lets a peer call the pods at several ports. */
  public allowFromPorts(peer: NetworkPeer, ports: readonly NetworkPort[]): void {
    reportProblems(this.owner, () => [
      ...peer._problems('peer'),
      ...portsProblems(ports),
      ...itemsOf(ports).flatMap(({ _single }, index) =>
        isKnown(_single) && portRule.holds(_single) ? this.openPortProblems(_single, `ports[${index}].port`) : [],
      ),
    ]);
    if (ports.length > 0) {
      this.policy?.allowFromPorts(peer, ports);
    }
  }

  /** Lets the pods call a peer at several ports. */
  public allowToPorts(peer: NetworkPeer, ports: readonly NetworkPort[]): void {
    reportProblems(this.owner, () => [...peer._problems('peer'), ...portsProblems(ports)]);
    for (const { policy } of ports.length > 0 ? this.callers : []) {
      policy?.allowToPorts(peer, ports);
    }
  }

  private openPortProblems(port: number | undefined, property = 'port'): Violation[] {
    const { containerPort, ports } = this.listening;
    const problems =
      containerPort === undefined ? checkGiven(portRule, property, port) : check(portRule, property, port);
    if (
      problems.length > 0 ||
      !isKnown(port) ||
      ports.length === 0 ||
      ports.some((one) => !isKnown(one) || one === port)
    ) {
      return problems;
    }
    return [
      questionable(
        'allowed-port-open',
        `'${property}' must be a port that the container listens on (${ports.join(', ')}), got ${port}: name it in ` +
          "'additionalPorts'",
      ),
    ];
  }

  /**
   * The problem of a workload of another cluster. One of another stack passes, since it may run on the same cluster.
   */
  private clusterProblems(other: IWorkload): Violation[] {
    const { owner, provider } = this;
    return TerraformStack.of(owner) !== TerraformStack.of(other) || provider === other.provider
      ? []
      : [
          violation(
            'connected-workloads-of-one-cluster',
            `'provider' must be that of ${other.node.path}, which it calls, got ${provider?.node.path ?? 'none'} and ` +
              `${other.provider?.node.path ?? 'none'}: workloads can only call each other inside the same cluster`,
          ),
        ];
  }
}

/** The problems of ports, of which an empty list would allow all. */
function portsProblems(ports: readonly NetworkPort[]): Violation[] {
  return [
    ...emptyProblems('ports', ports, 'port', 'remove the call if nothing is allowed'),
    ...itemsOf(ports).flatMap((port, index) => port._problems(`ports[${index}]`)),
  ];
}
