import { jestExpect } from '@jest/expect';
import { transformSync } from 'esbuild';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { startRun } from '../../test/run';

const ROOT = join(__dirname, '../..');

type Block = ReturnType<typeof circus.getState>['rootDescribeBlock'];
type Test = Extract<Block['children'][number], { type: 'test' }>;
type Loader = (module: { _compile(code: string, file: string): void }, file: string) => void;

/** A timeout that no test reaches on any machine; endless loops are stopped by the number of their steps. */
const TIMEOUT = 3_600_000;

/**
 * Test files that run repeatedly in this process.
 *
 * A run of Jest takes a second to load its modules, and a file has a hundred mutants. Here, the modules stay loaded, so that a
 * run takes only the time of its tests.
 */
export class Tests {
  private readonly load = createRequire(join(ROOT, 'package.json'));
  private readonly compiled = new Map<string, string>();
  private ids = new Map<Test, string>();
  private blocks = new Map<Block, Block['children']>();
  private stopsEarly = false;

  /**
   * @param files The test files
   * @param sources The code of some modules in place of that in their files
   * @param starts Is called with each test that starts, and with undefined when it ends
   */
  constructor(
    private readonly files: readonly string[],
    private readonly sources: ReadonlyMap<string, string>,
    private readonly starts: (test: string | undefined) => void,
  ) {
    const { _extensions: loaders } = Module as unknown as { readonly _extensions: Record<string, Loader> };
    loaders['.ts'] = (module, file) => module._compile(this.codeOf(file), file);
    this.setGlobals();
    circus.addEventHandler((event) => this.handle(event));
  }

  /** Reloads the tests and all of their modules, whose code may have changed. */
  public reload(): void {
    const { cache } = this.load;
    Object.keys(cache)
      .filter((file) => file.startsWith(ROOT + sep) && !/[\\/](node_modules|tools)[\\/]|\.json$/.test(file))
      .forEach((file) => Reflect.deleteProperty(cache, file));
    circus.resetState();
    this.load('./test/setup.ts');
    this.files.forEach((file) => this.load(join(ROOT, file)));
    this.ids = new Map();
    this.blocks = new Map(blocksIn(circus.getState().rootDescribeBlock).map((block) => [block, block.children]));
    const names = new Map<string, number>();
    for (const test of testsIn(circus.getState().rootDescribeBlock)) {
      const name = nameOf(test);
      const count = names.get(name) ?? 0;
      names.set(name, count + 1);
      this.ids.set(test, `${name} ${count}`);
    }
  }

  /**
   * Runs tests.
   *
   * @param wanted The tests to run; all by default
   * @param stopsEarly Whether the first failure is enough
   * @returns the failed tests
   */
  public async run(wanted?: ReadonlySet<string>, stopsEarly = false): Promise<string[]> {
    this.stopsEarly = stopsEarly;
    [...this.ids.keys()].forEach((test) =>
      Object.assign(test, { errors: [], status: null, invocations: 0, mode: undefined }),
    );
    this.choose(circus.getState().rootDescribeBlock, wanted);
    circus.setState({ ...circus.getState(), hasStarted: false, unhandledErrors: [] });
    await circus.run();
    return [...this.ids].filter(([{ errors }]) => errors.length > 0).map(([, id]) => id);
  }

  /** Keeps only the wanted tests of a block, and returns whether there are any. */
  private choose(block: Block, wanted: ReadonlySet<string> | undefined): boolean {
    block.children = (this.blocks.get(block) ?? []).filter((child) =>
      child.type === 'test' ? (wanted?.has(this.ids.get(child) ?? '') ?? true) : this.choose(child, wanted),
    );
    return block.children.length > 0;
  }

  private handle(event: { readonly name: string; readonly test?: Test }): void {
    if (event.name === 'test_start' && event.test !== undefined) {
      this.starts(this.ids.get(event.test));
    }
    if (event.name === 'test_done') {
      this.starts(undefined);
      if (this.stopsEarly && (event.test?.errors.length ?? 0) > 0) {
        [...this.ids.keys()].forEach((test) => (test.mode = 'skip'));
      }
    }
  }

  /** Sets the globals of Jest that the tests of the subjects use. */
  private setGlobals(): void {
    Object.assign(globalThis, {
      ...circus,
      ...{ expect: jestExpect, jest: new ModuleMocker(globalThis), [Symbol.for('TEST_TIMEOUT_SYMBOL')]: TIMEOUT },
    });
    startRun();
  }

  private codeOf(file: string): string {
    const source = this.sources.get(file);
    const key = source ?? file;
    const known = this.compiled.get(key);
    if (known !== undefined) {
      return known;
    }
    const { code } = transformSync(source ?? readFileSync(file, 'utf8'), {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
    });
    this.compiled.set(key, code);
    return code;
  }
}

function testsIn({ children }: Block): Test[] {
  return children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}

function blocksIn(block: Block): Block[] {
  return [block, ...block.children.flatMap((child) => (child.type === 'test' ? [] : blocksIn(child)))];
}

function nameOf({ name, parent }: Test): string {
  const blocks: string[] = [];
  for (let block: Block | undefined = parent; block !== undefined; block = block.parent) {
    blocks.unshift(String(block.name));
  }
  return [...blocks, name].join(' ');
}
