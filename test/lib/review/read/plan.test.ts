import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
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

  test.each([
    ['create', 'azurerm_kubernetes_cluster.new'],
    ['delete', AKS],
  ])('and a rename of which it plans no more than to %s is none', (action, address) => {
    const [before, after] = action === 'create' ? [null, { name: 'aks' }] : [{ name: 'aks' }, null];
    const head = program({ azurerm_kubernetes_cluster: { new: { name: 'aks', dns_prefix: 'a' } } });
    const found = review(cluster('a'), head, plan(planned(address, [action], before, after))).changes;
    expect(found.map((row) => [row.action, row.address])).toEqual([[action.replace('delete', 'destroy'), address]]);
  });

  test('and what it does not mention is predicted', () => {
    const code = (name: string) =>
      program({ azurerm_kubernetes_cluster: { aks: { name: 'aks' } }, azurerm_public_ip: { ip: { name } } });
    const facts = plan(planned(AKS, ['update'], { tags: {} }, { tags: { a: 'b' } }));
    expect(review(code('a'), code('b'), facts).changes).toMatchObject([
      { address: 'azurerm_public_ip.ip', action: 'replace', provenance: { kind: 'predicted' } },
      { address: AKS, action: 'update', provenance: { kind: 'plan' } },
    ]);
  });

  test('and nothing changes where it does nothing, or only reads', () => {
    const read = planned('data.azurerm_client_config.me', ['read'], null, { id: 'x' });
    const side = program(
      { azurerm_kubernetes_cluster: { aks: { name: 'aks' } } },
      { data: { azurerm_client_config: { me: {} } } },
    );
    const { changes, counts } = review(side, side, plan(read));
    expect([changes, counts.unchanged]).toEqual([[], 1]);
    expect(review(cluster('a'), cluster('a'), plan()).changes).toEqual([]);
  });

  test.each<[action: string, before: boolean, after: boolean]>([
    ['create', false, true],
    ['update', true, true],
    ['delete', true, false],
  ])('and the code says which construct it is to %s', (action, isBefore, isAfter) => {
    const given = (n: number): JsonObject => ({ name: 'aks', n, '//': { metadata: { path: 'app/aks/Resource' } } });
    const side = (isThere: boolean, n: number) =>
      program({ azurerm_kubernetes_cluster: isThere ? { aks: given(n) } : {} });
    const values = (isThere: boolean, n: number) => (isThere ? { name: 'aks', n } : null);
    const facts = plan(planned(AKS, [action], values(isBefore, 1), values(isAfter, 2)));
    expect(review(side(isBefore, 1), side(isAfter, 2), facts).changes).toMatchObject([
      { path: 'app/aks/Resource', provenance: { kind: 'plan' } },
    ]);
  });

  test('and a change that the program ignores is still told', () => {
    const lifecycle = { ignore_changes: ['dns_prefix'] };
    const facts = plan(planned(AKS, ['no-op'], { dns_prefix: 'a' }, { dns_prefix: 'a' }));
    expect(review(cluster('a', { lifecycle }), cluster('b', { lifecycle }), facts).settings).toMatchObject([
      { kind: 'lifecycle', what: 'Kubernetes cluster aks: dns_prefix' },
    ]);
  });

  test('in the order of addresses, whatever that of the plan is', () => {
    const side = (n: number) =>
      program({
        x_y: { b: { n, lifecycle: { ignore_changes: ['n'] } }, a: { n, lifecycle: { ignore_changes: ['n'] } } },
      });
    const facts = plan(...['x_y.b', 'x_y.a'].map((address) => planned(address, ['no-op'], { n: 1 }, { n: 1 })));
    expect(review(side(1), side(2), facts).settings.map(({ what }) => what)).toEqual(['x y a: n', 'x y b: n']);
  });
});

