import { changedDefaults, type Defaults, defaultsOf, resolveReferences } from '../../../../lib/review/match/resolve';
import { stackOf } from '../../../../lib/review/read/program';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { stack } from '../fixtures';

const read = (files: JsonObject, name = 'vote') => stackOf(stack(files, { name }));

const GIVEN: JsonObject = {
  locals: { a: 'of-a-local', b: { c: 'part' }, d: '${local.a}' },
  provider: {
    azurerm: [{ features: {} }, { alias: 'china', environment: 'china' }, { alias: 'public', environment: 'public' }],
  },
  resource: {
    x_y: {
      one: { name: 'of-one', list: ['first'], chain: '${local.a}' },
      many: { name: 'of-many', count: 2 },
      each: { name: 'of-each', for_each: ['a'] },
    },
    azurerm_container_registry: {
      acr: { name: 'MyAcr' },
      named: { name: '${local.a}' },
      asked: { name: '${var.name}' },
      far: { name: 'far', provider: 'azurerm.china' },
      near: { name: 'near', provider: 'azurerm.public' },
      set: { name: 'set', login_server: 'set.example' },
    },
  },
};

/** What a text of the stack is, once its references are resolved; other stacks may be beside it. */
function resolved(text: Json, others: readonly ReturnType<typeof read>[] = [], defaults: Defaults = new Map()) {
  const own = read({ ...GIVEN, output: { it: { value: text } } });
  const [first] = resolveReferences([own, ...others], defaults);
  return (first!.outputs['it'] as JsonObject)['value'];
}

test.each<[text: string, value: Json]>([
  ['${local.a}', 'of-a-local'],
  ['${local.b.c}', 'part'],
  ['${local.d}', 'of-a-local'],
  ['${local.x}', '${local.x}'],
  ['a ${local.a} b', 'a of-a-local b'],
  ['local.a', 'local.a'],
  ['${x_y.one.name}', 'of-one'],
  ['${x_y.one.list[0]}', 'first'],
  ['${x_y.one.chain}', 'of-a-local'],
  ['${x_y.one.id}', '${x_y.one.id}'],
  ['${x_y.gone.name}', '${x_y.gone.name}'],
  ['${x_y.many.name}', '${x_y.many.name}'],
  ['${x_y.each.name}', '${x_y.each.name}'],
  ['${azurerm_container_registry.acr.login_server}', 'myacr.azurecr.io'],
  ['${azurerm_container_registry.named.login_server}', 'of-a-local.azurecr.io'],
  ['${azurerm_container_registry.near.login_server}', 'near.azurecr.io'],
  ['${azurerm_container_registry.set.login_server}', 'set.example'],
  ['${azurerm_container_registry.asked.login_server}', '${azurerm_container_registry.asked.login_server}'],
  ['${azurerm_container_registry.far.login_server}', '${azurerm_container_registry.far.login_server}'],
  ['${azurerm_container_registry.acr.admin_username}', '${azurerm_container_registry.acr.admin_username}'],
  ['${azurerm_container_registry.acr.login_server.x}', '${azurerm_container_registry.acr.login_server.x}'],
  ['${x_y.one.login_server}', '${x_y.one.login_server}'],
])('%s is %j', (text, value) => {
  expect(resolved(text)).toEqual(value);
});

describe('an output of another stack', () => {
  const remote = (path: string) => `\${data.terraform_remote_state.net.outputs.${path}}`;
  const net = read(
    {
      locals: { n: 'of-net' },
      output: { id: { value: '${local.n}' }, all: { value: { a: ['x'], e: '${var.e}' } }, none: {} },
    },
    'net',
  );

  test.each<[path: string, value: Json]>([
    ['id', 'of-net'],
    ['all.a[0]', 'x'],
    ['all', remote('all')],
    ['all.e', remote('all.e')],
    ['none', remote('none')],
    ['gone', remote('gone')],
  ])('%s is %j', (path, value) => {
    expect(resolved(remote(path), [net])).toEqual(value);
  });

  test('is not known where two stacks have one of its name', () => {
    const other = read({ output: { id: { value: 'x' } } }, 'other');
    expect(resolved(remote('id'), [net, other])).toBe(remote('id'));
  });

  test('is no other part of what is looked up', () => {
    expect(resolved('${data.terraform_remote_state.net.id}', [net])).toBe('${data.terraform_remote_state.net.id}');
  });
});

test('a variable is its default where that stands for it, in its own stack', () => {
  const defaults = new Map([['vote', new Map<string, Json>([['a', { b: 'x' }]])]]);
  expect(resolved('${var.a.b}', [], defaults)).toBe('x');
  expect(resolved('${var.other}', [], defaults)).toBe('${var.other}');
  expect(resolved('${var.a.b}')).toBe('${var.a.b}');
  expect(resolved('${var.a.b}', [], new Map([['other', new Map<string, Json>([['a', { b: 'x' }]])]]))).toBe(
    '${var.a.b}',
  );
});

test('everything of a stack is resolved, and what the program wrote is kept beside it', () => {
  const defaults = new Map([['vote', new Map<string, Json>([['a', 'x']])]]);
  const given = {
    locals: { a: 'of-a-local' },
    variable: { a: { default: 'x' } },
    provider: { azurerm: [{ id: '${var.a}' }] },
    resource: {
      x_y: { it: { name: '${var.a} ${local.a}', count: '${var.a}', lifecycle: { ignore_changes: ['${var.a}'] } } },
    },
    output: { it: { value: '${var.a}' } },
    check: { it: { text: '${var.a}' } },
  };
  const [found] = resolveReferences([read(given)], defaults);
  expect(found).toMatchObject({
    providers: [{ attributes: { id: 'x' } }],
    outputs: { it: { value: 'x' } },
    rest: { check: [{ it: { text: 'x' } }] },
  });
  expect([...found!.resources.values()]).toMatchObject([
    {
      attributes: { name: 'x of-a-local' },
      meta: { count: 'x', lifecycle: { ignore_changes: ['x'] } },
    },
  ]);
  expect([...found!.resources.values()][0]?.written).toEqual({ name: '${var.a} of-a-local', count: '${var.a}' });
});

describe('defaults', () => {
  const variables = (variable: JsonObject, name?: string) => read({ variable }, name);

  test('are those that are given, in the order of their names', () => {
    const given = variables({ b: { default: 1 }, a: { default: null }, c: {}, d: [{ default: 'x' }] });
    expect([...defaultsOf(given)]).toEqual([
      ['a', null],
      ['b', 1],
      ['d', 'x'],
    ]);
  });

  test('that change are those of both sides, of stacks of one name', () => {
    const before = [
      variables({ a: { default: 1 }, b: { default: 1 }, c: { default: 1 }, d: {} }),
      variables({ a: { default: 1 } }, 'gone'),
    ];
    const after = [
      variables({ a: { default: 2 }, b: { default: 1 }, c: {}, d: { default: 2 } }),
      variables({ a: { default: 2 } }, 'new'),
    ];
    const { base, head } = changedDefaults(before, after);
    expect([...base]).toEqual([['vote', new Map([['a', 1]])]]);
    expect([...head]).toEqual([['vote', new Map([['a', 2]])]]);
  });
});
