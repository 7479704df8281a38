import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import { check, checkGiven } from '../core/rules/rule';
import { namespaceName, objectName } from '../kubernetes/kubernetes-rules';
import type { NetworkPeer } from '../workload/network-peer';
import type { IGateway } from './i-gateway';

/** Attributes of an existing gateway. */
export interface GatewayAttributes {
  /** The name of the Gateway. */
  readonly gatewayName: string;
  /**
   * The namespace of the Gateway. Its listeners determine whether routes of other namespaces can attach to them.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The name of the listener that routes attach to.
   *
   * @default - every listener that accepts them
   */
  readonly listenerName?: string;
  /**
   * The source of the requests, such as `NetworkPeer.namespace('istio')`. Isolated workloads allow it.
   *
   * @default - not known
   */
  readonly callers?: NetworkPeer;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** An existing gateway. */
export class ImportedGateway extends Construct implements IGateway {
  public readonly gatewayName: string;
  public readonly namespace: string;
  public readonly listenerName?: string;
  public readonly callers?: NetworkPeer;
  public readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, attributes: GatewayAttributes) {
    super(scope, id);
    this.gatewayName = attributes.gatewayName;
    this.namespace = attributes.namespace ?? 'default';
    this.listenerName = attributes.listenerName;
    this.callers = attributes.callers;
    this.provider = attributes.provider;
    reportProblems(this, () => [
      ...checkGiven(objectName, 'gatewayName', attributes.gatewayName),
      ...check(namespaceName, 'namespace', attributes.namespace),
      ...check(objectName, 'listenerName', attributes.listenerName),
      ...(attributes.callers?._problems('callers') ?? []),
    ]);
  }
}
