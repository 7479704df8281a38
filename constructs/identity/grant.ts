import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../core/declared';
import { createConstructAfter } from '../core/order/order';
import type { IGrantable } from './grants';

/**
 * The result of giving a role to a principal.
 *
 * @example
 * const grant = registry.grantPull(cluster);
 * grant.applyBefore(workload);
 */
export class Grant {
  /** @internal */
  public static _of(grantee: IGrantable, assignment: RoleAssignment): Grant {
    return new Grant(grantee, assignment);
  }

  private constructor(
    /** The principal that has the role. */
    public readonly grantee: IGrantable,
    private readonly assignment: RoleAssignment,
  ) {}

  /**
   * The construct that reports mistakes in calls of this grant.
   *
   * @internal
   */
  public get _reportsAt(): IConstruct {
    return this.grantee;
  }

  /** The role assignment. @internal */
  public get _assignment(): RoleAssignment {
    return this.assignment;
  }

  /** The Azure resource id of the role assignment. */
  public get roleAssignmentId(): string {
    return this.assignment.id;
  }

  /**
   * Makes Terraform assign the role before it creates the constructs that need it.
   *
   * Workloads that run images of a registry, and clusters that use other resources, wait for these grants without it.
   *
   * @param constructs The constructs that need the role, in this stack or in others
   */
  public applyBefore(...constructs: IConstruct[]): void {
    constructs.forEach((construct) => createConstructAfter(construct, this.assignment));
  }
}

checkArguments(Grant);
