import { review } from '../../../../lib/review';
import { tripped } from '../../../../lib/review/verdict/gates';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, stack, VERSIONS } from '../fixtures';

const CLUSTER = { name: 'a', location: 'x', resource_group_name: 'g', dns_prefix: 'd' };

const AWS = { region: 'eu-west-1', assume_role: [{ role_arn: 'a' }] };

/** A program of which each provider manages something, and whose place some values decide. */
const PROGRAM: JsonObject = {
  terraform: { required_providers: VERSIONS, backend: { azurerm: { container_name: 'c', key: 'k' } } },
  variable: { subscription: { default: 's' } },
  locals: { host: 'https://one' },
  provider: {
    azurerm: [{ features: {}, subscription_id: 's' }],
    kubernetes: [
      { host: 'https://one', token: 't', insecure: false },
      { alias: 'local', host: '${local.host}' },
      { alias: 'found', host: '${data.azurerm_kubernetes_cluster.it.fqdn}' },
      { alias: 'other', host: '${azurerm_kubernetes_cluster.blue.fqdn}' },
    ],
    azuread: [{ tenant_id: 't' }],
    aws: [AWS],
  },
  data: { azurerm_kubernetes_cluster: { it: { name: 'blue', resource_group_name: 'g' } } },
  resource: {
    azurerm_kubernetes_cluster: { blue: CLUSTER, green: { ...CLUSTER, name: 'b' } },
    azuread_group: { g: { display_name: 'g' } },
    aws_sqs_queue: { q: { name: 'q' } },
    kubernetes_config_map_v1: {
      it: { metadata: { name: 'it' } },
      local: { provider: 'kubernetes.local', metadata: { name: 'local' } },
      found: { provider: 'kubernetes.found', metadata: { name: 'found' } },
      other: { provider: 'kubernetes.other', metadata: { name: 'other' } },
    },
  },
};

/** What is elsewhere after a change, and whether that is certain. */
function moved(changes: Record<string, Json | undefined>) {
  const result = review([stack(PROGRAM)], [stack(change(PROGRAM, changes))]);
  const found = result.changes.filter(({ type }) => type === 'provider' || type === 'backend');
  expect(result.verdict.level === 'danger').toBe(found.length > 0);
  expect(tripped(result, ['replace', 'destroy'])).toEqual(
    found.length === 0 ? [] : [found.some(({ mayReplace }) => mayReplace) ? 'replace' : 'destroy'],
  );
  return found.map(({ address, mayReplace, takes }) => [address, !mayReplace, takes.length]);
}

const kubernetes = (...others: JsonObject[]): Json => {
  const given = (PROGRAM['provider'] as JsonObject)['kubernetes'] as JsonObject[];
  return given.map((config, i) => ({ ...config, ...others[i] }));
};

