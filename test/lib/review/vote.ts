import { App } from 'cdktf';
import { type BuildOptions, buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordSources } from '../../../lib/engine/sources';
import { readProgram } from '../../../lib/review';
import { readSettings } from '../../../lib/vote/settings';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { filledOnce } from '../../run';

const ROOT = join(__dirname, '../../..');

/** The source files of main.ts. */
const PROGRAM = ['main.ts', 'constructs', 'lib/engine', 'lib/vote'];

const COMPILED = {
  ...{ format: 'cjs', platform: 'node', target: 'node20' },
  ...{ sourcemap: true, logLevel: 'warning' },
} as const satisfies BuildOptions;

/** A part of the program before and after. */
export interface Edit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The change of docs/review.md, as its author would make it in the code of this repository. */
export const EDITS: readonly Edit[] = [
  { file: 'cdktf.json', before: '"dnsPrefix": "jm-inn-aks"', after: '"dnsPrefix": "jm-inn-vote"' },
  { file: 'cdktf.json', before: '"nodeCount": 2', after: '"nodeCount": 3' },
  { file: 'cdktf.json', before: '"imageTag": "v1"', after: '"imageTag": "v2"' },
  {
    file: 'constructs/registry/acr-role-assignment-mode.ts',
    before: "ofRegistry: 'AcrPull',",
    after: "ofRegistry: 'Contributor',",
  },
  {
    file: 'constructs/vote/vote-backend.ts',
    before: "import { VoteSecurity } from './vote-security';",
    after: "import { Exposure } from '../workload/exposure/exposure';\nimport { VoteSecurity } from './vote-security';",
  },
  {
    file: 'constructs/vote/vote-backend.ts',
    before: "portName: 'redis',",
    after: "portName: 'redis',\nexposure: Exposure.publicLoadBalancer(),",
  },
  {
    file: 'lib/vote/vote-parts.ts',
    before: "new AcrRegistry(stack, 'registry',",
    after: "new AcrRegistry(stack, 'images',",
  },
];

/** The output folders of the article's program, unchanged and with the change. */
export const FOLDERS = { base: synthesize([]), head: synthesize(EDITS) };

/** The unchanged stack of the article. */
export const BASE = readProgram(FOLDERS.base);

/** Nodes scaled, v2 rolled out, a role widened, the back end public, the registry's construct renamed, another DNS prefix. */
export const HEAD = readProgram(FOLDERS.head);

/** Runs main.ts with some edits, and returns its output folder. */
export function synthesize(edits: readonly Edit[]): string {
  const name = createHash('sha256').update(JSON.stringify(edits)).digest('hex');
  const folder = filledOnce(name, (tree) => {
    const isOfSettings = edits.every(({ file }) => file === 'cdktf.json');
    cpSync(join(ROOT, 'cdktf.json'), join(tree, 'cdktf.json'));
    if (isOfSettings) {
      apply(edits, tree);
      runHere(tree);
    } else {
      PROGRAM.forEach((path) => cpSync(join(ROOT, path), join(tree, path), { recursive: true }));
      apply(edits, tree);
      runThere(tree);
    }
  });
  return join(folder, 'out');
}

function apply(edits: readonly Edit[], tree: string): void {
  edits.forEach(({ file, before, after }) => {
    const text = readFileSync(join(tree, file), 'utf8');
    if (text.split(before).length !== 2) {
      throw new Error(`${file}: "${before}" is not there once`);
    }
    writeFileSync(join(tree, file), text.replace(before, after));
  });
}

/** Does what main.ts does with the settings of a folder: to start it takes ten times as long. */
function runHere(tree: string): void {
  const app = new App({ outdir: join(tree, 'out'), stackTraces: false, skipValidation: true });
  recordSources(app, { root: ROOT });
  new VoteStack(app, 'vote', readSettings(tree, {}).settings);
  app.synth();
}

/** Compiles and starts the program of a folder, with the constructs as one file, which takes half the time. */
function runThere(tree: string): void {
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const options = { ...COMPILED, absWorkingDir: tree, outdir: tree, outbase: tree };
  buildSync({ ...options, entryPoints: ['main.ts', 'lib/**/*.ts'] });
  buildSync({ ...options, entryPoints: ['constructs/index.ts'], bundle: true, packages: 'external', keepNames: true });
  // deaf to the environment, which may have other settings
  const env = { PATH: process.env['PATH'], CDKTF_OUTDIR: join(tree, 'out') };
  execFileSync(process.execPath, ['--enable-source-maps', 'main.js'], { cwd: tree, env, stdio: 'pipe' });
}
