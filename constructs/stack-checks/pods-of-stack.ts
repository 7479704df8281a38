import type { JobV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/job-v1';
import { type TerraformResource, TerraformStack } from 'cdktf';
import { namespaceKey } from '../kubernetes/namespaces';
import { objectMetadata } from '../kubernetes/object-metadata';
import { type PodMaker, podMakerOf } from '../kubernetes/pod-makers';

export interface Labels {
  readonly [label: string]: string;
}

/** The place of an object: a cluster and a namespace. */
export interface Place {
  readonly resource: TerraformResource;
  readonly place: string;
}

/** Pods of one kind, and the resource that keeps them running. */
export interface Pods extends Place {
  readonly selector: Labels;
  readonly labels: Labels;
  readonly ports: readonly { readonly containerPort?: number; readonly name?: string }[];
}

/** The pods that a resource creates, if it creates any. */
export function readPods(resource: TerraformResource): Pods[] {
  const maker = resource.terraformResourceType === 'kubernetes_pod_v1' ? podAlone(resource) : makerOf(resource);
  if (maker === undefined) {
    return [];
  }
  const { selector, template } = maker;
  const containers = template?.spec?.container ?? [];
  return [
    {
      resource,
      place: placeOf(resource, objectMetadata(resource).namespace),
      selector,
      labels: template?.metadata?.labels ?? {},
      ports: listed(containers).flatMap(({ port }) => listed(port)),
    },
  ];
}

/** The pod maker of a resource of a current type, which ends with "_v1". */
function makerOf(resource: TerraformResource): Pick<PodMaker, 'selector' | 'template'> | undefined {
  return resource.terraformResourceType.endsWith('_v1') ? podMakerOf(resource) : undefined;
}

function podAlone(resource: TerraformResource): Pick<PodMaker, 'selector' | 'template'> {
  const { metadataInput: metadata, specInput: spec } = resource as {
    readonly metadataInput?: JobV1SpecTemplate['metadata'];
    readonly specInput?: JobV1SpecTemplate['spec'];
  };
  return { selector: {}, template: { metadata: metadata ?? {}, spec } };
}

/** The name of the workload of pods, if they are selected only by its label, or the selector is not known. */
export function workloadName({ selector, labels, resource }: Pods): string | undefined {
  const { app = labels.app, ...others } = selector;
  return Object.keys(others).length === 0 && objectMetadata(resource).labels?.['app.kubernetes.io/name'] === app
    ? app
    : undefined;
}

/** A namespace of a cluster, given by its name or by a reference to it. */
export function placeOf(resource: TerraformResource, namespace = 'default'): string {
  return namespaceKey(resource, namespace);
}

/** A list that the program gave; empty if it is a token. */
export function listed<T>(list: T[] | object | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as T[]) : [];
}

/** A key for a label of pods in a place. */
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

/** The path of the construct that a resource is part of, which its author knows. */
export function ownerPath({ node }: TerraformResource): string {
  const owner = node.scope;
  return owner === undefined || owner instanceof TerraformStack ? node.path : owner.node.path;
}
