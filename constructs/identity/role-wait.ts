import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Aspects, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { sleeps } from './late-bindings';
import { numberText } from '../core/values/number-text';
import { reportWarningsLate } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';

/** The time that Azure usually needs, at most, until a role is effective everywhere. */
export const ROLE_PROPAGATION_SECONDS = 120;

/**
 * A wait until the roles of one identity are effective, before what needs them is created.
 *
 * Only a stack with a `time` provider can wait, which is known when the program is complete; others get a warning.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected
 */
export class RoleWait extends Construct {
  private wait?: Sleep;

  constructor(
    scope: Construct,
    id: string,
    private readonly roles: readonly RoleAssignment[],
    private readonly seconds: number,
  ) {
    super(scope, id);
    reportWarningsLate(this, () => this.warnings());
    Aspects.of(this).add({ visit: (node) => (node === this ? this.prepare() : undefined) });
  }

  private prepare(): void {
    if (!hasTimeProvider(TerraformStack.of(this))) {
      return;
    }
    this.wait ??= new (sleeps().Sleep)(this, 'Resource', {
      createDuration: `${numberText(this.seconds)}s`,
      // it waits again for a role that is added or recreated
      triggers: Object.fromEntries(this.roles.map((role) => [role.node.id, role.id])),
    });
  }

  private warnings(): Violation[] {
    return when(
      !hasTimeProvider(TerraformStack.of(this)),
      'time-provider-missing',
      () =>
        'role assignments take minutes to take effect in Azure, and without the time provider, nothing waits for them: the first deployment may fail, and a second one succeed. Add' +
        " `new TimeProvider(this, 'time')` of @cdktf/provider-time to the stack",
    );
  }
}

function hasTimeProvider(stack: TerraformStack): boolean {
  // providers are nearly always direct children, and searching the whole stack takes long for each of many identities
  return stack.node.children.some(isTimeProvider) || stack.node.findAll().some(isTimeProvider);
}

function isTimeProvider(one: IConstruct): boolean {
  return TerraformProvider.isTerraformProvider(one) && one.terraformResourceType === 'time';
}
