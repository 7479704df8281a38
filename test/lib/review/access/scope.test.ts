import { compareScopes } from '../../../../lib/review/access/scope';
import { stackOf } from '../../../../lib/review/read/program';
import { program } from '../fixtures';

const STACK = stackOf(
  program(
    {
      azurerm_resource_group: {
        rg: { name: 'rg' },
        other: { name: 'other' },
        far: { name: 'rg', provider: 'azurerm.far' },
      },
      azurerm_container_registry: {
        acr: { name: 'acr', resource_group_name: 'rg' },
        two: { name: 'two', resource_group_name: 'rg' },
      },
      azurerm_thing: { lost: { name: 'x' } },
    },
    {
      data: {
        azurerm_subscription: { here: {}, there: { subscription_id: 's' } },
        azurerm_management_group: { top: { name: 'top' } },
      },
    },
  )[0]!,
);

const id = (address: string) => `\${${address}.id}`;
const GROUP = id('azurerm_resource_group.rg');
const REGISTRY = id('azurerm_container_registry.acr');
const MANAGEMENT = '/providers/Microsoft.Management/managementGroups/m';

test.each<[narrow: string, wide: string]>([
  ['/subscriptions/a/resourceGroups/b', '/subscriptions/a'],
  ['/subscriptions/A/resourcegroups/b/providers/c', '/Subscriptions/a/resourceGroups/B'],
  ['/subscriptions/a', '/'],
  [REGISTRY, GROUP],
  [`${REGISTRY}/repositories/a`, REGISTRY],
  [`${REGISTRY}/repositories/a`, GROUP],
  [GROUP, id('data.azurerm_subscription.here')],
  [`${MANAGEMENT}/x`, MANAGEMENT],
  [`${id('data.azurerm_management_group.top')}/x`, id('data.azurerm_management_group.top')],
  [`${GROUP}/providers/x`, GROUP],
])('%s is inside of %s', (narrow, wide) => {
  expect(compareScopes(narrow, wide, STACK)).toBe('wider');
  expect(compareScopes(wide, narrow, STACK)).toBe('narrower');
});

test.each<[one: string, other: string]>([
  ['/subscriptions/a/resourceGroups/b', '/subscriptions/a/resourceGroups/b2'],
  ['/subscriptions/a', '/subscriptions/b/resourceGroups/c'],
  [REGISTRY, id('azurerm_container_registry.two')],
  [REGISTRY, id('azurerm_resource_group.other')],
  [REGISTRY, id('azurerm_resource_group.far')],
  [REGISTRY, '${azurerm_resource_group.rg.location}'],
  [REGISTRY, id('azurerm_resource_group.gone')],
  [GROUP, id('data.azurerm_subscription.there')],
  [GROUP, id('azurerm_thing.lost')],
  [`${REGISTRY}/a`, `${REGISTRY}/b`],
])('%s and %s are apart', (one, other) => {
  expect(compareScopes(one, other, STACK)).toBe('other');
  expect(compareScopes(other, one, STACK)).toBe('other');
});

test.each([GROUP, '/subscriptions/a', 'anything'])('%s is the same as itself', (scope) => {
  expect(compareScopes(scope, scope, STACK)).toBe('same');
});

test.each([GROUP, '/subscriptions/a', id('data.azurerm_subscription.there')])(
  'a management group may hold %s, and nobody knows whether it holds all that it held',
  (scope) => {
    expect(compareScopes(scope, MANAGEMENT, STACK)).toBe('wider');
    expect(compareScopes(MANAGEMENT, scope, STACK)).toBe('other');
  },
);
