import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  DaemonSet,
  type DaemonSetProps,
  DaemonSetUpdateStrategy,
  EnvValue,
  KubernetesNamespace,
  NetworkPeer,
  PercentOrAbsolute,
  Placement,
  Probe,
  Problems,
  Worker,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, at, type Block, only, synth, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/agent:1.4.2');

function daemonSetIn(stack: TerraformStack, props: Partial<DaemonSetProps> = {}): DaemonSet {
  return new DaemonSet(stack, 'agent', { name: 'agent', image, ...props });
}

interface Spec extends Block {
  readonly template: { readonly spec: { readonly container: readonly Block[] } & Block };
}

function specOf(props: Partial<DaemonSetProps>): Spec {
  const stack = testStack();
  daemonSetIn(stack, props);
  const json = synth(stack);
  expect([...Problems.of(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual([]);
  return only(json, 'kubernetes_daemon_set_v1').spec as Spec;
}

describe('a DaemonSet', () => {
  test('is a pod on every Linux node, replaced one by one, without a number, a budget and a Service', () => {
    const stack = testStack();
    daemonSetIn(stack);
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack)]).toEqual([]);
    expect(addresses(json).filter((one) => one.startsWith('kubernetes_'))).toEqual([
      expect.stringMatching(/^kubernetes_daemon_set_v1\.agent_/),
    ]);
    expect(only(json, 'kubernetes_daemon_set_v1')).toMatchObject({
      metadata: { name: 'agent' },
      spec: {
        selector: { match_labels: { app: 'agent' } },
        strategy: { type: 'RollingUpdate', rolling_update: { max_surge: '0', max_unavailable: '1' } },
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: {
            container: [{ name: 'agent', image: image.reference }],
            node_selector: { 'kubernetes.io/os': 'linux' },
          },
        },
      },
      wait_for_rollout: false,
    });
    const { template } = specOf({});
    expect(template.spec).not.toHaveProperty('topology_spread_constraint');
    expect(template.spec).not.toHaveProperty('toleration');
  });

  test.each<[string, DaemonSetUpdateStrategy, object]>([
    [
      'a share of the nodes at a time',
      DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.percent(20)),
      { type: 'RollingUpdate', rolling_update: { max_surge: '0', max_unavailable: '20%' } },
    ],
    [
      'new pods first',
      DaemonSetUpdateStrategy.maxSurge(PercentOrAbsolute.absolute(2)),
      { type: 'RollingUpdate', rolling_update: { max_surge: '2', max_unavailable: '0' } },
    ],
    ['by hand', DaemonSetUpdateStrategy.onDelete(), { type: 'OnDelete' }],
  ])('replaces its pods %s', (_, updateStrategy, strategy) => {
    expect(specOf({ rollout: { updateStrategy, minReadySeconds: 10 } })).toMatchObject({
      min_ready_seconds: 10,
      strategy,
    });
  });

  test('runs on nodes with taints, and on those of a pool', () => {
    expect(specOf({ placement: Placement.anywhere([{}]) }).template.spec.toleration).toEqual([{ operator: 'Exists' }]);
    expect(specOf({ placement: Placement.labels({ sku: 'gpu' }) }).template.spec.node_selector).toEqual({
      'kubernetes.io/os': 'linux',
      sku: 'gpu',
    });
  });

  test('takes what a worker takes, but for the number of its pods', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'monitoring' });
    const agent = daemonSetIn(stack, {
      namespace: 'monitoring',
      command: ['agent', '--verbose'],
      environment: { NODE: EnvValue.fromFieldRef('spec.nodeName'), TARGET: EnvValue.fromConfigValue('collector') },
      resources: { cpuRequest: Cpu.millis(50) },
      probes: { liveness: Probe.http('/healthz', { port: 9100 }) },
      sidecars: [{ name: 'exporter', image, ports: { metrics: 9101 } }],
      initContainers: [{ name: 'prepare', image }],
      isolated: true,
    });
    const api = new Workload(stack, 'api', { name: 'api', image, containerPort: 8080, isolated: true });
    agent.connectTo(api);
    agent.allowTo(NetworkPeer.internet(), 443);
    agent.allowFrom(NetworkPeer.namespace('prometheus'), 9101);
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack), ...invalidManifests(json), ...brokenInvariants(json)]).toEqual(
      [],
    );
    expect(only(json, 'kubernetes_daemon_set_v1')).toMatchObject({
      depends_on: [expect.stringContaining('config_map'), expect.stringContaining('namespace')],
      spec: {
        template: {
          metadata: { annotations: { 'checksum/config': expect.any(String) as string } },
          spec: { container: [{ name: 'agent' }, { name: 'exporter' }], init_container: [{ name: 'prepare' }] },
        },
      },
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'agent').spec).toMatchObject({
      ingress: [{ ports: [{ port: '9101' }] }],
      egress: [{}, { to: [{ pod_selector: { match_labels: { app: 'api' } } }] }, { ports: [{ port: '443' }] }],
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'api').spec).toMatchObject({
      ingress: [{ from: [{ pod_selector: { match_labels: { app: 'agent' } } }] }],
    });
  });

  test.each<[string, Partial<DaemonSetProps>, RegExp]>([
    ['name', { name: 'Agent' }, /^'name' must be/],
    [
      'strategy that replaces no pod',
      { rollout: { updateStrategy: DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.absolute(0)) } },
      /^'rollout\.updateStrategy\.maxUnavailable' must be greater than 0, got 0: no pod could be replaced/,
    ],
    [
      'strategy that adds no pod',
      { rollout: { updateStrategy: DaemonSetUpdateStrategy.maxSurge(PercentOrAbsolute.percent(0)) } },
      /^'rollout\.updateStrategy\.maxSurge' must be greater than 0, got 0%/,
    ],
    [
      'share of the nodes',
      { rollout: { updateStrategy: DaemonSetUpdateStrategy.maxSurge(PercentOrAbsolute.percent(101)) } },
      /^'rollout\.updateStrategy\.maxSurge' must be a whole number of percent from 0 to 100, got 101%/,
    ],
    ['time to be available', { rollout: { minReadySeconds: -1 } }, /^'rollout\.minReadySeconds' must be/],
    [
      'probe that asks a port it does not name',
      { probes: { liveness: Probe.tcp() } },
      /^'probes\.liveness\.port' must be/,
    ],
    ['toleration', { placement: Placement.anywhere([{ value: 'a' }]) }, /^'placement\.tolerations\[0\]\.key' must be/],
  ])('reports a wrong %s once', (_, props, message) => {
    const stack = testStack();
    daemonSetIn(stack, props);

    expect(Problems.of(stack).map((one) => one.replace('[stack/agent] ', ''))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  test('may have numbers that only Terraform knows', () => {
    const stack = testStack();
    const { numberValue } = token(stack);
    const updateStrategy = DaemonSetUpdateStrategy.maxUnavailable(PercentOrAbsolute.absolute(numberValue));
    daemonSetIn(stack, { rollout: { updateStrategy, minReadySeconds: numberValue } });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_daemon_set_v1').spec).toMatchObject({
      strategy: { rolling_update: { max_unavailable: '${var.token}' } },
    });
  });

  test('is told from a worker of the same name', () => {
    const stack = testStack();
    new Worker(stack, 'worker', { name: 'agent', image });
    daemonSetIn(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(`'name' must be unique in a namespace, got "agent" for stack/worker and stack/agent`),
    ]);
  });
});
