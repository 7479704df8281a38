import fc from 'fast-check';
import { areAnyone, extentOf, isAnywhere } from '../../../../lib/review/exposure/internet';
import { areWithin, merged, rangeOf, sizeOf, without, type Range } from '../../../../lib/review/knowledge/ranges';
import { covers, joined, parseSource } from '../../../../lib/review/exposure/source';

const coversText = (wide: string, narrow: string) => covers(parseSource(wide), parseSource(narrow));

test.each([
  ['10.0.0.0/8', '10.1.0.0/16'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['10.0.0.0/8', ' 10.9.9.9 '],
  ['10.1.2.3/8', '10.0.0.0/9'],
  ['2001:db8::/32', '2001:db8:1::/48'],
  ['2001:DB8:0::/32', '2001:db8::1'],
])('%s covers %s', (wide, narrow) => {
  expect(coversText(wide, narrow)).toBe(true);
});

test.each([
  ['10.1.0.0/16', '10.0.0.0/8'],
  ['10.0.0.0/9', '10.128.0.0/9'],
  ['11.0.0.0/8', '10.0.0.0/16'],
  ['2001:db8:1::/48', '2001:db8::/32'],
  ['10.0.0.0/8', '2001:db8::/32'],
  ['2001:db8::/32', '10.0.0.0/8'],
  ['::/96', '10.0.0.0/8'],
  ['AzureCloud', 'AzureCloud.westeurope'],
  ['10.0.0.0/8', 'VirtualNetwork'],
  ['10.0.0.0/33', '10.0.0.1'],
])('%s does not cover %s', (wide, narrow) => {
  expect(coversText(wide, narrow)).toBe(false);
});

test('sources are joined where their ranges touch, and keep their texts otherwise', () => {
  const textsOf = (...texts: string[]) => joined(texts.map(parseSource)).map(({ text }) => text);

  expect(textsOf('AzureCloud', '10.0.0.0/8', '12.0.0.0/8')).toEqual(['AzureCloud', '10.0.0.0/8', '12.0.0.0/8']);
  expect(textsOf('10.0.0.0/9', 'AzureCloud', '10.128.0.0/9')).toEqual(['AzureCloud', '167772160 to 184549375']);
});

test.each(['*', 'Internet', 'Any', '0.0.0.0/0', '::/0', ' 10.0.0.0/0 ', '0.0.0.0/00', ' * '])(
  '%s covers every source',
  (wide) => {
    expect(isAnywhere(wide)).toBe(true);
    expect(['10.0.0.0/8', '2001:db8::/32', 'AzureCloud'].every((narrow) => coversText(wide, narrow))).toBe(true);
  },
);

test.each(['10.0.0.0/8', '10.0.0.0/08', '0.0.0.0'])('%s does not cover every source', (some) => {
  expect(isAnywhere(some)).toBe(false);
});

test('a range covers exactly the addresses between its first and its last', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const textOf = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  fc.assert(
    fc.property(word, fc.integer({ min: 1, max: 32 }), word, (start, bits, offset) => {
      const size = 2 ** (32 - bits);
      const first = start - (start % size);
      // near the range as often as anywhere.
      const address = (first + (offset % (2 * size))) % 2 ** 32;
      const isInside = address >= first && address < first + size;
      expect(coversText(`${textOf(start)}/${bits}`, textOf(address))).toBe(isInside);
    }),
  );
});

test.each([
  [['0.0.0.0/1', '128.0.0.0/1'], 'the internet (0.0.0.0/1, 128.0.0.0/1)'],
  [['128.0.0.0/1', '64.0.0.0/2', '0.0.0.0/2'], 'the internet (128.0.0.0/1, 64.0.0.0/2, 0.0.0.0/2)'],
  [['::/1', '8000::/1'], 'the internet (::/1, 8000::/1)'],
  [['0.0.0.0-255.255.255.255'], 'the internet (0.0.0.0-255.255.255.255)'],
  [['1.0.0.0 - 223.255.255.255'], 'the internet (1.0.0.0 - 223.255.255.255)'],
  [['10.0.0.0/8', 'VirtualNetwork', 'Internet'], 'the internet'],
  [['0.0.0.0/2'], '28 % of the internet (0.0.0.0/2)'],
  [['128.0.0.0/1'], '43 % of the internet (128.0.0.0/1)'],
  [['8.0.0.0/8'], 'a large part of the internet (8.0.0.0/8)'],
  [['2000::/4'], '50 % of the internet (2000::/4)'],
  [['2a00::/12'], 'a large part of the internet (2a00::/12)'],
  [['azurecloud'], 'every machine that anyone rents from Azure (azurecloud)'],
  [['10.0.0.0/8', 'AzureCloud.westeurope'], 'every machine that anyone rents from Azure (AzureCloud.westeurope)'],
  [[' AzureCloud '], 'every machine that anyone rents from Azure ( AzureCloud )'],
  [['0.0.0.0/2', 'AzureCloud'], '28 % of the internet (0.0.0.0/2, AzureCloud)'],
  [['0.0.0.0/2', '2a00::/12'], '28 % of the internet (0.0.0.0/2, 2a00::/12)'],
])('%j are %s', (sources, text) => {
  expect(extentOf(sources)).toEqual({ isEveryone: text.startsWith('the internet'), text });
  expect(areAnyone(sources)).toBe(true);
});

test.each([
  [[]],
  [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']],
  [['224.0.0.0/3']],
  [['8.0.0.0/9', '203.0.113.7']],
  [['fc00::/7', 'fe80::/10', '2001:db8::/32']],
  [['VirtualNetwork', 'AzureLoadBalancer', 'AzureCloudy', 'NotAzureCloud', 'Storage.WestEurope']],
])('%j are few', (sources) => {
  expect(areAnyone(sources)).toBe(false);
});

const octet: fc.Arbitrary<Range> = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  .map(([a, b]) => ({ isV6: false, first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }));
const isIn = (ranges: readonly Range[], one: number) =>
  ranges.some(({ first, last }) => first <= BigInt(one) && BigInt(one) <= last);
const ADDRESSES = Array.from({ length: 41 }, (_, i) => i);

test('merged ranges, and those without others, have the addresses that they should', () => {
  fc.assert(
    fc.property(fc.array(octet), fc.array(octet), (ranges, holes) => {
      const [joined, left] = [merged(ranges), without(ranges, holes)];
      expect(ADDRESSES.filter((one) => isIn(joined, one))).toEqual(ADDRESSES.filter((one) => isIn(ranges, one)));
      const expected = ADDRESSES.filter((one) => isIn(ranges, one) && !isIn(holes, one));
      expect(ADDRESSES.filter((one) => isIn(left, one))).toEqual(expected);
      expect(sizeOf(left)).toBe(BigInt(expected.length));
      expect(areWithin(left, joined)).toBe(true);
      expect(joined.every(({ last }, i) => joined[i + 1] === undefined || joined[i + 1]!.first > last + 1n)).toBe(true);
    }),
  );
});

test.each(['1.2.3.4-1.2.3.3', '1.2.3.4-::1', '1-2-3', '-', 'a-b', ''])('"%s" is no range', (text) => {
  expect(rangeOf(text)).toBeUndefined();
});
