import type { IServicePrincipal } from './service-principal';

/** As whom a cluster uses Azure: for its load balancer, its disks, its network. */
export class ClusterIdentity {
  /** An identity that Azure makes with the cluster and removes with it. Nodes pull images as another one, the kubelet's. */
  public static systemAssigned(): ClusterIdentity {
    return new ClusterIdentity();
  }

  /**
   * A service principal. Nodes pull images as it, too.
   *
   * The cluster is created when the principal is ready. It stops working when the password expires.
   */
  public static servicePrincipal(principal: IServicePrincipal): ClusterIdentity {
    return new ClusterIdentity(principal);
  }

  private constructor(
    /** The service principal, if it is one. */
    public readonly principal?: IServicePrincipal,
  ) {}
}
