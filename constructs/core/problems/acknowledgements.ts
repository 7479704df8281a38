import type { IConstruct } from 'constructs';
import type { Violation } from './violation';

/** The rules that are acknowledged for a construct and everything below it. */
const acknowledged = new WeakMap<IConstruct, Set<string>>();

/** Remembers that violations of a rule are intended, by a construct and everything below it. */
export function rememberAcknowledged(scope: IConstruct, rule: string): void {
  acknowledged.set(scope, (acknowledged.get(scope) ?? new Set()).add(rule));
}

/** Whether violations of a rule are acknowledged for a construct, or for one above it. */
export function isAcknowledged({ node }: IConstruct, rule: string): boolean {
  return node.scopes.some((scope) => acknowledged.get(scope)?.has(rule) ?? false);
}

/**
 * The unacknowledged violations of the first of several reasons that has any: one mistake gives one message, and an
 * acknowledged reason hides no other.
 */
export function firstLeft(scope: IConstruct, ...reasons: readonly (() => readonly Violation[])[]): Violation[] {
  for (const find of reasons) {
    const left = find().filter(({ rule, canBeMeant = false }) => !canBeMeant || !isAcknowledged(scope, rule));
    if (left.length > 0) {
      return left;
    }
  }
  return [];
}

/** The violations that are not acknowledged. Those that cannot be acknowledged remain, and say so if somebody tried. */
export function unacknowledged(scope: IConstruct, violations: readonly Violation[]): Violation[] {
  return violations
    .filter(({ rule, canBeMeant = false }) => !canBeMeant || !isAcknowledged(scope, rule))
    .map((one) =>
      isAcknowledged(scope, one.rule)
        ? { ...one, message: `${one.message} (${one.rule} cannot be acknowledged: the deployment would fail)` }
        : one,
    );
}
