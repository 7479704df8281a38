/*
 * How a time grows with the size of what takes it. These tests measure, so they are none of `npm test`: `npm run test:growth`
 * runs them.
 */

/** The user time of a call in microseconds, which other processes do not add to. */
export function timeOf(call: () => void): number {
  const start = process.cpuUsage().user;
  call();
  return process.cpuUsage().user - start;
}

/**
 * Whether each part of something large takes longer than each part of something small, twice in a row. A quadratic time is
 * 8 times as long, and a linear one is measured as up to 1.8 times.
 *
 * @param time What a size takes
 * @param few The small size; the large one is eight times as large
 */
export function growsFaster(time: (size: number) => number, few: number): boolean {
  return growth(time, few) > 2.5 && growth(time, few) > 2.5;
}

function growth(time: (size: number) => number, few: number): number {
  time(few / 8);
  return time(8 * few) / 8 / Math.min(time(few), time(few));
}
