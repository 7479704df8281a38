import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../core/declared';
import { createConstructAfter } from '../core/order/order';
import type { IGrantable } from './grants';

/** A role that was given to a principal. */
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
   * Where mistakes in calls of a grant are reported.
   *
   * @internal
   */
  public get _reportsAt(): IConstruct {
    return this.grantee;
  }

  /** The Azure resource id of the role assignment. */
  public get roleAssignmentId(): string {
    return this.assignment.id;
  }

  /**
   * Makes Terraform give the role before it creates a construct that needs it.
   *
   * The images of a registry and the resources that a cluster uses need no such call: they come after their roles anyway.
   *
   * @param construct What needs the role, in this stack or in another one
   */
  public applyBefore(construct: IConstruct): void {
    createConstructAfter(construct, this.assignment);
  }
}

checkArguments(Grant);
