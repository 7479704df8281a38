import { Token } from 'cdktf';
import { isStandIn } from '../declared';
import { show } from '../values/shown';
import { holdsTemplate, readableText } from '../values/literal-text';
import { type Violation, violation } from '../problems/violation';
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
  /** What is behind a value that the rule refuses, where the value itself does not show it. */
  readonly explain?: (value: T) => string;
  /** Why the rule is there or what to do about it, where the rule itself does not say. */
  readonly hint?: string;
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
  // the only item of a list that is a token is no token by itself
  if (value === undefined || Token.isUnresolved([value])) {
    return [];
  }
  if (Token.isUnresolved(value)) {
    return templateProblems(rule, property, value);
  }
  const { id, example } = rule;
  if (typeof value !== typeof example) {
    return [violation(id, `'${property}' must be a ${typeof example}, such as ${show(example)}, got ${show(value)}`)];
  }
  if (rule.holds(value)) {
    return templateProblems(rule, property, value);
  }
  const explanation = rule.explain === undefined ? '' : ` (${rule.explain(value)})`;
  const hint = rule.hint === undefined ? '' : `: ${rule.hint}`;
  return [
    violation(id, `'${property}' ${rule.must}, such as ${show(example)}, got ${show(value)}${explanation}${hint}`),
  ];
}

/** The problem with a value that Terraform would evaluate, such as "${name}-aks": in names nobody means that. */
function templateProblems<T>({ isFreeText = false }: Rule<T>, property: string, value: T): Violation[] {
  if (typeof value !== 'string' || isFreeText || !holdsTemplate(value)) {
    return [];
  }
  return [
    violation(
      'no-template',
      `'${property}' must not hold "\${" or "%{", which Terraform takes for a template, got ` +
        `${show(readableText(value))}: give the value itself, or a reference such as 'variable.stringValue'`,
    ),
  ];
}

/** As `check`, for a value that must be given. */
export function checkGiven<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  return value === undefined
    ? [violation(rule.id, `'${property}' must be given, such as ${show(rule.example)}, got nothing`)]
    : check(rule, property, value);
}

/** As `checkGiven`, for a value that is computed with when the program runs: a token is a problem too. */
export function checkLiteral<T>(rule: Rule<T>, property: string, value: T | undefined): Violation[] {
  if (isStandIn(value)) {
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
 * The value, or the rule's example in place of one that breaks it.
 *
 * For what is derived from a value: the broken value is reported once, and what it would have led to is not.
 */
export function orExample<T>(rule: Rule<T>, value: T | undefined): T {
  return value === undefined || check(rule, '', value).length > 0 ? rule.example : value;
}

/** As `check`, for each item of a list, by its index; a list that is a token passes, too. */
export function checkEach<T>(rule: Rule<T>, property: string, values: readonly T[] | undefined): Violation[] {
  return itemsOf(values).flatMap((value, index) => check(rule, `${property}[${index}]`, value));
}

/** A rule for whole numbers from `min` to `max`, both included. */
export function integerRule(id: string, min: number, max: number, source: string, example = min): Rule<number> {
  return {
    id,
    must: `must be a whole number from ${min} to ${max}`,
    source,
    example,
    holds: (value) => Number.isInteger(value) && value >= min && value <= max,
  };
}
