import SETS from '../../../lib/review/compare/sets.json';
import { setsOf } from '../../../tools/sets';

// the bindings are generated from the schemas of the providers, which say of each attribute whether it is a set.
test.each(['azuread', 'kubernetes', 'time'])('the sets of %s are those of its bindings (npm run sets)', (provider) => {
  expect(SETS).toMatchObject(setsOf(provider));
});

test('the sets of azurerm are of all its types', () => {
  const types = Object.keys(SETS).filter((type) => type.startsWith('azurerm_'));
  expect(types.length).toBeGreaterThan(1_000);
  expect(SETS.azurerm_virtual_network.split(' ')).toContain('address_space');
});
