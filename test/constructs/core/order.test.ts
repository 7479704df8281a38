import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import {
  Lazy,
  TerraformDataSource,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import {
  AcrImageBuild,
  AcrRegistry,
  AksCluster,
  AksVirtualNetwork,
  ContainerImage,
  EnvValue,
  KubernetesNamespace,
  KubernetesVersion,
  Problems,
  ServicePrincipal,
  UserAssignedIdentity,
  VoteApp,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { createAfter, nearest } from '../../../constructs/core/order/order';
import { addresses, type Block, type Json, RESOURCE_GROUP, synth, testApp, testStack, token } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/web:1');

function anything(scope: Construct, id: string): TerraformResource {
  return new TerraformResource(scope, id, { terraformResourceType: 'terraform_data' });
}

function workload(scope: Construct, name: string, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(scope, name, { name, image, containerPort: 8080, ...props });
}

function voteApp(scope: Construct, props: { namespace?: string; prerequisites?: IConstruct[] } = {}): VoteApp {
  return new VoteApp(scope, 'vote', { namePrefix: 'vote', front: { image }, isolated: true, ...props });
}

function registry(scope: Construct): AcrRegistry {
  return new AcrRegistry(scope, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contosovote' });
}

function cluster(scope: Construct, prerequisites?: IConstruct[]): AksCluster {
  return new AksCluster(scope, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'aks',
    kubernetesVersion: KubernetesVersion.of('1.34', { today: '2026-01-01' }),
    prerequisites,
  });
}

function build(scope: Construct, prerequisites?: IConstruct[]): AcrImageBuild {
  const source = { repository: 'https://github.com/Azure-Samples/azure-voting-app-redis', commit: '0'.repeat(40) };
  return new AcrImageBuild(scope, 'build', {
    ...{ registry: registry(scope), repository: 'vote', tag: 'v1', source, prerequisites },
  });
}

/** What each resource whose address begins with one of the prefixes waits for. */
function waits(json: Json): Map<string, readonly string[]> {
  const all = Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]): [string, readonly string[]] => [
      `${type}.${name}`,
      (block as { depends_on?: string[] }).depends_on ?? [],
    ]),
  );
  return new Map(all);
}

/** Every construct with resources, as somebody would make it. */
const MADE: readonly [string, (stack: TerraformStack) => Construct][] = [
  ['AcrImageBuild', (stack) => build(stack)],
  ['AcrRegistry', registry],
  ['AksCluster', (stack) => cluster(stack)],
  ['AksNodePool', (stack) => cluster(stack).addNodePool('pool', { name: 'apps' }) as unknown as Construct],
  [
    'AksServiceAccount',
    (stack) =>
      cluster(stack).addServiceAccount('account', {
        resourceGroup: RESOURCE_GROUP,
        serviceAccountName: 'orders',
      }),
  ],
  [
    'AksVirtualNetwork',
    (stack) => new AksVirtualNetwork(stack, 'net', { resourceGroup: RESOURCE_GROUP, virtualNetworkName: 'net' }),
  ],
  [
    'KubernetesNamespace',
    (stack) => new KubernetesNamespace(stack, 'ns', { namespaceName: 'vote', defaultDeny: true }),
  ],
  ['ServicePrincipal', (stack) => new ServicePrincipal(stack, 'principal', { displayName: 'vote' })],
  [
    'UserAssignedIdentity',
    (stack) => new UserAssignedIdentity(stack, 'id', { resourceGroup: RESOURCE_GROUP, identityName: 'vote' }),
  ],
  ['VoteApp', voteApp],
  ['Workload', (stack) => workload(stack, 'web', { environment: { A: EnvValue.fromConfigValue('a') } })],
];

describe.each(MADE)('%s', (_, make) => {
  test('comes after what its node depends on, with all that it is made of', () => {
    const stack = testStack();
    const first = anything(stack, 'first');
    const made = make(stack);
    made.node.addDependency(first);
    const paths = new Map(stack.node.findAll().map((one) => [one.node.path, one]));
    const below = [...paths.values()].filter((one): one is TerraformResource => 'terraformResourceType' in one);
    const waiting = waits(synth(stack));

    const own = below
      .filter(({ node }) => node.scopes.includes(made))
      .map((one) => `${one.terraformResourceType}.${one.friendlyUniqueId}`)
      .filter((address) => waiting.has(address));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((address) => !waiting.get(address)!.includes('terraform_data.first'))).toEqual([]);
    expect(Problems.of(stack)).toEqual([]);
  });
});

