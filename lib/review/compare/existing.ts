import type { Comparison } from './compare';
import { hasNone } from './instances';

/**
 * A comparison without a side that has no instances according to the code, so that the removal of the last instance is a
 * destruction, and the first instance is a creation.
 */
export function existing(comparison: Comparison): Comparison {
  const { base, head, instanceNotes = {} } = comparison;
  const isDecided = Object.values(instanceNotes).every((note) => note === undefined || !note.startsWith('unless'));
  if (base === undefined || head === undefined || !isDecided) {
    return comparison;
  }
  const [wasNone, isNone] = [hasNone(base.meta), hasNone(head.meta)];
  if (wasNone && isNone) {
    return { base: head, head, link: 'address', findings: [], isSettled: true };
  }
  if (isNone) {
    return { base, emptied: head, link: 'none', findings: [] };
  }
  return wasNone ? { head, link: 'none', findings: [] } : comparison;
}
