import { review, tripped } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const ADDRESS = { name: 'ip', location: 'x' };
const at = (name: string, more: JsonObject = {}) => ({ azurerm_public_ip: { [name]: { ...ADDRESS, ...more } } });
const moved = (from: string, to: string) => ({ moved: [{ from: `azurerm_public_ip.${from}`, to }] });

test.each([
  ['of an instance', at('a', { for_each: ['x'] }), at('b', { for_each: ['x'] }), 'a["x"]', 'azurerm_public_ip.b["x"]'],
  ['to the first of several', at('a'), at('b', { count: 1 }), 'a', 'azurerm_public_ip.b[0]'],
  ['into a module', at('a'), {}, 'a', 'module.net.azurerm_public_ip.a'],
])('a declared move %s destroys nothing', (_, before, after, from, to) => {
  const head = program(after, { ...moved(from, to), module: { net: { source: './net' } } });
  const { changes, counts, exposure } = review(program(before, { module: { net: { source: './net' } } }), head);
  expect(changes).toMatchObject([
    { action: 'move', notes: expect.arrayContaining([`moved from azurerm_public_ip.${from}`]) },
  ]);
  expect(counts).toMatchObject({ destroy: 0, create: 0, rename: 0, mayReplace: 0 });
  expect(exposure.filter(({ shift }) => shift === 'removed')).toEqual([]);
});

test.each([
  [
    'in another network',
    'azurerm_subnet',
    { name: 'default', virtual_network_name: 'a' },
    { name: 'default', virtual_network_name: 'b' },
  ],
  [
    'in another group',
    'azurerm_public_ip',
    { name: 'ip', resource_group_name: 'a' },
    { name: 'ip', resource_group_name: 'b' },
  ],
  [
    'in another cluster',
    'kubernetes_namespace',
    { provider: 'kubernetes.east', metadata: { name: 'x' } },
    { provider: 'kubernetes.west', metadata: { name: 'x' } },
  ],
])('the same name %s is something else, and no rename', (_, type, before, after) => {
  const { counts } = review(program({ [type]: { a: before } }), program({ [type]: { b: after } }));
  expect(counts).toMatchObject({ destroy: 1, create: 1, rename: 0 });
});

test('instances that go are destroyed, and trip that gate', () => {
  const found = review(program(at('a', { count: 3 })), program(at('a', { count: 1 })));
  expect(tripped(found, ['destroy', 'rename'])).toEqual(['destroy']);
});
