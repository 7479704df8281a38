import { groupBy } from '../../terraform-json/group';
import type { Review } from '../model';
import { withoutKeys, type Resource } from '../read/program';
import { markOf, worstOf } from './marks';
import type { Arrow, Box, Look, Mark, Part, Picture } from './picture';
import { captionOf, nameOf } from '../names/names';
import type { Sketch, SketchArrow, SketchBox } from './sketch';

/** The marks of resources, by stack and address. */
type Marks = ReadonlyMap<string, Mark>;

/** The marks of the resources of a review; a resource that is lost with a replaced one is created again. */
export function marksOf({ changes }: Pick<Review, 'changes'>): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const change of changes) {
    // one box stands for all instances of a resource, and has the worst of their marks
    marks.set(keyOf(change), worstOf([markOf(change), marks.get(keyOf(change)) ?? 'same']));
  }
  for (const { takes } of changes.filter(({ action }) => action === 'replace' || action === 'rename')) {
    for (const lost of takes) {
      const mark = marks.get(keyOf(lost)) ?? 'same';
      marks.set(keyOf(lost), mark === 'same' || mark === 'changed' ? 'replaced' : mark);
    }
  }
  return marks;
}

/** Combines both sides of a change into one picture. */
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
  const { origin, isPlace, isMinor, owner } = (now ?? old) as SketchBox;
  return {
    id,
    ...(old && { before: lookOf(old) }),
    ...(now && { after: lookOf(now) }),
    origin,
    isPlace,
    parts,
    mark: boxMark(id, old, now, marks),
    ...(isMinor === true && { isMinor }),
    ...(owner && { stack: owner.stack, address: owner.address }),
  };
}

function boxMark(id: string, old: SketchBox | undefined, now: SketchBox | undefined, marks: Marks): Mark {
  const { origin, owner } = (now ?? old) as SketchBox;
  // what no resource creates exists on both sides, whether anything is connected to it or not.
  if (origin === 'found' || owner === undefined) {
    return 'same';
  }
  if (old === undefined || now === undefined) {
    return presence(old, now);
  }
  const own = marks.get(id);
  if (own !== undefined) {
    // an instance that is new or gone changes the box of all instances.
    return own === 'added' || own === 'removed' ? 'changed' : own;
  }
  const around = marks.get(keyOf(owner));
  return around === 'replaced' || around === 'unsure' ? around : difference(old, now);
}

/** The mark of something that only one side has. */
function presence(old: unknown, now: unknown): Mark {
  if (old !== undefined && now !== undefined) {
    return 'same';
  }
  return old === undefined ? 'added' : 'removed';
}

function difference(old: SketchBox, now: SketchBox): Mark {
  const isSame = JSON.stringify([old.name, old.details]) === JSON.stringify([now.name, now.details]);
  return isSame ? 'same' : 'changed';
}

function lookOf({ caption, name, details, parent }: SketchBox): Look {
  return { caption, name, details, ...(parent !== undefined && { parent }) };
}

/** The parts of each box that change. */
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
    const before = olds.length > 0 ? textOf(olds) : undefined;
    const after = news.length > 0 ? textOf(news) : undefined;
    return {
      from,
      to,
      kind,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      mark: arrowMark(before, after),
    };
  });
}

function arrowMark(before: string | undefined, after: string | undefined): Mark {
  const isOnBoth = before !== undefined && after !== undefined;
  return isOnBoth && before !== after ? 'changed' : presence(before, after);
}

function textOf(arrows: readonly SketchArrow[]): string {
  return [...new Set(arrows.map(({ text }) => text))].filter(Boolean).sort().join(', ');
}

function arrowsByEnds(sketch: Sketch): Map<string, SketchArrow[]> {
  return groupBy(sketch.arrows, ({ kind, from, to }) => JSON.stringify([kind, from, to]));
}
