import { at, blocks, isObject, own, textAt, type JsonObject } from '../../terraform-json/json';
import { isWorkload } from '../read/pods';
import type { Resource } from '../read/program';
import { unversioned } from '../read/resource-type';
import { neighboursBy, type Neighbours } from './neighbours';
import { namespaceOf, type Places } from './places';
import type { Sketch } from './sketch';

/** The argument with the resource that a resource is part of, by type. */
const HOSTS: Readonly<Record<string, string>> = {
  azurerm_network_security_rule: 'network_security_group_name',
  azurerm_route: 'route_table_name',
  azurerm_container_registry_task: 'container_registry_id',
  azurerm_container_registry_task_schedule_run_now: 'container_registry_task_id',
  azurerm_management_lock: 'scope',
  azurerm_monitor_diagnostic_setting: 'target_resource_id',
  azurerm_federated_identity_credential: 'parent_id',
  azuread_service_principal_password: 'service_principal_id',
  azuread_application_password: 'application_id',
  azuread_application_federated_identity_credential: 'application_id',
};

/** Resources that only connect others, which are drawn as arrows. */
const CONNECTIONS = /_role_assignment$|_(association|attachment)$|_network_(peering|link)$/;

/** Resources without a counterpart in the cloud, which are drawn only if they change. */
export const HELPERS = /^(time|random|null|terraform|local|tls|external|template)_/;

/** The Kubernetes objects that belong to workloads. */
const FOR_WORKLOADS = [
  ...['kubernetes_pod_disruption_budget', 'kubernetes_network_policy', 'kubernetes_horizontal_pod_autoscaler'],
  ...['kubernetes_config_map', 'kubernetes_secret', 'kubernetes_service_account', 'kubernetes_persistent_volume_claim'],
];

/** Whether a resource only connects others. */
export function isConnection({ type }: Resource): boolean {
  return CONNECTIONS.test(type);
}

/** Finds the resources that are drawn as parts of others, such as passwords, rules, budgets, policies and volumes. */
export function findParts(sketch: Sketch, places: Places): void {
  const workloads = neighboursBy(sketch.resources.filter(isWorkload), placeOf);
  for (const resource of sketch.resources) {
    const host = hostOf(resource, places) ?? workloadOf(resource, workloads.get(placeOf(resource)));
    if (host !== undefined && host !== resource) {
      sketch.parts.set(resource, host.mode === 'data' ? places.box(host) : sketch.idOf(host));
    }
  }
  for (const principal of sketch.resources.filter(({ type }) => type === 'azuread_service_principal')) {
    const application = applicationOf(principal, places);
    if (application?.mode === 'resource') {
      sketch.parts.set(application, sketch.idOf(principal));
    }
  }
  // a part of a part is drawn in the outermost box.
  const whole = new Map([...sketch.parts].map(([resource, id]) => [sketch.idOf(resource), id]));
  for (const [resource, id] of sketch.parts) {
    sketch.parts.set(resource, whole.get(id) ?? id);
  }
}

/** The app registration of a service principal. */
export function applicationOf(principal: Resource, places: Places): Resource | undefined {
  return places.resourceIn(textAt(principal.written, 'client_id') ?? '', principal);
}

function placeOf(resource: Resource): string {
  return `${resource.stack} ${resource.provider} ${namespaceOf(resource)}`;
}

/** The resource that another one is part of, by its arguments. */
function hostOf(resource: Resource, places: Places): Resource | undefined {
  const { type, attributes } = resource;
  const path = own(HOSTS, type);
  if (path !== undefined) {
    const text =
      textAt(resource.written, path) ?? textAt(attributes, path) ?? textAt(attributes, 'user_assigned_identity_id');
    return text === undefined ? undefined : mentionedAt(path, text, resource, places);
  }
  const isChild =
    type.startsWith('azurerm_') &&
    !isConnection(resource) &&
    attributes['resource_group_name'] === undefined &&
    attributes['location'] === undefined &&
    !['azurerm_kubernetes_cluster_node_pool', 'azurerm_resource_group'].includes(type);
  return isChild ? firstMentioned(resource, places) : undefined;
}

/** The data sources of the deploying identity and the subscription. */
const DEPLOYERS = ['azurerm_client_config', 'azurerm_subscription'];

function firstMentioned(resource: Resource, places: Places): Resource | undefined {
  const paths = Object.keys(resource.attributes).filter((name) => /_(id|name)$/.test(name));
  return paths
    .map((path) => mentionedAt(path, textAt(resource.written, path) ?? '', resource, places))
    .find((found) => found !== undefined && found.type.startsWith('azurerm_') && !DEPLOYERS.includes(found.type));
}

/** The resource that an argument refers to or names: "route_table_name" names a route table. */
function mentionedAt(path: string, text: string, resource: Resource, places: Places): Resource | undefined {
  const type = path.endsWith('_name') ? `azurerm_${path.slice(0, -'_name'.length)}` : undefined;
  const named = type === undefined ? [] : places.named(type, text).filter(({ stack }) => stack === resource.stack);
  const found = places.resourceIn(text, resource) ?? named[0];
  return found?.mode === 'module' ? undefined : found;
}

function workloadOf(resource: Resource, near: Neighbours | undefined): Resource | undefined {
  const type = unversioned(resource.type);
  if (!FOR_WORKLOADS.includes(type)) {
    return undefined;
  }
  const { attributes } = resource;
  const name = textAt(attributes, 'metadata.name');
  switch (type) {
    case 'kubernetes_pod_disruption_budget':
      return near?.selected(labelsAt(attributes, 'spec.selector.match_labels'))[0];
    case 'kubernetes_network_policy':
      return near?.selected(labelsAt(attributes, 'spec.pod_selector.match_labels'))[0];
    case 'kubernetes_horizontal_pod_autoscaler': {
      const target = textAt(attributes, 'spec.scale_target_ref.name');
      return near?.named(target ?? '');
    }
    default:
      return name === undefined ? undefined : near?.mentioning(name);
  }
}

function labelsAt(attributes: JsonObject, path: string): JsonObject {
  const found = at(attributes, path);
  return isObject(found) ? found : (blocks(found)[0] ?? {});
}
