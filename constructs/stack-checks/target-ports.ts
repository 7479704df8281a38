import { Token } from 'cdktf';
import { questionable, type Violation } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { haveOneName, type PodIndex } from './pod-selectors';
import type { Pods } from './pods-of-stack';
import type { Service } from './services-of-stack';

/** The problems of a Service that sends requests to ports on which some of its pods do not listen. */
export function targetPortProblems(service: Service, index: PodIndex): Violation[] {
  const selected = index.selected(service.place, service.selector).filter(({ ports }) => ports.length > 0);
  const ports = selected.flatMap((pods) => pods.ports);
  if (selected.length === 0 || ports.some(({ containerPort }) => Token.isUnresolved(containerPort))) {
    return [];
  }
  const targets = service.ports.map(({ port, targetPort }) => targetPort ?? String(port));
  return targets
    .filter((target) => !Token.isUnresolved(target))
    .flatMap((target) => {
      const listening = selected.filter((pods) => listensOn(pods, target));
      const deaf = selected.filter((pods) => !listening.some((one) => haveOneName(one, pods)));
      return deaf.length === 0 ? [] : [deafProblem(service, target, deaf, listening.length === 0)];
    });
}

function listensOn({ ports }: Pods, target: string): boolean {
  return ports.some(({ containerPort, name }) => String(containerPort) === target || name === target);
}

function deafProblem({ resource }: Service, target: string, deaf: readonly Pods[], areAll: boolean): Violation {
  const ports = deaf.flatMap((pods) => pods.ports).map(({ containerPort }) => containerPort);
  return questionable(
    'target-port-open',
    `'targetPort' of the Service ${resource.node.path} must be a port that a container of ` +
      `${deaf.map((pods) => pods.resource.node.path).join(', ')} listens on (${ports.join(', ')}), got ${show(target)}: ` +
      (areAll ? 'change one of them' : 'the Service selects other pods as well, and a part of its requests fails'),
  );
}
