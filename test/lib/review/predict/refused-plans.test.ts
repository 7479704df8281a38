import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import type { StackFiles } from '../../../../lib/terraform-json/read';
import { stack } from '../fixtures';

/** Two versions of a program, and what Terraform 1.11 says of the second one: it refuses it, or makes a plan. */
type Case = readonly [what: string, before: JsonObject, after: JsonObject];

const IT = { input: 'a' };
const A = 'terraform_data.a';
const B = 'terraform_data.b';
const of = (resources: JsonObject, rest: JsonObject = {}): JsonObject => ({
  resource: { terraform_data: resources },
  ...rest,
});
const moved = (resources: JsonObject, ...moves: readonly (readonly [string, string])[]): JsonObject =>
  of(resources, { moved: moves.map(([from, to]) => ({ from, to })) });
const uses = (input: string): JsonObject => ({ input });
const each = (...keys: string[]): JsonObject => ({ for_each: Object.fromEntries(keys.map((key) => [key, key])) });
const kept = { destroy: false };

const trapsOf = (before: JsonObject, after: JsonObject) =>
  review([stack(before)], [stack(after)]).traps.filter(({ text }) => text.endsWith('Terraform rejects the plan'));

test.each<Case>([
  ['moves what is declared', of({ a: IT }), moved({ a: IT, b: IT }, [A, B])],
  [
    'moves one of several that is declared',
    of({ a: each('x') }),
    moved({ a: each('x', 'z') }, [`${A}["x"]`, `${A}["z"]`]),
  ],
  ['moves what is declared to a key', of({ a: IT }), moved({ a: IT, b: each('x') }, [A, `${B}["x"]`])],
  ['moves what is counted', of({ a: { count: 2 } }), moved({ a: { count: 2 }, b: IT }, [`${A}[1]`, B])],
  ['moves two to one place', of({ a: IT, b: IT }), moved({ c: IT }, [A, 'terraform_data.c'], [B, 'terraform_data.c'])],
  ['moves one to two places', of({ a: IT }), moved({ c: IT, b: IT }, [A, 'terraform_data.c'], [A, B])],
  ['moves to where it is', of({ a: IT }), moved({ a: IT }, [A, A])],
  ['moves in a circle', of({ a: IT }), moved({ c: IT }, [A, B], [B, A])],
  ['removes what is declared', of({ a: IT }), of({ a: IT }, { removed: [{ from: A, lifecycle: kept }] })],
  [
    'removes one of several',
    of({ a: each('x', 'y') }),
    of({ a: each('y') }, { removed: [{ from: `${A}["x"]`, lifecycle: kept }] }),
  ],
  ['imports what is not declared', of({ a: IT }), of({ a: IT }, { import: [{ to: B, id: 'x' }] })],
  [
    'imports an instance that is not declared',
    of({ a: IT }),
    of({ a: IT, b: each('x') }, { import: [{ to: `${B}["y"]`, id: 'x' }] }),
  ],
  ['imports the same twice', of({ a: IT }), of({ a: IT, b: IT }, { import: ['x', 'y'].map((id) => ({ to: B, id })) })],
  [
    'refers to the first of none',
    of({ a: { count: 1 }, b: uses(`\${${A}[0].id}`) }),
    of({ a: { count: 0 }, b: uses(`\${${A}[0].id}`) }),
  ],
  [
    'refers to the first of none in a text',
    of({ a: { count: 1 }, b: uses(`x-\${${A}[0].id}`) }),
    of({ a: { count: 0 }, b: uses(`x-\${${A}[0].id}`) }),
  ],
  [
    'refers to the first of all of none',
    of({ a: { count: 1 }, b: uses(`\${${A}.*.id[0]}`) }),
    of({ a: { count: 0 }, b: uses(`\${${A}.*.id[0]}`) }),
  ],
  [
    'refers to a key that is gone',
    of({ a: each('x', 'y'), b: uses(`\${${A}["x"].id}`) }),
    of({ a: each('y'), b: uses(`\${${A}["x"].id}`) }),
  ],
  [
    'refers to what is ignored',
    of({ a: { count: 1 }, b: uses(`\${${A}[0].id}`) }),
    of({ a: { count: 0 }, b: { ...uses(`\${${A}[0].id}`), lifecycle: { ignore_changes: ['input'] } } }),
  ],
  [
    'refers to several without a key',
    of({ a: {}, b: uses(`\${${A}.id}`) }),
    of({ a: { count: 1 }, b: uses(`\${${A}.id}`) }),
  ],
  [
    'refers to one with a key',
    of({ a: { count: 1 }, b: uses(`\${${A}[0].id}`) }),
    of({ a: {}, b: uses(`\${${A}[0].id}`) }),
  ],
  [
    'refers to one with a key after a dot',
    of({ a: { count: 1 }, b: uses(`\${${A}.0.id}`) }),
    of({ a: {}, b: uses(`\${${A}.0.id}`) }),
  ],
  ['tries several without a key', of({ a: {}, b: IT }), of({ a: { count: 1 }, b: uses(`\${try(${A}.id, 1)}`) })],
  [
    'refers to the first of none from one of several',
    of({ a: { count: 1 }, b: { count: 1, ...uses(`\${${A}[0].id}`) } }),
    of({ a: { count: 0 }, b: { count: 1, ...uses(`\${${A}[0].id}`) } }),
  ],
  [
    'refers to the last of several that are fewer',
    of({ a: { count: 11 }, b: uses(`\${${A}.*.id[10]}`) }),
    of({ a: { count: 10 }, b: uses(`\${${A}.*.id[10]}`) }),
  ],
  [
    'refers to the first of something in all of none',
    of({ a: { count: 1 }, b: uses(`\${${A}.*.output.x[0]}`) }),
    of({ a: { count: 0 }, b: uses(`\${${A}.*.output.x[0]}`) }),
  ],
  ['calls what is gone by a local', of({ a: {} }), of({}, { locals: { x: `\${${A}.id}` } })],
  [
    'configures a provider with what is gone',
    of({ a: {} }, { provider: { x: { host: `\${${A}.id}` } } }),
    of({}, { provider: { x: { host: `\${${A}.id}` } } }),
  ],
  ['refers to what is gone', of({ a: {}, b: uses(`\${${A}.id}`) }), of({ b: uses(`\${${A}.id}`) })],
  ['tries what is gone', of({ a: {}, b: uses(`\${${A}.id}`) }), of({ b: uses(`\${try(${A}.id, 1)}`) })],
  ['depends on what is gone', of({ a: {}, b: {} }), of({ b: { depends_on: [A] } })],
  ['still depends on what is gone', of({ a: {}, b: { depends_on: [A] } }), of({ b: { depends_on: [A] } })],
  [
    'depends on one with a key',
    of({ a: each('x'), b: { depends_on: [`${A}["x"]`] } }),
    of({ a: {}, b: { depends_on: [`${A}["x"]`] } }),
  ],
  ['is triggered by what is gone', of({ a: {}, b: {} }), of({ b: { lifecycle: { replace_triggered_by: [A] } } })],
  [
    'is still triggered by what is gone',
    of({ a: {}, b: { lifecycle: { replace_triggered_by: [A] } } }),
    of({ b: { lifecycle: { replace_triggered_by: [A] } } }),
  ],
  ['counts by what is null', of({ a: IT }), of({ a: { ...IT, count: '${true ? null : 1}' } })],
  ['has instances for each of null', of({ a: IT }), of({ a: { ...IT, for_each: '${true ? null : {}}' } })],
  ['reads a local that is gone', of({ b: uses('${local.x}') }, { locals: { x: 1 } }), of({ b: uses('${local.x}') })],
  [
    'reads a variable that is gone',
    of({ b: uses('${var.x}') }, { variable: { x: { default: 1 } } }),
    of({ b: uses('${var.x}') }),
  ],
  [
    'hands out the first of none',
    of({ a: { count: 1 } }, { output: { o: { value: `\${${A}[0].id}` } } }),
    of({ a: { count: 0 } }, { output: { o: { value: `\${${A}[0].id}` } } }),
  ],
  [
    'hands out an argument of the first of none',
    of({ a: { count: 1, ...IT } }, { output: { o: { value: `\${${A}[0].input}` } } }),
    of({ a: { count: 0, ...IT } }, { output: { o: { value: `\${${A}[0].input}` } } }),
  ],
  [
    'refers to one of several modules without a key',
    of({ b: uses('${module.m.o}') }, { module: { m: { source: './m' } } }),
    of({ b: uses('${module.m.o}') }, { module: { m: { source: './m', count: 1 } } }),
  ],
  [
    'refers to the first of none for each key',
    of({ a: { count: 1 }, b: { ...each('x'), ...uses(`\${${A}[0].id}`) } }),
    of({ a: { count: 0 }, b: { ...each('x'), ...uses(`\${${A}[0].id}`) } }),
  ],
])('Terraform rejects a program that %s', (_, before, after) => {
  expect(trapsOf(before, after)).not.toEqual([]);
});

