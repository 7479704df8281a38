import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, type Resources } from '../fixtures';

const SUBNET = { name: 'fix', virtual_network_name: 'v', address_prefixes: ['10.0.0.0/24'] };
const subnet = (given: JsonObject, id = 's'): Resources => ({ azurerm_subnet: { [id]: { ...SUBNET, ...given } } });
const each = (names: Record<string, string>): JsonObject => ({ for_each: names, name: '${each.value}' });
const moves = (...pairs: [from: string, to: string][]): JsonObject => ({
  moved: pairs.map(([from, to]) => ({ from: `azurerm_subnet.${from}`, to: `azurerm_subnet.${to}` })),
});

/** What happens to the instances of subnets, by the action, the address, and the address before. */
function actions(before: Resources, after: Resources, rest: JsonObject): unknown[] {
  const { changes } = review(program(before), program(after, rest));
  return changes.map(({ action, address, from, mayReplace }) => [
    mayReplace ? `${action}?` : action,
    address.replace('azurerm_subnet.', ''),
    ...(from === undefined ? [] : [from.replace('azurerm_subnet.', '')]),
  ]);
}

test.each<[what: string, before: Resources, after: Resources, rest: JsonObject, expected: unknown[]]>([
  [
    'to another key',
    subnet(each({ a: 'one', b: 'two' })),
    subnet(each({ c: 'one', b: 'two' })),
    moves(['s["a"]', 's["c"]']),
    [['move', 's["c"]', 's["a"]']],
  ],
  [
    'to another key, which is a part of its name',
    subnet({ for_each: ['a'], name: '${each.key}' }),
    subnet({ for_each: ['c'], name: '${each.key}' }),
    moves(['s["a"]', 's["c"]']),
    [['replace', 's["c"]', 's["a"]']],
  ],
  ['of one to a key', subnet({}), subnet(each({ a: 'fix' })), moves(['s', 's["a"]']), [['move', 's["a"]', 's']]],
  [
    'of a number to a key',
    subnet({ count: 1 }),
    subnet(each({ a: 'fix' })),
    moves(['s[0]', 's["a"]']),
    [['move', 's["a"]', 's[0]']],
  ],
  ['of a key to one', subnet(each({ a: 'fix' })), subnet({}), moves(['s["a"]', 's']), [['move', 's', 's["a"]']]],
  [
    'of several to one',
    { azurerm_subnet: { a: { ...SUBNET, name: 'one' }, b: { ...SUBNET, name: 'two' } } },
    subnet(each({ a: 'one', b: 'two' }), 'all'),
    moves(['a', 'all["a"]'], ['b', 'all["b"]']),
    [
      ['move', 'all["a"]', 'a'],
      ['move', 'all["b"]', 'b'],
    ],
  ],
  [
    'beside a key that goes and one that comes',
    subnet(each({ a: 'one', b: 'two' })),
    subnet(each({ c: 'one', d: 'three' })),
    moves(['s["a"]', 's["c"]']),
    [
      ['destroy', 's["b"]'],
      ['create', 's["d"]'],
      ['move', 's["c"]', 's["a"]'],
    ],
  ],
  [
    'to a key that has another value',
    subnet(each({ a: 'one' })),
    subnet(each({ c: 'other' })),
    moves(['s["a"]', 's["c"]']),
    [['replace', 's["c"]', 's["a"]']],
  ],
  ['that is over', subnet(each({ c: 'one' })), subnet(each({ c: 'one' })), moves(['s["a"]', 's["c"]']), []],
])('an instance is moved %s', (_, before, after, rest, expected) => {
  expect(actions(before, after, rest)).toEqual(expected);
});

test('what depends on an instance that is replaced is replaced as well', () => {
  const user = { azurerm_private_endpoint: { e: { name: 'e', subnet_id: '${azurerm_subnet.s["c"].id}' } } };
  const found = actions(
    { ...subnet(each({ a: 'one' })), ...user },
    { ...subnet(each({ c: 'other' })), ...user },
    moves(['s["a"]', 's["c"]']),
  );
  expect(found).toContainEqual(['replace', 'azurerm_private_endpoint.e']);
});

test('keys that only a run of Terraform knows are compared as they are written', () => {
  const given = { for_each: '${var.subnets}', name: '${each.value}' };
  expect(actions(subnet(given), subnet(given), moves(['s["a"]', 's["c"]']))).toEqual([]);
});
