import { readProgram, renderTerminal, review, type Review } from '../../../lib/review';
import { diffOf, fenced, shownBlocks } from './shown';
import { BASE, type Edit, synthesize } from './vote';

function setting(name: string, before: string, after: string): Edit {
  return { file: 'cdktf.json', before: `"${name}": ${before}`, after: `"${name}": ${after}` };
}

/** What the article does after its first deploy, in its order: each on top of the ones before. */
const STEPS: readonly (readonly [string, Edit])[] = [
  ['three nodes', setting('nodeCount', '2', '3')],
  ['three pods', setting('frontReplicas', '2', '3')],
  ['five pods', setting('frontReplicas', '3', '5')],
  ['second version', setting('imageTag', '"v1"', '"v2"')],
];

const PROGRAMS = [BASE, ...STEPS.map((_, n) => readProgram(synthesize(STEPS.slice(0, n + 1).map(([, edit]) => edit))))];

const REVIEWS: readonly Review[] = STEPS.map((_, n) => review(PROGRAMS[n], PROGRAMS[n + 1]!));

describe('the operations of the article', () => {
  const steps = STEPS.map(([name, edit], n) => [
    name,
    fenced('diff', diffOf(edit)) + '\n' + fenced('', renderTerminal(REVIEWS[n]!, false)),
  ]);
  const blocks = shownBlocks('docs/operations.md', {
    deploy: fenced('', renderTerminal(review(undefined, BASE), false)),
    ...(Object.fromEntries(steps) as Record<string, string>),
  });

  test.each(blocks)('are what docs/operations.md shows: $name', ({ shown, made }) => {
    expect(shown).toBe(made);
  });

  test('lose nothing, and change what they say', () => {
    const changed = REVIEWS.map(({ counts, changes }) => [
      counts.destroy + counts.rename,
      changes.map(({ action, type }) => `${action} ${type}`),
    ]);

    expect(changed).toEqual([
      [0, ['update azurerm_kubernetes_cluster']],
      [0, ['update kubernetes_deployment_v1']],
      [0, ['update kubernetes_deployment_v1']],
      [
        0,
        [
          'replace azurerm_container_registry_task_schedule_run_now',
          'update azurerm_container_registry_task',
          'update kubernetes_deployment_v1',
        ],
      ],
    ]);
  });
});