test.each<Case>([
  ['moves what is no longer declared', of({ a: IT }), moved({ b: IT }, [A, B])],
  ['moves in a chain', of({ a: IT }), moved({ c: IT }, [A, B], [B, 'terraform_data.c'])],
  ['moves one of several', of({ a: each('x', 'y') }), moved({ a: each('y'), b: IT }, [`${A}["x"]`, B])],
  ['moves the first of what is not counted', of({ a: IT }), moved({ a: IT, b: IT }, [`${A}[0]`, B])],
  ['moves the only one to a key of its own', of({ a: IT }), moved({ a: each('x') }, [A, `${A}["x"]`])],
  ['moves to a place that is taken', of({ a: IT, b: IT }), moved({ b: IT }, [A, B])],
  ['moves to what is not declared', of({ a: IT }), moved({ c: IT }, [A, B])],
  ['imports an instance', of({ a: IT }), of({ a: IT, b: each('x') }, { import: [{ to: `${B}["x"]`, id: 'x' }] })],
  ['imports into a module', of({ a: IT }), of({ a: IT }, { import: [{ to: `module.m.${B}`, id: 'x' }] })],
  [
    'refers to none in a branch that is not taken',
    of({ a: { count: 1 }, b: uses(`\${true ? ${A}[0].id : null}`) }),
    of({ a: { count: 0 }, b: uses(`\${false ? ${A}[0].id : null}`) }),
  ],
  ['tries none', of({ a: { count: 1 }, b: IT }), of({ a: { count: 0 }, b: uses(`\${try(${A}[0].id, null)}`) })],
  [
    'refers to all of none',
    of({ a: { count: 1 }, b: uses(`\${${A}[*].id}`) }),
    of({ a: { count: 0 }, b: uses(`\${${A}[*].id}`) }),
  ],
  ['refers to one or none', of({ a: { count: 1 }, b: IT }), of({ a: { count: 0 }, b: uses(`\${one(${A}[*].id)}`) })],
  [
    'has nothing that refers to none',
    of({ a: { count: 1 }, b: { count: 1, ...uses(`\${${A}[0].id}`) } }),
    of({ a: { count: 0 }, b: { count: 0, ...uses(`\${${A}[0].id}`) } }),
  ],
  [
    'refers to a key that is computed',
    of({ a: { count: 1 }, b: { count: 2, ...uses(`\${${A}[count.index].id}`) } }),
    of({ a: { count: 2 }, b: { count: 2, ...uses(`\${${A}[count.index].id}`) } }),
  ],
  ...['${var.on ? 1 : 0}', '${var.n}', `\${length(${A})}`].map((count): Case => {
    const users = (n: number): JsonObject =>
      of(
        { a: { count: n }, b: { count, ...uses(`\${${A}[0].id}`) } },
        { variable: { on: { default: n === 1 }, n: { type: 'number' } } },
      );
    return [`may have nothing that refers to none, by ${count}`, users(1), users(0)];
  }),
  [
    'has nothing for each of none',
    of({ a: each('x'), b: { for_each: `\${${A}}`, ...uses(`\${${A}["x"].id}`) } }),
    of({ a: each(), b: { for_each: `\${${A}}`, ...uses(`\${${A}["x"].id}`) } }),
  ],
  ['refers to one that was one of several', of({ a: { count: 1 }, b: IT }), of({ a: {}, b: uses(`\${${A}.id}`) })],
  ['refers to all of one', of({ a: { count: 1 }, b: IT }), of({ a: {}, b: uses(`\${${A}[*].id}`) })],
  [
    'refers to one of several that is still there',
    of({ a: { count: 2 }, b: uses(`\${${A}[0].id}`) }),
    of({ a: { count: 1 }, b: uses(`\${${A}[0].id}`) }),
  ],
  [
    'refers to a number among keys',
    of({ a: each('0', '1'), b: uses(`\${${A}[0].id}`) }),
    of({ a: each('0'), b: uses(`\${${A}[0].id}`) }),
  ],
  [
    'refers to the first of as many as a variable says',
    of({ a: { count: 1 }, b: uses(`\${${A}[0].id}`) }),
    of({ a: { count: '${var.n}' }, b: uses(`\${${A}[0].id}`) }, { variable: { n: { type: 'number' } } }),
  ],
  ...['[*].output[0]', '.*.output.0', '[*].output[0].z[1]', '[*].output.*.z[0]'].map((steps): Case => {
    const users = (count: number) => of({ a: { count, input: ['x'] }, b: uses(`\${${A}${steps}}`) });
    return [`refers to the first of something in each of none, by ${steps}`, users(1), users(0)];
  }),
  ...['%{ if false }', '%{ for x in [] }'].map((start): Case => {
    const text = `${start}\${${A}[0].id}%{ end${start.slice(3, 6).trim()} }`;
    return [
      `leaves out a text about none, by ${start}`,
      of({ a: { count: 1 } }),
      of({ a: { count: 0 }, b: uses(text) }),
    ];
  }),
  ...(
    [
      ['local', 'x', { locals: { x: 1 } }],
      ['var', 'x', { variable: { x: { default: 1 } } }],
      ['terraform_data', 'a', {}],
    ] as const
  ).flatMap(([kind, name, rest]): Case[] => [
    [
      `calls an item ${kind}`,
      of({ a: IT }, rest),
      of({ b: uses(`\${[for ${kind} in [{${name} = 1}] : ${kind}.${name}]}`) }),
    ],
    [
      `calls the second of two items ${kind}`,
      of({ a: IT }, rest),
      of({ b: uses(`\${[for  k  ,  ${kind}  in { a = {${name} = 1} } : ${kind}.${name}]}`) }),
    ],
    [`has a text about a ${kind}`, of({ a: IT }, rest), of({ b: uses(`\${<<EOT\n${kind}.${name}\nEOT\n}`) })],
    [
      `looks into a ${kind} of what a function gives`,
      of({ a: IT }, rest),
      of({ b: uses(`\${merge({ ${kind} = { ${name} = 1 } }).${kind}.${name}}`) }),
    ],
    [
      `looks into a ${kind} of what a key gives`,
      of({ a: IT }, rest),
      of({ b: { ...each('x'), ...uses(`\${{ x = { ${kind} = { ${name} = 1 } } }[each.key].${kind}.${name}}`) } }),
    ],
    ...[`/* ${kind}.${name} */`, `# ${kind}.${name}\n`, `// ${kind}.${name}\n`].map((comment): Case => [
      `only comments on a ${kind}: ${comment}`,
      of({ a: IT }, rest),
      of({ b: uses(`\${1 ${comment}}`) }),
    ]),
  ]),
  ...['${try(module.m.o, 1)}', '${true ? 1 : module.m.o}'].map((text): Case => [
    `tries a module without a key, by ${text}`,
    of({ b: uses('${module.m.o}') }, { module: { m: { source: './m' } } }),
    of({ b: uses(text) }, { module: { m: { source: './m', count: 1 } } }),
  ]),
  [
    'imports a key with quotation marks',
    of({ a: IT }),
    of({ a: IT, b: each('a"b') }, { import: [{ to: `${B}["a\\"b"]`, id: 'x' }] }),
  ],
  [
    'imports a key that only Terraform knows',
    of({ a: IT }),
    of({ a: IT, b: each('${var.k}') }, { variable: { k: { type: 'string' } }, import: [{ to: `${B}["x"]`, id: 'x' }] }),
  ],
  [
    'has an argument block about none for each of nothing',
    of({ a: { count: 1 }, b: IT }),
    of({ a: { count: 0 }, b: { dynamic: { x: { for_each: [], content: uses(`\${${A}[0].id}`) } } } }),
  ],
])('Terraform plans a program that %s', (_, before, after) => {
  expect(trapsOf(before, after)).toEqual([]);
});

