import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { encode, factsOf, type Facts, type Tree } from './knowledge-tree';

/*
 * Writes the data about all resource types for the review: one file for each provider in lib/review/knowledge/data, and the
 * digests with which a test finds missing data.
 *
 *     npm run knowledge -- FACTS SCHEMA [--check]
 *
 * FACTS is a JSON file with the facts from the source of each provider, { "azurerm 4.55.0": { TYPE: { "forceNew":
 * [PATH], "computed": [PATH], "sensitive": [PATH], "defaults": { PATH: VALUE }, "customDiff": true } } }. SCHEMA is what
 * `terraform providers schema -json` prints for the same providers; it says which paths are blocks.
 *
 * With --check it writes nothing, lists the types whose facts are missing or differ, and fails if there are any.
 */

const ROOT = resolve(__dirname, '..');
const DATA = join(ROOT, 'lib/review/knowledge/data');
const DIGESTS = join(ROOT, 'test/data/knowledge-digests.json');

/** The data of one provider. */
interface ProviderFile {
  readonly provider: string;
  readonly version: string;
  /** The source of the facts. */
  readonly source: string;
  /** By type: its tree, or the name of a type with the same tree. */
  readonly types: { readonly [type: string]: Tree | string };
}

interface Block {
  readonly attributes?: { readonly [name: string]: object };
  readonly block_types?: { readonly [name: string]: { readonly block: Block } };
}

interface Schemas {
  readonly provider_schemas: {
    readonly [source: string]: { readonly resource_schemas: { readonly [type: string]: { readonly block: Block } } };
  };
}

/** The paths of a type that are blocks. */
function blocksIn({ block_types: blocks = {} }: Block, prefix = ''): string[] {
  return Object.entries(blocks).flatMap(([name, { block }]) => [
    prefix + name,
    ...blocksIn(block, `${prefix}${name}.`),
  ]);
}

function fileOf(name: string, facts: { readonly [type: string]: Facts }, schemas: Schemas): ProviderFile {
  const [provider = '', version = ''] = name.split(' ');
  const declared = schemas.provider_schemas[`registry.terraform.io/hashicorp/${provider}`]?.resource_schemas ?? {};
  const first = new Map<string, string>();
  const types = Object.keys(facts).sort();
  const trees = types.map((type): [string, Tree | string] => {
    const block = declared[type]?.block;
    if (block === undefined) {
      throw new Error(`${type} is not in the schema of ${name}`);
    }
    const tree = encode(factsOf(facts[type] ?? {}), blocksIn(block));
    const text = JSON.stringify(tree);
    const same = first.get(text);
    first.set(text, same ?? type);
    return [type, same === undefined || text.length < 100 ? tree : same];
  });
  const source = `https://github.com/hashicorp/terraform-provider-${provider}/tree/v${version}`;
  return { provider, version, source, types: Object.fromEntries(trees) };
}

/** The JSON with one line for each type, so that the change of a type is one line of a diff. */
function printed({ types, ...provenance }: ProviderFile): string {
  const lines = Object.entries(types).map(([type, tree]) => `    ${JSON.stringify(type)}: ${JSON.stringify(tree)}`);
  const head = Object.entries(provenance).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`);
  return `{\n${head.join('\n')}\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function digestOf(facts: Facts): string {
  return createHash('sha256')
    .update(JSON.stringify(factsOf(facts)))
    .digest('hex')
    .slice(0, 12);
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** The types whose facts are not in the committed data. */
function missingFrom(made: ProviderFile): string[] {
  const committed = read<ProviderFile>(join(DATA, `${made.provider}.json`));
  const isSame = (type: string) => JSON.stringify(committed.types[type]) === JSON.stringify(made.types[type]);
  const missing = Object.keys(made.types).filter((type) => !isSame(type));
  return committed.version === made.version ? missing : [`${made.provider} ${made.version}`, ...missing];
}

function main(paths: readonly string[], isCheck: boolean): void {
  const [facts = '', schema = ''] = paths;
  const all = read<{ readonly [name: string]: { readonly [type: string]: Facts } }>(facts);
  const files = Object.entries(all).map(([name, types]) => fileOf(name, types, read<Schemas>(schema)));
  if (isCheck) {
    const missing = files.flatMap(missingFrom);
    missing.forEach((type) => console.error(`${type}: its facts are missing or differ`));
    process.exitCode = missing.length > 0 ? 1 : 0;
    return;
  }
  files.forEach((file) => writeFileSync(join(DATA, `${file.provider}.json`), printed(file)));
  const digests = Object.values(all)
    .flatMap(Object.entries<Facts>)
    .map(([type, one]) => [type, digestOf(one)]);
  writeFileSync(DIGESTS, `${JSON.stringify(Object.fromEntries(digests), undefined, 2)}\n`);
}

const args = process.argv.slice(2);
main(
  args.filter((arg) => !arg.startsWith('--')),
  args.includes('--check'),
);
