import type { KubernetesClusterMaintenanceWindowAutoUpgrade } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { checkArguments } from '../../core/declared';
import { emptyProblems } from '../../core/rules/restriction';
import { check, checkGiven } from '../../core/rules/rule';
import { itemsOf } from '../../core/values/known';
import type { Violation } from '../../core/problems/violation';
import * as rules from './maintenance-rules';
import { orderProblems, type DateRange } from './time-range';

/** A day of the week. */
export enum DayOfWeek {
  /** Monday. */
  MONDAY = 'Monday',
  /** Tuesday. */
  TUESDAY = 'Tuesday',
  /** Wednesday. */
  WEDNESDAY = 'Wednesday',
  /** Thursday. */
  THURSDAY = 'Thursday',
  /** Friday. */
  FRIDAY = 'Friday',
  /** Saturday. */
  SATURDAY = 'Saturday',
  /** Sunday. */
  SUNDAY = 'Sunday',
}

/** A week of the month, counted by days of the week: the second Monday is in the second week. */
export enum WeekOfMonth {
  /** The first week. */
  FIRST = 'First',
  /** The second week. */
  SECOND = 'Second',
  /** The third week. */
  THIRD = 'Third',
  /** The fourth week. */
  FOURTH = 'Fourth',
  /** The last week. */
  LAST = 'Last',
}

/** Options of every maintenance schedule. */
export interface MaintenanceScheduleOptions {
  /**
   * The time of day at which a window begins, such as "22:30".
   *
   * @default "00:00"
   */
  readonly startTime?: string;
  /**
   * The difference of `startTime` from UTC, "-12:00" to "+14:00". Azure knows no time zones: in a country with summer
   * time, a window begins an hour later or earlier in half of the year.
   *
   * @default "+00:00"
   */
  readonly utcOffset?: string;
  /**
   * The hours that a window is open, 4 to 24.
   *
   * @default 4
   */
  readonly durationHours?: number;
  /**
   * The first day on which the schedule applies, such as "2026-12-01".
   *
   * @default - the day on which it is deployed
   */
  readonly startDate?: string;
  /**
   * Days on which nothing is upgraded, even within a window, such as a freeze at the end of the year.
   *
   * @default - none
   */
  readonly excludedDates?: DateRange[];
}

/** Options for daily windows. */
export interface DailyScheduleOptions extends MaintenanceScheduleOptions {
  /**
   * The days from one window to the next, 1 to 7.
   *
   * @default 1
   */
  readonly intervalDays?: number;
}

/** Options for weekly windows. */
export interface WeeklyScheduleOptions extends MaintenanceScheduleOptions {
  /** The day on which a window begins. */
  readonly dayOfWeek: DayOfWeek;
  /**
   * The weeks from one window to the next, 1 to 4.
   *
   * @default 1
   */
  readonly intervalWeeks?: number;
}

/** Options for windows on a day of the month. */
export interface AbsoluteMonthlyScheduleOptions extends MaintenanceScheduleOptions {
  /** The day of the month on which a window begins, 1 to 31. */
  readonly dayOfMonth: number;
  /**
   * The months from one window to the next, 1 to 6.
   *
   * @default 1
   */
  readonly intervalMonths?: number;
}

/** Options for windows on a day of a week of the month, such as the last Sunday. */
export interface RelativeMonthlyScheduleOptions extends MaintenanceScheduleOptions {
  /** The week of the month. */
  readonly weekOfMonth: WeekOfMonth;
  /** The day of that week on which a window begins. */
  readonly dayOfWeek: DayOfWeek;
  /**
   * The months from one window to the next, 1 to 6.
   *
   * @default 1
   */
  readonly intervalMonths?: number;
}

/** The arguments that determine how often there is a window. */
type Frequency = Pick<
  KubernetesClusterMaintenanceWindowAutoUpgrade,
  'frequency' | 'interval' | 'dayOfWeek' | 'weekIndex' | 'dayOfMonth'
>;

