/**
 * How the fields of the Terraform provider differ from those of Kubernetes: hashicorp/kubernetes 2.38, from its
 * bindings and its source, against the types of kubernetes-models 4.5.1.
 *
 * A key is the end of a field's path, such as "service.port" in "Ingress.spec.default_backend.service.port"; the
 * longest match wins. A field that is not listed has the same name in camel case, is a single object, and keeps its
 * type. `test/lib/manifests/schema.test.ts` compares every field of every resource with both.
 */
interface Table<T> {
  readonly [pathEnd: string]: T;
}

/** The blocks that are lists in Kubernetes, with the names of the lists. All other blocks are single objects. */
const LISTS: Table<string> = {
  address: 'addresses',
  allowed_topologies: 'allowedTopologies',
  cluster_role_selectors: 'clusterRoleSelectors',
  container: 'containers',
  egress: 'egress',
  endpoint: 'endpoints',
  env: 'env',
  env_from: 'envFrom',
  from: 'from',
  host_aliases: 'hostAliases',
  http_header: 'httpHeaders',
  image_pull_secret: 'imagePullSecrets',
  image_pull_secrets: 'imagePullSecrets',
  ingress: 'ingress',
  init_container: 'initContainers',
  items: 'items',
  limit: 'limits',
  match_expression: 'matchExpressions',
  match_expressions: 'matchExpressions',
  match_fields: 'matchFields',
  match_label_expressions: 'matchLabelExpressions',
  node_selector_term: 'nodeSelectorTerms',
  not_ready_address: 'notReadyAddresses',
  on_pod_condition: 'onPodConditions',
  option: 'options',
  policy: 'policies',
  ports: 'ports',
  preferred_during_scheduling_ignored_during_execution: 'preferredDuringSchedulingIgnoredDuringExecution',
  readiness_gate: 'readinessGates',
  rule: 'rules',
  sources: 'sources',
  subject: 'subjects',
  subset: 'subsets',
  sysctl: 'sysctls',
  tls: 'tls',
  to: 'to',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume: 'volumes',
  volume_device: 'volumeDevices',
  volume_mount: 'volumeMounts',
  webhook: 'webhooks',
  'EndpointSlice.port': 'ports',
  'ServiceAccount.secret': 'secrets',
  'StatefulSet.spec.volume_claim_template': 'volumeClaimTemplates',
  'container.port': 'ports',
  'http.path': 'paths',
  'init_container.port': 'ports',
  'pod_affinity.required_during_scheduling_ignored_during_execution': 'requiredDuringSchedulingIgnoredDuringExecution',
  'pod_anti_affinity.required_during_scheduling_ignored_during_execution':
    'requiredDuringSchedulingIgnoredDuringExecution',
  'spec.metric': 'metrics',
  'spec.port': 'ports',
  'subset.port': 'ports',
};

/** The other names that are not the camel case of the provider's names. */
const NAMES: Table<string> = {
  ceph_fs: 'cephfs',
  ceph_monitors: 'monitors',
  client_ip: 'clientIP',
  cluster_ip: 'clusterIP',
  cluster_ips: 'clusterIPs',
  data_disk_uri: 'diskURI',
  dataset_uuid: 'datasetUUID',
  downward_api: 'downwardAPI',
  endpoints_name: 'endpoints',
  external_ips: 'externalIPs',
  host_ip: 'hostIP',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  insecure_skip_tls_verify: 'insecureSkipTLSVerify',
  load_balancer_ip: 'loadBalancerIP',
  non_resource_urls: 'nonResourceURLs',
  pd_id: 'pdID',
  rados_user: 'user',
  rbd_image: 'image',
  rbd_pool: 'pool',
  run_as_username: 'runAsUserName',
  storage_provisioner: 'provisioner',
  target_cpu_utilization_percentage: 'targetCPUUtilizationPercentage',
  target_ww_ns: 'targetWWNs',
  timezone: 'timeZone',
  volume_id: 'volumeID',
  'DaemonSet.spec.strategy': 'updateStrategy',
  'EndpointSlice.endpoint.condition': 'conditions',
};

/** Maps whose keys the user chooses, and whose values are texts. */
const USER_MAPS = ends([
  ...['annotations', 'binary_data', 'capacity', 'data', 'default', 'default_request', 'hard', 'labels', 'limits'],
  ...['match_labels', 'max', 'max_limit_request_ratio', 'min', 'node_selector', 'options', 'requests'],
  ...['volume_attributes', 'ReplicationController.spec.selector', 'Service.spec.selector', 'StorageClass.parameters'],
]);

/** Comments, and fields that the provider accepts for all volumes, but Kubernetes only for persistent ones. */
const OMITTED = ends([
  '//',
  ...['volume.local', 'volume.azure_file.secret_namespace', 'volume.ceph_fs.secret_ref.namespace'],
  ...['volume.flex_volume.secret_ref.namespace', 'volume.rbd.secret_ref.namespace'],
]);

