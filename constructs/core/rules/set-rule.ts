/**
 * What must hold for several values together: data that states the rule, says where it comes from and shows both sides
 * of it. The rule of a single value is a `Rule`.
 */
export interface SetRule<T> {
  /** What must hold. */
  readonly rule: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** What the rule allows, at its edges. */
  readonly inside: readonly T[];
  /** What the rule refuses, just beyond its edges. */
  readonly outside: readonly T[];
  /** What is wrong: the property, the value, the rule and the remedy. What is not known yet is right. */
  readonly problems: (given: T) => string[];
}

/** Everything that is wrong with the values, in the order of the rules. */
export function checkSet<T>(rules: readonly SetRule<T>[], given: T): string[] {
  return rules.flatMap(({ problems }) => problems(given));
}
