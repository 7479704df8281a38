import { nearest } from '../../../../lib/review/match/nearest';
import type { Resource } from '../../../../lib/review/read/program';

/** A resource at a place in the tree of constructs, with an address that says nothing about it. */
const resource = (path: string | undefined, address: string): Resource => ({
  ...{ stack: 'vote', mode: 'resource', type: 'azurerm_subnet', provider: 'azurerm', attributes: {}, meta: {} },
  ...{ path, address },
});

/** The pairs of places, in the order of the old ones. */
function pairs(olds: readonly string[], news: readonly string[]): string[] {
  const found = nearest(
    olds.map((path, i) => resource(path, `old${i}`)),
    news.map((path, i) => resource(path, `new${i}`)),
  );
  return found.map(({ old, fresh }) => `${old.path} > ${fresh.path}`).sort();
}

test.each<[rule: string, olds: string[], news: string[], expected: string[]]>([
  ['nothing is paired with nothing', [], ['a'], []],
  ['nothing is paired with nothing', ['a'], [], []],
  ['what is alone on both sides is one, wherever it is', ['a/b'], ['c'], ['a/b > c']],
  [
    'ends tell which is which',
    ['net/a/Resource', 'net/b/Resource'],
    ['core/b/Resource', 'core/a/Resource'],
    ['net/a/Resource > core/a/Resource', 'net/b/Resource > core/b/Resource'],
  ],
  ['an end alone does', ['a/x', 'b/y'], ['c/y', 'd/x'], ['a/x > d/x', 'b/y > c/y']],
  ['beginnings do', ['a/x', 'b/x'], ['b/y', 'a/y'], ['a/x > a/y', 'b/x > b/y']],
  ['of as many steps, a beginning goes before an end', ['a/b'], ['c/b', 'a/c'], ['a/b > a/c']],
  ['more steps in all go before a longer beginning', ['a/b/c/d'], ['a/b/x/y', 'a/z/c/d'], ['a/b/c/d > a/z/c/d']],
  ['a whole path can be the end of another', ['x/y'], ['x/q', 'a/x/y'], ['x/y > a/x/y']],
  ['a step is counted once', ['x/y'], ['y', 'x/z/y'], ['x/y > x/z/y']],
  ['what is as near is paired in its order', ['x/1', 'x/2'], ['x/3', 'x/4'], ['x/1 > x/3', 'x/2 > x/4']],
  ['what shares nothing is paired as well', ['a/b'], ['c/d', 'e/f'], ['a/b > c/d']],
  ['what is left over is alone', ['a/1', 'b/2', 'c/3'], ['c/9'], ['c/3 > c/9']],
])('%s: %j, %j', (_, olds, news, expected) => {
  expect(pairs(olds, news)).toEqual(expected);
});

test('a program without constructs is compared by its addresses', () => {
  const [a, b] = ['a', 'b'].map((name) => resource(undefined, name)) as [Resource, Resource];
  expect(nearest([a, b], [b, a])).toEqual([
    { old: a, fresh: a },
    { old: b, fresh: b },
  ]);
});
