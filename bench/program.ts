import { App } from 'cdktf';

/** What one side of the benchmark does. It is passed in, so that a run loads the modules of that side only. */
interface Program {
  /** Adds one copy of the system. */
  readonly addStack: (app: App, id: string) => void;
  /** What is done with the app before the first copy. */
  readonly prepare?: (app: App) => void;
  /** What is asked before anything is written. */
  readonly problemsOf?: (app: App) => string[];
}

/**
 * One run of the benchmark: a program with copies of the system, each in a stack of its own.
 *
 * It is run as `node <program> <copies> <outdir>`, and prints the most memory that it had, in kilobytes.
 */
export function run({ addStack, prepare, problemsOf }: Program): void {
  const [copies, outdir] = process.argv.slice(2);
  // either asks all validations once: before anything is written, as main.ts does, or while it is
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
