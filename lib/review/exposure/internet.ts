import { merged, rangeOf, sizeOf, without, type Range } from '../knowledge/ranges';

/** The words of Azure and Kubernetes for every address. */
const ANYWHERE = ['*', 'internet', 'any'];

/** The service tag of all of Azure, or of one of its regions: whoever rents a machine there has one of its addresses. */
const AZURE = /^azurecloud(\.|$)/i;

/** The addresses that nobody reaches from the internet: those of private networks, of one machine, and reserved ones. */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  '224.0.0.0/3',
].flatMap((text) => rangeOf(text) ?? []);

/** What the internet is, and so many addresses of it are no longer an exception, anyone with them. */
const INTERNETS = [
  { ranges: without(rangesOf(['0.0.0.0/0']), NOT_PUBLIC), many: 2n ** 24n },
  // a regional registry gets a prefix of 12 bits.
  { ranges: rangesOf(['2000::/3']), many: 2n ** 116n },
];

/** How much of the internet some sources are. */
export interface Extent {
  /** Whether nearly every address is among them. */
  readonly isEveryone: boolean;
  /** In words: "the internet". */
  readonly text: string;
}

/** Whether a source is the whole internet by itself. */
export function isAnywhere(text: string): boolean {
  // with a prefix of zero bits, the address in front of it does not matter.
  return ANYWHERE.includes(text.trim().toLowerCase()) || /\/0+$/.test(text.trim());
}

/** Whether sources are so many together that it makes no difference who has them. */
export function areAnyone(sources: readonly string[]): boolean {
  return extentOf(sources) !== undefined;
}

/** How much of the internet sources are together, also in several ranges; undefined if they are few. */
export function extentOf(sources: readonly string[]): Extent | undefined {
  if (sources.some(isAnywhere)) {
    return { isEveryone: true, text: 'the internet' };
  }
  const found = extentOfRanges(rangesOf(sources), sources.join(', '));
  const rented = sources.filter((source) => AZURE.test(source.trim()));
  return found === undefined && rented.length > 0
    ? { isEveryone: false, text: `every machine that anyone rents from Azure (${rented.join(', ')})` }
    : found;
}

/**
 * How much of the internet ranges are together; undefined if they are few.
 *
 * @param names What the ranges are called
 */
export function extentOfRanges(ranges: readonly Range[], names: string): Extent | undefined {
  const shares = INTERNETS.flatMap((internet) => {
    const size = sizeOf(internet.ranges);
    const among = size - sizeOf(without(internet.ranges, ranges));
    return among >= internet.many ? [Number((among * 1000n) / size) / 10] : [];
  });
  if (shares.length === 0) {
    return undefined;
  }
  const share = Math.max(...shares);
  const isEveryone = share > 99;
  const part = share >= 1 ? `${Math.round(share)} % of the internet` : 'a large part of the internet';
  return { isEveryone, text: `${isEveryone ? 'the internet' : part} (${names})` };
}

function rangesOf(texts: readonly string[]): Range[] {
  return merged(texts.flatMap((text) => rangeOf(text) ?? []));
}
