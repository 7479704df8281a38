/**
 * Changes the code in small ways, and tells which changes no test notices: npm run mutants [-- FILE...]
 *
 * A change is tried against the tests of its subject only, as all tests take minutes. Texts are left alone: snapshots hold them.
 * docs/mutants.md says what was measured, and why what survives does.
 */
import { Stryker } from '@stryker-mutator/core';
import { relative } from 'node:path';

/** What is changed, and the tests that are to notice it. */
const SUBJECTS = [
  {
    files: inside('lib/review/match', 'match', 'nearest', 'moved-instances', 'resolve', 'each', 'derived'),
    tests: ['test/lib/review/match/*', 'test/lib/review/changes'],
  },
  {
    files: inside('lib/review/mask', 'collect', 'forms', 'mask-value', 'secrets'),
    tests: ['test/lib/review/mask/*'],
  },
];

function inside(folder, ...names) {
  return names.map((name) => `${folder}/${name}.ts`);
}

/** Changes the files of a subject, one change after the other. */
async function mutantsOf({ files, tests }) {
  const stryker = new Stryker({
    mutate: files,
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    // the tests of the subject, whatever else imports its files: nearly every test does
    jest: { enableFindRelatedTests: false, config: { testMatch: tests.map((test) => `<rootDir>/${test}.test.ts`) } },
    coverageAnalysis: 'perTest',
    mutator: { excludedMutations: ['StringLiteral'] },
    disableTypeChecks: false,
    checkers: [],
    ignorePatterns: ['/*', '!/bin', '!/constructs', '!/lib', '!/test', '!/main.ts', '!/package.json'],
    concurrency: 1,
    timeoutMS: 60_000,
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
    tempDirName: '.stryker-tmp',
  });
  return stryker.runMutationTest();
}

/** The subjects of the files that are asked for, with these files alone. */
function chosen(files) {
  const unknown = files.find((file) => !SUBJECTS.some((subject) => subject.files.includes(file)));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is of no subject: add it to those in tools/mutants.mjs`);
  }
  return SUBJECTS.map(({ files: all, tests }) => ({
    files: all.filter((file) => files.length === 0 || files.includes(file)),
    tests,
  })).filter(({ files: left }) => left.length > 0);
}

const NOTICED = ['Killed', 'Timeout'];
const TRIED = [...NOTICED, 'Survived', 'NoCoverage'];

function print(results) {
  const tried = results.filter(({ status }) => TRIED.includes(status));
  for (const { fileName, location, status, mutatorName, replacement } of tried) {
    if (!NOTICED.includes(status)) {
      const place = `${relative('', fileName)}:${location.start.line}:${location.start.column}`;
      console.log(`${place} ${status} ${mutatorName}: ${replacement.replace(/\s+/g, ' ')}`);
    }
  }
  for (const file of new Set(tried.map(({ fileName }) => fileName))) {
    const all = tried.filter(({ fileName }) => fileName === file);
    const noticed = all.filter(({ status }) => NOTICED.includes(status));
    const score = ((100 * noticed.length) / all.length).toFixed(0);
    console.log(`${relative('', file)}: ${noticed.length} of ${all.length} noticed, ${score} %`);
  }
}

for (const subject of chosen(process.argv.slice(2))) {
  print(await mutantsOf(subject));
}