/**
 * The windows in which a channel upgrades a cluster or the images of its nodes. Azure follows them on a best-effort
 * basis; urgent fixes may be applied at any time.
 *
 * @example
 * const weekends = MaintenanceSchedule.weekly({ dayOfWeek: DayOfWeek.SATURDAY, startTime: '22:00', durationHours: 8 });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   upgradePolicy: { channel: UpgradeChannel.PATCH, upgradeWindow: weekends, nodeOsWindow: weekends },
 * });
 * @see https://learn.microsoft.com/azure/aks/planned-maintenance
 */
export class MaintenanceSchedule {
  /** A window each day, or every few days. */
  public static daily(options: DailyScheduleOptions = {}): MaintenanceSchedule {
    const { intervalDays: interval = 1 } = options;
    return new MaintenanceSchedule(options, { frequency: 'Daily', interval }, (property) =>
      check(rules.intervalDays, `${property}.intervalDays`, options.intervalDays),
    );
  }

  /** A window on a day of the week, each week or every few weeks. */
  public static weekly(options: WeeklyScheduleOptions): MaintenanceSchedule {
    const { dayOfWeek, intervalWeeks: interval = 1 } = options;
    return new MaintenanceSchedule(options, { frequency: 'Weekly', interval, dayOfWeek }, (property) =>
      check(rules.intervalWeeks, `${property}.intervalWeeks`, options.intervalWeeks),
    );
  }

  /** A window on a day of the month, such as the first. */
  public static absoluteMonthly(options: AbsoluteMonthlyScheduleOptions): MaintenanceSchedule {
    const { dayOfMonth, intervalMonths: interval = 1 } = options;
    return new MaintenanceSchedule(options, { frequency: 'AbsoluteMonthly', interval, dayOfMonth }, (property) => [
      ...checkGiven(rules.dayOfMonth, `${property}.dayOfMonth`, dayOfMonth),
      ...check(rules.intervalMonths, `${property}.intervalMonths`, options.intervalMonths),
    ]);
  }

  /** A window on a day of a week of the month, such as the last Sunday. */
  public static relativeMonthly(options: RelativeMonthlyScheduleOptions): MaintenanceSchedule {
    const { dayOfWeek, weekOfMonth: weekIndex, intervalMonths: interval = 1 } = options;
    return new MaintenanceSchedule(
      options,
      { frequency: 'RelativeMonthly', interval, dayOfWeek, weekIndex },
      (property) => check(rules.intervalMonths, `${property}.intervalMonths`, options.intervalMonths),
    );
  }

  private constructor(
    private readonly options: MaintenanceScheduleOptions,
    private readonly frequency: Frequency,
    private readonly frequencyProblems: (property: string) => Violation[],
  ) {}

  /**
   * The arguments of both kinds of windows of the provider. They include all that Azure would fill in, and none of
   * another frequency: a later plan would otherwise show a difference.
   *
   * @internal
   */
  public get _config(): KubernetesClusterMaintenanceWindowAutoUpgrade {
    const { startTime = '00:00', utcOffset = '+00:00', durationHours = 4, startDate, excludedDates } = this.options;
    return {
      ...this.frequency,
      startTime,
      utcOffset,
      duration: durationHours,
      startDate: startDate === undefined ? undefined : midnight(startDate),
      notAllowed: excludedDates?.map(({ start, end }) => ({ start: midnight(start), end: midnight(end) })),
    };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const { startTime, utcOffset, durationHours, startDate, excludedDates } = this.options;
    const dates = `${property}.excludedDates`;
    return [
      ...this.frequencyProblems(property),
      ...check(rules.startTime, `${property}.startTime`, startTime),
      ...check(rules.utcOffset, `${property}.utcOffset`, utcOffset),
      ...check(rules.maintenanceHours, `${property}.durationHours`, durationHours),
      ...check(rules.maintenanceDate, `${property}.startDate`, startDate),
      ...emptyProblems(dates, excludedDates, 'range', 'leave it out if no day is excluded'),
      ...itemsOf(excludedDates).flatMap((range, index) =>
        orderProblems(rules.maintenanceDate, `${dates}[${index}]`, range),
      ),
    ];
  }
}

checkArguments(MaintenanceSchedule);

/** A day as the provider reads it back from Azure, which stores only days. */
function midnight(date: string): string {
  return `${date}T00:00:00Z`;
}
