import { Token } from 'cdktf';

/** What must hold for one value: data that states the rule, says where it comes from and shows both sides of it. */
export interface Rule<T> {
  /** What the value must be, to follow the name of its property: "must be ...". */
  readonly must: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** Values that the rule allows, at its edges; the first is the example that the message gives. */
  readonly inside: readonly [T, ...T[]];
  /** Values that the rule refuses, just beyond its edges. */
  readonly outside: readonly T[];
  /** Whether the rule allows the value. */
  readonly holds: (value: T) => boolean;
  /** What is behind a value that the rule refuses, where the value itself does not show it. */
  readonly explain?: (value: T) => string;
  /** Why the rule is there or what to do about it, where the rule itself does not say. */
  readonly hint?: string;
}

/**
 * The problem with a value that breaks its rule, or none.
 *
 * A token passes: what it stands for is known only when Terraform runs.
 *
 * @param property The name of the value, as its author knows it
 */
export function check<T>(rule: Rule<T>, property: string, value: T | undefined): string[] {
  if (value === undefined || Token.isUnresolved(value) || rule.holds(value)) {
    return [];
  }
  const explanation = rule.explain === undefined ? '' : ` (${rule.explain(value)})`;
  const hint = rule.hint === undefined ? '' : `: ${rule.hint}`;
  return [`'${property}' ${rule.must}, such as ${show(rule.inside[0])}, got ${show(value)}${explanation}${hint}`];
}

/**
 * The value, or the rule's example in place of one that breaks it.
 *
 * For what is derived from a value: the broken value is reported once, and what it would have led to is not.
 */
export function orExample<T>(rule: Rule<T>, value: T): T {
  return check(rule, '', value).length === 0 ? value : rule.inside[0];
}

/** As `check`, for a value that is computed with when the program runs: a token is a problem too. */
export function checkLiteral<T>(rule: Rule<T>, property: string, value: T): string[] {
  return Token.isUnresolved(value)
    ? [`'${property}' must be known when the program runs: give a literal value, such as ${show(rule.inside[0])}`]
    : check(rule, property, value);
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Whether a value is given and known when the program runs. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** The items of a list, or none when the list as a whole is known only when Terraform runs. */
export function itemsOf<T>(list: readonly T[] | undefined): readonly T[] {
  return list === undefined || Token.isUnresolved(list) ? [] : list;
}

/** A rule for whole numbers from `min` to `max`, both included. */
export function integerRule(min: number, max: number, source: string, example = min): Rule<number> {
  return {
    must: `must be a whole number from ${min} to ${max}`,
    source,
    inside: [example, min, max],
    outside: [min - 1, max + 1, min + 0.5, Number.NaN],
    holds: (value) => Number.isInteger(value) && value >= min && value <= max,
  };
}
