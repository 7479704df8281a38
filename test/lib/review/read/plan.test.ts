import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, review } from '../../../../lib/review';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { folder, program, stack } from '../fixtures';

function plan(...changes: JsonObject[]) {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, JSON.stringify({ format_version: '1.2', resource_changes: changes }));
  return readPlan(file);
}
const planned = (
  address: string,
  actions: string[],
  before: JsonObject | null,
  after: JsonObject | null,
  rest: JsonObject = {},
  entry: JsonObject = {},
): JsonObject => ({
  address,
  type: address.split('.')[0] ?? '',
  change: { actions, before, after, ...rest },
  ...entry,
});

const cluster = (dnsPrefix: string, rest: JsonObject = {}) =>
  program({ azurerm_kubernetes_cluster: { aks: { name: 'aks', dns_prefix: dnsPrefix, ...rest } } });
const AKS = 'azurerm_kubernetes_cluster.aks';

describe('the facts of a plan win', () => {
  test('when it replaces what was not foreseen, with the attribute that forces it', () => {
    const facts = plan(
      planned(
        AKS,
        ['delete', 'create'],
        { sku_tier: 'Free' },
        { sku_tier: 'Paid' },
        { replace_paths: [['sku_tier']] },
        { action_reason: 'replace_because_cannot_update' },
      ),
    );
    const found = review(cluster('a'), cluster('a', { sku_tier: 'Paid' }), facts);
    expect(found.changes).toMatchObject([
      {
        action: 'replace',
        provenance: { kind: 'plan' },
        causes: [{ attribute: 'sku_tier', text: 'forces replacement' }],
        attributes: [{ path: 'sku_tier', before: 'Free', after: 'Paid', effect: { kind: 'replaces' } }],
      },
    ]);
  });

  test('when it updates what was foreseen to be replaced', () => {
    const facts = plan(planned(AKS, ['update'], { dns_prefix: 'a' }, { dns_prefix: 'b' }));
    expect(review(cluster('a'), cluster('b'), facts).counts).toMatchObject({ replace: 0, mayReplace: 0, update: 1 });
  });

  test('when it does nothing where the code differs', () => {
    const facts = plan(planned(AKS, ['no-op'], { dns_prefix: 'b' }, { dns_prefix: 'b' }));
    expect(review(cluster('a'), cluster('b'), facts).counts).toMatchObject({ replace: 0, update: 0, unchanged: 1 });
  });

  test('when it moves what the code declares as moved', () => {
    const facts = plan(
      planned(
        'azurerm_kubernetes_cluster.new',
        ['no-op'],
        { name: 'aks' },
        { name: 'aks' },
        {},
        { previous_address: AKS },
      ),
    );
    const moved = [{ from: AKS, to: 'azurerm_kubernetes_cluster.new' }];
    const head = program({ azurerm_kubernetes_cluster: { new: { name: 'aks', dns_prefix: 'a' } } }, { moved });
    const found = review(cluster('a'), head, facts);
    expect(found.changes).toMatchObject([
      { action: 'move', from: AKS, provenance: { kind: 'plan' }, unrelated: false },
    ]);
  });

  test('and a rename that it confirms stays one, with its cure', () => {
    const facts = plan(
      planned(AKS, ['delete'], { name: 'aks' }, null),
      planned('azurerm_kubernetes_cluster.new', ['create'], null, { name: 'aks' }),
    );
    const head = program({ azurerm_kubernetes_cluster: { new: { name: 'aks', dns_prefix: 'a' } } });
    expect(review(cluster('a'), head, facts).changes).toMatchObject([
      { action: 'rename', from: AKS, provenance: { kind: 'plan' } },
    ]);
  });
});

test('what the code does not explain is told apart', () => {
  const facts = plan(planned(AKS, ['update'], { tags: { a: 'drifted' } }, { tags: { a: 'b' } }));
  const found = review(cluster('a'), cluster('a'), facts);
  expect(found.changes).toMatchObject([{ action: 'update', unrelated: true }]);
});