describe.each(MADE.filter(([name]) => name !== 'VoteApp'))('the main resource of %s', (_, make) => {
  test.each<[string, (main: TerraformResource, first: TerraformResource) => unknown]>([
    ['an override', (main) => main.addOverride('depends_on', ['terraform_data.first'])],
    ['an address in dependsOn', (main) => main.dependsOn!.push('terraform_data.first')],
    ['a reference in dependsOn', (main, first) => main.dependsOn!.push(first.fqn)],
  ])('keeps %s beside its own', (__, depend) => {
    const stack = testStack();
    const first = anything(stack, 'first');
    const made = make(stack);
    made.node.addDependency(anything(stack, 'second'));
    const main = made.node.defaultChild as TerraformResource;
    depend(main, first);

    expect(waits(synth(stack)).get(`${main.terraformResourceType}.${main.friendlyUniqueId}`)).toEqual(
      expect.arrayContaining(['terraform_data.first', 'terraform_data.second']),
    );
  });
});

test('data sources and modules may come first, too, and what Terraform does not create never does', () => {
  const stack = testStack();
  const web = workload(stack, 'web');
  web.node.addDependency(
    new TerraformLocal(stack, 'local', 1),
    new TerraformOutput(stack, 'output', { value: 1 }),
    new TerraformDataSource(stack, 'found', { terraformResourceType: 'http' }),
    new TerraformHclModule(stack, 'module', { source: 'contoso/vote/azurerm' }),
  );

  const waited = [...waits(synth(stack))].filter(([address]) => address.startsWith('kubernetes_deployment_v1.'));
  expect(waited.map(([, addresses]) => addresses)).toEqual([['data.http.found', 'module.module']]);
});

describe('prerequisites', () => {
  test.each<[string, string, (stack: TerraformStack, prerequisites: IConstruct[]) => Construct]>([
    ['AksCluster', 'azurerm_kubernetes_cluster', cluster],
    ['AcrImageBuild', 'azurerm_container_registry_task', build],
    [
      'KubernetesNamespace',
      'kubernetes_namespace_v1',
      (stack, prerequisites) => new KubernetesNamespace(stack, 'ns', { namespaceName: 'vote', prerequisites }),
    ],
    ['Workload', 'kubernetes_deployment_v1', (stack, prerequisites) => workload(stack, 'web', { prerequisites })],
    ['VoteApp', 'kubernetes_deployment_v1', (stack, prerequisites) => voteApp(stack, { prerequisites })],
  ])('come before a %s', (_, type, make) => {
    const stack = testStack();
    make(stack, [anything(stack, 'first')]);

    const found = [...waits(synth(stack))].filter(([address]) => address.startsWith(`${type}.`));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, waited]) => !waited.includes('terraform_data.first'))).toEqual([]);
  });
});

describe('a namespace that the stack makes', () => {
  /** The objects that are in the namespace and do not wait for it, by a reference or by their order. */
  const early = (json: Json, namespace: string): string[] => {
    const waiting = waits(json);
    return Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named)
        .filter(([, { metadata }]) => (metadata as Block | undefined)?.namespace === 'vote')
        .map(([name]) => `${type}.${name}`)
        .filter((address) => !waiting.get(address)!.some((one) => one.startsWith(namespace))),
    );
  };

  test.each<[string, (stack: TerraformStack) => string]>([
    ['its name', () => 'vote'],
    ['a reference that stands for its name', () => Lazy.stringValue({ produce: () => 'vote' })],
  ])('comes before all that is in it by %s, made before or after it', (_, nameOf) => {
    const stack = testStack();
    const namespace = nameOf(stack);
    const props = {
      namespace,
      environment: { A: EnvValue.fromConfigValue('a'), B: EnvValue.fromSecretValue(token(stack).stringValue) },
    };
    workload(stack, 'web', {
      ...props,
      isolated: true,
      autoscaling: { minReplicas: 2, maxReplicas: 3, memoryUtilizationPercent: 5 },
    });
    new KubernetesNamespace(stack, 'ns', { namespaceName: 'vote' });
    voteApp(stack, { namespace });
    const account = { resourceGroup: RESOURCE_GROUP, serviceAccountName: 'orders', namespace };
    cluster(stack).addServiceAccount('account', account);
    const json = synth(stack);

    expect(addresses(json).filter((one) => one.startsWith('kubernetes_')).length).toBeGreaterThan(12);
    expect(early(json, 'kubernetes_namespace_v1.ns')).toEqual([]);
  });

  test('may be of the bindings; those of other clusters and other names do not count', () => {
    const stack = testStack();
    const other = new KubernetesProvider(stack, 'other', { alias: 'other' });
    new KubernetesNamespace(stack, 'elsewhere', { namespaceName: 'vote', provider: other });
    new KubernetesNamespace(stack, 'shop', { namespaceName: 'shop' });
    workload(stack, 'web', { namespace: 'vote' });
    expect([...waits(synth(stack)).values()].flat()).toEqual([]);

    new NamespaceV1(stack, 'bare', { metadata: { name: 'vote' } });
    expect(early(synth(stack), 'kubernetes_namespace_v1.bare')).toEqual([]);
  });
});

