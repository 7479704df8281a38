import { checkGiven, type Rule } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { type Violation, when } from '../../core/problems/violation';

/** A range of days, whose ends belong to it. */
export interface DateRange {
  /** The first day, as "2026-12-20". */
  readonly start: string;
  /** The last day, not before the first. */
  readonly end: string;
}

/** A range of time. */
export interface TimeRange {
  /** Its beginning in UTC, as "2026-12-20T18:00:00Z". */
  readonly start: string;
  /** Its end, not before the beginning. */
  readonly end: string;
}

/** The problems with a range whose ends keep to a rule, and follow each other. */
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
