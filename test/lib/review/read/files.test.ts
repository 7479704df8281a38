import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../../lib/review/command';
import type { Review } from '../../../../lib/review';
import { folder, program, stack, written } from '../fixtures';

/** Runs the command and returns what it did. */
async function perform(...args: string[]) {
  let [out, error] = ['', ''];
  const code = await run(args, {
    env: {},
    write: (text) => (out += text),
    writeError: (text) => (error += text),
    isColoured: false,
  });
  return { code, out, error };
}

const HEAD = written(program({ azurerm_public_ip: { it: { name: 'a' } } }));

test.each([
  ['with a mark before it', Buffer.from('\ufeff{"format_version":"1.2","resource_changes":[]}')],
  [
    'in UTF-16, as PowerShell writes it',
    Buffer.from('\ufeff{"format_version":"1.2","resource_changes":[]}', 'utf16le'),
  ],
])('a plan %s is read', async (_, bytes) => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, bytes);
  expect(await perform('--head', HEAD, '--plan', file)).toMatchObject({ code: 0, error: '' });
});

test('a plan in a format that is not known is refused', async () => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, '{"format_version":"2.0","resource_changes":[]}');
  expect(await perform('--head', HEAD, '--plan', file)).toMatchObject({
    code: 1,
    error: expect.stringContaining('format 2.0'),
  });
});

test('a plan that is not whole says so', async () => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, '{"format_version":"1.2","errored":true,"resource_changes":[]}');
  const { out } = await perform('--head', HEAD, '--plan', file, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    unknown: expect.arrayContaining([
      'Planning ended with an error: what is missing from the plan is predicted.',
      expect.stringContaining('These are missing from the plan'),
    ]),
  });
});

test('an error shows what cannot be seen instead of sending it to the terminal', async () => {
  const target = folder();
  const stacks = { 'a\u001b[2J': { synthesizedStackPath: '../x' } };
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ stacks }));
  const { code, error } = await perform('--head', target);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining("stack 'a\\u{1b}[2J'") });
});

test('a link in the folder of the outputs leads nowhere', async () => {
  const [target, outside] = [folder(), join(folder(), 'precious')];
  writeFileSync(outside, 'precious');
  mkdirSync(target, { recursive: true });
  ['.review.md.part', 'review.json'].forEach((name) => symlinkSync(outside, join(target, name)));
  expect((await perform('--head', HEAD, '--out', target)).code).toBe(0);
  expect(readFileSync(outside, 'utf8')).toBe('precious');
});

test.each([
  ['of a block', '{"resource":{"a_b":{"c":{}}},"resource":{"q_r":{"s":{}}}}'],
  ['of an attribute', '{"resource":{"a_b":{"c":{"x":1,"y":"\\"x\\": 2","x" : 3}}}}'],
])('a key %s that is there twice is refused, for only one of them would be read', async (_, text) => {
  const target = folder();
  writeFileSync(join(target, 'main.tf.json'), text);
  expect(await perform('--head', target)).toMatchObject({ code: 1, error: expect.stringContaining('same key twice') });
});

test('a text that looks like keys is none', async () => {
  const target = folder();
  writeFileSync(
    join(target, 'main.tf.json'),
    '{"resource":{"a_b":{"c":{"x":"\\"x\\": 1, \\"x\\": 2","y":["a","x"]}}}}',
  );
  expect(await perform('--head', target)).toMatchObject({ code: 0, error: '' });
});

test('a folder where a file is written on the way is left alone', async () => {
  const target = folder();
  mkdirSync(join(target, '.review.md.part'));
  const { code, error } = await perform('--head', HEAD, '--out', target);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('a folder exists where') });
});

/** The review of two folders with these files. */
async function reviewOf(before: Record<string, string | Buffer>, after: Record<string, string | Buffer>) {
  const [base = '', head = ''] = [before, after].map((files) => {
    const target = folder();
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(target, name), text));
    return target;
  });
  const { code, out, error } = await perform('--base', base, '--head', head, '--format', 'json');
  return { code, error, review: (code === 0 ? JSON.parse(out) : undefined) as Review };
}

const main = (a: string) => `{"resource":{"x_y":{"it":{"a":${a}}}}}`;

