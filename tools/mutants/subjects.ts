/** Files that are changed, and the tests that are to notice. */
export interface Subject {
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** Files of a folder, by their names without the end. */
function inside(folder: string, names: string, end = '.ts'): string[] {
  return names.split(' ').map((name) => `${folder}/${name}${end}`);
}

/** A room of the review: some of its files, and the names of their tests. */
function ofReview(room: string, files: string, tests: string): Subject {
  return {
    files: inside(`lib/review/${room}`, files),
    tests: inside(`test/lib/review/${room}`, tests, '.test.ts'),
  };
}

/** The subjects by which the tests are measured: what decides, and not what says it. */
export const SUBJECTS: readonly Subject[] = [
  ofReview('verdict', 'gates', 'gates'),
  ofReview(
    'match',
    'nearest match resolve each derived moved-instances',
    'nearest match resolve each moves moved-instances',
  ),
  ofReview('mask', 'collect forms mask-value secrets', 'collect forms hide leaks mask-value secrets'),
  ofReview('mask', 'common-words', 'common-words'),
  ofReview('predict', 'propagate predict', 'propagate predict'),
  ofReview('predict', 'change', 'change'),
  ofReview('predict', 'planned', '../read/plan'),
  ofReview('predict', 'moved-places', 'moved-places'),
  ofReview('predict', 'set-items', 'set-items'),
  ofReview('predict', 'notes', 'notes'),
  ofReview('predict', 'refused', 'transitions surroundings ../match/continued'),
  ofReview('predict', 'refused-references', 'refused-plans'),
  ofReview('access', 'scope permission', 'scope permission access openings rights'),
  ofReview(
    'access',
    'grants grant azure-grants entra-grants entra-policies kubernetes-grants kubernetes-control storage-grants',
    'grants service-grants openings ../row-remedies',
  ),
  ofReview('access', 'access', 'access rights'),
  ofReview('access', 'remedies', '../row-remedies'),
  ofReview('access', 'severity', 'severity'),
  ofReview(
    'exposure',
    'network-policies policy-rules limits judgement',
    'network-policies paths everyone exposure entry-points source',
  ),
  { files: ['lib/review/command.ts'], tests: ['test/lib/review/command.test.ts'] },
  {
    files: inside('constructs/core/problems', 'acknowledgements engine-messages problems report violation'),
    tests: ['test/constructs/core/problems.test.ts'],
  },
  { files: ['lib/terraform-json/evaluate.ts'], tests: ['test/lib/review/match/evaluate.test.ts'] },
  {
    files: [
      ...inside(
        'constructs/cluster/network-profile',
        'network-capacity-rules network-plan network-choice-rules network-rules custom-network-rules',
      ),
      ...inside('constructs/cluster/node-pools', 'node-pool-plan-rules'),
    ],
    tests: inside(
      'test/constructs/cluster',
      'network-rules network-capacity network-choice node-pool-plan',
      '.test.ts',
    ),
  },
];
