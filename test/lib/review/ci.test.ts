import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMAND } from './bundle';
import { folder, program, written } from './fixtures';

const ROOT = join(__dirname, '../../..');

/** A block of docs/ci.md by its name. */
function block(name: string): string {
  const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
  const [, text = ''] = new RegExp(`<!-- ${name} -->\\s*\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(page) ?? [];
  return text;
}

interface Step {
  readonly script?: string;
}

/** A repository with a change, whose program copies what was synthesized before; npm and npx are stand-ins. */
function repository(): { readonly tree: string; readonly path: string } {
  const [tree, bin] = [folder(), folder()];
  const commands = {
    npm: '[ "$1" = ci ] || { mkdir -p "$CDKTF_OUTDIR" && cp -r synthesized/. "$CDKTF_OUTDIR"; }',
    npx: `[ "$1 $2" = "--no-install cdktf-review" ] && shift 2 && exec "${process.execPath}" "${COMMAND}" "$@"`,
  };
  Object.entries(commands).forEach(([name, body]) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], {
      cwd: tree,
      stdio: 'pipe',
    });
  git('init', '-q');
  for (const name of ['before', 'after']) {
    const side = written(program({ azurerm_public_ip: { front: { name } } }));
    mkdirSync(join(tree, 'synthesized'), { recursive: true });
    cpSync(side, join(tree, 'synthesized'), { recursive: true, force: true });
    git('add', '-A');
    git('commit', '-q', '-m', name);
  }
  return { tree, path: `${bin}:${process.env['PATH']}` };
}

function run(script: string, tree: string, env: Record<string, string>) {
  return spawnSync('bash', ['-e', '-c', script], { cwd: tree, env: { HOME: tree, ...env }, encoding: 'utf8' });
}

const HEADLINE = 'public address before is replaced: address lost';

test('the steps for Azure Pipelines review a change, stop at the gate and show the summary', () => {
  const { tree, path } = repository();
  const { steps } = parse(block('azure')) as { steps: readonly Step[] };
  const env = { PATH: path, BUILD_BINARIESDIRECTORY: folder(), BUILD_ARTIFACTSTAGINGDIRECTORY: folder() };
  const results = steps.flatMap(({ script }) => (script === undefined ? [] : [run(script, tree, env)]));
  expect(results.map(({ status }) => status)).toEqual([0, 3, 0]);
  expect(readFileSync(join(env.BUILD_ARTIFACTSTAGINGDIRECTORY, 'review/summary.txt'), 'utf8')).toContain(HEADLINE);
  expect(results[2]?.stdout).toBe(`##vso[task.uploadsummary]${env.BUILD_ARTIFACTSTAGINGDIRECTORY}/review/review.md\n`);
}, 120_000);

test('the job for GitLab reviews a change, stops at the gate and keeps the files', () => {
  const { tree, path } = repository();
  const { review } = parse(block('gitlab')) as {
    review: { script: readonly string[]; artifacts: { paths: string[] } };
  };
  const base = execFileSync('git', ['rev-parse', 'HEAD^'], { cwd: tree, encoding: 'utf8' }).trim();
  const env = { PATH: path, CI_PROJECT_DIR: tree, CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  const results = review.script.map((line) => run(line, tree, env));
  expect(results.map(({ status }) => status)).toEqual([0, 0, 0, 3]);
  const [kept = ''] = review.artifacts.paths;
  expect(readFileSync(join(tree, kept, 'review.md'), 'utf8')).toContain('address lost');
}, 120_000);

test('any other CI gets one line and an exit code', () => {
  const { tree, path } = repository();
  const sides = ['before', 'after'].map((name) => program({ azurerm_public_ip: { front: { name } } }));
  written(sides[0] ?? [], join(tree, 'before'));
  written(sides[1] ?? [], join(tree, 'after'));
  const { status, stdout } = run(block('other'), tree, { PATH: path });
  expect([status, stdout]).toEqual([0, `DANGER: ${HEADLINE} (1 replaced)\n`]);
}, 60_000);
