import { type Violation, violation } from '../../core/problems/violation';
import { check, checkGiven } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { show } from '../../core/values/shown';
import * as rules from '../../kubernetes/kubernetes-rules';
import type { PortOptions } from './port-options';

/** The problems of the ports on which a container listens. */
export function portProblems({ containerPort, portName, additionalPorts = {} }: PortOptions): Violation[] {
  const names = [portName ?? 'main', ...Object.keys(additionalPorts)];
  const ports = [containerPort, ...Object.values(additionalPorts)];
  return [
    ...checkGiven(rules.port, 'containerPort', containerPort),
    ...check(rules.portName, 'portName', portName),
    ...Object.entries(additionalPorts).flatMap(([name, port]) => [
      ...check(rules.portName, 'additionalPorts', name),
      ...check(rules.port, `additionalPorts.${name}`, port),
    ]),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) =>
        violation(
          'additional-port-names-unique',
          `'additionalPorts' must not have the name of the container's port, got ${show(name)}`,
        ),
      ),
    ...Object.entries(additionalPorts)
      .filter(([, port], index) => isKnown(port) && rules.port.holds(port) && ports.indexOf(port) < index + 1)
      .map(([name, port]) =>
        violation(
          'additional-ports-unique',
          `'additionalPorts.${name}' must not contain a port twice, got ${port} again`,
        ),
      ),
  ];
}
