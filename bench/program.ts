import { App } from 'cdktf';

/**
 * One run of the benchmark: a program with copies of the system, each in a stack of its own.
 *
 * It is run as `node <program> <copies> <outdir>`, and prints the most memory that it had, in kilobytes. What is
 * measured is passed in, so that a run loads the modules of one side only.
 *
 * @param addStack Adds one copy
 * @param problemsOf What is asked before anything is written
 */
export function run(addStack: (app: App, id: string) => void, problemsOf?: (app: App) => string[]): void {
  const [copies, outdir] = process.argv.slice(2);
  // either asks all validations once: before anything is written, as main.ts does, or while it is
  const app = new App({ outdir, stackTraces: false, skipValidation: problemsOf !== undefined });
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
