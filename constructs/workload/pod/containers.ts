import type {
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecInitContainer,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { literalTexts } from '../../core/values/literal-text';
import { numberText } from '../../core/values/number-text';
import { renderMounts } from '../storage/volume-mount';
import { renderEnvironment } from './environment';
import type { OtherContainer } from './other-containers';
import { variableMounts } from './key-vault-secrets';
import { fileKey, keyPrefix, type PodConfig } from './pod-config';
import type { PodParts } from './pod-parts';
import type { PodSecurity } from './pod-security';
import { renderResources } from './resources';
import { firstContainer, type RunningContainer, runningSidecar } from './running-containers';

/** The name of the volume to which containers with a read-only file system write. */
export const WRITABLE_VOLUME = 'writable';

/** The first container of a pod, which the options of the pod describe. */
export function container(
  name: string,
  props: PodParts,
  security: PodSecurity,
  config: PodConfig,
): DeploymentV1SpecTemplateSpecContainer {
  const mounts = [
    ...config.mounts,
    ...writableMounts(security),
    ...variableMounts(props.environment ?? {}),
    ...renderMounts(props.volumes),
  ];
  return {
    name,
    image: props.image.reference,
    command: props.command && literalTexts(props.command),
    env: renderEnvironment(props.environment ?? {}, config.names),
    resources: renderResources(props.resources ?? {}),
    ...running(firstContainer(props)),
    securityContext: security._container,
    volumeMount: mounts.length === 0 ? undefined : mounts,
  };
}

/** The containers that run next to the first one. */
export function sidecars(
  props: PodParts,
  podSecurity: PodSecurity,
  config: PodConfig,
): DeploymentV1SpecTemplateSpecContainer[] {
  return (props.sidecars ?? []).map((one, index) => ({
    ...otherContainer(one, podSecurity, config),
    ...running(runningSidecar(one, index, props)),
  }));
}

/** The parts that only containers have that run as long as their pod. */
function running({
  ports,
  probes: { startup, readiness, liveness },
  preStopSeconds,
}: RunningContainer): Partial<DeploymentV1SpecTemplateSpecContainer> {
  const port = ports[0]?.port;
  return {
    port: ports.length === 0 ? undefined : ports.map((one) => ({ containerPort: one.port, name: one.name })),
    startupProbe: startup?._render(port),
    readinessProbe: readiness?._render(port),
    livenessProbe: liveness?._render(port),
    lifecycle: preStop(preStopSeconds),
  };
}

/** A container other than the first one. An init container consists of only this. */
export function otherContainer(
  one: OtherContainer['options'],
  podSecurity: PodSecurity,
  config: PodConfig,
): DeploymentV1SpecTemplateSpecInitContainer {
  const security = one.security ?? podSecurity;
  const mounts = [...writableMounts(security), ...variableMounts(one.environment ?? {}), ...renderMounts(one.volumes)];
  return {
    name: one.name,
    image: one.image.reference,
    command: one.command && literalTexts(one.command),
    env: renderEnvironment(one.environment ?? {}, config.names, keyPrefix(one.name)),
    resources: renderResources(one.resources ?? {}),
    securityContext: security._container,
    volumeMount: mounts.length === 0 ? undefined : mounts,
  };
}

function preStop(seconds: number): DeploymentV1SpecTemplateSpecContainer['lifecycle'] {
  return seconds === 0 ? undefined : { preStop: [{ exec: { command: ['sleep', numberText(seconds)] } }] };
}

/**
 * The mounts of writable folders, each of which is a folder of the volume: containers with the same folder share it.
 */
function writableMounts(security: PodSecurity): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return security._writableFolders.map((folder) => ({
    name: WRITABLE_VOLUME,
    mountPath: folder,
    subPath: fileKey(folder),
  }));
}
