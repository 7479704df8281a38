import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from './command';
import { THIS_PROCESS } from './this-process';

/** The branch that the change will be merged into. */
const BASE = process.env['REVIEW_BASE'] ?? 'main';

/**
 * Reviews the working tree against the last commit of the main branch: `npm run review -- [options of cdktf-review]`.
 *
 * The base is synthesized in a temporary worktree, with the packages of this working tree.
 */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-review-'));
  const worktree = join(folder, 'tree');
  try {
    execFileSync('git', ['worktree', 'add', '--detach', '--force', worktree, BASE], { stdio: 'pipe' });
    if (existsSync('node_modules')) {
      symlinkSync(resolve('node_modules'), join(worktree, 'node_modules'), 'junction');
    }
    const [base, head] = [synthesize(worktree, join(folder, 'base')), synthesize(process.cwd(), join(folder, 'head'))];
    return await run(['--base', base, '--head', head, ...process.argv.slice(2)], THIS_PROCESS);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    process.stderr.write(`${said || (error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  } finally {
    rmSync(join(worktree, 'node_modules'), { force: true });
    rmSync(folder, { recursive: true, force: true });
    execFileSync('git', ['worktree', 'prune'], { stdio: 'pipe' });
  }
}

/** Runs the program of a worktree, and returns its output folder. */
function synthesize(tree: string, target: string): string {
  mkdirSync(target, { recursive: true });
  execFileSync('npm', ['start', '--silent'], {
    cwd: tree,
    env: { ...process.env, CDKTF_OUTDIR: target },
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  return target;
}

void main().then((code) => {
  process.exitCode = code;
});
