import type { Shift } from '../model';

/** How one thing compares with another: it allows more, less, the same, or something else. */
export type Width = 'same' | 'wider' | 'narrower' | 'other';

/** How a list of permissions or ranges compares, given when one item allows all that another does. */
export function compareSets(
  before: readonly string[],
  after: readonly string[],
  covers: (wide: string, narrow: string) => boolean,
): Width {
  const allIn = (items: readonly string[], others: readonly string[]) =>
    items.every((item) => others.some((other) => covers(other, item)));
  const [grows, shrinks] = [!allIn(after, before), !allIn(before, after)];
  return grows && shrinks ? 'other' : grows ? 'wider' : shrinks ? 'narrower' : 'same';
}

/** What several comparisons come to; undefined if nothing changed. */
export function shiftOf(...widths: Width[]): Shift | undefined {
  const has = (width: Width) => widths.includes(width);
  if (widths.every((width) => width === 'same')) {
    return undefined;
  }
  return has('other') || (has('wider') && has('narrower')) ? 'changed' : has('wider') ? 'widened' : 'narrowed';
}
