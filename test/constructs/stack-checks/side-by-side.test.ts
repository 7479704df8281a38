import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { NetworkPolicyV1, type NetworkPolicyV1Spec } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { ServiceV1, type ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  Exposure,
  KubernetesNamespace,
  NetworkPeer,
  NetworkProfile,
  Problems,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, synth, testStack, token, warningsOf } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

function workloadIn(stack: TerraformStack, id: string, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, id, { name: id, image: IMAGE, containerPort: 8080, servicePort: 80, ...props });
}

function serviceIn(stack: TerraformStack, selector: { [label: string]: string }, targetPort?: string): void {
  new ServiceV1(stack, 'by-hand', {
    metadata: { name: 'by-hand' },
    spec: { selector, port: [{ port: 80, targetPort }] },
  });
}

function deploymentIn(
  stack: TerraformStack,
  labels: { [label: string]: string },
  port: { containerPort: number }[] = [],
): void {
  new DeploymentV1(stack, 'by-hand-too', {
    metadata: { name: 'by-hand-too' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { container: [{ name: 'web', image: 'a:1', port }] } },
    },
  });
}

function unknownPort(): ServiceV1SpecPort {
  return { port: 80, nodePort: token(testStack()).numberValue };
}

describe('workloads side by side', () => {
  test('with one name in one namespace are reported, once', () => {
    const stack = testStack();
    workloadIn(stack, 'one', { name: 'web' });
    workloadIn(stack, 'two', { name: 'web' });

    expect(Problems.of(stack)).toEqual([
      `[stack] 'name' must be unique in a namespace, got "web" for stack/one and stack/two: give them different names or ` +
        'namespaces',
    ]);
  });

  test('with one name in different namespaces or clusters are fine', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    const first = new KubernetesProvider(stack, 'first', { alias: 'first' });
    workloadIn(stack, 'one', { name: 'web', provider });
    workloadIn(stack, 'two', { name: 'web', provider, namespace: 'two' });
    workloadIn(stack, 'three', { name: 'web', provider: first });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('are reported when the selector of one, by hand, takes the pods of the other', () => {
    const stack = testStack();
    workloadIn(stack, 'shop');
    deploymentIn(stack, { app: 'shop', tier: 'web' });

    expect(Problems.of(stack)).toEqual([
      '[stack] the selector app=shop of stack/shop/Resource selects the pods of stack/by-hand-too too: each would manage pods of the other. Give the pods different labels',
    ]);
  });

  test.each<[string, Exposure, number, string]>([
    ['node port', Exposure.nodePort({ nodePort: 30080 }), 80, `'exposure.nodePort' 30080`],
    [
      'DNS label',
      Exposure.publicLoadBalancer({ dnsName: { label: 'contoso', location: 'westeurope' } }),
      80,
      `'exposure.dnsName.label' "contoso"`,
    ],
    [
      'port of a public IP address',
      Exposure.publicLoadBalancer({ publicIp: { name: 'shop-ip' } }),
      80,
      `port 80 of 'exposure.publicIp' "shop-ip"`,
    ],
    [
      'port of a private address',
      Exposure.internalLoadBalancer({ ipAddress: '10.240.0.25' }),
      443,
      `port 443 of 'exposure.ipAddress' "10.240.0.25"`,
    ],
  ])('are reported when both claim one %s', (_, exposure, servicePort, what) => {
    const stack = testStack();
    workloadIn(stack, 'one', { exposure, servicePort });
    workloadIn(stack, 'two', { exposure, servicePort });

    expect(Problems.of(stack)).toEqual([
      `[stack] ${what} can be used by only one Service, got it for stack/one/service and stack/two/service: give each its own`,
    ]);
  });

  test.each<[string, ServiceV1SpecPort, ServiceV1SpecPort]>([
    ['for different protocols', { port: 80, nodePort: 30080 }, { port: 80, nodePort: 30080, protocol: 'UDP' }],
    ['that only Terraform knows', unknownPort(), unknownPort()],
  ])('may each have a node port %s', (_, one, other) => {
    const stack = testStack();
    workloadIn(stack, 'shop');
    [one, other].forEach((port, index) => {
      const spec = { type: 'NodePort', port: [{ ...port, targetPort: '8080' }], selector: { app: 'other' } };
      new ServiceV1(stack, `service${index}`, { metadata: { name: `service${index}` }, spec });
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('may have what the other has in another cluster', () => {
    const stack = testStack();
    const exposure = Exposure.nodePort({ nodePort: 30080 });
    workloadIn(stack, 'one', { exposure, provider: new KubernetesProvider(stack, 'first', { alias: 'first' }) });
    workloadIn(stack, 'two', { exposure, provider: new KubernetesProvider(stack, 'second', { alias: 'second' }) });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('may share a public IP address on different ports', () => {
    const stack = testStack();
    const exposure = Exposure.publicLoadBalancer({ publicIp: { name: 'shop-ip' } });
    workloadIn(stack, 'one', { exposure, servicePort: 80 });
    workloadIn(stack, 'two', { exposure, servicePort: 81 });

    expect(Problems.of(stack)).toEqual([]);
  });

  test('a Service whose target port no container has is reported', () => {
    const stack = testStack();
    workloadIn(stack, 'shop', { portName: 'http' });
    serviceIn(stack, { app: 'shop' }, '8081');

    expect(Problems.of(stack)).toEqual([
      "[stack] 'targetPort' of the Service stack/by-hand must be a port that a container of stack/shop/Resource listens on " +
        '(8080), got "8081": change one of them',
    ]);
  });

  test.each([
    ['by number', { app: 'shop' }, '8080'],
    ['by name', { app: 'shop' }, 'http'],
    ['of one port of several', { app: 'api' }, '8081'],
    ['of pods that are elsewhere', { app: 'other' }, '1'],
  ])('a Service %s is fine', (_, selector, targetPort) => {
    const stack = testStack();
    workloadIn(stack, 'shop', { portName: 'http' });
    deploymentIn(stack, { app: 'api' }, [{ containerPort: 8080 }, { containerPort: 8081 }]);
    serviceIn(stack, selector, targetPort);

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, number | undefined, string | undefined]>([
    ['a port of containers', token(testStack()).numberValue, '1'],
    ['its target', 8081, token(testStack()).stringValue],
    ['of no port of them', undefined, '1'],
  ])('a Service of which only Terraform knows %s is fine', (_, containerPort, targetPort) => {
    const stack = testStack();
    workloadIn(stack, 'shop');
    deploymentIn(stack, { app: 'api' }, containerPort === undefined ? [] : [{ containerPort }]);
    serviceIn(stack, { app: 'api' }, targetPort);

    expect(Problems.of(stack)).toEqual([]);
  });

  test('a Service without a target port sends to its own', () => {
    const stack = testStack();
    workloadIn(stack, 'shop');
    serviceIn(stack, { app: 'shop' });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('(8080), got "80"')]);
  });
});

describe('network policies', () => {
  test('let a workload be called by those that connect to it, and call what it connects to', () => {
    const stack = testStack();
    const api = workloadIn(stack, 'api', { isolated: true, namespace: 'data' });
    const shop = workloadIn(stack, 'shop', { isolated: true, exposure: Exposure.publicLoadBalancer() });
    shop.connectTo(api);
    shop.allowTo(NetworkPeer.ipRange('10.1.0.0/24'), 5432);
    const json = synth(stack);

    const dns = {
      ports: [
        { protocol: 'UDP', port: '53' },
        { protocol: 'TCP', port: '53' },
      ],
    };
    const ports = [{ protocol: 'TCP', port: '8080' }];
    expect(at(json, 'kubernetes_network_policy_v1', 'shop').spec).toEqual({
      pod_selector: { match_labels: { app: 'shop' } },
      policy_types: ['Ingress', 'Egress'],
      ingress: [{ ports }],
      egress: [
        dns,
        {
          to: [
            {
              pod_selector: { match_labels: { app: 'api' } },
              namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'data' } },
            },
          ],
          ports,
        },
        { to: [{ ip_block: { cidr: '10.1.0.0/24' } }], ports: [{ protocol: 'TCP', port: '5432' }] },
      ],
    });
    expect(at(json, 'kubernetes_network_policy_v1', 'api').spec).toEqual({
      pod_selector: { match_labels: { app: 'api' } },
      policy_types: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              pod_selector: { match_labels: { app: 'shop' } },
              namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'default' } },
            },
          ],
          ports,
        },
      ],
      egress: [dns],
    });
    expect(Problems.of(stack)).toEqual([]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('are made only where they are asked for', () => {
    const stack = testStack();
    workloadIn(stack, 'shop').connectTo(workloadIn(stack, 'api'));

    expect(synth(stack).resource).not.toHaveProperty('kubernetes_network_policy_v1');
  });

  test('know two workloads of one made namespace as neighbours', () => {
    const stack = testStack();
    const { namespaceName: namespace } = new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop' });
    const api = workloadIn(stack, 'api', { isolated: true, namespace });
    workloadIn(stack, 'shop', { isolated: true, namespace }).connectTo(api);

    expect(JSON.stringify(synth(stack))).not.toContain('namespace_selector');
  });

  test.each([
    [
      '10.1.0.4',
      80,
      `'peer.range' must be a range of addresses with its mask, not for loopback, link-local or multicast addresses, such as "203.0.113.0/24", got "10.1.0.4"`,
    ],
    ['10.1.0.4/32', 0, `'port' must be a whole number from 1 to 65535, such as 80, got 0`],
  ])('to %s and port %d are reported', (range, toPort, message) => {
    const stack = testStack();
    workloadIn(stack, 'shop').allowTo(NetworkPeer.ipRange(range), toPort);

    expect(Problems.of(stack)).toEqual([`[stack/shop] ${message}`]);
  });

  test('can deny everything but DNS in a namespace', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop', defaultDeny: true });
    const json = synth(stack);

    expect(at(json, 'kubernetes_network_policy_v1', 'shop')).toMatchObject({
      metadata: { name: 'default-deny' },
      spec: { pod_selector: {}, policy_types: ['Ingress', 'Egress'], egress: [{ ports: expect.any(Array) }] },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('that deny everything want each workload of the namespace to have one of its own', () => {
    const stack = testStack();
    const { namespaceName: namespace } = new KubernetesNamespace(stack, 'ns', {
      namespaceName: 'shop',
      defaultDeny: true,
    });
    workloadIn(stack, 'shop', { namespace });
    workloadIn(stack, 'api', { namespace, isolated: true });
    workloadIn(stack, 'elsewhere');

    expect(Problems.of(stack)).toEqual([
      "[stack] 'isolated' must be true for stack/shop, whose namespace denies by default, got no network policy for its pods: they could neither send nor receive requests",
    ]);
  });

  const web = { podSelector: { matchLabels: { app: 'shop' } }, policyTypes: ['Ingress'], ingress: [{}] };
  const ofTier = (matchLabels: { [label: string]: string }): Block => ({ ...web, podSelector: { matchLabels } });

  test.each<[string, Block, boolean]>([
    ['that lets somebody in', web, false],
    ['of all its labels', ofTier({ app: 'shop', 'app.kubernetes.io/name': 'shop' }), false],
    ['of others', ofTier({ app: 'api' }), true],
    ['of a part of its pods', ofTier({ app: 'shop', tier: 'front' }), true],
    ['of another namespace', { ...web, namespace: 'other' }, true],
  ])(
    'that deny everything are reported for pods with a policy %s by hand: %p',
    (_, { namespace, ...spec }, isReported) => {
      const stack = testStack();
      new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop', defaultDeny: true });
      workloadIn(stack, 'shop', { namespace: 'shop' });
      new NetworkPolicyV1(stack, 'policy', {
        metadata: { name: 'policy', namespace: String(namespace ?? 'shop') },
        spec: spec as unknown as NetworkPolicyV1Spec,
      });

      expect(Problems.of(stack)).toHaveLength(isReported ? 1 : 0);
    },
  );

  test.each<[string, NetworkPolicyV1Spec, boolean]>([
    ['all callers of all pods', { podSelector: {}, policyTypes: ['Ingress'] }, true],
    ['only what pods call', { podSelector: {}, policyTypes: ['Egress'] }, false],
    ['some callers', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }, false],
    ['callers of other pods', { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'] }, false],
  ])('by hand that deny %s: reported %p', (_, spec, isReported) => {
    const stack = testStack();
    workloadIn(stack, 'shop');
    new NetworkPolicyV1(stack, 'policy', { metadata: { name: 'policy' }, spec });

    expect(Problems.of(stack)).toHaveLength(isReported ? 1 : 0);
  });

  test('that a network ignores are warned of', () => {
    const stack = testStack();
    const clusterNetwork = NetworkProfile.kubenet();
    workloadIn(stack, 'shop', { isolated: true, clusterNetwork });
    workloadIn(stack, 'open', { clusterNetwork });
    new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop', defaultDeny: true, clusterNetwork });

    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^\[stack\/shop\] 'isolated' has no effect: the network of the cluster ignores/),
      expect.stringMatching(/^\[stack\/ns\] 'defaultDeny' has no effect: the network of the cluster ignores/),
    ]);
  });
});

describe('KubernetesNamespace', () => {
  test.each(['My Shop', 'default', 'kube-shop'])('reports the name %s', (namespaceName) => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'shop', { namespaceName });

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(`^\\[stack/shop\\] 'namespaceName' must be 1 to 63 .*, got "${namespaceName}"$`),
    ]);
  });

  test('lets tokens pass, and is for the cluster that it is told', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    new KubernetesNamespace(stack, 'shop', { namespaceName: token(stack).stringValue, provider });

    expect(Problems.of(stack)).toEqual([]);
    expect(at(synth(stack), 'kubernetes_namespace_v1', 'shop')).toMatchObject({ provider: 'kubernetes.other' });
  });
});

test.each([
  [{ spec: { ingressClassName: 'nginx' } }, [`'spec.ingressClassName' of the Ingress stack/bare is the class "nginx"`]],
  [
    { metadata: { annotations: { 'kubernetes.io/ingress.class': 'addon-http-application-routing' } }, spec: {} },
    [`'metadata.annotations["kubernetes.io/ingress.class"]' of the Ingress stack/bare is the class`],
  ],
  [{ spec: { ingressClassName: 'contour' } }, []],
])('an Ingress by hand of a retired class is warned of: %j', (config, messages) => {
  const stack = testStack();
  new Workload(stack, 'web', {
    ...{ name: 'web', image: ContainerImage.fromReference('ghcr.io/contoso/web:1'), containerPort: 8080 },
  });
  new IngressV1(stack, 'bare', { metadata: {}, ...config });
  const annotations = { 'kubernetes.io/ingress.class': 'nginx' };
  new ServiceV1(stack, 'no-ingress', { metadata: { annotations }, spec: {} });

  expect(Problems.warningsOf(stack)).toEqual(messages.map((one) => expect.stringContaining(one) as string));
});
