/** A chain of calls that is longer than this is followed in a loop: the stack of calls has an end. */
export const DEEPEST = 100;

/**
 * Visits what something needs before itself, in a loop, so that no chain is too long.
 *
 * @param isDone Whether what has a key was visited before
 * @param needsOf What has to be visited before something; what needs itself is visited once
 */
export function visitInOrder<T>(
  start: T,
  keyOf: (item: T) => string,
  isDone: (key: string) => boolean,
  needsOf: (item: T) => readonly T[],
  visit: (item: T, key: string) => void,
): void {
  const opened = new Set<string>();
  const open = [start];
  for (let item = open.at(-1); item !== undefined; item = open.at(-1)) {
    const key = keyOf(item);
    if (isDone(key)) {
      open.pop();
    } else if (opened.has(key)) {
      open.pop();
      visit(item, key);
    } else {
      opened.add(key);
      const isOpen = (need: T) => {
        const one = keyOf(need);
        return !isDone(one) && !opened.has(one);
      };
      open.push(...needsOf(item).filter(isOpen));
    }
  }
}
