import { review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

const REGISTRY = { name: 'acr1', resource_group_name: 'rg', location: 'westeurope', sku: 'Basic' };
const role = (scope: string) => ({ r: { scope, role_definition_name: 'AcrPull', principal_id: 'p' } });
const found = (rest: JsonObject = {}) =>
  program(
    { azurerm_role_assignment: role('${data.azurerm_container_registry.acr.id}') },
    { data: { azurerm_container_registry: { acr: { name: 'acr1', resource_group_name: 'rg' } } }, ...rest },
  );
const managed = (rest: JsonObject = {}, name = 'acr1') =>
  program(
    {
      azurerm_container_registry: { acr: { ...REGISTRY, name } },
      azurerm_role_assignment: role('${azurerm_container_registry.acr.id}'),
    },
    rest,
  );
const IMPORT = { import: [{ to: 'azurerm_container_registry.acr', id: '/id' }] };
const REMOVED = { removed: [{ from: 'azurerm_container_registry.acr', lifecycle: { destroy: false } }] };

const actions = (result: ReturnType<typeof review>) => result.changes.map(({ action, type }) => `${action} ${type}`);

test('what was looked up and is imported is the same to what refers to it', () => {
  const result = review(found(), managed(IMPORT));
  expect(actions(result)).toEqual(['import azurerm_container_registry']);
  expect([result.access, result.traps]).toEqual([[], []]);
});

test('what leaves the state and is looked up is the same to what refers to it', () => {
  const result = review(managed(), found(REMOVED));
  expect(actions(result)).toEqual(['forget azurerm_container_registry']);
  expect(result.access).toEqual([]);
});

test('what was looked up is there already, so that it cannot be created', () => {
  expect(review(found(), managed()).traps.map(({ text }) => text)).toEqual([expect.stringContaining('already exists')]);
  expect(review(found(), managed({}, 'other')).traps).toEqual([]);
});

test('what is destroyed is another one to what refers to it', () => {
  expect(actions(review(managed(), found()))).toContain('destroy azurerm_container_registry');
});

describe('a provider configuration that is gone', () => {
  const TIME = { terraform: { required_providers: { time: { source: 'time', version: '0.13.1' } } } };
  const of = (aliases: readonly string[], resource: JsonObject, rest: JsonObject = {}) => [
    {
      ...{ name: 's', sources: {} },
      files: [{ ...TIME, provider: { time: [{}, ...aliases.map((alias) => ({ alias }))] }, resource, ...rest }],
    },
  ];
  const it = (provider?: string): JsonObject => ({
    time_static: { it: provider === undefined ? {} : { provider } },
  });
  const OTHER = { terraform_data: { z: {} } };
  const left = { removed: [{ from: 'time_static.it', lifecycle: { destroy: false } }] };

  test.each<[what: string, after: ReturnType<typeof of>]>([
    ['with what it manages', of([], OTHER)],
    ['with what it forgets', of([], OTHER, left)],
    ['under what still names it', of([], it('time.b'))],
  ])('is still needed: %s', (_, after) => {
    const { verdict, traps } = review(of(['b'], it('time.b')), after);
    expect(traps.map(({ address }) => address)).toEqual(['provider.time.b']);
    expect(verdict.headline).toContain('Terraform rejects the plan');
  });

  test.each<[what: string, before: ReturnType<typeof of>, after: ReturnType<typeof of>]>([
    ['that stays', of(['b'], it('time.b')), of(['b'], OTHER)],
    ['whose resources have another one', of(['b'], it('time.b')), of([], it())],
    ['without resources', of(['b'], it()), of([], it())],
  ])('is not needed: one %s', (_, before, after) => {
    expect(review(before, after).traps).toEqual([]);
  });
});

/** A network with a subnet. */
const network = (address_space: readonly string[], tags: JsonObject = {}) =>
  program({
    azurerm_virtual_network: { v: { name: 'v', address_space: [...address_space], tags } },
    azurerm_subnet: {
      s: { name: 's', virtual_network_name: '${azurerm_virtual_network.v.name}', address_prefixes: ['10.1.0.0/24'] },
    },
  });

test.each([
  [['10.0.0.0/16'], 1],
  [['10.1.0.0/24', '10.0.0.0/16'], 0],
  [['10.0.0.0/8'], 0],
  [['10.1.0.0/25', '10.1.0.128/25'], 0],
  [['${var.space}'], 0],
])('a network whose space becomes %j', (space, refused) => {
  const { traps } = review(network(['10.0.0.0/16', '10.1.0.0/16']), network(space, { a: 'b' }));
  expect(traps.map(({ attribute, remedies }) => [attribute, remedies])).toEqual(
    Array.from({ length: refused }, () => [
      'address_space',
      [{ text: 'to apply the rest, restore the value of', code: 'address_space' }],
    ]),
  );
});

test('a network whose space never held its subnet is not refused for another change', () => {
  const space = ['10.0.0.0/16'];
  expect(review(network(space), network(space, { a: 'b' })).traps).toEqual([]);
});

test('a gateway that has the name of a network holds no subnet of it', () => {
  const side = (range: string) =>
    program({
      azurerm_local_network_gateway: { v: { name: 'v', address_space: [range] } },
      azurerm_subnet: { s: { name: 's', virtual_network_name: 'v', address_prefixes: ['10.1.0.0/24'] } },
    });
  expect(review(side('10.1.0.0/16'), side('10.0.0.0/16')).traps).toEqual([]);
});
