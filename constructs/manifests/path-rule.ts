import type { Rule } from '../core/rules/rule';

/** A rule for the texts or the numbers at a path. */
export interface PathRule {
  /** The end of the path, without the positions in lists. */
  readonly end: RegExp;
  readonly text?: readonly Rule<string>[];
  readonly number?: readonly Rule<number>[];
  /** The rules for the keys of a map. */
  readonly keys?: readonly Rule<string>[];
  /** Whether Kubernetes rejects an empty text, which it usually treats as not set. */
  readonly isRefusedEmpty?: boolean;
}
