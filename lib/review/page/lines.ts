/** A line of two texts side by side; a side without a line is absent. */
export interface LinePair {
  readonly before?: string;
  readonly after?: string;
}

/** The number of unchanged lines around a change. */
const CONTEXT = 3;

/** The number of lines up to which texts are aligned by their equal lines. */
const MOST_LINES = 400;

/** Two texts side by side: the differing lines with some context; undefined stands for omitted lines. */
export function sideBySide(before: string, after: string): readonly (LinePair | undefined)[] {
  const pairs = aligned(before.split('\n'), after.split('\n'));
  const near = pairs.map((_, i) =>
    pairs.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some((pair) => pair.before !== pair.after),
  );
  return pairs.flatMap((pair, i) => {
    if (near[i] === true) {
      return [pair];
    }
    return i === 0 || near[i - 1] === true ? [undefined] : [];
  });
}

/** The lines of both sides, with equal lines beside each other. */
function aligned(before: readonly string[], after: readonly string[]): LinePair[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  const [olds, news] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = (line: string): LinePair => ({ before: line, after: line });
  return [
    ...before.slice(0, start).map(same),
    ...(olds.length > MOST_LINES || news.length > MOST_LINES ? opposite(olds, news) : longest(olds, news)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** The lines of both sides beside each other by position. */
function opposite(before: readonly string[], after: readonly string[]): LinePair[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => ({
    ...(before[i] !== undefined && { before: before[i] as string }),
    ...(after[i] !== undefined && { after: after[i] as string }),
  }));
}

/** The lines of both sides, with as many equal lines beside each other as possible. */
function longest(before: readonly string[], after: readonly string[]): LinePair[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      (lengths[i] as number[])[j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: LinePair[] = [];
  let [i, j] = [0, 0];
  let [olds, news]: [string[], string[]] = [[], []];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pairs.push(...opposite(olds, news), { before: before[i] as string, after: after[j] as string });
      [olds, news] = [[], []];
      [i, j] = [i + 1, j + 1];
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      olds.push(before[i++] as string);
    } else {
      news.push(after[j++] as string);
    }
  }
  return [...pairs, ...opposite([...olds, ...before.slice(i)], [...news, ...after.slice(j)])];
}
