import { join } from 'node:path';
import ts from 'typescript';
import { compilerOptions, programOf } from './compiler';

const ROOT = join(__dirname, '..');

/** The entries of the package, as its users import them. */
const ENTRIES = {
  'cdktf-aks': [join(ROOT, 'constructs/index.ts')],
  'cdktf-aks/manifests': [join(ROOT, 'lib/manifests/index.ts')],
  'cdktf-aks/review': [join(ROOT, 'lib/review/index.ts')],
  'cdktf-aks/sources': [join(ROOT, 'lib/engine/sources.ts')],
};

/**
 * The errors of the compiler in files that are not there, or not like this.
 *
 * @param files The text of each file, by its path in the repository
 * @param changes Options of the compiler that differ from those of this repository
 */
export function compile(files: ReadonlyMap<string, string>, changes: ts.CompilerOptions = {}): string[] {
  const texts = new Map([...files].map(([path, text]) => [join(ROOT, path), text]));
  const program = programOf([...texts.keys()], texts, { ...compilerOptions(), paths: ENTRIES, ...changes });
  return [...texts.keys()]
    .flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
