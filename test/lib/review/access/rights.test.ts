import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const GIVEN = { principal_id: 'p', role_definition_name: 'Reader', scope: '/subscriptions/a' };
const DATA = {
  azurerm_subscription: { here: {} },
  azurerm_management_group: { top: { name: 'top' } },
  azurerm_role_definition: { role: { name: 'AcrPull' } },
  azuread_group: { team: { display_name: 'few' } },
};
const PLACES: Resources = {
  azurerm_resource_group: { rg: { name: 'rg' } },
  azurerm_kubernetes_cluster: { aks: { name: 'aks', resource_group_name: 'rg' } },
};

/** The rows of a change of one resource, as shift, before and after. */
function rows(
  type: string,
  before: JsonObject,
  after: JsonObject,
  data: readonly [Resources, Resources] = [DATA, DATA],
) {
  const [base, head] = [before, after].map((it, i) => program({ ...PLACES, [type]: { it } }, { data: data[i]! }));
  return review(base, head!).access.map((row) => [row.shift, row.before, row.after]);
}

test.each([
  ['to a management group', '/subscriptions/a', '/providers/Microsoft.Management/managementGroups/m', 'widened'],
  ['from a management group', '/providers/Microsoft.Management/managementGroups/m', '/subscriptions/a', 'changed'],
  ['to all there is', '/subscriptions/a', '/', 'widened'],
  [
    'to a group that is looked up',
    '${data.azurerm_subscription.here.id}',
    '${data.azurerm_management_group.top.id}',
    'widened',
  ],
  [
    'to a management group of a group of resources',
    '${azurerm_resource_group.rg.id}',
    '${data.azurerm_management_group.top.id}',
    'widened',
  ],
  [
    'to the group that holds the nodes, which is another one',
    '${azurerm_resource_group.rg.id}',
    '${azurerm_kubernetes_cluster.aks.node_resource_group_id}',
    'changed',
  ],
  ['down to one of the group', '${azurerm_resource_group.rg.id}', '${azurerm_kubernetes_cluster.aks.id}', 'narrowed'],
])('a scope that moves %s', (_, before, after, shift) => {
  const found = rows('azurerm_role_assignment', { ...GIVEN, scope: before }, { ...GIVEN, scope: after });
  expect(found.map(([first]) => first)).toEqual([shift]);
});

describe('a right that is the same text', () => {
  const role = { ...GIVEN, role_definition_name: null, role_definition_id: '${data.azurerm_role_definition.role.id}' };
  const member = { ...GIVEN, principal_id: '${data.azuread_group.team.object_id}' };

  test('is wider when another role is looked up', () => {
    const data = { ...DATA, azurerm_role_definition: { role: { name: 'Owner' } } };
    expect(rows('azurerm_role_assignment', role, role, [DATA, data])).toEqual([
      ['widened', 'AcrPull on /subscriptions/a', 'Owner on /subscriptions/a'],
    ]);
  });

  test('is another when another group is looked up', () => {
    const data = { ...DATA, azuread_group: { team: { display_name: 'everyone' } } };
    const found = rows('azurerm_role_assignment', member, member, [DATA, data]);
    expect(found.map(([first]) => first)).toEqual(['changed']);
  });

  test.each([
    [{ count: 1 }, { count: 3 }, 'widened', '3 times'],
    [{ count: 3 }, { count: 1 }, 'narrowed', '1 time'],
    [{ for_each: ['a'] }, { for_each: ['a', 'b'] }, 'widened', 'for each of a, b'],
    [{ for_each: ['a'] }, { for_each: ['b'] }, 'changed', 'for each of b'],
    [{ for_each: '${var.a}' }, { for_each: '${var.b}' }, 'changed', 'for each of ${var.b}'],
  ])('is given more or less often: %j to %j', (before, after, shift, text) => {
    const found = rows('azurerm_role_assignment', { ...GIVEN, ...before }, { ...GIVEN, ...after });
    expect(found).toMatchObject([[shift, expect.anything(), expect.stringContaining(text)]]);
  });

  test('is wider without its condition', () => {
    const found = rows('azurerm_role_assignment', { ...GIVEN, condition: 'only mine' }, GIVEN);
    expect(found).toEqual([['widened', 'Reader on /subscriptions/a, only if only mine', 'Reader on /subscriptions/a']]);
  });
});

test('what a role no longer excludes is allowed', () => {
  const role = {
    name: 'r',
    scope: '/s',
    permissions: [{ actions: ['*'], not_actions: ['Microsoft.Authorization/*'] }],
  };
  const found = rows('azurerm_role_definition', role, { ...role, permissions: [{ actions: ['*'] }] });
  expect(found).toEqual([['widened', '* on /s, except Microsoft.Authorization/*', '* on /s']]);
});

test.each([
  ['kubernetes_cluster_role', 'get', '*', '*', 'widened'],
  ['kubernetes_role_v1', 'get', 'get', 'pods', undefined],
  ['kubernetes_role', '*', 'get', 'pods', 'narrowed'],
])('the rules of a %s are compared', (type, before, after, resource, shift) => {
  const role = (verb: string, name: string) => ({
    metadata: { name: 'r' },
    rule: [{ api_groups: [''], resources: [name], verbs: [verb] }],
  });
  expect(rows(type, role(before, 'pods'), role(after, resource)).map(([found]) => found)).toEqual(
    [shift].filter(Boolean),
  );
});

test.each([
  ['azuread_group', { members: ['a'] }, { members: ['a', 'b'] }, 'one of the members on group it'],
  [
    'azurerm_key_vault',
    {},
    { access_policy: [{ object_id: 'o', secret_permissions: ['Get'] }] },
    'secret Get on key vault it',
  ],
])('who is let in by a list of %s is told', (type, before, after, text) => {
  expect(rows(type, before, after)).toEqual([['added', undefined, text]]);
});

test('a key vault lets the same principal in by itself and through an application', () => {
  const own = { object_id: 'o', secret_permissions: ['Get'] };
  const through = { object_id: 'o', application_id: 'a', secret_permissions: ['Get', 'Set'] };
  expect(rows('azurerm_key_vault', { access_policy: [own] }, { access_policy: [through, own] })).toEqual([
    ['added', undefined, 'secret Get, secret Set on key vault it'],
  ]);
});

test.each([
  ['more keys', { for_each: { a: 1 } }, { for_each: { a: 1, b: 2 } }, 0],
  ['other keys', { for_each: { a: 1 } }, { for_each: { b: 2 } }, 1],
  ['a first number', {}, { count: 2 }, 0],
  ['one without a number', { count: 1 }, {}, 0],
  ['fewer without a number', { count: 2 }, {}, 1],
  ['none', {}, { count: 0 }, 1],
])('%s takes instances away only where one goes', (_, before, after, lost) => {
  const [base, head] = [before, after].map((it) => program({ x_y: { it: { a: 1, ...it } } }));
  const { mayReplace, replace, destroy } = review(base, head!).counts;
  expect(mayReplace + replace + destroy).toBe(lost);
});
