import type { DaemonSetV1 } from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import type { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { JobV1, JobV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/job-v1';
import type { StatefulSetV1 } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import { type TerraformResource, TerraformStack } from 'cdktf';
import { objectMetadata } from '../kubernetes/object-metadata';

export interface Labels {
  readonly [label: string]: string;
}

/** Where an object lives: a cluster and a namespace of it. */
export interface Place {
  readonly resource: TerraformResource;
  readonly place: string;
}

/** Pods that are alike, and what keeps them running. */
export interface Pods extends Place {
  readonly selector: Labels;
  readonly labels: Labels;
  readonly ports: readonly { readonly containerPort?: number; readonly name?: string }[];
}

/** What makes pods: how it selects them, and what each of them is like. */
interface PodMaker {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly template?: JobV1SpecTemplate;
}

/** What is read of a CronJob; one that was read from YAML may lack any part of it. */
interface CronJobSpec {
  readonly jobTemplate?: { readonly spec?: { readonly template?: JobV1SpecTemplate } };
}

// by their types and not by their classes, whose modules would be loaded for every program
const PODS_OF: { readonly [type: string]: (resource: TerraformResource) => PodMaker } = {
  kubernetes_deployment_v1: (resource) => (resource as DeploymentV1).specInput ?? {},
  kubernetes_daemon_set_v1: (resource) => (resource as DaemonSetV1).specInput ?? {},
  kubernetes_stateful_set_v1: (resource) => (resource as StatefulSetV1).specInput ?? {},
  // Kubernetes selects the pods of a job by labels that it makes up
  kubernetes_job_v1: (resource) => ({ template: (resource as JobV1).specInput?.template }),
  kubernetes_pod_v1: (resource) => {
    const { metadataInput: metadata, specInput: spec } = resource as {
      readonly metadataInput?: JobV1SpecTemplate['metadata'];
      readonly specInput?: JobV1SpecTemplate['spec'];
    };
    return { template: { metadata: metadata ?? {}, spec } };
  },
  kubernetes_cron_job_v1: (resource) => {
    const { specInput: spec } = resource as { readonly specInput?: CronJobSpec };
    return { template: spec?.jobTemplate?.spec?.template };
  },
};

/** The pods that a resource makes, if it makes any. */
export function readPods(resource: TerraformResource): Pods[] {
  const makerOf = PODS_OF[resource.terraformResourceType];
  if (makerOf === undefined) {
    return [];
  }
  const { selector, template } = makerOf(resource);
  const containers = template?.spec?.container ?? [];
  return [
    {
      resource,
      place: placeOf(resource, objectMetadata(resource).namespace),
      selector: selector?.matchLabels ?? {},
      labels: template?.metadata?.labels ?? {},
      ports: listed(containers).flatMap(({ port }) => listed(port)),
    },
  ];
}

/** The name of the workload that pods are of: what is selected by it alone, or by nothing that is known, and labelled with it. */
export function workloadName({ selector, labels, resource }: Pods): string | undefined {
  const { app = labels.app, ...others } = selector;
  return Object.keys(others).length === 0 && objectMetadata(resource).labels?.['app.kubernetes.io/name'] === app
    ? app
    : undefined;
}

export function placeOf(resource: TerraformResource, namespace = 'default'): string {
  return JSON.stringify([resource.provider?.fqn ?? '', namespace]);
}

/** A list that the program gave, or nothing where it gave what only Terraform knows. */
export function listed<T>(list: T[] | object | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as T[]) : [];
}

/** What tells a label of pods in a place from others. */
export function labelKey(place: string, label: string, value: string): string {
  return JSON.stringify([place, label, value]);
}

export function append<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}

/** The construct that a resource is a part of, as its author knows it. */
export function ownerPath({ node }: TerraformResource): string {
  const owner = node.scope;
  return owner === undefined || owner instanceof TerraformStack ? node.path : owner.node.path;
}
