/** Files that are changed, and the tests that are to notice. */
export interface Subject {
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** The files of a folder, by their names without the end. */
function inside(folder: string, names: string): string[] {
  return names.split(' ').map((name) => `${folder}/${name}.ts`);
}

/** The subjects by which the tests are measured: what decides, and not what says it. */
export const SUBJECTS: readonly Subject[] = [
  {
    files: inside('lib/review/verdict', 'gates'),
    tests: inside('test/lib/review/verdict', 'gates.test'),
  },
  {
    files: inside('lib/review/match', 'nearest match resolve each derived moved-instances'),
    tests: [
      ...inside('test/lib/review/match', 'nearest.test match.test moves.test moved-instances.test'),
      'test/lib/review/changes.test.ts',
    ],
  },
  {
    files: inside('lib/review/mask', 'collect forms mask-value secrets'),
    tests: inside('test/lib/review/mask', 'collect.test forms.test secrets.test leaks.test'),
  },
  {
    files: inside('lib/review/predict', 'propagate predict'),
    tests: inside('test/lib/review/predict', 'propagate.test predictions.test transitions.test'),
  },
  {
    files: [
      ...inside('constructs/cluster/network-profile', 'network-capacity-rules network-plan network-choice-rules'),
      ...inside('constructs/cluster/node-pools', 'node-pool-plan-rules'),
    ],
    tests: inside('test/constructs/cluster', 'network-capacity.test network-rules.test'),
  },
];
