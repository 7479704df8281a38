import type {
  NetworkPolicyV1,
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecEgressTo,
  NetworkPolicyV1SpecIngress,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Construct } from 'constructs';
import { networkPolicies } from './late-bindings';
import { numberText } from '../core/values/number-text';
import type { ObjectContext } from './object-context';

/** Name resolution, wherever the cluster has it: beside the pods, on the node or outside. */
export const DNS_EGRESS: NetworkPolicyV1SpecEgress = {
  ports: [
    { protocol: 'UDP', port: '53' },
    { protocol: 'TCP', port: '53' },
  ],
};

/** Pods that others may reach: whose they are, and where. */
export interface PodPeer {
  readonly selector: { [label: string]: string };
  readonly namespace: string | undefined;
}

/** Lets in and out of a workload's pods only what is declared, now or later. */
export class PodPolicy {
  private readonly policy: NetworkPolicyV1;
  private readonly namespace: string | undefined;
  private readonly selector: { [label: string]: string };
  private readonly ingress: NetworkPolicyV1SpecIngress[] = [];
  private readonly egress: NetworkPolicyV1SpecEgress[] = [DNS_EGRESS];
  private readonly port: string;

  /**
   * @param isOpen Whether callers come from outside of the cluster: then everybody may call, since they come as nodes
   */
  constructor(
    scope: Construct,
    { provider, metadata, selector }: ObjectContext,
    containerPort: number,
    isOpen: boolean,
  ) {
    this.namespace = metadata.namespace;
    this.selector = selector;
    this.port = numberText(containerPort);
    if (isOpen) {
      this.ingress.push({ ports: this.ports });
    }
    const { NetworkPolicyV1 } = networkPolicies();
    this.policy = new NetworkPolicyV1(scope, 'policy', { provider, metadata, spec: this.spec });
  }

  public allowFrom(peer: PodPeer): void {
    this.ingress.push({ from: [this.peer(peer)], ports: this.ports });
    this.policy.putSpec(this.spec);
  }

  public allowTo(peer: PodPeer, port: number): void {
    this.egress.push({ to: [this.peer(peer)], ports: [{ protocol: 'TCP', port: numberText(port) }] });
    this.policy.putSpec(this.spec);
  }

  public allowToRange(cidr: string, port: number): void {
    this.egress.push({ to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: numberText(port) }] });
    this.policy.putSpec(this.spec);
  }

  private get ports(): { protocol: string; port: string }[] {
    return [{ protocol: 'TCP', port: this.port }];
  }

  private get spec(): NetworkPolicyV1['specInput'] & object {
    return {
      podSelector: { matchLabels: this.selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: this.ingress,
      egress: this.egress,
    };
  }

  private peer({ selector, namespace = 'default' }: PodPeer): NetworkPolicyV1SpecEgressTo {
    const podSelector = { matchLabels: selector };
    return namespace === (this.namespace ?? 'default')
      ? { podSelector }
      : { podSelector, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
  }
}
