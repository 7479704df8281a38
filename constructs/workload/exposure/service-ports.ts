import type { ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import { isKnown, itemsOf } from '../../core/values/known';
import { numberText } from '../../core/values/number-text';
import { show } from '../../core/values/shown';
import { check, checkGiven } from '../../core/rules/rule';
import { type Violation, when } from '../../core/problems/violation';
import * as kubernetes from '../../kubernetes/kubernetes-rules';
import type { PortOptions } from '../pod/port-options';
import type { RunningOptions } from '../pod/running-options';
import type { ServiceOptions, ServicePort } from './service-options';
import { appProtocol, servicePortName } from './service-rules';

/** The options from which the ports of a Service are derived. */
export type ServicePortProps = PortOptions & ServiceOptions & Pick<RunningOptions, 'sidecars'>;

/** A port of a container to which a Service sends requests. */
export interface TargetPort {
  readonly port: number;
  readonly protocol: string;
}

/**
 * The ports of the Service, starting with `servicePort`. A single port needs no name. A target that the container does
 * not have is reported elsewhere, and falls back to `containerPort`.
 */
export function servicePortsOf(props: ServicePortProps): ServiceV1SpecPort[] {
  const { servicePort, containerPort } = props;
  const further = itemsOf(props.servicePorts);
  const first = {
    ...(further.length === 0 ? {} : { name: mainName(props) }),
    port: servicePort ?? containerPort,
    targetPort: numberText(containerPort),
    appProtocol: props.appProtocol,
  };
  return [
    first,
    ...further.map((one) => ({
      name: one.name,
      port: one.port,
      targetPort: numberText(targetOf(one, props) ?? props.containerPort),
      protocol: one.protocol,
      appProtocol: one.appProtocol,
    })),
  ];
}

/** The ports to which the Service sends requests, without duplicates. */
export function targetPortsOf(props: ServicePortProps): TargetPort[] {
  const all = [
    { port: props.containerPort, protocol: 'TCP' },
    ...itemsOf(props.servicePorts).map((one) => ({
      port: targetOf(one, props) ?? props.containerPort,
      protocol: one.protocol ?? 'TCP',
    })),
  ];
  return all.filter(
    ({ port, protocol }, index) =>
      all.findIndex((other) => other.port === port && other.protocol === protocol) === index,
  );
}

export function servicePortProblems(props: ServicePortProps): Violation[] {
  const ports = itemsOf(props.servicePorts);
  return [
    ...check(kubernetes.port, 'servicePort', props.servicePort),
    ...check(appProtocol, 'appProtocol', props.appProtocol),
    ...ports.flatMap((port, index) => [
      ...checkGiven(servicePortName, `servicePorts[${index}].name`, port.name),
      ...checkGiven(kubernetes.port, `servicePorts[${index}].port`, port.port),
      ...check(appProtocol, `servicePorts[${index}].appProtocol`, port.appProtocol),
      ...targetProblems(port, index, props),
    ]),
    ...repeatProblems(props, ports),
  ];
}

function targetProblems(port: ServicePort, index: number, props: ServicePortProps): Violation[] {
  const { name, targetPort } = port;
  const target = targetPort ?? name;
  return when(
    isKnown(target) && servicePortName.holds(target) && targetOf(port, props) === undefined,
    'service-port-target',
    () =>
      `'servicePorts[${index}].targetPort' must be the name of a port of a container ` +
      `(${[...containerPorts(props).keys()].join(', ')}), got ${show(target)}: name it in 'additionalPorts', or use one of those`,
  );
}

/** The problems of duplicate names, and of duplicate pairs of port and protocol. */
function repeatProblems(props: ServicePortProps, ports: readonly ServicePort[]): Violation[] {
  const names = [mainName(props), ...ports.map(({ name }) => name)];
  const pairs = servicePortsOf(props).map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`);
  return ports.flatMap(({ name, port }, index) => [
    ...when(
      isKnown(name) && names.indexOf(name) <= index,
      'service-port-names-unique',
      () => `'servicePorts[${index}].name' must be unique in the Service, got ${show(name)} again: use another name`,
    ),
    ...when(
      isKnown(port) && pairs.indexOf(pairs[index + 1] ?? '') <= index,
      'service-ports-unique',
      () => `'servicePorts[${index}].port' must be unique in the Service, got ${pairs[index + 1]} again`,
    ),
  ]);
}

/** The number of the container's port to which requests are sent; undefined if none has the name. */
function targetOf({ name, targetPort = name }: ServicePort, props: ServicePortProps): number | undefined {
  return containerPorts(props).get(targetPort);
}

/** The ports of all containers of a pod, by their names. */
function containerPorts(props: ServicePortProps): ReadonlyMap<string, number> {
  const ofSidecars = (props.sidecars ?? []).flatMap(({ ports = {} }) => Object.entries(ports));
  return new Map([
    ...ofSidecars,
    [mainName(props), props.containerPort],
    ...Object.entries(props.additionalPorts ?? {}),
  ]);
}

function mainName({ portName = 'main' }: PortOptions): string {
  return portName;
}
