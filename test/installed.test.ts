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

/** Runs a program in which nothing is wrong, and returns the `answers` that it has at its end. */
function answersOf(file: string, program: string): Answers {
  const { status, stdout, stderr } = run(file, `${program}\nconsole.log(JSON.stringify(answers));`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as Answers;
}

interface Answers {
  readonly [question: string]: unknown;
}

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

const PROGRAM = `
const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, 'stack');
new AzurermProvider(stack, 'azurerm', { features: [{}] });
const resourceGroup = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
const registry = new AcrRegistry(stack, 'registry', { resourceGroup, registryName: 'contoso' });
const cluster = new AksCluster(stack, 'cluster', { resourceGroup, clusterName: 'aks' });
registry.grantPull(cluster);
const problems = [...Problems.of(app), ...Problems.warningsOf(app)];
app.synth();
`;

/** What a program sees of the exports of the package. */
const SEEN = `
const entries = Object.entries(exported).filter(([name]) => name !== 'default' && name !== 'module.exports');
const isClass = ([, value]) => /^class\\b/.test(String(value));
const seen = {
  names: entries.map(([name]) => name).sort(),
  missing: entries.filter(([, value]) => value === undefined),
  misnamed: entries.filter(isClass).filter(([name, value]) => value.name !== name).map(([name]) => name),
  classes: entries.filter(isClass).length > 50,
};
`;
const ALL_SEEN = { names: Object.keys(constructs).sort(), missing: [], misnamed: [], classes: true };

describe('a program in modules', () => {
  let answers: Answers;
  beforeAll(() => {
    answers = answersOf(
      'program.mjs',
      `${IN_MODULES}
import * as exported from 'cdktf-aks';
import { review } from 'cdktf-aks/review';
import { manifestsYaml } from 'cdktf-aks/manifests';
import { recordSources } from 'cdktf-aks/sources';
${PROGRAM}${SEEN}
const service = { metadata: [{ name: 'web' }], spec: [{ port: [{ port: 80 }] }] };
const manifests = manifestsYaml({ resource: { kubernetes_service_v1: { web: service } } });
const answers = { problems, seen, manifests, functions: [typeof review, typeof recordSources] };`,
    );
  });

  test('runs without the providers that it does not use', () => {
    expect(answers['problems']).toEqual([]);
  });

  test('has all exports, and classes have their names', () => {
    expect(answers['seen']).toEqual(ALL_SEEN);
  });

  test('has the review, the manifests and the recorder of sources as functions', () => {
    expect(answers['manifests']).toContain('kind: Service');
    expect(answers['functions']).toEqual(['function', 'function']);
  });
});

describe('a program in CommonJS', () => {
  let answers: Answers;
  beforeAll(() => {
    answers = answersOf(
      'program.cjs',
      `${IN_COMMONJS}
const loadedFiles = () => Object.keys(require.cache).filter((file) => /package.dist/.test(file)).map((file) => file.split(/[\\/]/).at(-1));

const other = new TerraformStack(new App({ stackTraces: false }), 'other');
new AksCluster(other, 'cluster', {
  resourceGroup: { name: 'rg', location: 'westeurope' },
  clusterName: 'aks',
  kubernetesVersion: { minor: '1.35', _problems: () => [], _warnings: () => [] },
});
const likeUnloaded = Problems.of(other);
${PROGRAM}
const { ContainerImage, Exposure, NetworkProfile, VoteApp, Workload } = require('cdktf-aks');
const usual = [[NetworkProfile, VoteApp, Workload].map(({ name }) => name), loadedFiles()];
const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
new Workload(other, 'web', { name: 'web', image, containerPort: 80, exposure: Exposure.publicLoadBalancer() });
Problems.of(other);
const readsAddresses = Object.keys(require.cache).some((file) => /node_modules.ip-address/.test(file));
const { Manifests } = require('cdktf-aks');
const all = [Manifests.name, loadedFiles()];

const { KubernetesProvider } = require('@cdktf/provider-kubernetes/lib/provider');
const shop = new TerraformStack(new App({ stackTraces: false }), 'shop');
new KubernetesProvider(shop, 'kubernetes');
Manifests.fromYaml(shop, 'shop', { yaml: 'apiVersion: v1\\nkind: Namespace\\nmetadata: { name: shop, uid: 1 }' });
const yaml = [Problems.of(shop), Object.keys(shop.toTerraform().resource)];
const exported = require('cdktf-aks');
${SEEN}
const answers = { problems, likeUnloaded, usual, readsAddresses, all, yaml, seen };`,
    );
  });

  test('runs without the providers that it does not use', () => {
    expect(answers['problems']).toEqual([]);
  });

  test('loads what it uses of the package, and the rest when it uses some of it', () => {
    expect(answers['usual']).toEqual([
      ['NetworkProfile', 'VoteApp', 'Workload'],
      ['index.js', 'usual.js'],
    ]);
    expect(answers['all']).toEqual(['Manifests', ['index.js', 'usual.js', 'others.js']]);
  });

  test('does not load the package for addresses when there are none', () => {
    expect(answers['readsAddresses']).toBe(false);
  });

  test('has all exports, and classes have their names', () => {
    expect(answers['seen']).toEqual(ALL_SEEN);
  });

  test('does not take what looks like a value of a class that is not loaded for one', () => {
    expect(answers['likeUnloaded']).toEqual([
      expect.stringContaining("'azurerm', but no such provider"),
      expect.stringContaining(
        "'kubernetesVersion' must be a KubernetesVersion, such as KubernetesVersion.of(...), got {",
      ),
    ]);
  });

  test('reads objects in YAML without a package for YAML', () => {
    expect(answers['yaml']).toEqual([
      [expect.stringContaining('Kubernetes sets it: leave it out (line 3, document 1)')],
      ['kubernetes_namespace_v1'],
    ]);
  });
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
export const found: readonly string[] = [one.clusterName, ...problems];
`;
  files.forEach((file) => writeFileSync(file, code));
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...{ strict: true, exactOptionalPropertyTypes: true },
      ...{ noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
      ...{ target: 'es2022', lib: ['es2022'], types: [] },
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
