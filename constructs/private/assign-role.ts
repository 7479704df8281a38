import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { Construct } from 'constructs';
import type { GrantPrincipal } from '../azure/grants';

/**
 * Gives a principal a role.
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
  return new RoleAssignment(scope, id, {
    scope: on,
    roleDefinitionName: role,
    principalId: objectId,
    principalType,
    // a principal made in the same run is often not yet known where Azure would look it up
    skipServicePrincipalAadCheck: principalType === 'ServicePrincipal' ? true : undefined,
  });
}
