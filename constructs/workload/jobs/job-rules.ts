import { integerRule, type Rule } from '../../core/rules/rule';
import { scheduleComes, scheduleMistake } from './cron-schedule';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/batch/validation/validation.go';
const CRON_JOBS = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs';
const MAX_INT32 = 2 ** 31 - 1;

/** The longest value of a label: the name of a Job is a label of its pods. */
export const MAX_JOB_NAME = 63;

/** The number of characters after the name of a job that distinguish its runs, including "-". */
export const RUN_SUFFIX = 9;

/** The number of characters that Kubernetes adds to the name of a CronJob for each of its Jobs. */
export const CRON_JOB_SUFFIX = 11;

export const jobName = nameRule('job-name', MAX_JOB_NAME - RUN_SUFFIX, 'orders-import');

export const cronJobName = nameRule('cron-job-name', MAX_JOB_NAME - CRON_JOB_SUFFIX, 'orders-report');

function nameRule(id: string, longest: number, example: string): Rule<string> {
  return {
    id,
    must: `must be 1 to ${longest} lower-case letters, digits and '-', beginning and ending with a letter or digit`,
    source: VALIDATION,
    example,
    holds: (value) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= longest,
    hint: `Kubernetes allows ${MAX_JOB_NAME} characters for the name of a Job, and each run adds a suffix`,
  };
}

export const backoffLimit = integerRule('backoff-limit', 0, MAX_INT32, VALIDATION, 6);

export const activeDeadlineSeconds = integerRule('active-deadline-seconds', 1, MAX_INT32, VALIDATION, 3600);

export const completions = integerRule('completions', 1, MAX_INT32, VALIDATION, 1);

/** With 0, nothing would ever run. */
export const parallelism = integerRule('parallelism', 1, MAX_INT32, VALIDATION, 1);

export const ttlSecondsAfterFinished = integerRule('ttl-seconds-after-finished', 0, MAX_INT32, VALIDATION, 86_400);

export const historyLimit = integerRule('jobs-history-limit', 0, MAX_INT32, VALIDATION, 3);

/** The controller checks every 10 seconds: with a shorter deadline, a run may never start. */
export const startingDeadlineSeconds = integerRule(
  'starting-deadline-seconds',
  10,
  MAX_INT32,
  `${CRON_JOBS}/#starting-deadline`,
  300,
);

export const cronScheduleComes: Rule<string> = {
  id: 'cron-schedule-comes',
  must: 'must match an existing date',
  source: 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/cronjob/utils.go',
  example: '0 0 28 2 *',
  holds: scheduleComes,
  hint: 'none of its months has that many days',
};

export const cronSchedule: Rule<string> = {
  id: 'cron-schedule',
  must: 'must be a cron schedule with five fields (minute, hour, day of the month, month, day of the week), or a shorthand like "@daily"',
  source: `${CRON_JOBS}/#schedule-syntax`,
  example: '30 3 * * mon-fri',
  holds: (value) => scheduleMistake(value) === undefined,
  explain: (value) => scheduleMistake(value) ?? '',
  then: cronScheduleComes,
};

export const timeZone: Rule<string> = {
  id: 'time-zone',
  must: 'must be the name of a time zone in the IANA database, with the exact capitalization',
  source: `${CRON_JOBS}/#time-zones`,
  example: 'Europe/Berlin',
  holds: (value) =>
    value.split('/').every((part) => /^(?![A-Z]{5})[A-Z][-.\w+]{0,13}$/.test(part)) &&
    hasSpellingOf(value, ianaName(value)),
};

/** The name of a time zone in the runtime; undefined if there is none. */
function ianaName(value: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Whether a name has the capitalization that Kubernetes requires, unlike the runtime. For an alias, that is not known.
 */
function hasSpellingOf(value: string, name: string | undefined): boolean {
  return name !== undefined && (name === value || name.toLowerCase() !== value.toLowerCase());
}
