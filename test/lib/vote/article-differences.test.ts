import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../lib/vote/settings';
import { VoteStack } from '../../../lib/vote/vote-stack';
import { ARTICLE_MANIFESTS } from '../../data/article-manifests';
import { at, type Block, type Json, only, synth, testApp } from '../../util';

const ROOT = join(__dirname, '../../..');
const JSON_OF_MAIN = synth(new VoteStack(testApp(), 'vote', readSettings(ROOT, {}).settings));

/** What the page says of the article, how it is in the article's manifests if it is there, and how it is here. */
interface Difference {
  readonly article?: unknown;
  readonly ours: unknown;
  readonly expected: unknown;
}

const cluster = only(JSON_OF_MAIN, 'azurerm_kubernetes_cluster');
const [back, front] = ['vote_back', 'vote_front'].map((part) => podOf(JSON_OF_MAIN, part)) as [Pod, Pod];
const [articleBack, articleFront] = ARTICLE_MANIFESTS.filter(({ kind }) => kind === 'Deployment').map(articlePod) as [
  Pod,
  Pod,
];

const DIFFERENCES: { readonly [article: string]: Difference } = {
  "`az` creates the principal's password, and nobody rotates it": {
    ours: [
      only(JSON_OF_MAIN, 'time_rotating').rotation_days,
      Object.keys(only(JSON_OF_MAIN, 'azuread_service_principal_password')).includes('rotate_when_changed'),
    ],
    expected: [182, true],
  },
  'the cluster uses the new principal immediately': {
    ours: [only(JSON_OF_MAIN, 'time_sleep').create_duration, JSON.stringify(cluster.depends_on).includes('time_sleep')],
    expected: ['60s', true],
  },
  'Docker builds the image and pushes it': {
    ours: only(JSON_OF_MAIN, 'azurerm_container_registry_task').encoded_step,
    expected: expect.objectContaining({ task_content: expect.stringContaining('- build:') }),
  },
  '`az` generates the DNS prefix': { ours: cluster.dns_prefix, expected: 'jm-inn-aks' },
  '`--generate-ssh-keys`': { ours: cluster.linux_profile, expected: undefined },
  'Kubernetes RBAC, the OIDC issuer and workload identity by default': {
    ours: [cluster.role_based_access_control_enabled, cluster.oidc_issuer_enabled, cluster.workload_identity_enabled],
    expected: [true, true, true],
  },
  // no subnet is named: the network is Azure's own
  'nodes in 10.240.0.0/16': { ours: (cluster.default_node_pool as Block).vnet_subnet_id, expected: undefined },
  'pool upgrades by default': {
    ours: cluster.default_node_pool,
    expected: expect.objectContaining({
      temporary_name_for_rotation: 'nodepool1tmp',
      upgrade_settings: { max_surge: '10%', drain_timeout_in_minutes: 30, node_soak_duration_in_minutes: 0 },
    }),
  },
  'zone redundancy of the registry by default': {
    ours: only(JSON_OF_MAIN, 'azurerm_container_registry').lifecycle,
    expected: { ignore_changes: ['zone_redundancy_enabled'] },
  },
  '`nodeSelector` on `beta.kubernetes.io/os`': {
    article: [articleBack, articleFront].map(({ pod }) => pod.nodeSelector),
    ours: [back, front].map(({ pod }) => Object.keys(pod.node_selector as Block)),
    expected: [['kubernetes.io/os'], ['kubernetes.io/os']],
  },
  '`image` `redis`': { article: articleBack.container.image, ours: back.container.image, expected: 'redis:7.2' },
  'Services without `targetPort`': {
    ours: ['vote_back', 'vote_front'].map((part) => serviceOf(part).port),
    expected: [[{ port: 6379, target_port: '6379' }], [{ port: 80, target_port: '80' }]],
  },
  'other Kubernetes defaults implicit': {
    ours: [
      serviceOf('vote_back').type,
      ...[back.deployment, front.deployment].map(({ min_ready_seconds, progress_deadline_seconds }) => [
        min_ready_seconds,
        progress_deadline_seconds,
      ]),
      back.deployment.strategy,
      back.pod.termination_grace_period_seconds,
    ],
    expected: [
      'ClusterIP',
      [0, 600],
      [5, 600],
      { type: 'RollingUpdate', rolling_update: { max_surge: '1', max_unavailable: '0' } },
      30,
    ],
  },
  'no `memory`, and no `cpu` for Redis': {
    article: [articleBack.container.resources, articleFront.container.resources],
    ours: [back.container.resources, front.container.resources],
    expected: [
      { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
      { requests: { cpu: '250m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
    ],
  },
  'pods get an API token and the address of every Service': {
    ours: [back, front].map(({ pod }) => [pod.automount_service_account_token, pod.enable_service_links]),
    expected: [
      [false, false],
      [false, false],
    ],
  },
  'no probes': {
    ours: [back, front].map(({ container }) =>
      ['startup_probe', 'readiness_probe', 'liveness_probe'].map((probe) => Object.keys(container[probe] as Block)),
    ),
    expected: [Array(3).fill(expect.arrayContaining(['exec'])), Array(3).fill(expect.arrayContaining(['http_get']))],
  },
  'no `securityContext`': {
    ours: [back, front].map(({ container }) => container.security_context),
    expected: [
      expect.objectContaining({ run_as_user: '999', read_only_root_filesystem: true }),
      expect.objectContaining({
        capabilities: { add: ['CHOWN', 'SETUID', 'SETGID', 'NET_BIND_SERVICE'], drop: ['ALL'] },
      }),
    ],
  },
  'the front end and Redis start in parallel': {
    ours: front.pod.init_container,
    expected: [expect.objectContaining({ name: 'wait-for-backend' })],
  },
  '`redis` with its default command': {
    ours: back.container.command,
    expected: ['redis-server', '--save', '', '--appendonly', 'no'],
  },
  'up to 16 processes in a front-end pod': {
    article: articleFront.container.env,
    ours: front.container.env,
    expected: expect.arrayContaining([{ name: 'UWSGI_PROCESSES', value: '4' }]),
  },
  'pods terminate immediately, and run anywhere': {
    ours: [
      front.container.lifecycle,
      (front.pod.topology_spread_constraint as Block[]).map(({ topology_key }) => topology_key),
    ],
    expected: [
      { pre_stop: [{ exec: { command: ['sleep', '5'] } }] },
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
    ],
  },
  'nodes are drained without a disruption budget': {
    ours: only(JSON_OF_MAIN, 'kubernetes_pod_disruption_budget_v1').spec,
    expected: { max_unavailable: '1', selector: { match_labels: { app: 'jm-inn-azure-vote-front' } } },
  },
  'only the label `app`': {
    ours: [back, front].map(({ labels }) => Object.keys(labels).sort()),
    expected: Array(2).fill([
      'app',
      'app.kubernetes.io/managed-by',
      'app.kubernetes.io/name',
      'app.kubernetes.io/part-of',
    ]),
  },
};

describe('the differences from the article', () => {
  test('that the page lists are those that are checked here, in its order', () => {
    const [, table = ''] = readFileSync(join(ROOT, 'docs/article.md'), 'utf8').split(
      '\n## What differs from the article',
    );
    const [, , ...rows] = [...table.matchAll(/^\| (.*?) +\|/gm)].map(([, cell]) => cell!);

    expect(rows).toEqual(Object.keys(DIFFERENCES));
  });

  test.each(Object.entries(DIFFERENCES))('%s', (_, { article, ours, expected }) => {
    expect(ours).toEqual(expected);
    expect(article === undefined || JSON.stringify(article) !== JSON.stringify(ours)).toBe(true);
  });
});

interface Pod {
  readonly labels: Block;
  readonly deployment: Block;
  readonly pod: Block;
  readonly container: Block;
}

function podOf(json: Json, part: string): Pod {
  const { metadata, spec } = at(json, 'kubernetes_deployment_v1', part) as { metadata: Block; spec: Block };
  const { spec: pod } = spec.template as { spec: Block };
  return { labels: metadata.labels as Block, deployment: spec, pod, container: (pod.container as [Block])[0] };
}

function articlePod(manifest: object): Pod {
  const { spec } = manifest as { spec: Block };
  const { spec: pod } = spec.template as { spec: Block };
  return { labels: {}, deployment: spec, pod, container: (pod.containers as [Block])[0] };
}

function serviceOf(part: string): Block {
  return at(JSON_OF_MAIN, 'kubernetes_service_v1', part).spec as Block;
}
