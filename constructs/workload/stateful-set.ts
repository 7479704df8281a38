import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { StatefulSetV1Spec } from '@cdktf/provider-kubernetes/lib/stateful-set-v1';
import type { Construct } from 'constructs';
import { numberText } from '../core/values/number-text';
import type { ObjectContext } from './pod/object-context';
import type { PodParts } from './pod/pod-parts';
import { podVolumes } from './pod/pod-volumes';
import { ServiceProtocol } from './exposure/service-options';
import type { TargetPort } from './exposure/service-ports';
import { NetworkPort } from './network-port';
import { portsOf } from './pod/running-containers';
import type { ReplicaOptions } from './scaling/replica-options';
import { mostReplicas } from './scaling/replica-problems';
import { renderClaim } from './storage/claim-options';
import { DataPolicy } from './storage/i-storage-class';
import { type WorkloadNames, workloadNames } from './workload-names';

/** The options of pods that may have stable names. */
export interface StatefulParts extends PodParts, ReplicaOptions, WorkloadNames {
  /** Whether the Service of the workload is headless. */
  readonly headless?: boolean;
}

/** Whether pods have stable names and volumes. */
export function isStateful(props: PodParts & ReplicaOptions): boolean {
  return props.stateful !== undefined || podVolumes(props).some(({ volume }) => volume._claimTemplate !== undefined);
}

/** The name of the headless Service that gives each pod a host name; undefined if there is none. */
export function podServiceName(props: StatefulParts): string | undefined {
  if (!isStateful(props)) {
    return undefined;
  }
  if (props.headless === true) {
    return workloadNames(props).serviceName;
  }
  return props.stateful?.podHostNames === false ? undefined : `${props.name}-pods`;
}

/**
 * The ports at which pods call each other that have host names, such as those of a database.
 *
 * @param targets The ports to which the Service sends requests; none without a Service
 */
export function peerPortsOf(props: StatefulParts, targets: readonly TargetPort[] = []): NetworkPort[] {
  if (podServiceName(props) === undefined || mostReplicas(props) === 1) {
    return [];
  }
  const udp = targets.filter(({ protocol }) => protocol === ServiceProtocol.UDP.valueOf());
  return [...portsOf(props).map((port) => NetworkPort.tcp(port)), ...udp.map(({ port }) => NetworkPort.udp(port))];
}

/**
 * Creates the headless Service of a StatefulSet, unless the Service of the workload is headless. It includes pods that
 * are not ready, since they may need each other to become ready.
 */
export function createHeadlessService(
  scope: Construct,
  props: StatefulParts,
  { provider, metadata, selector }: ObjectContext,
): ServiceV1 | undefined {
  const name = podServiceName(props);
  if (name === undefined || props.headless === true) {
    return undefined;
  }
  const ports = portsOf(props).map((port) => ({
    name: `port-${numberText(port)}`,
    port,
    targetPort: numberText(port),
  }));
  return new ServiceV1(scope, 'pods', {
    provider,
    metadata: { ...metadata, name },
    spec: {
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      port: ports.length === 0 ? undefined : ports,
      selector,
    },
  });
}

/** The settings that only a StatefulSet has. */
export function statefulSettings(props: StatefulParts): Omit<StatefulSetV1Spec, 'selector' | 'template'> {
  const { podManagement, partition = 0, onDelete, onScaleDown } = props.stateful ?? {};
  const templates = podVolumes(props).flatMap(({ volume: { _name: name, _claimTemplate: claim } }) =>
    claim === undefined ? [] : [{ metadata: { name }, spec: renderClaim(claim) }],
  );
  return {
    serviceName: podServiceName(props) ?? workloadNames(props).serviceName,
    podManagementPolicy: podManagement,
    updateStrategy: [{ type: 'RollingUpdate', rollingUpdate: [{ partition }] }],
    persistentVolumeClaimRetentionPolicy: [
      { whenDeleted: onDelete ?? DataPolicy.RETAIN, whenScaled: onScaleDown ?? DataPolicy.RETAIN },
    ],
    volumeClaimTemplate: templates.length === 0 ? undefined : templates,
  };
}
