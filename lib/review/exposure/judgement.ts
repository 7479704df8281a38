import { compareSets, type Width } from '../compare/shift';
import type { Shift } from '../model';
import { covers } from './cidr';
import { REACH, type Way } from './way';

/** What may differ between the two versions of a way in. */
interface Difference {
  readonly old: Way | undefined;
  readonly now: Way | undefined;
  /** How much further it can be reached from, in steps of `REACH`; 0 where that is not known. */
  readonly step: number;
  readonly ranges: Width;
  readonly hasMorePorts: boolean;
  readonly isSameText: boolean;
}

/** How a difference is judged: the first row that fits decides. */
const JUDGEMENTS: readonly (readonly [fits: (difference: Difference) => unknown, shift: Shift | undefined])[] = [
  [({ old, now }) => isBarrier(old, now) && old === undefined, 'narrowed'],
  [({ old, now }) => isBarrier(old, now) && now === undefined, 'widened'],
  [({ old, now, isSameText }) => isBarrier(old, now) && isSameText, undefined],
  [({ old, now }) => isBarrier(old, now), 'changed'],
  // what only the cluster itself reaches is no way in; but it says where a service stood before.
  [({ old, now, isSameText }) => isInside(old) && isInside(now) && (isSameText || !old || !now), undefined],
  [({ old }) => old === undefined, 'added'],
  [({ now }) => now === undefined, 'removed'],
  [({ old, now, isSameText }) => isUndecided(old, now) && isSameText, undefined],
  [({ old, now }) => isUndecided(old, now), 'changed'],
  [({ step }) => step > 0, 'widened'],
  [({ step, hasMorePorts }) => step < 0 && hasMorePorts, 'changed'],
  [({ step }) => step < 0, 'narrowed'],
  [({ ranges, hasMorePorts }) => ranges === 'narrower' && hasMorePorts, 'changed'],
  [({ ranges }) => ranges === 'wider', 'widened'],
  [({ ranges }) => ranges === 'narrower', 'narrowed'],
  [({ ranges, isSameText }) => ranges === 'same' && isSameText, undefined],
  [() => true, 'changed'],
];

/** How a way in changes; undefined if it does not. */
export function shiftBetween(old: Way | undefined, now: Way | undefined): Shift | undefined {
  const difference: Difference = {
    old,
    now,
    step: REACH.indexOf(now?.reach ?? 'cluster') - REACH.indexOf(old?.reach ?? 'cluster'),
    ranges: compareSets(old?.ranges ?? [], now?.ranges ?? [], covers),
    hasMorePorts: now?.ports?.some((port) => !old?.ports?.includes(port)) ?? false,
    isSameText: old?.text === now?.text,
  };
  return JUDGEMENTS.find(([fits]) => fits(difference))?.[1];
}

function isBarrier(old: Way | undefined, now: Way | undefined): boolean {
  return (old?.isBarrier ?? now?.isBarrier) === true;
}

/** Whether the cluster alone reaches it, or nobody since it is not there. */
function isInside(way: Way | undefined): boolean {
  return way === undefined || way.reach === 'cluster';
}

/** Whether the code does not decide from where one of them can be reached. */
function isUndecided(old: Way | undefined, now: Way | undefined): boolean {
  return old?.reach === undefined || now?.reach === undefined;
}
