import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleReview } from '../tools/bundle';
import { exceeding, inTurn, median, runProcess } from './measure';
import { reviewed } from './reviewed';
import { printTable } from './table';

/** The limits relative to reading and parsing the same two folders, which any comparison has to do. */
const MAX_RATIO = { seconds: 25, megabytes: 5 };
/** The allowed ratio of times for ten times as many resources: ten, and some margin for a busy machine. */
const MAX_GROWTH = 13;
const RUNS = 5;
const [FEW, MANY] = [500, 5_000];

/** One run of a program on two versions of a stack. */
interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Measures the review of two versions of a stack in all formats, from its bundle, as users run it. */
export function reportReview(folder: string): string[] {
  bundleReview(folder);
  const command = join(folder, 'lib/review/cdktf-review.js');
  const [atFew, atMany] = [versions(folder, FEW), versions(folder, MANY)];
  const runs = inTurn(RUNS, {
    few: reviewOf(command, folder, atFew),
    many: reviewOf(command, folder, atMany),
    parse: parsingOf(folder, atMany),
  });
  const seconds = (side: keyof typeof runs) => median(runs[side].map((run) => run.seconds));
  const megabytes = (side: keyof typeof runs) => Math.max(...runs[side].map((run) => run.megabytes));
  const ratio = {
    seconds: median(runs.many.map((run, index) => run.seconds / (runs.parse[index]?.seconds ?? Number.NaN))),
    megabytes: megabytes('many') / megabytes('parse'),
  };
  printTable(
    `The review of two versions of a stack, in every format (medians of ${RUNS} runs, and the most memory)`,
    ['', 's', 'MB'],
    [
      [`${FEW} resources`, seconds('few').toFixed(2), megabytes('few').toFixed(0)],
      [`${MANY} resources`, seconds('many').toFixed(2), megabytes('many').toFixed(0)],
      [`${MANY} resources, only read and parsed`, seconds('parse').toFixed(2), megabytes('parse').toFixed(0)],
      ['ratio of the two', ratio.seconds.toFixed(2), ratio.megabytes.toFixed(2)],
    ],
  );
  return reviewFailures(ratio, seconds('many') / seconds('few'));
}

/**
 * The exceeded limits. All are ratios, which are independent of the speed of the machine.
 *
 * @param ratio The cost of the review relative to that of reading and parsing the same folders
 * @param growth The time for the review of many resources relative to that of few
 */
export function reviewFailures(ratio: Run, growth: number): string[] {
  return [
    ...exceeding(
      ratio.seconds,
      MAX_RATIO.seconds,
      `the review takes ${ratio.seconds.toFixed(1)} times as long as to parse its input, allowed is ${MAX_RATIO.seconds}`,
    ),
    ...exceeding(
      ratio.megabytes,
      MAX_RATIO.megabytes,
      `the review takes ${ratio.megabytes.toFixed(1)} times the memory of parsing its input, allowed is ${MAX_RATIO.megabytes}`,
    ),
    ...exceeding(
      growth,
      MAX_GROWTH,
      `the review of ${MANY} resources takes ${growth.toFixed(0)} times as long as of ${FEW}: not linear`,
    ),
  ];
}

/** The folders of two versions of a stack with a number of resources. */
function versions(folder: string, size: number): readonly string[] {
  return ([1, 2] as const).map((version) => {
    const target = mkdtempSync(join(folder, `v${version}-`));
    writeFileSync(join(target, 'cdk.tf.json'), JSON.stringify(reviewed(size, version), null, 2));
    return target;
  });
}

/** One run of the command. */
function reviewOf(command: string, folder: string, [base = '', head = '']: readonly string[]): () => Run {
  return run(folder, [command, '--base', base, '--head', head, '--out', join(folder, 'review')]);
}

/** One run of a program that only reads and parses the folders. */
function parsingOf(folder: string, folders: readonly string[]): () => Run {
  const program = join(folder, 'parse.js');
  const parse = "JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'))";
  writeFileSync(
    program,
    [
      "const { readFileSync } = require('node:fs');",
      "const { join } = require('node:path');",
      `globalThis.parsed = process.argv.slice(2).map((folder) => ${parse});`,
    ].join('\n'),
  );
  return run(folder, [program, ...folders]);
}

function run(folder: string, args: readonly string[]): () => Run {
  const probe = join(folder, 'probe.js');
  // the last line of the output, which also contains the review
  writeFileSync(probe, "process.on('exit', () => console.log(`\\n${process.resourceUsage().maxRSS}`));");
  return () => {
    const { seconds, output } = runProcess(process.execPath, ['-r', probe, ...args]);
    return { seconds, megabytes: Number(output.trim().split('\n').at(-1)) / 1024 };
  };
}
