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

/** The assignments of an app by resource, and below that by principal and role. */
const assignmentsByApp = new WeakMap<IConstruct, Map<string, Map<string, RoleAssignment[]>>>();

/**
 * Gives a principal a role, once in a stack: Azure refuses a second assignment of a role to a principal on a resource, so
 * whoever asks again, by whatever way, gets the first one and can wait for it.
 *
 * @param role The name of the role, such as "AcrPull"
 * @param on The Azure resource id that it is for
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
  const given = assignments.get(key) ?? [];
  const existing = given.find((one) => TerraformStack.of(one) === TerraformStack.of(scope));
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
    // a principal made in the same run is often not yet known where Azure would look it up
    skipServicePrincipalAadCheck: principalType === 'ServicePrincipal' ? true : undefined,
  });
  assignments.set(key, [...given, assignment]);
  return assignment;
}

/** The assignments of a role on a resource that the stack of a consumer makes. */
export function assignmentsOn(resourceId: string, role: string, consumer: IConstruct): RoleAssignment[] {
  const stack = TerraformStack.of(consumer);
  return [...assignmentsInApp(consumer, resourceId).values()]
    .flat()
    .filter((one) => one.roleDefinitionNameInput === role && TerraformStack.of(one) === stack);
}

function assignmentsInApp(scope: IConstruct, on: string): Map<string, RoleAssignment[]> {
  const resources = assignmentsByApp.get(scope.node.root) ?? new Map<string, Map<string, RoleAssignment[]>>();
  assignmentsByApp.set(scope.node.root, resources);
  const resource = canonicalResourceId(scope, on);
  const assignments = resources.get(resource) ?? new Map<string, RoleAssignment[]>();
  resources.set(resource, assignments);
  return assignments;
}

/** A warning and not a problem: the two stacks may never be deployed together. */
function otherStackWarning(role: string, other: string): Violation {
  return violation(
    'role-assignment-in-two-stacks',
    `the role ${show(role)} is given by ${other} of another stack too, to the same principal on the same resource: where ` +
      'both stacks are deployed, Azure refuses the second (RoleAssignmentExists). Give it in one of them',
  );
}
