import { present } from '../names/present';
import type { Mark, Picture } from '../picture/picture';
import { MARKS } from '../picture/marks';
import { collapsed } from './collapse';
import { HEADING, layOut, type Drawing, type PlacedArrow, type PlacedBox } from './layout';
import { LINE, PADDING, textWidth } from './measure';
import { sceneOf, type Line, type SceneBox, type View } from './scene';
import { MEANINGS, signed, SIGNS } from './signs';
import { STYLE } from './style';

/** Options for a drawing. */
export interface DrawingOptions {
  /** The side that is drawn, or both with the changes. */
  readonly view: View;
  /** Finds the link target of a box. */
  readonly linkOf?: (box: SceneBox) => string | undefined;
  /** Whether the drawing is part of a page that already has the style. */
  readonly isInPage?: boolean;
}

/** The picture of a change as SVG, without scripts and requests. The output is deterministic. */
export async function renderSvg(picture: Picture, options: DrawingOptions): Promise<string> {
  return svgOf(await layOut(collapsed(sceneOf(picture, options.view))), options);
}

/** A text that is escaped for elements and attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A drawing as SVG. */
export function svgOf(drawing: Drawing, { view, linkOf, isInPage = false }: DrawingOptions): string {
  const marks = MARKS.filter((mark) => mark !== 'same' && drawing.boxes.some(({ box }) => box.mark === mark));
  const places = new Set(drawing.boxes.map(({ box }) => box.parent));
  const isPlace = ({ box }: PlacedBox) => places.has(box.id);
  const legendWidth = marks.reduce((sum, mark) => sum + entryWidth(mark), LEGEND_START);
  const width = Math.ceil(Math.max(drawing.width, legendWidth, 320));
  const height = Math.ceil(drawing.height + (marks.length > 0 ? 36 : 0));
  // in a page, a wide drawing is scaled down as long as it is legible; a wider one scrolls.
  const least = isInPage ? ` style="min-width:${Math.ceil(width * 0.7)}px"` : '';
  const title = view === 'both' ? 'The system and what changes' : `The system ${view} the change`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${linkOf === undefined ? 'img' : 'group'}" aria-label="${title}"${least}>`,
    `<title>${title}</title>`,
    ...(isInPage ? [] : [`<style>${STYLE}</style>`]),
    `<defs>${marker(view)}</defs>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...drawing.boxes.filter(isPlace).map(placeOf),
    ...drawing.arrows.map((placed) => arrowOf(placed, view)),
    ...drawing.boxes.filter(isPlace).map((placed) => headingOf(placed, linkOf)),
    ...drawing.boxes.filter((placed) => !isPlace(placed)).map((placed) => boxOf(placed, linkOf)),
    ...drawing.arrows.flatMap(labelOf),
    ...legendOf(marks, Math.ceil(drawing.height) + 14),
    '</svg>',
    '',
  ].join('\n');
}

function placeOf({ box, x, y, width, height }: PlacedBox): string {
  const rect = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="8"/>`;
  return `<g class="place ${box.origin} ${box.mark}">${rect}</g>`;
}

/** The heading of a place, which is drawn above the arrows into the place. */
function headingOf({ box, x, y }: PlacedBox, linkOf: DrawingOptions['linkOf']): string {
  return linked(box, `${textsOf(box, x + 14, y + 20, HEADING + 8)}${badge(box, x, y)}`, 'heading', linkOf);
}

function boxOf({ box, x, y, width, height }: PlacedBox, linkOf: DrawingOptions['linkOf']): string {
  const texts = textsOf(box, x + PADDING, y + 19, 55);
  return linked(
    box,
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="5"/>${texts}${badge(box, x, y)}`,
    `box ${box.origin} ${box.mark}`,
    linkOf,
  );
}

function textsOf({ caption, name, lines, mark }: SceneBox, x: number, y: number, below: number): string {
  const struck = mark === 'removed' ? ' struck' : '';
  const top = y - 19;
  return [
    `<text class="caption" x="${n(x)}" y="${n(y)}">${escaped(caption)}</text>`,
    `<text class="name${struck}" x="${n(x)}" y="${n(y + 17)}">${escaped(name)}</text>`,
    ...lines.map((line, i) => lineOf(line, x, top + below + i * LINE)),
  ].join('');
}

function lineOf({ text, mark }: Line, x: number, y: number): string {
  return `<text class="line ${mark}" x="${n(x)}" y="${n(y)}">${escaped(signed(text, mark))}</text>`;
}

/** The sign of a mark at the corner of its box. */
function badge({ mark }: SceneBox, x: number, y: number): string {
  const sign = SIGNS[mark];
  return sign === ''
    ? ''
    : `<g class="badge ${mark}"><circle cx="${n(x + 1)}" cy="${n(y + 1)}" r="9"/><text x="${n(x + 1)}" y="${n(y + 5.5)}">${sign}</text></g>`;
}

/** A group with its full name, as a link if it has a target. */
function linked(box: SceneBox, content: string, classes: string, linkOf: DrawingOptions['linkOf']): string {
  const href = linkOf?.(box);
  const what = present(box.caption, box.title, box.mark !== 'same' && MEANINGS[box.mark]).join(', ');
  const group = `<g class="${classes}"><title>${escaped(what)}</title>${content}</g>`;
  return href === undefined ? group : `<a href="${escaped(href)}" aria-label="${escaped(what)}">${group}</a>`;
}

function arrowOf({ arrow: { kind, mark, isMutual }, points }: PlacedArrow, view: View): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
  const head = `url(#head-${view}-${mark})`;
  const end = kind === 'attach' ? '' : ` marker-end="${head}"`;
  const start = isMutual === true && kind !== 'attach' ? ` marker-start="${head}"` : '';
  return `<path class="arrow ${kind} ${mark}" d="${path}"${start}${end}/>`;
}

function labelOf({ arrow: { text, mark }, label }: PlacedArrow): string[] {
  if (label === undefined) {
    return [];
  }
  const { x, y, width, height } = label;
  return [
    `<g class="label ${mark}"><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="3"/><text x="${n(x + width / 2)}" y="${n(y + 12)}">${escaped(signed(text, mark))}</text></g>`,
  ];
}

/** The arrowheads, one for each mark, since not all viewers support markers with the color of their line. */
function marker(view: View): string {
  return MARKS.map(
    (mark) =>
      `<marker id="head-${view}-${mark}" class="head ${mark}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker>`,
  ).join('');
}

/** The center of the first sign of the legend. */
const LEGEND_START = 26;

/** The meaning of the marks of a drawing, on one line. */
function legendOf(marks: readonly Mark[], y: number): string[] {
  let x = LEGEND_START;
  return marks.map((mark) => {
    const at = x;
    x += entryWidth(mark);
    return `<g class="badge ${mark}"><circle cx="${at}" cy="${y}" r="9"/><text x="${at}" y="${y + 4.5}">${SIGNS[mark]}</text></g><text class="line same" x="${at + 15}" y="${y + 4}">${MEANINGS[mark]}</text>`;
  });
}

/** The width of one entry of the legend. */
function entryWidth(mark: Mark): number {
  return textWidth(MEANINGS[mark], 12) + 44;
}

/** A number with at most one decimal place. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
