import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Subject } from './subjects';
import { Tests } from './tests';

const ROOT = join(__dirname, '../..');

/** What is not changed: snapshots hold the texts, and a name that is another one finds nothing in the tests of its rule. */
const LEFT_ALONE = ['StringLiteral'];

/** A change, and whether a test noticed it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** The code that was changed, and what it was changed to. */
  readonly before: string;
  readonly after: string;
  readonly isNoticed: boolean;
}

/** What the changed code reads and writes. */
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

/** How many times more often than before a changed place may be passed: a loop that does not end is noticed, too. */
const PATIENCE = 10;

/** Changes the files of a subject in every way, one after the other. What does not load with a change is left out. */
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
      // what runs while modules load runs once
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
  // no change has left anything behind that would have been taken for another one
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

/** The code with all changes in it, each behind a switch. */
async function instrumented(files: readonly string[]) {
  // a module that cannot be required
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
