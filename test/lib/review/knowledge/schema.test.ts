import { orderIn } from '../../../../lib/review/compare/order';
import { keepsItem } from '../../../../lib/review/knowledge/item-identities';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { renderJson, review, type Review } from '../../../../lib/review';
import { decode, schemaOf, type Schema } from '../../../../lib/review/knowledge/schema';
import { TABLES } from '../../../../lib/review/knowledge/tables';
import type { Json } from '../../../../lib/terraform-json/json';
import { encode, factsOf, type Facts } from '../../../../tools/knowledge-tree';
import DIGESTS from '../../../data/knowledge-digests.json';
import { program, type Resources } from '../fixtures';

/*
 * What the review knows of every type, against its source: the digests of the facts that were read in the source of the
 * providers, and the bindings, which were generated from the same versions.
 */

const PROVIDERS = ['azurerm', 'azuread', 'kubernetes'];
const TYPES = Object.keys(DIGESTS);

/** The type of each resource for which a provider has a binding. */
function bound(provider: string): string[] {
  const lib = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
  const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('data-') && name !== 'provider')
    .map((name) => {
      const code = readFileSync(join(lib, name, 'index.js'), 'utf8');
      return /tfResourceType = "(\w+)"/.exec(code)?.[1] ?? name;
    });
}

/** The facts of a schema as they were read in the source. */
function facts({ replaces, counted, computed, sensitive, defaults, hasConditions }: Schema): Required<Facts> {
  return factsOf({ forceNew: [...replaces, ...counted], computed, sensitive, defaults, customDiff: hasConditions });
}

const digest = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

test('no type of a provider is missing, except the one whose schema depends on the cluster', () => {
  const missing = PROVIDERS.flatMap(bound).filter((type) => schemaOf(type) === undefined);

  expect(TYPES.length).toBe(1262);
  expect(missing).toEqual(['kubernetes_manifest']);
});

test('no fact of a type is missing or other than in its source', () => {
  const differing = Object.entries(DIGESTS).filter(([type, expected]) => {
    const schema = schemaOf(type);
    return schema === undefined || digest(facts(schema)) !== expected;
  });

  expect(differing.map(([type]) => type)).toEqual([]);
});

test('a file of a provider says which version it is of, and where that is read', () => {
  const files = PROVIDERS.map(
    (name) =>
      JSON.parse(readFileSync(join(__dirname, `../../../../lib/review/knowledge/data/${name}.json`), 'utf8')) as {
        provider: string;
        version: string;
        source: string;
      },
  );

  for (const { provider, version, source } of files) {
    expect(TABLES.find((table) => table.provider === provider)?.version).toBe(version);
    expect(source).toBe(`https://github.com/hashicorp/terraform-provider-${provider}/tree/v${version}`);
  }
});

test('a type that no provider has is not known', () => {
  expect(
    ['azurerm_nothing', 'aws_instance', 'constructor', '', 'azurerm_', 'kubernetes_manifest'].map(schemaOf),
  ).toEqual(Array(6).fill(undefined));
});

describe('the tree of a type', () => {
  const name = fc.stringMatching(/^[a-z][a-z_0-9]{0,6}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('.'));
  const paths = fc.array(path, { maxLength: 8 });
  const given = fc.record({
    forceNew: paths,
    computed: paths,
    sensitive: paths,
    defaults: fc.dictionary(path, fc.string()),
    customDiff: fc.boolean(),
  });

  test('has all of its facts, whatever they are', () => {
    fc.assert(
      fc.property(given, paths, (read, blocks) => {
        const schema = decode(JSON.parse(JSON.stringify(encode(factsOf(read), blocks))));

        expect(facts(schema)).toEqual(factsOf(read));
        expect(schema.counted).toEqual(schema.counted.filter((counted) => blocks.includes(counted)));
        expect(schema.replaces.filter((replaces) => blocks.includes(replaces))).toEqual([]);
      }),
    );
  });
});

/** An object that is being filled. */
interface Draft {
  [name: string]: Json;
}

/** Sets a value at a path of an object. */
function put(target: Draft, path: string, value: Json): void {
  const steps = path.split('.');
  const last = steps.pop()!;
  const owner = steps.reduce((inner, step) => (inner[step] ??= {}) as Draft, target);
  owner[last] = value;
}

/** An attribute of a type. */
interface Attribute {
  readonly type: string;
  readonly path: string;
  readonly schema: Schema;
}

/** A resource of each type with all of its attributes; another one of the type for those that are inside of others. */
function packed(attributes: readonly Attribute[]): Map<string, Attribute[]> {
  const resources = new Map<string, Attribute[]>();
  for (const attribute of attributes) {
    const isFree = (address: string) =>
      (resources.get(address) ?? []).every(
        ({ path }) => !isInside(path, attribute.path) && !isInside(attribute.path, path),
      );
    let number = 0;
    while (!isFree(`${attribute.type}.r${number}`)) {
      number += 1;
    }
    const address = `${attribute.type}.r${number}`;
    resources.set(address, [...(resources.get(address) ?? []), attribute]);
  }
  return resources;
}

const isInside = (path: string, other: string) => path === other || path.startsWith(`${other}.`);

/** One side of a change, in which each attribute has a value. */
function side(
  resources: ReadonlyMap<string, readonly Attribute[]>,
  valueOf: (attribute: Attribute, address: string) => Json,
): Resources {
  const given: { [type: string]: { [name: string]: Draft } } = {};
  for (const [address, attributes] of resources) {
    const [type = '', name = ''] = address.split('.');
    const resource: Draft = {};
    attributes.forEach((attribute) => put(resource, attribute.path, valueOf(attribute, address)));
    (given[type] ??= {})[name] = resource;
  }
  return given;
}

