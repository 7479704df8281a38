import { isKnown } from './rule';

const FIRST = 100;
const LAST = 2047;

/** What is denied comes after all that is allowed, in the second half of Azure's priorities. */
export const OTHERS = 2048;

/**
 * A number from 100 to 2047 that depends on the id alone (FNV-1a): numbers given by turn would all move when a rule is
 * added before others, and Azure refuses a number that another rule still has.
 */
export function derivedPriority(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return FIRST + (hash % (LAST - FIRST + 1));
}

/** Rules that would have the same number. */
export function priorityProblems(priorities: ReadonlyMap<string, number>): string[] {
  const holders = new Map<number, string>();
  return [...priorities].flatMap(([id, priority]) => {
    const holder = holders.get(priority);
    if (!isKnown(priority) || holder === undefined) {
      holders.set(priority, id);
      return [];
    }
    return [
      `'${id}.priority' must be another than that of '${holder}', got ${priority} for both: give one of them a ` +
        `'priority' from ${FIRST} to ${LAST} that no rule has`,
    ];
  });
}
