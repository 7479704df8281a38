import { AksCluster, NetworkProfile, NodePool, Problems } from '../../../constructs';
import { capacityProblems } from '../../../constructs/cluster/network-profile/network-capacity-rules';
import type { NetworkPlan, PoolSize } from '../../../constructs/cluster/network-profile/network-plan';
import { EXAMPLE_PLAN } from '../../data/example-plan';
import { RESOURCE_GROUP, testApp, testStack, token } from '../../util';

const pool = (name: string, maxNodes: number, maxPods?: number): PoolSize => ({
  ...{ name, maxNodes, maxPods },
  surgeNodes: 1,
});
const messages = (changes: Partial<NetworkPlan>, pools: readonly PoolSize[]) =>
  capacityProblems({ ...EXAMPLE_PLAN, ...changes, pools }).map(({ message }) => message);
const nodes = (range: string) => ({ nodeSubnet: { name: "the subnet 'nodes'", ranges: [range] } });
const pods = (range: string) => ({ podSubnet: { name: "the subnet 'pods'", ranges: [range] } });
const addresses = (managedIpCount: number, portsPerNode = 1024): Partial<NetworkPlan> => ({
  outbound: { kind: 'loadBalancer', managedIpCount, portsPerNode },
});

interface Case {
  readonly given: Partial<NetworkPlan>;
  /** Two pools, each of which fits alone. */
  readonly pools: readonly [PoolSize, PoolSize];
  readonly message: string;
  /** What the message asks for. */
  readonly remedied: readonly Partial<NetworkPlan>[];
}

const CASES: Readonly<Record<string, Case>> = {
  'the pod range': {
    given: { podCidr: '10.244.0.0/22' },
    pools: [pool('a', 2), pool('b', 1)],
    message: 'with room for 4 of 5 nodes (a 2 + 1 surge, b 1 + 1 surge): make it /21 or larger',
    remedied: [{ podCidr: '10.240.0.0/21' }],
  },
  'the addresses of nodes': {
    given: nodes('10.240.0.0/28'),
    pools: [pool('a', 5), pool('b', 5)],
    message:
      "must have 17 addresses for 12 nodes (a 5 + 1 surge, b 5 + 1 surge) and 5 for Azure, got the subnet 'nodes' with the 16 " +
      'of 10.240.0.0/28: make it /27 or larger',
    remedied: [nodes('10.240.0.0/27')],
  },
  'the addresses of nodes and their pods': {
    given: { model: 'node subnet', podCidr: undefined, ...nodes('10.240.0.0/26') },
    pools: [pool('a', 2, 10), pool('b', 1, 20)],
    message:
      'must have 80 addresses for 5 nodes (a 2 + 1 surge, b 1 + 1 surge), each with an address for each pod it may have ' +
      "(a 10 a node, b 20 a node) and 5 for Azure, got the subnet 'nodes' with the 64 of 10.240.0.0/26: make it /25 or larger, " +
      'allow fewer pods on a node, or use NetworkProfile.overlay({ subnet })',
    remedied: [nodes('10.240.0.0/25'), { model: 'overlay', podCidr: '10.244.0.0/16' }],
  },
  'the addresses of pods': {
    given: { model: 'pod subnet', podCidr: undefined, ...pods('10.241.0.0/25') },
    pools: [pool('a', 2, 20), pool('b', 1, 10)],
    message:
      'must have 133 addresses for the pods of 5 nodes (a 2 + 1 surge, b 1 + 1 surge), reserved 16 at a time (a 20 a node, b 10 a ' +
      "node), and 5 for Azure, got the subnet 'pods' with the 128 of 10.241.0.0/25: make it /24 or larger",
    remedied: [pods('10.241.0.0/24')],
  },
  'the routes of kubenet': {
    given: { model: 'kubenet', podCidr: '10.244.0.0/15' },
    pools: [pool('a', 200), pool('b', 199)],
    message: 'got 401 nodes (a 200 + 1 surge, b 199 + 1 surge): use NetworkProfile.overlay()',
    remedied: [{ model: 'overlay' }],
  },
  'the ports of one address': {
    given: addresses(1),
    pools: [pool('a', 30), pool('b', 31)],
    message:
      'must have 1024 source ports for each of 63 nodes (a 30 + 1 surge, b 31 + 1 surge), got 1 public address with 64000 ports ' +
      'each: give it 2 public addresses, or at most 1008 ports a node',
    remedied: [addresses(2), addresses(1, 1008)],
  },
  'the ports of several addresses': {
    given: { outbound: { kind: 'loadBalancer', publicIpIds: ['/one', '/two'], portsPerNode: 8000 } },
    pools: [pool('a', 9), pool('b', 9)],
    message: 'got 2 public addresses with 64000 ports each: give it 3 public addresses, or at most 6400 ports a node',
    remedied: [
      { outbound: { kind: 'loadBalancer', publicIpIds: ['/one', '/two', '/three'], portsPerNode: 8000 } },
      { outbound: { kind: 'loadBalancer', publicIpIds: ['/one', '/two'], portsPerNode: 6400 } },
    ],
  },
};

