import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { Review } from './model';
import { readPlan } from './read/plan';
import { reason } from '../terraform-json/files';
import { messageOf, readProgram } from '../terraform-json/read';
import { changedManifests } from './compare-manifests';
import { pictureOf } from './depict';
import { Drawings } from './drawing/drawings';
import { mermaidOf, mermaidOfWithin } from './drawing/mermaid';
import { VIEWS, type View } from './drawing/scene';
import { svgOf } from './drawing/svg';
import { pageOf } from './page/page';
import { visible } from './render/escape';
import { renderAnnotations } from './render/github';
import { renderJson } from './render/json';
import { LONGEST_DIAGRAM, renderMarkdown } from './render/markdown';
import { renderSarif } from './render/sarif';
import { renderSummary } from './render/summary';
import { renderTerminal } from './render/terminal';
import { isDay } from './findings/acceptance';
import type { FindingOptions } from './findings/findings';
import { readAcceptances } from './findings/read-acceptances';
import { PROFILES, type Profile } from './findings/severity';
import { reviewOf } from './review';
import { GATES, hasChanges, tripped, type Gate } from './verdict/gates';
import { versionsOf, type Versions } from './versions';

/** The parts of a process that the command uses. */
export interface Process {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Whether the output is a terminal that shows colors. */
  readonly isColoured: boolean;
}

/** The exit codes of the command. */
const EXIT = { fine: 0, error: 1, changes: 2, gate: 3 } as const;

const FORMATS = ['term', 'md', 'json', 'svg', 'mmd', 'html', 'sarif', 'summary'] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly base?: string;
  readonly head: string;
  readonly plan?: string;
  readonly out?: string;
  readonly format?: readonly Format[];
  readonly failOn: readonly Gate[];
  readonly profile: Profile;
  readonly accept?: string;
  readonly today?: string;
  readonly detailedExitcode: boolean;
  readonly view: View;
}

/** Runs the command; nothing is written before the review is complete. */
export async function run(args: readonly string[], process: Process): Promise<number> {
  try {
    const options = parse(args, process);
    return options === undefined ? EXIT.fine : await perform(options, process);
  } catch (error) {
    const [first = ''] = messageOf(error)
      .replace(/^error: /, '')
      .split(/\r?\n/);
    const text = first.startsWith('Maximum call stack') ? 'the input is nested too deeply' : first;
    process.writeError(`cdktf-review: ${visible(text)}\n`);
    return EXIT.error;
  }
}

/** The options; undefined after --help or --version. */
function parse(args: readonly string[], process: Process): Options | undefined {
  const command = new Command('cdktf-review')
    .description(
      'Reviews what a change of a CDKTF program would do, from its synthesized JSON: no credentials, no state, no network.',
    )
    .option('--base <dir>', 'the output folder before the change; without it, everything is new')
    .requiredOption('--head <dir>', 'the output folder after the change: cdktf.out, or a folder with *.tf.json')
    .option('--plan <file>', 'the output of terraform show -json, which takes precedence over predictions')
    .option('--out <dir>', 'write review.txt, .md, .json, .svg, .mmd, .html, .sarif and summary.txt to this folder')
    .option(
      '--format <formats>',
      `one or more of ${FORMATS.join(', ')} (default: term; with --out: all)`,
      oneOf(FORMATS),
    )
    .addOption(
      new Option('--view <view>', 'the side that svg and mmd show, or both with what changes')
        .choices(VIEWS)
        .default('both'),
    )
    .option('--fail-on <gates>', `exit with 3 on any of ${GATES.join(', ')}`, oneOf(GATES), [])
    .addOption(
      new Option('--profile <profile>', 'the rules that the findings are of').choices(PROFILES).default('baseline'),
    )
    .option('--accept <file>', 'the findings that are accepted, each with its reason')
    .option('--today <date>', 'the day as YYYY-MM-DD: what is accepted until an earlier one counts again', day)
    .option('--detailed-exitcode', 'exit with 2 if anything changes', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 success, 1 error, 2 changes (with --detailed-exitcode), 3 a gate of --fail-on',
    )
    .version(version, '--version', 'display the version of cdktf-aks, which the command comes with')
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: process.write, writeErr: () => undefined })
    .exitOverride();
  try {
    return command.parse(args, { from: 'user' }).opts<Options>();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      return undefined;
    }
    throw error;
  }
}

/** A parser for a list of names. */
function oneOf<T extends string>(names: readonly T[]): (text: string) => T[] {
  return (text) => {
    const given = text.split(',').map((name) => name.trim());
    const wrong = given.find((name) => !(names as readonly string[]).includes(name));
    if (wrong !== undefined) {
      throw new InvalidArgumentError(`'${wrong}' must be one of ${names.join(', ')}.`);
    }
    return names.filter((name) => given.includes(name));
  };
}

