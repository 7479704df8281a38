import { spawnSync } from 'node:child_process';

/** One run of a program. */
export interface ProcessRun {
  /** From its start to its end, as its caller sees it. */
  readonly seconds: number;
  /** What it printed. */
  readonly output: string;
}

/**
 * Runs a program to its end; throws what it printed if it fails.
 *
 * On Linux the peak memory of a process begins at what its parent has: whoever measures memory loads no bindings itself.
 *
 * @param environment What the program is told besides the environment of this one
 */
export function runProcess(
  command: string,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
): ProcessRun {
  const start = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    // otherwise cdktf reports each run to its makers, and waits for the answer
    env: { ...process.env, CHECKPOINT_DISABLE: '1', ...environment },
  });
  const seconds = (performance.now() - start) / 1000;
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `${stdout}\n${stderr}`}`);
  }
  return { seconds, output: stdout };
}

/**
 * Calls each function `count` times, in turn and not one after the other, so that a busy moment of the machine meets
 * all of them. A call before that, which fills the caches of the operating system, does not count.
 */
export function inTurn<K extends string, T>(
  count: number,
  calls: { readonly [Name in K]: () => T },
): {
  readonly [Name in K]: readonly T[];
} {
  const names = Object.keys(calls) as K[];
  const rounds = Array.from({ length: count + 1 }, () => names.map((name) => calls[name]()));
  const counted = rounds.slice(1);
  return Object.fromEntries(names.map((name, index) => [name, counted.map((round) => round[index])])) as {
    [Name in K]: T[];
  };
}

/** A message if a limit is exceeded; a value that cannot be measured exceeds every limit. */
export function exceeding(value: number, limit: number, message: string): string[] {
  return value <= limit ? [] : [message];
}

/** The middle one of the values; of an even number of values, the upper of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
