import { blocks, own, textAt, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { readable, readableAt, readableList } from '../names/names';
import { present } from '../names/present';
import type { Places } from './places';
import type { Sketch } from './sketch';

/** The details of Azure resources, by type. */
const DETAILS: Readonly<Record<string, (given: JsonObject) => string[]>> = {
  azurerm_resource_group: (given) => textsAt(given, 'location'),
  azurerm_container_registry: (given) => textsAt(given, 'sku'),
  azurerm_virtual_network: (given) => readableList(given, 'address_space'),
  azurerm_subnet: (given) => readableList(given, 'address_prefixes'),
  azurerm_kubernetes_cluster: (given) => [
    ...textsAt(given, 'kubernetes_version').map((version) => `Kubernetes ${version}`),
    ...textsAt(given, 'sku_tier').map((tier) => `${tier} tier`),
  ],
  azurerm_kubernetes_cluster_node_pool: poolDetails,
  azurerm_public_ip: (given) => textsAt(given, 'domain_name_label'),
};

/** The details that distinguish an Azure resource from others of its type. */
export function azureDetails({ type, attributes }: Resource): string[] {
  return own(DETAILS, type)?.(attributes) ?? [];
}

function textsAt(given: JsonObject, path: string): string[] {
  const text = readableAt(given, path);
  return text === undefined ? [] : [text];
}

/** The size of a pool, such as "2 × Standard_B2s" or "1 to 5 × Standard_B2s". */
function poolDetails(given: JsonObject): string[] {
  const [count, min, max] = ['node_count', 'min_count', 'max_count'].map((name) => readableAt(given, name));
  const isScaled = min !== undefined && max !== undefined;
  const nodes = isScaled ? `${min} to ${max}` : (count ?? '1');
  const size = readableAt(given, 'vm_size');
  return present(
    size === undefined ? `${nodes} nodes` : `${nodes} × ${size}`,
    textAt(given, 'priority') === 'Spot' && 'Spot',
  );
}

/** Draws the parts of a cluster: its API server, its default pool, and the resources that Azure creates for it. */
export function drawCluster(cluster: Resource, sketch: Sketch, places: Places): void {
  const { attributes } = cluster;
  const id = sketch.idOf(cluster);
  const inside = { origin: 'azure', isPlace: false, owner: cluster, parent: id } as const;
  sketch.add({ ...inside, id: apiServerOf(id), caption: 'API server', name: dnsName(attributes), details: [] });
  const [pool] = blocks(attributes['default_node_pool']);
  if (pool !== undefined) {
    sketch.add({
      ...inside,
      origin: 'code',
      id: `${id} pool`,
      caption: 'node pool',
      details: poolDetails(pool),
      name: readableAt(pool, 'name') ?? 'default',
    });
  }
  const group = sketch.add({
    id: nodeGroupOf(id),
    caption: 'resource group, made by Azure',
    name: nodeGroupName(attributes, places, cluster),
    origin: 'azure',
    isPlace: true,
    owner: cluster,
    details: [],
  });
  const subnet = textAt(pool, 'vnet_subnet_id');
  const network = subnet === undefined ? drawNetwork(cluster, group, sketch) : subnetBox(subnet, cluster, places);
  sketch.connect({ kind: 'attach', text: 'nodes', owner: cluster }, `${id} pool`, network);
  if (textAt(attributes, 'network_profile.outbound_type') === 'managedNATGateway') {
    const gateway = { origin: 'azure', isPlace: false, owner: cluster, parent: group } as const;
    sketch.add({ ...gateway, id: `${group} nat`, caption: 'NAT gateway', name: 'outbound', details: [] });
  }
}

/** The box of a subnet, which may be known only by its id. */
export function subnetBox(text: string, resource: Resource, places: Places): string {
  const found = places.resourceIn(text, resource);
  return found ? places.box(found) : places.elsewhere(text, 'subnet');
}

/** The id of the box of the API server of a cluster. */
export function apiServerOf(cluster: string): string {
  return `${cluster} api`;
}

/** The id of the box of the node resource group of a cluster. */
export function nodeGroupOf(cluster: string): string {
  return `${cluster} nodes`;
}

function dnsName(attributes: JsonObject): string {
  return readableAt(attributes, 'dns_prefix') ?? readableAt(attributes, 'dns_prefix_private_cluster') ?? '';
}

function nodeGroupName(attributes: JsonObject, places: Places, cluster: Resource): string {
  const group = places.resourceIn(textAt(cluster.written, 'resource_group_name') ?? '', cluster);
  const place = readableAt(attributes, 'location') ?? readableAt(group?.attributes, 'location');
  const names = [readableAt(attributes, 'resource_group_name'), readableAt(attributes, 'name'), place];
  return readableAt(attributes, 'node_resource_group') ?? `MC_${present(...names).join('_')}`;
}

/** The network that Azure creates for a cluster without one; only kubenet needs the route table. */
function drawNetwork(cluster: Resource, group: string, sketch: Sketch): string {
  const made = { origin: 'azure', owner: cluster, details: [] } as const;
  const network = sketch.add({
    ...made,
    id: `${group} network`,
    caption: 'virtual network',
    name: 'aks-vnet-…',
    parent: group,
    isPlace: true,
  });
  const leaf = (key: string, caption: string, name: string, parent: string) =>
    sketch.add({ ...made, id: `${group} ${key}`, caption, name, parent, isPlace: false });
  const subnet = leaf('subnet', 'subnet', 'aks-subnet', network);
  const rules = leaf('nsg', 'security group', 'aks-agentpool-…-nsg', group);
  sketch.connect({ kind: 'attach', text: '', owner: cluster }, rules, subnet);
  if (textAt(cluster.attributes, 'network_profile.network_plugin') === 'kubenet') {
    const routes = leaf('routes', 'route table', 'aks-agentpool-…-routetable', group);
    sketch.connect({ kind: 'attach', text: '', owner: cluster }, routes, subnet);
  }
  return subnet;
}

/** A short form of the rules of a security group. */
export function ruleText(text: string): string {
  return readable(text.replace(/^the internet, ?/, '').split(', protocol')[0] ?? '');
}
