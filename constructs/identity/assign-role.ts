import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { GrantPrincipal } from './grants';
import { freeId } from '../core/names/add-child';
import { canonicalResourceId } from '../azure/canonical-resource-id';
import { canonicalText } from '../core/names/canonical-text';
import { show } from '../core/values/shown';
import { type Violation, violation } from '../core/problems/violation';
import { reportWarnings } from '../core/problems/report';

/** The assignments of roles on a resource. */
class Assignments {
  /** By principal and role. */
  public readonly given = new Map<string, RoleAssignment[]>();
  public readonly byStack = new Map<TerraformStack, RoleAssignment[]>();
}

/** The assignments of an app by resource. */
const assignmentsByApp = new WeakMap<IConstruct, Map<string, Assignments>>();

/**
 * Gives a principal a role, once per stack: Azure rejects a second assignment of a role to a principal on a resource,
 * so later calls return the first assignment.
 *
 * @param role The name of the role, such as "AcrPull"
 * @param on The Azure resource id that the role applies to
 */
export function assignRole(
  scope: Construct,
  id: string,
  { objectId, principalType }: GrantPrincipal,
  role: string,
  on: string,
): RoleAssignment {
  const assignments = assignmentsInApp(scope, on);
  const key = JSON.stringify([canonicalText(scope, objectId), role]);
  const given = assignments.given.get(key) ?? [];
  const stack = TerraformStack.of(scope);
  const existing = given.find((one) => TerraformStack.of(one) === stack);
  if (existing !== undefined) {
    return existing;
  }
  reportWarnings(
    scope,
    given.slice(0, 1).map(({ node }) => otherStackWarning(role, node.path)),
  );
  const assignment = new RoleAssignment(scope, freeId(scope, id), {
    scope: on,
    roleDefinitionName: role,
    principalId: objectId,
    principalType,
    // a principal created in the same run is often not yet known where Azure would look it up
    skipServicePrincipalAadCheck: principalType === 'ServicePrincipal' ? true : undefined,
  });
  assignments.given.set(key, [...given, assignment]);
  assignments.byStack.set(stack, [...(assignments.byStack.get(stack) ?? []), assignment]);
  return assignment;
}

/** The assignments of a role on a resource in the stack of a consumer. */
export function assignmentsOn(resourceId: string, role: string, consumer: IConstruct): RoleAssignment[] {
  const own = assignmentsInApp(consumer, resourceId).byStack.get(TerraformStack.of(consumer)) ?? [];
  return own.filter((one) => one.roleDefinitionNameInput === role);
}

function assignmentsInApp(scope: IConstruct, on: string): Assignments {
  const resources = assignmentsByApp.get(scope.node.root) ?? new Map<string, Assignments>();
  assignmentsByApp.set(scope.node.root, resources);
  const resource = canonicalResourceId(scope, on);
  const assignments = resources.get(resource) ?? new Assignments();
  resources.set(resource, assignments);
  return assignments;
}

/** A warning and not a problem: the two stacks may never be deployed together. */
function otherStackWarning(role: string, other: string): Violation {
  return violation(
    'role-assignment-in-two-stacks',
    `the role ${show(role)} is assigned by ${other} of another stack too, to the same principal on the same resource: if both stacks are deployed, Azure rejects the second assignment (RoleAssignmentExists). Assign it in only one of them`,
  );
}
