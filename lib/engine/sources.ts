import { App, TerraformResource, TerraformStack } from 'cdktf';
import { Node } from 'constructs';
import { writeFileSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file next to the manifest with the line of code that created each resource, for `cdktf-review`. */
const SOURCES_FILE = 'sources.json';

/** The number of stack frames, which is enough to reach the program through the constructors of a library. */
const DEPTH = 20;

/** The metadata that the engine adds to each new element. */
const CREATED = 'stacktrace';

/** A position in the code that Node.js runs. */
interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Options for recording sources. */
interface SourceOptions {
  /**
   * The folder that the recorded paths are relative to, such as the root of the repository.
   *
   * @default - the current folder
   */
  readonly root?: string;
  /**
   * The folders below the root that hold a library, whose lines are skipped in favor of the line that uses the library.
   *
   * @default ['constructs']
   */
  readonly library?: readonly string[];
}

/**
 * Records the line of the program that creates each resource, and writes `sources.json` next to the manifest when the app
 * is synthesized.
 *
 * Call it directly after creating the app. The engine has no hook for the creation of an element, and it writes its own stack
 * traces into the JSON with absolute paths, which differ between two checkouts of a program.
 */
export function recordSources(app: App, { root = process.cwd(), library = ['constructs'] }: SourceOptions = {}): void {
  const kindOf = kindsBelow(library.map((folder) => join(root, folder) + sep));
  const frames = new Map<Node, Frame>();
  const addMetadata = Node.prototype.addMetadata;
  Node.prototype.addMetadata = function listen(this: Node, ...args: Parameters<Node['addMetadata']>): void {
    addMetadata.apply(this, args);
    const frame = args[0] === CREATED && this.root === app ? callerOf(listen, kindOf) : undefined;
    if (frame !== undefined) {
      frames.set(this, frame);
    }
  };
  const synth = app.synth.bind(app);
  app.synth = () => {
    Node.prototype.addMetadata = addMetadata;
    synth();
    write(app, root, frames);
  };
}

/** The owner of a file. */
type Kind = 'program' | 'library' | 'package';

/** Finds the owner of a file, once for each file, since a few files create thousands of resources. */
function kindsBelow(library: readonly string[]): (file: string) => Kind {
  const known = new Map<string, Kind>();
  const kindOf = (name: string): Kind => {
    const file = name.startsWith('file:') ? fileURLToPath(name) : name;
    if (name.startsWith('node:') || file === __filename || file.includes(`${sep}node_modules${sep}`)) {
      return 'package';
    }
    return library.some((folder) => file.startsWith(folder)) ? 'library' : 'program';
  };
  return (name) => {
    const kind = known.get(name) ?? kindOf(name);
    known.set(name, kind);
    return kind;
  };
}

/** The innermost frame of the program among the callers of a function, or else that of the library. */
function callerOf(callee: (...args: never) => void, kindOf: (file: string) => Kind): Frame | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    // the frames as objects, since formatting a stack trace takes longer than the rest of a constructor.
    Error.stackTraceLimit = DEPTH;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(holder, callee);
    const sites = holder.stack as NodeJS.CallSite[];
    const nearest = (kind: Kind) => sites.find((site) => kindOf(site.getFileName() ?? 'node:') === kind);
    return frameOf(nearest('program') ?? nearest('library'));
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function frameOf(site: NodeJS.CallSite | undefined): Frame | undefined {
  const [name, line, column] = [site?.getFileName(), site?.getLineNumber(), site?.getColumnNumber()];
  return name && line && column
    ? { file: name.startsWith('file:') ? fileURLToPath(name) : name, line, column }
    : undefined;
}

/** Writes one file for all stacks, since a file for each would take longer than the recording. */
function write(app: App, root: string, frames: ReadonlyMap<Node, Frame>): void {
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  const sources = Object.fromEntries(stacks.map((stack) => [stack.node.id, placesIn(stack, root, frames)]));
  writeFileSync(join(app.outdir, SOURCES_FILE), `${JSON.stringify(sources, null, 2)}\n`);
}

/** The place of each resource of a stack by its address. */
function placesIn(
  stack: TerraformStack,
  root: string,
  frames: ReadonlyMap<Node, Frame>,
): { [address: string]: string } {
  const entries = stack.node.findAll().flatMap((construct): [string, string][] => {
    const frame = TerraformResource.isTerraformResource(construct) ? frames.get(construct.node) : undefined;
    return frame ? [[addressOf(construct as TerraformResource), placeOf(frame, root)]] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** The position in the TypeScript source of the running code, relative to the root. */
function placeOf({ file, line, column }: Frame, root: string): string {
  const origin = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const isMapped = origin !== undefined && 'originalSource' in origin;
  const source = isMapped ? origin.originalSource : file;
  const path = source.startsWith('file:') ? fileURLToPath(source) : source;
  const absolute = path.startsWith(sep) || /^[A-Za-z]:/.test(path) ? path : join(file, '..', path);
  return `${relative(root, absolute).split(sep).join('/')}:${isMapped ? origin.originalLine + 1 : line}`;
}
