import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, stack, type Resources } from '../fixtures';

const MANAGED = { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.old.id}'] };
const OTHER = { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.new.id}'] };
const OWN = { type: 'SystemAssigned' };
const BOTH = { ...MANAGED, type: 'SystemAssigned, UserAssigned' };
const ofOld = '${azurerm_user_assigned_identity.old.principal_id}';
const ofNew = '${azurerm_user_assigned_identity.new.principal_id}';
const ofItself = '${azurerm_linux_web_app.w.identity[0].principal_id}';

const role = (principal_id: string) => ({ principal_id, role_definition_name: 'AcrPull', scope: '/subscriptions/a' });

function side(identity: JsonObject | undefined, principals: readonly string[]) {
  const roles = principals.map((principal, i): [string, JsonObject] => [`r${i}`, role(principal)]);
  const resources: Resources = {
    azurerm_user_assigned_identity: { old: { name: 'old' }, new: { name: 'new' } },
    azurerm_linux_web_app: { w: { name: 'w', ...(identity && { identity: [identity] }) } },
    azurerm_role_assignment: Object.fromEntries(roles),
  };
  return program(resources);
}

test.each<[string, JsonObject | undefined, JsonObject | undefined, string]>([
  ['another managed one', MANAGED, OTHER, ofOld],
  ['its own', MANAGED, OWN, ofOld],
  ['a managed one, for its own', OWN, MANAGED, ofItself],
  ['none', MANAGED, undefined, ofOld],
  ['none of its own', OWN, undefined, ofItself],
  ['fewer', BOTH, MANAGED, ofItself],
])('a resource that gets %s loses the roles that the program gave the one before', (_, before, after, principal) => {
  const { changes, verdict } = review(side(before, [principal]), side(after, [principal]));
  const change = changes.find(({ type }) => type === 'azurerm_linux_web_app');
  expect(change).toMatchObject({
    action: 'update',
    consequences: ['access'],
    holds: 'AcrPull on /subscriptions/a: the identity before had it, the one after does not',
  });
  expect(verdict.level).toBe('danger');
});

test.each<[string, JsonObject, JsonObject, readonly string[], readonly string[]]>([
  ['keeps its identity', MANAGED, BOTH, [ofOld], [ofOld]],
  ['gets one with the same roles', MANAGED, OTHER, [ofOld], [ofOld, ofNew]],
])('a resource that %s loses nothing', (_, before, after, olds, news) => {
  const { changes } = review(side(before, olds), side(after, news));
  expect(changes.find(({ type }) => type === 'azurerm_linux_web_app')?.consequences).toEqual([]);
});

test('an identity without roles in the program may have others', () => {
  const { changes, verdict } = review(side(MANAGED, []), side(OWN, []));
  expect(changes).toMatchObject([{ certainty: 'possible', consequences: ['access'] }]);
  expect(verdict.level).toBe('attention');
});

test('the roles are found in other stacks, which read the principal as an output', () => {
  const roles = stack(
    {
      data: { terraform_remote_state: { app: { backend: 'local', config: { path: 'x' } } } },
      resource: { azurerm_role_assignment: { r: role('${data.terraform_remote_state.app.outputs.who}') } },
    },
    { name: 'roles' },
  );
  const app = (identity: JsonObject) => {
    const [one] = side(identity, []);
    return { ...one!, files: [{ ...one!.files[0], output: { who: { value: ofOld } } }], name: 'app' };
  };
  const { changes } = review([app(MANAGED), roles], [app(OWN), roles]);
  expect(changes[0]?.holds).toContain('AcrPull on /subscriptions/a');
});

test('an identity that only gets another address is kept', () => {
  const [before, after] = ['a', 'b'].map((name) =>
    program(
      {
        azurerm_user_assigned_identity: { [name]: { name: 'i' } },
        azurerm_linux_web_app: {
          w: {
            name: 'w',
            identity: [{ type: 'UserAssigned', identity_ids: [`\${azurerm_user_assigned_identity.${name}.id}`] }],
          },
        },
      },
      name === 'b'
        ? { moved: [{ from: 'azurerm_user_assigned_identity.a', to: 'azurerm_user_assigned_identity.b' }] }
        : {},
    ),
  );
  expect(review(before, after!).changes.flatMap(({ consequences }) => consequences)).toEqual([]);
});
