import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { NetworkPeer } from '../workload/network-peer';

/** A gateway that routes attach to, created here or elsewhere. */
export interface IGateway extends IConstruct {
  /** The name of the Gateway. */
  readonly gatewayName: string;
  /** The namespace of the Gateway. */
  readonly namespace: string;
  /** The pods that forward its requests; undefined if that is not known. */
  readonly callers?: NetworkPeer;
  /** The listener that routes attach to, of an existing gateway; undefined for every listener that accepts them. */
  readonly listenerName?: string;
  /** The provider of its cluster; undefined for the only Kubernetes provider of the stack. */
  readonly provider?: TerraformProvider;
}
