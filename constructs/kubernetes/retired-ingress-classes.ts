import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';

/**
 * The classes of Ingresses that new routes should not use, and why.
 *
 * @see https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 * @see https://github.com/Azure/AKS/issues/5516
 */
const RETIRED = new Map([
  ['nginx', 'ingress-nginx was retired in March 2026 and gets no fixes any more'],
  [
    'webapprouting.kubernetes.azure.com',
    'AKS supports the NGINX of its application routing add-on through November 2026',
  ],
  [
    'addon-http-application-routing',
    'AKS retired its HTTP application routing add-on in March 2025, and no supported version runs it',
  ],
]);

/** The deprecated way to name the class of an Ingress, which is still common. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The warning for a class that new routes should not use. */
export function retiredClassWarnings(property: string, className: string): Violation[] {
  const retired = RETIRED.get(className);
  return when(
    retired !== undefined,
    'ingress-class-retired',
    () => `'${property}' is the class ${show(className)}: ${retired}. Use a gateway, or a maintained controller`,
  );
}

/** The warnings for the class of an Ingress, in the field or the annotation. */
export function classesWarnings(
  className: unknown,
  annotations: { readonly [name: string]: unknown } = {},
): Violation[] {
  const classes = [
    ['spec.ingressClassName', className],
    [`metadata.annotations["${CLASS_ANNOTATION}"]`, annotations[CLASS_ANNOTATION]],
  ] as const;
  return classes.flatMap(([property, name]) => (typeof name === 'string' ? retiredClassWarnings(property, name) : []));
}
