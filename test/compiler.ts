import { statSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

// the types of the providers and of Kubernetes take longer to parse than most tests
const parsed = new Map<string, ts.SourceFile | undefined>();
const programs = new Map<string, ts.Program>();
const documents = ts.createDocumentRegistry();

/** How a file is to be parsed, as hosts of the compiler are told. */
type Version = ts.ScriptTarget | ts.CreateSourceFileOptions;

/** The compiler options of this repository, without the types of Jest. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  return { ...options, types: ['node'], incremental: false, tsBuildInfoFile: undefined };
}

/**
 * A program of some files, which takes what it can from the programs before it.
 *
 * @param paths The files
 * @param texts The text of those that are not there, or not like this
 */
export function programOf(
  paths: readonly string[],
  texts: ReadonlyMap<string, string> = new Map(),
  options: ts.CompilerOptions = compilerOptions(),
): ts.Program {
  const key = documents.getKeyForCompilationSettings(options);
  // where modules are found does not change how their files are parsed
  const format = documents.getKeyForCompilationSettings({ ...options, paths: undefined, types: undefined });
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    return text === undefined
      ? parsedOnce([format, path, formatOf(version)].join('\n'), path, () =>
          getSourceFile(path, howToParse(path, version)),
        )
      : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram(paths, options, host, programs.get(key));
  programs.set(key, program);
  return program;
}

/** Without the docstrings of packages, which no test reads, and which take a quarter of the time. */
function howToParse(path: string, version: Version): Version {
  const isOfPackage = path.includes('/node_modules/');
  return typeof version === 'object' && isOfPackage
    ? { ...version, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }
    : version;
}

function parsedOnce(key: string, path: string, parse: () => ts.SourceFile | undefined): ts.SourceFile | undefined {
  const version = `${key}\n${statSync(path, { throwIfNoEntry: false })?.mtimeMs}`;
  if (!parsed.has(version)) {
    parsed.set(version, parse());
  }
  return parsed.get(version);
}

/** Whether a file is one of CommonJS or a module, which decides how it is parsed. */
function formatOf(version: Version): string {
  return typeof version === 'object' ? String(version.impliedNodeFormat) : '';
}
