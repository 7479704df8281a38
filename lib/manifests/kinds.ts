import { own } from '../terraform-json/json';

/** A kind of Kubernetes object. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

const KINDS: { readonly [apiVersion: string]: { readonly [type: string]: string } } = {
  v1: {
    config_map: 'ConfigMap',
    default_service_account: 'ServiceAccount',
    endpoints: 'Endpoints',
    limit_range: 'LimitRange',
    namespace: 'Namespace',
    persistent_volume: 'PersistentVolume',
    persistent_volume_claim: 'PersistentVolumeClaim',
    pod: 'Pod',
    replication_controller: 'ReplicationController',
    resource_quota: 'ResourceQuota',
    secret: 'Secret',
    service: 'Service',
    service_account: 'ServiceAccount',
  },
  'admissionregistration.k8s.io/v1': {
    mutating_webhook_configuration: 'MutatingWebhookConfiguration',
    validating_webhook_configuration: 'ValidatingWebhookConfiguration',
  },
  'apiregistration.k8s.io/v1': { api_service: 'APIService' },
  'apps/v1': {
    daemon_set: 'DaemonSet',
    daemonset: 'DaemonSet',
    deployment: 'Deployment',
    stateful_set: 'StatefulSet',
  },
  'autoscaling/v1': { horizontal_pod_autoscaler_v1: 'HorizontalPodAutoscaler' },
  'autoscaling/v2': { horizontal_pod_autoscaler: 'HorizontalPodAutoscaler' },
  'batch/v1': { cron_job: 'CronJob', job: 'Job' },
  'certificates.k8s.io/v1': { certificate_signing_request: 'CertificateSigningRequest' },
  'discovery.k8s.io/v1': { endpoint_slice: 'EndpointSlice' },
  'networking.k8s.io/v1': { ingress_class: 'IngressClass', ingress_v1: 'Ingress', network_policy: 'NetworkPolicy' },
  'node.k8s.io/v1': { runtime_class: 'RuntimeClass' },
  'policy/v1': { pod_disruption_budget: 'PodDisruptionBudget' },
  'rbac.authorization.k8s.io/v1': {
    cluster_role: 'ClusterRole',
    cluster_role_binding: 'ClusterRoleBinding',
    role: 'Role',
    role_binding: 'RoleBinding',
  },
  'scheduling.k8s.io/v1': { priority_class: 'PriorityClass' },
  'storage.k8s.io/v1': { csi_driver: 'CSIDriver', storage_class: 'StorageClass' },
};

const ELSEWHERE = 'it changes an object that is defined elsewhere';

/** The resources of the provider that no manifest can express, and why. */
const WITHOUT_MANIFEST: { readonly [type: string]: string } = {
  annotations: ELSEWHERE,
  config_map_v1_data: ELSEWHERE,
  env: ELSEWHERE,
  ingress: 'networking.k8s.io/v1beta1 left Kubernetes with 1.22; kubernetes_ingress_v1 is its successor',
  labels: ELSEWHERE,
  node_taint: ELSEWHERE,
  pod_security_policy: 'PodSecurityPolicy left Kubernetes with 1.25',
  secret_v1_data: ELSEWHERE,
  token_request_v1: 'it requests a token and creates no object',
};

/** The order in which objects are applied: namespaces and definitions, what workloads use, workloads, and what watches them. */
const ORDER: readonly string[] = [
  ...['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'RuntimeClass', 'StorageClass', 'CSIDriver'],
  ...['IngressClass', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'ServiceAccount', 'Secret', 'ConfigMap'],
  ...['PersistentVolume', 'PersistentVolumeClaim', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  ...['Service', 'Endpoints', 'EndpointSlice', 'DaemonSet', 'Pod', 'ReplicationController', 'Deployment'],
  ...['StatefulSet', 'Job', 'CronJob', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress', 'APIService'],
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'CertificateSigningRequest'],
];

const BY_TYPE: ReadonlyMap<string, Kind> = new Map(
  Object.entries(KINDS).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).map(([type, kind]) => [type, { apiVersion, kind }] as const),
  ),
);

/**
 * The kind of a type of resource, or the reason why there is none.
 *
 * A type without a version, or with a beta version that Kubernetes has removed, has the fields of the stable version and is
 * translated to it.
 */
export function kindOf(type: string): Kind | string {
  const name = type.replace(/^kubernetes_/, '');
  const unversioned = name.replace(/_v\d+((alpha|beta)\d+)?$/, '');
  return (
    BY_TYPE.get(name) ??
    BY_TYPE.get(unversioned) ??
    own(WITHOUT_MANIFEST, name) ??
    own(WITHOUT_MANIFEST, unversioned) ??
    'its type is unknown'
  );
}

/**
 * The position of a kind in the order in which objects are applied. Custom resources come last, after their definitions
 * and operators.
 */
export function applyOrder(kind: string): number {
  const position = ORDER.indexOf(kind);
  return position < 0 ? ORDER.length : position;
}
