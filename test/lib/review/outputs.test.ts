import Ajv from 'ajv/dist/2020';
import MarkdownIt from 'markdown-it';
import {
  compareManifests,
  depict,
  MARKER,
  renderAnnotations,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderMermaid,
  renderSvg,
  renderTerminal,
  review,
  type Review,
} from '../../../lib/review';
import type { Json } from '../../../lib/terraform-json/json';
import schema from '../../../lib/review/review.schema.json';
import { program, stack, type Resources } from './fixtures';
import { hostile, HOSTILE_TEXTS } from './hostile-texts';
import { diffOf, fenced, shownBlocks, shownFile } from './shown';
import { BASE, EDITS, HEAD } from './vote';

const VOTE = review(BASE, HEAD);

describe('one change of the article’s stack', () => {
  const { schemaVersion, verdict, counts, access, exposure } = VOTE;
  const shown: Readonly<Record<string, string>> = {
    change: fenced('diff', EDITS.map(diffOf).join('\n')),
    terminal: fenced('', renderTerminal(VOTE, false)),
    markdown: fenced('markdown', renderMarkdown(VOTE, renderMermaid(depict(BASE, HEAD, VOTE), 'both'))),
    json: fenced('json', JSON.stringify({ schemaVersion, verdict, counts, access, exposure }, null, 2)),
  };
  test.each(shownBlocks('docs/review.md', shown))('is what docs/review.md shows: $name', ({ shown, made }) => {
    expect(shown).toBe(made);
  });

  test.each([
    ['docs/pictures/article.svg', BASE, 'after'],
    ['docs/pictures/change.svg', HEAD, 'both'],
  ] as const)('is what %s shows', async (path, head, view) => {
    const made = await renderSvg(depict(BASE, head, review(BASE, head)), { view });
    expect(shownFile(path, made)).toBe(made);
  });

  const [lost = ''] = /^WHAT IS LOST\n(?:  .*\n){3}/m.exec(renderTerminal(VOTE, false)) ?? [];
  test.each(shownBlocks('README.md', { lost: fenced('', lost) }))(
    'is what README.md shows: $name',
    ({ shown, made }) => {
      expect(made).toContain('forces replacement');
      expect(shown).toBe(made);
    },
  );

  test('is what docs/pictures/review.html shows', async () => {
    const made = await renderHtml(VOTE, depict(BASE, HEAD, VOTE), compareManifests(BASE, HEAD, VOTE));
    expect(shownFile('docs/pictures/review.html', made)).toBe(made);
  });

  test('as JSON', () => expect(renderJson(VOTE)).toMatchSnapshot());
});

test('a review has no property that its JSON does not have', () => {
  expect(JSON.parse(renderJson(VOTE))).toStrictEqual(VOTE);
});

describe('JSON', () => {
  const valid = new Ajv({ strict: true }).compile(schema);
  const program = (n: number) => [stack({ resource: { aws_vpc: { a: { n } } }, variable: { v: { default: n } } })];

  test.each([
    ['the vote stack', VOTE],
    ['a first review', review(undefined, HEAD)],
    ['everything gone', review(HEAD, [])],
    ['a foreign program', review(program(1), program(2))],
    ['no change', review(BASE, BASE)],
  ])('follows its schema: %s', (_, found) => {
    valid(JSON.parse(renderJson(found)));
    expect(valid.errors).toBeNull();
  });

  test('is refused by its schema with a field that nobody described', () => {
    expect(valid({ ...VOTE, more: 1 })).toBe(false);
  });
});