test.each<[paths: Json[][], effects: (string | undefined)[]]>([
  [[['a']], ['replaces', undefined]],
  [
    [['z'], ['b', 'c']],
    [undefined, 'replaces'],
  ],
  [[['b']], [undefined, 'replaces']],
  [[['b', 'c', 0, 'd']], [undefined, 'replaces']],
  [[['a', 'x']], ['replaces', undefined]],
  [
    [['xa'], ['b', 'cc']],
    [undefined, undefined],
  ],
])('with the paths %j the attributes replace: %j', (replace_paths, effects) => {
  const facts = plan(
    planned('x_y.it', ['delete', 'create'], { a: '1', b: { c: '1' } }, { a: '2', b: { c: '2' } }, { replace_paths }),
  );
  const side = (n: string) => program({ x_y: { it: { a: n, b: { c: n } } } });
  const [found] = review(side('1'), side('2'), facts).changes;
  const effectOf = (path: string) => found?.attributes.find((one) => one.path === path)?.effect?.kind;
  expect(['a', 'b.c'].map(effectOf)).toEqual(effects);
});

test.each<[marks: Json, hidden: string[]]>([
  [false, []],
  [{}, []],
  [true, ['a', 'b.c', 'list.d']],
  [{ a: true }, ['a']],
  [{ b: true }, ['b.c']],
  [{ b: { c: true } }, ['b.c']],
  [{ b: { other: true } }, []],
  [{ a: { within: [false, { deep: true }], not: false } }, ['a']],
  [{ list: [{}, { d: true }] }, ['list.d']],
  [{ list: [{ d: false }] }, []],
])('what a plan marks with %j is hidden: %j', (marks, hidden) => {
  const values = (n: string) => ({ a: `${n}-of-a`, b: { c: `${n}-of-c` }, list: [{ d: `${n}-of-d` }] });
  const side = (n: string) => program({ x_y: { it: values(n) } });
  ['before_sensitive', 'after_sensitive'].forEach((mark) => {
    const facts = plan(planned('x_y.it', ['update'], values('old'), values('new'), { [mark]: marks }));
    const found = review(side('old'), side('new'), facts).changes[0]?.attributes ?? [];
    expect(found.map(({ path }) => path).sort()).toEqual(['a', 'b.c', 'list.d']);
    expect(
      found
        .filter((one) => one.after === '(sensitive)')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(hidden);
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

test.each<[what: string, code: Json, before: Json, shown: Json]>([
  ['as the code writes it', [{ a: 1, id: '${x_z.z.id}' }], [{ a: 1, id: 'old' }], '${x_z.z.id}'],
  ['as the code writes it without a list', { a: 1, id: '${x_z.z.id}' }, [{ a: 1, id: 'old' }], '${x_z.z.id}'],
  ['as before if the code does not give it', [{ a: 1 }], [{ a: 1, id: 'old' }], undefined as unknown as Json],
])('a value in a block that is known only after the apply is shown %s', (_, code, before, shown) => {
  const side = (n: number) => program({ x_y: { it: { n, block: n === 1 ? [] : code } } });
  const facts = plan(
    planned(
      'x_y.it',
      ['update'],
      { n: 1, block: before },
      { n: 2, block: [{ a: 1 }] },
      {
        after_unknown: { block: [{ id: true }] },
      },
    ),
  );
  const found = review(side(1), side(2), facts).changes[0]?.attributes ?? [];
  expect(found.find(({ path }) => path === 'block.id')?.after).toEqual(shown);
  expect(found.map(({ path }) => path)).not.toContain('block.a');
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
      resource: { aws_subnet: { all: { for_each: '${local.x}', n } }, x_module: { it: { n } } },
    }),
  ];
  const facts = plan(
    planned('aws_subnet.all["a"]', ['update'], { n: 1 }, { n: 2 }),
    planned('aws_subnet.all["b"]', ['delete'], { n: 1 }, null, {}, { action_reason: 'delete_because_each_key' }),
    planned('module.net.aws_vpc.it', ['update'], { n: 1 }, { n: 2 }),
    planned('x_module.it', ['update'], { n: 1 }, { n: 2 }),
  );
  expect(review(code(1), code(2), facts).changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
    'destroy aws_subnet.all["b"]',
    'update aws_subnet.all["a"]',
    'update module.net.aws_vpc.it',
    'update x_module.it',
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
