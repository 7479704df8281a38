import type { IConstruct } from 'constructs';
import { reportProblems } from '../problems/report';
import { lateViolation } from '../problems/violation';
import { sentenceOf } from './asked-rules';
import type { Mistake } from './mistake';

/** The constructs on which a mistake of a factory was reported: a construct passes the product on to its parts. */
const reported = new WeakMap<Mistake, Set<IConstruct>>();

/** Reports mistakes as problems of a construct, unless the construct or one above it has reported the same. */
export function report(scope: IConstruct, mistakes: readonly Mistake[], before = ''): void {
  const fresh = mistakes.filter(({ kept }) => kept === undefined || isFirst(kept, scope));
  if (fresh.length > 0) {
    const violations = fresh.map((one) => lateViolation('declared-type', () => `${before}${sentenceOf(one)}`));
    reportProblems(scope, () => violations);
  }
}

function isFirst(kept: Mistake, scope: IConstruct): boolean {
  const places = reported.get(kept) ?? new Set();
  if (scope.node.scopes.some((one) => places.has(one))) {
    return false;
  }
  reported.set(kept, places.add(scope));
  return true;
}
