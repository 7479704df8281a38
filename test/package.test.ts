import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { temporaryFolder } from './util';

const ROOT = join(__dirname, '..');

/** Runs npx with an empty cache, and a registry that nobody answers for. */
function npx(args: readonly string[]): string {
  const registry = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
  const env = { ...process.env, ...registry, npm_config_cache: temporaryFolder(), npm_config_update_notifier: 'false' };
  const { status, stdout, stderr } = spawnSync('npx', args, {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

describe('cdktf-review', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

  test('is there in a clone, without a build and without the registry', () => {
    expect(npx(['--no-install', 'cdktf-review', '--version'])).toBe(`${version}\n`);
  });

  test('is linked into a clone by npm ci, for whom npx remembers that there was nothing to run', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: { [path: string]: object };
    };

    expect(packages['node_modules/cdktf-aks']).toEqual({ resolved: '', link: true });
  });

  test('is never looked for in the registry by a command of the pages', () => {
    const pages = [
      'README.md',
      '.github/workflows/review.yml',
      ...readdirSync(join(ROOT, 'docs'))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ];
    const commands = pages.flatMap(
      (path) => readFileSync(join(ROOT, path), 'utf8').match(/npx [^`\n]*cdktf-review/g) ?? [],
    );

    expect([...new Set(commands)].sort()).toEqual([
      'npx --no-install cdktf-review',
      'npx --yes -p cdktf-aks cdktf-review',
      'npx -p cdktf-aks cdktf-review',
    ]);
  });
});

interface LockFile {
  readonly packages: {
    readonly [path: string]: { readonly optionalDependencies?: { readonly [name: string]: string } };
  };
}

test('the package carries the command, the schema of what it writes, and the licences of what is in it', () => {
  const { files, bin, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    files: string[];
    bin: { 'cdktf-review': string };
    exports: { './review.schema.json': string };
  };
  const isPacked = (path: string) => files.some((file) => join(ROOT, path).startsWith(join(ROOT, file)));

  expect([bin['cdktf-review'], exports['./review.schema.json'], 'THIRD-PARTY-NOTICES'].filter(isPacked)).toHaveLength(
    3,
  );
  const named = files.map((file) => file.replace(/^!/, '')).filter((file) => !/^dist(\/|$)/.test(file));
  expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('the lock file names the packages of every platform, or npm ci refuses it', () => {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as LockFile;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );

  expect(missing).toEqual([]);
});

/** The packages that a file imports or requires, by their names. What parse-yaml.ts imports is bundled into it. */
function packagesIn(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export|\})(?:[^'\n]* from)? '((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'|\b(?:require|import)\('((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'\)/gm,
  );
  return [...found].map(([, imported, required = '']) => imported ?? required);
}

test.each([
  ['what the package runs with', ['constructs', 'lib/engine'], ['dependencies', 'peerDependencies']],
  [
    'what is bundled or runs here',
    ['lib', 'bin', 'bench', 'examples', 'tools', 'test'],
    ['dependencies', 'devDependencies'],
  ],
] as const)('%s is declared in package.json', (_, folders, fields) => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, object | undefined>;
  const declared = new Set(fields.flatMap((field) => Object.keys(manifest[field] ?? {})));
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs)$/.test(file) && !/(installed\.test|parse-yaml)\.ts$/.test(file))
      .map((file) => join(ROOT, folder, file)),
  );
  const used = new Set(files.flatMap((file) => packagesIn(readFileSync(file, 'utf8'))));

  expect(used.size).toBeGreaterThan(3);
  expect([...used].filter((name) => !declared.has(name) && !builtinModules.includes(name)).sort()).toEqual([]);
});
