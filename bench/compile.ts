import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleLibrary } from '../tools/bundle';
import { runProcess } from './measure';

/** The folder of the package. */
export const ROOT = join(__dirname, '..');

/**
 * Compiles the package to JavaScript in a temporary folder, which is removed when `use` is done.
 *
 * Programs are compiled by tsc and not bundled, like those of a consumer; the library is bundled as in the package, since that
 * is what a consumer loads.
 *
 * @param use Is called with the folder, in which programs find the same files as in the package
 */
export function withCompiled<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-aks-bench-'));
  try {
    const options = ['--noEmit', 'false', '--incremental', 'false', '--tsBuildInfoFile', 'null', '--noCheck'];
    const paths = ['--project', ROOT, '--rootDir', ROOT, '--outDir', folder];
    runProcess(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, ...paths]);
    bundleLibrary(folder);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    copyFileSync(join(ROOT, 'cdktf.json'), join(folder, 'cdktf.json'));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
