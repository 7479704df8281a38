import fc from 'fast-check';
import { hasChanges, review } from '../../../lib/review';
import { differences } from '../../../lib/review/compare/diff';
import { isObject, type Json, type JsonObject } from '../../../lib/terraform-json/json';
import { program, stack, VERSIONS } from './fixtures';

/** The expressions in which a local may be used, with the local that each of them needs. */
const USES: readonly [name: string, value: Json, expression: string][] = [
  ['as it is', 'dev', '${local.it}'],
  ['in a text', 'dev', 'app-${local.it}-x'],
  ['in quotation marks', 'dev', '${upper("app-${local.it}")}'],
  ['in a function', 'dev', '${upper(local.it)}'],
  ['in a condition', true, '${local.it ? "a" : "b"}'],
  ['in a comparison', 'dev', '${local.it == "dev" ? 3 : 1}'],
  ['in a directive', 'dev', '%{ if local.it == "dev" }a%{ else }b%{ endif }'],
  ['in a list', 'dev', '${[local.it, "x"]}'],
  ['in an object', 'dev', '${{ a = local.it }}'],
  ['by a key', { ci: 'Reader', dev: 'Reader' }, '${local.it["ci"]}'],
  ['by an attribute', { ci: 'Reader', dev: 'Reader' }, '${local.it.ci}'],
  ['by a key that is computed', { ci: 'Reader', dev: 'Reader' }, '${local.it[var.team]}'],
  ['by a position', ['a', 'b'], '${local.it[1]}'],
  ['by a position that is computed', ['a', 'b'], '${local.it[count.index]}'],
  ['by a splat', [{ a: 1 }, { a: 2 }], '${local.it[*].a}'],
  ['in a for', ['a', 'b'], '${[for one in local.it : upper(one)]}'],
  ['whole', { a: 'b' }, '${local.it}'],
  ['through another local', 'dev', '${local.other}'],
  ['with what is only known later', { a: '${azurerm_public_ip.ip.id}', b: 'c' }, '${jsonencode(local.it)}'],
  ['when it is too long to show', ['a', 'b'.repeat(10_000)], '${join(",", local.it)}'],
];

/** Every value in which one scalar is another, or one entry is missing. */
function mutations(value: Json): Json[] {
  if (Array.isArray(value)) {
    return value
      .slice(0, 3)
      .flatMap((item, i) => mutations(item).map((other) => value.map((same, j) => (i === j ? other : same))));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, child]) => [
      ...mutations(child).map((other) => ({ ...value, [key]: other })),
      Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
    ]);
  }
  return value === null || (typeof value === 'string' && value.includes('${')) ? [] : [changed(value)];
}

function changed(value: string | number | boolean): Json {
  if (typeof value === 'boolean') {
    return !value;
  }
  return typeof value === 'number' ? value + 1 : `${value}x`;
}

/** Where an expression may stand: a part of a program in which everything has the given name. */
const PLACES: readonly [what: string, place: (expression: Json, name: string) => JsonObject][] = [
  ['an attribute', (a, it) => ({ resource: { x_y: { [it]: { a } } } })],
  ['a nested attribute', (a, it) => ({ resource: { x_y: { [it]: { block: [{ name: 'n', a }] } } } })],
  ['an item of a list', (a, it) => ({ resource: { x_y: { [it]: { list: ['x', a] } } } })],
  ['an item of a list of blocks', (a, it) => ({ resource: { x_y: { [it]: { list: [{ a }, { a: 1 }] } } } })],
  ['count', (count, it) => ({ resource: { x_y: { [it]: { count } } } })],
  ['for_each', (each, it) => ({ resource: { x_y: { [it]: { for_each: each, a: '${each.value}' } } } })],
  ['a data source', (name, it) => ({ data: { x_y: { [it]: { name } } } })],
  [
    'what a data source is for',
    (a, it) => ({ data: { x_y: { [it]: { a } } }, resource: { x_y: { [it]: { b: `\${data.x_y.${it}.c}` } } } }),
  ],
  ['a module', (a, it) => ({ module: { [it]: { source: './m', a } } })],
  [
    'what a module is for',
    (a, it) => ({ module: { [it]: { a } }, resource: { x_y: { [it]: { b: `\${module.${it}.c}` } } } }),
  ],
  ['a provider', (host, it) => ({ provider: { [it]: [{ host }] } })],
  ['an output', (value, it) => ({ output: { [it]: { value } } })],
  ['a check', (condition, it) => ({ check: { [it]: { assert: { condition } } } })],
  [
    'a condition of a resource',
    (condition, it) => ({ resource: { x_y: { [it]: { lifecycle: { precondition: { condition } } } } } }),
  ],
  [
    'a provisioner',
    (command, it) => ({ resource: { x_y: { [it]: { provisioner: [{ 'local-exec': { command } }] } } } }),
  ],
];

/** A program with an expression at every place, each of which has a name of its own. */
function everywhere(expression: Json, more: JsonObject): JsonObject {
  const parts = PLACES.map(([, place], i) => place(expression, nameOf(i)));
  return [more, ...parts].reduce((all, part) => merged(all, part));
}

