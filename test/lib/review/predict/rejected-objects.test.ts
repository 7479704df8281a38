import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, program } from '../fixtures';

type Changes = { readonly [path: string]: Json | undefined };

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.container`;
const container = (more: JsonObject = {}): JsonObject => ({ name: 'web', image: 'web:1', ...more });
const limits = (memory: Json): JsonObject => ({ resources: { requests: { memory: '256Mi' }, limits: { memory } } });
const rights = (security: JsonObject): JsonObject => ({
  security_context: { allow_privilege_escalation: false, ...security },
});

const may = (security: JsonObject): JsonObject => ({ security_context: security });

const workload = (labels: JsonObject = { app: 'web' }): JsonObject => ({
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    selector: { match_labels: { app: 'web' } },
    template: { metadata: { labels }, spec: { container: [container()], volume: [{ name: 'data' }] } },
  },
});
const service: JsonObject = {
  metadata: { name: 'web' },
  spec: { type: 'LoadBalancer', port: [{ name: 'http', port: 80 }] },
};
const autoscaler: JsonObject = { metadata: { name: 'web' }, spec: { min_replicas: 3, max_replicas: 5 } };
const budget: JsonObject = { metadata: { name: 'web' }, spec: { min_available: 1 } };

const STARTS: { readonly [type: string]: JsonObject } = {
  kubernetes_deployment_v1: workload(),
  kubernetes_stateful_set_v1: workload(),
  kubernetes_daemon_set_v1: workload(),
  kubernetes_cron_job_v1: { metadata: { name: 'web' }, spec: { job_template: { spec: { template: {} } } } },
  kubernetes_service_v1: service,
  kubernetes_horizontal_pod_autoscaler_v2: autoscaler,
  kubernetes_pod_disruption_budget_v1: budget,
};

function traps(type: string, before: JsonObject, changes: Changes): string[] {
  const [base, head] = [before, change(before, changes)].map((it) => program({ [type]: { it } }));
  return review(base, head!).traps.map(({ attribute, text }) => `${attribute}: ${text.replace(/: the plan.*/, '')}`);
}

test.each<[type: string, changes: Changes, found: string]>([
  ['deployment', { 'spec.selector.match_labels': { app: 'other' } }, 'spec.selector.match_labels.app: its pods do not'],
  ['stateful_set', { 'spec.template.metadata.labels': {} }, 'spec.selector.match_labels.app: its pods do not'],
  ['daemon_set', { 'spec.selector.match_labels': { app: 'web', tier: 'x' } }, 'spec.selector.match_labels.tier: its'],
  [
    'deployment',
    { 'spec.strategy': { rolling_update: { max_surge: '0', max_unavailable: '0%' } } },
    'spec.strategy.rolling_update: with 0 for',
  ],
  [
    'deployment',
    { 'spec.min_ready_seconds': 60, 'spec.progress_deadline_seconds': 60 },
    'spec.progress_deadline_seconds: it is not longer than min_ready_seconds (60)',
  ],
  ['deployment', { 'spec.min_ready_seconds': 600 }, 'spec.progress_deadline_seconds: it is not longer than'],
  ['deployment', { [`${POD}.restart_policy`]: 'Never' }, 'restart_policy: the pods of a Deployment cannot'],
  [
    'cron_job',
    { 'spec.job_template.spec.template.spec': { restart_policy: 'Always' } },
    'restart_policy: the pods of a CronJob cannot',
  ],
  ['deployment', { [CONTAINER]: [container(), container()] }, 'container[web]: two containers'],
  [
    'deployment',
    { [CONTAINER]: [container({ volume_mount: [{ name: 'date', mount_path: '/a' }] })] },
    'container[web].volume_mount: its pods have no volume "date"',
  ],
  [
    'deployment',
    { [CONTAINER]: [container({ volume_mount: ['a', 'a'].map(() => ({ name: 'data', mount_path: '/a' })) })] },
    'container[web].volume_mount: two volumes are mounted to /a',
  ],
  [
    'deployment',
    { [CONTAINER]: [container(limits('64Mi'))] },
    'container[web].resources.limits.memory: the limit (64Mi) is less than the request (256Mi)',
  ],
  [
    'deployment',
    { [`${POD}.init_container`]: [container({ ...limits('0.1Gi'), name: 'first' })] },
    'init_container[first].resources.limits.memory: the limit (0.1Gi)',
  ],
  [
    'deployment',
    { [CONTAINER]: [container(rights({ privileged: true }))] },
    'container[web].security_context.allow_privilege_escalation: a container',
  ],
  [
    'deployment',
    { [CONTAINER]: [container(rights({ capabilities: { add: ['CAP_SYS_ADMIN'] } }))] },
    'container[web].security_context.allow_privilege_escalation: a container',
  ],
  [
    'deployment',
    { [CONTAINER]: [container({ liveness_probe: { success_threshold: 2 } })] },
    'container[web].liveness_probe.success_threshold: it must be 1, and is 2',
  ],
  [
    'deployment',
    { [CONTAINER]: [container({ startup_probe: { success_threshold: 3 } })] },
    'container[web].startup_probe.success_threshold: it must be 1, and is 3',
  ],
  [
    'stateful_set',
    {
      'spec.volume_claim_template': [{ metadata: { name: 'disk' }, spec: {} }],
      [CONTAINER]: [container({ volume_mount: [{ name: 'disc', mount_path: '/a' }] })],
    },
    'container[web].volume_mount: its pods have no volume "disc"',
  ],
  ['deployment', { [`${POD}.restart_policy`]: 'OnFailure' }, 'restart_policy: the pods of a Deployment cannot'],
  [
    'deployment',
    { [CONTAINER]: [container({ env: [{ name: 'A', value: 'a', value_from: { field_ref: {} } }] })] },
    'container[web].env[A]: a variable has a value or a source',
  ],
  ['horizontal_pod_autoscaler', { 'spec.max_replicas': 2 }, 'spec.max_replicas: 2 is less than min_replicas (3)'],
  [
    'horizontal_pod_autoscaler',
    { 'spec.min_replicas': undefined, 'spec.max_replicas': 0 },
    'spec.max_replicas: 0 is less than min_replicas (1)',
  ],
  ['pod_disruption_budget', { 'spec.max_unavailable': 1 }, 'spec.max_unavailable: a budget has this or'],
  ['service', { 'spec.port': [{ name: 'http', port: 80 }, { port: 81 }] }, 'spec.port: a Service with several ports'],
  [
    'service',
    { 'spec.port': ['a', 'b'].map((name) => ({ name, port: 80 })) },
    'spec.port: it has the port 80/TCP twice',
  ],
  [
    'service',
    { 'spec.port': [80, 81].map((port) => ({ name: 'a', port })) },
    'spec.port: two of its ports have the name',
  ],
  [
    'service',
    { 'spec.type': 'NodePort', 'spec.cluster_ip': 'None' },
    'spec.cluster_ip: a Service of the type NodePort cannot be headless',
  ],
  ['service', { 'spec.cluster_ip': 'None' }, 'spec.cluster_ip: a Service of the type LoadBalancer cannot be headless'],
])('what the API server rejects is foreseen: %s with %j', (kind, changes, found) => {
  const [type, before] = Object.entries(STARTS).find(([name]) => name.startsWith(`kubernetes_${kind}_v`)) ?? ['', {}];

  expect(traps(type, before, changes)).toEqual([expect.stringContaining(found)]);
});

const DEPLOYMENT = 'kubernetes_deployment_v1';

test.each<[what: string, type: string, before: JsonObject, changes: Changes]>([
  ['values that Terraform alone knows', DEPLOYMENT, workload(), { [CONTAINER]: [container(limits('${var.memory}'))] }],
  ['labels that Terraform alone knows', DEPLOYMENT, workload(), { 'spec.template.metadata.labels': '${var.labels}' }],
  ['the same amounts in other words', DEPLOYMENT, workload(), { [CONTAINER]: [container(limits('0.25Gi'))] }],
  [
    'volumes that Terraform alone knows',
    DEPLOYMENT,
    workload(),
    {
      [`${POD}.volume`]: undefined,
      [`${POD}.dynamic`]: { volume: { for_each: '${var.volumes}', content: {} } },
      [CONTAINER]: [container({ volume_mount: [{ name: 'data', mount_path: '/a' }] })],
    },
  ],
  [
    'a mount of what a StatefulSet claims',
    'kubernetes_stateful_set_v1',
    workload(),
    {
      'spec.volume_claim_template': [{ metadata: { name: 'disk' }, spec: {} }],
      [CONTAINER]: [container({ volume_mount: [{ name: 'disk', mount_path: '/a' }] })],
    },
  ],
  [
    'one port with two protocols',
    'kubernetes_service_v1',
    service,
    { 'spec.port': ['TCP', 'UDP'].map((protocol) => ({ name: protocol, port: 53, protocol })) },
  ],
  ['a container that may escalate', DEPLOYMENT, workload(), { [CONTAINER]: [container(may({ privileged: true }))] }],
  [
    'a capability that the API server does not compare',
    DEPLOYMENT,
    workload(),
    { [CONTAINER]: [container(rights({ capabilities: { add: ['SYS_ADMIN'] } }))] },
  ],
  ['a container that may not', DEPLOYMENT, workload(), { [CONTAINER]: [container(rights({ privileged: false }))] }],
  [
    'values and sources of different variables',
    DEPLOYMENT,
    workload(),
    {
      [CONTAINER]: [
        container({
          env: [
            { name: 'A', value: 'a' },
            { name: 'B', value_from: { field_ref: {} } },
          ],
        }),
      ],
    },
  ],
  [
    'a request or a limit alone',
    DEPLOYMENT,
    workload(),
    { [CONTAINER]: [container({ resources: { requests: { memory: '1Gi' }, limits: { cpu: '1' } } })] },
  ],
  ['a restart policy of its kind', DEPLOYMENT, workload(), { [`${POD}.restart_policy`]: 'Always' }],
  [
    'a job that starts again',
    'kubernetes_cron_job_v1',
    STARTS['kubernetes_cron_job_v1']!,
    { 'spec.job_template.spec.template.spec': { restart_policy: 'OnFailure' } },
  ],
  ['a pod that ends', 'kubernetes_pod_v1', { metadata: { name: 'a' }, spec: {} }, { 'spec.restart_policy': 'Never' }],
  [
    'a manifest, whose plan may fail already',
    'kubernetes_manifest',
    { manifest: { kind: 'HorizontalPodAutoscaler', metadata: { name: 'a' }, spec: { maxReplicas: 5 } } },
    { 'manifest.spec.maxReplicas': 0 },
  ],
  ['what was there before', DEPLOYMENT, workload({ app: 'other' }), { 'spec.replicas': 2 }],
])('is not said of %s', (_, type, before, changes) => {
  expect(traps(type, before, changes)).toEqual([]);
});

test('is not said of new objects that are in order', () => {
  const deployment = change(workload(), {
    'spec.min_ready_seconds': 10,
    'spec.progress_deadline_seconds': 20,
    'spec.strategy': { rolling_update: { max_surge: '10%', max_unavailable: 0 } },
    [CONTAINER]: [
      container(limits('256Mi')),
      container({ name: 'two', volume_mount: [{ name: 'data', mount_path: '/' }] }),
    ],
  });
  const headless: JsonObject = { metadata: { name: 'peers' }, spec: { cluster_ip: 'None', port: [{ port: 80 }] } };
  const node: JsonObject = {
    metadata: { name: 'node' },
    spec: { type: 'NodePort', cluster_ip: '10.0.0.9', port: [{ port: 1 }] },
  };
  const equal: JsonObject = { metadata: { name: 'b' }, spec: { min_replicas: 2, max_replicas: 2 } };
  const unknown: JsonObject = { metadata: { name: 'c' }, spec: { min_replicas: '${var.n}', max_replicas: 2 } };
  const most: JsonObject = { metadata: { name: 'b' }, spec: { max_unavailable: 1 } };
  const started = Object.fromEntries(Object.entries(STARTS).map(([type, it]) => [type, { it }]));
  const found = review(
    program({}),
    program({
      ...started,
      kubernetes_deployment_v1: { it: STARTS[DEPLOYMENT]!, more: deployment },
      kubernetes_service_v1: { it: service, headless, node },
      kubernetes_horizontal_pod_autoscaler_v2: { it: autoscaler, equal, unknown },
      kubernetes_pod_disruption_budget_v1: { it: budget, most },
    }),
  );

  expect(found.traps).toEqual([]);
});

test('is said of what comes to what was there before', () => {
  const found = (memory: string) => traps(DEPLOYMENT, before, { [CONTAINER]: [container(limits(memory))] });
  const before = change(workload({ app: 'other' }), { [CONTAINER]: [container(limits('128Mi'))] });

  expect(found('512Mi')).toEqual([]);
  expect(found('64Mi')).toEqual([expect.stringContaining('the limit (64Mi)')]);
});

test('is said of new objects, with what to do', () => {
  const found = review(program({}), program({ [DEPLOYMENT]: { it: workload({ app: 'other' }) } }));

  expect(found.traps).toMatchObject([
    {
      name: 'Deployment web',
      text: 'its pods do not have this label: the plan succeeds, and the API server rejects the object',
      remedies: [{ text: 'to apply it, set the same app in spec.template.metadata.labels' }],
    },
  ]);
});

test('is not said of what only leaves the state', () => {
  const removed = [{ from: `${DEPLOYMENT}.it`, lifecycle: { destroy: false } }];
  const found = review(program({ [DEPLOYMENT]: { it: workload() } }), program({}, { removed }));

  expect(found.traps).toEqual([]);
});
