import { isAnywhere } from './internet';
import { merged, rangeOf, type Range } from '../knowledge/ranges';

/** An allowed source: a range of addresses, or a name such as a service tag. */
export interface Source {
  readonly text: string;
  /** Undefined for a name. */
  readonly range?: Range | undefined;
}

/** Everyone. */
export const EVERYONE: Source = { text: '*' };

/** Parses a source, so that it can be compared with many others. */
export function parseSource(text: string): Source {
  return { text, range: rangeOf(text) };
}

/** Sources in which adjacent ranges are merged. */
export function joined(sources: readonly Source[]): readonly Source[] {
  const ranges = sources.flatMap(({ range }) => range ?? []);
  const found = merged(ranges);
  return found.length === ranges.length
    ? sources
    : [
        ...sources.filter(({ range }) => range === undefined),
        ...found.map((range) => ({ text: `${range.first} to ${range.last}`, range })),
      ];
}

/** Whether a source includes every address of another one; a name includes only itself. */
export function covers(wide: Source, narrow: Source): boolean {
  if (wide.text === narrow.text || isAnywhere(wide.text)) {
    return true;
  }
  const [outer, inner] = [wide.range, narrow.range];
  return (
    outer !== undefined &&
    inner !== undefined &&
    outer.isV6 === inner.isV6 &&
    outer.first <= inner.first &&
    inner.last <= outer.last
  );
}
