import type { Rule } from './rule';

/** A rule that one regular expression states. */
export function pattern(id: string, expression: RegExp, must: string, source: string, example: string): Rule<string> {
  return { id, must, source, example, holds: (value) => expression.test(value) };
}
