import { buildSync, type BuildOptions, transformSync } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/*
 * Bundles the JavaScript of the package into a few files, for `npm run build`. A program spent more time on loading hundreds of
 * small files than on the rest of its work, and a single large file is slow to load for a program that uses half of it.
 */

const ROOT = join(__dirname, '..');

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  logLevel: 'warning',
  outbase: ROOT,
  platform: 'node',
  target: 'node20',
} as const satisfies BuildOptions;

const LIBRARY = {
  ...OPTIONS,
  packages: 'external',
  external: ['./parse-yaml'],
} as const satisfies BuildOptions;

/** The name of `require` while esbuild splits files. */
const LATE = 'requireLate';

const INDEX = 'constructs/index.ts';

/** The files that a program loads at once, together with their imports. The others are loaded when one of them is used. */
const USUAL = [
  'constructs/core/one-copy.ts',
  'constructs/core/problems/problems.ts',
  'constructs/identity/service-principal.ts',
  'constructs/registry/acr-image-build.ts',
  'constructs/registry/acr-registry.ts',
  'constructs/cluster/aks-cluster.ts',
  'constructs/value-rules/value-rule.ts',
  'constructs/vote/vote-app.ts',
];

/** Bundles the modules for programs, without the packages that programs have installed. */
export function bundleLibrary(outdir: string): void {
  const constructs = join(outdir, 'constructs');
  mkdirSync(constructs, { recursive: true });
  bundleConstructs(constructs);
  buildSync({ ...LIBRARY, outdir, entryPoints: ['lib/engine/sources.ts'] });
  // includes a package that programs do not need to install
  buildSync({
    ...OPTIONS,
    outfile: join(constructs, 'parse-yaml.js'),
    entryPoints: ['constructs/manifests/parse-yaml.ts'],
  });
}

/** Writes `index.js`, which loads `usual.js` at once, and `others.js` when one of its exports is used. */
function bundleConstructs(outdir: string): void {
  const { outputFiles, metafile } = buildSync({
    ...LIBRARY,
    outdir,
    entryPoints: { others: INDEX },
    stdin: { contents: usualExports(), loader: 'ts', resolveDir: join(ROOT, 'constructs') },
    entryNames: '[name]',
    chunkNames: 'usual',
    // esbuild splits only this format, in which it would replace calls of `require` that run later
    format: 'esm',
    define: { require: LATE },
    splitting: true,
    metafile: true,
    write: false,
  });
  const exportsOf = (file: string): string[] =>
    Object.entries(metafile.outputs).find(([path]) => basename(path) === file)?.[1].exports ?? [];
  const usual = new Set(exportsOf('stdin.js'));
  const others = exportsOf('others.js').filter((name) => !usual.has(name));
  for (const { path, text } of outputFiles) {
    const file = basename(path);
    const isIndex = file === 'stdin.js';
    const { code } = transformSync(file === 'usual.js' ? exportingValues(text) : text, {
      format: 'cjs',
      define: { [LATE]: 'require' },
      platform: 'node',
      target: 'node20',
    });
    writeFileSync(
      join(outdir, isIndex ? 'index.js' : file),
      isIndex ? `${code}${exportsWhenAsked(others)}` : withClassNames(code),
    );
  }
}

/** A module that exports values: esbuild would create two functions for each of a thousand names on every load. */
function exportingValues(text: string): string {
  return text.replace(
    /^export \{([^}]*)\};$/m,
    (_, names: string) => `module.exports = {${names.replace(/(\w+) as (\w+)/g, '$2: $1')}};`,
  );
}

/** The statements of the index that export from the files that are loaded at once. */
function usualExports(): string {
  const { metafile } = buildSync({ ...LIBRARY, entryPoints: USUAL, outdir: ROOT, metafile: true, write: false });
  const statements = readFileSync(join(ROOT, INDEX), 'utf8').match(/^(import|export) [^;]*;/gm) ?? [];
  return statements.filter((one) => `constructs/${/'\.\/(.*)'/.exec(one)?.[1]}.ts` in metafile.inputs).join('\n');
}

/** The code that exports from `others.js`. Like the last line of esbuild's output, its last line tells Node.js the names. */
function exportsWhenAsked(names: readonly string[]): string {
  return `for (const name of ${JSON.stringify(names)}) {
  Object.defineProperty(module.exports, name, { enumerable: true, get: () => require("./others")[name] });
}
0 && (module.exports = { ${names.join(', ')} });
`;
}

/** A class that refers to itself in its body, where esbuild renames it to `_Name`. */
const ALIASED_CLASS = /^var (\w+) = class (_\1)\b/gm;

/**
 * Restores the names of classes, which messages show.
 *
 * The option `keepNames` of esbuild would set the names of thousands of functions on every load.
 */
function withClassNames(code: string): string {
  const aliases = new Map([...code.matchAll(ALIASED_CLASS)].map(([, name = '', alias = '']) => [alias, name]));
  return code.replace(/\b_\w+\b/g, (word) => aliases.get(word) ?? word);
}

/** Bundles the command, the review and the manifests, including the packages that they use. */
export function bundleReview(outdir: string): void {
  buildSync({
    ...OPTIONS,
    outdir,
    entryPoints: ['lib/review/index.ts', 'lib/review/cdktf-review.ts', 'lib/manifests/index.ts'],
    alias: { 'elkjs/lib/elk.bundled.js': './elk.js' },
    external: ['./elk.js'],
  });
  copyFileSync(join(ROOT, 'node_modules/elkjs/lib/elk.bundled.js'), join(outdir, 'lib/review/elk.js'));
}

if (require.main === module) {
  const dist = join(ROOT, 'dist');
  bundleLibrary(dist);
  bundleReview(dist);
}
