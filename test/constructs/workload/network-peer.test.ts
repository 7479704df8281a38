import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksServiceAccount,
  ApiServerAccess,
  ClusterIdentity,
  ContainerImage,
  Exposure,
  KubernetesRole,
  KubernetesServiceAccount,
  NetworkPeer,
  Problems,
  Subnet,
  UserAssignedIdentity,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { invalidManifests } from '../../manifests';
import { at, only, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

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

const SUBNET_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/api';

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
        /^\[stack\/web\] 'isolated' must allow outbound port 443 for pods that use Azure, got none for 'serviceAccount' stack\/account/,
      ),
    ]);
    Problems.acknowledge(stack, 'isolated-with-way-to-azure', 'a proxy in the pod');
    expect(Problems.of(stack)).toEqual([]);
  });

  test('that uses Azure and the Kubernetes API gets one message, and no way to the one hides the other', () => {
    const stack = testStack();
    withAccount(stack);
    (stack.node.findChild('account') as AksServiceAccount).grant('view', KubernetesRole.view());
    const rules = (): string[] => Problems.list(stack).map(({ rule }) => rule);
    expect(rules()).toEqual(['isolated-with-way-to-azure']);

    Problems.acknowledge(stack, 'isolated-with-way-to-azure', 'a proxy in the pod');
    expect(rules()).toEqual(['isolated-with-way-to-kubernetes-api']);
  });

  test.each<[string, NetworkPeer, number]>([
    ['a database outside of the cluster', NetworkPeer.ipRange('10.9.0.4/32'), 5432],
    ['the internet at another port', NetworkPeer.internet(), 80],
    ['pods at the port of HTTPS', NetworkPeer.pods({ app: 'api' }), 443],
  ])('that uses Azure has none with %s', (_, peer, port) => {
    const stack = testStack();
    withAccount(stack).allowTo(peer, port);

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining('must allow outbound port 443 for pods that use Azure'),
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

  /** A workload whose service account may use the Kubernetes API of a cluster that the program makes, or of any. */
  function withApiAccount(stack: TerraformStack, apiServerAccess?: ApiServerAccess): Workload {
    if (apiServerAccess !== undefined) {
      stack.node.tryRemoveChild('kubernetes');
      const cluster = new AksCluster(stack, 'cluster', {
        ...{ resourceGroup: RESOURCE_GROUP, clusterName: 'aks', apiServerAccess },
        identity: ClusterIdentity.userAssigned(
          new UserAssignedIdentity(stack, 'identity', { resourceGroup: RESOURCE_GROUP, identityName: 'aks' }),
        ),
      });
      new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    }
    const serviceAccount = new KubernetesServiceAccount(stack, 'account', { serviceAccountName: 'web' });
    const workload = workloadIn(stack, 'web', { serviceAccount });
    // also a role that is given later counts
    serviceAccount.grant('view', KubernetesRole.view());
    return workload;
  }

  const PRIVATE = ApiServerAccess.privateAccess();
  const IN_SUBNET = ApiServerAccess.publicAccess({
    subnet: Subnet.fromSubnetAttributes(new TerraformStack(testApp(), 'elsewhere'), 'subnet', { subnetId: SUBNET_ID }),
  });

  test.each<[string, string, ApiServerAccess | undefined, NetworkPeer | undefined]>([
    ['nothing', 'none', undefined, undefined],
    ['nothing, and an API server that is public', 'none', ApiServerAccess.publicAccess(), undefined],
    ['pods', 'none', undefined, NetworkPeer.pods({ app: 'api' })],
    ['nothing, and one that is private', 'none', PRIVATE, undefined],
    ['the internet, and one that is private', 'only one to public addresses', PRIVATE, NetworkPeer.internet()],
    ['the internet, and one in a subnet', 'only one to public addresses', IN_SUBNET, NetworkPeer.internet()],
  ])('that uses the Kubernetes API needs a way out to it, which is not there with %s', (_, found, access, peer) => {
    const stack = testStack();
    const workload = withApiAccount(stack, access);
    if (peer !== undefined) {
      workload.allowTo(peer, 443);
    }

    expect(Problems.list(stack).filter(({ rule }) => rule === 'isolated-with-way-to-kubernetes-api')).toMatchObject([
      {
        path: 'stack/web',
        message: expect.stringContaining(
          `'isolated' must allow outbound port 443 for pods that use the Kubernetes API, got ${found} for 'serviceAccount' ` +
            'stack/account: they could not call it.',
        ) as string,
      },
    ]);
    Problems.acknowledge(workload, 'isolated-with-way-to-kubernetes-api', 'another policy opens it');
    expect(Problems.of(workload)).toEqual([]);
  });

  test.each<[string, ApiServerAccess | undefined, NetworkPeer]>([
    ['the internet', undefined, NetworkPeer.internet()],
    ['the internet', ApiServerAccess.publicAccess(), NetworkPeer.internet()],
    ['a range', undefined, NetworkPeer.ipRange('10.9.0.0/28')],
    ['a range', PRIVATE, NetworkPeer.ipRange('10.9.0.0/28')],
    ['a range', IN_SUBNET, NetworkPeer.ipRange('10.9.0.0/28')],
  ])('that uses the Kubernetes API has one with %s', (_, access, peer) => {
    const stack = testStack();
    const workload = withApiAccount(stack, access);
    workload.allowTo(peer, 443);

    expect(Problems.of(workload)).toEqual([]);
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
