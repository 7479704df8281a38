import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { reportProblems } from '../core/problems/report';
import { check, checkGiven } from '../core/rules/rule';
import { namespaceName, port, serviceName } from '../kubernetes/kubernetes-rules';
import { selectorProblems } from '../kubernetes/selector-problems';
import type { IWorkload } from './i-workload';

/** Attributes of an existing workload. */
export interface WorkloadAttributes {
  /** The name of its Service. */
  readonly serviceName: string;
  /** The port on which the Service listens, 1 to 65535. */
  readonly servicePort: number;
  /**
   * The port on which the container listens, 1 to 65535.
   *
   * @default - the port of the Service
   */
  readonly containerPort?: number;
  /**
   * The namespace of its pods.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /** The labels that select its pods: at least one. */
  readonly selector: { readonly [label: string]: string };
  /**
   * The provider of the cluster that it runs on.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** An existing workload, whose network policies belong to another program. */
export class ImportedWorkload extends Construct implements IWorkload {
  public readonly serviceName: string;
  public readonly serviceDnsName: string;
  public readonly servicePort: number;
  public readonly containerPort: number;
  public readonly namespace: string;
  public readonly selector: { readonly [label: string]: string };
  public readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, attributes: WorkloadAttributes) {
    super(scope, id);
    this.serviceName = attributes.serviceName;
    this.servicePort = attributes.servicePort;
    this.containerPort = attributes.containerPort ?? attributes.servicePort;
    this.namespace = attributes.namespace ?? 'default';
    this.serviceDnsName = `${this.serviceName}.${this.namespace}.svc.cluster.local`;
    this.selector = attributes.selector;
    this.provider = attributes.provider;
    reportProblems(this, () => [
      ...checkGiven(serviceName, 'serviceName', attributes.serviceName),
      ...checkGiven(port, 'servicePort', attributes.servicePort),
      ...check(port, 'containerPort', attributes.containerPort),
      ...check(namespaceName, 'namespace', attributes.namespace),
      ...selectorProblems(
        'selector',
        attributes.selector,
        'without labels, it would select every pod of its namespace',
      ),
    ]);
  }

  public allowFrom(): void {
    // its own program decides about its callers
  }
}
