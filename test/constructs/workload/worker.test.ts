import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Cpu,
  DisruptionBudget,
  EnvValue,
  KubernetesNamespace,
  NetworkPeer,
  PercentOrAbsolute,
  Probe,
  Problems,
  RolloutStrategy,
  Spread,
  Worker,
  type WorkerProps,
  Workload,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, at, type Block, only, synth, testStack, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/mailer:1.4.2');

function workerIn(stack: TerraformStack, props: Partial<WorkerProps> = {}): Worker {
  return new Worker(stack, 'mailer', { name: 'mailer', image, ...props });
}

function podSpec(json: ReturnType<typeof synth>): Block {
  const deployment = only(json, 'kubernetes_deployment_v1') as { spec: { template: { spec: Block } } };
  return deployment.spec.template.spec;
}

function problemsOf(props: Partial<WorkerProps>): string[] {
  const stack = testStack();
  workerIn(stack, props);
  return Problems.of(stack);
}

describe('a Worker', () => {
  test('is two pods that are replaced one by one, with a disruption budget, and without a port and a Service', () => {
    const stack = testStack();
    workerIn(stack);
    const json = synth(stack);

    expect(addresses(json).filter((one) => one.startsWith('kubernetes_'))).toEqual([
      'kubernetes_deployment_v1.mailer_E5F4EB7C',
      'kubernetes_pod_disruption_budget_v1.mailer_disruption-budget_A1C86E0F',
    ]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      metadata: { name: 'mailer' },
      spec: { replicas: '2', selector: { match_labels: { app: 'mailer' } }, strategy: { type: 'RollingUpdate' } },
      wait_for_rollout: true,
    });
    const [container] = podSpec(json).container as Block[];
    expect(container).toMatchObject({ name: 'mailer', image: 'ghcr.io/contoso/mailer:1.4.2' });
    expect(Object.keys(container!)).not.toEqual(expect.arrayContaining(['port']));
    expect(container).not.toHaveProperty('readiness_probe');
    expect(container).not.toHaveProperty('lifecycle');
    expect(Problems.of(stack)).toEqual([]);
  });

  test('takes what a workload takes, but for what callers need', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'mail' });
    const worker = workerIn(stack, {
      namespace: 'mail',
      command: ['mailer', '--queue=orders'],
      environment: { QUEUE: EnvValue.fromConfigValue('orders') },
      resources: { cpuRequest: Cpu.millis(100) },
      autoscaling: { minReplicas: 1, maxReplicas: 5 },
      disruptionBudget: DisruptionBudget.maxUnavailable(PercentOrAbsolute.percent(50)),
      spread: Spread.required(),
      rollout: { strategy: RolloutStrategy.RECREATE },
      probes: { liveness: Probe.exec(['mailer', 'check']), readiness: Probe.http('/ready', { port: 9090 }) },
      preStopSeconds: 3,
      isolated: true,
    });
    worker.allowTo(NetworkPeer.internet(), 443);
    worker.allowFrom(NetworkPeer.namespace('monitoring'), 9090);
    const json = synth(stack);

    expect([...Problems.of(stack), ...warningsOf(stack)]).toEqual([]);
    expect(invalidManifests(json)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
    expect(only(json, 'kubernetes_deployment_v1')).toMatchObject({
      depends_on: [expect.stringContaining('config_map'), expect.stringContaining('namespace')],
      spec: { strategy: { type: 'Recreate' } },
    });
    expect(only(json, 'kubernetes_deployment_v1').spec).not.toHaveProperty('replicas');
    expect((podSpec(json).container as Block[])[0]).toMatchObject({
      command: ['mailer', '--queue=orders'],
      lifecycle: { pre_stop: [{ exec: { command: ['sleep', '3'] } }] },
      readiness_probe: { http_get: { path: '/ready', port: '9090' } },
    });
    expect(only(json, 'kubernetes_horizontal_pod_autoscaler_v2')).toMatchObject({
      spec: { scale_target_ref: { kind: 'Deployment', name: 'mailer' } },
    });
    expect(only(json, 'kubernetes_network_policy_v1').spec).toMatchObject({
      ingress: [{ ports: [{ port: '9090', protocol: 'TCP' }] }],
      pod_selector: { match_labels: { app: 'mailer' } },
    });
  });

  test('calls a workload, which lets it in', () => {
    const stack = testStack();
    const api = new Workload(stack, 'api', { name: 'api', image, containerPort: 8080, isolated: true });
    workerIn(stack, { isolated: true }).connectTo(api);
    const json = synth(stack);

    expect(at(json, 'kubernetes_network_policy_v1', 'api').spec).toMatchObject({
      ingress: [{ from: [{ pod_selector: { match_labels: { app: 'mailer' } } }], ports: [{ port: '8080' }] }],
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'mailer').spec).toMatchObject({
      ingress: [],
      egress: [{}, { to: [{ pod_selector: { match_labels: { app: 'api' } } }], ports: [{ port: '8080' }] }],
    });
  });

  test.each<[string, Partial<WorkerProps>, string]>([
    ['name that is too long', { name: 'a'.repeat(47) }, "'name' must be"],
    [
      'probe that asks a port it does not name',
      { probes: { liveness: Probe.tcp() } },
      "'probes.liveness.port' must be given",
    ],
    ['number of pods', { replicas: -1 }, "'replicas' must be"],
    [
      'autoscaler without a request',
      { autoscaling: { minReplicas: 1, maxReplicas: 2 } },
      "'resources.cpuRequest' must be given",
    ],
    ['rollout', { rollout: { progressDeadlineSeconds: 0 } }, "'rollout.progressDeadlineSeconds' must be"],
  ])('reports a wrong %s', (_, props, message) => {
    expect(problemsOf(props)).toEqual([expect.stringContaining(message)]);
  });

  test('wants a port for whom it lets in, since it has none', () => {
    const stack = testStack();
    const given = [NetworkPeer.namespace('monitoring')] as unknown as [NetworkPeer, number];
    workerIn(stack, { isolated: true }).allowFrom(...given);

    expect(Problems.of(stack)).toEqual([expect.stringContaining("'port' must be")]);
  });

  test('is told from a workload of the same name', () => {
    const stack = testStack();
    new Workload(stack, 'web', { name: 'mailer', image, containerPort: 8080 });
    workerIn(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining(`'name' must be unique in a namespace, got "mailer" for stack/web and stack/mailer`),
    ]);
  });
});
