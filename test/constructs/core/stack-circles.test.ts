import { DataAzurermVirtualNetwork } from '@cdktf/provider-azurerm/lib/data-azurerm-virtual-network';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { type App, Fn, Lazy, TerraformDataSource, TerraformLocal, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import {
  AcrPrivateEndpoint,
  AcrRegistry,
  AcrSku,
  AksCluster,
  AksVirtualNetwork,
  ClusterAuthentication,
  ClusterMonitoring,
  ClusterRole,
  KubernetesNamespace,
  Problems,
  UserAssignedIdentity,
} from '../../../constructs';
import { RESOURCE_GROUP, testApp, testStack } from '../../util';

/** Two stacks, the second of which comes after the first. */
interface TwoStacks {
  readonly first: TerraformStack;
  readonly hub: AksVirtualNetwork;
  readonly spoke: AksVirtualNetwork;
  readonly cluster: AksCluster;
}

function twoStacks(app = testApp()): TwoStacks {
  const [first, second] = [testStack(app, 'first'), testStack(app, 'second')];
  const group = new ResourceGroup(first, 'group', { name: 'rg', location: 'westeurope' });
  const resourceGroup = { name: 'spoke', location: group.location };
  return {
    first,
    hub: network(first, RESOURCE_GROUP, '10.0.0.0/16'),
    spoke: network(second, resourceGroup, '10.8.0.0/16'),
    cluster: new AksCluster(second, 'cluster', {
      resourceGroup,
      clusterName: 'spoke',
      authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [GROUP] }),
    }),
  };
}

function network(stack: TerraformStack, resourceGroup: { name: string; location: string }, range: string) {
  const { id: virtualNetworkName } = stack.node;
  return new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName, addressSpace: [range] });
}

/** A network that exists, as a stack finds it. */
function found(stack: TerraformStack): DataAzurermVirtualNetwork {
  const existing = stack.node.tryFindChild('found');
  return existing instanceof DataAzurermVirtualNetwork
    ? existing
    : new DataAzurermVirtualNetwork(stack, 'found', { name: 'hub', resourceGroupName: 'hub' });
}

const GROUP = '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10';
const ELSEWHERE = 'create one of them in the stack of what it uses';

