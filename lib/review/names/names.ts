import { isExpression, unescapeTemplates } from '../../terraform-json/expression';
import { at, own, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { templateParts } from '../../terraform-json/templates';
import type { Resource } from '../read/program';
import { unversioned } from '../read/resource-type';

/** The captions of types whose names in Terraform are not the common names. */
const CAPTIONS: Readonly<Record<string, string>> = {
  azuread_service_principal: 'service principal',
  azuread_application: 'app registration',
  azurerm_kubernetes_cluster: 'Kubernetes cluster',
  azurerm_kubernetes_cluster_node_pool: 'node pool',
  azurerm_network_security_group: 'security group',
  azurerm_user_assigned_identity: 'managed identity',
  azurerm_public_ip: 'public address',
  azurerm_public_ip_prefix: 'public addresses',
  azurerm_container_registry_task: 'build task',
  azurerm_container_registry_task_schedule_run_now: 'build run',
  azurerm_lb: 'load balancer',
  azurerm_nat_gateway: 'NAT gateway',
  azurerm_private_dns_zone: 'private DNS zone',
  azurerm_dns_zone: 'DNS zone',
  kubernetes_cron_job: 'CronJob',
  kubernetes_config_map: 'ConfigMap',
  kubernetes_daemonset: 'DaemonSet',
  kubernetes_daemon_set: 'DaemonSet',
  kubernetes_stateful_set: 'StatefulSet',
  kubernetes_service_account: 'ServiceAccount',
  kubernetes_pod_disruption_budget: 'disruption budget',
  kubernetes_horizontal_pod_autoscaler: 'autoscaler',
  kubernetes_persistent_volume_claim: 'volume claim',
  helm_release: 'Helm release',
  module: 'module',
};

/** The providers whose names a caption leaves out. */
const PLAIN = ['azurerm', 'azuread', 'kubernetes'];

/** The kind of a resource, for readers. */
export function captionOf({ type, attributes }: Resource): string {
  const kind = type === 'kubernetes_manifest' ? textAt(attributes, 'manifest.kind') : undefined;
  const [provider = '', ...words] = unversioned(type).split('_');
  const known = kind ?? own(CAPTIONS, unversioned(type));
  if (known !== undefined) {
    return known;
  }
  if (provider === 'kubernetes') {
    return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  }
  return (PLAIN.includes(provider) && words.length > 0 ? words : [provider, ...words]).join(' ');
}

/** The paths of the name of a resource, the most specific first. */
const NAMES = [
  ...['metadata.name', 'manifest.metadata.name', 'name', 'display_name', 'tags.Name', 'metadata.generate_name'],
  ...['bucket', 'function_name', 'identifier', 'cluster_name', 'domain', 'title'],
];

/** The name of a resource in the cloud or in the cluster, or else its name in the code. */
export function nameOf(resource: Resource): string {
  const { address, mode, meta } = resource;
  const inCode = address.split('.').slice(mode === 'data' ? 2 : 1);
  const name = givenNameOf(resource) ?? withoutHash(inCode.join('.'));
  return isLoop(meta) ? `${name} (several)` : name;
}

/** The name of a resource in the cloud or in the cluster; undefined if the code does not set one. */
export function givenNameOf({ attributes, meta }: Resource): string | undefined {
  const path = NAMES.find((one) => (textAt(attributes, one) ?? '') !== '');
  const given = path === undefined ? undefined : textAt(attributes, path);
  return given === undefined || (isLoop(meta) && isExpression(given)) ? undefined : readable(given);
}

function isLoop(meta: JsonObject): boolean {
  return 'for_each' in meta || 'count' in meta;
}

/** A name in the code without the hash that cdktf appends. */
export function withoutHash(name: string): string {
  return name.replace(/_(?=\d*[A-F])[0-9A-F]{8}$/, '');
}

/** A value for readers: references without braces and without the hashes of cdktf. */
export function readable(value: Json): string {
  const text = String(value);
  if (!isExpression(text)) {
    return unescapeTemplates(text);
  }
  return templateParts(text)
    .map(({ text: literal, expression }) =>
      expression === undefined
        ? unescapeTemplates(literal)
        : `<${expression.trim().replace(/_(?=\d*[A-F])[0-9A-F]{8}(?![\w-])/g, '')}>`,
    )
    .join('');
}

/** The text at a path for readers. */
export function readableAt(value: Json | undefined, path: string): string | undefined {
  const text = textAt(value, path);
  return text === undefined ? undefined : readable(text);
}

/** The texts of a list at a path for readers. */
export function readableList(value: Json | undefined, path: string): string[] {
  const found = at(value, path);
  return (Array.isArray(found) ? found : [found]).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' ? [readable(one)] : [],
  );
}
