import type { Violation } from '../core/problems/violation';
import { classesWarnings } from '../kubernetes/retired-ingress-classes';
import { type Fields, isFields } from './object-reader';

/** The warnings for the class of an Ingress. */
export function ingressWarnings(kind: string, { metadata, spec }: Fields): Violation[] {
  const annotations = isFields(metadata) && isFields(metadata.annotations) ? metadata.annotations : {};
  return kind === 'Ingress' ? classesWarnings(isFields(spec) ? spec.ingressClassName : undefined, annotations) : [];
}
