import type { KubernetesClusterMaintenanceWindow } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { emptyProblems } from '../../core/rules/restriction';
import { checkEach } from '../../core/rules/rule';
import { isKnown, itemsOf } from '../../core/values/known';
import { show } from '../../core/values/shown';
import { type Violation, violation, when } from '../../core/problems/violation';
import { hourOfDay, maintenanceMoment } from './maintenance-rules';
import type { DayOfWeek } from './maintenance-schedule';
import { orderProblems, type TimeRange } from './time-range';

/** Hours on a day of the week. */
export interface MaintenanceHours {
  /** The day of the week. */
  readonly dayOfWeek: DayOfWeek;
  /** The hours in UTC, 0 to 23: [1, 2, 3, 4] is from one to five o'clock. At least one, and each once. */
  readonly hours: number[];
}

/**
 * The hours of the week in which Azure may update the components that it manages: the control plane and the add-ons. At
 * least one of the two.
 *
 * @see https://learn.microsoft.com/azure/aks/planned-maintenance
 */
export interface MaintenanceWindow {
  /**
   * The hours of the week in which there may be maintenance: at least one entry, and one for each day.
   *
   * @default - any hour
   */
  readonly allowed?: MaintenanceHours[];
  /**
   * Times without maintenance, such as a freeze at the end of the year.
   *
   * @default - none
   */
  readonly excluded?: TimeRange[];
}

export function renderMaintenanceWindow({ allowed, excluded }: MaintenanceWindow): KubernetesClusterMaintenanceWindow {
  return {
    allowed: allowed?.map(({ dayOfWeek, hours }) => ({ day: dayOfWeek, hours })),
    notAllowed: excluded?.map(({ start, end }) => ({ start, end })),
  };
}

export function maintenanceWindowProblems(property: string, { allowed, excluded }: MaintenanceWindow): Violation[] {
  return [
    ...when(
      allowed === undefined && excluded === undefined,
      'maintenance-window-says-when',
      () => `'${property}' must have 'allowed' or 'excluded', got neither: leave it out to allow any time`,
    ),
    ...emptyProblems(`${property}.allowed`, allowed, 'day', 'leave it out to allow any hour'),
    ...emptyProblems(`${property}.excluded`, excluded, 'range', 'leave it out if no time is excluded'),
    ...dayProblems(`${property}.allowed`, allowed),
    ...itemsOf(allowed).flatMap(({ hours }, index) => hourProblems(`${property}.allowed[${index}].hours`, hours)),
    ...itemsOf(excluded).flatMap((range, index) =>
      orderProblems(maintenanceMoment, `${property}.excluded[${index}]`, range),
    ),
  ];
}

function dayProblems(property: string, allowed: readonly MaintenanceHours[] | undefined): Violation[] {
  const days = itemsOf(allowed).map(({ dayOfWeek }) => dayOfWeek);
  return repeated(days).map((day) =>
    violation(
      'maintenance-days-unique',
      `'${property}' must contain each day only once, got ${show(day)} twice: combine its hours in one entry`,
    ),
  );
}

function hourProblems(property: string, hours: readonly number[]): Violation[] {
  return [
    ...emptyProblems(property, hours, 'hour', 'remove the entry if there is none on the day'),
    ...checkEach(hourOfDay, property, hours),
    ...repeated(itemsOf(hours)).map((hour) =>
      violation(
        'maintenance-hours-unique',
        `'${property}' must contain each hour only once, got ${hour} twice: remove one of them`,
      ),
    ),
  ];
}

/** The known values that occur more than once in a list. */
function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => isKnown(value) && values.indexOf(value) < index))];
}
