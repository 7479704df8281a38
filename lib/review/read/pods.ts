import { at, blocks, type JsonObject } from '../../terraform-json/json';
import type { Resource } from './program';

/** The Kubernetes resources that run pods, with the paths of their pod templates. */
const PODS: Readonly<Record<string, string>> = {
  kubernetes_deployment: 'spec.template',
  kubernetes_stateful_set: 'spec.template',
  kubernetes_daemonset: 'spec.template',
  kubernetes_daemon_set: 'spec.template',
  kubernetes_replication_controller: 'spec.template',
  kubernetes_job: 'spec.template',
  kubernetes_cron_job: 'spec.job_template.spec.template',
  kubernetes_pod: '',
};

/** The types of resources that run pods, under both names of each. */
export const WORKLOADS: readonly string[] = Object.keys(PODS).flatMap((type) => [type, `${type}_v1`]);

/** Whether a resource runs pods. */
export function isWorkload({ type }: Pick<Resource, 'type'>): boolean {
  return WORKLOADS.includes(type);
}

/** The pod template of a workload. */
export function podOf({ type, attributes }: Pick<Resource, 'type' | 'attributes'>): JsonObject {
  const path = PODS[type.replace(/_v1$/, '')] ?? '';
  return blocks(path === '' ? attributes : at(attributes, path))[0] ?? {};
}

/** The containers of a workload, including init containers. */
export function containersOf(workload: Pick<Resource, 'type' | 'attributes'>): JsonObject[] {
  const pod = at(podOf(workload), 'spec');
  return [...blocks(at(pod, 'init_container')), ...blocks(at(pod, 'container'))];
}
