import { isSecretLeaf, literals, MASK, maskLeaf, maskValue } from '../../../../lib/review/mask/mask-value';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';

test.each<[what: string, value: JsonObject, masked: JsonObject]>([
  ['a secret by its name', { password: 'x', user: 'y' }, { password: MASK, user: 'y' }],
  ['what is in one', { tokens: { a: ['x', 1], b: { c: 'y' } } }, { tokens: { a: [MASK, MASK], b: { c: MASK } } }],
  [
    'the value of an entry by its name',
    { env: [{ name: 'DB_PASSWORD', value: 'x' }] },
    { env: [{ name: 'DB_PASSWORD', value: MASK }] },
  ],
  [
    'the value of an entry by its key',
    { tags: [{ key: 'API_TOKEN', value: 'x' }] },
    { tags: [{ key: 'API_TOKEN', value: MASK }] },
  ],
  ['no other value', { env: [{ name: 'LEVEL', value: 'x' }] }, { env: [{ name: 'LEVEL', value: 'x' }] }],
  [
    'nothing else of an entry',
    { env: [{ name: 'DB_PASSWORD', from: 'x' }] },
    { env: [{ name: 'DB_PASSWORD', from: 'x' }] },
  ],
  ['no value without a name', { value: 'x' }, { value: 'x' }],
])('masks %s', (_, value, masked) => {
  expect(maskValue('x_y', [], value)).toEqual(masked);
});

test('what a type declares is a secret, where it declares it', () => {
  expect(isSecretLeaf('kubernetes_secret_v1', ['data', 'user'])).toBe(true);
  expect(isSecretLeaf('kubernetes_config_map_v1', ['data', 'user'])).toBe(false);
});

test.each<[value: Json, masked: Json]>([
  ['x', MASK],
  [1, MASK],
  [0, MASK],
  [['x'], MASK],
  [{ a: 'x' }, MASK],
  [[], MASK],
  ['', ''],
  [null, null],
  [true, true],
  [false, false],
  ['${random_password.a.result}', '${random_password.a.result}'],
  ['${upper("abcdef")}', MASK],
  ['${upper("abcde")}', '${upper("abcde")}'],
  ['prefix${var.x}', MASK],
])('of %j, %j is shown', (value, masked) => {
  expect(maskLeaf(value)).toEqual(masked);
});

test.each<[text: string, found: string[]]>([
  ['plain', ['plain']],
  ['a', ['a']],
  ['', []],
  ['true', []],
  ['false', []],
  ['before${var.x}after!', ['before', 'after!']],
  ['short${var.x}-', []],
  ['${f("abcdef", "ghijkl", "mno")}', ['abcdef', 'ghijkl']],
  ['${f("ab\\"cdef")}', ['ab\\"cdef']],
  ['${f(\\"abcdef)}', []],
  ['${f("${var.abcdef}")}', []],
])('the literals of %j are %j', (text, found) => {
  expect(literals(text)).toEqual(found);
});
