/*
 * Schedules as the controller of CronJobs parses them, which differs slightly from crontab.
 *
 * https://github.com/robfig/cron/blob/v3.0.1/parser.go
 */

/** One of the five fields of a schedule: its name, its values and their names, starting with the lowest value. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 6, names: WEEKDAYS },
];

/** The most days that each month has. */
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** A duration of Go, such as "1h30m". */
const EVERY = /^@every +(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|ms|s|m|h))+$/;

/** The values that a field matches, and whether it is open ("*"). */
interface Matches {
  readonly values: ReadonlySet<number>;
  readonly isOpen: boolean;
}

/** A mistake in a schedule. */
interface Mistake {
  readonly mistake: string;
}

/** The mistake in a schedule; undefined if it can be parsed. */
export function scheduleMistake(schedule: string): string | undefined {
  if (schedule.startsWith('@')) {
    return DESCRIPTORS.includes(schedule) || EVERY.test(schedule)
      ? undefined
      : `"@" begins one of ${DESCRIPTORS.join(', ')} and @every with a duration`;
  }
  if (schedule.includes('TZ')) {
    return "the time zone is a separate property, 'timeZone'";
  }
  return readFields(schedule).find(isMistake)?.mistake;
}

/**
 * Whether a valid schedule ever occurs: 31 February does not.
 *
 * If both days are restricted, either of them suffices, and a day of the week always occurs.
 */
export function scheduleComes(schedule: string): boolean {
  if (schedule.startsWith('@')) {
    return true;
  }
  const [, , days, months, weekdays] = readFields(schedule);
  if ([days, months, weekdays].some((one) => one === undefined || isMistake(one))) {
    return true;
  }
  const [day, month, weekday] = [days, months, weekdays] as [Matches, Matches, Matches];
  const firstDay = Math.min(...day.values);
  return (
    (!weekday.isOpen && !day.isOpen) || [...month.values].some((one) => firstDay <= (DAYS_OF_MONTHS[one - 1] ?? 0))
  );
}

function readFields(schedule: string): (Matches | Mistake)[] {
  const texts = schedule.split(/\s+/).filter((text) => text !== '');
  return texts.length === FIELDS.length
    ? FIELDS.map((field, index) => readField(field, texts[index] ?? ''))
    : [{ mistake: `it has ${texts.length} ${texts.length === 1 ? 'field' : 'fields'}` }];
}

/** A field is a list of ranges. */
function readField(field: Field, text: string): Matches | Mistake {
  const ranges = text.split(',').map((range) => readRange(field, range));
  const matches = ranges.filter((one): one is Matches => !isMistake(one));
  return (
    ranges.find(isMistake) ?? {
      values: new Set(matches.flatMap(({ values }) => [...values])),
      isOpen: matches.some(({ isOpen }) => isOpen),
    }
  );
}

/** A range is "*", a value or two with "-" between them, all with or without "/" and a step. */
function readRange(field: Field, text: string): Matches | Mistake {
  const { name, min, max } = field;
  const [, range = '', low = '', high, stepText] = /^((?:\*|\?)|(\w+)(?:-(\w+))?)(?:\/(\w+))?$/.exec(text) ?? [];
  const isOpen = range === '*' || range === '?';
  const step = stepText === undefined ? 1 : Number(stepText);
  const first = isOpen ? min : valueOf(field, low);
  const last = isOpen || (high === undefined && stepText !== undefined) ? max : valueOf(field, high ?? low);
  if (first === undefined || last === undefined || !(step >= 1) || !Number.isInteger(step)) {
    return { mistake: `the ${name} ${JSON.stringify(text)} cannot be read` };
  }
  if (first < min || last > max) {
    return { mistake: `the ${name} is from ${min} to ${max}` };
  }
  if (first > last) {
    return { mistake: `the ${name} ${JSON.stringify(text)} ends before it begins` };
  }
  const count = Math.floor((last - first) / step) + 1;
  return {
    values: new Set(Array.from({ length: count }, (_, index) => first + index * step)),
    isOpen: isOpen && step === 1,
  };
}

function valueOf({ min, names }: Field, text: string): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? named + min : Number(text);
  return /^\d+$/.test(text) || named >= 0 ? value : undefined;
}

function isMistake(read: Matches | Mistake): read is Mistake {
  return 'mistake' in read;
}