describe('a terminal', () => {
  test('gets colours only where it shows them', () => {
    expect(renderTerminal(VOTE, true)).toContain('\u001b[');
    expect(renderTerminal(VOTE, false)).not.toContain('\u001b');
  });

  test('gets what fits a screen', () => {
    expect(renderTerminal(hundreds(), false).split('\n').length).toBeLessThan(60);
  });

  test('cannot be taken over by a value', () => {
    const found = hostile('\u001b[2J\u001b]0;pwned\u0007\u202e');
    expect(renderTerminal(found, false)).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

/** A review in which very many resources are destroyed, created and changed. */
function many(count: number, length = 10): Review {
  const side = (n: number, version: string): Resources => ({
    azurerm_public_ip: Object.fromEntries(ids(n, version).map((id) => [id, { name: id, location: id }])),
    kubernetes_deployment: Object.fromEntries(ids(n, 'd').map((id) => [id, { metadata: { name: version + id } }])),
    azurerm_role_assignment: Object.fromEntries(ids(n, 'r').map((id) => [id, { scope: version + id }])),
  });
  const ids = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => `${prefix}${i}_${'x'.repeat(length)}`);
  return review(program(side(count, 'a')), program(side(count, 'b')));
}

let known: Review | undefined;

/** Such a review with hundreds of each kind, which two outputs show. */
function hundreds(): Review {
  return (known ??= many(500));
}

describe('Markdown', () => {
  test.each([10, 100])('is under 60,000 characters with %p of each kind', (count) => {
    expect(renderMarkdown(many(count)).length).toBeLessThan(60_000);
  });

  test('is under 60,000 characters with hundreds of each kind, and counts every danger', () => {
    const found = hundreds();
    const text = renderMarkdown(found);
    expect(text.length).toBeLessThan(60_000);
    const counted = [...text.matchAll(/(\d+) × `/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(counted).toBe(found.counts.replace + found.counts.mayReplace + found.counts.rename + found.counts.destroy);
  });

  test('is under 60,000 characters with long names and long values', () => {
    expect(renderMarkdown(many(100, 3_000)).length).toBeLessThan(60_000);
    expect(renderMarkdown(hostile('<'.repeat(20_000))).length).toBeLessThan(60_000);
  });

  test('names every danger as long as there is room for names', () => {
    const found = many(150);
    const text = renderMarkdown(found);
    const lost = found.changes.filter(
      ({ action, mayReplace }) => action === 'replace' || mayReplace || action === 'rename',
    );
    expect(lost.length).toBeGreaterThanOrEqual(300);
    expect(lost.filter(({ name }) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test('begins with the marker that the next run finds it by', () => {
    expect(renderMarkdown(VOTE).startsWith(`${MARKER}\n`)).toBe(true);
  });

  describe('has a structure', () => {
    // the same review with a word in the place of the value must have the same elements
    const structureWith = (value: string) => elements(renderMarkdown(hostile(value)));
    let harmless: ReturnType<typeof structureWith>;
    beforeAll(() => {
      harmless = structureWith('zzword');
    });

    test.each(HOSTILE_TEXTS)('that is not changed by the value %j', (text) => {
      expect(structureWith(text)).toEqual(harmless);
    });
  });

  test('shows a value as it is', () => {
    const found = review(program({ x_y: { a: { v: 'a' } } }), program({ x_y: { a: { v: 'x | y `z` <b>' } } }));
    const codes = tokens(renderMarkdown(found)).filter(({ type }) => type === 'code_inline');
    expect(codes.map(({ content }) => content)).toContain('x \\| y `z` <b>');
  });
});

function tokens(markdown: string) {
  const parser = new MarkdownIt({ html: true, linkify: true, typographer: false });
  return parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

/** What a text is made of, however often a part of a sentence is set as code. */
function elements(markdown: string): string[] {
  const ours = ['text', 'softbreak', 'inline', 'code_inline'];
  const shown = tokens(markdown).filter(({ type }) => !ours.includes(type));
  return shown.map(({ type, tag, content }) => `${type} ${tag} ${type.startsWith('html') ? content : ''}`).sort();
}

describe('annotations', () => {
  test('are on the lines of the dangers', () => {
    const [first] = VOTE.changes.filter(({ address }) => address === 'azurerm_kubernetes_cluster.cluster_611F8AFF');
    expect(renderAnnotations(VOTE).split('\n')[0]).toBe(
      `::warning file=lib/vote/vote-parts.ts,line=${first?.location?.line},title=replace%3A Kubernetes cluster jm-inn-aks::dns_prefix forces replacement. data lost, a day's outage, address lost: everything that runs in the cluster, its dynamically provisioned volumes and the public addresses of its services. to keep it, set dnsPrefix back to: jm-inn-aks`,
    );
  });

  test('are one line each, whatever is in a value', () => {
    const text = renderAnnotations(hostile('a\n::error::b%0A,title=x'));
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('::warning '))).toEqual([]);
    expect(text).not.toMatch(/%0A/);
  });
});

test('what every output says of the same review is the same', () => {
  const values: Json[] = [VOTE.verdict.text, 'azurerm_container_registry.registry'];
  for (const text of [renderMarkdown(VOTE), renderTerminal(VOTE, false), renderJson(VOTE)]) {
    expect(values.filter((value) => !text.includes(String(value)))).toEqual([]);
  }
});