/** Parses a day. */
function day(text: string): string {
  if (!isDay(text)) {
    throw new InvalidArgumentError('it must be a day, as YYYY-MM-DD.');
  }
  return text;
}

async function perform(options: Options, process: Process): Promise<number> {
  const { out, failOn } = options;
  const formats = options.format ?? (out === undefined ? ['term'] : FORMATS);
  if (out === undefined && formats.length > 1) {
    throw new Error('--format with more than one format needs --out');
  }
  const versions = read(options);
  const result = reviewOf(versions, findingOptions(options));
  const render = renderers(result, versions, options.view, out === undefined && process.isColoured);
  const [format = 'term'] = formats;
  if (out === undefined) {
    process.write(await render[format]());
  } else {
    await writeAll(
      out,
      formats.map((one) => ({ name: FILES[one], render: render[one] })),
    );
    process.write(renderTerminal(result, process.isColoured));
  }
  report(result, render.md, out === undefined && format !== 'term', process);
  const gates = tripped(result, failOn);
  if (gates.length > 0) {
    process.writeError(`cdktf-review: stopped by --fail-on ${gates.join(', ')}\n`);
    return EXIT.gate;
  }
  return options.detailedExitcode && hasChanges(result) ? EXIT.changes : EXIT.fine;
}

function read({ base, head, plan }: Options): Versions {
  return versionsOf(
    base === undefined ? undefined : readProgram(base),
    readProgram(head),
    plan === undefined ? undefined : readPlan(plan),
  );
}

function findingOptions({ profile, accept, today }: Options): FindingOptions {
  return {
    profile,
    ...(today !== undefined && { today }),
    ...(accept !== undefined && { accepted: readAcceptances(accept) }),
  };
}

interface Renderers extends Readonly<Record<Format, () => string | Promise<string>>> {
  readonly md: () => string;
}

/** The functions that render a review; what several formats need is computed once. */
function renderers(result: Review, versions: Versions, view: View, isColoured: boolean): Renderers {
  const drawings = once(() => new Drawings(pictureOf(versions, result)));
  const diagram = () => mermaidOfWithin(drawings().scene('both'), LONGEST_DIAGRAM);
  return {
    term: () => renderTerminal(result, isColoured),
    md: once(() => renderMarkdown(result, hasChanges(result) ? diagram() : undefined)),
    json: () => renderJson(result),
    svg: async () => svgOf(await drawings().drawing(view), { view }),
    mmd: () => mermaidOf(drawings().scene(view)),
    html: () => pageOf(result, drawings(), changedManifests(versions)),
    sarif: () => renderSarif(result),
    summary: () => renderSummary(result),
  };
}

/** A function that computes its value on the first call only. */
function once<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => (value ??= { of: compute() }).of;
}

const FILES: Readonly<Record<Format, string>> = {
  term: 'review.txt',
  md: 'review.md',
  json: 'review.json',
  svg: 'review.svg',
  mmd: 'review.mmd',
  html: 'review.html',
  sarif: 'review.sarif',
  summary: 'summary.txt',
};

/** A file and the function that renders its text. */
interface Output {
  readonly name: string;
  readonly render: () => string | Promise<string>;
}

/** Writes all files or none: all are complete before the first is renamed to its final name. */
async function writeAll(folder: string, files: readonly Output[]): Promise<void> {
  const parts = files.map(({ name, render }) => ({
    render,
    part: join(folder, `.${name}.part`),
    file: join(folder, name),
  }));
  writing(folder, () => mkdirSync(folder, { recursive: true }));
  const places = parts.flatMap(({ part, file }) => [file, part]);
  const taken = places.find((place) => existsSync(place) && statSync(place).isDirectory());
  if (taken !== undefined) {
    throw new Error(`${taken}: a folder exists where the file is to be written`);
  }
  const clear = () => parts.forEach(({ part }) => rmSync(part, { force: true }));
  // a symbolic link of this name would lead out of the folder.
  writing(folder, clear);
  try {
    // one after the other, since the outputs for a large program are large.
    for (const { part, render } of parts) {
      const text = await render();
      writing(folder, () => writeFileSync(part, text, { flag: 'wx' }));
    }
    writing(folder, () => parts.forEach(({ part, file }) => renameSync(part, file)));
  } catch (error) {
    clear();
    throw error;
  }
}

function writing(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new Error(`${folder}: cannot be written (${reason(error)})`);
  }
}

/** In GitHub Actions: writes the step summary, and annotations for the lines of code. */
function report(result: Review, markdown: () => string, isPiped: boolean, { env, write, writeError }: Process): void {
  if (env['GITHUB_ACTIONS'] !== 'true') {
    return;
  }
  // annotations are read from either stream; piped output must stay valid in its format.
  (isPiped ? writeError : write)(renderAnnotations(result));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') {
    try {
      appendFileSync(summary, markdown());
    } catch (error) {
      throw new Error(`${summary}: cannot be written (${reason(error)})`);
    }
  }
}