/**
 * The type of a field's value. A number that is written as other text, such as "25%" or the name of a port, stays text; an
 * octal mode ("0644") becomes a decimal number, since JSON has no octal ones; bytes are encoded in base64.
 */
export type ValueType = 'number' | 'boolean' | 'text' | 'octal' | 'bytes';

const VALUE_TYPES: Table<ValueType> = Object.fromEntries(
  Object.entries<readonly string[]>({
    number: [
      ...['active_deadline_seconds', 'average_utilization', 'backoff_limit', 'backoff_limit_per_index', 'completions'],
      ...['container_port', 'end_port', 'expiration_seconds', 'failed_jobs_history_limit', 'failure_threshold'],
      ...['fs_group', 'group_priority_minimum', 'health_check_node_port', 'host_port', 'initial_delay_seconds', 'lun'],
      ...['max_failed_indexes', 'max_replicas', 'max_skew', 'max_surge', 'max_unavailable', 'min_available'],
      ...['min_domains', 'min_ready_seconds', 'min_replicas', 'node_port', 'number', 'parallelism', 'partition'],
      ...['period_seconds', 'port', 'progress_deadline_seconds', 'replicas', 'revision_history_limit'],
      ...['run_as_group', 'run_as_user', 'stabilization_window_seconds', 'starting_deadline_seconds'],
      ...['success_threshold', 'successful_jobs_history_limit', 'supplemental_groups'],
      ...['target_cpu_utilization_percentage', 'target_port', 'termination_grace_period_seconds', 'timeout_seconds'],
      ...['toleration_seconds', 'ttl_seconds_after_finished', 'version_priority', 'weight'],
      ...['PriorityClass.value', 'on_exit_codes.values', 'policy.value'],
    ],
    boolean: [
      ...['allocate_load_balancer_node_ports', 'allow_privilege_escalation', 'allow_volume_expansion'],
      ...['attach_required', 'automount_service_account_token', 'enable_service_links', 'global_default', 'host_ipc'],
      ...['host_network', 'host_pid', 'host_process', 'immutable', 'insecure_skip_tls_verify', 'manual_selector'],
      ...['optional', 'paused', 'pod_info_on_mount', 'privileged', 'publish_not_ready_addresses', 'read_only'],
      ...['read_only_root_filesystem', 'ready', 'run_as_non_root', 'serving', 'share_process_namespace', 'stdin'],
      ...['stdin_once', 'suspend', 'terminating', 'tty'],
    ],
    text: ['args', 'command', 'value', 'values'],
    octal: ['default_mode', 'mode'],
    bytes: ['ca_bundle', 'CertificateSigningRequest.spec.request'],
  }).flatMap(([type, pathEnds]) => pathEnds.map((end) => [end, type as ValueType])),
);

/** The defaults of the provider that Kubernetes does not share. */
const DEFAULTS: Table<{ readonly [field: string]: unknown }> = {
  StorageClass: { allow_volume_expansion: true },
  'Job.spec.template.spec': { restart_policy: 'Never' },
  'http.path': { path_type: 'ImplementationSpecific' },
  'job_template.spec.template.spec': { restart_policy: 'Never' },
  seccomp_profile: { type: 'Unconfined' },
  topology_spread_constraint: { max_skew: 1, when_unsatisfiable: 'DoNotSchedule' },
};

/** The path of a field: the kind of the object, then the provider's names. */
export type Path = readonly string[];

/** The Kubernetes name of the list of blocks at a path; undefined for a single object. */
export function listName(path: Path): string | undefined {
  return lookUp(LISTS, path);
}

/** The Kubernetes name of the field at a path. */
export function fieldName(path: Path): string {
  const name = path.at(-1) ?? '';
  return lookUp(NAMES, path) ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function isUserMap(path: Path): boolean {
  return lookUp(USER_MAPS, path) ?? false;
}

export function isOmitted(path: Path): boolean {
  return lookUp(OMITTED, path) ?? false;
}

export function valueType(path: Path): ValueType | undefined {
  return lookUp(VALUE_TYPES, path);
}

export function defaultsOf(path: Path): { readonly [field: string]: unknown } {
  return lookUp(DEFAULTS, path) ?? {};
}

/** The entry for the longest end of the path in the table. */
function lookUp<T>(table: Table<T>, path: Path): T | undefined {
  for (let start = 0; start < path.length; start++) {
    const end = path.slice(start).join('.');
    if (Object.hasOwn(table, end)) {
      return table[end];
    }
  }
  return undefined;
}

function ends(pathEnds: readonly string[]): Table<true> {
  return Object.fromEntries(pathEnds.map((end) => [end, true]));
}