test.each<[what: string, changes: Record<string, Json | undefined>, expected: [string, boolean, number][]]>([
  [
    'another subscription',
    { 'provider.azurerm': [{ features: {}, subscription_id: 'x' }] },
    [['provider.azurerm', true, 2]],
  ],
  [
    'a subscription that the environment decides',
    { 'provider.azurerm': [{ features: {} }] },
    [['provider.azurerm', false, 2]],
  ],
  ['no configuration any more', { 'provider.azuread': [] }, [['provider.azuread', false, 1]]],
  ['another tenant', { 'provider.azuread': [{ tenant_id: 'x' }] }, [['provider.azuread', true, 1]]],
  [
    'another tenant, and a subscription',
    { 'provider.azuread': [{ tenant_id: 'x', subscription_id: 's' }] },
    [['provider.azuread', true, 1]],
  ],
  [
    'another region',
    { 'provider.aws': [{ region: 'x', assume_role: [{ role_arn: 'a' }] }] },
    [['provider.aws', true, 1]],
  ],
  [
    'another role',
    { 'provider.aws': [{ region: 'eu-west-1', assume_role: [{ role_arn: 'b' }] }] },
    [['provider.aws', true, 1]],
  ],
  [
    'an endpoint of one service',
    { 'provider.aws': [{ ...AWS, endpoints: [{ sqs: 'http://here' }] }] },
    [['provider.aws', false, 1]],
  ],
  ['another host', { 'provider.kubernetes': kubernetes({ host: 'https://two' }) }, [['provider.kubernetes', true, 1]]],
  [
    'another context',
    { 'provider.kubernetes': kubernetes({ config_context: 'two' }) },
    [['provider.kubernetes', false, 1]],
  ],
  ['another local', { 'locals.host': 'https://two' }, [['provider.kubernetes.local', true, 1]]],
  [
    'a data source that finds another cluster',
    { 'data.azurerm_kubernetes_cluster.it.name': 'green' },
    [['provider.kubernetes.found', false, 1]],
  ],
  [
    'a switch from one cluster to the other',
    { 'provider.kubernetes': kubernetes({}, {}, {}, { host: '${azurerm_kubernetes_cluster.green.fqdn}' }) },
    [['provider.kubernetes.other', true, 1]],
  ],
  [
    'another attribute of the same cluster',
    { 'provider.kubernetes': kubernetes({}, {}, {}, { host: '${azurerm_kubernetes_cluster.blue.private_fqdn}' }) },
    [['provider.kubernetes.other', false, 1]],
  ],
  [
    'another configuration of one resource',
    { 'resource.kubernetes_config_map_v1.other.provider': 'kubernetes.local' },
    [['provider.kubernetes.local', false, 1]],
  ],
  [
    'another key of the state',
    { 'terraform.backend': { azurerm: { container_name: 'c', key: 'x' } } },
    [['backend', true, 8]],
  ],
  ['another kind of state', { 'terraform.backend': { s3: { bucket: 'b' } } }, [['backend', true, 8]]],
  ['no backend any more', { 'terraform.backend': undefined }, [['backend', false, 8]]],
  ['another token', { 'provider.kubernetes': kubernetes({ token: 'x' }) }, []],
  ['other features', { 'provider.azurerm': [{ features: { x: {} }, subscription_id: 's' }] }, []],
  ['a cluster of another size', { 'resource.azurerm_kubernetes_cluster.blue.tags': { a: 'b' } }, []],
])('what stays behind with %s', (_, changes, expected) => {
  expect(moved(changes)).toEqual(expected);
});

test('another subscription of which everything is removed as well leaves nothing behind', () => {
  const rest = Object.fromEntries(
    Object.entries(PROGRAM['resource'] as JsonObject).filter(([type]) => type !== 'azuread_group'),
  );
  const head = change(PROGRAM, { 'provider.azuread': [{ tenant_id: 'x' }], resource: rest });
  expect(review([stack(PROGRAM)], [stack(head)]).changes).toMatchObject([{ action: 'destroy' }]);
});

test.each(['subscription_id', 'config_path', 'cluster_name', 'account_name', 'workspace'])(
  'what %s decides stays behind',
  (name) => {
    const side = (value: string) => [
      stack({ provider: { x: [{ [name]: value }] }, resource: { x_y: { it: { a: 1 } } } }),
    ];
    expect(review(side('one'), side('two')).changes.map(({ address }) => address)).toEqual(['provider.x']);
  },
);

test('a host of another resource is another place, whatever the type of that is called', () => {
  const side = (host: string) => [
    stack({
      provider: { x: [{ host: `\${terraform_data.${host}.output}` }] },
      resource: { x_y: { it: { a: 1 } }, terraform_data: { blue: {}, green: {} } },
    }),
  ];
  expect(review(side('blue'), side('green')).changes).toMatchObject([{ address: 'provider.x', mayReplace: false }]);
});

/** What is said about what stays behind. */
function told(changes: Record<string, Json | undefined>) {
  const found = review([stack(PROGRAM)], [stack(change(PROGRAM, changes))]).changes;
  return found.find(({ type }) => type === 'provider' || type === 'backend');
}

