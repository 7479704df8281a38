import type { Comparison } from './compare';
import { hasNone } from './instances';

/**
 * A comparison of what there is: a side of which the code says that it has no instances is left out, so that the last
 * instance is destroyed and the first one is created.
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
