import { checkArguments } from '../../core/declared';
import type { IServicePrincipal } from '../../identity/service-principal';
import type { IUserAssignedIdentity } from '../../identity/i-user-assigned-identity';

/** Options for a user-assigned cluster identity. */
export interface UserAssignedClusterIdentityOptions {
  /**
   * The identity that the nodes use to pull images and to call Azure. The identity of the cluster gets the role that it needs to
   * assign it.
   *
   * @default - an identity that Azure creates with the cluster
   */
  readonly kubeletIdentity?: IUserAssignedIdentity;
  /**
   * How many seconds to wait, 0 to 900, until the roles that the cluster's identity gets before the cluster work in all
   * of Azure. A cluster that is created sooner fails, since it may not yet use its network, its DNS zone or the identity
   * of its nodes.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}

/**
 * The identity that a cluster uses to manage Azure resources: its load balancers, disks and network.
 *
 * @example
 * const identity = new UserAssignedIdentity(stack, 'identity', { resourceGroup, identityName: 'shop-aks' });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   identity: ClusterIdentity.userAssigned(identity),
 * });
 */
export class ClusterIdentity {
  /**
   * An identity that Azure creates and deletes with the cluster. Nodes pull images with another one, the kubelet's.
   *
   * Not for your own network: its role could only be assigned when the cluster exists, and load balancers wait
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
   * A service principal, which nodes also use to pull images.
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
    /** The identity of the nodes, if it exists before the cluster. */
    public readonly kubeletIdentity?: IUserAssignedIdentity,
    /** How long to wait for its roles. */
    public readonly propagationSeconds?: number,
  ) {}
}

checkArguments(ClusterIdentity);