test('what was refused before is no news', () => {
  const both = moved({ a: IT, b: IT }, [A, B]);
  expect(trapsOf(both, { ...both, output: { o: { value: 1 } } })).toEqual([]);
});

test('what was wrong before stays what it was when something else changes', () => {
  const program = (input: string) =>
    of({ a: { count: 1 }, b: { input, triggers_replace: `\${${A}.id}` }, c: { count: input === 'a' ? 1 : 2 } });
  expect(trapsOf(program('a'), program('b'))).toEqual([]);
});

test('what is written in two files refers to what is gone as well', () => {
  const side = (others: JsonObject): StackFiles => {
    const files = [of({ ...others, b: uses(`\${${A}.id}`) }), of({ b: { depends_on: ['terraform_data.c'] } })];
    return { ...stack({}), files };
  };
  const found = review([side({ a: {}, c: {} })], [side({})]).traps;
  expect(found.map(({ attribute }) => attribute)).toEqual(['depends_on', 'input']);
});

test.each<[what: string, before: JsonObject, after: JsonObject, said: string[]]>([
  [
    'what is gone',
    of({ a: {}, b: uses(`\${${A}.id}`) }),
    of({ b: uses(`\${${A}.id}`) }),
    [
      'terraform_data.b input',
      'it refers to terraform data a, which is no longer declared',
      'leave out what refers to it, or declare it again',
    ],
  ],
  [
    'a local that is gone, in another one',
    of({}, { locals: { x: 1, y: '${local.x}' } }),
    of({}, { locals: { y: '${local.x}' } }),
    [
      'local.y value',
      'it refers to local.x, which is no longer declared',
      'leave out what refers to it, or declare it again',
    ],
  ],
  [
    'one with a key',
    of({ a: { count: 1 } }, { output: { o: { value: `\${${A}[0].id}` } } }),
    of({ a: {} }, { output: { o: { value: `\${${A}[0].id}` } } }),
    ['output.o value', 'it refers to one of several terraform data a, and there is only one now', 'leave out the key'],
  ],
  ...(
    [
      [{ count: 2 }, '[0]'],
      [each('x'), '["..."]'],
    ] as const
  ).map(([several, key]): [string, JsonObject, JsonObject, string[]] => [
    `several without a key, ${key}`,
    of({ a: {}, b: uses(`\${${A}.id}`) }),
    of({ a: several, b: uses(`\${${A}.id}`) }),
    [
      'terraform_data.b input',
      'it refers to terraform data a (several) without a key, of which there are several now',
      `write terraform_data.a${key}`,
    ],
  ]),
  [
    'an instance that is gone, in a provider',
    of({ a: { count: 1 } }, { provider: { x: { host: `\${${A}[0].id}` } } }),
    of({ a: { count: 0 } }, { provider: { x: { host: `\${${A}[0].id}` } } }),
    [
      'provider.x host',
      'it refers to instance [0] of terraform data a (several), which is no longer there',
      'refer to another instance, or write one(terraform_data.a[*]...) for what may not be there',
    ],
  ],
])('a reference to %s says what is wrong, and what to do', (_, before, after, [place, text, remedy]) => {
  expect(trapsOf(before, after).map((trap) => [`${trap.address} ${trap.attribute}`, trap.text, trap.remedies])).toEqual(
    [[place, `${text}: Terraform rejects the plan`, [{ text: remedy }]]],
  );
});