test('what stays behind is told with what it is, and what to do', () => {
  expect(told({ 'provider.aws': [{ ...AWS, region: 'x' }] })).toEqual({
    ...{ stack: 'vote', address: 'provider.aws', name: 'provider aws', type: 'provider', action: 'forget' },
    ...{ provenance: { kind: 'code' }, certainty: 'certain', mayReplace: false },
    causes: [{ attribute: 'region', text: 'is another place' }],
    holds: 'the hold on the resource that it manages: it stays where it is, and is created a second time',
    takes: [{ stack: 'vote', address: 'aws_sqs_queue.q', name: 'aws sqs queue q', reason: 'stays behind' }],
    consequences: ['outage'],
    remedies: [{ text: 'undo this, or use a separate stack for the other place' }],
    attributes: [{ path: 'region', before: 'eu-west-1', after: 'x' }],
    ...{ notes: [], unrelated: false },
  });
});

test('a place that may be another one is told with the reason', () => {
  expect(told({ 'provider.azurerm': [{ features: {} }] })).toMatchObject({
    ...{ action: 'update', certainty: 'possible' },
    causes: [{ attribute: 'subscription_id', text: 'may be another place' }],
    holds: 'the hold on the 2 resources that it manages: they stay where they are, and are created a second time',
    attributes: [{ path: 'subscription_id', before: 's' }],
  });
  expect(told({ 'data.azurerm_kubernetes_cluster.it.name': 'green' })?.causes).toEqual([
    { attribute: 'host', text: 'may be another place, since data.azurerm_kubernetes_cluster.it changes' },
  ]);
  expect(told({ 'resource.kubernetes_config_map_v1.other.provider': 'kubernetes.local' })?.causes).toEqual([
    { attribute: 'host', text: 'may be another place' },
  ]);
});

test('a state that is elsewhere can be taken along', () => {
  const elsewhere = { 'terraform.backend': { azurerm: { container_name: 'c', key: 'x' } } };
  expect(told(elsewhere)).toMatchObject({
    name: 'state',
    causes: [{ attribute: 'backend', text: 'is another place' }],
    remedies: [
      { text: 'to take the state along', code: 'terraform init -migrate-state' },
      { text: 'undo this, or use a separate stack for the other place' },
    ],
  });
  const empty = change(PROGRAM, { resource: {} });
  expect(review([stack(empty)], [stack(change(empty, elsewhere))]).changes).toEqual([]);
});

test.each<[what: string, before: JsonObject, after: JsonObject]>([
  ['the default configuration', {}, { provider: { azurerm: [{ features: {}, subscription_id: 'x' }] } }],
  [
    'another configuration',
    { m: { providers: { azurerm: 'azurerm.one' } } },
    { m: { providers: { azurerm: 'azurerm.two' } } },
  ],
  [
    'another configuration, written as an expression',
    { m: { providers: { azurerm: '${azurerm.one}' } } },
    { m: { providers: { azurerm: '${azurerm.two}' } } },
  ],
])('what a module makes may stay behind with %s', (_, before, after) => {
  const given = ({ m = {}, ...rest }: JsonObject): JsonObject => ({
    module: { m: { source: './m', ...(m as JsonObject) } },
    provider: {
      azurerm: [
        { features: {}, subscription_id: 's' },
        { alias: 'one', features: {}, subscription_id: '1' },
        { alias: 'two', features: {}, subscription_id: '2' },
      ],
    },
    ...rest,
  });
  expect(review([stack(given(before))], [stack(given(after))]).changes).toMatchObject([
    { type: 'provider', mayReplace: true, takes: [{ address: 'module.m' }] },
  ]);
});

test('what stays behind with a module is certain if a resource does as well', () => {
  const side = (subscription_id: string) => [
    stack({
      provider: { azurerm: [{ features: {}, subscription_id }] },
      module: { m: { source: './m' } },
      resource: { azurerm_resource_group: { g: { name: 'g' } } },
    }),
  ];
  expect(review(side('a'), side('b')).changes).toMatchObject([{ type: 'provider', mayReplace: false }]);
});
