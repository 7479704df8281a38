import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { depict, renderMarkdown, renderMermaid, renderSvg, review } from '../../../lib/review';
import { run } from '../../../lib/review/command';
import { bundled } from '../../bundled';
import { COMMAND, inputsOf } from './bundle';
import { folder, program, stack, written } from './fixtures';
import { BASE, FOLDERS, HEAD } from './vote';

/** Runs the command in this process. */
async function command(args: readonly string[], env: Record<string, string> = {}, isColoured = false) {
  const said = { code: 0, out: '', error: '' };
  const write = (text: string) => (said.out += text);
  said.code = await run(args, { env, write, writeError: (text) => (said.error += text), isColoured });
  return said;
}

const { base, head } = FOLDERS;

const FOUND = review(BASE, HEAD);

/** The comment with its picture. */
const MARKDOWN = renderMarkdown(FOUND, renderMermaid(depict(BASE, HEAD, FOUND), 'both'));

describe('exit code', () => {
  test.each([
    ['0 for changes that no gate is about', [], 0],
    ['2 for changes, if asked for', ['--detailed-exitcode'], 2],
    ['3 for a gate that is tripped', ['--fail-on', 'rename'], 3],
    ['3 rather than 2', ['--fail-on', 'replace,exposure', '--detailed-exitcode'], 3],
  ])('%s', async (_, args, code) => {
    expect((await command(['--base', base, '--head', head, ...args])).code).toBe(code);
  });

  test('0 for no change, although it was asked for', async () => {
    expect(
      (
        await command([
          '--base',
          base,
          '--head',
          base,
          '--detailed-exitcode',
          '--fail-on',
          'replace,destroy,rename,access,exposure',
        ])
      ).code,
    ).toBe(0);
  });

  const admin = written(program({ azurerm_container_registry: { r: { name: 'r', admin_enabled: true } } }));
  const acceptance = (given: object) => {
    const file = join(folder(), 'accepted.json');
    writeFileSync(file, JSON.stringify({ accept: [{ rule: 'registry-admin-user', reason: 'for now', ...given }] }));
    return ['--accept', file];
  };

  test.each<[what: string, args: () => string[], code: number]>([
    ['is found', () => [], 3],
    ['is found, among several gates', () => ['--fail-on', 'rename, finding:high'], 3],
    ['is accepted', () => acceptance({}), 0],
    ['is accepted for the day', () => [...acceptance({ until: '2026-11-26' }), '--today', '2026-11-26'], 0],
    ['was accepted until the day before', () => [...acceptance({ until: '2026-11-25' }), '--today', '2026-11-26'], 3],
    ['is accepted, whatever the day is', () => acceptance({ until: '2026-11-25' }), 0],
    ['is accepted elsewhere', () => acceptance({ resource: 'azurerm_container_registry.other' }), 3],
  ])('of a gate on findings, where one %s', async (_, args, code) => {
    expect((await command(['--head', admin, '--fail-on', 'finding:high', ...args()])).code).toBe(code);
  });

  test('of findings that only the strict profile has', async () => {
    const plain = written(program({ azurerm_container_registry: { r: { name: 'r', sku: 'Premium' } } }));
    const codes = ['baseline', 'strict'].map(
      async (profile) => (await command(['--head', plain, '--profile', profile, '--fail-on', 'finding:low'])).code,
    );
    expect(await Promise.all(codes)).toEqual([0, 3]);
  });

  test('of each gate on its own', async () => {
    const gates = ['replace', 'destroy', 'rename', 'access', 'exposure'];
    const codes = (from: string, to: string) =>
      Promise.all(gates.map(async (gate) => (await command(['--base', from, '--head', to, '--fail-on', gate])).code));
    expect(await codes(base, head)).toEqual([3, 3, 3, 3, 3]);
    const side = (nodes: number) => written(program({ azurerm_kubernetes_cluster: { it: { name: 'it', nodes } } }));
    expect(await codes(side(2), side(3))).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('an error', () => {
  const file = (name: string, text: string, dir = folder()) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const manifest = (text: string) => join(file('manifest.json', text), '..');
  const plan = (text: string) => ['--head', head, '--plan', file('plan.json', text)];

  const ERRORS: [string, () => string[], string][] = [
    ['no head', () => ['--base', base], "required option '--head <dir>'"],
    ['a folder that is not there', () => ['--head', '/nowhere'], 'no such folder'],
    ['a file in place of a folder', () => ['--head', file('a', '')], 'not a folder'],
    ['an empty folder', () => ['--head', folder()], 'neither manifest.json nor a *.tf.json file'],
    ['a broken manifest', () => ['--head', manifest('{')], 'not valid JSON'],
    ['a manifest of something else', () => ['--head', manifest('[]')], 'no "stacks" in it'],
    ['a stack without a file', () => ['--head', manifest('{"stacks":{"a":{}}}')], 'names no file'],
    [
      'a stack outside of the folder',
      () => ['--head', manifest('{"stacks":{"a":{"synthesizedStackPath":"../../x.json"}}}')],
      'names no file inside this folder',
    ],
    [
      'a stack whose file is missing',
      () => ['--head', manifest('{"stacks":{"a":{"synthesizedStackPath":"x.json"}}}')],
      'cannot be read (ENOENT)',
    ],
    ['a stack in HCL', () => ['--head', manifest('{"stacks":{"a":{"synthesizedStackPath":"cdk.tf"}}}')], 'is HCL'],
    ['a stack that is no object', () => ['--head', join(file('main.tf.json', '3'), '..')], 'not a JSON object'],
    [
      'JSON that is too deep',
      () => ['--head', join(file('main.tf.json', `{"resource":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), '..')],
      'the input is nested too deeply',
    ],
    ['a binary plan', () => plan('PK\u0003\u0004'), 'terraform show -json'],
    ['a plan that is none', () => plan('{}'), 'not a plan in JSON'],
    [
      'a plan of another program',
      () => plan('{"format_version":"1","resource_changes":[{"address":"a.b"}]}'),
      'of another program',
    ],
    ['an unknown option', () => ['--head', head, '--what'], "unknown option '--what'"],
    ['an unknown format', () => ['--head', head, '--format', 'pdf'], "'pdf' must be one of term, md, json"],
    ['an unknown gate', () => ['--head', head, '--fail-on', 'all'], "'all' must be one of"],
    ['a day that is none', () => ['--head', head, '--today', '2026-02-30'], 'it must be a day, as YYYY-MM-DD'],
    ['a file that accepts nothing', () => ['--head', head, '--accept', file('a.json', '{}')], 'no list "accept" in it'],
    ['two formats for one output', () => ['--head', head, '--format', 'md,json'], 'needs --out'],
    ['an argument too many', () => ['--head', head, 'x'], 'too many arguments'],
    ['an output that cannot be written', () => ['--head', head, '--out', file('taken', '')], 'cannot be written'],
  ];

  test.each(ERRORS)('gives 1 and one clear line: %s', async (_, args, text) => {
    const { code, out, error } = await command(args());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^cdktf-review: [^\n]+\n$/);
    expect(error).toContain(text);
  });

  test('is told without the lines that follow, whatever ends them', async () => {
    const { error } = await command(['--head', join(folder(), 'a\nb')]);
    expect(error).toMatch(/^cdktf-review: [^\n]+a\n$/);
  });

  test('of the summary of a step names its file', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder(), 'nowhere', 'summary.md') };
    const { code, error } = await command(['--base', base, '--head', head], env);
    expect(code).toBe(1);
    expect(error).toMatch(/^cdktf-review: .*nowhere.summary\.md: cannot be written \(ENOENT\)\n$/);
  });

  test('leaves no half-written output behind', async () => {
    const out = folder();
    mkdirSync(join(out, 'review.md'));
    expect((await command(['--head', head, '--out', out])).code).toBe(1);
    expect(readdirSync(out)).toEqual(['review.md']);
  });

  test('does not quote what is in a broken file', async () => {
    const { error } = await command(['--head', join(file('main.tf.json', '{"password": "hunter2'), '..')]);
    expect(error).not.toContain('hunter2');
  });
});

describe('the output', () => {
  test('is one format without a folder, and all of them in one', async () => {
    expect((await command(['--base', base, '--head', head, '--format', 'md'])).out).toBe(MARKDOWN);
    const out = join(folder(), 'new');
    await command(['--base', base, '--head', head, '--out', out]);
    expect(readdirSync(out).sort()).toEqual([
      ...['html', 'json', 'md', 'mmd', 'sarif', 'svg', 'txt'].map((end) => `review.${end}`),
      'summary.txt',
    ]);
    expect(readFileSync(join(out, 'review.md'), 'utf8')).toBe(MARKDOWN);
  });

  test('is in a folder below others that are not there, and replaces what was in it', async () => {
    const out = join(folder(), 'a', 'b');
    const args = ['--base', base, '--head', head, '--out', out, '--format', 'md, summary'];
    await command(args);
    writeFileSync(join(out, 'review.md'), 'old');
    writeFileSync(join(out, '.review.md.part'), 'of a run that was stopped');
    expect((await command(args)).out).toContain('replace');
    expect(readdirSync(out).sort()).toEqual(['review.md', 'summary.txt']);
    expect(readFileSync(join(out, 'review.md'), 'utf8')).toBe(MARKDOWN);
  });

  test('is coloured on a terminal, and not in a file', async () => {
    const isColoured = (text: string) => text.includes('\u001b[');
    const out = folder();
    const shown = await command(['--base', base, '--head', head, '--out', out], {}, true);
    expect([
      isColoured((await command(['--base', base, '--head', head], {}, true)).out),
      isColoured((await command(['--base', base, '--head', head], {}, false)).out),
      isColoured(shown.out),
      isColoured(readFileSync(join(out, 'review.txt'), 'utf8')),
    ]).toEqual([true, false, true, false]);
  });

  test.each(['before', 'after', 'both'] as const)('of a picture shows the side that is asked for: %s', async (view) => {
    const args = (format: string) => ['--base', base, '--head', head, '--view', view, '--format', format];
    const picture = depict(BASE, HEAD, FOUND);
    expect((await command(args('mmd'))).out).toBe(renderMermaid(picture, view));
    expect((await command(args('svg'))).out).toBe(await renderSvg(picture, { view }));
  });

  test('outside of GitHub Actions has neither annotations nor a summary', async () => {
    const summary = join(folder(), 'summary.md');
    const { out } = await command(['--base', base, '--head', head], { GITHUB_STEP_SUMMARY: summary });
    expect(out).not.toContain('::warning');
    expect(existsSync(summary)).toBe(false);
  });

  test.each([
    ['one format in a folder', ['--format', 'json', '--out']],
    ['all formats in a folder', ['--out']],
  ])('in GitHub Actions has its annotations beside %s', async (_, args) => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '' };
    const { out, error } = await command(['--base', base, '--head', head, ...args, folder()], env);
    expect(out).toContain('::warning');
    expect(error).toBe('');
  });

  test('is the same twice', async () => {
    const twice = await Promise.all(
      [1, 2].map(async () => (await command(['--base', base, '--head', head, '--format', 'json'])).out),
    );
    expect(twice[0]).toBe(twice[1]);
  });

  test('in GitHub Actions has annotations, and the summary of the step', async () => {
    const summary = join(folder(), 'summary.md');
    writeFileSync(summary, 'before\n');
    const { out } = await command(['--base', base, '--head', head], {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(out).toMatch(/^::warning file=lib\/vote\/vote-parts\.ts,line=\d+,/m);
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${MARKDOWN}`);
  });

  test('that is piped stays what its format says', async () => {
    const { out, error } = await command(['--base', base, '--head', head, '--format', 'json'], {
      GITHUB_ACTIONS: 'true',
    });
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: '1.2' });
    expect(error).toContain('::warning');
  });

  test('is there for a folder of plain Terraform, also of several files', async () => {
    const plain = folder();
    writeFileSync(join(plain, 'a.tf.json'), JSON.stringify({ resource: { aws_vpc: { a: {} } } }));
    writeFileSync(join(plain, 'b.tf.json'), JSON.stringify({ resource: { aws_vpc: { b: {} } } }));
    expect(JSON.parse((await command(['--head', plain, '--format', 'json'])).out)).toMatchObject({
      counts: { create: 2 },
    });
  });

  test('of the help has every option', async () => {
    const { code, out } = await command(['--help']);
    expect(code).toBe(0);
    expect(
      ['--base', '--head', '--plan', '--out', '--format', '--view', '--fail-on', '--detailed-exitcode'].filter(
        (option) => !out.includes(option),
      ),
    ).toEqual([]);
  });
});

describe('the bundle', () => {
  const inputs = inputsOf(COMMAND);

  test('holds no provider, no engine and no construct', () => {
    expect(inputs.length).toBeGreaterThan(30);
    expect(inputs.filter((input) => /@cdktf|node_modules\/(cdktf|constructs)\/|^constructs\//.test(input))).toEqual([]);
  });

  test('comes with the licence of every package in it', () => {
    const notices = readFileSync('THIRD-PARTY-NOTICES', 'utf8');
    const packages = inputs.flatMap((input) => /^node_modules\/[^/]+/.exec(input) ?? []);
    const licences = [...new Set(packages)].map((path) => {
      const name = readdirSync(path).find((file) => /^licen[cs]e/i.test(file)) ?? '';
      return readFileSync(join(path, name), 'utf8').trim();
    });

    expect(licences.length).toBeGreaterThan(0);
    expect(licences.filter((licence) => !notices.includes(licence))).toEqual([]);
  });

  test('runs on its own, and says what the library says', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [COMMAND, '--base', base, '--head', head, '--format', 'md', '--fail-on', 'access'],
      { encoding: 'utf8', env: {} },
    );
    expect({ status, stdout }).toEqual({ status: 3, stdout: MARKDOWN });
    expect(stderr).toBe('cdktf-review: stopped by --fail-on access\n');
  });

  test('says so when its output is lost to a full disk', () => {
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, '--head', head], {
      ...{ encoding: 'utf8', env: {} },
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'cdktf-review: the output cannot be written (ENOSPC)\n',
    });
  });

  test('is content with a reader who stops early', async () => {
    const child = spawn(process.execPath, [COMMAND, '--head', head], { env: {} });
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  test('uses no network, no clock and no chance', () => {
    const own = inputs.filter((input) => /^lib\/review\/.*\.ts$/.test(input));
    const texts = own.map((input) => readFileSync(input, 'utf8')).join('\n');
    expect(texts).not.toMatch(
      /node:(https?|net|dns|child_process|crypto)|fetch\(|\bDate\b|Math\.random|\bperformance\./,
    );
  });
});

test('npm run review compares this tree with the last commit of the main branch', () => {
  const tree = folder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: tree, stdio: 'pipe' });
  const write = (sku: string) =>
    writeFileSync(
      join(tree, 'stack.json'),
      JSON.stringify(program({ azurerm_container_registry: { r: { name: 'r', sku } } })[0]!.files[0]),
    );
  const start = `node -e "require('fs').copyFileSync('stack.json', process.env.CDKTF_OUTDIR + '/cdk.tf.json')"`;
  git('init', '-q', '-b', 'main');
  writeFileSync(
    join(tree, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', scripts: { start: start.replace('/cdk.tf.json', '/x.tf.json') } }),
  );
  write('Basic');
  git('add', '-A');
  git('commit', '-qm', 'base');
  write('Standard');
  const script = bundled('lib/review/review-branch.ts');
  const found = spawnSync(process.execPath, [script, '--format', 'json'], { cwd: tree, encoding: 'utf8' });
  expect(found.stderr).toBe('');
  expect(JSON.parse(found.stdout).changes).toMatchObject([
    { action: 'update', attributes: [{ path: 'sku', before: 'Basic', after: 'Standard' }] },
  ]);
  expect(git('worktree', 'list').toString().trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(tree, 'node_modules'))).toBe(false);
});

test('stacks are matched by their names, whatever the order of the manifest', async () => {
  const side = (names: string[]) =>
    written(names.map((name) => stack({ resource: { aws_vpc: { [name]: {} } } }, { name })));
  const { out } = await command(['--base', side(['a', 'b']), '--head', side(['b', 'a']), '--format', 'json']);
  expect(JSON.parse(out).changes).toEqual([]);
});