describe('two stacks that need each other', () => {
  test.each<[string, (made: TwoStacks) => void, string, string]>([
    [
      'a peering',
      ({ hub, spoke }) => hub.peerWith('spoke', spoke),
      'first/network/spoke/outbound uses second/network',
      "call 'peerWith' of second/network with first/network, for the peering to be in its stack",
    ],
    [
      'a peering, beside another use',
      ({ hub, spoke }) => {
        const local = new TerraformLocal(hub, 'local', spoke.virtualNetworkId);
        expect(local.node.path).toBe('first/network/local');
        hub.peerWith('spoke', spoke);
      },
      'first/network/spoke/outbound uses second/network',
      "call 'peerWith' of second/network with first/network, for the peering to be in its stack",
    ],
    [
      'an order',
      ({ hub, cluster }) => hub.node.addDependency(cluster),
      'first/network must be created after second/cluster',
      ELSEWHERE,
    ],
    [
      'a private endpoint',
      ({ first, spoke }) => {
        const registry = new AcrRegistry(first, 'registry', {
          resourceGroup: RESOURCE_GROUP,
          registryName: 'contosoimages',
          sku: AcrSku.PREMIUM,
        });
        const subnet = spoke.addSubnet('endpoints', { addressPrefix: '10.8.128.0/24' });
        new AcrPrivateEndpoint(first, 'endpoint', { registry, subnet });
      },
      'first/endpoint/dns-zone/link-network uses second/network',
      ELSEWHERE,
    ],
    [
      'a role',
      ({ first, cluster }) => {
        const identity = new UserAssignedIdentity(first, 'identity', {
          resourceGroup: RESOURCE_GROUP,
          identityName: 'deploys',
        });
        cluster.grantAccess(identity, ClusterRole.ADMIN);
      },
      'uses second/cluster',
      ELSEWHERE,
    ],
    [
      'monitoring',
      ({ first, cluster }) =>
        void new ClusterMonitoring(first, 'monitoring', { resourceGroup: RESOURCE_GROUP, cluster }),
      'uses second/cluster',
      ELSEWHERE,
    ],
    [
      'a value that others are made of',
      ({ first, cluster }) => {
        const local = new TerraformLocal(first, 'local', { host: cluster.clusterId });
        expect(local.node.id).toBe('local');
      },
      'first/local uses second/cluster',
      ELSEWHERE,
    ],
  ])('by %s are told once, in words', (_by, ask, back, remedy) => {
    const app = testApp();
    ask(twoStacks(app));
    const circles = Problems.list(app).filter(({ rule }) => rule === 'stacks-in-order');

    expect(circles.map(({ path }) => path)).toEqual(['first']);
    const [{ message } = { message: '' }] = circles;
    expect(message).toContain(back);
    expect(message).toContain('which comes after the stack first (second/');
    expect(message.endsWith(`: ${remedy}`)).toBe(true);
    expect(() => app.synth()).toThrow(/stacks must come one after the other/);
  });

  test.each<[string, (second: TerraformStack) => object]>([
    ['a list', (second) => ({ list: found(second).addressSpace })],
    ['a map', (second) => ({ map: found(second).tags })],
    [
      'a number within a text',
      (second) => ({ text: `${new TerraformVariable(second, 'nodes', {}).numberValue} nodes` }),
    ],
    ['an argument of a function', (second) => ({ name: Fn.join('-', ['a', found(second).id]) })],
    ['a key', (second) => ({ [found(second).name]: 'a' })],
    ['a lazy value', (second) => ({ lazy: Lazy.stringValue({ produce: () => found(second).id }) })],
  ])('by %s are found', (_shape, valueOf) => {
    const app = testApp();
    const { first, cluster } = twoStacks(app);
    new TerraformLocal(first, 'local', valueOf(TerraformStack.of(cluster)));

    expect(Problems.list(app).map(({ path, rule }) => [path, rule])).toEqual([['first', 'stacks-in-order']]);
  });

  test.each<[string, (app: App) => IConstruct]>([
    ['in a construct of the app', (app) => new Construct(app, 'stage')],
    ['in a stack', (app) => testStack(app, 'outer')],
  ])('%s are found', (_, scopeIn) => {
    const app = testApp();
    const scope = scopeIn(app);
    const stacks = ['first', 'second'].map((id) => new TerraformStack(scope, id));
    const [one, two] = stacks.map((stack) => network(stack, RESOURCE_GROUP, `10.${stacks.indexOf(stack)}.0.0/16`));
    one?.peerWith('two', two!);
    new TerraformLocal(stacks[1]!, 'one', one?.virtualNetworkId);

    const found = Problems.list(app).filter(({ rule }) => rule === 'stacks-in-order');
    expect(found.map(({ path }) => path)).toEqual([`${scope.node.path}/first`]);
  });

  test('are two circles where one stack needs two', () => {
    const app = testApp();
    const [hub, ...spokes] = ['hub', 'spoke-a', 'spoke-b'].map((id, index) =>
      network(testStack(app, id), RESOURCE_GROUP, `10.${index}.0.0/16`),
    );
    spokes.forEach((spoke) => {
      hub?.peerWith(TerraformStack.of(spoke).node.id, spoke);
      new TerraformLocal(TerraformStack.of(spoke), 'hub', hub?.virtualNetworkId);
    });

    expect(Problems.list(app).map(({ path, rule }) => [path, rule])).toEqual([
      ['hub', 'stacks-in-order'],
      ['hub', 'stacks-in-order'],
    ]);
  });

  test('by what the program says of stacks is a problem, and no error', () => {
    const app = testApp();
    const { first, cluster } = twoStacks(app);
    first.addDependency(TerraformStack.of(cluster));
    TerraformStack.of(cluster).addDependency(first);

    expect(Problems.of(app)).toEqual([
      expect.stringContaining("the stack first comes after the stack second (by 'addDependency'), which comes after"),
    ]);
  });

  test('by nothing else than what the program says of stacks is a problem, too', () => {
    const app = testApp();
    const [a, b] = ['a', 'b'].map((id) => testStack(app, id)) as [TerraformStack, TerraformStack];
    [a, b].forEach((stack) => new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop' }));
    a.addDependency(b);
    b.addDependency(a);

    expect(Problems.of(app)).toEqual([
      "[a] 'prerequisites' and dependencies must not form a cycle, got one: the stack a must be created after the stack b, " +
        'which must be created after the stack a: remove one of them',
    ]);
  });

  test('are told of at the first of them, and not at others that come after them', () => {
    const app = testApp();
    const [last, hub, spoke] = ['last', 'hub', 'spoke'].map((id, index) =>
      network(testStack(app, id), RESOURCE_GROUP, `10.${index}.0.0/16`),
    ) as [AksVirtualNetwork, AksVirtualNetwork, AksVirtualNetwork];
    for (const [one, other] of [
      [last, hub],
      [hub, spoke],
      [spoke, hub],
    ] as const) {
      new TerraformLocal(TerraformStack.of(one), 'other', other.virtualNetworkId);
    }

    expect(Problems.list(app).map(({ path, rule }) => [path, rule])).toEqual([['hub', 'stacks-in-order']]);
  });

  test('are told of at the outer one, where one is in the other', () => {
    const outer = testStack(testApp(), 'outer');
    const inner = new TerraformStack(outer, 'inner');
    new AzurermProvider(inner, 'azurerm', { features: [{}] });
    const [around, within] = [
      network(outer, RESOURCE_GROUP, '10.0.0.0/16'),
      network(inner, RESOURCE_GROUP, '10.1.0.0/16'),
    ];
    new TerraformLocal(outer, 'local', within.virtualNetworkId);
    new TerraformLocal(inner, 'local', around.virtualNetworkId);

    const circles = Problems.list(outer.node.root).filter(({ rule }) => rule === 'stacks-in-order');
    expect(circles.map(({ path }) => path)).toEqual(['outer']);
  });

  test.each<[string, boolean, (stack: TerraformStack) => unknown]>([
    ['alone', false, () => undefined],
    ['beside another one', true, (stack) => testStack(stack.node.root as App, 'other')],
    [
      'beside a construct with another one',
      true,
      (stack) => new TerraformStack(new Construct(stack.node.root, 'stage'), 'a'),
    ],
    ['around another one', true, (stack) => new TerraformStack(stack, 'inner')],
  ])('are looked for in what a stack refers to, not where it is %s: %p', (_, isRead, addOther) => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop' });
    let timesRead = 0;
    Object.assign(new TerraformDataSource(stack, 'data', { terraformResourceType: 'http' }), {
      argument: Lazy.stringValue({ produce: () => `${timesRead++}` }),
    });
    addOther(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(timesRead > 0).toBe(isRead);
  });

  test('are an error of the engine where nobody asks for problems', () => {
    const app = testApp();
    Reflect.set(app, 'skipValidation', true);
    const { hub, spoke } = twoStacks(app);
    hub.peerWith('spoke', spoke);

    expect(() => app.synth()).toThrow(/circular/i);
  });
});

test('a spoke that is peered with its hub is no circle', () => {
  const app = testApp();
  const { hub, spoke } = twoStacks(app);
  spoke.peerWith('hub', hub);

  expect(Problems.of(app)).toEqual([]);
  expect(() => app.synth()).not.toThrow();
});

test('two networks that are each peered with the other are one mistake', () => {
  const app = testApp();
  const [hub, spoke] = ['hub', 'spoke'].map((id, index) =>
    network(testStack(app, id), RESOURCE_GROUP, `10.${index}.0.0/16`),
  ) as [AksVirtualNetwork, AksVirtualNetwork];
  hub.peerWith('spoke', spoke);
  spoke.peerWith('hub', hub);

  expect(Problems.list(app).map(({ path, rule }) => [path, rule])).toEqual([['spoke/network', 'peering-once']]);
});

function clusterIn(stack: TerraformStack): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop' });
}

