import type {
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecInitContainer,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { literalTexts } from '../../core/values/literal-text';
import { numberText } from '../../core/values/number-text';
import { renderMounts } from '../storage/volume-mount';
import { renderEnvironment } from './environment';
import type { InitContainer } from './init-container';
import { fileKey, keyPrefix, type PodConfig } from './pod-config';
import { type PodParts, preStopOf, probesOf } from './pod-parts';
import type { PodSecurity } from './pod-security';
import { renderResources } from './resources';

/** The name of the volume that a StatefulSet's pod keeps its data on. */
export const DATA_VOLUME = 'data';

/** The name of the volume that containers with a read-only file system write to. */
export const WRITABLE_VOLUME = 'writable';

/** The first container of a pod, which the options of the pod are about. */
export function container(
  name: string,
  props: PodParts,
  security: PodSecurity,
  config: PodConfig,
): DeploymentV1SpecTemplateSpecContainer {
  const { startup, readiness, liveness } = probesOf(props);
  const mounts = [...config.mounts, ...writableMounts(security), ...dataMounts(props), ...renderMounts(props.volumes)];
  return {
    name,
    image: props.image.reference,
    command: props.command && literalTexts(props.command),
    port: ports(props),
    env: renderEnvironment(props.environment ?? {}, config.names),
    resources: renderResources(props.resources ?? {}),
    startupProbe: startup?._render(props.containerPort),
    readinessProbe: readiness?._render(props.containerPort),
    livenessProbe: liveness?._render(props.containerPort),
    lifecycle: preStop(preStopOf(props)),
    securityContext: security._container,
    volumeMount: mounts.length === 0 ? undefined : mounts,
  };
}

/** A container that runs before it. */
export function initContainer(
  one: InitContainer,
  podSecurity: PodSecurity,
  config: PodConfig,
): DeploymentV1SpecTemplateSpecInitContainer {
  const security = one.security ?? podSecurity;
  const mounts = [...writableMounts(security), ...renderMounts(one.volumes)];
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

function ports({
  containerPort,
  portName,
  additionalPorts = {},
}: PodParts): { containerPort: number; name?: string }[] | undefined {
  if (containerPort === undefined) {
    return undefined;
  }
  const others = Object.entries(additionalPorts).map(([name, port]) => ({ containerPort: port, name }));
  return [{ containerPort, name: portName ?? (others.length === 0 ? undefined : 'main') }, ...others];
}

function preStop(seconds: number): DeploymentV1SpecTemplateSpecContainer['lifecycle'] {
  return seconds === 0 ? undefined : { preStop: [{ exec: { command: ['sleep', numberText(seconds)] } }] };
}

/** Each folder is one of the volume's: containers that name the same folder share it. */
function writableMounts(security: PodSecurity): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return security._writableFolders.map((folder) => ({
    name: WRITABLE_VOLUME,
    mountPath: folder,
    subPath: fileKey(folder),
  }));
}

function dataMounts({ _dataVolume }: PodParts): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return _dataVolume === undefined ? [] : [{ name: DATA_VOLUME, mountPath: _dataVolume.mountPath }];
}
