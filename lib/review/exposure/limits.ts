import { compareSets, type Width } from '../compare/shift';
import { covers, EVERYONE, joined, parseSource, type Source } from './source';

/** What of the traffic a rule is about; empty where it is about all of it. */
export interface Limits {
  readonly ports?: readonly Source[];
  readonly protocols?: readonly Source[];
  /** The addresses at the other end, which are not those that get in or are reached. */
  readonly ends?: readonly Source[];
}

/** The last port, up to which a range from the first one is all of them. */
const LAST_PORT = 65_535;

/** Ports, and ranges of them, as what compares with others. */
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

/** The limits of a rule of Azure. */
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

/** Something that may be about some of the traffic only. */
interface Limited {
  readonly limits?: Limits;
}

/** How the traffic compares that two entry points are about; undefined if that is not known of both. */
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
