import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsOf } from './binding-arguments';
import { AZURE_ARGUMENTS, type Arguments } from './data/azure-arguments';
import { createEstate } from './data/azure-estate';
import schema from './data/azure-schema.json';
import { type Block, synth, testStack } from './util';

const stack = testStack();
createEstate(stack);
const made = synth(stack).resource ?? {};

/** What the provider fills in, and what it has a default for, by the type of the resource: read from its source. */
const known: { readonly [type: string]: { readonly computed: string[]; readonly defaults: string[] } } =
  schema.resources;

describe.each(bindings().map(argumentsOf))('$type', ({ type, arguments: all }) => {
  const resources = Object.values(made[type] ?? {});
  const decisions: Arguments = AZURE_ARGUMENTS[type] ?? {};
  const { always = [], asked = [], never = [], ignored = [] } = decisions;
  const { computed = [], defaults = [] } = known[type] ?? {};

  test('is made, and its schema is known', () => {
    expect(resources.length).toBeGreaterThan(0);
    expect(Object.keys(known)).toContain(type);
    expect(Object.keys(AZURE_ARGUMENTS)).toContain(type);
  });

  test('has a decision about each argument that nobody else has a value for, and about no other', () => {
    const open = all
      .filter(({ path, isRequired }) => !isRequired && ![...computed, ...defaults].includes(path))
      .filter(({ path }) => isReached(path))
      .map(({ path }) => path);
    const decided = [...always, ...asked, ...never, ...ignored.filter((path) => !defaults.includes(path))];

    expect([...decided].sort()).toEqual([...open].sort());
  });

  test('says what it says always, where it is asked for, or never', () => {
    expect(always.filter((path) => share(path) !== 'all')).toEqual([]);
    expect(asked.filter((path) => share(path) === 'none')).toEqual([]);
    expect(never.filter((path) => share(path) !== 'none')).toEqual([]);
  });

  test('ignores what Azure fills in wherever it does not say it', () => {
    const changes = resources.flatMap((resource) => ignoredIn(resource));

    expect(ignored.filter((path) => !changes.includes(path))).toEqual([]);
  });

  /** Whether the block that the argument is in is ever said. */
  function isReached(path: string): boolean {
    const block = path.split('.').slice(0, -1);
    return resources.some((resource) => valueAt(resource, block) !== undefined);
  }

  /** In how many of those that have its block an argument is said. */
  function share(path: string): string {
    const parts = path.split('.');
    const blocks = resources.map((one) => valueAt(one, parts.slice(0, -1))).filter((block) => block !== undefined);
    const said = blocks.filter((block) => valueAt(block, parts.slice(-1)) !== undefined);
    return said.length === 0 ? 'none' : said.length === blocks.length ? 'all' : 'some';
  }
});

test('the schema is that of the providers that the bindings are for', () => {
  const versions = bindings().map((binding) => argumentsOf(binding).version);

  expect([...new Set(versions)].sort()).toEqual(Object.values(schema.versions).sort());
});

test('no decision is about a type that is not made', () => {
  expect(Object.keys(AZURE_ARGUMENTS).filter((type) => made[type] === undefined)).toEqual([]);
});

test('Spot nodes and GPU nodes are left as Azure has them, and no others', () => {
  const pools = Object.values(made['azurerm_kubernetes_cluster_node_pool'] ?? {});
  const changes = Object.fromEntries(pools.map((pool) => [pool['name'], ignoredIn(pool)]));

  expect(changes).toEqual({
    gpu: ['gpu_driver'],
    parted: ['gpu_driver'],
    spot: ['node_count', 'upgrade_settings'],
    more: [],
  });
});

/** The bindings of everything in Azure and Entra ID that the library makes. */
function bindings(): string[] {
  const root = join(__dirname, '../constructs');
  const code = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'));
  const found = code.flatMap((text) => [
    ...text.matchAll(/@cdktf\/provider-azure\w+\/lib\/(?!data-|provider')[\w-]+/g),
  ]);
  return [...new Set(found.map(([binding]) => binding))].sort();
}

function ignoredIn(resource: Block): string[] {
  const { ignore_changes: changes = [] } = (resource['lifecycle'] ?? {}) as { readonly ignore_changes?: string[] };
  return changes.map((path) => path.replace(/\[0\]/g, ''));
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  const block: unknown = Array.isArray(value) ? value[0] : value;
  if (name === undefined || block === undefined) {
    return block;
  }
  return valueAt((block as Block)[name], rest);
}
