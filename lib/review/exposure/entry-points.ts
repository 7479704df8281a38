import { blocks, own } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { objectsIn } from '../read/manifest-objects';
import type { Resource } from '../read/program';
import { WORKLOADS } from '../read/pods';
import {
  azureObject,
  endpointRules,
  endpoints,
  hasEndpoint,
  firewallRule,
  publicAddresses,
  GIVEN,
} from './azure-endpoints';
import { apiServer, endpoint, nodeAddresses, securityRule } from './azure-entry-points';
import { AZURE_PATHS } from './azure-paths';
import { ONLY_SOME, fromInternet, inBlock, type EntryPoint } from './entry-point';
import { manifest } from './gateway-entry-points';
import { isNetworkPolicy } from './network-policies';
import { endpointsOf, hostPorts, ingress, service } from './kubernetes-entry-points';
import type { FindResource, Reader } from './ways';

/** The readers of entry points, by resource type. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: service,
  kubernetes_service_v1: service,
  kubernetes_ingress: ingress,
  kubernetes_ingress_v1: ingress,
  kubernetes_endpoints: endpointsOf,
  kubernetes_endpoints_v1: endpointsOf,
  kubernetes_endpoint_slice_v1: endpointsOf,
  kubernetes_manifest: manifest,
  kubectl_manifest: () => [],
  azapi_resource: azureObject,
  azapi_update_resource: azureObject,
  ...Object.fromEntries(WORKLOADS.map((type) => [type, hostPorts])),
  azurerm_public_ip: (_, resource) => [fromInternet({ key: 'address', what: labelOf(resource) }, 'the internet')],
  azurerm_public_ip_prefix: (_, resource) => [
    fromInternet({ key: 'address', what: labelOf(resource) }, 'the internet'),
  ],
  azurerm_kubernetes_cluster: (given, resource) => [
    apiServer(given, resource),
    ...nodeAddresses(given, resource, 'default_node_pool.'),
  ],
  azurerm_kubernetes_cluster_node_pool: (given, resource) => nodeAddresses(given, resource, ''),
  azurerm_container_registry: (given, resource) => [endpoint(given, resource, 'network_rule_set')],
  azurerm_storage_account: (given, resource) => [endpoint(given, resource, 'network_rules')],
  azurerm_storage_account_network_rules: (given, resource) => [
    endpointRules(
      { key: 'endpoint', what: labelOf(resource), limit: { text: ONLY_SOME, argument: 'ip_rules' } },
      given,
    ),
  ],
  azurerm_key_vault: (given, resource) => [endpoint(given, resource, 'network_acls')],
  azurerm_network_security_rule: securityRule,
  azurerm_network_security_group: (given) =>
    inBlock('security_rule', blocks(given['security_rule']).flatMap(securityRule)),
};

/** The resource types of firewall rules of databases and caches. */
const FIREWALL_RULE = /^azurerm_(?!firewall)\w+_firewall_rule$/;

/** Whether the exposure of a resource type is analyzed. */
export function readsExposureOf(type: string): boolean {
  return Object.hasOwn(READERS, type) || Object.hasOwn(AZURE_PATHS, type) || isNetworkPolicy(type) || isService(type);
}

/** Whether a resource may expose something: any Azure resource may have a public endpoint or a public address. */
export function mayExpose({ type }: Resource): boolean {
  return type.startsWith('azurerm_') || readsExposureOf(type);
}

function isService(type: string): boolean {
  return FIREWALL_RULE.test(type) || hasEndpoint(type);
}

/** The entry points of a resource by their keys. */
export function entryPointsOf(resource: Resource | undefined): Map<string, EntryPoint> {
  return byKey(resource ? entriesOf(resource) : []);
}

/** The types whose frontends are separate entry points. */
const FRONTENDS = ['azurerm_lb', 'azurerm_application_gateway'];

/** The entry points of a resource, and the outbound access, routes, filters and peerings that it declares. */
export function waysOf(resource: Resource | undefined, find?: FindResource): Map<string, EntryPoint> {
  const paths = resource && own(AZURE_PATHS, resource.type)?.(resource.attributes, resource, find);
  const entries = resource === undefined ? [] : entriesOf(resource);
  // the frontends already report the address.
  const isTold = FRONTENDS.includes(resource?.type ?? '') && (paths ?? []).some(({ reach }) => reach === 'internet');
  const others = isTold ? entries.filter(({ key }) => key !== GIVEN) : entries;
  return byKey([...others, ...(paths ?? [])]);
}

function entriesOf(resource: Resource): EntryPoint[] {
  const inside = objectsIn(resource).flatMap((object, i) =>
    // several objects in one manifest are distinguished by their positions.
    entriesOf(object).map((entry) => (i === 0 ? entry : { ...entry, key: `${entry.key} ${i}` })),
  );
  const found = readerOf(resource.type)?.(resource.attributes, resource) ?? [];
  return [...found, ...publicAddresses(resource), ...inside];
}

/** The reader of a resource type; any Azure resource may have public endpoints. */
function readerOf(type: string): Reader | undefined {
  const reader = own(READERS, type);
  if (reader !== undefined || !type.startsWith('azurerm_')) {
    return reader;
  }
  return FIREWALL_RULE.test(type) ? firewallRule : endpoints;
}

function byKey(found: readonly EntryPoint[]): Map<string, EntryPoint> {
  return new Map(found.map((entryPoint) => [entryPoint.key, entryPoint]));
}
