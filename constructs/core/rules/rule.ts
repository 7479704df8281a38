import { Token } from 'cdktf';
import { isStandIn, mustBeGiven, rememberAsked, remedyFor } from '../declared';
import { gapProblems } from './gaps';
import { show } from '../values/shown';
import { holdsTemplate, readableText } from '../values/literal-text';
import { questionable, type Violation, violation } from '../problems/violation';
import { itemsOf } from '../values/known';

/** What must hold for one value: data that states the rule and says where it comes from. Tests hold both sides of it. */
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
  /** Whether the value is free text, which is escaped; in all others Terraform would take "${" for a template. */
  readonly isFreeText?: boolean;
  /** What is behind a value that the rule refuses, or "" where the value itself shows it. */
  readonly explain?: (value: T) => string;
  /** Why the rule is there or what to do about it, where the rule itself does not say. */
  readonly hint?: string;
  /** Whether a value that the rule refuses is deployed once somebody has acknowledged it. */
  readonly canBeMeant?: boolean;
  /** A rule for the values that this one allows, such as one that knows which of them are likely misspelled. */
  readonly then?: Rule<T>;
}

/**
 * The problem with an optional value that breaks its rule, or none.
 *
 * A token passes: what it stands for is known only when Terraform runs. A value of another type does not, whatever the
 * types of TypeScript were told: `process.env.NAME!` is undefined often enough.
 *
 * @param property The name of the value, as its author knows it
 */
export function check<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  rememberAsked(value, rule);
  // the only item of a list that is a token is no token by itself
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

/** The problem with a value that Terraform would evaluate, such as "${name}-aks": in names nobody means that. */
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

/** As `checkGiven`, for a value that is computed with when the program runs: a token is a problem too. */
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
 * For what is derived from a value: the broken value is reported once, and what it would have led to is not. One that is
 * likely misspelled may be meant.
 */
export function orExample<T>(rule: Rule<T>, value: T | undefined): T {
  return value === undefined || check({ ...rule, then: undefined }, '', value).length > 0 ? rule.example : value;
}

/** As `check`, for each item of a list, by its index; a list that is a token passes, too. */
export function checkEach<T>(rule: Rule<T>, property: string, values: readonly T[] | undefined): Violation[] {
  rememberAsked(values, rule);
  return itemsOf(values).flatMap((value, index) => check(rule, `${property}[${index}]`, value));
}

/** Whether only Terraform knows how many items a list has. */
export function isUnknownList(values: readonly unknown[] | undefined): boolean {
  return Token.isUnresolved(values) && !isStandIn(values);
}

/** As `checkEach`, for items that are computed with when the program runs. */
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
