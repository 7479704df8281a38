import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { environmentVariable } from '../lib/vote/settings';
import { compile } from './compile';
import { blocksOf, page, PAGES } from './pages';

const load = createRequire(__filename);
const ROOT = join(__dirname, '..');
const README = page('README.md');

test('every TypeScript block compiles against the library as its users import it, and a wrong property would not', () => {
  const blocks = PAGES.flatMap((path) => blocksOf(page(path), 'ts'));
  expect(blocks.length).toBeGreaterThanOrEqual(4);
  const wrong =
    "import { AcrRegistry, type AcrRegistryProps } from 'cdktf-aks';\nexport const props: AcrRegistryProps = { name: 'x' };\nexport { AcrRegistry };";

  // in one compilation, which takes seconds
  expect(compile(programs([...blocks, wrong]))).toEqual([
    expect.stringContaining("'name' does not exist in type 'AcrRegistryProps'"),
  ]);
});

/** Each block as a program of its own. */
function programs(blocks: readonly string[]): Map<string, string> {
  return new Map(blocks.map((code, index) => [`readme-block-${index}.ts`, code]));
}

test('every setting is explained, and so is how an environment variable overrides it', () => {
  const config = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8')) as { context: { 'cdktf-aks': object } };
  const names = [...Object.keys(config.context['cdktf-aks']), 'subscriptionId', 'stateIn'];
  const deploying = page('docs/deploy.md');

  expect(names.filter((name) => !deploying.includes(`\`${name}\``))).toEqual([]);
  expect(deploying).toContain(environmentVariable('nodeCount'));
});

test('every row of the features of workloads names a test that is there, in its words', () => {
  const [, features = ''] = readFileSync(join(ROOT, 'docs/features.md'), 'utf8').split('\n## Workloads\n');
  const links = [...features.matchAll(/\[([^\]]+)\]\(\.\.\/([^)#]+)\)/g)].map(([, words, path]) => [words!, path!]);
  expect(links.length).toBeGreaterThan(30);

  expect(links.filter(([, path]) => !existsSync(join(ROOT, path!)))).toEqual([]);
  const tests = links.filter(([, path]) => path!.startsWith('test/'));
  expect(tests.filter(([words, path]) => !readFileSync(join(ROOT, path!), 'utf8').includes(words!))).toEqual([]);
});

test('it is read in two minutes', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(120);
});

test('what it shows of wrong values is what its program says of them', () => {
  const [, code = ''] = /^```ts\n(.*?)^```/ms.exec(README) ?? [];
  const [, shown = ''] = /<!-- problems -->\n\n```\n(.*?)\n```/s.exec(README) ?? [];
  const wrong = code.replace("registryName: 'contososhop'", "registryName: 'contoso-shop'").replace('8080', '0');
  const said: string[] = [];

  expect(() => runHere(wrong, said)).toThrow('exit 1');
  expect(said.join('\n')).toBe(shown);
});

/** Runs a program in this process, which takes a tenth of the time of one of its own. */
function runHere(code: string, said: string[]): void {
  const { outputText } = ts.transpileModule(code.replace("'cdktf-aks'", "'../constructs'"), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exit = (status: number) => {
    throw new Error(`exit ${status}`);
  };
  const console = { warn: () => undefined, error: (text: string) => said.push(text) };
  new Function('require', 'exports', 'process', 'console', outputText)(load, {}, { exit }, console);
}

test('the commands that it names are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = PAGES.map(page).flatMap((text) => [...text.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name!));

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
