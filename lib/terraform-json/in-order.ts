/** The depth from which on recursion is replaced by a loop, since the call stack is limited. */
export const DEEPEST = 100;

/**
 * Visits the dependencies of an item before the item, in a loop, so that no chain is too long.
 *
 * @param isDone Whether the item with a key has been visited
 * @param needsOf The dependencies of an item; an item in a cycle is visited once
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
