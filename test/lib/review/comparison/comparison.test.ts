import { readProgram, renderTerminal, review, type StackFiles } from '../../../../lib/review';
import { Problems } from '../../../../constructs';
import { testApp } from '../../../util';
import { fenced, shownBlocks } from '../shown';
import { CHANGES } from './changes';
import { BEFORE, createProgram, type Program } from './program';

function synthesized(program: Program): StackFiles[] {
  const app = testApp();
  createProgram(app, program);
  expect(Problems.of(app)).toEqual([]);
  app.synth();
  return readProgram(app.outdir);
}

const base = synthesized(BEFORE);
const reviews = CHANGES.map((change) => ({ ...change, found: review(base, synthesized(change.head)) }));

const blocks = shownBlocks(
  'docs/comparison.md',
  Object.fromEntries(
    reviews.map(({ id, lines, found }) => [
      id,
      `${fenced('diff', lines.join('\n'))}\n${fenced('', renderTerminal(found, false))}`,
    ]),
  ),
);

test.each(blocks)('what docs/comparison.md shows of $name is what the review says', ({ shown, made }) => {
  expect(shown).toBe(made);
});

test('what the page says of each change is what the review found', () => {
  const said = reviews.map(({ id, found: { verdict } }) => [id, verdict.headline]);
  expect(Object.fromEntries(said)).toEqual({
    'node-size': 'Kubernetes cluster web-aks cycles the nodes of a pool',
    'wider-role': 'ServiceAccount default web now has ClusterRole admin on namespace default',
    'disk-class': 'volume claim redis-data is replaced: data lost',
    'other-registry': "container registry contosoweb is replaced: data lost, a day's outage",
    'public-redis': 'Service redis is reachable from the internet, port 6379',
  });
});
