import { Construct } from 'constructs';
import { checkArguments } from '../core/declared';
import { uuid } from './identity-rules';
import { checkGiven } from '../core/rules/rule';
import type { GrantPrincipal, IGrantable } from './grants';
import { reportProblems } from '../core/problems/report';

/** A person, a group or a program in Microsoft Entra ID that exists, to give roles to. */
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
