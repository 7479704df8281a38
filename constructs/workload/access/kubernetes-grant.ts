import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';
import { createConstructAfter } from '../../core/order/order';
import type { IServiceAccount } from '../../kubernetes/service-account';

/** Options for a Kubernetes role that is given to a service account. */
export interface KubernetesGrantOptions {
  /**
   * The namespace to whose objects the role applies. It must exist.
   *
   * @default - the namespace of the service account
   */
  readonly namespace?: string;
  /**
   * Whether the role applies to all namespaces, and to objects outside of namespaces, such as nodes.
   *
   * @default false
   */
  readonly wholeCluster?: boolean;
}

/**
 * A Kubernetes role that was given to a service account.
 *
 * @example
 * const account = new KubernetesServiceAccount(stack, 'orders-account', { serviceAccountName: 'orders' });
 * const grant: KubernetesGrant = account.grant('view', KubernetesRole.view());
 * grant.applyBefore(new Worker(stack, 'orders', { name: 'orders', image: registry.image('orders', 'v1') }));
 */
export class KubernetesGrant {
  /** @internal */
  public static _of(serviceAccount: IServiceAccount, binding: IConstruct): KubernetesGrant {
    return new KubernetesGrant(serviceAccount, binding);
  }

  private constructor(
    /** The service account that has the role. */
    public readonly serviceAccount: IServiceAccount,
    private readonly binding: IConstruct,
  ) {}

  /**
   * The construct that reports mistakes in calls of this grant.
   *
   * @internal
   */
  public get _reportsAt(): IConstruct {
    return this.serviceAccount;
  }

  /**
   * Makes Terraform bind the role before it creates the constructs that need it.
   *
   * Workloads that run as the service account wait for its roles without it.
   *
   * @param constructs The constructs that need the role, in this stack or in others
   */
  public applyBefore(...constructs: IConstruct[]): void {
    constructs.forEach((construct) => createConstructAfter(construct, this.binding));
  }
}

checkArguments(KubernetesGrant);
