import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { show } from '../../core/values/shown';
import * as rules from '../../kubernetes/kubernetes-rules';
import type { PodParts } from './pod-parts';
import { type NamedPort, runningContainers } from './running-containers';

/** A port of a sidecar, and its property. */
interface SidecarPort extends NamedPort {
  readonly property: string;
}

/** The problems of the ports of sidecars. */
export function sidecarPortProblems(props: PodParts): Violation[] {
  const [first, ...sidecars] = runningContainers(props);
  // the main port counts as "main" even if it has no name
  const firstPorts = first.ports.map(({ name = 'main', port }) => ({ name, port }));
  const ports = sidecars.flatMap((one) => one.ports.map((port) => ({ ...port, property: one.portsProperty })));
  return ports.flatMap((one, index) => [
    ...check(rules.portName, one.property, one.name),
    ...check(rules.port, `${one.property}.${one.name}`, one.port),
    ...sharedPortProblems(one, [...firstPorts, ...ports.slice(0, index)]),
  ]);
}

function sharedPortProblems({ property, name, port }: SidecarPort, others: readonly NamedPort[]): Violation[] {
  return [
    ...when(
      others.some((one) => one.name === name),
      'sidecar-port-names-unique',
      () =>
        `'${property}' must not have the name of another port of the pod, got ${show(name)} again: use another name`,
    ),
    ...when(
      isKnown(port) && rules.port.holds(port) && others.some((one) => one.port === port),
      'sidecar-ports-unique',
      () =>
        `'${property}.${name}' must not be a port of another container of the pod, got ${port} again: they share an address`,
    ),
  ];
}
