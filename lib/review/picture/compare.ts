import { groupBy } from '../../terraform-json/group';
import type { Change, Review } from '../model';
import { withoutKeys, type Resource } from '../read/program';
import type { Arrow, Box, Look, Mark, Part, Picture } from './picture';
import { captionOf, nameOf } from '../names/names';
import type { Sketch, SketchArrow, SketchBox } from './sketch';

/** What happens to each resource, by stack and address. */
type Marks = ReadonlyMap<string, Mark>;

/** The mark for each action. */
const MARKS: Readonly<Record<Change['action'], Mark>> = {
  replace: 'replaced',
  rename: 'replaced',
  destroy: 'removed',
  forget: 'removed',
  update: 'changed',
  create: 'added',
  import: 'added',
  move: 'same',
};

/** The marks, the gravest first. */
const GRAVITY: readonly Mark[] = ['replaced', 'removed', 'unsure', 'changed', 'added', 'same'];

/** What happens to the resources of a review; what is lost with another one is made again. */
export function marksOf({ changes }: Pick<Review, 'changes'>): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const change of changes) {
    // one box stands for all instances: the gravest of what happens to them counts
    const mark = change.mayReplace ? 'unsure' : MARKS[change.action];
    const other = marks.get(keyOf(change));
    marks.set(keyOf(change), other === undefined || GRAVITY.indexOf(mark) < GRAVITY.indexOf(other) ? mark : other);
  }
  for (const { action, takes } of changes) {
    const isMade = action === 'replace' || action === 'rename';
    takes
      .filter(() => isMade)
      .forEach((lost) => {
        const mark = marks.get(keyOf(lost)) ?? 'same';
        marks.set(keyOf(lost), mark === 'same' || mark === 'changed' ? 'replaced' : mark);
      });
  }
  return marks;
}

/** Puts the two sides of a change into one picture. */
export function compareSketches(before: Sketch, after: Sketch, marks: Marks): Picture {
  const ids = [...new Set([...after.boxes.keys(), ...before.boxes.keys()])];
  const parts = partsOf(before, after, marks);
  const boxes = ids
    .map((id) => boxOf(id, before.boxes.get(id), after.boxes.get(id), marks, parts.get(id) ?? []))
    .filter(({ mark, isMinor }) => mark !== 'same' || isMinor !== true);
  const shown = new Set(boxes.map(({ id }) => id));
  const arrows = arrowsOf(before, after).filter(({ from, to }) => shown.has(from) && shown.has(to));
  return { boxes, arrows };
}

function keyOf({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return `${stack} ${withoutKeys(address)}`;
}

function boxOf(id: string, old: SketchBox | undefined, now: SketchBox | undefined, marks: Marks, parts: Part[]): Box {
  const { origin, isPlace, owner } = (now ?? old) as SketchBox;
  const own = owner === undefined ? undefined : marks.get(id);
  const around = owner === undefined ? undefined : marks.get((now ? ownerKey(now) : undefined) ?? '');
  const lost = origin !== 'found' && (around === 'replaced' || around === 'unsure') ? around : undefined;
  const looks = { ...(old && { before: lookOf(old) }), ...(now && { after: lookOf(now) }) };
  return {
    id,
    ...looks,
    origin,
    isPlace,
    parts,
    // what no resource makes is there before and after, whether anything is connected to it or not.
    mark:
      origin === 'found' || owner === undefined
        ? 'same'
        : (presence(old, now) ?? ofInstances(own) ?? lost ?? difference(old, now)),
    ...((now ?? old)?.isMinor === true && { isMinor: true as const }),
    ...(owner === undefined ? {} : { stack: owner.stack, address: owner.address }),
  };
}

/** The key of the resource that a box is of, in the picture of the head. */
function ownerKey({ owner }: SketchBox): string | undefined {
  return owner && keyOf(owner);
}

/** An instance that is new or gone changes the box of all of them. */
function ofInstances(mark: Mark | undefined): Mark | undefined {
  return mark === 'added' || mark === 'removed' ? 'changed' : mark;
}

function presence(old: unknown, now: unknown): Mark | undefined {
  if (old === undefined || now === undefined) {
    return old === undefined ? 'added' : 'removed';
  }
  return undefined;
}

function difference(old: SketchBox | undefined, now: SketchBox | undefined): Mark {
  const [before, after] = [old?.details ?? [], now?.details ?? []];
  const areSame = before.length === after.length && before.every((text, i) => text === after[i]);
  return old?.name === now?.name && areSame ? 'same' : 'changed';
}

function lookOf({ caption, name, details, parent }: SketchBox): Look {
  return { caption, name, details, ...(parent === undefined ? {} : { parent }) };
}

/** What happens to the parts of each box. */
function partsOf(before: Sketch, after: Sketch, marks: Marks): Map<string, Part[]> {
  const found = new Map<string, Map<string, Part>>();
  for (const sketch of [after, before]) {
    sketch.parts.forEach((box, resource) => {
      const mark = marks.get(sketch.idOf(resource)) ?? 'same';
      const parts = found.get(box) ?? new Map<string, Part>();
      found.set(box, parts);
      if (mark !== 'same' && !parts.has(sketch.idOf(resource))) {
        parts.set(sketch.idOf(resource), { text: partName(resource), mark });
      }
    });
  }
  return new Map([...found].map(([box, parts]) => [box, [...parts.values()]]));
}

function partName(resource: Resource): string {
  return `${captionOf(resource)} ${nameOf(resource)}`;
}

function arrowsOf(before: Sketch, after: Sketch): Arrow[] {
  const [old, now] = [arrowsByEnds(before), arrowsByEnds(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((key) => {
    const [olds, news] = [old.get(key) ?? [], now.get(key) ?? []];
    const { from, to, kind } = (news[0] ?? olds[0]) as SketchArrow;
    const [was, is] = [textOf(olds), textOf(news)];
    return {
      ...{ from, to, kind },
      ...(olds.length > 0 && { before: was }),
      ...(news.length > 0 && { after: is }),
      mark: presence(olds[0], news[0]) ?? (was === is ? 'same' : 'changed'),
    };
  });
}

function textOf(arrows: readonly SketchArrow[]): string {
  return [...new Set(arrows.map(({ text }) => text))].filter(Boolean).sort().join(', ');
}

function arrowsByEnds(sketch: Sketch): Map<string, SketchArrow[]> {
  return groupBy(sketch.arrows, ({ kind, from, to }) => JSON.stringify([kind, from, to]));
}
