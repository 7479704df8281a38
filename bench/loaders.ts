import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './compile';
import { inTurn, median, runProcess } from './measure';
import { printTable } from './table';

const RUNS = 5;

/** Measures the ways to run `main.ts`, for information. */
export function reportLoaders(compiled: string): string[] {
  // not the package's own cdktf.out, which may be in use
  const outdir = join(compiled, 'cdktf.out');
  const node = (...args: string[]) => runProcess(process.execPath, args, { CDKTF_OUTDIR: outdir }).seconds;
  const ways: { [name: string]: () => number } = {
    'node main.js (compiled)': () => node(join(compiled, 'main.js')),
    'node -r tsx/cjs main.ts (npm start)': () => node('-r', 'tsx/cjs', join(ROOT, 'main.ts')),
  };
  const hasCli = existsSync(join(ROOT, 'node_modules/cdktf-cli'));
  if (hasCli) {
    ways['npx cdktf synth'] = () => runProcess('npx', ['cdktf', 'synth', '--output', outdir]).seconds;
  }
  printTable(
    `Ways to run main.ts (medians of ${RUNS} runs)`,
    ['', 's'],
    Object.entries(inTurn(RUNS, ways)).map(([name, seconds]) => [name, median(seconds).toFixed(2)]),
  );
  if (!hasCli) {
    console.log('  npx cdktf synth: left out, since cdktf-cli is not installed');
  }
  return [];
}
