import { Token } from 'cdktf';
import { isStandIn } from '../declared';
import { isIpRange, networkAddress, parseRange } from '../addresses/address-space';
import { type Interval, ipv6Interval } from '../addresses/interval';
import { isText, itemsOf } from '../values/known';
import { type Violation, violation, when } from '../problems/violation';

/**
 * The problem of an empty list or map that restricts something: an empty restriction would become no restriction.
 *
 * A list that is a token passes.
 *
 * @param item What an item of the list is, such as "range"
 * @param remedy What to do instead of giving an empty list
 */
export function emptyProblems(
  property: string,
  list: readonly unknown[] | { readonly [key: string]: unknown } | undefined,
  item: string,
  remedy: string,
): Violation[] {
  const isEmpty = list !== undefined && !Token.isUnresolved(list) && Object.keys(list).length === 0;
  return when(
    isEmpty && !isStandIn(list),
    'restriction-not-empty',
    () => `'${property}' must name at least one ${item}, got none: ${remedy}`,
  );
}

/** The addresses of one version of IP, as numbers. */
interface AddressFamily {
  readonly name: string;
  readonly read: (range: string) => Interval;
  /** The public addresses of the internet: ranges that contain them all restrict nothing. */
  readonly everybody: readonly string[];
}

/** All IPv4 addresses except those for private and special use. */
const PUBLIC_IPV4 = [
  ...['1.0.0.0/8', '2.0.0.0/7', '4.0.0.0/6', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3'],
  ...['64.0.0.0/3', '96.0.0.0/6', '101.0.0.0/8', '102.0.0.0/7', '104.0.0.0/5', '112.0.0.0/5', '120.0.0.0/6'],
  ...['124.0.0.0/7', '126.0.0.0/8', '128.0.0.0/3', '160.0.0.0/5', '168.0.0.0/8', '170.0.0.0/7', '173.0.0.0/8'],
  ...['174.0.0.0/7', '176.0.0.0/4', '193.0.0.0/8', '194.0.0.0/7', '196.0.0.0/7', '199.0.0.0/8', '200.0.0.0/5'],
  ...['208.0.0.0/4'],
];

const FAMILIES: readonly AddressFamily[] = [
  {
    name: 'IPv4',
    read: ipv4Interval,
    everybody: PUBLIC_IPV4,
  },
  {
    name: 'IPv6',
    read: ipv6Interval,
    everybody: ['2000::/3'],
  },
];

/**
 * The problem of restricting ranges that together contain all addresses, in one piece such as "0.0.0.0/0" or in
 * several.
 *
 * @param remedy How to allow everybody
 */
export function everywhereProblems(
  property: string,
  ranges: readonly string[] | undefined,
  remedy: string,
): Violation[] {
  const readable = itemsOf(ranges).filter((range) => isText(range) && isIpRange(range));
  return FAMILIES.flatMap(({ name, read, everybody }) => {
    const given = readable.filter((range) => range.includes(':') === (name === 'IPv6'));
    const held = joined(given.map(read));
    // nothing is read for nothing: the package that reads IPv6 ranges takes longer to load than most rules
    const isEverybody =
      held.length > 0 && everybody.map(read).every((one) => held.some((other) => contains(other, one)));
    return isEverybody
      ? [
          violation(
            'restriction-not-everybody',
            `'${property}' must exclude some addresses, got ${given.join(', ')}, which cover every public ${name} address: ${remedy}`,
          ),
        ]
      : [];
  });
}

function ipv4Interval(range: string): Interval {
  const { first, last } = parseRange(networkAddress(range)) ?? { first: 0, last: 0 };
  return { first: BigInt(first), last: BigInt(last) };
}

function contains(outer: Interval, inner: Interval): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** The intervals in order, with adjacent ones joined. */
function joined(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((one, other) => (one.first < other.first ? -1 : 1));
  const result: Interval[] = [];
  for (const next of sorted) {
    const previous = result.at(-1);
    if (previous === undefined || next.first > previous.last + 1n) {
      result.push(next);
    } else if (next.last > previous.last) {
      result[result.length - 1] = { first: previous.first, last: next.last };
    }
  }
  return result;
}