test.each([
  ['integers', '9007199254740992', '9007199254740993'],
  ['negative integers', '-9007199254740992', '-9007199254740993'],
  ['fractions', '0.12345678901234567', '0.12345678901234568'],
  ['exponents', '1e400', '2e400'],
  ['integers in a list', '[12345678901234567890]', '[12345678901234567891]'],
])('%s that JavaScript cannot hold are compared as they are written', async (_, before, after) => {
  const { review } = await reviewOf({ 'a.tf.json': main(before) }, { 'a.tf.json': main(after) });
  expect(review.counts.update).toBe(1);
});

test('an integer is the same as its text, however large', async () => {
  const { review } = await reviewOf(
    { 'a.tf.json': main('9007199254740993') },
    { 'a.tf.json': main('"9007199254740993"').replace('"a"', '"12345678901234567890":null,"a"') },
  );
  expect(review.verdict.level).toBe('none');
});

test.each([
  ['UTF-8', Buffer.concat([Buffer.from('{"resource":{"x_y":{"it":{"a":"'), Buffer.from([0xff]), Buffer.from('"}}}}')])],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":"', 'utf16le'), Buffer.from([0x00, 0xd8])])],
])('what is not valid %s is refused, since it would be equal to anything else that is not', async (encoding, bytes) => {
  expect(await reviewOf({ 'a.tf.json': '{}' }, { 'a.tf.json': bytes })).toMatchObject({
    code: 1,
    error: expect.stringContaining(`a.tf.json: not valid ${encoding}`),
  });
});

test.each(['main.tf', 'main.tofu', 'terraform.tfvars', 'prod.auto.tfvars', 'terraform.tfvars.json'])(
  '%s beside the JSON, which Terraform reads as well, is no silent change',
  async (name) => {
    const json = { 'a.tf.json': main('1') };
    const [one, two] = ['a = 1', 'a = 2'].map((text) => ({ ...json, [name]: text }));
    const notes = async (before: Record<string, string>, after: Record<string, string>) =>
      (await reviewOf(before, after)).review.settings.map(({ kind, what, note }) => [kind, what, note?.split(';')[0]]);
    expect(await notes(one!, two!)).toEqual([['file', name, 'changes']]);
    expect(await notes(json, two!)).toEqual([['file', name, 'is new']]);
    expect(await notes(one!, json)).toEqual([['file', name, 'is gone']]);
    expect(await notes(one!, one!)).toEqual([]);
    expect((await reviewOf(one!, one!)).review.unknown.join()).toContain(name);
  },
);

test('JSON beside the JSON of a stack is no silent change either', async () => {
  const [before, after] = [1, 2].map((a) => {
    const target = written(program({}));
    writeFileSync(join(target, 'stacks/vote/more.tf.json'), main(String(a)));
    return target;
  });
  const { out } = await perform('--base', before!, '--head', after!, '--format', 'json');
  expect((JSON.parse(out) as Review).settings).toMatchObject([{ kind: 'file', what: 'more.tf.json' }]);
});

test('an override is merged into what it overrides, as Terraform does', async () => {
  const files = (sku: string) => ({
    'z.tf.json': '{"resource":{"x_y":{"it":{"name":"n","sku":"Basic"}}}}',
    'override.tf.json': `{"resource":{"x_y":{"it":{"sku":"${sku}"}}}}`,
  });
  expect((await reviewOf(files('Standard'), files('Premium'))).review.changes).toMatchObject([
    { attributes: [{ path: 'sku', before: 'Standard', after: 'Premium' }] },
  ]);
});

test('files that expressions read are named, since they are not compared', async () => {
  const json = main('"${file(\\"scripts/start.sh\\")}"');
  const { review } = await reviewOf({ 'a.tf.json': json }, { 'a.tf.json': json });
  expect(review.unknown.join()).toContain('scripts/start.sh');
});

describe('a pipe that nobody writes to', () => {
  const pipe = (name: string, target: string) => {
    execFileSync('mkfifo', [join(target, name)]);
    return target;
  };
  const program = (name: string) => () => ['--head', pipe(name, written([stack({})]))];

  test.each<[string, () => string[]]>([
    ['a file of a folder', () => ['--head', pipe('a.tf.json', folder())]],
    ['the manifest', () => ['--head', pipe('manifest.json', folder())]],
    ['code beside a stack', program('stacks/vote/main.tf')],
    ['the plan', () => ['--head', HEAD, '--plan', join(pipe('plan', folder()), 'plan')]],
  ])('does not hang the review: %s', async (_, args) => {
    expect(await perform(...args())).toMatchObject({ code: 1, error: expect.stringContaining('not a regular file') });
  });
});
