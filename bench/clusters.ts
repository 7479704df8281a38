import { join } from 'node:path';
import { exceeding, inTurn, median, runProcess } from './measure';
import { printTable } from './table';

const RUNS = 5;
const [FEW, MORE, MANY] = [1, 50, 200];

/** The allowed growth of the time for a cluster among many: well below that of quadratic time, and above noise. */
const MAX_GROWTH = 1.5;

/** Measures clusters with three pools each in one stack, whose rules compare them with each other. */
export function reportClusters(compiled: string): string[] {
  let outdirs = 0;
  const program = (clusters: number) => () => {
    const outdir = join(compiled, `clusters-${outdirs++}`);
    return runProcess(process.execPath, [join(compiled, 'bench/program-clusters.js'), String(clusters), outdir])
      .seconds;
  };
  const runs = inTurn(RUNS, { few: program(FEW), more: program(MORE), many: program(MANY) });
  const [few, more, many] = [median(runs.few), median(runs.more), median(runs.many)];
  const first = (more - few) / (MORE - FEW);
  const later = (many - more) / (MANY - MORE);
  printTable(
    `Clusters with three pools each in one stack (medians of ${RUNS} runs)`,
    ['clusters', 's', 'ms per added cluster'],
    [
      [String(FEW), few.toFixed(2), ''],
      [String(MORE), more.toFixed(2), (first * 1000).toFixed(1)],
      [String(MANY), many.toFixed(2), (later * 1000).toFixed(1)],
    ],
  );
  const growth = later / first;
  const times = growth.toFixed(2);
  return exceeding(
    growth,
    MAX_GROWTH,
    `a cluster costs ${times} times as much among ${MANY} as among few, allowed is ${MAX_GROWTH}`,
  );
}
