import { type Rule } from './rule';

/** A rule that one regular expression states. */
export function pattern(
  expression: RegExp,
  must: string,
  source: string,
  inside: readonly [string, ...string[]],
  outside: readonly string[],
): Rule<string> {
  return { must, source, inside, outside, holds: (value) => expression.test(value) };
}
