import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'CDKTF_AKS_TEST_RUN';

/** Makes a folder for what the test files of a run share, and removes it at the end. */
export function startRun(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-aks-run-'));
  process.env[VARIABLE] = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** A new folder that is gone after the run. */
export function runFolder(): string {
  return mkdtempSync(join(String(process.env[VARIABLE]), 'folder-'));
}

/**
 * A folder that is filled once in a run, by the first test file that needs it.
 *
 * Two test files that need it at the same moment fill one each, and go on with either.
 *
 * @param name Tells it from others of the run
 */
export function filledOnce(name: string, fill: (folder: string) => void): string {
  const pointer = join(String(process.env[VARIABLE]), name);
  if (!existsSync(pointer)) {
    const folder = runFolder();
    fill(folder);
    writeFileSync(`${folder}.txt`, folder);
    // appears as a whole, or not yet
    renameSync(`${folder}.txt`, pointer);
  }
  return readFileSync(pointer, 'utf8');
}