function nameOf(place: number): string {
  return `place-${place}-`;
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
  const inner = (a: Json | undefined, b: Json | undefined): Json | undefined =>
    isObject(a) && isObject(b) ? merged(a, b) : (b ?? a);
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, inner(one[key], other[key])!]));
}

/** The places of which a review of two programs says nothing. */
function silentPlaces(base: JsonObject, head: JsonObject): string[] {
  const { changes, settings } = review([stack(base)], [stack(head)]);
  const said = JSON.stringify([changes, settings]);
  return PLACES.flatMap(([what], i) => (said.includes(nameOf(i)) ? [] : [what]));
}

const silent = (base: JsonObject, head: JsonObject) => !hasChanges(review([stack(base)], [stack(head)]));

describe.each(USES)('%s', (_, it, expression) => {
  test('a local that changes is silent at no place', () => {
    const given = (value: Json) =>
      everywhere(expression, { locals: { it: value, other: '${local.it}' }, variable: { team: {} } });

    expect(
      mutations(it)
        .filter(isRead)
        .flatMap((other) => silentPlaces(given(it), given(other))),
    ).toEqual([]);
  });

  test("a variable's default that changes is silent at no place", () => {
    const use = expression.replaceAll('local.it', 'var.it').replaceAll('local.other', 'var.it');
    const given = (value: Json) => everywhere(use, { variable: { it: { default: value }, team: {} } });

    expect(
      mutations(it)
        .filter(isRead)
        .flatMap((other) => silentPlaces(given(it), given(other))),
    ).toEqual([]);
    expect(mutations(it).filter((other) => silent(given(it), given(other)))).toEqual([]);
  });
});

/** Whether another value differs in what is read: a key or a position reads only a part. */
function isRead(other: Json): boolean {
  return other?.['ci' as never] !== 'Reader' && other?.[1 as never] !== 'b';
}

test.each<[what: string, attribute: string, given: (name: string) => JsonObject]>([
  ['a registry', 'login_server', (name) => ({ azurerm_container_registry: { r: { name } } })],
  ['a list', 'list[0]', (name) => ({ x_y: { r: { list: [name] } } })],
  ['a map', 'tags["a.b"]', (name) => ({ x_y: { r: { tags: { 'a.b': name } } } })],
  ['one of several', 'name', (name) => ({ x_y: { r: { count: 2, name } } })],
])('what %s decides is compared by its value: %s', (_, attribute, given) => {
  const [type = ''] = Object.keys(given(''));
  const instance = type === 'x_y' && attribute === 'name' ? '[0]' : '';
  const user = { image: `\${${type}.r${instance}.${attribute}}/front:v1` };
  const side = (name: string) =>
    program({ ...(given(name) as Record<string, Record<string, JsonObject>>), a_b: { user } });
  const { changes } = review(side('one'), side('two'));
  expect(changes.map(({ address }) => address)).toContain('a_b.user');
});

test('a stack that reads the output of another one changes with it', () => {
  const reader = stack(
    {
      data: { terraform_remote_state: { other: { backend: 'local', config: { path: '../other' } } } },
      resource: { x_y: { it: { a: '${data.terraform_remote_state.other.outputs.name}' } } },
    },
    { name: 'reader' },
  );
  const other = (name: string) =>
    stack({ output: { name: { value: '${local.name}' } }, locals: { name } }, { name: 'other' });
  expect(review([reader, other('a')], [reader, other('b')]).changes).toMatchObject([
    { address: 'x_y.it', attributes: [{ path: 'a', before: 'a', after: 'b' }] },
  ]);
});

test('a value of for_each that changes is a change of its instance, also for its permissions', () => {
  const roles = (ci: string) =>
    program({
      azurerm_role_assignment: {
        it: {
          for_each: { ci: { role: ci }, dev: { role: 'Reader' } },
          scope: '/subscriptions/a',
          principal_id: '${each.key}',
          role_definition_name: '${each.value.role}',
        },
      },
    });
  const found = review(roles('Reader'), roles('Owner'));
  expect(found.access).toMatchObject([{ who: 'ci', shift: 'widened', after: expect.stringContaining('Owner') }]);
  expect(found.changes).toMatchObject([
    { action: 'replace', attributes: [{ path: '[ci].role_definition_name' }, { path: 'for_each' }] },
  ]);
});

