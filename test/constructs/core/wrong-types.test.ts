import {
  AcrRegistry,
  AcrPublicAccess,
  AcrSku,
  AksCluster,
  AksVirtualNetwork,
  ClusterAlert,
  ClusterMonitoring,
  ContainerImage,
  EnvValue,
  Memory,
  NetworkProfile,
  PercentOrAbsolute,
  Problems,
  Tags,
  Worker,
  Workload,
} from '../../../constructs';
import { RESOURCE_GROUP, testStack } from '../../util';

/*
 * What types of TypeScript do not keep out: the values of `process.env`, of JSON and of JavaScript. Each message has the
 * property, what it must be, what was found and what to do; declared.test.ts holds that for all properties.
 */

const UNSET: string | undefined = undefined;

function problemsOfRegistry(props: object): string[] {
  const stack = testStack();
  new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contososhop', ...props });
  return Problems.of(stack).map((one) => one.replace('[stack/registry] ', ''));
}

function problemsOfWorkload(props: object): string[] {
  const stack = testStack();
  const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');
  new Workload(stack, 'web', { name: 'web', image, containerPort: 80, ...props });
  return Problems.of(stack).map((one) => one.replace('[stack/web] ', ''));
}

const REGISTRY_NAME = '5 to 50 letters and digits, such as "contososhop"';

test.each<[string, object, string]>([
  [
    'what is read from nowhere',
    { registryName: UNSET },
    `'registryName' must be given: ${REGISTRY_NAME}, got undefined: set the source of the value, such as an environment variable`,
  ],
  ['null', { registryName: null }, `'registryName' must be ${REGISTRY_NAME}, got null`],
  [
    'an empty text',
    { registryName: '' },
    `'registryName' must be ${REGISTRY_NAME}, got "": it becomes the first part of a host name, and must be globally unique`,
  ],
  [
    'a number for a text',
    { registryName: 12345 },
    `'registryName' must be ${REGISTRY_NAME}, got 12345: write it in quotes, or convert it with String(...)`,
  ],
  [
    'a text in a list',
    { registryName: ['contososhop'] },
    `'registryName' must be ${REGISTRY_NAME}, got ["contososhop"]: remove the list: "contososhop"`,
  ],
  [
    'a function',
    { registryName: function name() {} },
    `'registryName' must be ${REGISTRY_NAME}, got the function name: call it, and pass the result`,
  ],
  [
    'a method of the library',
    { sku: AcrSku.PREMIUM, publicAccess: AcrPublicAccess.everywhere },
    `'publicAccess' must be an AcrPublicAccess, such as AcrPublicAccess.everywhere(), AcrPublicAccess.ranges(...) or AcrPublicAccess.none(...), got the function everywhere: call it, and pass the result`,
  ],
  [
    'a promise',
    { registryName: Promise.resolve('contososhop') },
    `'registryName' must be ${REGISTRY_NAME}, got an object of the class Promise: use 'await' before the construct is created`,
  ],
  [
    'a number as a text',
    { retentionDays: '30', sku: AcrSku.PREMIUM },
    `'retentionDays' must be a whole number from 1 to 365, such as 7, got "30": write 30 without quotes, or convert it with Number(...)`,
  ],
  [
    'no number as a text',
    { retentionDays: 'all', sku: AcrSku.PREMIUM },
    `'retentionDays' must be a whole number from 1 to 365, such as 7, got "all"`,
  ],
  [
    'an optional value that is null',
    { retentionDays: null, sku: AcrSku.PREMIUM },
    `'retentionDays' must be a whole number from 1 to 365, such as 7, got null: leave it out`,
  ],
  [
    'a switch as a text',
    { zoneRedundancy: 'false' },
    `'zoneRedundancy' must be true or false, got "false": write it without quotes, or compare the source, as in text === "true"`,
  ],
  [
    'the text of an enum in another case',
    { sku: 'premium', retentionDays: 7 },
    `'sku' must be AcrSku.BASIC, AcrSku.STANDARD or AcrSku.PREMIUM, got "premium": did you mean AcrSku.PREMIUM?`,
  ],
  [
    'an object that is not made yet',
    { resourceGroup: UNSET },
    `'resourceGroup' must be given: an IResourceGroupRef, such as new ResourceGroup(...), got undefined: create it before it is passed`,
  ],
])('%s', (_, props, message) => {
  expect(problemsOfRegistry(props)).toEqual([message]);
});

test.each<[string, object, string]>([
  [
    'a word for a list of words',
    { command: 'serve' },
    `'command' must be a list, each item a string, got "serve": wrap it in a list: ["serve"]`,
  ],
  [
    'a text with a gap in a variable',
    { environment: { API: EnvValue.fromValue(`https://${UNSET}/orders`) } },
    `'environment.API' must not contain "undefined", which JavaScript inserts for a missing value, got "https://undefined/orders": ` +
      'set the values that the text is built from, such as an environment variable',
  ],
  [
    'a variable that is read from nowhere',
    { environment: { API: EnvValue.fromValue(UNSET!) } },
    `'environment.API' must be given: a string, got undefined: set the source of the value, such as an environment variable`,
  ],
])('%s', (_, props, message) => {
  expect(problemsOfWorkload(props)).toEqual([message]);
});

