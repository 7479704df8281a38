import { App, TerraformResource, TerraformStack } from 'cdktf';
import { Node } from 'constructs';
import { writeFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file beside a stack's JSON that says which line of code made which resource, for `cdktf-review`. */
const SOURCES_FILE = 'sources.json';

/** Deep enough to reach the program through the constructors of bindings and of a library's constructs. */
const DEPTH = 30;

/** A place in the code as node runs it. */
interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the engine says about each element when it is made, and this file listens for. */
const MADE = 'stacktrace';

/**
 * Writes down which line of the program made each resource, beside the JSON of its stack, when the app is synthesized.
 *
 * Call it right after the app is made; what was made before is not in it. The engine itself can record stack traces,
 * but it writes them into the JSON with absolute paths, so that two checkouts of one program would differ.
 *
 * @param library Folders below the current one whose lines are passed over: what a reviewer wants to see is the line
 * that uses a library's construct
 */
export function recordSources(
  app: App,
  { library = ['constructs'] }: { readonly library?: readonly string[] } = {},
): void {
  const passed = [`${sep}node_modules${sep}`, ...library.map((folder) => join(process.cwd(), folder) + sep)];
  const frames = new WeakMap<Node, Frame>();
  const addMetadata = Node.prototype.addMetadata;
  Node.prototype.addMetadata = function listen(this: Node, ...args: Parameters<Node['addMetadata']>): void {
    addMetadata.apply(this, args);
    const frame = args[0] === MADE && this.root === app ? caller(passed) : undefined;
    if (frame !== undefined) {
      frames.set(this, frame);
    }
  };
  const synth = app.synth.bind(app);
  app.synth = () => {
    Node.prototype.addMetadata = addMetadata;
    synth();
    write(app, frames);
  };
}

/** The first place on the stack that is neither in a package nor in the library, or else the first outside of packages. */
function caller(passed: readonly string[]): Frame | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    // the frames as objects: to write a stack trace as text takes longer than all the rest of a construct.
    Error.stackTraceLimit = DEPTH;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, caller);
    const frames = (holder.stack as NodeJS.CallSite[]).slice(1).flatMap(frameOf);
    const outside = (folders: readonly string[]) =>
      frames.find(({ file }) => !folders.some((folder) => file.includes(folder)));
    return outside([...passed, __filename]) ?? outside([...passed.slice(0, 1), __filename]);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function frameOf(site: NodeJS.CallSite): Frame[] {
  const name = site.getFileName();
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (!name || name.startsWith('node:') || line === null || column === null) {
    return [];
  }
  return [{ file: name.startsWith('file:') ? fileURLToPath(name) : name, line, column }];
}

function write(app: App, frames: WeakMap<Node, Frame>): void {
  const { stacks } = app.manifest;
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) {
    const workingDirectory = stacks[stack.node.id]?.workingDirectory ?? '';
    const entries = stack.node.findAll().flatMap((construct): [string, string][] => {
      const frame = TerraformResource.isTerraformResource(construct) ? frames.get(construct.node) : undefined;
      return frame ? [[addressOf(construct as TerraformResource), placeOf(frame)]] : [];
    });
    const sources = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(join(app.outdir, workingDirectory, SOURCES_FILE), `${JSON.stringify(sources, null, 2)}\n`);
  }
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** The place in the TypeScript that the running code was made from, relative to where the program runs. */
function placeOf({ file, line, column }: Frame): string {
  const origin = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const isMapped = origin !== undefined && 'originalSource' in origin;
  const source = isMapped ? origin.originalSource : file;
  const path = source.startsWith('file:') ? fileURLToPath(source) : source;
  const absolute = path.startsWith(sep) || /^[A-Za-z]:/.test(path) ? path : join(file, '..', path);
  return `${relative(process.cwd(), absolute).split(sep).join('/')}:${isMapped ? origin.originalLine + 1 : line}`;
}
