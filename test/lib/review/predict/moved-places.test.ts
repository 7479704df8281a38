import { review } from '../../../../lib/review';
import { tripped } from '../../../../lib/review/verdict/gates';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, stack, VERSIONS } from '../fixtures';

const CLUSTER = { name: 'a', location: 'x', resource_group_name: 'g', dns_prefix: 'd' };

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
    aws: [{ region: 'eu-west-1', assume_role: [{ role_arn: 'a' }] }],
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
  ['another region', { 'provider.aws': [{ region: 'x' }] }, [['provider.aws', true, 1]]],
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

test.each<[what: string, before: JsonObject, after: JsonObject]>([
  ['the default configuration', {}, { provider: { azurerm: [{ features: {}, subscription_id: 'x' }] } }],
  [
    'another configuration',
    { m: { providers: { azurerm: 'azurerm.one' } } },
    { m: { providers: { azurerm: 'azurerm.two' } } },
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
