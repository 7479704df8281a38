import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { type Fields, isFields, isNothing } from './object-reader';
import { objectsOf } from './pod-templates';

/**
 * The problems of the port ranges of a network policy.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 */
export function networkPolicyProblems(kind: string, { spec }: Fields): Violation[] {
  return kind !== 'NetworkPolicy' || !isFields(spec)
    ? []
    : ['ingress', 'egress'].flatMap((direction) =>
        objectsOf(spec[direction]).flatMap((rule, index) =>
          objectsOf(rule.ports).flatMap((port, at) => rangeProblems(`spec.${direction}[${index}].ports[${at}]`, port)),
        ),
      );
}

function rangeProblems(property: string, { port, endPort }: Fields): Violation[] {
  return [
    ...when(
      !isNothing(endPort) && typeof port !== 'number',
      'port-range-with-first',
      () =>
        `'${property}.port' must be the number of the first port with 'endPort', got ${isNothing(port) ? 'none' : show(port)}`,
    ),
    ...when(
      typeof port === 'number' && typeof endPort === 'number' && endPort < port,
      'port-range-in-order',
      () => `'${property}.endPort' must not be less than 'port' (${show(port)}), got ${show(endPort)}: swap them`,
    ),
  ];
}
