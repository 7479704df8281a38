import { checkGiven, type Rule } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';

/** A range of days, including its ends. */
export interface DateRange {
  /** The first day, such as "2026-12-20". */
  readonly start: string;
  /** The last day, not before the first. */
  readonly end: string;
}

/** A range of time. */
export interface TimeRange {
  /** Its beginning in UTC, such as "2026-12-20T18:00:00Z". */
  readonly start: string;
  /** Its end, not before the beginning. */
  readonly end: string;
}

/** The problems of a range: each end must follow the rule, and the second must not be before the first. */
export function orderProblems(
  rule: Rule<string>,
  property: string,
  { start, end }: DateRange | TimeRange,
): Violation[] {
  return [
    ...checkGiven(rule, `${property}.start`, start),
    ...checkGiven(rule, `${property}.end`, end),
    ...when(
      [start, end].every((one) => isText(one) && rule.holds(one)) && start > end,
      'maintenance-range-in-order',
      () => `'${property}.end' must not be before '${property}.start' (${start}), got ${end}`,
    ),
  ];
}
