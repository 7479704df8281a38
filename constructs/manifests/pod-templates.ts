import { type Fields, isFields } from './object-reader';

/** A pod, or the template of pods, and its place in its object. */
export interface PodTemplate {
  readonly property: string;
  readonly labels: Fields;
  readonly spec: Fields;
}

/** A container and its place in its object. */
export interface Container {
  readonly property: string;
  readonly fields: Fields;
}

/** The paths of the pod templates of the kinds that run pods. */
const TEMPLATES: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** Whether objects of a kind run pods. */
export function runsPods(kind: string): boolean {
  return Object.keys(TEMPLATES).includes(kind);
}

/** The template of the pods that an object of a kind runs, if it runs any. */
export function templateOf(kind: string, object: Fields): PodTemplate | undefined {
  const path = TEMPLATES[kind];
  const template = path?.reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : undefined), object);
  if (path === undefined || !isFields(template) || !isFields(template.spec)) {
    return undefined;
  }
  const labels = isFields(template.metadata) && isFields(template.metadata.labels) ? template.metadata.labels : {};
  return { property: [...path, 'spec'].join('.'), labels, spec: template.spec };
}

/** The containers of a pod, including init containers. */
export function containersOf({ property, spec }: PodTemplate): Container[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    objectsOf(spec[list]).map((fields, index) => ({ property: `${property}.${list}[${index}]`, fields })),
  );
}

/** The objects of a list; other items are reported elsewhere. */
export function objectsOf(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}
