/** The name that was most likely meant; undefined if none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const longer = names.find((one) => isLastWord(one, name) || isLastWord(name, one));
  const [best] = names
    .map((one) => ({ one, distance: distance(one.toLowerCase(), name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= Math.max(2, candidate.one.length / 3))
    .sort((one, other) => one.distance - other.distance);
  return best?.one ?? longer;
}

/** Whether two names are too different for one to be a misspelling of the other. */
export function isFar(one: string, other: string): boolean {
  return distance(one.toLowerCase(), other.toLowerCase()) > 2 && !isLastWord(one, other) && !isLastWord(other, one);
}

/** Whether a name is the last word of another one, as "name" of "nodePoolName". */
function isLastWord(short: string, long: string): boolean {
  return short !== '' && long.endsWith(`${short.charAt(0).toUpperCase()}${short.slice(1)}`);
}

/** The names that are most similar to another one, in the order of their own list. */
export function likeliestNames(name: string, names: readonly string[], most: number): string[] {
  const byDistance = names
    .map((one) => ({ one, distance: distance(one.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const kept = new Set(byDistance.slice(0, most).map(({ one }) => one));
  return names.filter((one) => kept.has(one));
}

/** The number of letters to insert, remove or change (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const changed = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
