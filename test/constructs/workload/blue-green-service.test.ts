import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  BlueGreenService,
  type BlueGreenServiceProps,
  ContainerImage,
  Exposure,
  ExternalService,
  HttpRoute,
  type IWorkload,
  KubernetesNamespace,
  NetworkPeer,
  Problems,
  RouteController,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, differences, only, synth, testStack, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

function version(stack: TerraformStack, id: string, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, id, { name: `web-${id}`, image, containerPort: 8080, servicePort: 80, ...props });
}

function switched(
  stack: TerraformStack,
  props: Pick<BlueGreenServiceProps, 'workloads' | 'active'> & Partial<BlueGreenServiceProps>,
): BlueGreenService {
  return new BlueGreenService(stack, 'web', { serviceName: 'web', ...props });
}

function serviceOf(stack: TerraformStack): Block {
  return at(synth(stack), 'kubernetes_service_v1', 'web_');
}

/** Who is let in by each network policy. */
function lettingIn(stack: TerraformStack): unknown {
  const { kubernetes_network_policy_v1: policies = {} } = synth(stack).resource!;
  return Object.values(policies).map((policy) => (policy as { spec: Block }).spec.ingress);
}

describe('blue and green', () => {
  test('are behind one Service, which is switched in place once the pods of the new one run', () => {
    const [blue, green] = ['blue', 'green'].map((active) => {
      const stack = testStack();
      const workloads = ['blue', 'green'].map((id) => version(stack, id));
      switched(stack, { workloads, active: workloads.find(({ node }) => node.id === active)! });
      expect(Problems.of(stack)).toEqual([]);
      expect(warningsOf(stack)).toEqual([]);
      expect(brokenInvariants(synth(stack))).toEqual([]);
      return synth(stack);
    });

    expect(at(blue!, 'kubernetes_service_v1', 'web_')).toMatchObject({
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { app: 'web-blue' }, type: 'ClusterIP', port: [{ port: 80, target_port: '8080' }] },
    });
    expect(differences(blue, green)).toEqual([
      ...[0, 1, 2].map(
        (index) =>
          expect.stringMatching(`^resource\\.kubernetes_service_v1\\.web_\\w+\\.depends_on\\.${index}$`) as string,
      ),
      expect.stringMatching(/^resource\.kubernetes_service_v1\.web_\w+\.spec\.selector\.app/),
    ]);
    const before = (at(green!, 'kubernetes_service_v1', 'web_').depends_on as string[]).join();
    expect(before).toContain('kubernetes_deployment_v1.green_');
    expect(before).not.toContain('blue');
  });

  test('can have different ports of their containers, and one of the Service', () => {
    const stack = testStack();
    const workloads = [version(stack, 'blue'), version(stack, 'green', { containerPort: 9000 })];

    const web = switched(stack, { workloads, active: workloads[1]!, servicePort: 443 });

    expect(serviceOf(stack).spec).toMatchObject({ port: [{ port: 443, target_port: '9000' }] });
    expect(web.url).toBe('https://web.default.svc.cluster.local');
  });

  test('are reached at the address of the Service, in the namespace that the stack makes', () => {
    const stack = testStack();
    const { namespaceName: namespace } = new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop' });
    const workloads = ['blue', 'green'].map((id) => version(stack, id, { namespace }));

    const exposure = Exposure.publicLoadBalancer({ dnsName: { label: 'shop', location: 'westeurope' } });
    const web = switched(stack, { workloads, active: workloads[0]!, exposure });

    expect(Problems.of(stack)).toEqual([]);
    expect(serviceOf(stack).spec).toMatchObject({ type: 'LoadBalancer' });
    expect(web.url).toBe('http://shop.westeurope.cloudapp.azure.com');
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('can be workloads that exist', () => {
    const stack = testStack();
    const existing = Workload.fromWorkloadAttributes(stack, 'old', {
      serviceName: 'old',
      servicePort: 80,
      selector: { app: 'old' },
    });

    switched(stack, { workloads: [existing, version(stack, 'green')], active: existing });

    expect(Problems.of(stack)).toEqual([]);
    expect(serviceOf(stack)).toMatchObject({ spec: { selector: { app: 'old' } } });
  });

  test('are behind a route together', () => {
    const stack = testStack();
    const workloads = ['blue', 'green'].map((id) => version(stack, id));
    const web = switched(stack, { workloads, active: workloads[0]! });

    new HttpRoute(stack, 'route', {
      name: 'web',
      controller: RouteController.ingress('contour'),
      paths: [{ backends: [{ workload: web }] }],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'kubernetes_ingress_v1')).toMatchObject({
      spec: { rule: [{ http: { path: [{ backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
    });
  });

  test('let callers in before the switch, and are called by the policy of the caller', () => {
    const stack = testStack();
    const workloads = ['blue', 'green'].map((id) => version(stack, id, { isolated: true }));
    const caller = new Worker(stack, 'caller', { name: 'caller', image, isolated: true });

    caller.connectTo(switched(stack, { workloads, active: workloads[0]! }));

    const json = synth(stack);
    const from = [
      { from: [{ pod_selector: { match_labels: { app: 'caller' } } }], ports: [{ port: '8080', protocol: 'TCP' }] },
    ];
    expect(at(json, 'kubernetes_network_policy_v1', 'blue_').spec).toMatchObject({ ingress: from });
    expect(at(json, 'kubernetes_network_policy_v1', 'green_').spec).toMatchObject({ ingress: from });
    expect(at(json, 'kubernetes_network_policy_v1', 'caller_').spec).toMatchObject({
      egress: [
        {},
        { to: [{ pod_selector: { match_labels: { app: 'web-blue' } } }] },
        { to: [{ pod_selector: { match_labels: { app: 'web-green' } } }] },
      ],
    });
  });

  test('let in a peer at the port that it calls', () => {
    const stack = testStack();
    const ports = { isolated: true, additionalPorts: { metrics: 9090 } };
    const workloads = ['blue', 'green'].map((id) => version(stack, id, ports));

    switched(stack, { workloads, active: workloads[0]! }).allowFrom(NetworkPeer.namespace('monitoring'), 9090);

    const ingress = [
      { from: [{ namespace_selector: expect.anything() as Block }], ports: [{ port: '9090', protocol: 'TCP' }] },
    ];
    expect(Problems.of(stack)).toEqual([]);
    expect(lettingIn(stack)).toEqual([ingress, ingress]);
  });

  test.each([
    [Exposure.clusterOnly(), []],
    [Exposure.nodePort(), [{ ports: [{ port: '8080', protocol: 'TCP' }] }]],
    [Exposure.internalLoadBalancer(), [{ ports: [{ port: '8080', protocol: 'TCP' }] }]],
  ])('let in whoever reaches the Service', (exposure, ingress) => {
    const stack = testStack();
    const workloads = ['blue', 'green'].map((id) => version(stack, id, { isolated: true }));

    switched(stack, { workloads, active: workloads[0]!, exposure });

    expect(lettingIn(stack)).toEqual([ingress, ingress]);
  });
});

describe('the Service of blue and green is reported', () => {
  test.each<
    [string, (stack: TerraformStack, blue: Workload, green: Workload) => Partial<BlueGreenServiceProps>, string]
  >([
    [
      'without workloads',
      () => ({ workloads: [] }),
      "'workloads' must name at least one workload, got none: somebody must answer",
    ],
    [
      'with another workload',
      (_stack, blue, green) => ({ workloads: [blue], active: green }),
      "'active' must be one of 'workloads' (stack/blue), got stack/green: add it, so that callers are allowed before the switch",
    ],
    [
      'with another namespace',
      (stack, blue) => ({ workloads: [blue, version(stack, 'red', { namespace: 'red' })] }),
      '\'workloads[1]\' must be in the namespace of \'active\', "default", got stack/red in "red": a Service selects only pods of its own namespace',
    ],
    [
      'with another cluster',
      (stack, blue) => {
        const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
        return { workloads: [blue, version(stack, 'red', { provider })] };
      },
      "'workloads[1]' must have the provider of 'active', none, got stack/red with stack/other: a Service selects only pods of its own cluster",
    ],
    [
      'with another stack',
      (stack, blue) => ({ workloads: [blue, version(testStack(stack.node.root as never, 'two'), 'red')] }),
      "'workloads[1]' must be in the stack of the Service, got two/red: the switch waits for its pods",
    ],
    [
      'with the name of the API server',
      () => ({ serviceName: 'kubernetes' }),
      '\'serviceName\' must not be that of a Service that every cluster has, got "kubernetes": use another name or namespace',
    ],
    [
      'with a port',
      () => ({ servicePort: 0 }),
      "'servicePort' must be a whole number from 1 to 65535, such as 80, got 0",
    ],
  ])('%s', (_what, given, message) => {
    const stack = testStack();
    const blue = version(stack, 'blue');
    const green = version(stack, 'green');

    switched(stack, { workloads: [blue, green], active: blue, ...given(stack, blue, green) });

    // two providers are a problem of the whole stack besides
    const own = Problems.of(stack).filter((problem) => !problem.startsWith('[stack] '));
    expect(own).toEqual([`[stack/web] ${message}`]);
  });

  test('with the name of the Service of one of them', () => {
    const stack = testStack();
    const workloads = [version(stack, 'blue')];

    switched(stack, { serviceName: 'web-blue', workloads, active: workloads[0]! });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('must be unique in a namespace, got "web-blue"')]);
  });

  test('with pods that Terraform does not wait for', () => {
    const stack = testStack();
    const workloads: IWorkload[] = [version(stack, 'blue', { rollout: { wait: false } }), version(stack, 'green')];

    switched(stack, { workloads, active: workloads[0]! });

    expect(Problems.warningsOf(stack)).toEqual([
      "[stack/web] 'active' is stack/blue, whose 'rollout.wait' is false: requests may arrive before its pods run. Leave it out",
    ]);
  });
});

test('a name outside of the cluster is not that of the API server', () => {
  const stack = testStack();

  new ExternalService(stack, 'api', { serviceName: 'kubernetes', externalName: 'api.example.com' });

  expect(Problems.of(stack)).toEqual([expect.stringContaining('must not be that of a Service that every cluster has')]);
});