test('what another file may declare is not called gone', () => {
  const before = { ...stack(of({ a: {}, b: uses(`\${${A}.id}`) })), unread: { 'other.tf': '1' } };
  const after = { ...stack(of({ b: uses(`\${${A}.id}`) })), unread: { 'other.tf': '2' } };
  expect(review([before], [after]).traps).toEqual([]);
});

test('what another file may declare can be imported', () => {
  const after = { ...stack(of({ a: IT }, { import: [{ to: B, id: 'x' }] })), unread: { 'other.tofu': '1' } };
  expect(review([stack(of({ a: IT }))], [after]).traps).toEqual([]);
});

test.each<[what: string, types: readonly [string, string], refused: boolean]>([
  ['a Deployment to its newer type', ['kubernetes_deployment', 'kubernetes_deployment_v1'], true],
  ['a cluster to another type', ['azurerm_kubernetes_cluster', 'azurerm_kubernetes_fleet_manager'], true],
  ['what another provider may take over', ['null_resource', 'terraform_data'], false],
])('the move of %s', (_, [old, now], refused) => {
  const resource = (type: string): Json => ({ [type]: { x: { name: 'x' } } });
  const after = { resource: resource(now), moved: [{ from: `${old}.x`, to: `${now}.x` }] } as JsonObject;
  expect(trapsOf({ resource: resource(old) }, after).length > 0).toBe(refused);
});

test('what leaves the state under a new address is not what is created', () => {
  const after = {
    ...of({ z: IT }),
    moved: [{ from: A, to: B }],
    removed: [{ from: B, lifecycle: kept }],
  };
  const { changes } = review([stack(of({ a: IT }))], [stack(after)]);
  expect(changes.map(({ action, address }) => [action, address])).toEqual([
    ['forget', A],
    ['create', 'terraform_data.z'],
  ]);
});

test('a guard that stays refuses to leave nothing', () => {
  const guarded = (count: number) => of({ a: { count, lifecycle: { prevent_destroy: true } } });
  const [change] = review([stack(guarded(1))], [stack(guarded(0))]).changes;
  expect(change?.notes).toContain('prevent_destroy is set: Terraform rejects this change');
});
