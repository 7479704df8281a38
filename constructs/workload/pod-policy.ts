import type {
  NetworkPolicyV1,
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecEgressTo,
  NetworkPolicyV1SpecIngress,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { IResolvable } from 'cdktf';
import type { Construct } from 'constructs';
import { networkPolicies } from './late-bindings';
import { isKnown } from '../core/values/known';
import { networkedClusterOf, type PlacedPods } from '../kubernetes/known-clusters';
import { numberText } from '../core/values/number-text';
import type { TargetPort } from './exposure/service-ports';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import type { ObjectContext } from './pod/object-context';

/** DNS, whether it runs in a pod, on the node or outside the cluster. */
export const DNS_EGRESS: NetworkPolicyV1SpecEgress = {
  ports: [
    { protocol: 'UDP', port: '53' },
    { protocol: 'TCP', port: '53' },
  ],
};

/** The port of Microsoft Entra ID and of the Kubernetes API server. */
const HTTPS_PORT = 443;

/** The network policy of a workload's pods. It allows only the connections that are declared, now or later. */
export class PodPolicy {
  /** The NetworkPolicy. */
  public readonly resource: NetworkPolicyV1;
  private readonly namespace: string;
  private readonly pods: Pick<PlacedPods, 'construct' | 'provider'>;
  private readonly selector: { [label: string]: string };
  private readonly ingress: NetworkPolicyV1SpecIngress[] = [];
  private readonly egress: NetworkPolicyV1SpecEgress[] = [DNS_EGRESS];
  /** Whether the pods may call HTTPS outside the cluster, at any addresses. */
  public hasWayOut = false;
  /** Whether they may call it at addresses that are not public. */
  public hasPrivateWayOut = false;

  /**
   * @param containerPort The port that callers may use by default
   * @param isOpen Whether callers come from outside the cluster. Then all may call, since such callers have the
   *   addresses of nodes
   * @param targets The ports to which the Service of the pods sends requests
   * @param peerPorts The ports at which the pods call each other
   */
  constructor(
    scope: Construct,
    { provider, metadata, selector }: ObjectContext,
    private readonly containerPort: number | undefined,
    isOpen: boolean,
    private readonly targets: readonly TargetPort[],
    peerPorts: readonly NetworkPort[] = [],
  ) {
    this.namespace = metadata.namespace ?? 'default';
    this.pods = { construct: scope, provider };
    this.selector = selector;
    if (isOpen) {
      this.ingress.push({ ports: targets.map(render) });
    }
    if (peerPorts.length > 0) {
      const peers = [{ podSelector: { matchLabels: selector } }];
      const ports = peerPorts.map((port) => port._render());
      this.ingress.push({ from: peers, ports });
      this.egress.push({ to: peers, ports });
    }
    const { NetworkPolicyV1 } = networkPolicies();
    this.resource = new NetworkPolicyV1(scope, 'policy', { provider, metadata, spec: this.spec });
  }

  public allowFrom(peer: NetworkPeer, port?: number): void {
    const from = peer._isAnyone ? {} : { from: this.render(peer) };
    this.ingress.push({ ...from, ports: this.portsAt(port ?? this.containerPort) });
    this.resource.putSpec(this.spec);
  }

  public allowTo(peer: NetworkPeer, port: number): void {
    this.rememberWayOut(peer, !isKnown(port) || port === HTTPS_PORT);
    this.egress.push({ to: this.render(peer), ports: [{ protocol: 'TCP', port: numberText(port) }] });
    this.resource.putSpec(this.spec);
  }

  public allowFromPorts(peer: NetworkPeer, ports: readonly NetworkPort[]): void {
    this.ingress.push({ from: this.render(peer), ports: ports.map((port) => port._render()) });
    this.resource.putSpec(this.spec);
  }

  public allowToPorts(peer: NetworkPeer, ports: readonly NetworkPort[]): void {
    this.rememberWayOut(
      peer,
      ports.some(({ _mayBeHttps }) => _mayBeHttps),
    );
    this.egress.push({ to: this.render(peer), ports: ports.map((port) => port._render()) });
    this.resource.putSpec(this.spec);
  }

  private render(peer: NetworkPeer): NetworkPolicyV1SpecEgressTo[] | IResolvable {
    return peer._render(this.namespace, () => networkedClusterOf(this.pods)?.isDualStack === true);
  }

  private rememberWayOut(peer: NetworkPeer, isHttps: boolean): void {
    this.hasWayOut ||= peer._isOutside && isHttps;
    this.hasPrivateWayOut ||= peer._mayBePrivate && isHttps;
  }

  /** A port with each protocol that the Service uses for it; all TCP ports if none is given. */
  private portsAt(port: number | undefined): { protocol: string; port?: string }[] {
    if (port === undefined) {
      return [{ protocol: 'TCP' }];
    }
    const known = this.targets.filter((target) => target.port === port);
    return (known.length === 0 ? [{ port, protocol: 'TCP' }] : known).map(render);
  }

  private get spec(): NetworkPolicyV1['specInput'] & object {
    return {
      podSelector: { matchLabels: this.selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: this.ingress,
      egress: this.egress,
    };
  }
}

function render({ protocol, port }: TargetPort): { protocol: string; port: string } {
  return { protocol, port: numberText(port) };
}
