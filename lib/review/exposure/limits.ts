import { compareSets, type Width } from '../compare/shift';
import { covers, EVERYONE, joined, parseSource, type Source } from './source';

/** The traffic that a rule matches; an empty list matches all. */
export interface Limits {
  readonly ports?: readonly Source[];
  readonly protocols?: readonly Source[];
  /** The addresses at the other end, such as the destinations of an inbound rule. */
  readonly ends?: readonly Source[];
}

/** The highest port. */
const LAST_PORT = 65_535;

/** Ports and port ranges, as sources that can be compared. */
export function portsIn(texts: readonly string[]): Source[] {
  return texts.map((text) => {
    const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text) ?? [];
    if (first === undefined || last === undefined) {
      return { text };
    }
    const isAll = Number(first) <= 1 && Number(last) >= LAST_PORT;
    return isAll ? EVERYONE : { text, range: { isV6: false, first: BigInt(first), last: BigInt(last) } };
  });
}

/** The limits of an Azure rule. */
export function limitsOf(
  ports: readonly string[],
  protocols: readonly string[],
  ends: readonly string[],
): Required<Limits> {
  return {
    ports: portsIn(ports),
    protocols: protocols.map((one) => ({ text: one.toLowerCase() })),
    ends: ends.map(parseSource),
  };
}

/** Something that may match only some traffic. */
interface Limited {
  readonly limits?: Limits;
}

/** How the traffic that two entry points match compares; undefined if unknown. */
export function compareLimits(old: Limited | undefined, now: Limited | undefined): Width[] | undefined {
  const [before, after] = [old?.limits, now?.limits];
  if (before === undefined || after === undefined) {
    return undefined;
  }
  return (['ports', 'protocols', 'ends'] as const).map((name) =>
    compareSets(allOr(before[name]), allOr(after[name]), covers),
  );
}

function allOr(limit: readonly Source[] = []): readonly Source[] {
  return limit.length === 0 ? [EVERYONE] : joined(limit);
}
