import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { networkPolicies } from './late-bindings';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { claimResource } from '../core/names/unique';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { newNamespaceName } from '../kubernetes/kubernetes-rules';
import { createAfter } from '../core/order/order';
import { DNS_EGRESS } from './pod-policy';
import { checkGiven } from '../core/rules/rule';
import type { IClusterNetwork } from './pod/workload-options';
import { reportProblems, reportWarnings } from '../core/problems/report';
import { when } from '../core/problems/violation';

/** Properties of `KubernetesNamespace`. */
export interface KubernetesNamespaceProps {
  /**
   * Its name: 1 to 63 lower-case letters, digits and "-", and not that of a namespace that every cluster has. Changing it
   * recreates the namespace and deletes everything in it, including the data of its applications.
   */
  readonly namespaceName: string;
  /**
   * Whether its pods may neither be called nor call, except for DNS, unless a network policy allows it: that of a
   * workload that is `isolated`.
   *
   * @default false
   */
  readonly defaultDeny?: boolean;
  /**
   * The network of the cluster: with `defaultDeny`, the namespace warns if it ignores network policies.
   *
   * @default - one that enforces them
   */
  readonly clusterNetwork?: IClusterNetwork;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Constructs that must be ready before it is created.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/**
 * A namespace. A workload that takes its `namespaceName` is created after it.
 *
 * @example
 * const { namespaceName } = new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop' });
 * new Workload(stack, 'web', { name: 'web', image: registry.image('web', 'v1'), containerPort: 8080, namespace: namespaceName });
 */
export class KubernetesNamespace extends Construct {
  /** The name of the namespace, as a reference to it. */
  public readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: KubernetesNamespaceProps) {
    super(scope, id);
    props = declared(this, 'KubernetesNamespaceProps', props);
    reportProblems(this, () => checkGiven(newNamespaceName, 'namespaceName', props.namespaceName));
    requireChosenProvider(this);
    namespacesFirst(this);
    const { provider, defaultDeny = false } = props;
    const namespace = new NamespaceV1(this, 'Resource', { provider, metadata: { name: props.namespaceName } });
    claimResource(this, 'namespaceName', namespace, kubernetesNames.namespace(props.namespaceName, provider));
    createAfter(namespace, () => props.prerequisites ?? []);
    // read once: workloads are in the same namespace if they have the same reference
    this.namespaceName = namespace.metadata.name;
    if (!defaultDeny) {
      return;
    }
    reportWarnings(
      this,
      when(
        props.clusterNetwork?.enforcesNetworkPolicies === false,
        'default-deny-without-policies',
        () =>
          "'defaultDeny' has no effect: the network of the cluster ignores network policies. Use a network profile that " +
          'enforces them, or leave it out',
      ),
    );
    new (networkPolicies().NetworkPolicyV1)(this, 'default-deny', {
      provider,
      metadata: { name: 'default-deny', namespace: this.namespaceName },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [DNS_EGRESS] },
    });
  }
}

checkArguments(KubernetesNamespace);
