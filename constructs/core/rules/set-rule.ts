import type { Violation } from '../problems/violation';

/**
 * A rule for several values together: data that states the rule and its source. Tests cover values that it allows and
 * values that it rejects. The rule for a single value is a `Rule`.
 */
export interface SetRule<T> {
  /** The stable id of the rule, which the docs list. */
  readonly id: string;
  /** What must hold. */
  readonly rule: string;
  /** Where the rule comes from. */
  readonly source: string;
  /**
   * The messages for violations: the property, the value, the rule and the remedy. Values that are not known yet pass.
   */
  readonly problems: (given: T) => string[];
  /** Whether a violation can be intentional. */
  readonly canBeMeant?: boolean;
}

/** The violations of the rules, in their order. */
export function checkSet<T>(rules: readonly SetRule<T>[], given: T): Violation[] {
  return rules.flatMap(({ id, problems, canBeMeant }) =>
    problems(given).map((message) => ({ rule: id, message, canBeMeant })),
  );
}
