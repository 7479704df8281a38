import { pattern } from '../../core/rules/pattern';
import { integerRule, type Rule } from '../../core/rules/rule';

const API =
  'https://learn.microsoft.com/azure/templates/microsoft.containerservice/managedclusters/maintenanceconfigurations';
const PROVIDER =
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/containers/kubernetes_cluster_resource.go';

export const maintenanceHours = integerRule('maintenance-duration-hours', 4, 24, PROVIDER);
export const intervalDays = integerRule('maintenance-interval-days', 1, 7, API);
export const intervalWeeks = integerRule('maintenance-interval-weeks', 1, 4, API);
export const intervalMonths = integerRule('maintenance-interval-months', 1, 6, API);
export const dayOfMonth = integerRule('maintenance-day-of-month', 1, 31, API);
export const hourOfDay = integerRule('maintenance-hour', 0, 23, PROVIDER);

export const startTime = pattern(
  'maintenance-start-time',
  /^([01][0-9]|2[0-3]):[0-5][0-9]$/,
  'must be a time of the day with two digits for hours and minutes, "00:00" to "23:59"',
  API,
  '02:00',
);

export const utcOffset = pattern(
  'maintenance-utc-offset',
  /^([+-](0[0-9]|1[0-1]):[0-5][0-9]|[+-]12:00|\+12:[0-5][0-9]|\+13:[0-5][0-9]|\+14:00)$/,
  'must be an offset from UTC, "-12:00" to "+14:00"',
  API,
  '+01:00',
);

export const maintenanceDate: Rule<string> = {
  id: 'maintenance-date',
  must: 'must be a date with the year first',
  source: API,
  example: '2026-12-24',
  holds: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isInCalendar(`${value}T00:00:00Z`),
};

export const maintenanceMoment: Rule<string> = {
  id: 'maintenance-moment',
  must: 'must be a date and time in UTC, with seconds',
  source: PROVIDER,
  example: '2026-12-24T18:00:00Z',
  holds: (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) && isInCalendar(value),
};

/** Whether a moment exists: 30 February is parsed as a day in March, or not at all. */
function isInCalendar(moment: string): boolean {
  const read = new Date(moment);
  return !Number.isNaN(read.getTime()) && read.toISOString() === moment.replace('Z', '.000Z');
}
