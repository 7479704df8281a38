import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The file from which the review reads which attributes are sets. */
const FILE = join(__dirname, '../lib/review/compare/sets.json');

const PROVIDERS = ['azurerm', 'azuread', 'kubernetes', 'time'];

/** An attribute of a block in the bindings. */
interface Attribute {
  readonly name: string;
  readonly isSet: boolean;
  /** The function that writes the block. */
  readonly block?: string;
}

/**
 * Writes which attributes of each resource type are sets, whose order does not matter; all other lists are ordered. The
 * bindings contain this information, since they are generated from the schemas of the providers.
 */
function main(): void {
  const types = Object.assign({}, ...PROVIDERS.map(setsOf)) as Record<string, string>;
  const sorted = Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** The dotted paths of the sets of every resource type of a provider, separated by spaces. */
export function setsOf(provider: string): Record<string, string> {
  const folder = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
  const found: Record<string, string> = {};
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of names) {
    const code = codeOf(join(folder, name));
    const type = /\.tfResourceType = "(\w+)"/.exec(code)?.[1];
    if (type !== undefined && !name.startsWith('data-')) {
      found[type] = paths(blockOf(code, 'synthesizeHclAttributes() {'), code, '').sort().join(' ');
    }
  }
  return found;
}

/** The code of the bindings of one type; if it has many blocks, they are in separate files. */
function codeOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

function paths(attributes: readonly Attribute[], code: string, prefix: string): string[] {
  return attributes.flatMap(({ name, isSet, block }) => [
    ...(isSet ? [prefix + name] : []),
    ...(block === undefined ? [] : paths(blockOf(code, `function ${block}(struct) {`), code, `${prefix}${name}.`)),
  ]);
}

const ATTRIBUTE = /^ +(\w+): \{\n +value: (.*),\n +isBlock: \w+,\n +type: "(\w+)"/gm;

/** The attributes in a function that writes a block. */
function blockOf(code: string, head: string): Attribute[] {
  const start = code.indexOf(head);
  const text = start < 0 ? '' : code.slice(start, code.indexOf('// remove undefined', start));
  return [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '', type]) => {
    const block = /\w+ToHclTerraform/.exec(value.replace(/cdktf\.\w+/g, ''))?.[0];
    return { name, isSet: type === 'set', ...(block === undefined ? {} : { block }) };
  });
}

if (require.main === module) {
  main();
}
