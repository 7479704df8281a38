import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../../lib/review/command';
import { folder, program, written } from '../fixtures';

/** Runs the command and returns what it did. */
function perform(...args: string[]) {
  let [out, error] = ['', ''];
  const code = run(args, {
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
])('a plan %s is read', (_, bytes) => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, bytes);
  expect(perform('--head', HEAD, '--plan', file)).toMatchObject({ code: 0, error: '' });
});

test('a plan in a format that is not known is refused', () => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, '{"format_version":"2.0","resource_changes":[]}');
  expect(perform('--head', HEAD, '--plan', file)).toMatchObject({
    code: 1,
    error: expect.stringContaining('format 2.0'),
  });
});

test('a plan that is not whole says so', () => {
  const file = join(folder(), 'plan.json');
  writeFileSync(file, '{"format_version":"1.2","errored":true,"resource_changes":[]}');
  const { out } = perform('--head', HEAD, '--plan', file, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({
    unknown: expect.arrayContaining([
      'Planning ended with an error: what is missing from the plan is predicted.',
      expect.stringContaining('These are missing from the plan'),
    ]),
  });
});

test('an error shows what cannot be seen instead of sending it to the terminal', () => {
  const target = folder();
  const stacks = { 'a\u001b[2J': { synthesizedStackPath: '../x' } };
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ stacks }));
  const { code, error } = perform('--head', target);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining("stack 'a\\u{1b}[2J'") });
});

test('a link in the folder of the outputs leads nowhere', () => {
  const [target, outside] = [folder(), join(folder(), 'precious')];
  writeFileSync(outside, 'precious');
  mkdirSync(target, { recursive: true });
  ['.review.md.part', 'review.json'].forEach((name) => symlinkSync(outside, join(target, name)));
  expect(perform('--head', HEAD, '--out', target).code).toBe(0);
  expect(readFileSync(outside, 'utf8')).toBe('precious');
});

test.each([
  ['of a block', '{"resource":{"a_b":{"c":{}}},"resource":{"q_r":{"s":{}}}}'],
  ['of an attribute', '{"resource":{"a_b":{"c":{"x":1,"y":"\\"x\\": 2","x" : 3}}}}'],
])('a key %s that is there twice is refused, for only one of them would be read', (_, text) => {
  const target = folder();
  writeFileSync(join(target, 'main.tf.json'), text);
  expect(perform('--head', target)).toMatchObject({ code: 1, error: expect.stringContaining('same key twice') });
});

test('a text that looks like keys is none', () => {
  const target = folder();
  writeFileSync(
    join(target, 'main.tf.json'),
    '{"resource":{"a_b":{"c":{"x":"\\"x\\": 1, \\"x\\": 2","y":["a","x"]}}}}',
  );
  expect(perform('--head', target)).toMatchObject({ code: 0, error: '' });
});

test('a folder where a file is written on the way is left alone', () => {
  const target = folder();
  mkdirSync(join(target, '.review.md.part'));
  const { code, error } = perform('--head', HEAD, '--out', target);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining('a folder exists where') });
});
