import { check, type Rule } from '../core/rules/rule';
import type { Violation } from '../core/problems/violation';
import * as pods from '../workload/pod/pod-rules';
import { positiveQuantity } from './manifest-rules';

/** The problem of a single amount, by rules that depend on the end of its property. */
export function amountProblems(property: string, amount: unknown): Violation[] {
  const rules = rulesFor(property);
  return rules.map((rule) => check(rule, property, String(amount))).find((problems) => problems.length > 0) ?? [];
}

function rulesFor(property: string): Rule<string>[] {
  if (/\["memory"\]$/.test(property)) {
    return [pods.memoryQuantity, ...(/\.resources\.limits\[/.test(property) ? [pods.memoryLimit] : [])];
  }
  return [
    pods.quantity,
    ...(/(\["storage"\]|\.target\.(value|averageValue))$/.test(property) ? [positiveQuantity] : []),
  ];
}
