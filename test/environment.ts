import { TestEnvironment } from 'jest-environment-node';
import { createRequire } from 'node:module';
import { Compiler } from './compiler';

declare global {
  /** Loads a package that holds nothing of a test once for all test files of a process, as Node does. */
  var lend: NodeJS.Require;
  /** The compiler, with what it parsed for other test files. */
  var compiler: Compiler;
}

const lend = createRequire(__filename);
const compiler = new Compiler(() => lend('typescript') as ReturnType<Compiler['load']>);

/** The environment of Node, and what it lends to test files: Jest loads every module anew for each of them. */
export default class extends TestEnvironment {
  public constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    super(...given);
    this.global.lend = lend;
    this.global.compiler = compiler;
  }
}
