import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentVariable, readSettings } from '../../../lib/vote/settings';
import { bundled } from '../../bundled';
import { addresses, temporaryFolder, type Json } from '../../util';
import { FOLDERS } from '../review/vote';

const ROOT = join(__dirname, '../../..');
const CONFIG = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8')) as { context: { 'cdktf-aks': object } };

/** Reads settings from a `cdktf.json` that has other ones. */
function settingsWith(changes: object, environment: { [name: string]: string } = {}): ReturnType<typeof readSettings> {
  const folder = temporaryFolder();
  const context = { 'cdktf-aks': { ...CONFIG.context['cdktf-aks'], ...changes }, cdktfRelativeModules: [], foreign: 1 };
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify({ ...CONFIG, context }));
  return readSettings(folder, environment);
}

describe('the settings', () => {
  test("of cdktf.json are the article's", () => {
    const { settings, problems } = readSettings(ROOT, {});

    expect(problems).toEqual([]);
    expect(settings).toEqual({ ...CONFIG.context['cdktf-aks'], subscriptionId: undefined, stateIn: undefined });
  });

  test('are each overridden by an environment variable', () => {
    const environment = {
      CDKTF_AKS_NODE_COUNT: '3',
      CDKTF_AKS_IMAGE_TAG: 'v2',
      CDKTF_AKS_STATE_IN: 'rg/account1/states',
      CDKTF_AKS_LOCATION: '',
      CDKTF_AKS_UNKNOWN: 'is nobody’s business',
    };
    const { settings, problems } = settingsWith({ nodeCount: 5 }, environment);

    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      nodeCount: 3,
      imageTag: 'v2',
      stateIn: 'rg/account1/states',
      location: 'westeurope',
    });
    expect(environmentVariable('sourceRepository')).toBe('CDKTF_AKS_SOURCE_REPOSITORY');
  });

  test.each<[object, string]>([
    [{ nodeCuont: 3 }, `'nodeCuont' (cdktf.json) is no setting: did you mean 'nodeCount'?`],
    [{ toString: 3 }, expect.stringContaining(`'toString' (cdktf.json) is no setting: the settings are `) as string],
    [
      { nodeCount: '3' },
      `setting 'nodeCount' (cdktf.json) must be a whole number from 1 to 1000, such as 2, got "3": write 3 without quotes, or convert it with Number(...)`,
    ],
    [{ nodeCount: 2.5 }, `setting 'nodeCount' (cdktf.json) must be a whole number from 1 to 1000, such as 2, got 2.5`],
    [
      { nodeCount: undefined },
      `setting 'nodeCount' (cdktf.json) must be given: a whole number from 1 to 1000, such as 2, got nothing`,
    ],
    [
      { nodeCount: null },
      `setting 'nodeCount' (cdktf.json) must be a whole number from 1 to 1000, such as 2, got null`,
    ],
    [
      { location: ['westeurope'] },
      `setting 'location' (cdktf.json) must be the name of an Azure region: letters and digits, with or without spaces, such as "westeurope", got ["westeurope"]: remove the list: "westeurope"`,
    ],
    [
      { location: 'west-europe' },
      `setting 'location' (cdktf.json) must be the name of an Azure region: letters and digits, with or without spaces, such as "westeurope", got "west-europe": 'az account list-locations --output table' lists them`,
    ],
    [
      { clusterIdentity: 'none' },
      `setting 'clusterIdentity' (cdktf.json) must be "servicePrincipal" or "systemAssigned", such as "servicePrincipal", got "none"`,
    ],
    [
      { frontImage: 'Build' },
      `setting 'frontImage' (cdktf.json) must be "build", "pushed" or an image reference, such as "build", got "Build"`,
    ],
    [
      { stateIn: 'account/container' },
      `setting 'stateIn' (cdktf.json) must be "<resource group>/<storage account>/<container>", with the naming rules of Azure, such as "terraform-state-rg/jminntfstate/tfstate", got "account/container"`,
    ],
    [
      { subscriptionId: 'mine' },
      `setting 'subscriptionId' (cdktf.json) must be a UUID, such as "7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10", got "mine"`,
    ],
  ])('are refused with %j', (changes, message) => {
    expect(settingsWith(changes).problems).toEqual([message]);
  });

  test('name the environment variable that a bad value comes from', () => {
    expect(settingsWith({}, { CDKTF_AKS_NODE_COUNT: 'many', CDKTF_AKS_FRONT_REPLICAS: '-1' }).problems).toEqual([
      `setting 'nodeCount' (environment variable CDKTF_AKS_NODE_COUNT) must be a whole number from 1 to 1000, such as 2, got "many"`,
      expect.stringMatching(
        /^setting 'frontReplicas' \(environment variable CDKTF_AKS_FRONT_REPLICAS\) must be a whole number/,
      ),
    ]);
  });

  test.each([
    ['no file', undefined, 'cdktf.json must be in the folder of main.ts, and is missing'],
    ['no JSON', '{', expect.stringMatching(/^cdktf.json must be JSON, and is not: (?!.*Error)/)],
    ['no object', 'null', 'cdktf.json must hold the settings as an object under context."cdktf-aks"'],
    ['a number', '1', 'cdktf.json must hold the settings as an object under context."cdktf-aks"'],
    [
      'a context that is none',
      '{"context":null}',
      'cdktf.json must hold the settings as an object under context."cdktf-aks"',
    ],
    ['no settings', '{}', 'cdktf.json must hold the settings as an object under context."cdktf-aks"'],
    [
      'a list',
      '{"context":{"cdktf-aks":[]}}',
      'cdktf.json must hold the settings as an object under context."cdktf-aks"',
    ],
  ])('say so once when there is %s', (_, text, message) => {
    const folder = temporaryFolder();
    if (text !== undefined) {
      writeFileSync(join(folder, 'cdktf.json'), text);
    }

    expect(readSettings(folder, {}).problems).toEqual([message]);
  });
});

