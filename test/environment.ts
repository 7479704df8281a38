import { TestEnvironment } from 'jest-environment-node';
import { Compiler } from './compiler';

const compiler = new Compiler();

/** The environment of Node, and one compiler for all test files of a process. */
export default class extends TestEnvironment {
  public constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    super(...given);
    this.global.compiler = compiler;
  }
}
