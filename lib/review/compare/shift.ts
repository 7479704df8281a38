import type { Shift } from '../model';

/** How one thing compares with another: whether it allows more, less, the same or something else. */
export type Width = 'same' | 'wider' | 'narrower' | 'other';

/**
 * How two sets of permissions or sources compare.
 *
 * @param covers Whether one item allows everything that another one allows
 */
export function compareSets<T>(
  before: readonly T[],
  after: readonly T[],
  covers: (wide: T, narrow: T) => boolean,
): Width {
  if (before.length * after.length > MOST) {
    return 'other';
  }
  const isWithin = (items: readonly T[], others: readonly T[]) =>
    items.every((item) => others.some((other) => covers(other, item)));
  return widthOf(isWithin(before, after), isWithin(after, before));
}

/** The maximum number of pairs of items that are compared; larger sets are considered to be different. */
const MOST = 4_000_000;

/**
 * How one thing compares with another.
 *
 * @param isKept Whether everything that was allowed still is
 * @param isCovered Whether everything that is allowed already was
 */
export function widthOf(isKept: boolean, isCovered: boolean): Width {
  if (isKept) {
    return isCovered ? 'same' : 'wider';
  }
  return isCovered ? 'narrower' : 'other';
}

const SHIFTS = { wider: 'widened', narrower: 'narrowed', other: 'changed' } as const;

/** The combination of several comparisons; undefined if all are the same. */
export function shiftOf(...widths: Width[]): Shift | undefined {
  const [first, ...others] = new Set(widths.filter((width) => width !== 'same'));
  return first && (others.length === 0 ? SHIFTS[first] : 'changed');
}

/** Whether something that was not allowed or reachable now is, or may be. */
export function opens(shift: Shift): boolean {
  return shift !== 'removed' && shift !== 'narrowed';
}
