import { eachOf, instanceOf, instancesOf, MOST_INSTANCES } from '../../../../lib/review/match/each';
import type { Resource } from '../../../../lib/review/read/program';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';

const resource = (attributes: JsonObject, meta: JsonObject = {}): Resource => ({
  ...{ stack: 'vote', mode: 'resource', address: 'x_y.it', type: 'x_y', provider: 'x', attributes, meta },
});

test.each<[each: Json | undefined, values: [string, Json][] | undefined]>([
  [
    ['a', 1],
    [
      ['a', 'a'],
      ['1', 1],
    ],
  ],
  [
    { a: { b: 1 }, c: 2 },
    [
      ['a', { b: 1 }],
      ['c', 2],
    ],
  ],
  [[], []],
  [
    '${toset(["a", "b"])}',
    [
      ['a', 'a'],
      ['b', 'b'],
    ],
  ],
  [
    '${toset( [ "a" ,"b" ] )}',
    [
      ['a', 'a'],
      ['b', 'b'],
    ],
  ],
  ['${toset([])}', []],
  ['${toset([ ])}', []],
  ['${toset(["a", var.b])}', undefined],
  ['${toset(["a${var.b}"])}', undefined],
  ['${toset(["a\\"b"])}', undefined],
  ['${toset(["a" "b"])}', undefined],
  ['${toset(["a"])}-', undefined],
  ['-${toset(["a"])}', undefined],
  ['${var.all}', undefined],
  [3, undefined],
  [null, undefined],
  [undefined, undefined],
])('the values of %j are %j', (each, values) => {
  expect(eachOf(each)).toEqual(values && new Map(values));
});

test('an instance has its own values, and its key in its address', () => {
  const of = resource(
    {
      key: '${each.key}',
      value: '${each.value}',
      part: '${each.value.b}',
      text: 'a ${each.key} b',
      other: '${var.x}',
      plain: 'each.key',
    },
    { for_each: {}, lifecycle: 1 },
  );
  expect(instanceOf(of, 'a"b', 'v')).toMatchObject({
    address: 'x_y.it["a\\"b"]',
    meta: { lifecycle: 1 },
    attributes: { key: 'a"b', value: 'v', text: 'a a"b b', other: '${var.x}', plain: 'each.key' },
  });
  expect(instanceOf(of, 'a', { b: 1 }).attributes['part']).toBe(1);
  expect(instanceOf(of, 'a', 'v').meta).toEqual({ lifecycle: 1 });
});

describe('a pair', () => {
  const given = { name: '${each.value}' };
  const pair = (before: JsonObject | undefined, after: JsonObject | undefined, attributes: JsonObject = given) => ({
    link: 'address' as const,
    base: before && resource(attributes, before),
    head: after && resource(attributes, after),
  });
  const shown = (...sides: Parameters<typeof pair>) =>
    instancesOf(pair(...sides)).map(({ base, head }) => [base?.attributes['name'], head?.attributes['name']]);

  test('is one for each instance, which one side may not have', () => {
    expect(shown({ for_each: { a: 'one', b: 'two' } }, { for_each: { b: 'three', c: 'four' } })).toEqual([
      ['one', undefined],
      ['two', 'three'],
      [undefined, 'four'],
    ]);
    expect(shown(undefined, { for_each: { a: 'one' } })).toEqual([[undefined, 'one']]);
    expect(shown({ for_each: { a: 'one' } }, undefined)).toEqual([['one', undefined]]);
  });

  test.each<[what: string, before: JsonObject, after: JsonObject, attributes?: JsonObject]>([
    ['the code does not decide its instances', { for_each: { a: 1 } }, { for_each: '${var.all}' }],
    ['a side has no instances', {}, { for_each: { a: 1 } }],
    ['no attribute mentions them', { for_each: { a: 1 } }, { for_each: { b: 1 } }, { name: 'x' }],
    [
      'a text only looks like it',
      { for_each: { a: 1 } },
      { for_each: { b: 1 } },
      { name: 'each.value of ${var.beach.x}' },
    ],
  ])('stays one where %s', (_, before, after, ...[attributes]) => {
    const given = pair(before, after, attributes);
    expect(instancesOf(given)).toEqual([given]);
  });

  test('stays one where there are too many', () => {
    const many = (count: number) => ({ for_each: Array.from({ length: count }, (_, i) => `k${i}`) });
    expect(shown(many(1), many(MOST_INSTANCES))).toHaveLength(MOST_INSTANCES);
    expect(shown(many(1), many(MOST_INSTANCES + 1))).toHaveLength(1);
  });
});
