import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Subject } from './subjects';
import { Tests } from './tests';

const ROOT = join(__dirname, '../..');

/** The mutations that are left out: snapshots cover the texts, and the tests of a rule cover its names. */
const LEFT_ALONE = ['StringLiteral'];

/** A mutation, and whether a test detected it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The original and the changed code. */
  readonly before: string;
  readonly after: string;
  readonly isNoticed: boolean;
}

/** The state that the instrumented code reads and writes. */
interface Switches {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: { readonly static: Hits; readonly perTest: { readonly [test: string]: Hits } };
}
interface Hits {
  readonly [mutant: string]: number;
}

/** The factor by which a mutant may be executed more often than the original, so that endless loops are detected. */
const PATIENCE = 10;

/** Applies all mutations to the files of a subject, one after the other. Mutants that fail to load are left out. */
export async function* mutantsOf({ files, tests: testFiles }: Subject): AsyncGenerator<Mutant> {
  const switches: Switches = ((globalThis as { __stryker__?: Switches }).__stryker__ ??= {});
  const { sources, mutants } = await instrumented(files);
  const tests = new Tests(testFiles, sources, (test) => (switches.currentTestId = test));
  const fine = async () => {
    Object.assign(switches, { activeMutant: undefined, hitCount: undefined, mutantCoverage: undefined });
    tests.reload();
    const [broken] = await tests.run();
    if (broken !== undefined) {
      throw new Error(`without any change, this test fails: ${broken}`);
    }
  };
  await fine();
  const { static: always = {}, perTest = {} } = switches.mutantCoverage ?? {};
  let isChanged = false;
  for (const mutant of mutants) {
    const { id } = mutant;
    const isStatic = id in always;
    const passing = Object.keys(perTest).filter((test) => id in (perTest[test] ?? {}));
    const hits = [always, ...Object.values(perTest)].reduce((sum, some) => sum + (some[id] ?? 0), 0);
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: PATIENCE * hits + 1000 });
    if (isStatic || isChanged) {
      // code that runs while modules are loaded runs only once
      switches.activeMutant = isStatic ? id : undefined;
      isChanged = isStatic;
      if (!loads(tests)) {
        continue;
      }
      switches.activeMutant = id;
    }
    const failed = isStatic || passing.length > 0 ? await tests.run(isStatic ? undefined : new Set(passing), true) : [];
    yield { ...mutant, isNoticed: failed.length > 0 };
  }
  // no mutant has left state behind that affected the results of others
  await fine();
}

function loads(tests: Tests): boolean {
  try {
    tests.reload();
    return true;
  } catch (error) {
    if (error instanceof Error) {
      return false;
    }
    throw error;
  }
}

/** The code with all mutations in it, each behind a switch. */
async function instrumented(files: readonly string[]) {
  // an ES module, which cannot be required
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const silent = () => undefined;
  const logger = { isDebugEnabled: () => false, ...{ debug: silent, info: silent, warn: silent } };
  const texts = new Map(files.map((file) => [join(ROOT, file), readFileSync(join(ROOT, file), 'utf8')]));
  const given = [...texts].map(([name, content]) => ({ name, content, mutate: true }));
  const { files: found, mutants } = await new Instrumenter(
    logger as unknown as ConstructorParameters<typeof Instrumenter>[0],
  ).instrument(given, { plugins: null, excludedMutations: LEFT_ALONE, ignorers: [] });
  return {
    sources: new Map(found.map(({ name, content }) => [name, content])),
    mutants: mutants
      .filter(({ status }) => status === undefined)
      .map(({ id, fileName, location: { start, end }, replacement }) => {
        const lines = (texts.get(fileName) ?? '').split('\n').slice(start.line, end.line + 1);
        const last = lines.length - 1;
        const code = lines.map((line, i) =>
          line.slice(i === 0 ? start.column : 0, i === last ? end.column : undefined),
        );
        const file = relative(ROOT, fileName);
        return { id, file, line: start.line + 1, before: oneLine(code.join(' ')), after: oneLine(replacement) };
      }),
  };
}

function oneLine(code: string): string {
  return code.replace(/\s+/g, ' ');
}
