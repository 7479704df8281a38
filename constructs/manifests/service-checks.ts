import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { type Fields, isFields, isNothing, missingField } from './object-reader';

/**
 * The problems of a Service that concern several of its values.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go
 */
export function serviceProblems(kind: string, object: Fields): Violation[] {
  if (kind !== 'Service' || !isFields(object.spec)) {
    return [];
  }
  const { type = 'ClusterIP', ports: listed, loadBalancerSourceRanges, externalName, clusterIP } = object.spec;
  const ports = Array.isArray(listed) ? listed.filter(isFields) : [];
  return [
    ...portProblems(ports),
    ...(ports.length === 0 && ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(String(type)) && clusterIP !== 'None'
      ? [missingField('spec', 'ports')]
      : []),
    ...when(
      type === 'ExternalName' && isNothing(externalName),
      'external-name-given',
      () => `'spec.externalName' must be given with the type "ExternalName", got none: name the host`,
    ),
    ...when(
      ['ClusterIP', 'NodePort', 'ExternalName'].includes(String(type)) && !isNothing(loadBalancerSourceRanges),
      'source-ranges-of-load-balancer',
      () =>
        `'spec.loadBalancerSourceRanges' must only be given with the type "LoadBalancer", got it with ${show(type)}: leave ` +
        'it out',
    ),
  ];
}

/** The problems of ports: several need different names, and different pairs of port and protocol. */
function portProblems(ports: readonly Fields[]): Violation[] {
  const names = ports.map(({ name }) => name);
  const pairs = ports.map(({ port, protocol = 'TCP' }) => `${String(port)}/${String(protocol)}`);
  return ports.flatMap(({ name }, index) => [
    ...when(
      ports.length > 1 && isNothing(name),
      'service-port-named',
      () => `'spec.ports[${index}].name' must be given for a Service with several ports, got none`,
    ),
    ...when(
      !isNothing(name) && names.indexOf(name) < index,
      'service-port-names-unique',
      () => `'spec.ports[${index}].name' must be unique in the Service, got ${show(name)} again: use another name`,
    ),
    ...when(
      pairs.indexOf(pairs[index] ?? '') < index,
      'service-ports-unique',
      () => `'spec.ports[${index}].port' must be unique in the Service, got ${pairs[index]} again`,
    ),
  ]);
}
