import { join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '..');

/** The file that exports the public API. */
export const INDEX = join(ROOT, 'constructs/index.ts');

/** The program of the public API, with the options of this repository. */
export function publicApi(): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram([INDEX], { ...options, incremental: false, tsBuildInfoFile: undefined });
}
