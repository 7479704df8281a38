import { compareSets, type Width } from '../compare/shift';
import type { Shift } from '../model';
import { REACH, type EntryPoint } from './entry-point';
import { covers, joined } from './source';

/** Two versions of an entry point, and what may differ between them. */
interface Difference {
  readonly old: EntryPoint | undefined;
  readonly now: EntryPoint | undefined;
  /** How much farther clients can be now, in steps of `REACH`; 0 if that is not known. */
  readonly step: number;
  readonly sources: Width;
  readonly hasMorePorts: boolean;
  readonly isSameText: boolean;
}

/** How a difference is judged: the first row that fits decides. */
const JUDGEMENTS: readonly (readonly [fits: (difference: Difference) => unknown, shift: Shift | undefined])[] = [
  [({ old, now }) => isDenial(old, now) && old === undefined, 'narrowed'],
  [({ old, now }) => isDenial(old, now) && now === undefined, 'widened'],
  [({ old, now, isSameText }) => isDenial(old, now) && isSameText, undefined],
  [({ old, now }) => isDenial(old, now), 'changed'],
  // what only the cluster reaches is not exposed, but is worth a row as the other side of a change.
  [({ old, now, isSameText }) => isInside(old) && isInside(now) && (isSameText || !old || !now), undefined],
  [({ old }) => old === undefined, 'added'],
  [({ now }) => now === undefined, 'removed'],
  [({ old, now, isSameText }) => isUndecided(old, now) && isSameText, undefined],
  [({ old, now }) => isUndecided(old, now), 'changed'],
  [({ step }) => step > 0, 'widened'],
  [({ step, hasMorePorts }) => step < 0 && hasMorePorts, 'changed'],
  [({ step }) => step < 0, 'narrowed'],
  [({ sources, hasMorePorts }) => sources === 'narrower' && hasMorePorts, 'changed'],
  [({ sources }) => sources === 'wider', 'widened'],
  [({ sources }) => sources === 'narrower', 'narrowed'],
  [({ sources, isSameText }) => sources === 'same' && isSameText, undefined],
  [() => true, 'changed'],
];

/** How an entry point changes; undefined if it does not. */
export function shiftBetween(old: EntryPoint | undefined, now: EntryPoint | undefined): Shift | undefined {
  const difference: Difference = {
    old,
    now,
    step: REACH.indexOf(now?.reach ?? 'cluster') - REACH.indexOf(old?.reach ?? 'cluster'),
    sources: compareSets(joined(old?.sources ?? []), joined(now?.sources ?? []), covers),
    hasMorePorts: now?.ports?.some((port) => !old?.ports?.includes(port)) ?? false,
    isSameText: old?.text === now?.text,
  };
  return JUDGEMENTS.find(([fits]) => fits(difference))?.[1];
}

function isDenial(old: EntryPoint | undefined, now: EntryPoint | undefined): boolean {
  return (old?.isDenial ?? now?.isDenial) === true;
}

/** Whether only the cluster reaches it, or nobody because it does not exist. */
function isInside(entryPoint: EntryPoint | undefined): boolean {
  return entryPoint === undefined || entryPoint.reach === 'cluster';
}

/** Whether the code does not decide who can reach one of them. */
function isUndecided(old: EntryPoint | undefined, now: EntryPoint | undefined): boolean {
  return old?.reach === undefined || now?.reach === undefined;
}
