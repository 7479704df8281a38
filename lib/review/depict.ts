import type { StackFiles } from '../terraform-json/read';
import type { Review } from './model';
import { compareSketches, marksOf } from './picture/compare';
import { draw } from './picture/draw';
import type { Picture } from './picture/picture';
import { withoutKeys, type Resource, type Stack } from './read/program';
import { versionsOf, type Versions } from './versions';

/**
 * The system that a program describes, before and after a change, with what the review says about it.
 *
 * A pure function: the same input gives the same picture. The picture contains no secret of the input.
 *
 * @param base The program before; undefined if there was none
 * @param found The review of the same two programs
 */
export function depict(
  base: readonly StackFiles[] | undefined,
  head: readonly StackFiles[],
  found: Pick<Review, 'changes'>,
): Picture {
  return pictureOf(versionsOf(base, head), found);
}

/** The system that two versions of a program describe, which have been read. */
export function pictureOf({ before: olds, after: news, secrets }: Versions, found: Pick<Review, 'changes'>): Picture {
  const before = draw(olds, addressAfter(news, found));
  const after = draw(news, ({ address }) => address);
  return secrets.hide(numbered(compareSketches(before, after, marksOf(found))));
}

/** Finds the address that a resource has after a change. */
function addressAfter(
  news: readonly Stack[],
  { changes }: Pick<Review, 'changes'>,
): (resource: Pick<Resource, 'stack' | 'address'>) => string {
  const kept = new Set(
    news.flatMap(({ name, resources }) => [...resources.keys()].map((address) => `${name} ${address}`)),
  );
  const renamed = new Map<string, string>();
  for (const { stack, from = '', address } of changes) {
    const old = `${stack} ${withoutKeys(from)}`;
    // the other instances of the resource stay, and so does its box
    if (withoutKeys(from) === from || !kept.has(old)) {
      renamed.set(old, withoutKeys(address));
    }
  }
  return ({ stack, address }) => renamed.get(`${stack} ${address}`) ?? address;
}

/** A picture whose ids hold nothing of the input, so that hiding a secret leaves them as they are. */
function numbered({ boxes, arrows }: Picture): Picture {
  const ids = new Map(boxes.map(({ id }, index) => [id, `b${index}`]));
  const of = (id: string) => ids.get(id) ?? id;
  const within = <T extends { readonly parent?: string }>(look: T | undefined): T | undefined =>
    look?.parent === undefined ? look : { ...look, parent: of(look.parent) };
  return {
    boxes: boxes.map((box) => ({
      ...box,
      id: of(box.id),
      ...(box.before && { before: within(box.before) }),
      ...(box.after && { after: within(box.after) }),
    })) as Picture['boxes'],
    arrows: arrows.map((arrow) => ({ ...arrow, from: of(arrow.from), to: of(arrow.to) })),
  };
}
