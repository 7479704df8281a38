import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../../core/declared';
import { createAfter } from '../../core/order/order';
import { reportProblems } from '../../core/problems/report';
import { check, checkGiven } from '../../core/rules/rule';
import { namespaceName, serviceName } from '../../kubernetes/kubernetes-rules';
import { namespacesFirst } from '../../kubernetes/namespaces';
import { requireChosenProvider } from '../../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../../stack-checks/side-by-side';
import { externalName } from './service-rules';
import { takenNameProblems } from './service-spec';

/** Properties of `ExternalService`. */
export interface ExternalServiceProps {
  /**
   * The name of the Service: 1 to 63 lower-case letters, digits and "-", beginning with a letter. Pods of its namespace
   * use it as a host name. Changing it replaces the Service.
   */
  readonly serviceName: string;
  /**
   * The DNS name of the target, such as "orders.postgres.database.azure.com", not an IP address. Pods resolve it as an
   * alias (CNAME): over TLS and HTTP, the target must accept the name that they use.
   */
  readonly externalName: string;
  /**
   * The namespace of the Service.
   *
   * @default "default"
   */
  readonly namespace?: string;
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
 * A name inside the cluster for a host outside it: a Service of the type ExternalName. Programs keep the name when
 * the host moves.
 *
 * It opens nothing: a workload that is `isolated` needs `allowTo(...)` for the addresses of the host.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 *
 * @example
 * new ExternalService(stack, 'orders', {
 *   serviceName: 'orders',
 *   externalName: 'orders.postgres.database.azure.com',
 * });
 */
export class ExternalService extends Construct {
  /** The name of the Service, which is its host name for pods of the same namespace. */
  public readonly serviceName: string;
  /** The host name of the Service for pods of any namespace. */
  public readonly serviceDnsName: string;
  /** The namespace of the Service. */
  public readonly namespace: string;

  constructor(scope: Construct, id: string, props: ExternalServiceProps) {
    super(scope, id);
    props = declared(this, 'ExternalServiceProps', props);
    reportProblems(this, () => [
      ...checkGiven(serviceName, 'serviceName', props.serviceName),
      ...takenNameProblems('serviceName', props.serviceName, props.namespace),
      ...checkGiven(externalName, 'externalName', props.externalName),
      ...check(namespaceName, 'namespace', props.namespace),
    ]);
    requireChosenProvider(this);
    namespacesFirst(this);
    requireSideBySide(this);
    this.serviceName = props.serviceName;
    this.namespace = props.namespace ?? 'default';
    this.serviceDnsName = `${this.serviceName}.${this.namespace}.svc.cluster.local`;
    const service = new ServiceV1(this, 'Resource', {
      provider: props.provider,
      metadata: { name: props.serviceName, namespace: props.namespace },
      spec: { type: 'ExternalName', externalName: props.externalName },
    });
    createAfter(service, () => props.prerequisites ?? []);
  }
}

checkArguments(ExternalService);
