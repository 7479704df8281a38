import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The network of a cluster, such as a `NetworkProfile`. */
export interface IClusterNetwork {
  /** Whether it enforces network policies. */
  readonly enforcesNetworkPolicies: boolean;
}

/** Options for every workload. */
export interface WorkloadOptions {
  /**
   * The namespace: its name, or the `namespaceName` of a `KubernetesNamespace`. A namespace of the same stack and
   * cluster is created first.
   *
   * @default "default"
   * @alias namespaceName
   */
  readonly namespace?: string;
  /**
   * The provider of the cluster that it runs on.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * The application that it is part of, for the label "app.kubernetes.io/part-of": 1 to 63 letters, digits, "-", "_"
   * and ".".
   *
   * @default - nothing
   */
  readonly partOf?: string;
  /**
   * Whether a network policy restricts its connections to those that are declared: `connectTo`, `allowFrom` and
   * `allowTo`, callers from outside the cluster where `exposure` allows them, and DNS. Pods that use Azure need
   * outbound access to port 443 of Microsoft Entra ID, such as `allowTo(NetworkPeer.internet(), 443)`.
   *
   * @default - true for the parts of the vote application, false for others
   * @alias networkPolicy, networkPolicies
   */
  readonly isolated?: boolean;
  /**
   * The network of the cluster: a workload that is isolated warns if it ignores network policies.
   *
   * @default - a network that enforces them
   */
  readonly clusterNetwork?: IClusterNetwork;
  /**
   * Constructs that must be ready before it is created, in addition to its image.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}
