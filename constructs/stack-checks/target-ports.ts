import { Token } from 'cdktf';
import { questionable, type Violation } from '../core/problems/violation';
import { show } from '../core/values/shown';
import type { PodIndex } from './pod-selectors';
import type { Service } from './services-of-stack';

/** A Service whose pods are here, and none of which listens where it sends requests to. */
export function targetPortProblems(service: Service, index: PodIndex): Violation[] {
  const selected = index.selected(service.place, service.selector).filter(({ ports }) => ports.length > 0);
  const ports = selected.flatMap((pods) => pods.ports);
  if (selected.length === 0 || ports.some(({ containerPort }) => Token.isUnresolved(containerPort))) {
    return [];
  }
  const targets = service.ports.map(({ port, targetPort }) => targetPort ?? String(port));
  const listening = new Set(ports.flatMap(({ containerPort, name }) => [String(containerPort), name]));
  return targets
    .filter((target) => !Token.isUnresolved(target) && !listening.has(target))
    .map((target) =>
      questionable(
        'target-port-open',
        `'targetPort' of the Service ${service.resource.node.path} must be a port that a container of ` +
          `${selected.map(({ resource }) => resource.node.path).join(', ')} listens on ` +
          `(${ports.map(({ containerPort }) => containerPort).join(', ')}), got ${show(target)}: change one of them`,
      ),
    );
}
