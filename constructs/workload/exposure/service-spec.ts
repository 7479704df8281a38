import type { ServiceV1Spec } from '@cdktf/provider-kubernetes/lib/service-v1';
import { type Violation, when } from '../../core/problems/violation';
import { check } from '../../core/rules/rule';
import { isKnown } from '../../core/values/known';
import { Exposure } from './exposure';
import { ServiceIpFamilies, type ServiceOptions } from './service-options';
import { servicePortProblems, type ServicePortProps, servicePortsOf } from './service-ports';
import { sessionAffinitySeconds } from './service-rules';

/** The default seconds that a client keeps its pod. */
const AFFINITY_SECONDS = 10_800;

/** The specification of the Service of a workload, without its selector. */
export function serviceSpec(props: ServicePortProps): ServiceV1Spec {
  const { exposure = Exposure.clusterOnly(), headless = false } = props;
  return {
    ...exposure._spec(servicePortsOf(props)),
    ...(headless ? { clusterIp: 'None' } : {}),
    ...affinityOf(props),
    ...familiesOf(props),
  };
}

function familiesOf({ ipFamilies }: ServiceOptions): Partial<ServiceV1Spec> {
  if (ipFamilies === undefined) {
    return {};
  }
  return ipFamilies === ServiceIpFamilies.DUAL_STACK
    ? { ipFamilyPolicy: 'RequireDualStack', ipFamilies: [ServiceIpFamilies.IPV4, ServiceIpFamilies.IPV6] }
    : { ipFamilyPolicy: 'SingleStack', ipFamilies: [ipFamilies] };
}

function affinityOf({ sessionAffinity }: ServiceOptions): Partial<ServiceV1Spec> {
  return sessionAffinity === undefined
    ? {}
    : {
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIp: { timeoutSeconds: sessionAffinity.timeoutSeconds ?? AFFINITY_SECONDS } },
      };
}

export function serviceProblems(props: ServicePortProps): Violation[] {
  return [
    ...servicePortProblems(props),
    ...check(sessionAffinitySeconds, 'sessionAffinity.timeoutSeconds', props.sessionAffinity?.timeoutSeconds),
    ...(props.exposure?._problems(servicePortsOf(props)) ?? []),
    ...(props.headless === true ? headlessProblems(props) : []),
  ];
}

export function serviceWarnings({ headless, sessionAffinity, exposure }: ServiceOptions): Violation[] {
  return [
    ...(exposure?._warnings ?? []),
    ...when(
      headless === true && sessionAffinity !== undefined,
      'session-affinity-of-headless',
      () =>
        "'sessionAffinity' has no effect on a Service that is headless: its clients choose pods themselves. Leave it out",
    ),
  ];
}

/** The problems of a headless Service, whose clients call its pods directly. */
function headlessProblems(props: ServicePortProps): Violation[] {
  const { exposure = Exposure.clusterOnly() } = props;
  return [
    ...when(
      exposure._isOpen,
      'headless-inside-cluster',
      () =>
        `'exposure' must be Exposure.clusterOnly() where 'headless' is true, got ${exposure.serviceType}: remove one of them`,
    ),
    ...servicePortsOf(props).flatMap(({ port, targetPort }, index) =>
      when(
        isKnown(port) && isKnown(targetPort) && targetPort !== String(port),
        'headless-ports-of-container',
        () =>
          `'${index === 0 ? 'servicePort' : `servicePorts[${index - 1}].port`}' must be the container's port ${targetPort} ` +
          `where 'headless' is true, got ${port}: clients connect to pods directly`,
      ),
    ),
  ];
}

/** The problem of the name of the Service of the API server, which every cluster has. */
export function takenNameProblems(property: string, name: string, namespace: string | undefined): Violation[] {
  return when(
    name === 'kubernetes' && (namespace ?? 'default') === 'default',
    'service-name-taken',
    () =>
      `'${property}' must not be that of a Service that every cluster has, got "kubernetes": use another name or namespace`,
  );
}