test('what follows a change of the code is told as part of it', () => {
  const code = (dnsPrefix: string) =>
    program({
      azurerm_kubernetes_cluster: { aks: { name: 'aks', dns_prefix: dnsPrefix } },
      azurerm_role_assignment: { pull: { principal_id: '${azurerm_kubernetes_cluster.aks.id}' } },
      azurerm_public_ip: { ip: { name: 'ip' } },
    });
  const facts = plan(
    planned('azurerm_role_assignment.pull', ['delete', 'create'], { principal_id: 'a' }, {}),
    planned('azurerm_public_ip.ip', ['delete'], { name: 'ip' }, null),
  );
  const { changes } = review(code('a'), code('b'), facts);
  expect(changes.filter(({ unrelated }) => unrelated).map(({ address }) => address)).toEqual(['azurerm_public_ip.ip']);
});

test('a value that is known only after the apply is shown as the code writes it', () => {
  const role = (scope: string) =>
    program({ azurerm_role_assignment: { it: { scope, principal_id: 'p', role_definition_name: 'AcrPull' } } });
  const before = { scope: '/subscriptions/x', principal_id: 'p', role_definition_name: 'AcrPull', id: 'y' };
  const facts = plan(
    planned(
      'azurerm_role_assignment.it',
      ['delete', 'create'],
      before,
      { principal_id: 'p', role_definition_name: 'AcrPull' },
      { after_unknown: { scope: true, id: true }, replace_paths: [['scope']] },
    ),
  );
  const found = review(role('/subscriptions/x'), role('${azurerm_resource_group.g.id}'), facts);
  expect(found.changes[0]?.attributes.map(({ path, after }) => [path, after])).toEqual([
    ['scope', '${azurerm_resource_group.g.id}'],
  ]);
  expect(found.access[0]).toMatchObject({ provenance: { kind: 'plan' }, shift: 'changed' });
});

test('a trap of the apply is found in a plan that looks right', () => {
  const pool = (size: string) => ({ default_node_pool: [{ name: 'p', vm_size: size }] });
  const facts = plan(planned(AKS, ['update'], pool('a'), pool('b')));
  const found = review(cluster('a', pool('a')), cluster('a', pool('b')), facts);
  expect(found.traps.map(({ attribute }) => attribute)).toEqual(['default_node_pool.vm_size']);
});

test('instances and the inside of modules have rows of their own', () => {
  const code = (n: number) => [
    stack({
      module: { net: { source: './net', n } },
      resource: { aws_subnet: { all: { for_each: '${local.x}', n } } },
    }),
  ];
  const facts = plan(
    planned('aws_subnet.all["a"]', ['update'], { n: 1 }, { n: 2 }),
    planned('aws_subnet.all["b"]', ['delete'], { n: 1 }, null, {}, { action_reason: 'delete_because_each_key' }),
    planned('module.net.aws_vpc.it', ['update'], { n: 1 }, { n: 2 }),
  );
  expect(review(code(1), code(2), facts).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
    'destroy aws_subnet.all["b"]',
    'update aws_subnet.all["a"]',
    'update module.net.aws_vpc.it',
  ]);
});

test('of several stacks, the plan speaks for its own, and the others are predicted', () => {
  const other = stack({ resource: { azurerm_public_ip: { ip: { name: 'ip' } } } }, { name: 'other' });
  const facts = plan(planned(AKS, ['update'], { dns_prefix: 'a' }, { dns_prefix: 'b' }));
  const found = review([...cluster('a'), other], [...cluster('b'), stack({}, { name: 'other' })], facts);
  expect(found.changes.map(({ action, provenance }) => `${action} ${provenance.kind}`)).toEqual([
    'destroy code',
    'update plan',
  ]);
  expect(found.unknown[0]).toBe('The plan is of stack vote; the changes of other are predicted.');
});

test('a plan of another program is refused', () => {
  expect(() => review(cluster('a'), cluster('a'), plan(planned('aws_vpc.x', ['create'], null, {})))).toThrow(
    'the plan is of another program',
  );
});