test.each([`${UNSET}-aks`, `shop-${Number('two')}`])(
  'the name %s has a gap, which somebody may mean',
  (clusterName) => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName });
    const before = Problems.list(stack).map(({ rule }) => rule);
    Problems.acknowledge(cluster, 'text-without-gap', 'our product is called so');

    expect(before).toEqual(['text-without-gap']);
    expect(Problems.of(stack)).toEqual([]);
  },
);

test('a name may be NaN, and a value with an object in it has a gap', () => {
  const stack = testStack();
  new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'NaN' });
  Tags.of(stack).add('owner', `the team of ${String({})}`);

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(
      /^\[stack\] 'value of the tag "owner"' must not contain "\[object Object\]", which JavaScript inserts/,
    ),
  ]);
});

/** The rules about gaps that the text of a variable breaks, and whether it is deployed nevertheless. */
function gapsIn(text: string): [rule: string, severity: string][] {
  const stack = testStack();
  new Worker(stack, 'worker', {
    ...{ name: 'worker', image: ContainerImage.fromReference('shop:1') },
    environment: { TEXT: EnvValue.fromValue(text) },
  });
  return Problems.list(stack).map(({ rule, severity }) => [rule, severity]);
}

test.each([
  "if (typeof page === 'undefined') { start(); }",
  'if (count !== NaN) { start(); }',
  'count!=undefined',
  "kind === '[object Array]'",
  'The name may be undefined.\nIt is then that of the host.',
  'The name may be undefined.',
  'The name ("undefined") is that of the host, "undefined".',
  'undefined: symbol not found',
  'undefined-behaviour is reported',
  '--on-undefined=error',
  '--allow-undefined --import-memory',
  'StrictUndefined',
  'jinja2.StrictUndefined',
  'no-undef,no-undefined',
  'allow_undefined=true',
  '{"undefined":"warn"}',
  '--rules {"eqeqeq":"off","undefined":"warn"}',
  '-O1 -fsanitize=undefined',
  'docs/undefined-behaviour.md',
  'rejects NaN values',
  'NaN',
])('the variable %j holds such words on purpose', (text) => {
  expect(gapsIn(text)).toEqual([]);
});

test.each([
  `${UNSET}`,
  ` ${UNSET} `,
  `${UNSET}:6379`,
  `"${UNSET}"`,
  `redis://${UNSET}:6379/0`,
  `redis://cache:${UNSET}`,
  `${UNSET}.example.com`,
  `https://${UNSET}.example.com`,
  `https://${UNSET}-shop.example.com/orders`,
  `https://shop-${UNSET}-eu.example.com/orders`,
  `https://api.example.com/v1/${UNSET}`,
  `https://api.example.com/${UNSET}/orders`,
  `https://api.example.com/?tenant=${UNSET}&page=1`,
  `user@${UNSET}`,
  `Server=${UNSET};Port=1433`,
  `host=${UNSET} port=5432`,
  `--url http://${UNSET}:80/ --verbose`,
  `--cache ${UNSET}:6379 --verbose`,
  `--stores a,${UNSET},c --verbose`,
  `a,${UNSET},c`,
  `{"host":"${UNSET}"}`,
  `{"host":"${UNSET}","port":6379}`,
  `timeout=${Number('two')}`,
  `it is ${String({})}`,
])('the variable %j has a gap', (text) => {
  expect(gapsIn(text)).toEqual([['text-without-gap', 'error']]);
});

test.each([`${UNSET}-db`, `kv-shop-${UNSET}`, `db.${UNSET}`])('the variable %j may have a gap: a warning', (text) => {
  expect(gapsIn(text)).toEqual([['name-with-gap', 'warning']]);
});

test('a construct in place of one that it has, or of a list with it', () => {
  const stack = testStack();
  const resourceGroup = RESOURCE_GROUP;
  const network = new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'network' });
  new AksCluster(stack, 'cluster', {
    ...{ resourceGroup, clusterName: 'shop' },
    networkProfile: NetworkProfile.azureCni({ subnet: network } as never),
  });
  const job = new Worker(stack, 'worker', { name: 'worker', image: ContainerImage.fromReference('shop:1') });
  new Worker(stack, 'second', {
    ...{ name: 'second', image: ContainerImage.fromReference('shop:1') },
    prerequisites: job as never,
  });

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(
      / 'networkProfile.subnet' must be an ISubnet, .*, got the construct stack\/network: pass its 'nodeSubnet'$/,
    ),
    expect.stringMatching(/ 'prerequisites' must be a list, .*, got the construct stack\/worker: wrap it in a list$/),
  ]);
});

