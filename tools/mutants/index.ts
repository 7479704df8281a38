import { type Mutant, mutantsOf } from './measure';
import { type Subject, SUBJECTS } from './subjects';

/*
 * Mutation testing: makes small changes to the code and lists those that no test detects: npm run mutants [-- FILE...]
 *
 * docs/mutants.md has the results, and the reasons why some mutants are not detected.
 */

/** The subjects of the requested files, limited to these files. */
function chosen(asked: readonly string[]): Subject[] {
  const unknown = asked.find((file) => !SUBJECTS.some(({ files }) => files.includes(file)));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is of no subject: add it to those in tools/mutants/subjects.ts`);
  }
  return SUBJECTS.map(({ files, tests }) => ({
    files: files.filter((file) => asked.length === 0 || asked.includes(file)),
    tests,
  })).filter(({ files }) => files.length > 0);
}

function scoreOf(name: string, mutants: readonly Mutant[]): string {
  const noticed = mutants.filter(({ isNoticed }) => isNoticed).length;
  return `${name}: ${noticed} of ${mutants.length}, ${((100 * noticed) / mutants.length).toFixed(0)} %`;
}

async function main(): Promise<void> {
  const all: Mutant[] = [];
  for (const subject of chosen(process.argv.slice(2))) {
    const found: Mutant[] = [];
    for await (const mutant of mutantsOf(subject)) {
      found.push(mutant);
      if (!mutant.isNoticed) {
        console.log(`${mutant.file}:${mutant.line}: ${mutant.before} > ${mutant.after}`);
      }
    }
    subject.files.forEach((file) =>
      console.log(
        scoreOf(
          file,
          found.filter((mutant) => mutant.file === file),
        ),
      ),
    );
    all.push(...found);
  }
  console.log(scoreOf('all', all));
}

void main();
