import { App } from 'cdktf';

/** One side of the benchmark. It is a parameter, so that a run loads only the modules of that side. */
interface Program {
  /** Adds one copy of the system. */
  readonly addStack: (app: App, id: string) => void;
  /** Prepares the app before the first copy. */
  readonly prepare?: (app: App) => void;
  /** Finds problems before anything is written. */
  readonly problemsOf?: (app: App) => string[];
}

/**
 * One run of the benchmark: a program with copies of the system, each in a stack of its own.
 *
 * It is called as `node <program> <copies> <outdir>`, and prints its peak memory in kilobytes.
 */
export function run({ addStack, prepare, problemsOf }: Program): void {
  const [copies, outdir] = process.argv.slice(2);
  // both sides run all validations once: before synthesis, as main.ts does, or during synthesis
  const app = new App({ outdir, stackTraces: false, skipValidation: problemsOf !== undefined });
  prepare?.(app);
  for (let copy = 1; copy <= Number(copies); copy++) {
    addStack(app, `vote-${copy}`);
  }
  const problems = problemsOf?.(app) ?? [];
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  app.synth();
  console.log(process.resourceUsage().maxRSS);
}
