import { type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { limitRanges, namespaces, networkPolicies, resourceQuotas } from './late-bindings';
import { kubernetesNames } from '../kubernetes/kubernetes-names';
import { claimResource } from '../core/names/unique';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import { type ContainerLimits, limitsProblems, renderLimits } from './namespace/container-limits';
import { type NamespacePodSecurity, podSecurityLabels, podSecurityProblems } from './namespace/namespace-pod-security';
import { type NamespaceQuota, quotaProblems, renderQuota } from './namespace/namespace-quota';
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
   * Its name: 1 to 63 lower-case letters, digits and "-", and not that of a built-in namespace. Changing it recreates
   * the namespace and deletes everything in it, including the data of its applications.
   */
  readonly namespaceName: string;
  /**
   * Whether all traffic from and to its pods, except DNS, is denied unless a network policy allows it, such as that of
   * a workload that is `isolated`.
   *
   * @default false
   * @alias networkPolicy
   */
  readonly defaultDeny?: boolean;
  /**
   * Limits for the sum of all its objects. If CPU or memory is limited, every container must specify requests and
   * limits: the workloads of the stack are checked against it.
   *
   * @default - no limits
   * @alias resourceQuota, resourceQuotas
   */
  readonly quota?: NamespaceQuota;
  /**
   * Limits for each of its containers, and defaults for containers that specify none. The workloads of the stack are
   * checked against it.
   *
   * @default - no limits, and no defaults
   * @alias limitRange, limitRanges
   */
  readonly containerLimits?: ContainerLimits;
  /**
   * The Pod Security Standards for its pods. The workloads of the stack are checked against the enforced level.
   *
   * @default - the level that the cluster enforces: in AKS, none
   * @alias podSecurityStandard, podSecurityStandards, podSecurityAdmission
   */
  readonly podSecurity?: NamespacePodSecurity;
  /**
   * The network of the cluster: with `defaultDeny`, the namespace warns if it ignores network policies.
   *
   * @default - a network that enforces them
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
 * A namespace. A workload that uses its `namespaceName` is created after it.
 *
 * @example
 * const { namespaceName } = new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop' });
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   namespace: namespaceName,
 * });
 */
export class KubernetesNamespace extends Construct {
  /** The name of the namespace, as a reference to it. */
  public readonly namespaceName: string;

  constructor(scope: Construct, id: string, props: KubernetesNamespaceProps) {
    super(scope, id);
    props = declared(this, 'KubernetesNamespaceProps', props);
    reportProblems(this, () => [
      ...checkGiven(newNamespaceName, 'namespaceName', props.namespaceName),
      ...quotaProblems('quota', props.quota),
      ...limitsProblems('containerLimits', props.containerLimits),
      ...podSecurityProblems('podSecurity', props.podSecurity),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
    requireSideBySide(this);
    const { provider } = props;
    const labels = podSecurityLabels(props.podSecurity);
    const namespace = new (namespaces().NamespaceV1)(this, 'Resource', {
      provider,
      metadata: { name: props.namespaceName, labels },
    });
    claimResource(this, 'namespaceName', namespace, kubernetesNames.namespace(props.namespaceName, provider));
    createAfter(namespace, () => props.prerequisites ?? []);
    // read once: workloads are in the same namespace if they have the same reference
    this.namespaceName = namespace.metadata.name;
    this.limit(props);
    this.deny(props);
  }

  private limit({ quota, containerLimits, provider }: KubernetesNamespaceProps): void {
    const namespace = this.namespaceName;
    if (quota !== undefined) {
      const { ResourceQuotaV1 } = resourceQuotas();
      const metadata = { name: 'quota', namespace };
      new ResourceQuotaV1(this, 'quota', { provider, metadata, spec: renderQuota(quota) });
    }
    if (containerLimits !== undefined) {
      const { LimitRangeV1 } = limitRanges();
      const metadata = { name: 'container-limits', namespace };
      new LimitRangeV1(this, 'container-limits', { provider, metadata, spec: renderLimits(containerLimits) });
    }
  }

  private deny({ defaultDeny, clusterNetwork, provider }: KubernetesNamespaceProps): void {
    if (defaultDeny !== true) {
      return;
    }
    reportWarnings(
      this,
      when(
        clusterNetwork?.enforcesNetworkPolicies === false,
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
