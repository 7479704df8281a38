import { readProgram, renderTerminal, review } from '../../../../lib/review';
import { diffOf, fenced, shownBlocks } from '../shown';
import { BASE, synthesize, type Edit } from '../vote';

/** A change of an image, and of access to the API server, in the code of this repository. */
const EDITS: readonly Edit[] = [
  {
    file: 'constructs/vote/vote-backend.ts',
    before: "ContainerImage.fromReference('redis:7.2');",
    after: "ContainerImage.fromReference('redis:latest');",
  },
  {
    file: 'lib/vote/vote-parts.ts',
    before: '  ClusterIdentity,',
    after: '  ApiServerAccess,\n  ClusterIdentity,',
  },
  {
    file: 'lib/vote/vote-parts.ts',
    before: 'networkProfile: NetworkProfile.kubenet(),',
    after:
      "networkProfile: NetworkProfile.kubenet(),\napiServerAccess: ApiServerAccess.authorizedRanges(['203.0.113.0/24']),",
  },
];

const found = review(BASE, readProgram(synthesize(EDITS)));

test('a change brings a finding, and fixes another one', () => {
  const { rows, counts } = found.findings;
  expect(counts).toMatchObject({ new: 2, fixed: 1 });
  const told = rows.filter(({ state }) => state !== 'old').map(({ rule, state }) => `${state} ${rule}`);
  expect(told).toEqual(['new container-image-tag', 'new container-image-tag', 'fixed cluster-open-api-server']);
});

const text = renderTerminal(found, false);
const [section = ''] = /^NEW FINDINGS\n(?: .*\n)*/m.exec(text) ?? [];
const last = text.trimEnd().split('\n').at(-1) ?? '';
const blocks = { findings: `${fenced('diff', EDITS.map(diffOf).join('\n'))}\n${fenced('', `${section}\n${last}`)}` };
test.each(shownBlocks('docs/review.md', blocks))('is what docs/review.md shows: $name', ({ shown, made }) => {
  expect(made).toContain('container-image-tag');
  expect(shown).toBe(made);
});
