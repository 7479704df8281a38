import { Address4, Address6 } from 'ip-address';

/** A range of addresses, both ends included. */
export interface Range {
  readonly isV6: boolean;
  readonly first: bigint;
  readonly last: bigint;
}

/** The range in a text: an address, a prefix such as 10.0.0.0/8, or two addresses; undefined for any other text. */
export function rangeOf(text: string): Range | undefined {
  const trimmed = text.trim();
  const [from = '', to, ...rest] = trimmed.split('-').map((end) => end.trim());
  if (to !== undefined && rest.length === 0) {
    const [first, last] = [rangeOf(from), rangeOf(to)];
    return first && last && first.isV6 === last.isV6 && first.first <= last.last
      ? { isV6: first.isV6, first: first.first, last: last.last }
      : undefined;
  }
  // only texts that may be addresses are parsed, since the parser is slow to reject a text.
  const isV6 = trimmed.includes(':');
  if (!/^[\da-f]*[.:]/i.test(trimmed) || !(isV6 ? Address6.isValid(trimmed) : Address4.isValid(trimmed))) {
    return undefined;
  }
  const address = isV6 ? new Address6(trimmed) : new Address4(trimmed);
  return { isV6, first: address.startAddress().bigInt(), last: address.endAddress().bigInt() };
}

/** The same addresses in as few ranges as possible, in their order. */
export function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of [...ranges].sort(inOrder)) {
    const before = found.at(-1);
    if (before?.isV6 !== range.isV6 || range.first > before.last + 1n) {
      found.push(range);
    } else if (range.last > before.last) {
      found[found.length - 1] = { ...before, last: range.last };
    }
  }
  return found;
}

/** The addresses of some ranges that are not in others. */
export function without(ranges: readonly Range[], holes: readonly Range[]): Range[] {
  const left: Range[] = [];
  const [sorted, gaps] = [merged(ranges), merged(holes)];
  for (const { isV6, first, last } of sorted) {
    let next = first;
    for (const gap of gaps) {
      if (gap.isV6 === isV6 && gap.first <= last && gap.last >= next) {
        if (gap.first > next) {
          left.push({ isV6, first: next, last: gap.first - 1n });
        }
        next = gap.last + 1n;
      }
    }
    if (next <= last) {
      left.push({ isV6, first: next, last });
    }
  }
  return left;
}

/** Whether every address of some ranges is in others, which are merged. */
export function areWithin(ranges: readonly Range[], others: readonly Range[]): boolean {
  return ranges.every(({ isV6, first, last }) =>
    others.some((other) => other.isV6 === isV6 && other.first <= first && last <= other.last),
  );
}

/** The number of addresses in ranges that do not overlap. */
export function sizeOf(ranges: readonly Range[]): bigint {
  return ranges.reduce((size, { first, last }) => size + last - first + 1n, 0n);
}

function inOrder(a: Range, b: Range): number {
  if (a.isV6 !== b.isV6) {
    return a.isV6 ? 1 : -1;
  }
  if (a.first === b.first) {
    return 0;
  }
  return a.first < b.first ? -1 : 1;
}