describe('main.ts', () => {
  const run = (args: string[], cwd: string, environment: { [name: string]: string }): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, ...environment } });

  /** Starts the program as npm does, which takes seconds: each run here shows several things. */
  const main = ['-r', require.resolve('tsx/cjs'), join(ROOT, 'main.ts')];

  const outdir = temporaryFolder();
  const elsewhere = { cwd: temporaryFolder(), outdir: temporaryFolder() };
  let here: ReturnType<typeof run>;
  let byCdktf: ReturnType<typeof run>;

  beforeAll(() => {
    here = run(main, ROOT, { CDKTF_OUTDIR: outdir });
    const environment = { CDKTF_OUTDIR: elsewhere.outdir, CDKTF_CONTEXT_JSON: '{"cdktfRelativeModules":[]}' };
    byCdktf = run(main, elsewhere.cwd, environment);
  }, 60_000);

  test('writes the stack, and tells a person what it would create, what to mind and what to do next', () => {
    const { status, stdout, stderr } = here;

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(String(stdout).replaceAll(outdir, 'cdktf.out')).toMatchSnapshot();
    expect(existsSync(join(outdir, 'stacks/vote/cdk.tf.json'))).toBe(true);
  });

  test('writes the same bytes in another folder, and when cdktf runs it, but for the path of the local state', () => {
    const movedHome = filesIn(elsewhere.outdir).map((text) => text.replaceAll(elsewhere.cwd, ROOT));
    expect(movedHome).toEqual(filesIn(outdir));
    const program = readFileSync(join(outdir, 'stacks/vote/cdk.tf.json'), 'utf8');
    expect(program + readFileSync(join(outdir, 'manifest.json'), 'utf8')).not.toMatch(/stacktrace|\.ts:/);
  });

  test('writes what the tests of the review take for it', () => {
    expect(filesIn(FOLDERS.base)).toEqual(filesIn(outdir));
  });

  test('says beside the JSON which line of the program made each resource', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(elsewhere.outdir, name), 'utf8')) as unknown;
    const { vote } = read('sources.json') as { vote: object };
    const program = read('stacks/vote/cdk.tf.json') as Json;
    const resources = addresses({ ...program, data: {} });

    expect(Object.keys(vote).sort()).toEqual(resources.sort());
    expect(Object.values(vote).filter((place) => !/^lib\/vote\/vote-parts\.ts:\d+$/.test(String(place)))).toEqual([]);
  });

  test('says nothing when cdktf runs it, which prints for itself', () => {
    const { status, stdout } = byCdktf;

    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('answers wrong settings and wrong props together, one message each, exit code 1, no stack trace and no changed file', () => {
    const kept = temporaryFolder();
    mkdirSync(join(kept, 'stacks/vote'), { recursive: true });
    writeFileSync(join(kept, 'stacks/vote/cdk.tf.json'), 'as it was');
    const before = filesIn(kept);
    const program = bundled('main.ts', withWrongProps);
    const { status, stdout, stderr } = run([program], dirname(program), {
      CDKTF_OUTDIR: kept,
      CDKTF_AKS_LOCATION: 'west-europe',
      CDKTF_AKS_REGISTRY_NAME: 'my-acr',
      CDKTF_AKS_CLUSTER_NAME: 'my cluster',
      CDKTF_AKS_DNS_PREFIX: 'my_cluster',
      CDKTF_AKS_NODE_COUNT: '0',
      CDKTF_AKS_VM_SIZE: 'Standard_B1s',
      CDKTF_AKS_FRONT_REPLICAS: 'two',
      CDKTF_AKS_IMAGE_TAG: 'v 1',
      CDKTF_AKS_SOURCE_COMMIT: 'main',
      CDKTF_AKS_STATE_IN: 'somewhere',
    });

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(String(stderr)).toMatchSnapshot();
    expect(String(stderr)).not.toMatch(/\n\s+at /);
    expect(filesIn(kept)).toEqual(before);
  });
});

/** The text of main.ts, to which a construct with a wrong prop is added. */
function withWrongProps(main: string): string {
  return `import { AcrRegistry } from './constructs';\n${main.replace(
    'const found',
    `const resourceGroup = { name: 'rg', location: 'westeurope' };
     const stack = app.node.findChild('vote') as VoteStack;
     new AcrRegistry(stack, 'second', { resourceGroup, registryName: 'no' });
     const found`,
  )}`;
}

/** The text of every file below a folder, in order. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readFileSync(path, 'utf8'));
}
