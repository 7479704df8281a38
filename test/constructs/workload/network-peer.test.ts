import type { TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksServiceAccount,
  ContainerImage,
  Exposure,
  NetworkPeer,
  Problems,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { at, only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

function workloadIn(stack: TerraformStack, id = 'web', props: Partial<WorkloadProps> = {}): Workload {
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  return new Workload(stack, id, { name: id, image, containerPort: 8080, isolated: true, ...props });
}

interface PolicySpec {
  readonly ingress: object[];
  readonly egress: object[];
}

function policyOf(stack: TerraformStack): PolicySpec {
  const json = synth(stack);
  expect(invalidManifests(json)).toEqual([]);
  return only(json, 'kubernetes_network_policy_v1').spec as PolicySpec;
}

const NAMESPACE = 'kubernetes.io/metadata.name';

/** Each peer, and what a policy says of it. */
const PEERS: [string, NetworkPeer, object][] = [
  ['pods of its namespace', NetworkPeer.pods({ app: 'api' }), { pod_selector: { match_labels: { app: 'api' } } }],
  [
    'pods of another namespace',
    NetworkPeer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'),
    {
      pod_selector: { match_labels: { 'app.kubernetes.io/name': 'prometheus' } },
      namespace_selector: { match_labels: { [NAMESPACE]: 'monitoring' } },
    },
  ],
  [
    'a namespace',
    NetworkPeer.namespace('ingress-nginx'),
    { namespace_selector: { match_labels: { [NAMESPACE]: 'ingress-nginx' } } },
  ],
  [
    'its own namespace',
    NetworkPeer.namespace('default'),
    { namespace_selector: { match_labels: { [NAMESPACE]: 'default' } } },
  ],
  ['a range', NetworkPeer.ipRange('10.30.0.0/24'), { ip_block: { cidr: '10.30.0.0/24' } }],
  [
    'the internet',
    NetworkPeer.internet(),
    {
      ip_block: {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
      },
    },
  ],
];

describe.each(PEERS)('%s', (_, peer, rendered) => {
  test('may call an isolated workload that allows it', () => {
    const stack = testStack();
    workloadIn(stack).allowFrom(peer);

    expect(policyOf(stack).ingress).toEqual([{ from: [rendered], ports: [{ port: '8080', protocol: 'TCP' }] }]);
    expect(Problems.of(stack)).toEqual([]);
  });

  test('may be called at a port by an isolated workload', () => {
    const stack = testStack();
    workloadIn(stack).allowTo(peer, 443);

    expect(policyOf(stack).egress.at(-1)).toEqual({ to: [rendered], ports: [{ port: '443', protocol: 'TCP' }] });
    expect(Problems.of(stack)).toEqual([]);
  });
});

test('a peer may call another port of the container', () => {
  const stack = testStack();
  workloadIn(stack, 'web', { additionalPorts: { metrics: 9090 } }).allowFrom(NetworkPeer.namespace('monitoring'), 9090);

  expect(policyOf(stack).ingress).toMatchObject([{ ports: [{ port: '9090' }] }]);
});

test('a port that nothing listens on is reported, and can be meant', () => {
  const stack = testStack();
  const workload = workloadIn(stack, 'web', { additionalPorts: { metrics: 9090 } });
  workload.allowFrom(NetworkPeer.namespace('monitoring'), 9091);

  expect(Problems.of(stack)).toEqual([
    "[stack/web] 'port' must be a port that the container listens on (8080, 9090), got 9091: name it in 'additionalPorts'",
  ]);
  Problems.acknowledge(workload, 'allowed-port-open', 'an agent in the image');
  expect(Problems.of(stack)).toEqual([]);
});

test('nothing is restricted for a workload that is not isolated', () => {
  const stack = testStack();
  workloadIn(stack, 'web', { isolated: false }).allowFrom(NetworkPeer.namespace('ingress-nginx'));

  expect(synth(stack).resource).not.toHaveProperty('kubernetes_network_policy_v1');
  expect(Problems.of(stack)).toEqual([]);
});

test.each<[string, NetworkPeer, RegExp]>([
  [
    'no labels',
    NetworkPeer.pods({}),
    /'peer.labels' must name at least one label, got none: use NetworkPeer.namespace/,
  ],
  ['a bad key', NetworkPeer.pods({ 'a b': 'c' }), /'peer.labels' must be the key of a label/],
  ['a bad value', NetworkPeer.pods({ app: 'a b' }), /'peer.labels.app' must be/],
  ['a bad namespace', NetworkPeer.namespace('Ingress'), /'peer.namespaceName' must be/],
  ['an address without a mask', NetworkPeer.ipRange('10.1.0.4'), /'peer.range' must be a range/],
])('%s is reported once, whichever way it is allowed', (_, peer, message) => {
  for (const allow of [(one: Workload) => one.allowFrom(peer), (one: Workload) => one.allowTo(peer, 443)]) {
    const stack = testStack();
    allow(workloadIn(stack));

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
  }
});

test('tokens pass', () => {
  const stack = testStack();
  const { stringValue, numberValue } = token(stack);
  const workload = workloadIn(stack);
  workload.allowTo(NetworkPeer.pods({ app: stringValue }, stringValue), numberValue);
  workload.allowTo(NetworkPeer.ipRange(stringValue), numberValue);
  workload.allowFrom(NetworkPeer.namespace(stringValue), numberValue);

  expect(Problems.of(stack)).toEqual([]);
});

describe('a workload that exists', () => {
  const attributes = {
    serviceName: 'api',
    servicePort: 80,
    containerPort: 3000,
    namespace: 'data',
    selector: { app: 'api' },
  };

  test('is called by its name, and reached through the policy of the caller', () => {
    const stack = testStack();
    const api = Workload.fromWorkloadAttributes(stack, 'api', attributes);
    workloadIn(stack).connectTo(api);

    expect(api.serviceDnsName).toBe('api.data.svc.cluster.local');
    expect(policyOf(stack).egress.at(-1)).toEqual({
      to: [
        {
          pod_selector: { match_labels: { app: 'api' } },
          namespace_selector: { match_labels: { [NAMESPACE]: 'data' } },
        },
      ],
      ports: [{ port: '3000', protocol: 'TCP' }],
    });
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, { [label: string]: string }, RegExp]>([
    ['without labels', {}, /^\[stack\/api\] 'selector' must name at least one label, got none: without labels/],
    ['with a bad key', { 'a b': 'c' }, /^\[stack\/api\] 'selector' must be the key of a label/],
    ['with a bad value', { app: 'a b' }, /^\[stack\/api\] 'selector.app' must be/],
  ])('%s is reported once, although others call it', (_, selector, message) => {
    const stack = testStack();
    workloadIn(stack).connectTo(Workload.fromWorkloadAttributes(stack, 'api', { ...attributes, selector }));

    expect(Problems.of(stack)).toEqual([expect.stringMatching(message)]);
  });

  test('is not changed by who calls it', () => {
    const stack = testStack();
    Workload.fromWorkloadAttributes(stack, 'api', attributes).allowFrom(NetworkPeer.namespace('shop'));

    expect(synth(stack).resource).toBeUndefined();
  });
});

/** Features that keep pods from working when they are isolated, and what makes them work. */
describe('an isolated workload', () => {
  function withAccount(stack: TerraformStack): Workload {
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const serviceAccount = new AksServiceAccount(stack, 'account', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'web',
    });
    return workloadIn(stack, 'web', { serviceAccount });
  }

  test('that uses Azure needs a way out to log in', () => {
    const stack = testStack();
    withAccount(stack);

    expect(Problems.of(stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/web\] 'isolated' must leave pods that use Azure a way out at port 443, got none for 'serviceAccount' stack\/account/,
      ),
    ]);
    Problems.acknowledge(stack, 'isolated-with-way-to-azure', 'a proxy in the pod');
    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, NetworkPeer, number]>([
    ['a database outside of the cluster', NetworkPeer.ipRange('10.9.0.4/32'), 5432],
    ['the internet at another port', NetworkPeer.internet(), 80],
    ['pods at the port of HTTPS', NetworkPeer.pods({ app: 'api' }), 443],
  ])('that uses Azure has none with %s', (_, peer, port) => {
    const stack = testStack();
    withAccount(stack).allowTo(peer, port);

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining('must leave pods that use Azure a way out at port 443'),
    ]);
  });

  test('that uses Azure may have one at a port that Terraform knows', () => {
    const stack = testStack();
    withAccount(stack).allowTo(NetworkPeer.internet(), token(stack).numberValue);

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each([
    ['the internet', NetworkPeer.internet()],
    ['a range', NetworkPeer.ipRange('10.9.0.0/24')],
  ])('that uses Azure has one with %s', (_, peer) => {
    const stack = testStack();
    withAccount(stack).allowTo(peer, 443);

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, Exposure, boolean]>([
    ['a public load balancer', Exposure.publicLoadBalancer(), true],
    [
      'an internal load balancer with a health probe',
      Exposure.internalLoadBalancer({ healthProbe: { path: '/ready' } }),
      true,
    ],
    ['a node port', Exposure.nodePort(), true],
    ['the cluster alone', Exposure.clusterOnly(), false],
  ])('behind %s lets callers and probes in, if there are any: %j', (_, exposure, isOpen) => {
    const stack = testStack();
    workloadIn(stack, 'web', { exposure });

    // they come as nodes, whose addresses nobody knows before
    expect(policyOf(stack).ingress ?? []).toEqual(isOpen ? [{ ports: [{ port: '8080', protocol: 'TCP' }] }] : []);
  });

  test('behind an ingress controller lets its namespace in', () => {
    const stack = testStack();
    workloadIn(stack).allowFrom(NetworkPeer.pods({ 'app.kubernetes.io/name': 'ingress-nginx' }, 'ingress-nginx'));

    expect(at(synth(stack), 'kubernetes_network_policy_v1', 'web')).toBeDefined();
    expect(Problems.of(stack)).toEqual([]);
  });
});
