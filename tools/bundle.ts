import { buildSync, type BuildOptions } from 'esbuild';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * `npm run build` bundles the JavaScript of the package by this, into a file for each of its entries. To find and to
 * load hundreds of small files took a program longer than all that it did with them.
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

/** A class that names itself in its body: esbuild calls it `_Name` there. */
const ALIASED_CLASS = /^var (\w+) = class (_\1)\b/gm;

/** Bundles what programs load: they have the packages that it imports. */
export function bundleLibrary(outdir: string): void {
  buildSync({
    ...OPTIONS,
    outdir,
    entryPoints: ['constructs/index.ts', 'lib/engine/sources.ts'],
    packages: 'external',
    external: ['./parse-yaml'],
  });
  const index = join(outdir, 'constructs/index.js');
  writeFileSync(index, withClassNames(readFileSync(index, 'utf8')));
  // has a package in it that programs do not need to have
  buildSync({
    ...OPTIONS,
    outfile: join(outdir, 'constructs/parse-yaml.js'),
    entryPoints: ['constructs/manifests/parse-yaml.ts'],
  });
}

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
