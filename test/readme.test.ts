import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { environmentVariable } from '../lib/settings';

const ROOT = join(__dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const GUIDES = readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name));
const PAGES = ['README.md', ...GUIDES].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

test('every TypeScript block compiles against the library as its users import it', () => {
  const blocks = PAGES.flatMap(({ text }) => [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!));
  expect(blocks.length).toBeGreaterThanOrEqual(4);

  expect(compile(blocks)).toEqual([]);
});

test('the test of the blocks finds a wrong property', () => {
  const wrong =
    "import { AcrRegistry, type AcrRegistryProps } from 'cdktf-aks';\nexport const props: AcrRegistryProps = { name: 'x' };\nexport { AcrRegistry };";

  expect(compile([wrong])).toEqual([expect.stringContaining("'name' does not exist in type 'AcrRegistryProps'")]);
});

test('every setting is explained, and so is how an environment variable overrides it', () => {
  const config = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8')) as { context: { 'cdktf-aks': object } };
  const names = [...Object.keys(config.context['cdktf-aks']), 'subscriptionId', 'stateIn'];

  expect(names.filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
  expect(README).toContain(environmentVariable('nodeCount'));
});

test.each(PAGES)('every file that $path links is there', ({ path, text }) => {
  const links = [...text.matchAll(/\]\((?!https:)([^)#]+)\)/g)].map(([, link]) => link!);

  expect(links.filter((link) => !ts.sys.fileExists(join(ROOT, path, '..', link)))).toEqual([]);
});

test('what it shows of a review is what docs/review.md shows of it', () => {
  const [, lost = ''] = /^(WHAT IS LOST\n.*?)^```/ms.exec(README) ?? [];
  const review = readFileSync(join(ROOT, 'docs/review.md'), 'utf8');

  expect(lost).toContain('forces a replacement');
  expect(review).toContain(lost);
});

test('the commands that it names are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = PAGES.flatMap(({ text }) => [...text.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name!));

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

/** What the compiler says of each block, as a program of its own. */
function compile(blocks: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const files = new Map(blocks.map((code, index) => [join(ROOT, `readme-block-${index}.ts`), code]));
  const settings: ts.CompilerOptions = {
    ...options,
    incremental: false,
    tsBuildInfoFile: undefined,
    paths: { 'cdktf-aks': [join(ROOT, 'constructs/index.ts')] },
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files.keys()]
    .flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
