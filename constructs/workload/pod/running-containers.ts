import { type PodParts, preStopOf } from './pod-parts';
import type { PodSecurity } from './pod-security';
import { Probe, type ProbeSet } from './probe';
import type { ContainerResources } from './resources';
import type { Sidecar } from './sidecar';

/** A port on which a container listens. */
export interface NamedPort {
  readonly name?: string;
  readonly port: number;
}

/** A container that runs as long as its pod, with all defaults resolved. */
export interface RunningContainer {
  readonly name: string;
  /** The prefix of its properties, such as "sidecars[0]."; empty for the first container. */
  readonly prefix: string;
  readonly ports: readonly NamedPort[];
  /** The property in which its ports are declared, such as "sidecars[0].ports". */
  readonly portsProperty: string;
  readonly probes: ProbeSet;
  readonly resources: ContainerResources;
  /** Its rights, if they are not the default. */
  readonly security: PodSecurity | undefined;
  /** The seconds that it continues to run in a terminating pod. */
  readonly preStopSeconds: number;
}

/** The containers that run as long as their pod: the first one, then its sidecars. */
export function runningContainers(props: PodParts): [RunningContainer, ...RunningContainer[]] {
  return [firstContainer(props), ...(props.sidecars ?? []).map((one, index) => runningSidecar(one, index, props))];
}

/** The first container of a pod, which the options of the pod describe. */
export function firstContainer(props: PodParts): RunningContainer {
  const { resources = {}, security } = props;
  const ports = firstPorts(props);
  return {
    name: props.containerName ?? props.name,
    prefix: '',
    ports,
    portsProperty: 'additionalPorts',
    probes: probesOf(props.probes, ports),
    resources,
    security,
    preStopSeconds: preStopOf(props),
  };
}

/**
 * A sidecar. By default, one with ports terminates as late as the first container, since they may depend on each other.
 */
export function runningSidecar(sidecar: Sidecar, index: number, pod: PodParts): RunningContainer {
  const ports = Object.entries(sidecar.ports ?? {}).map(([name, port]) => ({ name, port }));
  return {
    name: sidecar.name,
    prefix: `sidecars[${index}].`,
    ports,
    portsProperty: `sidecars[${index}].ports`,
    probes: probesOf(sidecar.probes, ports),
    resources: sidecar.resources ?? {},
    security: sidecar.security ?? pod.security,
    preStopSeconds: sidecar.preStopSeconds ?? (ports.length === 0 ? 0 : preStopOf(pod)),
  };
}

/** All ports on which the containers of a pod listen. */
export function portsOf(props: PodParts): number[] {
  return runningContainers(props).flatMap(({ ports }) => ports.map(({ port }) => port));
}

/** The ports of the first container. The main port needs a name if there are others. */
function firstPorts({ containerPort, portName, additionalPorts = {} }: PodParts): NamedPort[] {
  if (containerPort === undefined) {
    return [];
  }
  const others = Object.entries(additionalPorts).map(([name, port]) => ({ name, port }));
  return [{ port: containerPort, name: portName ?? (others.length === 0 ? undefined : 'main') }, ...others];
}

/** The probes of a container. By default, it is ready when its first port is open. */
function probesOf(probes: ProbeSet | undefined, ports: readonly NamedPort[]): ProbeSet {
  return probes ?? (ports.length === 0 ? {} : { readiness: Probe.tcp() });
}
