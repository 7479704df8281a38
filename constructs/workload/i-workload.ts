import type { TerraformProvider } from 'cdktf';
import type { IPods } from './placement/affinity';
import type { NetworkPeer } from './network-peer';

/** Pods behind a Service, created here or elsewhere. */
export interface IWorkload extends IPods {
  /** The name of the Service, which is its host name for pods of the same namespace. */
  readonly serviceName: string;
  /** The host name of the Service for pods of any namespace. */
  readonly serviceDnsName: string;
  /** The port on which the Service listens. */
  readonly servicePort: number;
  /** The port on which the container listens, to which network policies refer. */
  readonly containerPort: number;
  /** Whether a network policy of this program rejects traffic that is not allowed explicitly. */
  readonly isolated?: boolean;
  /** The workloads to which it forwards requests; undefined for its own pods. */
  readonly workloads?: IWorkload[];
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  readonly provider?: TerraformProvider;

  /**
   * Lets a peer call the pods, where a network policy of this program restricts the callers.
   *
   * @param peer The caller
   * @param port The port of the container that it calls; `containerPort` if omitted
   */
  allowFrom(peer: NetworkPeer, port?: number): void;
}
