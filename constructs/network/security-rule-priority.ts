import { isKnown } from '../core/values/known';
import { type Violation, violation, when } from '../core/problems/violation';

const FIRST = 100;

/** The highest derived number: the numbers after it are for denials. */
const LAST_DERIVED = 2047;

/** The highest number that Azure accepts. */
const LAST = 4096;

/** The distance of a denial from its rule, so that denials come after all rules that allow. */
export const OTHERS = 2048;

/**
 * A number from 100 to 2047 that depends only on the id (FNV-1a): consecutive numbers would change when a rule is added
 * before others, and Azure rejects a number that another rule still has.
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
  /** That of the rule that denies other traffic, if there is one. */
  readonly others?: number;
}

/** The problems of rules with the same number, and of denials beyond the highest number. */
export function priorityProblems(rules: ReadonlyMap<string, RulePriorities>): Violation[] {
  const holders = new Map<number, string>();
  return [...rules].flatMap(([id, { priority, others }]) => {
    if (!isKnown(priority)) {
      return [];
    }
    if (others !== undefined && others > LAST) {
      // a larger priority has a problem of its own
      return when(
        priority <= LAST,
        'security-rule-priority-room',
        () =>
          `'${id}.priority' must be at most ${LAST - OTHERS} with 'denyOthers', whose rule comes ${OTHERS} later, got ` +
          `${priority}: choose a smaller one`,
      );
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
