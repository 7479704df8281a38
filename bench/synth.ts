import { join } from 'node:path';
import { reportClusters } from './clusters';
import { withCompiled } from './compile';
import { reportLoaders } from './loaders';
import { exceeding, inTurn, median, runProcess } from './measure';
import { reportReview } from './review';
import { printTable } from './table';

/** The allowed ratio of the times of a program with and without the library. */
const MAX_RATIO = 1.15;
/** The allowed growth of the time for a copy among many: well below that of quadratic time, and above noise. */
const MAX_GROWTH = 1.5;

const SIZES = [
  { copies: 1, runs: 11 },
  { copies: 50, runs: 9 },
  { copies: 200, runs: 7 },
];

/** Medians of the runs of one program. */
interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The costs of both programs with a number of copies of the system. */
interface Measured {
  readonly copies: number;
  readonly runs: number;
  readonly ours: Cost;
  readonly bare: Cost;
  /** The median ratio of the times of adjacent runs, which a busy machine affects equally. */
  readonly ratio: number;
}

/** Prints a part of the report, and returns the exceeded limits. */
type Section = (compiled: string) => string[];

const SECTIONS: readonly Section[] = [reportSynth, reportClusters, reportLoaders, reportReview];

function reportSynth(compiled: string): string[] {
  const measured = SIZES.map(({ copies, runs }) => measure(compiled, copies, runs));
  printTable(
    'Synthesis with the library (ours) and on the bare bindings, both compiled: medians of time, its ratio in pairs of runs, and peak memory',
    ['copies', 'runs', 'ours s', 'bare s', 'ratio', 'ours MB', 'bare MB', 'ratio'],
    measured.map((one) => [String(one.copies), String(one.runs), ...costCells(one)]),
  );
  const steps = measured.slice(1).map((to, index) => perCopy(measured[index] ?? to, to));
  printTable(
    'Time per added copy, net of start-up',
    ['copies', 'ours ms', 'bare ms', 'ratio'],
    steps.map(({ name, ours, bare }) => [name, ours.toFixed(1), bare.toFixed(1), (ours / bare).toFixed(2)]),
  );
  return [...measured.flatMap(ratioFailures), ...growthFailures(steps.map(({ ours }) => ours))];
}

function measure(compiled: string, copies: number, runs: number): Measured {
  let outdirs = 0;
  const program = (name: string) => () => {
    const outdir = join(compiled, `out-${copies}-${outdirs++}`);
    const { seconds, output } = runProcess(process.execPath, [join(compiled, 'bench', name), String(copies), outdir]);
    return { seconds, megabytes: Number(output) / 1024 };
  };
  const runsOf = inTurn(runs, { ours: program('program-ours.js'), bare: program('program-bare.js') });
  const ratios = runsOf.ours.map(({ seconds }, run) => seconds / (runsOf.bare[run]?.seconds ?? Number.NaN));
  return { copies, runs, ours: medians(runsOf.ours), bare: medians(runsOf.bare), ratio: median(ratios) };
}

function medians(costs: readonly Cost[]): Cost {
  return {
    seconds: median(costs.map(({ seconds }) => seconds)),
    megabytes: median(costs.map(({ megabytes }) => megabytes)),
  };
}

function costCells({ ours, bare, ratio }: Measured): string[] {
  const seconds = [ours.seconds, bare.seconds, ratio].map((value) => value.toFixed(2));
  const megabytes = [ours.megabytes, bare.megabytes].map((value) => value.toFixed(0));
  return [...seconds, ...megabytes, (ours.megabytes / bare.megabytes).toFixed(2)];
}

function perCopy(from: Measured, to: Measured): { name: string; ours: number; bare: number } {
  const milliseconds = (side: 'ours' | 'bare') =>
    (1000 * (to[side].seconds - from[side].seconds)) / (to.copies - from.copies);
  return { name: `${from.copies} to ${to.copies}`, ours: milliseconds('ours'), bare: milliseconds('bare') };
}

function ratioFailures({ copies, ratio }: Measured): string[] {
  const times = ratio.toFixed(2);
  return exceeding(
    ratio,
    MAX_RATIO,
    `with ${copies} copies the library takes ${times} times as long as without, allowed is ${MAX_RATIO}`,
  );
}

function growthFailures([first = 0, ...later]: readonly number[]): string[] {
  const growth = Math.max(...later) / first;
  const times = growth.toFixed(2);
  return exceeding(
    growth,
    MAX_GROWTH,
    `a copy costs ${times} times as much among many as among few, allowed is ${MAX_GROWTH}: not linear`,
  );
}

const failures = withCompiled((compiled) => SECTIONS.flatMap((section) => section(compiled)));
console.log(
  failures.length === 0 ? '\nWithin the limits.' : `\nFAILED:\n${failures.map((one) => `  - ${one}`).join('\n')}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