test('a text for an object is told the properties of that, and a variable is not shown', () => {
  expect(problemsOfRegistry({ sku: AcrSku.PREMIUM, geoReplications: ['northeurope'] })).toEqual([
    `'geoReplications[0]' must be an object with the properties of AcrGeoReplication, such as { location }, got "northeurope"`,
  ]);
  expect(problemsOfWorkload({ environment: { DB: 'postgres://user:password@db' } })).toEqual([
    expect.stringMatching(/^'environment.DB' must be an EnvValue, .*, got a value of the type string$/),
  ]);
});

test('a list of something else is no list that is left out', () => {
  const stack = testStack();
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop' });
  new ClusterMonitoring(stack, 'monitoring', {
    ...{ cluster, resourceGroup: RESOURCE_GROUP, alerts: [ClusterAlert.nodeNotReady()] },
    notify: 'on-call' as never,
  });

  expect(Problems.of(stack)).toEqual([expect.stringMatching(/ 'notify' must be a list, each item an IActionGroup/)]);
});

test.each<[object, string]>([
  [
    { allowFrom: [] },
    "'allowFrom' is not a property of WorkloadProps, got []: it is a method, to be called on the construct: workload.allowFrom(...)",
  ],
  [
    { ttlSecondsAfterFinished: 5 },
    "'ttlSecondsAfterFinished' is not a property of WorkloadProps, got 5: it is a property of CronJob",
  ],
  [{ maxSurge: 1 }, "'maxSurge' is not a property of WorkloadProps, got 1: it belongs in 'rollout'"],
  [
    { minReplicas: 2 },
    "'minReplicas' is not a property of WorkloadProps, got 2: it belongs in 'autoscaling' or in 'eventScaling'",
  ],
  [
    { sourceRanges: [] },
    "'sourceRanges' is not a property of WorkloadProps, got []: it belongs in 'exposure', as an option of Exposure.publicLoadBalancer(...)",
  ],
  [{ replica: 2 }, "'replica' is not a property of WorkloadProps, got 2: did you mean 'replicas'?"],
])('%j is told where it belongs', (props, message) => {
  expect(problemsOfWorkload(props)).toEqual([message]);
});

test.each<[object, RegExp]>([
  [{ resources: { memoryLimit: Memory.of('128MB') } }, /got "128MB" \(Kubernetes writes it as "128Mi"\)$/],
  [
    { rollout: { maxUnavailable: PercentOrAbsolute.percent(0.25) } },
    /from 0 to 100, got 0.25%: percent\(25\) is 25 percent$/,
  ],
])('the wrong unit %j is told the right one', (props, message) => {
  expect(problemsOfWorkload(props)).toEqual([expect.stringMatching(message)]);
});

test('names of Azure and of images that lack a part, or have one too many, are told that', () => {
  const stack = testStack();
  const cluster = { resourceGroup: RESOURCE_GROUP, clusterName: 'shop' };
  new AksCluster(stack, 'cluster', { ...cluster, defaultNodePool: { vmSize: 'D4s_v5' } as never });
  const registry = new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: 'contososhop' });
  registry.image('shop:v1', 'v1');

  expect(Problems.of(stack)).toEqual([
    expect.stringMatching(/ 'defaultNodePool.vmSize' must .* \(its full name is Standard_D4s_v5\)$/),
    expect.stringMatching(/ 'repository' must .*, got "shop:v1" \(the tag or digest is given separately\)$/),
  ]);
});

test('a construct in place of one of its names and ids', () => {
  const stack = testStack();
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop' });
  AksCluster.fromClusterName(stack, 'other', { clusterName: cluster, resourceGroupName: 'rg' } as never);

  expect(Problems.of(stack)).toEqual([
    `[stack/other] 'clusterName' must be 1 to 63 letters, digits, '-' and '_', beginning and ending with a letter or digit, such as "jm-inn-aks", got the construct stack/cluster: pass its 'clusterName'`,
  ]);
});

test('two names that are not there are not the same name', () => {
  const stack = testStack();
  for (const id of ['one', 'two']) {
    new AcrRegistry(stack, id, { resourceGroup: RESOURCE_GROUP, registryName: UNSET! });
  }

  expect(Problems.list(stack).map(({ rule }) => rule)).toEqual(['declared-type', 'declared-type']);
});

test('a program that asks no Problems gets the same words from the engine', () => {
  const stack = testStack();
  new AcrRegistry(stack, 'registry', { resourceGroup: RESOURCE_GROUP, registryName: UNSET! });

  expect(stack.node.findAll().flatMap(({ node }) => node.validate())).toEqual([
    `'registryName' must be given: ${REGISTRY_NAME}, got undefined: set the source of the value, such as an environment variable`,
  ]);
});
