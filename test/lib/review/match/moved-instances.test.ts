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
  [
    'by several blocks, one after the other',
    subnet(each({ a: 'one' })),
    subnet(each({ d: 'one' })),
    moves(['s["a"]', 's["b"]'], ['s["b"]', 's["c"]'], ['s["c"]', 's["d"]']),
    [['move', 's["d"]', 's["a"]']],
  ],
  [
    'with its resource, and then to another key',
    subnet(each({ a: 'one', b: 'two' })),
    subnet(each({ c: 'one', b: 'two' }), 'all'),
    moves(['s', 'all'], ['all["a"]', 'all["c"]']),
    [
      ['move', 'all["b"]', 's["b"]'],
      ['move', 'all["c"]', 's["a"]'],
    ],
  ],
  [
    'in a circle, which Terraform rejects',
    subnet(each({ a: 'one', b: 'two' })),
    subnet(each({ a: 'two', b: 'one' })),
    moves(['s["a"]', 's["b"]'], ['s["b"]', 's["a"]']),
    [
      ['move', 's["a"]', 's["b"]'],
      ['move', 's["b"]', 's["a"]'],
    ],
  ],
  [
    'from one of two that were counted, of which the other one stays',
    subnet({ count: 2 }),
    { azurerm_subnet: { s: SUBNET, t: SUBNET } },
    moves(['s[1]', 't']),
    [
      ['move', 's', 's[0]'],
      ['move', 't', 's[1]'],
    ],
  ],
  [
    'to the second of two, of which the first one was there',
    { azurerm_subnet: { s: SUBNET, t: SUBNET } },
    subnet({ count: 2 }),
    moves(['t', 's[1]']),
    [
      ['move', 's[0]', 's'],
      ['move', 's[1]', 't'],
    ],
  ],
  [
    'to a resource of another type, which cannot take it over',
    subnet(each({ a: 'one' })),
    { azurerm_public_ip: { s: { for_each: { a: 'one' }, name: '${each.value}' } } },
    { moved: [{ from: 'azurerm_subnet.s["a"]', to: 'azurerm_public_ip.s["a"]' }] },
    [
      ['destroy', 's["a"]'],
      ['create', 'azurerm_public_ip.s["a"]'],
    ],
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

const items = (length: number) => Object.fromEntries(Array.from({ length }, (_, i) => [`k${i}`, 'fix']));
const UNKNOWN = { for_each: '${var.subnets}' };

test.each<[what: string, before: JsonObject, after: JsonObject]>([
  ['keys that only a run of Terraform knows', UNKNOWN, UNKNOWN],
  ['keys that only a run of Terraform knows, before', UNKNOWN, { for_each: { c: 'fix' } }],
  ['keys that only a run of Terraform knows, after', { for_each: { a: 'fix' } }, UNKNOWN],
  ['a number that only a run of Terraform knows', { count: '${var.n}' }, { for_each: { c: 'fix' } }],
  ['more than 100 keys', { for_each: items(101) }, { for_each: { c: 'fix' } }],
  ['a number above 100', { for_each: { a: 'fix' } }, { count: 101 }],
])('are compared as they are written: %s', (_, before, after) => {
  // one of them would be another one instance by instance
  const other = subnet({ ...before, address_prefixes: ['10.1.0.0/24'] });
  const found = actions(other, subnet(after), moves(['s["a"]', 's["c"]']));
  expect(found).toMatchObject([[expect.any(String), 's']]);
});

test.each<[what: string, after: JsonObject, last: string]>([
  ['100 keys', { for_each: items(100) }, 's["k99"]'],
  ['a number of 100', { count: 100 }, 's[99]'],
])('are compared one by one: %s', (_, after, last) => {
  const found = actions(subnet({}), subnet(after), moves(['s', last]));
  expect(found).toHaveLength(100);
  expect(found).toContainEqual(['move', last, 's']);
});

test('resources are compared as wholes if the code does not decide the instances of one of them', () => {
  const side = (names: Record<string, string>): Resources => ({
    azurerm_subnet: { ...subnet(each(names))['azurerm_subnet'], t: { ...SUBNET, ...UNKNOWN } },
  });
  const [before, after] = [side({ a: 'one' }), side({ c: 'one' })];
  const found = actions(before, after, moves(['s["a"]', 's["c"]'], ['t["a"]', 't["c"]']));
  expect(found).toEqual([['replace', 's']]);
});

test('whole resources that are moved elsewhere do not matter', () => {
  const unknown = { ...SUBNET, name: 'other', ...UNKNOWN };
  const [before, after] = [subnet(each({ a: 'one' })), subnet(each({ c: 'one' }))];
  const found = actions(
    { azurerm_subnet: { ...before['azurerm_subnet'], u: unknown } },
    { azurerm_subnet: { ...after['azurerm_subnet'], v: unknown } },
    moves(['s["a"]', 's["c"]'], ['u', 'v']),
  );
  expect(found).toEqual([
    ['move', 's["c"]', 's["a"]'],
    ['move', 'v', 'u'],
  ]);
});
