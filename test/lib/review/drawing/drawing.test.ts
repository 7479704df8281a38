import { depict, renderMermaid, renderSvg, review, VIEWS, type StackFiles, type View } from '../../../../lib/review';
import { Drawings } from '../../../../lib/review/drawing/drawings';
import { svgOf } from '../../../../lib/review/drawing/svg';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program, shuffled, stack } from '../fixtures';
import { hostilePrograms, HOSTILE_TEXTS } from '../hostile-texts';
import { BASE, HEAD } from '../vote';
import { HeapedDrawings } from './heaped';

const pictureOf = (base: StackFiles[], head: StackFiles[]) => depict(base, head, review(base, head));
const VOTE = pictureOf(BASE, HEAD);
const DRAWINGS = new Drawings(VOTE);

/** The drawing of the article's change, which is laid out once for each view. */
const voteSvg = async (view: View) => svgOf(await DRAWINGS.drawing(view), { view });

/** The names of the elements of a drawing and of their attributes, and everything that is not an element. */
function structure(svg: string): string[] {
  const rest = svg.replace(/<\/?[a-zA-Z]+(?: [a-zA-Z:-]+="[^"<>]*")*\/?>/g, '');
  const elements = svg.match(/<[a-zA-Z]+(?: [a-zA-Z:-]+="[^"<>]*")*/g) ?? [];
  return [...elements.map((element) => element.replace(/="[^"]*"/g, '')), ...(rest.match(/<[^\n]*/g) ?? [])].sort();
}

describe('SVG', () => {
  describe('has a structure', () => {
    const structureWith = async (value: string) => {
      const drawing = await new HeapedDrawings(pictureOf(...hostilePrograms(value))).drawing('both');
      return structure(svgOf(drawing, { view: 'both' }));
    };
    let harmless: string[] = [];
    beforeAll(async () => {
      harmless = structure(await renderSvg(pictureOf(...hostilePrograms('zzword')), { view: 'both' }));
    });

    test.each(HOSTILE_TEXTS)('that is not changed by the value %j', async (text) => {
      expect(await structureWith(text)).toEqual(harmless);
    });
  });

  test.each(VIEWS)('has the same bytes each time, whatever the order of the keys: %s', async (view) => {
    const turned = (side: StackFiles[]) =>
      side.map(({ files, ...rest }) => ({ ...rest, files: files.map((file) => shuffled(file) as JsonObject) }));
    const other = pictureOf(turned(BASE), turned(HEAD));
    expect(await renderSvg(other, { view })).toBe(await voteSvg(view));
  });

  test('asks nobody for anything, and runs nothing', async () => {
    const svg = await voteSvg('both');
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|url\((?!#)|<script|<image|@import/,
    );
  });

  test('has a sign for each mark as well as a color, and what the signs mean', async () => {
    const svg = await voteSvg('both');
    expect(svg).toMatch(/<g class="badge replaced"><circle [^>]*\/><text [^>]*>±<\/text>/);
    expect(svg).toContain('>replaced</text>');
    expect(await voteSvg('after')).not.toContain('class="badge');
  });

  test('has room for the whole legend, however narrow its boxes are', async () => {
    const look = { caption: 'x', name: 'x', details: [] };
    const marks = ['replaced', 'removed', 'unsure', 'changed', 'added'] as const;
    const boxes = marks.map((mark, i) => ({
      ...{ id: `b${i}`, after: look, mark, origin: 'code' as const, isPlace: false, parts: [] },
      ...{ stack: 's', address: `x_y.b${i}` },
    }));
    const arrows = marks.slice(1).map((_, i) => ({
      ...{ from: `b${i}`, to: `b${i + 1}`, kind: 'reach' as const, after: '', mark: 'same' as const },
    }));
    const svg = await renderSvg({ boxes, arrows }, { view: 'both' });
    const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
    const last = Number(/x="(\d+)" y="[\d.]+">added<\/text>/.exec(svg)?.[1]);
    expect(width).toBeGreaterThan(last + 'added'.length * 6);
  });

  test('shows one side without what is not there', async () => {
    const [before, after] = [program({ x_y: { old: { a: 1 } } }), program({ x_y: { young: { a: 2 } } })];
    const picture = pictureOf(before, after);
    const [old = '', now = '', both = ''] = await Promise.all(
      ['before', 'after', 'both'].map((view) => renderSvg(picture, { view: view as 'both' })),
    );
    const names = (svg: string) => ['old', 'young'].filter((name) => svg.includes(`>${name}</text>`));
    expect([names(old), names(now), names(both)]).toEqual([['old'], ['young'], ['old', 'young']]);
  });
});

describe('a large system', () => {
  const many = (count: number, version: string): StackFiles[] => [
    ...Array.from({ length: 10 }, (_, s) =>
      stack(
        {
          resource: {
            azurerm_resource_group: { g: { name: `g${s}`, location: 'a' } },
            azurerm_public_ip: Object.fromEntries(
              Array.from({ length: count / 20 }, (_, i) => [
                `p${i}`,
                { name: `p${i}${i === 3 ? version : ''}`, resource_group_name: `g${s}` },
              ]),
            ),
            aws_subnet: Object.fromEntries(Array.from({ length: count / 20 }, (_, i) => [`s${i}`, { cidr: `${i}` }])),
          },
        },
        { name: `stack-${s}` },
      ),
    ),
  ];
  const boxesIn = (svg: string) => svg.match(/class="(?:box|place) /g)?.length ?? 0;

  test.each([20, 200, 1_000])('of %p resources has at most 60 boxes, and shows what changes', async (count) => {
    const svg = await renderSvg(pictureOf(many(count, ''), many(count, 'x')), { view: 'both' });
    expect(boxesIn(svg)).toBeLessThanOrEqual(60);
    expect(boxesIn(svg)).toBeGreaterThan(10);
    expect(svg.match(/class="badge replaced"/g)?.length ?? 0).toBeGreaterThanOrEqual(count > 60 ? 10 : 0);
  });

  test('of a hundred stacks has at most 60 boxes too', async () => {
    const stacks = Array.from({ length: 100 }, (_, i) =>
      stack({ resource: { [`x_${i}`]: { a: {}, b: {} } } }, { name: `s${i}` }),
    );
    expect(boxesIn(await renderSvg(pictureOf(stacks, stacks), { view: 'after' }))).toBeLessThanOrEqual(60);
  });
});

describe('Mermaid', () => {
  const line =
    /^ *(?:flowchart TD|subgraph b\d+\["[^"`<>]*(?:<br\/>[^"`<>]*)*"\]|end|b\d+\["[^"`<>]*(?:<br\/>[^"`<>]*)*"\]|b\d+ <?-[-.]+>?(?:\|"[^"`<>|]*"\|)? b\d+|classDef \w+ [\w:#,-]+|class [b\d,]+ \w+)$/;

  test.each(HOSTILE_TEXTS)('is not changed in its structure by the value %j', (text) => {
    const lines = renderMermaid(pictureOf(...hostilePrograms(text)), 'both')
      .trimEnd()
      .split('\n');
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
  });

  test('says the same as the drawing', () => {
    expect(
      renderMermaid(VOTE, 'both')
        .split('\n')
        .map((one) => one.trim()),
    ).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^subgraph b\d+\["#177; Kubernetes cluster jm-inn-aks"\]$/),
        expect.stringMatching(/^b\d+ -\.->\|"#126; AcrPull #8594; Contributor"\| b\d+$/),
      ]),
    );
  });
});
