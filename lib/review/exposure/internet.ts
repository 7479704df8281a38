import { merged, rangeOf, sizeOf, without, type Range } from '../knowledge/ranges';

/** The names for every address in Azure and Kubernetes. */
const ANYWHERE = ['*', 'internet', 'any'];

/** The service tags of Azure and its regions, whose addresses belong to anyone who rents a machine there. */
const AZURE = /^azurecloud(\.|$)/i;

/** The addresses that are not public: private, loopback and reserved ones. */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  '224.0.0.0/3',
].flatMap((text) => rangeOf(text) ?? []);

/** The internet of each IP version, and the number of addresses from which on sources count as a large part of it. */
const INTERNETS = [
  { ranges: without(rangesOf(['0.0.0.0/0']), NOT_PUBLIC), many: 2n ** 24n },
  // a regional internet registry gets a prefix of 12 bits.
  { ranges: rangesOf(['2000::/3']), many: 2n ** 116n },
];

/** The share of some sources of the internet. */
export interface Extent {
  /** Whether they include nearly every address. */
  readonly isEveryone: boolean;
  /** The text for readers, such as "the internet". */
  readonly text: string;
}

/** Whether a source is the whole internet. */
export function isAnywhere(text: string): boolean {
  // the address before a prefix of zero bits does not matter.
  return ANYWHERE.includes(text.trim().toLowerCase()) || /\/0+$/.test(text.trim());
}

/** Whether sources are together a large part of the internet. */
export function areAnyone(sources: readonly string[]): boolean {
  return extentOf(sources) !== undefined;
}

/** The share of sources of the internet, including several ranges together; undefined if it is small. */
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
 * The share of ranges of the internet; undefined if it is small.
 *
 * @param names The names of the ranges
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
