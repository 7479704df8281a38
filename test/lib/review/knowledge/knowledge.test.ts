import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HandWritten } from '../../../../lib/review/knowledge/rule';
import { TABLES } from '../../../../lib/review/knowledge/tables';

const RESOURCES = TABLES.flatMap(({ provider, resources }) =>
  Object.entries(resources).map(([type, rules]): [string, string, HandWritten] => [type, provider, rules]),
);

const pathsOf = ({ always = [], sometimes = [], rotation }: HandWritten) => [
  ...always,
  ...sometimes.map(({ path }) => path),
  ...(rotation ? [...rotation.paths, rotation.needs] : []),
];

/** The declarations of a binding, in which each attribute is named as Terraform names it. */
function binding(type: string, provider: string): string {
  const name = type.slice(provider.length + 1).replace(/_/g, '-');
  const root = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), 'lib');
  // a name that JavaScript reserves has a suffix.
  const folder = [name, `${name}-resource`].map((child) => join(root, child)).find((path) => existsSync(path)) ?? root;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

/** Keys of maps, which no binding declares. */
const MAP_KEYS = ['storage', 'apiVersion', 'kind', 'metadata', 'namespace'];

/** What no binding is pinned of: the built-in resource, and a provider whose only resource has one argument. */
const WITHOUT_BINDINGS = ['terraform', 'null'];

describe.each(RESOURCES.filter(([, provider]) => !WITHOUT_BINDINGS.includes(provider)))(
  'what is known of %s',
  (type, provider, rules) => {
    test('is about attributes that the bindings have', () => {
      const declared = binding(type, provider);
      const names = pathsOf(rules)
        .flatMap((path) => path.split('.'))
        .filter((name) => !MAP_KEYS.includes(name));
      expect([...new Set(names)].filter((name) => !new RegExp(`#${name}\\b`).test(declared))).toEqual([]);
    });
  },
);

test('the tables are about the versions that the bindings pin', () => {
  const pinned = (provider: string) => {
    const root = dirname(require.resolve(`@cdktf/provider-${provider}/package.json`));
    return /providerVersion: '([^']+)'/.exec(readFileSync(join(root, 'lib', 'provider', 'index.js'), 'utf8'))?.[1];
  };
  const tables = TABLES.filter(({ provider }) => !WITHOUT_BINDINGS.includes(provider));
  expect(tables.map(({ provider, version }) => [provider, version])).toEqual(
    tables.map(({ provider }) => [provider, pinned(provider)]),
  );
});
