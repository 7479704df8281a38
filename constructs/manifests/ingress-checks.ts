import type { Violation } from '../core/problems/violation';
import { retiredClassWarnings } from '../routing/ingress-classes';
import { type Fields, isFields } from './object-reader';

/** The old way to name the class of an Ingress, and the one that is still common in what teams have. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The warnings of the class of an Ingress. */
export function ingressWarnings(kind: string, { metadata, spec }: Fields): Violation[] {
  if (kind !== 'Ingress') {
    return [];
  }
  const annotations = isFields(metadata) && isFields(metadata.annotations) ? metadata.annotations : {};
  const classes = [
    ['spec.ingressClassName', isFields(spec) ? spec.ingressClassName : undefined],
    [`metadata.annotations["${CLASS_ANNOTATION}"]`, annotations[CLASS_ANNOTATION]],
  ] as const;
  return classes.flatMap(([property, name]) => (typeof name === 'string' ? retiredClassWarnings(property, name) : []));
}
