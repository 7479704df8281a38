import type { IConstruct } from 'constructs';
import type { Violation } from './violation';

/** The rules that are acknowledged at and below a construct. */
const acknowledged = new WeakMap<IConstruct, Set<string>>();

/** Remembers that violations of a rule at and below a construct are meant. */
export function rememberAcknowledged(scope: IConstruct, rule: string): void {
  acknowledged.set(scope, (acknowledged.get(scope) ?? new Set()).add(rule));
}

/** Whether violations of a rule by a construct are acknowledged, for it or for a construct above it. */
export function isAcknowledged({ node }: IConstruct, rule: string): boolean {
  return node.scopes.some((scope) => acknowledged.get(scope)?.has(rule) ?? false);
}

/**
 * Of several reasons for one trouble, the first with anything left of it. One mistake is one message; and a reason that is
 * acknowledged hides no other.
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

/** The problems that are left: those that nobody can mean stay, and say so. */
export function unacknowledged(scope: IConstruct, violations: readonly Violation[]): Violation[] {
  return violations
    .filter(({ rule, canBeMeant = false }) => !canBeMeant || !isAcknowledged(scope, rule))
    .map((one) =>
      isAcknowledged(scope, one.rule)
        ? { ...one, message: `${one.message} (${one.rule} cannot be acknowledged: the deployment would fail)` }
        : one,
    );
}
