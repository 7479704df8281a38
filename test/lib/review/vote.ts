import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProgram } from '../../../lib/review';
import { filledOnce } from '../../run';

const ROOT = join(__dirname, '../../..');

/** A piece of the program before and after. */
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

/** The folders that the article's program is synthesized to, as it is and with the change. */
export const FOLDERS = { base: synthesize([]), head: synthesize(EDITS) };

/** The article's stack as it is. */
export const BASE = readProgram(FOLDERS.base);

/** Nodes scaled, v2 rolled out, a role widened, the back end public, the registry's construct renamed, another DNS prefix. */
export const HEAD = readProgram(FOLDERS.head);

/** Runs main.ts with some edits, in a copy of the program; the folder that it writes. */
export function synthesize(edits: readonly Edit[]): string {
  const name = createHash('sha256').update(JSON.stringify(edits)).digest('hex');
  return join(
    filledOnce(name, (tree) => run(tree, edits)),
    'out',
  );
}

function run(tree: string, edits: readonly Edit[]): void {
  for (const name of ['main.ts', 'cdktf.json', 'constructs', 'lib', 'package.json']) {
    cpSync(join(ROOT, name), join(tree, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  edits.forEach(({ file, before, after }) => {
    const text = readFileSync(join(tree, file), 'utf8');
    if (text.split(before).length !== 2) {
      throw new Error(`${file}: "${before}" is not there once`);
    }
    writeFileSync(join(tree, file), text.replace(before, after));
  });
  // in one call, since tsx would start anew with each copy: it remembers what it compiled by the path
  buildSync({
    absWorkingDir: tree,
    entryPoints: ['main.ts', 'constructs/**/*.ts', 'lib/**/*.ts'],
    outdir: tree,
    ...{ format: 'cjs', platform: 'node', target: 'node20', sourcemap: true, logLevel: 'warning' },
  });
  // deaf to the environment, which may have other settings
  const env = { PATH: process.env['PATH'], CDKTF_OUTDIR: join(tree, 'out') };
  execFileSync(process.execPath, ['--enable-source-maps', 'main.js'], { cwd: tree, env, stdio: 'pipe' });
}
