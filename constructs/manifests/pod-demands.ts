import type { Demands, Toleration } from '../kubernetes/scheduling';
import { cpusOf, type Devices, devicesOfPod } from '../kubernetes/devices';
import type { PlacementWords } from '../workload/placement/placement-problems';
import { type Fields, fieldsOf, isNothing } from './object-reader';
import { objectsOf, templateOf } from './pod-templates';

/** The requirements of the pods of an object on nodes, if it runs any. */
export function demandsOf(kind: string, object: Fields): Demands | undefined {
  const template = templateOf(kind, object);
  if (template === undefined) {
    return undefined;
  }
  const { nodeSelector, tolerations, affinity, containers, initContainers } = template.spec;
  return {
    labels: textsOf(nodeSelector),
    oneOf: oneOf(affinity),
    tolerations: objectsOf(tolerations).map(toleration),
    architectures: [],
    devices: devicesOfPod(objectsOf(containers).map(devicesOf), objectsOf(initContainers).map(devicesOf)),
  };
}

/** The words for placement in messages about YAML. */
export function wordsOf(kind: string, object: Fields): PlacementWords {
  const property = templateOf(kind, object)?.property ?? '';
  const isByAffinity = isNothing(templateOf(kind, object)?.spec.nodeSelector);
  return {
    selector: `${property}.${isByAffinity ? 'affinity.nodeAffinity' : 'nodeSelector'}`,
    selectorRemedy: 'use labels that a pool has, or add them to a pool',
    tolerations: `${property}.tolerations`,
    tolerationsRemedy: 'add it',
    devices: `${property}.containers`,
    devicesRemedy: 'Select and tolerate the nodes of such a pool',
  };
}

/**
 * The values of labels of which a node must have one, if there is a single term: of several terms, any one suffices.
 */
function oneOf(affinity: unknown): Demands['oneOf'] {
  const { nodeAffinity } = fieldsOf(affinity);
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = fieldsOf(nodeAffinity);
  const terms = objectsOf(fieldsOf(required).nodeSelectorTerms);
  return (terms.length === 1 ? objectsOf(terms[0]?.matchExpressions) : []).flatMap(({ key, operator, values }) =>
    typeof key === 'string' && operator === 'In' && Array.isArray(values)
      ? [{ label: key, values: values.filter((one): one is string => typeof one === 'string') }]
      : [],
  );
}

/** The devices of a container, by their limits, and its CPUs. */
function devicesOf({ resources }: Fields): Devices {
  const { limits, requests } = fieldsOf(resources);
  const { cpu = fieldsOf(limits).cpu } = fieldsOf(requests);
  const counts = Object.entries(fieldsOf(limits)).map(([name, count]): [string, number] => [name, Number(count)]);
  return {
    ...cpusOf(typeof cpu === 'number' ? String(cpu) : typeof cpu === 'string' ? cpu : undefined),
    ...Object.fromEntries(counts.filter(([name, count]) => name.includes('/') && Number.isInteger(count))),
  };
}

function toleration(fields: Fields): Toleration {
  const { value = '', ...others } = textsOf(fields);
  return { key: others.key, effect: others.effect, value: fields.operator === 'Exists' ? undefined : value };
}

/** The entries of a map whose values are texts. */
function textsOf(map: unknown): { readonly [key: string]: string } {
  return Object.fromEntries(
    Object.entries(fieldsOf(map)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
