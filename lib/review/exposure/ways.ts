import { blocks, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';
import { apiServer, endpoint, nodeAddresses, securityRule } from './azure-ways';
import { hostPorts, ingress, service } from './kubernetes-ways';
import { internet, type Way } from './way';

type Reader = (attributes: JsonObject) => Way[];

/** The ways in that each type of resource opens. */
const READERS: Readonly<Record<string, Reader>> = {
  kubernetes_service: service,
  kubernetes_service_v1: service,
  kubernetes_ingress: ingress,
  kubernetes_ingress_v1: ingress,
  kubernetes_deployment: hostPorts,
  kubernetes_deployment_v1: hostPorts,
  kubernetes_stateful_set: hostPorts,
  kubernetes_stateful_set_v1: hostPorts,
  kubernetes_daemonset: hostPorts,
  kubernetes_daemon_set_v1: hostPorts,
  azurerm_public_ip: () => [internet('address', 'public address', 'a public address')],
  azurerm_public_ip_prefix: () => [internet('address', 'public addresses', 'a range of public addresses')],
  azurerm_kubernetes_cluster: (given) => [apiServer(given), ...nodeAddresses(given, 'default_node_pool.')],
  azurerm_kubernetes_cluster_node_pool: (given) => nodeAddresses(given, ''),
  azurerm_container_registry: (given) => [
    endpoint('registry', given, 'network_rule_set.ip_rule', 'network_rule_set.default_action'),
  ],
  azurerm_storage_account: (given) => [
    endpoint('storage account', given, 'network_rules.ip_rules', 'network_rules.default_action'),
  ],
  azurerm_key_vault: (given) => [endpoint('key vault', given, 'network_acls.ip_rules', 'network_acls.default_action')],
  azurerm_network_security_rule: (given) => securityRule(given),
  azurerm_network_security_group: (given) => blocks(given['security_rule']).flatMap(securityRule),
};

/** Whether the ways in that a type of resource opens are read. */
export function readsExposureOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** The ways in that a resource opens, by their keys. */
export function waysOf(resource: Resource | undefined): Map<string, Way> {
  const ways = (resource && READERS[resource.type]?.(resource.attributes)) ?? [];
  return new Map(ways.map((way) => [way.key, way]));
}
