import { propertyOf, setBack } from '../../../../lib/review/compare/undo';
import { OWN_RESOURCES, type OwnResource } from '../../../../lib/review/knowledge/own-properties';
import type { Resource } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';

function resource(type: string, path: string | undefined, attributes: JsonObject = {}): Resource {
  return {
    stack: 'stack',
    mode: 'resource',
    address: `${type}.one`,
    type,
    path,
    provider: 'azurerm',
    attributes,
    meta: {},
  };
}

const OURS = { metadata: { labels: { app: 'web', 'app.kubernetes.io/managed-by': 'terraform' } } };

/** The arguments that have the value of a property, without those that are derived from it. */
function ownArguments({ given, derived }: OwnResource): [string, string][] {
  const shortest = new Map<string, string>();
  for (const [argument, property] of Object.entries(given)) {
    const known = shortest.get(property) ?? argument;
    shortest.set(property, argument.length < known.length ? argument : known);
  }
  return [
    ...[...shortest].map(([property, argument]): [string, string] => [argument, property]),
    ...Object.entries(derived),
  ];
}

test.each(
  Object.entries(OWN_RESOURCES).flatMap(([key, table]) =>
    ownArguments(table).map(([argument, property]) => [key, argument, property] as const),
  ),
)('%s: %s is %s', (key, argument, property) => {
  const [type = '', id = ''] = key.split(' ');

  expect(propertyOf(resource(type, `stack/any/${id}`, OURS), argument)).toBe(property);
});

test.each<[string, string, string]>([
  ['a value of a map', 'default_node_pool.node_labels.team', 'defaultNodePool.labels.team'],
  [
    'a value of a map by a key with dots',
    'default_node_pool.node_labels["example.com/team"]',
    'defaultNodePool.labels.example.com/team',
  ],
  ['a block that follows from a property', 'maintenance_window_node_os', 'upgradePolicy.nodeOsWindow'],
  ['a block of several properties', 'default_node_pool.upgrade_settings', 'defaultNodePool.upgradeSettings'],
  ['an argument whose name says enough', 'default_node_pool.vm_size', 'defaultNodePool.vmSize'],
  ['an argument that no property is for', 'edge_zone', 'edgeZone'],
])('of a cluster, %s is named', (_, argument, property) => {
  expect(propertyOf(resource('azurerm_kubernetes_cluster', 'stack/cluster/Resource'), argument)).toBe(property);
});

test.each<[string, string | undefined, string]>([
  ['a binding has its argument', 'stack/cluster', 'name'],
  ['a program without constructs has its argument', undefined, 'name'],
  ['a construct of this library has its property', 'stack/cluster/Resource', 'clusterName'],
])('%s', (_, path, property) => {
  expect(propertyOf(resource('azurerm_kubernetes_cluster', path), 'name')).toBe(property);
});

test.each([
  ['shop', 'clusterName'],
  ['other', 'dnsPrefix'],
])('the DNS prefix %s of the cluster shop is named %s', (prefix, property) => {
  const cluster = resource('azurerm_kubernetes_cluster', 'stack/cluster/Resource', {
    name: 'shop',
    dns_prefix: prefix,
  });

  expect(propertyOf(cluster, 'dns_prefix')).toBe(property);
});

test('an object that only has the id of one of ours has its argument', () => {
  expect(propertyOf(resource('kubernetes_horizontal_pod_autoscaler_v2', 'stack/autoscaler'), 'spec.max_replicas')).toBe(
    'spec.maxReplicas',
  );
  expect(
    propertyOf(resource('kubernetes_horizontal_pod_autoscaler_v2', 'stack/web/autoscaler', OURS), 'spec.max_replicas'),
  ).toBe('autoscaling.maxReplicas');
});

test.each<[string, string]>([
  ['web', 'image'],
  ['proxy', 'spec.template.spec.container[proxy].image'],
])('the image of the container %s is that of %s', (name, property) => {
  const deployment = resource('kubernetes_deployment_v1', 'stack/web/Resource', OURS);

  expect(propertyOf(deployment, `spec.template.spec.container[${name}].image`)).toBe(property);
});

test('a remedy says whether a value is that of the property', () => {
  const cluster = resource('azurerm_kubernetes_cluster', 'stack/cluster/Resource');

  expect(setBack('to keep it', cluster, 'name', 'shop')).toEqual({
    text: 'to keep it, set clusterName back to',
    code: 'shop',
  });
  expect(setBack('to keep it', cluster, 'location', 'westeurope')).toEqual({
    text: 'to keep it, set resourceGroup back to what gives',
    code: 'westeurope',
  });
  expect(setBack('to keep it', cluster, 'node_os_upgrade_channel', undefined)).toEqual({
    text: 'to keep it, leave out',
    code: 'upgradePolicy.nodeOsChannel',
  });
});
