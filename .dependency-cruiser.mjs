/*
 * The rooms of the house, from the ground up: a room may import the rooms before it, and itself. Within a room, its
 * folders know nothing of the files beside them that put them together. Types count: a circle of types is a circle.
 */
const ROOMS = [
  'core',
  'azure',
  'kubernetes',
  'stack-checks',
  'identity',
  'key-vault',
  'workspaces',
  'network',
  'workload',
  'routing',
  'manifests',
  'registry',
  'cluster',
  'monitoring',
  'vote',
  'value-rules',
];

const REVIEW_ROOMS = [
  'read',
  'objects',
  'knowledge',
  'names',
  'match',
  'mask',
  'compare',
  'predict',
  'access',
  'exposure',
  'picture',
  'verdict',
  'render',
  'drawing',
  'page',
];

const inOrder = (house, rooms) =>
  rooms.map((room, floor) => ({
    name: `${house}/${room} imports what is below it`,
    severity: 'error',
    from: { path: `^${house}/${room}/` },
    to: { path: `^${house}/(${['index', ...rooms.slice(floor + 1)].join('|')})[/.]` },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
    ...inOrder('constructs', ROOMS),
    ...inOrder('lib/review', REVIEW_ROOMS),
    {
      name: 'main -> lib -> constructs',
      comment: 'The library knows nothing of what is built with it.',
      severity: 'error',
      from: { path: '^constructs/' },
      to: { path: '^(lib|test|bench|tools|examples|main)[/.]' },
    },
    {
      name: 'programs use what is public',
      comment: 'What the application needs, others need too: constructs/index.ts exports it.',
      severity: 'error',
      from: { path: '^(lib|examples|bench|main)[/.]' },
      to: { path: '^constructs/', pathNot: '^constructs/index\\.ts$' },
    },
    {
      name: 'main -> lib',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(test|bench|tools|examples|main)[/.]' },
    },
    {
      name: 'the application and the listeners of the engine know nothing of the other products',
      severity: 'error',
      from: { path: '^lib/(vote|engine)/' },
      to: { path: '^lib/', pathNot: '^lib/$1/' },
    },
    {
      name: 'the review reads synthesized JSON, and the manifests that it shows',
      severity: 'error',
      from: { path: '^lib/review/' },
      to: {
        path: '^(constructs|lib|node_modules/(cdktf|constructs|@cdktf))/',
        pathNot: '^lib/(review|manifests|terraform-json)/',
      },
    },
    {
      name: 'the manifests read synthesized JSON and nothing else',
      severity: 'error',
      from: { path: '^lib/manifests/' },
      to: {
        path: '^(constructs|lib|node_modules/(cdktf|constructs|@cdktf))/',
        pathNot: '^lib/(manifests|terraform-json)/',
      },
    },
    {
      name: 'the reading of JSON knows neither of those who read it nor an engine',
      severity: 'error',
      from: { path: '^lib/terraform-json/' },
      to: { path: '^(constructs|lib|node_modules)/', pathNot: '^lib/terraform-json/' },
    },
    {
      name: 'a folder knows nothing of what puts it together',
      severity: 'error',
      from: { path: '^(constructs/cluster|constructs/workload|lib/review)/[^/]+/' },
      to: { path: '^$1/[^/]+\\.ts$', pathNot: '^lib/review/model\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
