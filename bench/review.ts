import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from './compile';
import { inTurn, median, runProcess } from './measure';
import { reviewed } from './reviewed';
import { printTable } from './table';

/** What the review of many resources may cost. */
const MAX = { seconds: 2, megabytes: 400 };
/** How many times as long ten times the resources may take: ten, and some for a machine that has other work. */
const MAX_GROWTH = 13;
const RUNS = 5;
const [FEW, MANY] = [500, 5_000];

/** What the review of two versions of a stack costs, in all three formats, as users run it: from its bundle. */
export function reportReview(folder: string): string[] {
  const command = join(folder, 'cdktf-review.js');
  const entryPoints = [join(ROOT, 'lib/review/cdktf-review.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', target: 'node20', outfile: command });
  const runs = inTurn(RUNS, { few: reviewOf(command, folder, FEW), many: reviewOf(command, folder, MANY) });
  const few = median(runs.few.map(({ seconds }) => seconds));
  const many = median(runs.many.map(({ seconds }) => seconds));
  const megabytes = (side: 'few' | 'many') => Math.max(...runs[side].map((run) => run.megabytes));
  printTable(
    `The review of two versions of a stack, in three formats (medians of ${RUNS} runs, and the most memory)`,
    ['resources', 's', 'MB'],
    [
      [String(FEW), few.toFixed(2), megabytes('few').toFixed(0)],
      [String(MANY), many.toFixed(2), megabytes('many').toFixed(0)],
    ],
  );
  return [
    ...(many <= MAX.seconds ? [] : [`the review takes ${many.toFixed(2)} s, allowed are ${MAX.seconds}`]),
    ...(megabytes('many') <= MAX.megabytes
      ? []
      : [`the review takes ${megabytes('many').toFixed(0)} MB, allowed are ${MAX.megabytes}`]),
    ...(many <= few * MAX_GROWTH
      ? []
      : [`the review of ${MANY} resources takes ${(many / few).toFixed(0)} times as long as of ${FEW}: not linear`]),
  ];
}

/** One run of the command on a stack of so many resources. */
function reviewOf(command: string, folder: string, size: number): () => { seconds: number; megabytes: number } {
  const probe = join(folder, 'probe.js');
  // the last line of the output: the review itself is there as well
  writeFileSync(probe, "process.on('exit', () => console.log(`\\n${process.resourceUsage().maxRSS}`));");
  const [base, head] = ([1, 2] as const).map((version) => {
    const target = mkdtempSync(join(folder, `v${version}-`));
    writeFileSync(join(target, 'cdk.tf.json'), JSON.stringify(reviewed(size, version), null, 2));
    return target;
  });
  const args = ['-r', probe, command, '--base', String(base), '--head', String(head), '--out', join(folder, 'review')];
  return () => {
    const { seconds, output } = runProcess(process.execPath, args);
    return { seconds, megabytes: Number(output.trim().split('\n').at(-1)) / 1024 };
  };
}
