import { spawnSync } from 'node:child_process';

/** One run of a program. */
export interface ProcessRun {
  /** The time from start to end, as the caller sees it. */
  readonly seconds: number;
  /** The standard output. */
  readonly output: string;
}

/**
 * Runs a program to its end; throws an error with its output if it fails.
 *
 * On Linux, the peak memory of a process starts at that of its parent, so that a process that measures memory must not load
 * bindings.
 *
 * @param environment Additional environment variables of the program
 */
export function runProcess(
  command: string,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
): ProcessRun {
  const start = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    // otherwise cdktf reports each run to a server, and waits for the response
    env: { ...process.env, CHECKPOINT_DISABLE: '1', ...environment },
  });
  const seconds = (performance.now() - start) / 1000;
  if (error !== undefined || status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `${stdout}\n${stderr}`}`);
  }
  return { seconds, output: stdout };
}

/**
 * Calls the functions `count` times in turn, so that a busy moment of the machine affects all of them. A first call of each,
 * which fills the caches of the operating system, does not count.
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

/** The median of the values; for an even number of values, the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
