import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { BareVoteStack } from '../bench/bare-vote-stack';
import { reviewFailures } from '../bench/review';
import { readSettings } from '../lib/vote/settings';
import { VoteStack } from '../lib/vote/vote-stack';
import { bundled } from './bundled';
import { temporaryFolder } from './util';

/** A resource or a data source of synthesized Terraform JSON. */
interface Block {
  readonly name?: string;
  readonly display_name?: string;
  readonly metadata?: { readonly name: string };
}

interface BlocksByType {
  [type: string]: { [address: string]: Block };
}

interface StackJson {
  readonly provider: { readonly [name: string]: object };
  readonly resource: BlocksByType;
  readonly data: BlocksByType;
}

const { settings } = readSettings(join(__dirname, '..'), {});

/** What `app.synth()` writes: unlike `Testing.synth`, with the backend. */
function synth(addStack: (app: App) => void): StackJson {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-aks-test-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    addStack(app);
    app.synth();
    return withoutProgram(readFileSync(join(outdir, 'stacks', 'vote', 'cdk.tf.json'), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function synthOurs(changes: object = {}): StackJson {
  return synth((app) => new VoteStack(app, 'vote', { ...settings, ...changes }));
}

/**
 * The JSON without what may differ between two programs for one system: metadata and addresses.
 *
 * The path of the backend may, too, but comes from the stack's id and the working directory, which are the same here.
 */
function withoutProgram(text: string): StackJson {
  const plain = JSON.parse(text, (key, value) => (key === '//' ? undefined : value)) as StackJson;
  const renamed = JSON.parse(renameReferences(JSON.stringify(plain), [plain.resource, plain.data])) as StackJson;
  return { ...renamed, resource: renameBlocks(renamed.resource), data: renameBlocks(renamed.data) };
}

/** Every "type.address" in the text becomes "type.name". */
function renameReferences(text: string, groups: readonly BlocksByType[]): string {
  const names = new Map<string, string>(
    groups.flatMap((types) =>
      Object.entries(types).flatMap(([type, blocks]) =>
        Object.entries(blocks).map(([address, block]) => [`${type}.${address}`, `${type}.${nameOf(block)}`] as const),
      ),
    ),
  );
  const types = groups.flatMap(Object.keys).join('|');
  return text.replace(new RegExp(`\\b(${types})\\.[\\w-]+`, 'g'), (reference) => names.get(reference) ?? reference);
}

function renameBlocks(types: BlocksByType): BlocksByType {
  return Object.fromEntries(
    Object.entries(types).map(([type, blocks]) => {
      const byName = Object.fromEntries(Object.values(blocks).map((block) => [nameOf(block), block]));
      // with two of one name, one of them would not be compared
      if (Object.keys(byName).length < Object.keys(blocks).length) {
        throw new Error(`cannot tell these ${type} apart by their names: ${Object.keys(blocks).join(', ')}`);
      }
      return [type, byName];
    }),
  );
}

/** What a block is called in Azure or Kubernetes. What has no name there is the only one of its type. */
function nameOf(block: Block): string {
  return block.name ?? block.display_name ?? block.metadata?.name ?? 'unnamed';
}

test('the hand-written program of the benchmark synthesizes what the library does', () => {
  expect(synth((app) => new BareVoteStack(app, 'vote'))).toEqual(synthOurs());
});

test.each([
  ['an attribute', { nodeCount: 3 }],
  ['a name', { registryName: 'another' }],
  ['resources and what waits for them', { frontImage: 'pushed' }],
  ['the kind of backend', { stateIn: 'group/account/container' }],
])('the comparison of the two programs sees a difference in %s', (_, changes) => {
  expect(synthOurs(changes)).not.toEqual(synthOurs());
});

test('the comparison of the two programs sees a reference to another resource', () => {
  const block = (address: string) => ({ x: { [address]: { name: 'one' }, other: { name: 'two' } } });
  const using = (address: string, used: string) =>
    withoutProgram(JSON.stringify({ resource: block(address), data: {}, output: `\${x.${used}.id}` }));

  expect(using('a', 'a')).toEqual(using('b-1', 'b-1'));
  expect(using('a', 'a')).not.toEqual(using('a', 'other'));
});

/** The bindings that one run of the benchmark's program loads, such as "azurerm/lib/resource-group". */
function bindingsLoaded(): string[] {
  const folder = temporaryFolder();
  const probe = join(folder, 'probe.js');
  const loaded = join(folder, 'loaded.json');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify(Object.keys(require.cache)))`;
  writeFileSync(probe, `process.on('exit', () => ${write});`);
  const program = bundled('bench/program-ours.ts');
  const { status, stderr } = spawnSync(process.execPath, ['-r', probe, program, '1', folder], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const files = JSON.parse(readFileSync(loaded, 'utf8')) as string[];
  return files.flatMap((file) => file.match(/provider-([a-z]+[\\/]lib[\\/][\w-]+)[\\/]index\.js$/)?.[1] ?? []);
}

/** The binding of a type, such as "azuread/lib/data-azuread-client-config" of a data source. */
function bindingOf(type: string, kind: 'resource' | 'data'): string {
  const [provider = '', ...words] = type.split('_');
  return [provider, 'lib', [...(kind === 'data' ? ['data', provider] : []), ...words].join('-')].join('/');
}

test('a program of one copy loads the bindings of what it creates, and no others', () => {
  const { resource, data, provider } = synthOurs();
  const created = [
    ...Object.keys(resource).map((type) => bindingOf(type, 'resource')),
    ...Object.keys(data).map((type) => bindingOf(type, 'data')),
    ...Object.keys(provider).map((name) => `${name}/lib/provider`),
  ];

  expect([...new Set(bindingsLoaded().map((path) => path.replaceAll('\\', '/')))].sort()).toEqual(created.sort());
}, 60_000);

describe('the limits of the review are ratios', () => {
  test('which a machine of any speed keeps', () => {
    expect(reviewFailures({ seconds: 25, megabytes: 5 }, 13)).toEqual([]);
  });

  test.each([
    ['time', { seconds: 26, megabytes: 5 }, 13, '26.0 times as long as to parse its input'],
    ['memory', { seconds: 25, megabytes: 5.1 }, 13, '5.1 times the memory of parsing its input'],
    ['growth', { seconds: 25, megabytes: 5 }, 14, 'not linear'],
  ])('of %s, and one that is exceeded is named', (_, ratio, growth, text) => {
    expect(reviewFailures(ratio, growth)).toEqual([expect.stringContaining(text)]);
  });
});
