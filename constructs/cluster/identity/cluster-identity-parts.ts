import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { assignRole } from '../../identity/assign-role';
import { clusterName } from '../../azure/resource-name-rules';
import { propagationSeconds } from '../../identity/identity-rules';
import { ROLE_PROPAGATION_SECONDS, RoleWait } from '../../identity/role-wait';
import { check, orExample } from '../../core/rules/rule';
import { ClusterIdentity } from './cluster-identity';
import { type IGrantable, PartIdentity } from '../../identity/grants';
import type { ProtectionOptions } from '../../azure/protection';
import type { IResourceGroupRef } from '../../azure/resource-group';
import { type IUserAssignedIdentity } from '../../identity/i-user-assigned-identity';
import { UserAssignedIdentity } from '../../identity/user-assigned-identity';
import { type Violation, violation } from '../../core/problems/violation';

/** One of your resources that a cluster uses, and the role that it needs on it. */
export interface OwnResource {
  /** The kind of the resource, for the id of the role assignment. */
  readonly name: string;
  /** The Azure resource id. */
  readonly resourceId: string;
  /** The role that the cluster needs on it. */
  readonly role: string;
}

/** The identity of a cluster, with the roles that it needs before the cluster is created. */
export class ClusterIdentityParts {
  private readonly choice: ClusterIdentity;
  private readonly roles: readonly RoleAssignment[];
  private readonly wait?: IConstruct;

  /**
   * @param cluster The cluster, below which roles and an identity are created
   * @param own The resources that the cluster uses and that exist before it
   */
  constructor(
    private readonly cluster: Construct,
    props: ProtectionOptions & {
      readonly identity?: ClusterIdentity;
      readonly resourceGroup: IResourceGroupRef;
      readonly clusterName: string;
    },
    private readonly own: readonly OwnResource[],
  ) {
    this.choice = props.identity ?? this.defaultIdentity(props.resourceGroup, props.clusterName, props);
    this.roles = this.assignRoles();
    const { propagationSeconds = ROLE_PROPAGATION_SECONDS } = this.choice;
    if (this.roles.length > 0 && propagationSeconds !== 0) {
      this.wait = new RoleWait(cluster, 'roles', this.roles, propagationSeconds);
    }
  }

  /** The arguments of the cluster's resource. */
  public get config(): Partial<KubernetesClusterConfig> {
    const { principal, identity, kubeletIdentity } = this.choice;
    if (principal !== undefined) {
      return { servicePrincipal: { clientId: principal.clientId, clientSecret: principal.clientSecret } };
    }
    return {
      identity:
        identity === undefined
          ? { type: 'SystemAssigned' }
          : { type: 'UserAssigned', identityIds: [identity.identityId] },
      kubeletIdentity: kubeletIdentity && {
        clientId: kubeletIdentity.clientId,
        objectId: kubeletIdentity.grantPrincipal.objectId,
        userAssignedIdentityId: kubeletIdentity.identityId,
      },
    };
  }

  /** The constructs that must exist before the cluster: a principal and roles that have propagated. */
  public get prerequisites(): IConstruct[] {
    return [
      ...(this.choice.principal?.prerequisites ?? []),
      ...this.roles,
      ...(this.wait === undefined ? [] : [this.wait]),
    ];
  }

  /** The identity of the control plane. */
  public controlPlane(findObjectId: () => string): IGrantable {
    return (
      this.choice.principal ?? this.choice.identity ?? new PartIdentity(this.cluster, 'control-plane', findObjectId)
    );
  }

  /** The identity of the nodes: a separate one, except that a service principal serves both nodes and control plane. */
  public kubelet(findObjectId: () => string): IGrantable {
    return (
      this.choice.principal ?? this.choice.kubeletIdentity ?? new PartIdentity(this.cluster, 'kubelet', findObjectId)
    );
  }

  /** Whether Azure creates the identity with the cluster. */
  public get isSystemAssigned(): boolean {
    return this.choice.principal === undefined && this.choice.identity === undefined;
  }

  public problems(): Violation[] {
    const { principal } = this.choice;
    if (principal !== undefined && TerraformStack.of(principal) !== TerraformStack.of(this.cluster)) {
      return [
        violation(
          'cluster-identity-of-its-stack',
          `'identity' must be a service principal of the cluster's own stack, got ${principal.node.path}: its password would become an output of that stack` +
            '. Use ServicePrincipal.fromServicePrincipalAttributes(...) here',
        ),
      ];
    }
    if (this.isSystemAssigned && this.own.length > 0) {
      return [
        violation(
          'cluster-identity-before-cluster',
          `'identity' must exist before the cluster, which needs a role on ${this.own.map(({ name }) => name).join(', ')}, ` +
            'got ClusterIdentity.systemAssigned(): leave it out, or use ClusterIdentity.userAssigned(...)',
        ),
      ];
    }
    return check(propagationSeconds, 'identity.propagationSeconds', this.choice.propagationSeconds);
  }

  /**
   * An identity that exists before the cluster if it needs roles by then, otherwise the one that Azure creates with it.
   */
  private defaultIdentity(
    resourceGroup: IResourceGroupRef,
    name: string,
    { preventDestroy, deleteLock }: ProtectionOptions,
  ): ClusterIdentity {
    if (this.own.length === 0) {
      return ClusterIdentity.systemAssigned();
    }
    const identityName = `${orExample(clusterName, name)}-identity`;
    return ClusterIdentity.userAssigned(
      new UserAssignedIdentity(this.cluster, 'identity', { resourceGroup, identityName, preventDestroy, deleteLock }),
    );
  }

  private assignRoles(): RoleAssignment[] {
    const { principal, identity, kubeletIdentity } = this.choice;
    const grantee: IGrantable | undefined = principal ?? identity;
    if (grantee === undefined) {
      return [];
    }
    const own: readonly OwnResource[] = [...this.own, ...kubeletRole(kubeletIdentity)];
    return own.map(({ name, resourceId, role }) =>
      assignRole(this.cluster, `${name}-role`, grantee.grantPrincipal, role, resourceId),
    );
  }
}

/** The role that allows the cluster to assign an identity to its nodes. */
function kubeletRole(identity: IUserAssignedIdentity | undefined): OwnResource[] {
  return identity === undefined
    ? []
    : [{ name: 'kubelet-identity', resourceId: identity.identityId, role: 'Managed Identity Operator' }];
}