/** The attributes of a kind whose change did not have the effect, when each had one value and got another one. */
function without(
  effect: 'replace' | undefined,
  attributes: readonly Attribute[],
  values: (attribute: Attribute) => [Json, Json],
): string[] {
  const resources = packed(attributes);
  const programOf = (index: 0 | 1) => program(side(resources, (attribute) => values(attribute)[index]));
  const { changes } = review(programOf(0), programOf(1));
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const effectOf = (path: string, change: Review['changes'][number] | undefined) => {
    const own = change?.attributes.filter((changed) => isInside(changed.path.replace(/\[[^\]]*\]/g, ''), path)) ?? [];
    const isReplaced = change?.action === 'replace' && own.some(({ effect: kind }) => kind?.kind === 'replaces');
    return isReplaced ? 'replace' : own.length > 0 ? 'update' : undefined;
  };
  return [...resources].flatMap(([address, group]) =>
    group
      .filter(({ path }) => effectOf(path, byAddress.get(address)) !== effect)
      .map(({ type, path }) => `${type}.${path}`),
  );
}

/** The attributes of a kind, of every type; those with conditions that were written by hand have other tests. */
const all = (kind: (schema: Schema) => readonly string[]): Attribute[] =>
  TYPES.flatMap((type) => {
    const schema = schemaOf(type)!;
    const conditions = TABLES.flatMap(({ resources }) => resources[type]?.sometimes ?? []).map(({ path }) => path);
    return kind(schema)
      .filter((path) => !conditions.includes(path))
      .map((path) => ({ type, path, schema }));
  });

/** The block that an attribute is in, and its name. */
function lastStep(path: string): [block: string, name: string] {
  const dot = path.lastIndexOf('.');
  return [path.slice(0, Math.max(0, dot)), path.slice(dot + 1)];
}

describe('for every type', () => {
  test('a change of what forces replacement replaces', () => {
    expect(
      without(
        'replace',
        all(({ replaces }) => replaces).filter(({ type, path }) => !keepsItem(type, ...lastStep(path))),
        () => ['a', 'b'],
      ),
    ).toEqual([]);
  });

  test('another number of what counts replaces', () => {
    const counted = all((schema) => schema.counted);

    expect(without('replace', counted, () => [[{ a: '1' }], [{ a: '1' }, { a: '2' }]])).toEqual([]);
  });

  test('what is in a block whose number counts does not count with it', () => {
    const replaced = (path: string, { replaces }: Schema) =>
      replaces.some((other) => `${path}.`.startsWith(`${other}.`));
    // an item of a set is another one once anything in it changes: that has tests of its own.
    const isOfSet = ({ type, path, schema }: Attribute) =>
      orderIn(type)(path) === false && schema.replaces.some((other) => other.startsWith(`${path}.`));
    const counted = all((schema) => schema.counted.filter((path) => !replaced(path, schema))).filter(
      (attribute) => !isOfSet(attribute),
    );
    const kept = without('replace', counted, () => [[{ zz: '1' }], [{ zz: '2' }]]);

    expect(kept).toHaveLength(counted.length);
  });

  test('what the service fills in may be left out', () => {
    expect(
      without(
        undefined,
        all(({ computed }) => computed),
        () => ['a', null],
      ),
      // its data plane has a default, which goes with the block, and the plan replaces the cluster
    ).toEqual(['azurerm_kubernetes_cluster.network_profile']);
  });

  test('one of several that the service fills in cannot be left out, and neither can all be taken away', () => {
    const computed = all((schema) => schema.computed);
    const several: Json = [{ name: 'a' }, { name: 'b' }];
    const emptied = [...without(undefined, computed, () => [several, [{ name: 'a' }]])];

    expect(emptied).toHaveLength(computed.length);
    expect(without(undefined, computed, () => [several, []])).toHaveLength(computed.length);
  });

  test('a default may be written, and may be left out', () => {
    const defaults = all((schema) => Object.keys(schema.defaults));
    const standard = ({ schema, path }: Attribute) => schema.defaults[path] ?? '';

    expect(without(undefined, defaults, (attribute) => [null, standard(attribute)])).toEqual([]);
    expect(without(undefined, defaults, (attribute) => [standard(attribute), null])).toEqual([]);
    expect(without(undefined, defaults, (attribute) => [null, `${standard(attribute)}x`])).toHaveLength(
      defaults.length,
    );
  });

  test('what is sensitive is masked, wherever it is', () => {
    const sensitive = all((schema) => schema.sensitive);
    const resources = new Map(
      sensitive.map((one) => [`${one.type}.${one.path.replaceAll('.', '-')}`, [one, { ...one, path: 'tags.secret' }]]),
    );
    const secret = (address: string, name: string) => `S3cr3t-${name}-${address}`;
    const sideOf = (name: string) => program(side(resources, (_, address) => secret(address, name)));
    const text = renderJson(review(sideOf('old'), sideOf('new')));

    expect(sensitive.length).toBeGreaterThan(500);
    expect(
      ['old', 'new'].flatMap((name) => [...resources.keys()].filter((one) => text.includes(secret(one, name)))),
    ).toEqual([]);
  });
});

test('no condition is about what always replaces', () => {
  const doubled = TABLES.flatMap(({ resources }) =>
    Object.entries(resources).flatMap(([type, { sometimes = [] }]) => {
      const { replaces = [] } = schemaOf(type) ?? {};
      return sometimes.filter(({ path }) => replaces.includes(path)).map(({ path }) => `${type}.${path}`);
    }),
  );

  expect(doubled).toEqual([]);
});
