import { compareManifests, depict, renderHtml, review, type StackFiles } from '../../../../lib/review';
import { pageOf as pageWith } from '../../../../lib/review/page/page';
import { sideBySide } from '../../../../lib/review/page/lines';
import { HeapedDrawings } from '../drawing/heaped';
import { program, type Resources } from '../fixtures';
import { hostilePrograms, HOSTILE_TEXTS } from '../hostile-texts';
import { BASE, HEAD } from '../vote';

const pageOf = (base: StackFiles[], head: StackFiles[]) => {
  const found = review(base, head);
  return renderHtml(found, depict(base, head, found), compareManifests(base, head, found));
};

/** The page of a change without the time for a layout. */
const heapedPageOf = (base: StackFiles[], head: StackFiles[]) => {
  const found = review(base, head);
  const manifests = compareManifests(base, head, found);
  const drawings = new HeapedDrawings(depict(base, head, found));
  return pageWith(found, drawings, ({ stack, address }) =>
    manifests.find((one) => one.stack === stack && one.address === address),
  );
};

/** The distinct elements of a page with their attributes. They are distinct since a value can have several rows. */
function structure(page: string): string[] {
  const text = page.replace(/<(script|style)>.*?<\/\1>/gs, '');
  const element = /<\/?[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*\s*\/?>|<!doctype html>/g;
  const elements = (text.match(element) ?? []).map((one) => one.replace(/="[^"]*"/g, '').replace(/\s+/g, ' '));
  return [...new Set([...elements, ...(text.replace(element, '').match(/[<>][^\n]*/g) ?? [])])].sort();
}

describe('the structure of a page', () => {
  let harmless: string[] = [];
  beforeAll(async () => {
    harmless = structure(await pageOf(...hostilePrograms('zzword')));
  });

  test.each(HOSTILE_TEXTS)('is not changed by the value %j', async (text) => {
    expect(structure(await heapedPageOf(...hostilePrograms(text)))).toEqual(harmless);
  });
});

describe('the page of the article’s change', () => {
  let page = '';
  beforeAll(async () => {
    page = await pageOf(BASE, HEAD);
  });

  test('has a row for each change, and its boxes lead to them', () => {
    const ids = [...page.matchAll(/id="(c-\d+)"/g)].map(([, id]) => id);
    const targets = new Set([...page.matchAll(/href="#(c-\d+)"/g)].map(([, id]) => id));
    expect(ids).toHaveLength(review(BASE, HEAD).changes.length);
    expect(targets.size).toBeGreaterThan(3);
    expect([...targets].filter((target) => !ids.includes(target))).toEqual([]);
  });

  test('asks nobody for anything, and lets only its own script run', () => {
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /\s(?:src|href|action)="(?!#|data:,)|@import|url\((?!#)/,
    );
    expect(page).toMatch(/content="default-src &#39;none&#39;|content="default-src 'none'; [^"]*script-src 'sha256-/);
  });

  test('shows the changed lines of a manifest side by side', () => {
    expect(page).toMatch(/<td class="old"> +image: [^<]*:v1<\/td><td class="new"> +image: [^<]*:v2<\/td>/);
    expect(page).toContain('<td class="old">  type: ClusterIP</td><td class="new">  type: LoadBalancer</td>');
  });

  test('is the same each time', async () => {
    expect(await pageOf(BASE, HEAD)).toBe(page);
  });
});

test('a page of 500 changes is below a megabyte, whatever their values, and has a row for each', async () => {
  const side = (n: string): Resources => ({
    kubernetes_config_map_v1: Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [
        `c${i}`,
        {
          metadata: { name: `c${i}` },
          data: Object.fromEntries(Array.from({ length: 10 }, (__, j) => [`k${j}`, `${n}<&"`.repeat(150)])),
        },
      ]),
    ),
  });
  const page = await heapedPageOf(program(side('a')), program(side('b')));
  expect(page.length).toBeLessThan(1_000_000);
  expect(page.match(/<details\s+class="change"/g)).toHaveLength(500);
});

test('no secret is in a page, neither in a manifest', async () => {
  const secret = 'hunter22Zebra';
  const side = (n: string): Resources => ({
    kubernetes_secret_v1: { s: { metadata: { name: 's' }, data: { password: secret } } },
    kubernetes_config_map_v1: {
      c: { metadata: { name: 'c' }, data: { a: `x ${secret} ${n}`, token: `${secret}${n}` } },
    },
  });
  const page = await heapedPageOf(program(side('1')), program(side('2')));
  expect(page).toContain('x (sensitive)');
  expect(page).not.toContain(secret);
});

describe('two texts side by side', () => {
  const shown = (before: string, after: string) =>
    sideBySide(before, after).map((pair) => pair && [pair.before, pair.after]);

  test('have the lines that differ, and three around them', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const changed = lines.map((line, i) => (i === 10 ? 'other' : line));
    expect(shown(lines.join('\n'), changed.join('\n'))).toEqual([
      undefined,
      ...[7, 8, 9].map((i) => [`line ${i}`, `line ${i}`]),
      ['line 10', 'other'],
      ...[11, 12, 13].map((i) => [`line ${i}`, `line ${i}`]),
      undefined,
    ]);
  });

  test('have what is added and removed in its place', () => {
    expect(shown('a\nb\nc', 'a\nx\nb')).toEqual([
      ['a', 'a'],
      [undefined, 'x'],
      ['b', 'b'],
      ['c', undefined],
    ]);
  });

  test('are compared in no time, however long they are', () => {
    const long = (text: string) => Array.from({ length: 20_000 }, (_, i) => `${text}${i}`).join('\n');
    expect(sideBySide(long('a'), long('b'))).toHaveLength(20_000);
  });
});
