import { blocks, own, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { apiServer, endpoint, nodeAddresses, securityRule } from './azure-entry-points';
import { fromInternet, type EntryPoint } from './entry-point';
import { manifest } from './gateway-entry-points';
import { hostPorts, ingress, service } from './kubernetes-entry-points';

type Reader = (attributes: JsonObject) => EntryPoint[];

/** The entry points of each type of resource. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: service,
  kubernetes_service_v1: service,
  kubernetes_ingress: ingress,
  kubernetes_ingress_v1: ingress,
  kubernetes_manifest: manifest,
  kubernetes_deployment: hostPorts,
  kubernetes_deployment_v1: hostPorts,
  kubernetes_stateful_set: hostPorts,
  kubernetes_stateful_set_v1: hostPorts,
  kubernetes_daemonset: hostPorts,
  kubernetes_daemon_set_v1: hostPorts,
  azurerm_public_ip: () => [fromInternet({ key: 'address', what: 'public address' }, 'a public address')],
  azurerm_public_ip_prefix: () => [
    fromInternet({ key: 'address', what: 'public addresses' }, 'a range of public addresses'),
  ],
  azurerm_kubernetes_cluster: (given) => [apiServer(given), ...nodeAddresses(given, 'default_node_pool.')],
  azurerm_kubernetes_cluster_node_pool: (given) => nodeAddresses(given, ''),
  azurerm_container_registry: (given) => [
    endpoint('registry', given, 'network_rule_set.ip_rule', 'network_rule_set.default_action'),
  ],
  azurerm_storage_account: (given) => [
    endpoint('storage account', given, 'network_rules.ip_rules', 'network_rules.default_action'),
  ],
  azurerm_key_vault: (given) => [endpoint('key vault', given, 'network_acls.ip_rules', 'network_acls.default_action')],
  azurerm_network_security_rule: securityRule,
  azurerm_network_security_group: (given) => blocks(given['security_rule']).flatMap(securityRule),
};

/** Whether the exposure of a type of resource is analyzed. */
export function readsExposureOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** The entry points of a resource by their keys. */
export function entryPointsOf(resource: Resource | undefined): Map<string, EntryPoint> {
  const found = (resource && own(READERS, resource.type)?.(resource.attributes)) ?? [];
  return new Map(found.map((entryPoint) => [entryPoint.key, entryPoint]));
}
