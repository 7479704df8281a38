import { addTo } from '../../terraform-json/group';
import { compare } from '../../terraform-json/json';
import type { Arrow, ArrowKind, Box, Mark, Origin, Picture } from '../picture/picture';
import { visible } from '../render/escape';
import { shorten } from '../render/words';

/** The side of a change that is drawn, or both combined. */
export const VIEWS = ['before', 'after', 'both'] as const;
export type View = (typeof VIEWS)[number];

/** A line of text in a box. */
export interface Line {
  readonly text: string;
  readonly mark: Mark;
}

/** A box as it is drawn. */
export interface SceneBox {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly caption: string;
  readonly name: string;
  /** The full name. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly mark: Mark;
  readonly origin: Origin;
  readonly isPlace: boolean;
  readonly stack?: string;
  readonly address?: string;
}

/** An arrow as it is drawn. */
export interface SceneArrow {
  readonly from: string;
  readonly to: string;
  readonly kind: ArrowKind;
  readonly text: string;
  readonly mark: Mark;
  /** Whether it points both ways. */
  readonly isMutual?: true;
}

/** The boxes and arrows of a drawing. */
export interface Scene {
  /** In an order in which a place precedes its contents. */
  readonly boxes: readonly SceneBox[];
  readonly arrows: readonly SceneArrow[];
}

/** The maximum length of a line. */
export const LONGEST = 36;

/** The maximum number of lines below a name. */
const MOST_LINES = 6;

/** The scene of a picture: one side, or both sides with the changes. */
export function sceneOf({ boxes, arrows }: Picture, view: View): Scene {
  const shown = boxes.flatMap((box) => sceneBox(box, view));
  const ids = new Set(shown.map(({ id }) => id));
  const drawn = arrows
    .flatMap((arrow) => sceneArrow(arrow, view))
    .filter(({ from, to }) => ids.has(from) && ids.has(to));
  return { boxes: inOrder(withoutEmpty(shown, drawn)), arrows: withMutual(drawn) };
}

/** Merges arrows that differ only in their direction. */
function withMutual(arrows: readonly SceneArrow[]): SceneArrow[] {
  const key = ({ kind, text, mark }: SceneArrow, from: string, to: string) =>
    JSON.stringify([from, to, kind, text, mark]);
  const keys = new Set(arrows.map((arrow) => key(arrow, arrow.from, arrow.to)));
  const isMutual = (arrow: SceneArrow) => keys.has(key(arrow, arrow.to, arrow.from));
  return arrows
    .filter((arrow) => !isMutual(arrow) || arrow.from < arrow.to)
    .map((arrow) => (isMutual(arrow) ? { ...arrow, isMutual: true } : arrow));
}

/** A text that fits into a box. */
export function fitting(text: string): string {
  return shorten(visible(text), LONGEST);
}

function sceneBox(box: Box, view: View): SceneBox[] {
  const { id, before, after, mark, origin, isPlace, isMinor, stack, address } = box;
  const look = { before, after, both: after ?? before }[view];
  if (look === undefined || (isMinor === true && view !== 'both')) {
    return [];
  }
  const lines = view === 'both' ? comparedLines(box) : linesOf(look.details, 'same');
  const more = lines.length > MOST_LINES ? linesOf([`and ${lines.length - MOST_LINES} more`], 'same') : [];
  return [
    {
      id,
      parent: look.parent,
      caption: fitting(look.caption),
      name: fitting(look.name),
      title: shorten(visible(look.name), 300),
      lines: [...lines.slice(0, MOST_LINES), ...more].map((line) => ({ text: fitting(line.text), mark: line.mark })),
      mark: view === 'both' ? mark : 'same',
      origin,
      isPlace,
      stack,
      address,
    },
  ];
}

/** The details of both sides with their marks, and the parts that change. */
function comparedLines({ before, after, parts }: Box): Line[] {
  if (before === undefined || after === undefined) {
    return [...linesOf((after ?? before)?.details ?? [], 'same'), ...parts];
  }
  const [old, now] = [before.details, after.details];
  return [
    ...linesOf(before.name === after.name ? [] : [before.name], 'removed'),
    ...linesOf(
      now.filter((text) => old.includes(text)),
      'same',
    ),
    ...linesOf(
      old.filter((text) => !now.includes(text)),
      'removed',
    ),
    ...linesOf(
      now.filter((text) => !old.includes(text)),
      'added',
    ),
    ...parts,
  ];
}

function linesOf(texts: readonly string[], mark: Mark): Line[] {
  return texts.map((text) => ({ text, mark }));
}

function sceneArrow({ from, to, kind, before, after, mark }: Arrow, view: View): SceneArrow[] {
  const text = { before, after, both: changedText(before, after) }[view];
  return text === undefined
    ? []
    : [{ from, to, kind, text: shorten(visible(text), 48), mark: view === 'both' ? mark : 'same' }];
}

function changedText(before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined || after === undefined || before === after) {
    return after ?? before;
  }
  return `${before || 'none'} → ${after || 'none'}`;
}

/** Removes boxes without a resource that contain nothing and have no arrows. */
function withoutEmpty(boxes: readonly SceneBox[], arrows: readonly SceneArrow[]): SceneBox[] {
  const used = new Set([
    ...arrows.flatMap(({ from, to }) => [from, to]),
    ...boxes.flatMap(({ parent }) => parent ?? []),
  ]);
  const kept = boxes.filter(({ id, address }) => address !== undefined || used.has(id));
  return kept.length < boxes.length ? withoutEmpty(kept, arrows) : kept;
}

/** The boxes in an order in which a place precedes its contents. A box whose place is not shown has no parent. */
export function inOrder(boxes: readonly SceneBox[]): SceneBox[] {
  const ids = new Set(boxes.map(({ id }) => id));
  const children = new Map<string | undefined, SceneBox[]>();
  for (const box of boxes) {
    const parent = box.parent !== undefined && ids.has(box.parent) ? box.parent : undefined;
    addTo(children, parent, parent === undefined ? { ...box, parent: undefined } : box);
  }
  const found: SceneBox[] = [];
  const visit = (parent: string | undefined): void =>
    [...(children.get(parent) ?? [])].sort(byLook).forEach((box) => {
      found.push(box);
      visit(box.id);
    });
  visit(undefined);
  return found;
}

/** Orders places after other boxes, and both by caption and name. */
function byLook(a: SceneBox, b: SceneBox): number {
  return Number(a.isPlace) - Number(b.isPlace) || compare(a.caption, b.caption) || compare(a.title, b.title);
}
