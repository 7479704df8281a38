/** A chain of calls that is longer than this is followed in a loop: the stack of calls has an end. */
export const DEEPEST = 100;

/**
 * Visits what something needs before itself, in a loop, so that no chain is too long.
 *
 * @param isDone Whether something was visited before
 * @param needsOf What has to be visited before something; what needs itself is visited once
 */
export function visitInOrder<T>(
  start: T,
  keyOf: (item: T) => string,
  isDone: (item: T) => boolean,
  needsOf: (item: T) => readonly T[],
  visit: (item: T) => void,
): void {
  const opened = new Set<string>();
  const open = [start];
  for (let item = open.at(-1); item !== undefined; item = open.at(-1)) {
    const key = keyOf(item);
    if (isDone(item) || opened.has(key)) {
      open.pop();
      if (!isDone(item)) {
        visit(item);
      }
    } else {
      opened.add(key);
      open.push(...needsOf(item).filter((need) => !isDone(need) && !opened.has(keyOf(need))));
    }
  }
}
