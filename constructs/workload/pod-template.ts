import type {
  DeploymentV1SpecTemplate,
  DeploymentV1SpecTemplateSpecContainer,
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecInitContainer,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { InitContainer } from './pod/init-container';
import { PodSecurity } from './pod/pod-security';
import { Probe, type ProbeSet } from './pod/probe';
import { renderResources } from './pod/resources';
import { Spread } from './pod/spread';
import type { WorkloadProps } from './workload-props';
import { renderEnvironment } from './pod/environment';
import { literalTexts } from '../core/values/literal-text';
import { numberText } from '../core/values/number-text';
import type { ObjectContext } from './object-context';
import { isKnown } from '../core/values/known';
import { fileKey, keyPrefix, type WorkloadConfig } from './workload-config';

/** The name of the volume that a StatefulSet's pod keeps its data on. */
export const DATA_VOLUME = 'data';

/** The name of the volume that containers with a read-only file system write to. */
const WRITABLE_VOLUME = 'writable';

/** The default for `preStopSeconds`. */
const PRE_STOP_SECONDS = 5;

/** The default for `terminationGracePeriodSeconds`. */
const GRACE_PERIOD_SECONDS = 30;

/** The seconds after which a terminating pod is killed. */
export function gracePeriodOf({ terminationGracePeriodSeconds }: WorkloadProps): number {
  return terminationGracePeriodSeconds ?? GRACE_PERIOD_SECONDS;
}

/** The seconds that a terminating pod keeps serving: 0 where it has no time for that. */
export function preStopOf(props: WorkloadProps): number {
  const grace = gracePeriodOf(props);
  return props.preStopSeconds ?? (isKnown(grace) && grace <= PRE_STOP_SECONDS ? 0 : PRE_STOP_SECONDS);
}

/** The template of the pods of a workload. */
export function podTemplate(
  props: WorkloadProps,
  { metadata, selector, names }: ObjectContext,
  config: WorkloadConfig,
): DeploymentV1SpecTemplate {
  const security = props.security ?? PodSecurity.restricted();
  const initContainers = props.initContainers ?? [];
  const volumes = [
    ...config.volumes,
    ...writableVolumes([security, ...initContainers.map((one) => one.security ?? security)]),
  ];
  return {
    metadata: { labels: { ...metadata.labels, ...props.serviceAccount?.podLabels }, annotations: config.annotations },
    spec: {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      serviceAccountName: props.serviceAccount?.serviceAccountName,
      // neither the Kubernetes API nor the environment variables of every Service is a web application's business
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: gracePeriodOf(props),
      securityContext: security._pod(props.containerPort),
      topologySpreadConstraint: (props.spread ?? Spread.preferred())._constraints(selector),
      initContainer:
        initContainers.length === 0 ? undefined : initContainers.map((one) => initContainer(one, security, config)),
      container: [container(names.containerName, props, security, config)],
      volume: volumes.length === 0 ? undefined : volumes,
    },
  };
}

/** The probes of the container, with the default. */
export function probesOf({ probes }: WorkloadProps): ProbeSet {
  return probes ?? { readiness: Probe.tcp() };
}

function container(
  name: string,
  props: WorkloadProps,
  security: PodSecurity,
  config: WorkloadConfig,
): DeploymentV1SpecTemplateSpecContainer {
  const { startup, readiness, liveness } = probesOf(props);
  const mounts = [...config.mounts, ...writableMounts(security), ...dataMounts(props)];
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

function initContainer(
  one: InitContainer,
  podSecurity: PodSecurity,
  config: WorkloadConfig,
): DeploymentV1SpecTemplateSpecInitContainer {
  const security = one.security ?? podSecurity;
  const mounts = writableMounts(security);
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
}: WorkloadProps): { containerPort: number; name?: string }[] {
  const others = Object.entries(additionalPorts).map(([name, port]) => ({ containerPort: port, name }));
  return [{ containerPort, name: portName ?? (others.length === 0 ? undefined : 'main') }, ...others];
}

function preStop(seconds: number): DeploymentV1SpecTemplateSpecContainer['lifecycle'] {
  return seconds === 0 ? undefined : { preStop: [{ exec: { command: ['sleep', numberText(seconds)] } }] };
}

function writableVolumes(securities: readonly PodSecurity[]): DeploymentV1SpecTemplateSpecVolume[] {
  return securities.some((one) => one._writableFolders.length > 0) ? [{ name: WRITABLE_VOLUME, emptyDir: {} }] : [];
}

/** Each folder is one of the volume's: containers that name the same folder share it. */
function writableMounts(security: PodSecurity): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return security._writableFolders.map((folder) => ({
    name: WRITABLE_VOLUME,
    mountPath: folder,
    subPath: fileKey(folder),
  }));
}

function dataMounts({ _dataVolume }: WorkloadProps): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  return _dataVolume === undefined ? [] : [{ name: DATA_VOLUME, mountPath: _dataVolume.mountPath }];
}
