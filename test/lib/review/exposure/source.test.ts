import fc from 'fast-check';
import { covers, isAnywhere, parseSource } from '../../../../lib/review/exposure/source';

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
  ['AzureCloud', 'AzureCloud.westeurope'],
  ['10.0.0.0/8', 'VirtualNetwork'],
  ['10.0.0.0/33', '10.0.0.1'],
])('%s does not cover %s', (wide, narrow) => {
  expect(coversText(wide, narrow)).toBe(false);
});

test.each(['*', 'Internet', 'Any', '0.0.0.0/0', '::/0', ' 10.0.0.0/0 '])('%s covers every source', (wide) => {
  expect(isAnywhere(wide)).toBe(true);
  expect(['10.0.0.0/8', '2001:db8::/32', 'AzureCloud'].every((narrow) => coversText(wide, narrow))).toBe(true);
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
