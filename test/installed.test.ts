import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import * as constructs from '../constructs';
import { bundleLibrary, bundleReview } from '../tools/bundle';
import { programOf } from './compiler';
import { linksOf } from './pages';
import { temporaryFolder } from './util';

/*
 * The package as strangers have it: packed, unpacked, beside the packages that it needs and no others. Links take the
 * place of a registry, so that the test needs none.
 */

const ROOT = join(__dirname, '..');
const NEEDED = ['cdktf', 'constructs', 'ip-address', '@cdktf/provider-azurerm', '@cdktf/provider-kubernetes'];

let folder = '';

beforeAll(() => {
  folder = realpathSync(temporaryFolder());
  build();
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  execFileSync('npm', args, { cwd: ROOT, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(folder);
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  link(join(folder, 'package'), 'cdktf-aks');
  NEEDED.forEach((name) => link(join(ROOT, 'node_modules', name), name));
}, 120_000);

/** Does what `npm run build` does, except to check the types of the source, which takes longer than all the rest. */
function build(): void {
  const dist = join(ROOT, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.build.json'), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  programOf(fileNames, new Map(), { ...options, noCheck: true }).emit();
  bundleLibrary(dist);
  bundleReview(dist);
}

function link(target: string, name: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

/** Runs a program in the folder, with packages found as if they were installed there. */
function run(file: string, program: string): { status: number | null; stdout: string; stderr: string } {
  writeFileSync(join(folder, file), program);
  const env = { ...process.env, CDKTF_OUTDIR: temporaryFolder() };
  return spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8', env });
}

const PROGRAM = `
const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'stack');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const resourceGroup = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'contoso' });
const cluster = new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks' });
registry.grantPull(cluster);
console.log(JSON.stringify([...Problems.of(app), ...Problems.warningsOf(app)]));
app.synth();
`;

const IN_COMMONJS = `
const { App, TerraformStack } = require('cdktf');
const { AzurermProvider } = require('@cdktf/provider-azurerm/lib/provider');
const { ResourceGroup } = require('@cdktf/provider-azurerm/lib/resource-group');
const { AcrRegistry, AksCluster, Problems, ServicePrincipal } = require('cdktf-aks');
`;

const IN_MODULES = `
import { App, TerraformStack } from 'cdktf';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider/index.js';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group/index.js';
import { AcrRegistry, AksCluster, Problems, ServicePrincipal } from 'cdktf-aks';
`;

test('a program in modules runs without the providers that it does not use', () => {
  const { status, stdout, stderr } = run('main.mjs', IN_MODULES + PROGRAM);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual([]);
});

/** The files of the package that a program has loaded. */
const LOADED = `const loaded = () => Object.keys(require.cache).filter((file) => /package.dist/.test(file)).map((file) => file.split(/[\\\\/]/).at(-1));`;

test('so does one in CommonJS, which does not load what it does not use of the package either', () => {
  const { status, stdout, stderr } = run(
    'loaded.cjs',
    `${LOADED}${IN_COMMONJS}${PROGRAM}
const { NetworkProfile, VoteApp, Workload } = require('cdktf-aks');
const usual = loaded();
const { Manifests } = require('cdktf-aks');
console.log(JSON.stringify([NetworkProfile.name, VoteApp.name, Workload.name, usual, Manifests.name, loaded()]));`,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [problems = '', parts = ''] = stdout.split('\n');
  expect(JSON.parse(problems)).toEqual([]);
  const all = ['index.js', 'usual.js', 'others.js'];
  expect(JSON.parse(parts)).toEqual(['NetworkProfile', 'VoteApp', 'Workload', all.slice(0, 2), 'Manifests', all]);
});

test.each([
  ['CommonJS', 'exported.cjs', "const exported = require('cdktf-aks');"],
  ['modules', 'exported.mjs', "import * as exported from 'cdktf-aks';"],
])('in %s, all exports are there, and classes have their names', (_, file, imports) => {
  const { status, stdout, stderr } = run(
    file,
    `${imports}
const all = Object.entries(exported).filter(([name]) => name !== 'default' && name !== 'module.exports');
const isClass = ([, value]) => /^class\\b/.test(String(value));
console.log(JSON.stringify({
  names: all.map(([name]) => name).sort(),
  missing: all.filter(([, value]) => value === undefined),
  misnamed: all.filter(isClass).filter(([name, value]) => value.name !== name).map(([name]) => name),
  classes: all.filter(isClass).length > 50,
}));`,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const names = Object.keys(constructs).sort();
  expect(JSON.parse(stdout)).toEqual({ names, missing: [], misnamed: [], classes: true });
});

test('what looks like a value of a class that is not loaded is none', () => {
  const { status, stdout, stderr } = run(
    'unloaded.cjs',
    `${LOADED}${IN_COMMONJS}
const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
new AksCluster(stack, 'cluster', {
  resourceGroup: { name: 'rg', location: 'westeurope' },
  clusterName: 'aks',
  kubernetesVersion: { minor: '1.35', _problems: () => [], _warnings: () => [] },
});
console.log(JSON.stringify([Problems.of(stack), loaded()]));`,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual([
    [
      expect.stringContaining("'azurerm', but no such provider"),
      expect.stringContaining(
        "'kubernetesVersion' must be a KubernetesVersion, such as KubernetesVersion.of(...), got {",
      ),
    ],
    ['index.js', 'usual.js'],
  ]);
});

test('a construct that needs another provider says which to install', () => {
  const { status, stderr } = run(
    'missing.cjs',
    `${IN_COMMONJS}
const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
new ServicePrincipal(stack, 'principal', { displayName: 'sp' });`,
  );

  expect(status).toBe(1);
  expect(stderr).toContain(
    'Error: ServicePrincipal needs the package @cdktf/provider-azuread, which is not installed: run `npm install ' +
      '@cdktf/provider-azuread`',
  );
});

test('a stack of another engine is named, and so is what to do', () => {
  const { status, stderr } = run(
    'engine.cjs',
    `${IN_COMMONJS}
const { Construct } = require('constructs');
const isStack = TerraformStack.isStack;
TerraformStack.isStack = (one) => one.isForeign === true || isStack(one);
const foreign = new Construct(new App({ stackTraces: false }), 'foreign');
foreign.isForeign = true;
new AksCluster(foreign, 'cluster', { resourceGroup: { name: 'rg', location: 'westeurope' }, clusterName: 'aks' });`,
  );

  expect(status).toBe(1);
  expect(stderr).toContain(
    'the stack foreign is of another copy of cdktf than the one that cdktf-aks loads, or of cdktn',
  );
});

test('two copies of constructs are named, and so is what to do', () => {
  const { status, stderr } = run(
    'copies.cjs',
    `const Module = require('node:module');
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const isOurs = request === 'constructs' && parent?.filename.includes('package');
  return isOurs ? { ...load.call(this, request, parent, ...rest), Construct: class Construct {} } : load.call(this, request, parent, ...rest);
};
require('cdktf-aks');`,
  );

  expect(status).toBe(1);
  expect(stderr).toContain('cdktf-aks and cdktf load two copies of the package constructs');
});

test('the review, the manifests and the recorder of sources are functions of the package', () => {
  const { status, stdout, stderr } = run(
    'entries.mjs',
    `import { review } from 'cdktf-aks/review';
import { manifestsYaml } from 'cdktf-aks/manifests';
import { recordSources } from 'cdktf-aks/sources';
const service = { metadata: [{ name: 'web' }], spec: [{ port: [{ port: 80 }] }] };
console.log(manifestsYaml({ resource: { kubernetes_service_v1: { web: service } } }));
console.log(typeof review, typeof recordSources);`,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('kind: Service');
  expect(stdout).toContain('function function');
});

test('objects in YAML are read without a package for YAML', () => {
  const { status, stdout, stderr } = run(
    'yaml.cjs',
    `const { App, TerraformStack, Testing } = require('cdktf');
const { KubernetesProvider } = require('@cdktf/provider-kubernetes/lib/provider');
const { Manifests, Problems } = require('cdktf-aks');
const stack = new TerraformStack(new App({ stackTraces: false }), 'stack');
new KubernetesProvider(stack, 'kubernetes');
Manifests.fromYaml(stack, 'shop', { yaml: 'apiVersion: v1\\nkind: Namespace\\nmetadata: { name: shop, uid: 1 }' });
console.log(JSON.stringify(Problems.of(stack)), JSON.stringify(stack.toTerraform().resource));`,
  );

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Kubernetes sets it: leave it out (line 3, document 1)');
  expect(stdout).toContain('"kubernetes_namespace_v1"');
});

test('cdktf-review is a command of the package, which has what was built and not the source', () => {
  const at = (path: string) => join(folder, 'package', path);
  const { bin, version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
    bin: { 'cdktf-review': string };
    version: string;
  };
  const command = at(bin['cdktf-review']);

  expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(existsSync(at('lib/review/cdktf-review.ts'))).toBe(false);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--version'], { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('its pages are those for who uses it, and have every file that they link by its place', () => {
  const root = join(folder, 'package');
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  const missing = pages.flatMap((page) =>
    linksOf(readFileSync(join(root, page), 'utf8'))
      .map((link) => link.replace(/#.*/, ''))
      .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(page), decodeURI(link))))
      .map((link) => `${page}: ${link}`),
  );

  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/install.md', 'docs/api/core.md']));
  expect(missing).toEqual([]);
});

/** The compiler options of strict projects: of Node, in CommonJS and in modules, and of a bundler. */
const NODE = { module: 'node16', moduleResolution: 'node16' };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };

const PROJECTS = [
  ['CommonJS', 'typed.cts', NODE],
  ['modules', 'typed.mts', NODE],
  ['a bundler', 'bundled.ts', BUNDLER],
] as const;

/** The files of the package with errors in a project that has the files of all projects of its kind. */
const compiled = new Map<object, string[]>();

function compile(kind: object): string[] {
  const files = PROJECTS.filter(([, , module]) => module === kind).map(([, file]) => join(folder, file));
  const code = `${IN_MODULES.replace('ServicePrincipal', 'type IAksCluster')}${PROGRAM}
const one: IAksCluster = cluster;
console.log(one.clusterName);
`;
  files.forEach((file) => writeFileSync(file, code));
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...{ strict: true, exactOptionalPropertyTypes: true },
      ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
      ...{ target: 'es2022', lib: ['es2022'], types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
      ...{ noEmit: true, skipLibCheck: false, ...kind },
    },
    folder,
  );
  const program = programOf(files, new Map(), options);
  // what other packages get wrong in their own types is theirs
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(folder, '/')));
  return ours
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map((one) => `${one.file?.fileName}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`);
}

test.each(PROJECTS)('its types hold for a strict project of %s', (_, _file, kind) => {
  const errors = compiled.get(kind) ?? compile(kind);
  compiled.set(kind, errors);

  expect(errors).toEqual([]);
});
