/*
 * The recording rules that Kubernetes dashboards use in place of raw metrics, as Azure creates them when managed
 * Prometheus is turned on in the portal. Their names and meaning are those of the kubernetes-mixin, on which the
 * dashboards rely.
 *
 * https://learn.microsoft.com/azure/azure-monitor/containers/prometheus-metrics-scrape-default#recording-rules
 * https://github.com/kubernetes-monitoring/kubernetes-mixin
 */

/** A metric that is computed from others, and stored. */
export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
  readonly labels?: { readonly [name: string]: string };
}

/** Rules that are evaluated together. */
export interface RecordingRuleGroup {
  /** The name of the group, before that of the cluster. */
  readonly name: string;
  readonly description: string;
  readonly rules: readonly RecordingRule[];
}

const rule = (record: string, expression: string, labels?: { readonly [name: string]: string }): RecordingRule => ({
  record,
  expression,
  labels,
});

/** The rate of a network counter of a node, summed over its devices. */
const network = (counter: string): RecordingRule =>
  rule(
    `instance:node_network_${counter}_excluding_lo:rate5m`,
    `sum without (device) (rate(node_network_${counter}_total{job="node",device!="lo"}[5m]))`,
  );

const disk = (counter: string): RecordingRule =>
  rule(`instance_device:node_disk_${counter}:rate5m`, `rate(node_disk_${counter}_total{job="node",device!=""}[5m])`);

/** The available memory of a node, computed for kernels that do not report it. */
const AVAILABLE_MEMORY = [
  'node_memory_MemAvailable_bytes{job="node"} or (',
  ['Buffers', 'Cached', 'MemFree', 'Slab'].map((kind) => `node_memory_${kind}_bytes{job="node"}`).join(' + '),
  ')',
].join('');

const NODES: RecordingRuleGroup = {
  name: 'NodeRecordingRulesRuleGroup',
  description: 'CPUs, memory, disks and network of nodes',
  rules: [
    rule('instance:node_num_cpu:sum', 'count without (cpu, mode) (node_cpu_seconds_total{job="node",mode="idle"})'),
    rule(
      'instance:node_cpu_utilisation:rate5m',
      '1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{job="node",mode=~"idle|iowait|steal"}[5m])))',
    ),
    rule('instance:node_load1_per_cpu:ratio', '(node_load1{job="node"} / instance:node_num_cpu:sum{job="node"})'),
    rule(
      'instance:node_memory_utilisation:ratio',
      `1 - ((${AVAILABLE_MEMORY}) / node_memory_MemTotal_bytes{job="node"})`,
    ),
    rule('instance:node_vmstat_pgmajfault:rate5m', 'rate(node_vmstat_pgmajfault{job="node"}[5m])'),
    disk('io_time_seconds'),
    disk('io_time_weighted_seconds'),
    network('receive_bytes'),
    network('transmit_bytes'),
    network('receive_drop'),
    network('transmit_drop'),
  ],
};

const containerMemory = (kind: string): RecordingRule =>
  rule(
    `node_namespace_pod_container:container_memory_${kind}`,
    `container_memory_${kind}{job="cadvisor",image!=""} * on (namespace, pod) group_left(node) ` +
      'topk by (namespace, pod) (1, max by (namespace, pod, node) (kube_pod_info{node!=""}))',
  );

/** Requests or limits of running and pending pods. */
const demands = (resource: string, kind: string): RecordingRule[] => {
  const metric = `kube_pod_container_resource_${kind}{resource="${resource}",job="kube-state-metrics"}`;
  const running = 'kube_pod_status_phase{phase=~"Pending|Running"} == 1';
  return [
    rule(
      `cluster:namespace:pod_${resource}:active:kube_pod_container_resource_${kind}`,
      `${metric} * on (namespace, pod, cluster) group_left() max by (namespace, pod, cluster) ((${running}))`,
    ),
    rule(
      `namespace_${resource}:kube_pod_container_resource_${kind}:sum`,
      'sum by (namespace, cluster) (sum by (namespace, pod, cluster) (' +
        `max by (namespace, pod, container, cluster) (${metric}) * on (namespace, pod, cluster) group_left() ` +
        `max by (namespace, pod, cluster) (${running})))`,
    ),
  ];
};

/** The workload to which a pod belongs. */
const owner = (workloadType: string, pods: string): RecordingRule =>
  rule(
    'namespace_workload_pod:kube_pod_owner:relabel',
    `max by (cluster, namespace, workload, pod) (label_replace(${pods}, "workload", "$1", "owner_name", "(.*)"))`,
    { workload_type: workloadType },
  );
const podsOwnedBy = (kind: string): string => `kube_pod_owner{job="kube-state-metrics",owner_kind="${kind}"}`;
const PODS_OF_DEPLOYMENTS =
  `label_replace(${podsOwnedBy('ReplicaSet')}, "replicaset", "$1", "owner_name", "(.*)") ` +
  '* on (replicaset, namespace) group_left(owner_name) topk by (replicaset, namespace) ' +
  '(1, max by (replicaset, namespace, owner_name) (kube_replicaset_owner{job="kube-state-metrics"}))';

const KUBERNETES: RecordingRuleGroup = {
  name: 'KubernetesRecordingRulesRuleGroup',
  description: 'CPU and memory usage of pods, namespaces and workloads',
  rules: [
    rule(
      'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate',
      'sum by (cluster, namespace, pod, container) (irate(container_cpu_usage_seconds_total{job="cadvisor",image!=""}[5m])) ' +
        '* on (cluster, namespace, pod) group_left(node) topk by (cluster, namespace, pod) ' +
        '(1, max by (cluster, namespace, pod, node) (kube_pod_info{node!=""}))',
    ),
    ...['working_set_bytes', 'rss', 'cache', 'swap'].map(containerMemory),
    ...['requests', 'limits'].flatMap((kind) => ['memory', 'cpu'].flatMap((resource) => demands(resource, kind))),
    owner('deployment', PODS_OF_DEPLOYMENTS),
    ...['DaemonSet', 'StatefulSet', 'Job'].map((kind) => owner(kind.toLowerCase(), podsOwnedBy(kind))),
    rule(':node_memory_MemAvailable_bytes:sum', `sum by (cluster) (${AVAILABLE_MEMORY})`),
    rule(
      'cluster:node_cpu:ratio_rate5m',
      'sum by (cluster) (rate(node_cpu_seconds_total{job="node",mode!="idle",mode!="iowait",mode!="steal"}[5m])) / ' +
        'count by (cluster) (sum by (cluster, instance, cpu) (node_cpu_seconds_total{job="node"}))',
    ),
  ],
};

/** The groups of a cluster with Linux nodes. */
export const RECORDING_RULE_GROUPS: readonly RecordingRuleGroup[] = [NODES, KUBERNETES];
