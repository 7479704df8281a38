import { Construct, type IConstruct } from 'constructs';
import { findCircles, type Graph } from '../../../constructs/core/order/graph';
import { testStack } from '../../util';

/** A graph of constructs with names of one letter: what each comes after. */
function graphOf(after: { readonly [id: string]: string }): Graph {
  const stack = testStack();
  const byId = new Map<string, IConstruct>(Object.keys(after).map((id) => [id, new Construct(stack, id)]));
  return new Map(
    Object.entries(after).map(([id, ids]) => [
      byId.get(id)!,
      [...ids].map((other) => ({ from: byId.get(id)!, to: byId.get(other)!, why: () => '' })),
    ]),
  );
}

test.each([
  [{ a: 'b', b: '' }, []],
  [{ a: 'a' }, ['a']],
  [{ a: 'b', b: 'a' }, ['ab']],
  [{ a: 'b', b: 'c', c: 'b' }, ['bc']], // what leads to it is no part of it
  [{ a: 'bc', b: 'a', c: 'a' }, ['ab', 'ac']],
  [{ a: 'bc', b: 'd', c: 'd', d: 'a' }, ['abd']], // once, however many ways lead to the step that closes it
])('the circles of %j are %j', (after, expected) => {
  const circles = findCircles(graphOf(after));

  expect(circles.map((steps) => steps.map(({ from }) => from.node.id).join(''))).toEqual(expected);
});
