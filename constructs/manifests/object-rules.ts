import type { Violation } from '../core/problems/violation';
import { check, type Rule } from '../core/rules/rule';
import { objectName } from '../kubernetes/kubernetes-rules';
import { NAME_RULES, RULES, RULES_OF_KINDS } from './field-rules';
import { CHOICES } from './manifest-choices';
import { type Fields, isFields } from './object-reader';
import type { PathRule } from './path-rule';

/** The problems of the single values of an object, by the rules of the constructs of this library. */
export function valueProblems(kind: string, object: Fields): Violation[] {
  const own = RULES_OF_KINDS[kind] ?? [];
  const name = { end: /^metadata\.name$/, text: [NAME_RULES[kind] ?? objectName] };
  return problemsAt(object, '', '', [name, ...own, ...CHOICES, ...RULES]);
}

/**
 * @param property The path of the value in messages
 * @param path The path without the positions in lists
 */
function problemsAt(value: unknown, property: string, path: string, rules: readonly PathRule[]): Violation[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => problemsAt(item, `${property}[${index}]`, path, rules));
  }
  const here = rules.filter(({ end }) => end.test(path));
  if (isFields(value)) {
    const isMap = here.length > 0;
    return Object.entries(value).flatMap(([key, one]) => [
      ...here.flatMap(({ keys = [] }) => keys.flatMap((rule) => check(rule, property, key))),
      ...(isMap
        ? here.flatMap((rule) => scalarProblems(one, `${property}[${JSON.stringify(key)}]`, rule))
        : problemsAt(one, property === '' ? key : `${property}.${key}`, path === '' ? key : `${path}.${key}`, rules)),
    ]);
  }
  return here.flatMap((rule) => scalarProblems(value, property, rule));
}

function scalarProblems(
  value: unknown,
  property: string,
  { text = [], number = [], isRefusedEmpty = false }: PathRule,
): Violation[] {
  if (typeof value === 'string') {
    return value === '' && !isRefusedEmpty ? [] : firstProblem(text, property, value);
  }
  return typeof value === 'number' ? firstProblem(number, property, value) : [];
}

/** The problem of the first violated rule, on which the others build. */
function firstProblem<T>(rules: readonly Rule<T>[], property: string, value: T): Violation[] {
  return rules.map((rule) => check(rule, property, value)).find((problems) => problems.length > 0) ?? [];
}
