import { addTo, groupBy } from '../../terraform-json/group';
import { compare } from '../../terraform-json/json';
import { MARKS } from '../picture/marks';
import { inOrder, type Line, type Scene, type SceneArrow, type SceneBox } from './scene';
import { MEANINGS } from './signs';

/** The number of boxes that a reader can grasp. */
export const MOST_BOXES = 60;

/** A box that stands for several others. */
interface Pile {
  readonly box: SceneBox;
  readonly of: readonly SceneBox[];
}

/**
 * A scene with a maximum number of boxes: similar boxes are combined, then places are closed, those without changes
 * first.
 */
export function collapsed(scene: Scene, most = MOST_BOXES): Scene {
  let found = scene;
  for (const step of [pileAlike, ...closings(scene)]) {
    if (found.boxes.length <= most) {
      return found;
    }
    found = step(found);
  }
  return found.boxes.length <= most ? found : onlyTop(found, most);
}

/** Combines boxes of the same kind, place and mark into one box. */
export function pileAlike(scene: Scene): Scene {
  const places = new Set(scene.boxes.flatMap(({ parent }) => parent ?? []));
  const groups = groupBy(
    scene.boxes.filter(({ id }) => !places.has(id)),
    ({ parent = '', caption, mark, origin }) => JSON.stringify([parent, caption, mark, origin]),
  );
  return replaced(scene, [...groups.values()].filter(({ length }) => length > 2).map(pileOf));
}

function pileOf(boxes: readonly SceneBox[]): Pile {
  const [first] = boxes as [SceneBox];
  const names = boxes.slice(0, 3).map(({ name }): Line => ({ text: name, mark: 'same' }));
  const more: Line[] = boxes.length > 3 ? [{ text: `and ${boxes.length - 3} more`, mark: 'same' }] : [];
  const { stack, address, parent, mark, origin, caption, id } = first;
  return {
    of: boxes,
    box: {
      id,
      caption,
      name: `${boxes.length} of them`,
      title: boxes
        .slice(0, 20)
        .map(({ title }) => title)
        .join(', '),
      lines: [...names, ...more],
      mark,
      origin,
      isPlace: false,
      ...(parent !== undefined && { parent }),
      ...(stack !== undefined && address !== undefined && { stack, address }),
    },
  };
}

/** Steps that close places: first those without changes, and each time the innermost first. */
function closings({ boxes }: Scene): ((scene: Scene) => Scene)[] {
  const depths = depthsOf(boxes);
  const deepest = Math.max(0, ...depths.values());
  const levels = Array.from({ length: deepest }, (_, i) => deepest - 1 - i);
  return [true, false].flatMap((isQuiet) =>
    levels.map((level) => (scene: Scene) => {
      const within = contents(scene.boxes);
      const closing = scene.boxes.filter(({ id }) => {
        const inside = within.get(id) ?? [];
        const isSame = inside.every(({ mark }) => mark === 'same');
        return inside.length > 0 && depths.get(id) === level && (!isQuiet || isSame);
      });
      return replaced(
        scene,
        closing.map((place) => closed(place, within.get(place.id) ?? [])),
      );
    }),
  );
}

/** A place that counts its contents instead of showing them. */
function closed(place: SceneBox, inside: readonly SceneBox[]): Pile {
  const counts = MARKS.map((mark) => ({ mark, count: inside.filter((box) => box.mark === mark).length }));
  const changes = counts.filter(({ mark, count }) => mark !== 'same' && count > 0);
  return {
    of: [place, ...inside],
    box: {
      ...place,
      isPlace: false,
      mark: place.mark === 'same' && changes.length > 0 ? 'changed' : place.mark,
      lines: [
        { text: `${inside.length} in it`, mark: 'same' },
        ...changes.map(({ mark, count }): Line => ({ text: `${count} ${MEANINGS[mark]}`, mark })),
      ],
    },
  };
}

/** The first boxes, and one that counts the others. */
function onlyTop(scene: Scene, most: number): Scene {
  const sorted = [...scene.boxes].sort((a, b) => MARKS.indexOf(a.mark) - MARKS.indexOf(b.mark) || compare(a.id, b.id));
  const kept = new Set(sorted.slice(0, most - 1));
  const others = scene.boxes.filter((box) => !kept.has(box));
  const [first] = others;
  if (first === undefined) {
    return scene;
  }
  const { id, origin } = first;
  const lines = closed(first, others).box.lines.slice(1);
  const box = {
    id,
    origin,
    caption: 'not shown',
    name: `${others.length} more`,
    title: '',
    lines,
    mark: first.mark,
    isPlace: false,
  };
  return replaced(scene, [{ of: others, box }]);
}

/**
 * The scene with piles instead of the boxes that they stand for. Arrows lead to the piles, and equal arrows are merged.
 */
function replaced({ boxes, arrows }: Scene, piles: readonly Pile[]): Scene {
  const into = new Map(piles.flatMap(({ box, of }) => of.map(({ id }) => [id, box] as const)));
  const kept = boxes.filter(({ id }) => !into.has(id));
  const moved = new Map<string, SceneArrow>();
  for (const arrow of arrows) {
    const [from, to] = [arrow.from, arrow.to].map((id) => into.get(id)?.id ?? id) as [string, string];
    const key = JSON.stringify([from, to, arrow.kind, arrow.mark]);
    const same = moved.get(key);
    if (from !== to) {
      moved.set(key, {
        ...arrow,
        from,
        to,
        text: same === undefined || same.text === arrow.text ? arrow.text : 'several',
      });
    }
  }
  return { boxes: inOrder([...kept, ...new Set(into.values())]), arrows: [...moved.values()] };
}

/** All boxes in each place, at any depth. */
function contents(boxes: readonly SceneBox[]): Map<string, SceneBox[]> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const found = new Map<string, SceneBox[]>();
  for (const box of boxes) {
    for (let id = box.parent; id !== undefined; id = byId.get(id)?.parent) {
      addTo(found, id, box);
    }
  }
  return found;
}

function depthsOf(boxes: readonly SceneBox[]): Map<string, number> {
  const depths = new Map<string, number>();
  // each place comes before what is in it.
  boxes.forEach(({ id, parent }) => depths.set(id, parent === undefined ? 0 : (depths.get(parent) ?? 0) + 1));
  return depths;
}