describe('a circle', () => {
  const circle = (...names: string[]): string =>
    `'prerequisites' and dependencies must not form a cycle, got one: ${names.join(', which must be created after ').replace(', which', '')}: remove one of them`;

  test('of prerequisites is a problem, once', () => {
    const stack = testStack();
    const more: IConstruct[] = [];
    const one = workload(stack, 'one', { prerequisites: more, environment: { A: EnvValue.fromConfigValue('a') } });
    const two = workload(stack, 'two', { prerequisites: [one] });
    more.push(two);

    expect(Problems.of(stack)).toEqual([`[stack] ${circle('stack/one', 'stack/two', 'stack/one')}`]);
    expect(() => synth(stack)).not.toThrow();
  });

  test('of dependencies of nodes, and of both kinds, is one', () => {
    const stack = testStack();
    const [one, two] = [workload(stack, 'one'), workload(stack, 'two')];
    one.node.addDependency(two);
    two.node.addDependency(one);
    expect(Problems.of(stack)).toHaveLength(1);

    const mixed = testStack(testApp(), 'mixed');
    const space = new KubernetesNamespace(mixed, 'ns', { namespaceName: 'vote', prerequisites: [] });
    const inside = workload(mixed, 'web', { namespace: 'vote' });
    space.node.addDependency(inside);
    expect(Problems.of(mixed)).toEqual([expect.stringContaining('mixed/ns must be created after mixed/web')]);
  });

  test('of a construct and what it is a part of is one', () => {
    const stack = testStack();
    const app = voteApp(stack);
    app.front.node.addDependency(app);
    expect(Problems.of(stack)).toEqual([expect.stringContaining('must not form a cycle')]);

    const fine = testStack(testApp(), 'fine');
    const parts = voteApp(fine);
    parts.node.addDependency(parts.backend);
    expect(Problems.of(fine)).toEqual([]);
  });

  test('begins with the first that is in it, and each of several is a problem', () => {
    const stack = testStack();
    const [before, one, two, three, four] = ['before', 'one', 'two', 'three', 'four'].map((id) => anything(stack, id));
    before!.node.addDependency(one!);
    workload(stack, 'web', { prerequisites: [before!, three!] });
    for (const [first, second] of [
      [one!, two!],
      [three!, four!],
    ] as const) {
      first.node.addDependency(second);
      second.node.addDependency(first);
    }

    expect(Problems.of(stack)).toEqual([
      `[stack] ${circle('stack/one', 'stack/two', 'stack/one')}`,
      `[stack] ${circle('stack/three', 'stack/four', 'stack/three')}`,
    ]);
  });

  test('is none of a resource whose own name is asked for, nor through one of that name in another stack', () => {
    const app = testApp();
    const [a, b] = [testStack(app, 'a'), testStack(app, 'b')];
    const [first, second] = [anything(a, 'first'), anything(b, 'first')];
    const web = workload(b, 'web', { environment: { FIRST: EnvValue.fromConfigValue(first.fqn) } });
    second.node.addDependency(web);
    anything(b, 'last').node.addDependency(second);

    expect(second.fqn).not.toBe(first.fqn);
    expect(Problems.of(app)).toEqual([]);
  });

  test('through two stacks is one, at the first of them', () => {
    const app = testApp();
    const [a, b] = [testStack(app, 'a'), testStack(app, 'b')];
    const [one, two] = [workload(a, 'one'), workload(b, 'two')];
    const last = workload(a, 'last', { prerequisites: [two] });
    two.node.addDependency(one);

    expect(last.serviceName).toBe('last');
    expect(Problems.of(app)).toEqual([
      "[a] 'prerequisites' and dependencies must not form a cycle, got one: the stack a must be created after the stack b, " +
        'which must be created after the stack a: remove one of them',
    ]);
    expect(() => app.synth()).toThrow(/the stack a must be created after the stack b/);
  });

  test('is none where stacks follow one another', () => {
    const app = testApp();
    const [a, b] = [testStack(app, 'a'), testStack(app, 'b')];
    workload(b, 'two').node.addDependency(workload(a, 'one'));
    app.synth();

    expect(b.dependsOn(a)).toBe(true);
    expect(JSON.stringify(synth(b))).not.toContain('depends_on');
    expect(Problems.of(app)).toEqual([]);
  });
});

test('a resource that needs its whole stack does not wait for itself', () => {
  const stack = testStack();
  const one = anything(stack, 'one');
  createAfter(one, () => [stack]);
  anything(stack, 'two');

  expect(waits(synth(stack)).get('terraform_data.one')).toEqual(['terraform_data.two']);
});

test('of several candidates, those of the same stack are the nearest, or else all are', () => {
  const app = testApp();
  const [first, second, third] = ['first', 'second', 'third'].map((id) => new TerraformStack(app, id));
  const candidates = [first!, second!].map((stack) => anything(stack, 'candidate'));

  expect(nearest(first!, candidates)).toEqual([candidates[0]]);
  expect(nearest(third!, candidates)).toEqual(candidates);
});
