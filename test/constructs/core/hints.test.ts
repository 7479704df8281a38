import { AcrRegistry, AksCluster, type AksClusterProps, Problems, Workload } from '../../../constructs';
import { ALIASES, MAKERS, OBJECTS, SIGNATURES, STRUCTS } from '../../../constructs/core/declared/declarations';
import { membersOf } from '../../../constructs/core/declared/declared-type';
import { described } from '../../../constructs/core/declared/described';
import { unknownProperty } from '../../../constructs/core/declared/unknown-property';
import { RESOURCE_GROUP, testStack } from '../../util';

/** What nobody makes: a construct of any kind, and what the library hands to those that call it. */
const MADE_BY_NOBODY = ['Construct', 'Grant', 'IClusterNetwork', 'IConstruct', 'IFrontWorkload', 'KubernetesGrant'];

const taken = [...Object.values(STRUCTS), ...Object.values(SIGNATURES)]
  .flatMap(membersOf)
  .map(({ type }) => type.replace(/[[\]{}]/g, ''));
const objects = Object.keys(OBJECTS).filter((type) => taken.includes(type) && !MADE_BY_NOBODY.includes(type));

test.each(objects)('a message that asks for %s says how to get one', (type) => {
  expect(described(type)).toMatch(/, such as (new )?\w+[.(]/);
});

function problemsWith(props: object): string[] {
  const stack = testStack();
  new AksCluster(stack, 'cluster', {
    resourceGroup: RESOURCE_GROUP,
    clusterName: 'shop',
    ...props,
  } as AksClusterProps);
  return Problems.of(stack);
}

test('a property of something that is given is known to come from there', () => {
  expect(problemsWith({ location: 'westeurope' })).toEqual([
    "[stack/cluster] 'location' is not a property of AksClusterProps, got a string: it belongs to 'resourceGroup'",
  ]);
});

/** Where each other name stands for a property, and which. */
const renamed = Object.entries(ALIASES).flatMap(([alias, targets]) =>
  Object.entries(STRUCTS).flatMap(([type, declared]) => {
    const members = membersOf(declared);
    const target = targets.find((one) => members.some(({ name }) => name === one));
    return target === undefined ? [] : [{ alias, type, members, target }];
  }),
);

test('the names that azurerm, az, manifests and charts have for a property are known', () => {
  expect(renamed.length).toBeGreaterThan(200);
  for (const { alias, type, members, target } of renamed) {
    expect(unknownProperty(type, members, alias, 5).remedy).toBe(`it is '${target}' here`);
    expect(members).not.toContainEqual(expect.objectContaining({ name: alias }));
  }
});

test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'])(
  '%s, which every object in JavaScript has, is a name as any other',
  (name) => {
    expect(problemsWith({ [name]: 5 })).toEqual([
      expect.stringContaining(`'${name}' is not a property of AksClusterProps, got 5: among its `),
    ]);
  },
);

test('so are those for methods and other constructs, which exist', () => {
  const calls = Object.values(ALIASES).flatMap((targets) => targets.filter((one) => /\W/.test(one)));

  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter((one) => !(one in SIGNATURES) && !Object.values(MAKERS).flat().includes(one))).toEqual([]);
});

test.each([
  ['livenessProbe', 'WorkloadProps', "it is 'liveness' here; it belongs in 'probes'"],
  ['minCount', 'AksClusterProps', "it belongs in 'defaultNodePool.autoscaling'"],
  ['nodeTaints', 'AksClusterProps', "'taints' is a property of NodePool"],
  ['nodePools', 'AksClusterProps', 'use aksCluster.addNodePool(...)'],
  ['workloadIdentityEnabled', 'AksClusterProps', 'use aksCluster.addServiceAccount(...)'],
  ['attachAcr', 'AksClusterProps', 'use acrRegistry.grantPull(...)'],
  ['omsAgent', 'AksClusterProps', 'use new ClusterMonitoring(...)'],
  ['tags', 'AcrRegistryProps', 'use Tags.of(...)'],
  ['hosts', 'HttpRouteProps', "it is 'hostNames' here"],
  ['hosts', 'WorkloadProps', 'use new HttpRoute(...)'],
  [
    'periodSeconds',
    'WorkloadProps',
    "it belongs in 'probes.startup' or in 'probes.readiness' or in 'probes.liveness', as an option of Probe.http(...)",
  ],
])('%s of %s', (name, type, remedy) => {
  expect(unknownProperty(type, membersOf(STRUCTS[type]!), name, 5).remedy).toBe(remedy);
});

/** The properties of an object inside of another one, for which they are unknown. */
const insides = Object.entries(STRUCTS).flatMap(([type, declared]) => {
  const members = membersOf(declared);
  return members.flatMap((holder) =>
    membersOf(STRUCTS[holder.type] ?? '')
      .filter(({ name }) => name !== 'name' && members.every((member) => member.name !== name))
      .map(({ name }) => ({ type, members, name })),
  );
});

test('a property that belongs one level deeper is known to', () => {
  const told = insides.filter(({ type, members, name }) =>
    /^it belongs (in|to) '\w+'/.test(unknownProperty(type, members, name, 5).remedy ?? ''),
  );

  expect(insides.length).toBeGreaterThan(100);
  expect(told).toEqual(insides);
  expect(problemsWith({ podCidr: '10.0.0.0/16' })).toEqual([
    "[stack/cluster] 'podCidr' is not a property of AksClusterProps, got a string: it belongs in 'networkProfile', as an option of NetworkProfile.overlay(...)",
  ]);
});

test.each(['name', 'aksClusterName'])('%s is known to be a part of the name of a property, or to have it', (name) => {
  expect(problemsWith({ [name]: 'shop' })).toEqual([
    expect.stringMatching(/is not a property of AksClusterProps, got a string: did you mean 'clusterName'\?$/),
  ]);
});

test('of many properties, a message lists those that are most like what was written', () => {
  const [message = ''] = problemsWith({ diskSizeInGigabytes: 5 });

  expect(message).toMatch(/got 5: among its \d+ properties are (\w+, ){7}\w+$/);
});

test('the messages of what is missing name what a program has at hand', () => {
  const stack = testStack();
  new AcrRegistry(stack, 'registry', { registryName: 'contososhop' } as never);
  new Workload(stack, 'web', { name: 'web', containerPort: 80 } as never);

  expect(Problems.of(stack)).toEqual([
    "[stack/registry] 'resourceGroup' must be given: an IResourceGroupRef, such as new ResourceGroup(...), got nothing",
    expect.stringContaining("[stack/web] 'image' must be given: an IContainerImage, such as registry.image(...), "),
  ]);
});
