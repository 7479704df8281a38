import { at, blocks, isObject, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { podOf } from '../read/pods';
import type { Resource } from '../read/program';
import { readable } from '../names/names';
import { present } from '../names/present';

/** Whether labels select the pods of a workload; no labels select all of them. */
export function selects(labels: JsonObject, workload: Resource): boolean {
  const own = labelsOf(workload);
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(own, key) && String(own[key]) === String(value));
}

/** The labels of the pods of a workload. */
export function labelsOf(workload: Resource): JsonObject {
  const found = at(podOf(workload), 'metadata.labels');
  return isObject(found) ? found : {};
}

/** The details of a workload: its replicas, schedule and images. */
export function workloadDetails(workload: Resource): string[] {
  const replicas = textAt(workload.attributes, 'spec.replicas');
  const images = blocks(at(podOf(workload), 'spec.container')).flatMap((one) => textAt(one, 'image') ?? []);
  const schedule = textAt(workload.attributes, 'spec.schedule');
  return [
    ...present(
      replicas && `${readable(replicas)} ${replicas === '1' ? 'replica' : 'replicas'}`,
      schedule && readable(schedule),
    ),
    ...images.map((image) => readable(image).split('/').at(-1) ?? ''),
  ];
}

/** The texts in the containers of a workload that may contain the addresses of services, with their names. */
export function callsOf(workload: Resource): { readonly name: string; readonly text: string }[] {
  const containers = blocks(at(podOf(workload), 'spec.container'));
  return containers.flatMap((container) => [
    ...blocks(container['env']).map((one) => ({ name: textAt(one, 'name') ?? '', text: textAt(one, 'value') ?? '' })),
    ...[...listAt(container, 'args'), ...listAt(container, 'command')].map((text) => ({ name: '', text })),
  ]);
}
