import type {
  DeploymentV1SpecTemplate,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { type IResolvable, Lazy } from 'cdktf';
import type { IServiceAccount } from '../../kubernetes/service-account';
import { affinityOf } from '../placement/affinity';
import { nodeSelectorOf } from '../placement/placement';
import { container, otherContainer, sidecars, WRITABLE_VOLUME } from './containers';
import { variableVolumes } from './key-vault-secrets';
import type { ObjectContext } from './object-context';
import type { PodConfig } from './pod-config';
import { otherContainers } from './other-containers';
import { gracePeriodOf, type PodParts } from './pod-parts';
import { podVolumes } from './pod-volumes';
import { PodSecurity } from './pod-security';
import { type RunningContainer, runningContainers } from './running-containers';
import { Spread } from './spread';

/** The template of the pods of a workload. */
export function podTemplate(
  props: PodParts,
  { metadata, selector }: ObjectContext,
  config: PodConfig,
): DeploymentV1SpecTemplate {
  const security = props.security ?? PodSecurity.restricted();
  const initContainers = props.initContainers ?? [];
  const others = otherContainers(props).map(({ options }) => options);
  const mounted = podVolumes(props).map(({ volume }) => volume);
  const volumes = [
    ...config.volumes,
    ...writableVolumes([security, ...others.map((one) => one.security ?? security)]),
    ...variableVolumes(props.name, props),
    ...mounted.flatMap((one) => one._volumes(props.name)),
  ];
  return {
    metadata: { labels: { ...metadata.labels, ...props.serviceAccount?.podLabels }, annotations: config.annotations },
    spec: {
      nodeSelector: nodeSelectorOf(props.placement),
      affinity: affinityOf(props.placement, props.affinity),
      toleration: props.placement?._tolerations,
      serviceAccountName: props.serviceAccount?.serviceAccountName,
      // most applications need neither the Kubernetes API nor environment variables for every Service
      automountServiceAccountToken: apiToken(props.serviceAccount),
      enableServiceLinks: false,
      priorityClassName: props.priorityClass?.priorityClassName,
      terminationGracePeriodSeconds: gracePeriodOf(props),
      securityContext: security._pod(
        runningContainers(props).some(needsLowPorts),
        mounted.some((one) => one._persists),
      ),
      topologySpreadConstraint: (props.spread ?? Spread.preferred())._constraints(selector),
      initContainer:
        initContainers.length === 0 ? undefined : initContainers.map((one) => otherContainer(one, security, config)),
      container: [
        container(props.containerName ?? props.name, props, security, config),
        ...sidecars(props, security, config),
      ],
      volume: volumes.length === 0 ? undefined : volumes,
    },
  };
}

/**
 * Whether pods get a token for the Kubernetes API. It is computed at synthesis, since roles may be given after the pods
 * are declared.
 */
function apiToken(serviceAccount: IServiceAccount | undefined): boolean | IResolvable {
  return serviceAccount === undefined
    ? false
    : Lazy.anyValue({ produce: () => serviceAccount.usesKubernetesApi === true });
}

function needsLowPorts({ ports, security = PodSecurity.restricted() }: RunningContainer): boolean {
  return ports.some(({ port }) => security._needsPermissionFor(port));
}

function writableVolumes(securities: readonly PodSecurity[]): DeploymentV1SpecTemplateSpecVolume[] {
  return securities.some((one) => one._writableFolders.length > 0) ? [{ name: WRITABLE_VOLUME, emptyDir: {} }] : [];
}
