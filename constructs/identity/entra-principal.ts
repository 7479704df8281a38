import { Construct } from 'constructs';
import { checkArguments } from '../core/declared';
import { uuid } from './identity-rules';
import { checkGiven } from '../core/rules/rule';
import type { GrantPrincipal, IGrantable } from './grants';
import { reportProblems } from '../core/problems/report';

/**
 * An existing user, group or service principal in Microsoft Entra ID, to assign roles to.
 *
 * @example
 * const developers = EntraPrincipal.group(stack, 'developers', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10');
 * cluster.grantAccess(developers, ClusterRole.READER);
 */
export class EntraPrincipal extends Construct implements IGrantable {
  /** A group: `az ad group show --group <name> --query id`. */
  public static group(scope: Construct, id: string, objectId: string): EntraPrincipal {
    return new EntraPrincipal(scope, id, { objectId, principalType: 'Group' });
  }

  /** A person: `az ad user show --id <name> --query id`. */
  public static user(scope: Construct, id: string, objectId: string): EntraPrincipal {
    return new EntraPrincipal(scope, id, { objectId, principalType: 'User' });
  }

  /** A service principal or a managed identity, by its object id and not its client id. */
  public static servicePrincipal(scope: Construct, id: string, objectId: string): EntraPrincipal {
    return new EntraPrincipal(scope, id, { objectId, principalType: 'ServicePrincipal' });
  }

  private constructor(
    scope: Construct,
    id: string,
    public readonly grantPrincipal: GrantPrincipal,
  ) {
    super(scope, id);
    reportProblems(this, () => checkGiven(uuid, 'objectId', grantPrincipal.objectId));
  }
}

checkArguments(EntraPrincipal);
