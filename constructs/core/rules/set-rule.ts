import type { Violation } from '../problems/violation';

/**
 * What must hold for several values together: data that states the rule and says where it comes from. Tests hold both
 * sides of it. The rule of a single value is a `Rule`.
 */
export interface SetRule<T> {
  /** The stable id of the rule, which the docs list. */
  readonly id: string;
  /** What must hold. */
  readonly rule: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** What is wrong: the property, the value, the rule and the remedy. What is not known yet is right. */
  readonly problems: (given: T) => string[];
  /** Whether breaking it can be meant: it is deployed, and suits some. */
  readonly canBeMeant?: boolean;
}

/** Everything that is wrong with the values, in the order of the rules. */
export function checkSet<T>(rules: readonly SetRule<T>[], given: T): Violation[] {
  return rules.flatMap(({ id, problems, canBeMeant }) =>
    problems(given).map((message) => ({ rule: id, message, canBeMeant })),
  );
}