function withInner(stack: TerraformStack): void {
  const inner = new TerraformStack(stack, 'inner');
  new AzurermProvider(inner, 'azurerm', { features: [{}] });
  clusterIn(inner);
}

describe('a circle within a stack', () => {
  const circle = (text: string): string =>
    `[stack] 'prerequisites' and dependencies must not form a cycle, got one: ${text}: remove one of them`;

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ['alone', () => undefined],
    ['beside a stack within its own that has the same names', withInner],
  ])('of a cluster that waits for a role of its own nodes is a problem, %s', (_, makeMore) => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    const registry = new AcrRegistry(stack, 'registry', {
      resourceGroup: RESOURCE_GROUP,
      registryName: 'contosoimages',
    });
    registry.grantPull(cluster).applyBefore(cluster);
    makeMore(stack);

    expect(Problems.of(stack)).toEqual([
      circle('stack/cluster must be created after stack/cluster/kubelet/pull-registry, which uses stack/cluster'),
    ]);
  });

  test('of a cluster that waits for what is made in it is a problem', () => {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const cluster = clusterIn(stack);
    new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
    cluster.node.addDependency(new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop' }));

    expect(Problems.of(stack)).toContain(
      circle(
        'stack/cluster must be created after stack/ns, which is made by the provider stack/kubernetes, which uses stack/cluster',
      ),
    );
  });

  test.each<[string, (stack: TerraformStack) => TerraformStack, string | undefined]>([
    ['in another cluster', (stack) => stack, 'shop'],
    ['in a cluster that only a stack within it knows', (stack) => new TerraformStack(stack, 'inner'), undefined],
  ])('of a cluster that waits for what is made %s is none', (_, stackOf, alias) => {
    const stack = new TerraformStack(testApp(), 'stack');
    const cluster = clusterIn(stack);
    const other = stackOf(stack);
    new KubernetesProvider(other, 'shop', { ...cluster.kubernetesProviderConfig(other), alias });
    new KubernetesProvider(stack, 'other', { host: 'https://other.example.com' });
    cluster.node.addDependency(new KubernetesNamespace(stack, 'ns', { namespaceName: 'shop' }));

    expect(Problems.of(stack).filter((one) => one.includes('cycle'))).toEqual([]);
  });
});
