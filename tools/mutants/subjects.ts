/** The files that are mutated, and the tests that should detect the mutants. */
export interface Subject {
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** The files of a folder, from their names without the extension. */
function inside(folder: string, names: string, end = '.ts'): string[] {
  return names.split(' ').map((name) => `${folder}/${name}${end}`);
}

/** A subject in a folder of the review, from the names of its files and tests. */
function ofReview(room: string, files: string, tests: string): Subject {
  return {
    files: inside(`lib/review/${room}`, files),
    tests: inside(`test/lib/review/${room}`, tests, '.test.ts'),
  };
}

/** The subjects with which the tests are measured: code that decides, and not code that formats texts. */
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
  ofReview('exposure', 'network-policies policy-rules', 'network-policies paths everyone exposure entry-points source'),
  ofReview('exposure', 'limits judgement', 'limits judgement'),
  ofReview(
    'exposure',
    'azure-balancers azure-connections azure-firewalls azure-paths',
    'azure-paths azure-ways balancer-frontends paths',
  ),
  ofReview('exposure', 'azure-endpoints', 'azure-endpoints'),
  ofReview('exposure', 'internet source', 'source everyone widths'),
  ofReview(
    'exposure',
    'gateway-entry-points kubernetes-entry-points',
    'gateway-entry-points kubernetes-entry-points entry-points exposure widths azure-ways everyone',
  ),
  ofReview('exposure', 'azure-entry-points', 'azure-entry-points entry-points exposure widths'),
  {
    files: ['lib/review/knowledge/object-faults.ts', 'lib/review/predict/rejected-objects.ts'],
    tests: ['test/lib/review/predict/rejected-objects.test.ts'],
  },
  { files: ['lib/review/knowledge/transitions.ts'], tests: ['test/lib/review/predict/transitions.test.ts'] },
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
  {
    files: inside('constructs/core/rules', 'gaps'),
    tests: inside('test/constructs/core', 'wrong-types', '.test.ts'),
  },
  {
    files: inside('constructs/core/rules', 'pattern rule set-rule'),
    tests: inside('test/constructs/core', 'rules wrong-types', '.test.ts'),
  },
  {
    files: inside('constructs/core/rules', 'restriction'),
    tests: inside('test/constructs', 'restrictions', '.test.ts'),
  },
  {
    files: inside('constructs', 'value-rules/value-rule'),
    tests: inside('test/constructs/value-rules', 'value-rule', '.test.ts'),
  },
  {
    files: [
      ...inside('constructs/workload/access', 'role-rules'),
      ...inside('constructs/workload/exposure', 'exposure-rules service-rules'),
      ...inside('constructs/workload/jobs', 'job-rules'),
      ...inside('constructs/workload/namespace', 'namespace-rules'),
      ...inside('constructs/workload/pod', 'image-rules pod-rules probe-rules'),
      ...inside('constructs/workload/scaling', 'event-scaling-rules scaling-rules'),
      ...inside('constructs/workload/storage', 'volume-rules'),
      ...inside('constructs/network', 'network-value-rules'),
    ],
    tests: inside('test/constructs/core', 'rules', '.test.ts'),
  },
  {
    files: inside('constructs/core/order', 'circles graph links references stack-circles'),
    tests: inside(
      'test/constructs',
      'core/graph core/order core/stack-circles core/references network/network-order',
      '.test.ts',
    ),
  },
  {
    files: inside('constructs/core/order', 'order'),
    tests: inside(
      'test/constructs',
      'core/order identity/grants registry/acr-private-endpoint registry/cached-images workload/access',
      '.test.ts',
    ),
  },
  {
    files: inside('constructs/core/order', 'ignoring'),
    tests: inside('test/constructs/cluster', 'upgrade-policy', '.test.ts'),
  },
  {
    files: inside('constructs/core/order', 'aspects-above'),
    tests: inside('test/constructs', 'core/aspects-above azure/tags', '.test.ts'),
  },
  {
    files: inside('constructs/stack-checks', 'autoscalers disruption-budgets shared-services'),
    tests: inside('test/constructs/stack-checks', 'two-for-one', '.test.ts'),
  },
  {
    files: inside('constructs/stack-checks', 'global-names'),
    tests: inside('test/constructs/stack-checks', 'global-names', '.test.ts'),
  },
  {
    files: inside('constructs/stack-checks', 'made-namespaces'),
    tests: inside('test/constructs/stack-checks', 'made-namespaces', '.test.ts'),
  },
  {
    files: inside('constructs/stack-checks', 'namespace-checks pod-security-standards quota-objects'),
    tests: inside('test/constructs', 'workload/namespace stack-checks/pod-security-standards', '.test.ts'),
  },
  {
    files: inside('constructs/stack-checks', 'route-claims custom-resources cluster-provider'),
    tests: inside('test/constructs/routing', 'http-route', '.test.ts'),
  },
  {
    files: inside(
      'constructs/stack-checks',
      'bare-ingresses denied-pods exposure-claims object-names pod-selectors pods-of-stack services-of-stack target-ports',
    ),
    tests: inside(
      'test/constructs',
      'stack-checks/side-by-side stack-checks/two-for-one workload/workload-names routing/http-route',
      '.test.ts',
    ),
  },
];
