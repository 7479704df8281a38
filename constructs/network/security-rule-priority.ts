import { isKnown } from '../core/values/known';
import { type Violation, violation } from '../core/problems/violation';

const FIRST = 100;

/** The last number that is derived: what the same rules deny has the numbers after it. */
const LAST_DERIVED = 2047;

/** The last number that Azure has. */
const LAST = 4096;

/** Rules that deny come after all rules that allow, in the second half of Azure's priorities. */
export const OTHERS = 2048;

/**
 * A number from 100 to 2047 that depends on the id alone (FNV-1a): numbers given by turn would all move when a rule is
 * added before others, and Azure rejects a number that another rule still has.
 */
export function derivedPriority(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return FIRST + (hash % (LAST_DERIVED - FIRST + 1));
}

/** The priorities of the rules that a call of `allowInbound` creates. */
export interface RulePriorities {
  readonly priority: number;
  /** That of the rule which denies the rest, where there is one. */
  readonly others?: number;
}

/** Rules that would have the same number, and one that denies the rest beyond the last number. */
export function priorityProblems(rules: ReadonlyMap<string, RulePriorities>): Violation[] {
  const holders = new Map<number, string>();
  return [...rules].flatMap(([id, { priority, others }]) => {
    if (!isKnown(priority)) {
      return [];
    }
    if (others !== undefined && others > LAST) {
      return priority > LAST
        ? [] // reported itself
        : [
            violation(
              'security-rule-priority-room',
              `'${id}.priority' must be at most ${LAST - OTHERS} with 'denyOthers', whose rule comes ${OTHERS} later, got ` +
                `${priority}: choose a smaller one`,
            ),
          ];
    }
    const taken = [priority, ...(others === undefined ? [] : [others])].find((one) => holders.has(one));
    if (taken !== undefined) {
      return [
        violation(
          'security-rule-priority-unique',
          `'${id}.priority' must differ from that of '${String(holders.get(taken))}', got ${taken} for both: give one of ` +
            `them a 'priority' from ${FIRST} to ${LAST_DERIVED} that no rule has`,
        ),
      ];
    }
    holders.set(priority, id);
    if (others !== undefined) {
      holders.set(others, id);
    }
    return [];
  });
}
