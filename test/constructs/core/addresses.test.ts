import fc from 'fast-check';
import { Address4 } from 'ip-address';
import {
  addressText,
  networkAddress,
  parseAddress,
  parseRange,
} from '../../../constructs/core/addresses/address-space';

const part = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.constantFrom('00', '010', '08', '', 'a', '-1'));
const address = fc.oneof(
  { weight: 3, arbitrary: fc.ipV4() },
  { weight: 1, arbitrary: fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')) },
);
const range = fc.tuple(address, fc.integer({ min: 0, max: 34 })).map(([one, bits]) => `${one}/${bits}`);

test('addresses of IPv4 are read and written as the package ip-address does', () => {
  fc.assert(
    fc.property(address, (text) => {
      const isValid = text !== '' && !text.includes('/') && Address4.isValid(text);
      const number = parseAddress(text);

      expect(number).toBe(isValid ? Number(new Address4(text).bigInt()) : undefined);
      expect(number === undefined ? text : addressText(number)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test('ranges of IPv4 are read as the package ip-address does, where they begin with their first address', () => {
  fc.assert(
    fc.property(range, (text) => {
      const known = Address4.isValid(text) ? new Address4(text) : undefined;
      const [first, last] = [known?.startAddress(), known?.endAddress()];
      const network = known === undefined ? text : `${first?.correctForm()}/${known.subnetMask}`;

      expect(networkAddress(text)).toBe(network);
      expect(parseRange(network)).toEqual(
        known && {
          text: network,
          first: Number(first?.bigInt()),
          last: Number(last?.bigInt()),
          prefix: known.subnetMask,
        },
      );
      expect(parseRange(text) === undefined).toBe(known === undefined || network !== text);
    }),
    { numRuns: 2_000 },
  );
});