/** A program that uses everything that a program has. */
const EVERYTHING: JsonObject = {
  terraform: {
    required_version: '>= 1.9',
    required_providers: VERSIONS,
    backend: { azurerm: { key: 'a', container_name: 'c' } },
  },
  provider: { azurerm: [{ features: {}, subscription_id: 's' }], kubernetes: [{ alias: 'two', host: 'h' }] },
  variable: { size: { default: 'small', type: 'string', nullable: false }, many: { default: [1, 2] } },
  locals: { app: 'vote', roles: { ci: 'Reader' }, zones: ['1', '2'] },
  data: { azurerm_resource_group: { rg: { name: 'rg', count: 1 } } },
  module: { net: { source: './net', version: '1.0.0', cidr: '10.0.0.0/16' } },
  import: [{ to: 'azurerm_public_ip.ip[0]', id: '/ip' }],
  moved: [{ from: 'azurerm_public_ip.old', to: 'azurerm_public_ip.ip' }],
  removed: [{ from: 'azurerm_public_ip.older', lifecycle: { destroy: false } }],
  ephemeral: { azurerm_key_vault_secret: { s: { name: 's' } } },
  action: { azurerm_virtual_machine_power: { off: { config: { power_action: 'off' } } } },
  check: { up: { assert: { condition: '${true}', error_message: 'down' } } },
  output: { app: { value: 'x', sensitive: false, precondition: { condition: '${true}', error_message: 'no' } } },
  resource: {
    azurerm_public_ip: {
      ip: {
        name: 'ip',
        zones: ['1', '2'],
        count: 2,
        lifecycle: { ignore_changes: ['tags[0]'], prevent_destroy: true },
        depends_on: ['module.net'],
        provisioner: [{ 'local-exec': { command: 'true', on_failure: 'continue' } }],
      },
    },
    kubernetes_deployment_v1: {
      web: {
        provider: 'kubernetes.two',
        metadata: [{ name: 'web', labels: { app: 'web' } }],
        spec: [
          { replicas: '2', template: [{ spec: [{ container: [{ name: 'web', image: 'w:1', args: ['a', 'b'] }] }] }] },
        ],
      },
    },
    azurerm_role_assignment: {
      r: {
        for_each: { ci: 'Reader' },
        role_definition_name: '${each.value}',
        scope: '${local.app}',
        principal_id: 'p',
      },
    },
    x_y: {
      z: { a: '${local.roles}', b: '${var.many}', c: '${var.size}', d: '${local.zones[0]}', e: '${local.zones[1]}' },
    },
  },
};

/** What may go and nothing happens: what is read and used by nothing, a default that is written out, an order. */
const HARMLESS = [
  ...['output.app.sensitive', 'resource.azurerm_public_ip.ip.depends_on', 'resource.azurerm_public_ip.ip.depends_on'],
];

/** What the service keeps as it is where the program says nothing of it any more. */
const KEPT = [
  'resource.azurerm_role_assignment.r.role_definition_name',
  'resource.kubernetes_deployment_v1.web.metadata.name',
  'resource.kubernetes_deployment_v1.web.spec.replicas',
];

test('no value of a program changes silently', () => {
  const all = mutations(EVERYTHING);
  const left = all.filter((other) => silent(EVERYTHING, other as JsonObject));
  const silently = left.flatMap((other) => differences(EVERYTHING, other as JsonObject));
  const kept = silently.filter(({ path, after }) => after === undefined && KEPT.includes(path.join('.')));
  const paths = silently.filter((one) => !kept.includes(one)).map(({ path }) => path.join('.'));
  expect(kept).toHaveLength(KEPT.length);
  expect(paths.sort()).toEqual(HARMLESS);
  expect(all.length).toBeGreaterThan(50);
});

test('no value that is referred to changes silently, however long the way to it is', () => {
  const isWhole = (use: string) => !['["ci"]', '.ci}', '[1]', 'other'].some((part) => use.includes(part));
  const whole = USES.filter(([, , use]) => isWhole(use));
  const wraps = fc.array(fc.constantFrom(...whole.map(([, , use]) => use)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(wraps, fc.constantFrom(...PLACES), fc.constantFrom(...whole), (steps, [, place], [, value, first]) => {
      const chain = Object.fromEntries(
        [first, ...steps].map((use, i) => [
          `step${i}`,
          { key: use.replaceAll('local.it', i === 0 ? 'local.it' : `local.step${i - 1}`) },
        ]),
      );
      const given = (it: Json): JsonObject => ({
        locals: { ...chain, it },
        ...place(`\${jsonencode(local.step${steps.length})}`, 'it'),
      });
      expect(mutations(value).filter((other) => silent(given(value), given(other)))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test.each([
  [1_000, 'as it is', (next: string) => `\${${next}}`],
  [1_000, 'in a function', (next: string) => `\${upper(${next})}`],
  // longer than the stack of calls
  [2_500, 'in an object', (next: string): Json => ({ key: `\${${next}}`, list: [`\${${next}}`] })],
])('a local at the end of a chain of %p is never silent, %s', (length, _, use) => {
  const given = (last: string): JsonObject => ({
    locals: Object.fromEntries(
      Array.from({ length }, (_, i) => [`l${i}`, i === length - 1 ? last : use(`local.l${i + 1}`)]),
    ),
    resource: { x_y: { it: { a: '${jsonencode(local.l0)}' } } },
  });
  expect(silent(given('a'), given('b'))).toBe(false);
  expect(silent(given('a'), given('a'))).toBe(true);
});

test('locals that refer to each other in a circle are compared nevertheless', () => {
  const given = (last: string): JsonObject => ({
    locals: Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`l${i}`, [`\${local.l${(i + 1) % 500}}`, i === 400 ? last : 'same']]),
    ),
    resource: { x_y: { it: { a: '${jsonencode(local.l0)}' } } },
  });
  expect(silent(given('a'), given('b'))).toBe(false);
});