describe.each(Object.entries(CASES))('%s', (_, { given, pools, message, remedied }) => {
  test('are enough for each pool alone, and not for both', () => {
    expect(pools.flatMap((one) => messages(given, [one]))).toEqual([]);
    expect(messages(given, pools)).toEqual([expect.stringContaining(message)]);
  });

  test('are enough once they are what the message asks for', () => {
    expect(remedied.flatMap((changes) => messages({ ...given, ...changes }, pools))).toEqual([]);
  });
});

test.each([
  ['node subnet', nodes('10.240.0.0/26'), 'must have 67 addresses for 2 nodes (a 1 + 1 surge), each with an address'],
  ['node subnet', nodes('10.240.0.0/26'), '(a 30 a node)'],
  ['pod subnet', pods('10.240.0.0/25'), 'must have 229 addresses for the pods of 2 nodes'],
  ['pod subnet', pods('10.240.0.0/25'), '(a 110 a node)'],
] as const)('a pool that says no number of pods has the default of Azure: %s', (model, subnet, message) => {
  expect(messages({ model, podCidr: undefined, ...subnet }, [pool('a', 1)])).toEqual([
    expect.stringContaining(message),
  ]);
});

test('what its own rule refuses is not counted, nor what only Terraform knows', () => {
  const odd = [300.5, -300, Number.NaN].map((maxNodes) => pool('odd', maxNodes));
  const surging: PoolSize = { name: 'odd', maxNodes: 300, surgeNodes: 300.5 };

  expect(messages({}, [...odd, surging])).toEqual([]);
  expect(messages({}, [...odd, surging, pool('many', 300)])).toEqual([
    expect.stringContaining('of 301 nodes (many 300 + 1 surge)'),
  ]);
  const few = pool('few', 40);
  const { numberValue, listValue } = token(testStack());
  expect(messages(addresses(1, 3.5), [few])).toEqual([]);
  expect(messages(addresses(1, numberValue), [few])).toEqual([]);
  expect(messages(addresses(0, 64_000), [few])).toEqual([]);
  const given = { kind: 'loadBalancer', portsPerNode: 64_000 } as const;
  expect(messages({ outbound: { ...given, publicIpIds: listValue } }, [few])).toEqual([]);
  expect(messages({ outbound: { ...given, publicIpPrefixIds: ['/p'], managedIpCount: 1 } }, [few])).toEqual([]);
});

describe('a cluster counts the nodes', () => {
  const cluster = () => {
    const stack = testStack(testApp());
    const made = new AksCluster(stack, 'cluster', {
      ...{ resourceGroup: RESOURCE_GROUP, clusterName: 'aks' },
      defaultNodePool: { nodeCount: 2 },
      networkProfile: NetworkProfile.overlay({ podCidr: '10.244.0.0/22' }),
    });
    return { stack, cluster: made };
  };
  const expected = [
    "[stack/cluster] 'networkProfile.podCidr' must have a /24 for each node, got 10.244.0.0/22 with room for 4 of 5 nodes " +
      '(nodepool1 2 + 1 surge, apps 1 + 1 surge): make it /21 or larger',
  ];

  test('of its default pool', () => {
    expect(Problems.of(cluster().stack)).toEqual([]);
  });

  test('of a pool that is added', () => {
    const { stack, cluster: one } = cluster();
    one.addNodePool('apps', { name: 'apps', nodeCount: 1 });
    expect(Problems.of(stack)).toEqual(expected);
  });

  test('of a pool that is made for it', () => {
    const { stack, cluster: one } = cluster();
    new NodePool(stack, 'apps', { cluster: one, name: 'apps', nodeCount: 1 });
    expect(Problems.of(stack)).toEqual(expected);
  });

  test('that the autoscaler may add', () => {
    const { stack, cluster: one } = cluster();
    one.addNodePool('apps', { name: 'apps', autoscaling: { minCount: 0, maxCount: 1 } });
    expect(Problems.of(stack)).toEqual(expected);
  });
});
