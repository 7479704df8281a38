import { statSync } from 'node:fs';
import { join } from 'node:path';
import type TypeScript from 'typescript';

type Options = TypeScript.CompilerOptions;

const ROOT = join(__dirname, '..');

/** The compiler, and what it parsed: the types of the providers and of Kubernetes take longer than most tests. */
export class Compiler {
  private readonly parsed = new Map<string, TypeScript.SourceFile | undefined>();
  private readonly programs = new Map<string, TypeScript.Program>();
  private documents: TypeScript.DocumentRegistry | undefined;

  /** @param load Loads the package, which few test files need */
  public constructor(public readonly load: () => typeof TypeScript) {}

  /** The options of this repository. */
  public get options(): Options {
    const { sys, readConfigFile, convertCompilerOptionsFromJson } = this.load();
    const { config } = readConfigFile(join(ROOT, 'tsconfig.json'), (path) => sys.readFile(path)) as {
      config: { compilerOptions: object };
    };
    const { options } = convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
    return { ...options, incremental: false, tsBuildInfoFile: undefined };
  }

  /**
   * A program of some files.
   *
   * @param paths The files
   * @param texts The text of those that are not there, or not like this
   */
  public program(paths: readonly string[], texts: ReadonlyMap<string, string>, options: Options): TypeScript.Program {
    const ts = this.load();
    this.documents ??= ts.createDocumentRegistry();
    const key = this.documents.getKeyForCompilationSettings(options);
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (path) => texts.has(path) || fileExists(path);
    host.readFile = (path) => texts.get(path) ?? readFile(path);
    host.getSourceFile = (path, version) => {
      const text = texts.get(path);
      return text === undefined
        ? this.parse([key, path, formatOf(version)].join('\n'), path, () => getSourceFile(path, version))
        : ts.createSourceFile(path, text, version);
    };
    const program = ts.createProgram(paths, options, host, this.programs.get(key));
    this.programs.set(key, program);
    return program;
  }

  private parse(
    key: string,
    path: string,
    parse: () => TypeScript.SourceFile | undefined,
  ): TypeScript.SourceFile | undefined {
    const version = `${key}\n${statSync(path, { throwIfNoEntry: false })?.mtimeMs}`;
    if (!this.parsed.has(version)) {
      this.parsed.set(version, parse());
    }
    return this.parsed.get(version);
  }
}

/** Whether a file is one of CommonJS or a module, which decides how it is parsed. */
function formatOf(version: TypeScript.ScriptTarget | TypeScript.CreateSourceFileOptions): string {
  return typeof version === 'object' ? String(version.impliedNodeFormat) : '';
}
