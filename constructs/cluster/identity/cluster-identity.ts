import { checkArguments } from '../../core/declared';
import type { IServicePrincipal } from '../../identity/service-principal';
import type { IUserAssignedIdentity } from '../../identity/i-user-assigned-identity';

/** What a cluster with a user-assigned identity can be told about it. */
export interface UserAssignedClusterIdentityOptions {
  /**
   * As whom the nodes pull images and use Azure. The cluster's identity gets the role that it needs for that.
   *
   * @default - an identity that Azure makes with the cluster
   */
  readonly kubeletIdentity?: IUserAssignedIdentity;
  /**
   * How many seconds to wait, 0 to 900, until the roles that the cluster's identity gets before the cluster work in all
   * of Azure. A cluster made sooner fails, since it may not yet use its network, its DNS zone or the identity of its nodes.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}

/** As whom a cluster uses Azure: for its load balancer, its disks, its network. */
export class ClusterIdentity {
  /**
   * An identity that Azure makes with the cluster and removes with it. Nodes pull images as another one, the kubelet's.
   *
   * Not for a network of one's own: its role could only be given when the cluster is there, and load balancers wait
   * for it.
   */
  public static systemAssigned(): ClusterIdentity {
    return new ClusterIdentity();
  }

  /** A managed identity that exists before the cluster, and so do its roles. */
  public static userAssigned(
    identity: IUserAssignedIdentity,
    options: UserAssignedClusterIdentityOptions = {},
  ): ClusterIdentity {
    return new ClusterIdentity(undefined, identity, options.kubeletIdentity, options.propagationSeconds);
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
    /** The managed identity, if it exists before the cluster. */
    public readonly identity?: IUserAssignedIdentity,
    /** As whom the nodes use Azure, if that exists before the cluster. */
    public readonly kubeletIdentity?: IUserAssignedIdentity,
    /** How long to wait for its roles. */
    public readonly propagationSeconds?: number,
  ) {}
}

checkArguments(ClusterIdentity);
