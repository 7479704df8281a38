import { compareSets, shiftOf, type Width } from '../compare/shift';
import type { Shift } from '../model';
import { REACH, type EntryPoint } from './entry-point';
import { compareLimits } from './limits';
import { covers, joined } from './source';

/** Two versions of an entry point, and their differences. */
interface Difference {
  readonly old: EntryPoint | undefined;
  readonly now: EntryPoint | undefined;
  /** How much farther away clients can be now, in steps of `REACH`. */
  readonly step: number;
  readonly sources: Width;
  /** How the traffic that they match compares; empty if unknown. */
  readonly limits: readonly Width[];
  readonly isSameText: boolean;
}

/** The judgements of differences; the first one that fits applies. */
const JUDGEMENTS: readonly (readonly [
  fits: (difference: Difference) => unknown,
  shift: Shift | undefined | ((difference: Difference) => Shift | undefined),
])[] = [
  [({ old, now }) => isDenial(old, now) && old === undefined, 'narrowed'],
  [({ old, now }) => isDenial(old, now) && now === undefined, 'widened'],
  [({ old, now, isSameText }) => isDenial(old, now) && !isSameText, 'changed'],
  // a narrower denial allows more.
  [({ old, now }) => isDenial(old, now), ({ sources, limits }) => shiftOf(...[sources, ...limits].map(opposite))],
  // something that only the cluster reaches is not exposed, but may be one side of a change.
  [({ old, now, isSameText }) => isInside(old) && isInside(now) && (isSameText || !old || !now), undefined],
  [({ old }) => old === undefined, 'added'],
  [({ now }) => now === undefined, 'removed'],
  [({ old, now }) => isUndecided(old, now), ({ old, now }) => (old?.text === now?.text ? undefined : 'changed')],
  [({ step }) => step > 0, 'widened'],
  [({ step, limits }) => step < 0 && limits.some(isMore), 'changed'],
  [({ step }) => step < 0, 'narrowed'],
  [({ sources }) => sources === 'wider', 'widened'],
  [({ sources, limits }) => sources === 'narrower' && !limits.some(isMore), 'narrowed'],
  [({ isSameText }) => isSameText, ({ sources, limits }) => shiftOf(sources, ...limits)],
  [() => true, 'changed'],
];

/** How an entry point changes; undefined if it does not. */
export function shiftBetween(old: EntryPoint | undefined, now: EntryPoint | undefined): Shift | undefined {
  const difference: Difference = {
    old,
    now,
    step: REACH.indexOf(now?.reach ?? 'cluster') - REACH.indexOf(old?.reach ?? 'cluster'),
    sources: compareSets(joined(old?.sources ?? []), joined(now?.sources ?? []), covers),
    limits: compareLimits(old, now) ?? [],
    isSameText: restOf(old, now) === restOf(now, old),
  };
  const [, shift] = JUDGEMENTS.find(([fits]) => fits(difference)) ?? [];
  return typeof shift === 'function' ? shift(difference) : shift;
}

/** The text of an entry point that is compared: without the separately compared parts, if both have these. */
function restOf(one: EntryPoint | undefined, other: EntryPoint | undefined): string | undefined {
  return one?.rest !== undefined && other?.rest !== undefined ? one.rest : one?.text;
}

function isMore(width: Width): boolean {
  return width === 'wider' || width === 'other';
}

const OPPOSITES: Readonly<Record<Width, Width>> = {
  same: 'same',
  wider: 'narrower',
  narrower: 'wider',
  other: 'other',
};

function opposite(width: Width): Width {
  return OPPOSITES[width];
}

function isDenial(old: EntryPoint | undefined, now: EntryPoint | undefined): boolean {
  return (old?.isDenial ?? now?.isDenial) === true;
}

/** Whether an entry point is inside the cluster or does not exist. */
function isInside(entryPoint: EntryPoint | undefined): boolean {
  return entryPoint === undefined || entryPoint.reach === 'cluster';
}

/** Whether the code does not determine who can reach one of them. */
function isUndecided(old: EntryPoint | undefined, now: EntryPoint | undefined): boolean {
  return old?.reach === undefined || now?.reach === undefined;
}
