/*
 * Bindings that few programs need, loaded on demand: that of StatefulSets takes longer than this whole library.
 */

type Autoscalers = typeof import('@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2');
type CronJobs = typeof import('@cdktf/provider-kubernetes/lib/cron-job-v1');
type DaemonSets = typeof import('@cdktf/provider-kubernetes/lib/daemon-set-v1');
type Jobs = typeof import('@cdktf/provider-kubernetes/lib/job-v1');
type LimitRanges = typeof import('@cdktf/provider-kubernetes/lib/limit-range-v1');
type Namespaces = typeof import('@cdktf/provider-kubernetes/lib/namespace-v1');
type NetworkPolicies = typeof import('@cdktf/provider-kubernetes/lib/network-policy-v1');
type PriorityClasses = typeof import('@cdktf/provider-kubernetes/lib/priority-class-v1');
type ResourceQuotas = typeof import('@cdktf/provider-kubernetes/lib/resource-quota-v1');
type StatefulSets = typeof import('@cdktf/provider-kubernetes/lib/stateful-set-v1');
type StorageClasses = typeof import('@cdktf/provider-kubernetes/lib/storage-class-v1');
type VolumeClaims = typeof import('@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1');

export const autoscalers = (): Autoscalers =>
  require('@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2') as Autoscalers;

export const cronJobs = (): CronJobs => require('@cdktf/provider-kubernetes/lib/cron-job-v1') as CronJobs;

export const daemonSets = (): DaemonSets => require('@cdktf/provider-kubernetes/lib/daemon-set-v1') as DaemonSets;

export const jobs = (): Jobs => require('@cdktf/provider-kubernetes/lib/job-v1') as Jobs;

export const limitRanges = (): LimitRanges => require('@cdktf/provider-kubernetes/lib/limit-range-v1') as LimitRanges;

export const namespaces = (): Namespaces => require('@cdktf/provider-kubernetes/lib/namespace-v1') as Namespaces;

export const networkPolicies = (): NetworkPolicies =>
  require('@cdktf/provider-kubernetes/lib/network-policy-v1') as NetworkPolicies;

export const priorityClasses = (): PriorityClasses =>
  require('@cdktf/provider-kubernetes/lib/priority-class-v1') as PriorityClasses;

export const resourceQuotas = (): ResourceQuotas =>
  require('@cdktf/provider-kubernetes/lib/resource-quota-v1') as ResourceQuotas;

export const statefulSets = (): StatefulSets =>
  require('@cdktf/provider-kubernetes/lib/stateful-set-v1') as StatefulSets;

export const storageClasses = (): StorageClasses =>
  require('@cdktf/provider-kubernetes/lib/storage-class-v1') as StorageClasses;

export const volumeClaims = (): VolumeClaims =>
  require('@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1') as VolumeClaims;
