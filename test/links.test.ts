import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { linksOf, page, PAGES } from './pages';

const ROOT = join(__dirname, '..');
const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

const anchors = new Map<string, ReadonlySet<string>>();

/** The anchors of the headings of a page, which are looked up for each link. */
function anchorsOf(text: string): ReadonlySet<string> {
  const known = anchors.get(text) ?? new Set(anchorsIn(text));
  anchors.set(text, known);
  return known;
}

/** The anchors of the headings of a page, as GitHub makes them: the second of a name ends with "-1". */
function anchorsIn(text: string): string[] {
  const tokens = markdown.parse(text, {});
  const names = tokens.flatMap(({ type }, index) => (type === 'heading_open' ? anchorOf(tokens[index + 1]!) : []));
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name}-${earlier}`;
  });
}

function anchorOf({ children }: Token): string {
  const words = (children ?? []).map(({ content }) => content).join('');
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .replace(/ /g, '-');
}

const { repository } = JSON.parse(page('package.json')) as { repository: { url: string } };
/** What the address of a file begins with, for readers of the package, in which not every file is. */
const ONLINE = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`;

/** The file of the repository that a page links; undefined for what is elsewhere. */
function linkedFile(path: string, link: string): string | undefined {
  const [target = ''] = link.split('#');
  if (target.startsWith(ONLINE)) {
    return decodeURI(target.slice(ONLINE.length));
  }
  if (/^[a-z]+:/.test(target)) {
    return undefined;
  }
  return target === '' ? path : join(dirname(path), decodeURI(target));
}

/** The links of a page to files or headings that are not there. */
function brokenLinks(path: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    const linked = linkedFile(path, link);
    if (linked === undefined) {
      return false;
    }
    const [, heading] = link.split('#');
    return (
      !existsSync(join(ROOT, linked)) ||
      (heading !== undefined && !anchorsOf(linked === path ? text : page(linked)).has(heading))
    );
  });
}

test.each(PAGES)('every file and every heading that %s links is there', (path) => {
  expect(brokenLinks(path, page(path))).toEqual([]);
});

test.each([
  ['a file', '[x](docs/none.md)', 'docs/none.md'],
  ['a picture', '![x](none.svg)', 'none.svg'],
  ['a heading of another page', '[x](docs/install.md#none)', 'docs/install.md#none'],
  ['a heading of the page', '# Here\n\n[x](#there)', '#there'],
  ['a heading that is a comment in a block', '```sh\n# here\n```\n\n[x](#here)', '#here'],
  ['a second heading of one name', '# Here\n\n[x](#here-1)', '#here-1'],
  ['a link by reference', '[x][y]\n\n[y]: none.md', 'none.md'],
  ['a file by its address', `[x](${ONLINE}none.ts)`, `${ONLINE}none.ts`],
  ['a heading by its address', `[x](${ONLINE}docs/install.md#none)`, `${ONLINE}docs/install.md#none`],
])('%s that is not there is found', (_, text, link) => {
  expect(brokenLinks('README.md', text)).toEqual([link]);
});

test.each(['# Here & `there`\n\n[x](#here--there)', '# Here\n\n# Here\n\n[x](#here-1)', '[x](https://example.com/#y)'])(
  '%j has no broken link',
  (text) => {
    expect(brokenLinks('README.md', text)).toEqual([]);
  },
);

test.each(PAGES.filter((path) => path !== 'CHANGELOG.md' && !path.startsWith('docs/api/')))(
  'every path that %s writes as code is there',
  (path) => {
    const written = markdown
      .parse(page(path), {})
      .flatMap(({ children }) => children ?? [])
      .flatMap(({ type, content }) => (type === 'code_inline' ? content : []))
      .filter((code) => /^(bench|constructs|docs|examples|lib|test|tools)\/[\w./-]*$/.test(code));

    expect(written.filter((code) => !existsSync(join(ROOT, code)))).toEqual([]);
  },
);
