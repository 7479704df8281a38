import { Token } from 'cdktf';
import { isStandIn, mustBeGiven, rememberAsked, remedyFor } from '../declared';
import { gapProblems } from './gaps';
import { show } from '../values/shown';
import { holdsTemplate, readableText } from '../values/literal-text';
import { questionable, type Violation, violation } from '../problems/violation';
import { itemsOf } from '../values/known';

/**
 * A rule for a single value: data that states the rule and its source. Tests cover values that it allows and values
 * that it rejects.
 */
export interface Rule<T> {
  /** The id of the rule, such as "registry-name": stable, and listed in the docs. */
  readonly id: string;
  /** What the value must be, to follow the name of its property: "must be ...". */
  readonly must: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** A value that the rule allows, for the message. */
  readonly example: T;
  /** Whether the rule allows the value. */
  readonly holds: (value: T) => boolean;
  /**
   * Whether the value is free text, which is escaped; in other values, Terraform would interpret "${" as a template.
   */
  readonly isFreeText?: boolean;
  /** The reason why the rule rejects a value, or "" if it is obvious. */
  readonly explain?: (value: T) => string;
  /** The reason for the rule, or the remedy, if the rule itself does not say. */
  readonly hint?: string;
  /** Whether a value that the rule rejects can be intentional: it is deployed if it is acknowledged. */
  readonly canBeMeant?: boolean;
  /** A further rule for the values that this one allows, such as one about likely misspellings. */
  readonly then?: Rule<T>;
}

/**
 * The problem of an optional value that breaks its rule, or none.
 *
 * A token passes, since its value is known only when Terraform runs. A value of another type does not pass, even if
 * TypeScript was told otherwise.
 *
 * @param property The name of the value, as its author knows it
 */
export function check<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  rememberAsked(value, rule);
  // the only item of a list that is a token is not a token by itself
  if (value === undefined || Token.isUnresolved([value])) {
    return [];
  }
  if (Token.isUnresolved(value)) {
    return templateProblems(rule, property, value);
  }
  const { id, example } = rule;
  if (typeof value !== typeof example) {
    const remedy = remedyFor(typeof example, value, property, false);
    return [
      violation(id, `${statement(rule, property)}, got ${show(value)}${remedy === undefined ? '' : `: ${remedy}`}`),
    ];
  }
  if (rule.holds(value)) {
    if (rule.then?.holds(value) === false) {
      return check(rule.then, property, value);
    }
    return [...templateProblems(rule, property, value), ...(rule.isFreeText ? [] : gapProblems(property, value))];
  }
  const reason = rule.explain?.(value) ?? '';
  const explanation = reason === '' ? '' : ` (${reason})`;
  const hint = rule.hint === undefined ? '' : `: ${rule.hint}`;
  const message = `${statement(rule, property)}, got ${show(value)}${explanation}${hint}`;
  return [rule.canBeMeant === true ? questionable(id, message) : violation(id, message)];
}

function statement<T>({ must, example }: Rule<T>, property: string): string {
  return `'${property}' ${must}, such as ${show(example)}`;
}

/** The problem of a value that Terraform would evaluate as a template, such as "${name}-aks". */
function templateProblems<T>({ isFreeText = false }: Rule<T>, property: string, value: T): Violation[] {
  if (typeof value !== 'string' || isFreeText || !holdsTemplate(value)) {
    return [];
  }
  return [
    violation(
      'no-template',
      `'${property}' must not contain "\${" or "%{", which Terraform interprets as a template, got ` +
        `${show(readableText(value))}: use the value itself, or a reference such as 'variable.stringValue'`,
    ),
  ];
}

/** As `check`, for a value that must be given. */
export function checkGiven<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  return value === undefined
    ? [violation(rule.id, `'${property}' ${mustBeGiven(rule.must)}, such as ${show(rule.example)}, got nothing`)]
    : check(rule, property, value);
}

/** As `checkGiven`, for a value that the program needs when it runs: a token is a problem, too. */
export function checkLiteral<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  if (isStandIn(value)) {
    rememberAsked(value, rule);
    return [];
  }
  return Token.isUnresolved(value)
    ? [
        violation(
          rule.id,
          `'${property}' must be known when the program runs: give a literal value, such as ${show(rule.example)}`,
        ),
      ]
    : checkGiven(rule, property, value);
}

/**
 * The value, or the rule's example instead of one that breaks it.
 *
 * It is used to derive other values, so that an invalid value is reported only once. One that is likely misspelled may
 * be intentional.
 */
export function orExample<T>(rule: Rule<T>, value: T | undefined): T {
  return value === undefined || check({ ...rule, then: undefined }, '', value).length > 0 ? rule.example : value;
}

/** As `check`, for each item of a list, named by its index; a list that is a token passes, too. */
export function checkEach<T>(rule: Rule<T>, property: string, values: readonly T[] | undefined): Violation[] {
  rememberAsked(values, rule);
  return itemsOf(values).flatMap((value, index) => check(rule, `${property}[${index}]`, value));
}

/** Whether only Terraform knows how many items a list has. */
export function isUnknownList(values: readonly unknown[] | undefined): boolean {
  return Token.isUnresolved(values) && !isStandIn(values);
}

/** As `checkEach`, for items that the program needs when it runs. */
export function checkEachLiteral<T>(rule: Rule<T>, property: string, values: readonly T[] | undefined): Violation[] {
  rememberAsked(values, rule);
  return itemsOf(values).flatMap((value, index) => checkLiteral(rule, `${property}[${index}]`, value));
}

/** A rule for whole numbers from `min` to `max`, both included. */
export function integerRule(id: string, min: number, max: number, source: string, example = min): Rule<number> {
  return {
    id,
    must:
      max === Number.MAX_SAFE_INTEGER
        ? `must be a whole number of at least ${min}`
        : `must be a whole number from ${min} to ${max}`,
    source,
    example,
    holds: (value) => Number.isInteger(value) && value >= min && value <= max,
  };
}
