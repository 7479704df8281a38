import { buildSync, type BuildOptions, transformSync } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/*
 * `npm run build` bundles the JavaScript of the package by this, into few files. To find and to load hundreds of small
 * files took a program longer than all that it did with them; and to read one large file takes a program long that uses
 * half of it.
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

/** What `require` is called while esbuild splits files. */
const LATE = 'requireLate';

const INDEX = 'constructs/index.ts';

/** What a program loads of the constructs at once, with all that it imports. It loads the others when it asks for one. */
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

/** Bundles what programs load: they have the packages that it imports. */
export function bundleLibrary(outdir: string): void {
  const constructs = join(outdir, 'constructs');
  mkdirSync(constructs, { recursive: true });
  bundleConstructs(constructs);
  buildSync({ ...LIBRARY, outdir, entryPoints: ['lib/engine/sources.ts'] });
  // has a package in it that programs do not need to have
  buildSync({
    ...OPTIONS,
    outfile: join(constructs, 'parse-yaml.js'),
    entryPoints: ['constructs/manifests/parse-yaml.ts'],
  });
}

/** Writes `index.js`, which loads `usual.js` at once and `others.js` when it is asked for what only that has. */
function bundleConstructs(outdir: string): void {
  const { outputFiles, metafile } = buildSync({
    ...LIBRARY,
    outdir,
    entryPoints: { others: INDEX },
    stdin: { contents: usualExports(), loader: 'ts', resolveDir: join(ROOT, 'constructs') },
    entryNames: '[name]',
    chunkNames: 'usual',
    // of the formats, esbuild splits only this one, and there it would replace what is required late
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

/** A module that exports values: for each of a thousand names, esbuild would make two functions whenever it is loaded. */
function exportingValues(text: string): string {
  return text.replace(
    /^export \{([^}]*)\};$/m,
    (_, names: string) => `module.exports = {${names.replace(/(\w+) as (\w+)/g, '$2: $1')}};`,
  );
}

/** The statements of the index that export from the usual files. */
function usualExports(): string {
  const { metafile } = buildSync({ ...LIBRARY, entryPoints: USUAL, outdir: ROOT, metafile: true, write: false });
  const statements = readFileSync(join(ROOT, INDEX), 'utf8').match(/^(import|export) [^;]*;/gm) ?? [];
  return statements.filter((one) => `constructs/${/'\.\/(.*)'/.exec(one)?.[1]}.ts` in metafile.inputs).join('\n');
}

/** What the index exports of `others.js`. Its last line, as that of esbuild for the usual ones, tells Node the names. */
function exportsWhenAsked(names: readonly string[]): string {
  return `for (const name of ${JSON.stringify(names)}) {
  Object.defineProperty(module.exports, name, { enumerable: true, get: () => require("./others")[name] });
}
0 && (module.exports = { ${names.join(', ')} });
`;
}

/** A class that names itself in its body: esbuild calls it `_Name` there. */
const ALIASED_CLASS = /^var (\w+) = class (_\1)\b/gm;

/**
 * Gives classes back their names, which messages show.
 *
 * `keepNames` of esbuild would, too, and sets the name of each of thousands of functions whenever the package is loaded.
 */
function withClassNames(code: string): string {
  const aliases = new Map([...code.matchAll(ALIASED_CLASS)].map(([, name = '', alias = '']) => [alias, name]));
  return code.replace(/\b_\w+\b/g, (word) => aliases.get(word) ?? word);
}

/** Bundles the command, the review and the manifests, with the packages that they use. */
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
