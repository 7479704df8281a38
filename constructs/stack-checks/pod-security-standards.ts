import type { DeploymentV1SpecTemplateSpec } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { isKnown } from '../core/values/known';

/*
 * The Pod Security Standards, as far as the bindings contain the relevant fields.
 *
 * See https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */

/** The fields of a container that the standards restrict. */
interface Container {
  readonly name?: string;
  readonly port?: unknown;
  readonly securityContext?: {
    readonly privileged?: unknown;
    readonly allowPrivilegeEscalation?: unknown;
    readonly runAsNonRoot?: unknown;
    readonly runAsUser?: string;
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
    readonly seccompProfile?: { readonly type?: string };
  };
}

const BASELINE_CAPABILITIES = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];

const SAFE_SYSCTLS = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
  ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
];

const RESTRICTED_VOLUMES = [
  ...['configMap', 'csi', 'downwardApi', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'],
];

/**
 * The features of a pod that an enforced level rejects, as a message lists them.
 *
 * @param level "privileged", "baseline" or "restricted"
 */
export function refusedBy(level: string, pod: DeploymentV1SpecTemplateSpec): string[] {
  const containers = containersOf(pod);
  const found = [
    ...(level === 'privileged' ? [] : [...baselinePod(pod), ...containers.flatMap(baselineContainer)]),
    ...(level === 'restricted'
      ? [...restrictedVolumes(pod), ...containers.flatMap((one) => restrictedContainer(one, pod))]
      : []),
  ];
  return [...new Set(found)];
}

/** The containers of a pod, including init containers; none if only Terraform knows them. */
export function containersOf(pod: DeploymentV1SpecTemplateSpec): readonly Container[] {
  return [pod.initContainer, pod.container].flatMap((list) => (Array.isArray(list) ? (list as Container[]) : []));
}

function baselinePod(pod: DeploymentV1SpecTemplateSpec): string[] {
  const volumes = volumesOf(pod);
  const sysctls = pod.securityContext?.sysctl;
  return [
    ...(['hostNetwork', 'hostPid', 'hostIpc'] as const).filter((name) => pod[name] === true),
    ...(volumes.some((volume) => 'hostPath' in volume && volume.hostPath !== undefined) ? ['hostPath volumes'] : []),
    ...(Array.isArray(sysctls) ? sysctls : [])
      .filter(({ name }) => isKnown(name) && !SAFE_SYSCTLS.includes(name))
      .map(({ name }) => `sysctl ${name}`),
    ...(pod.securityContext?.seccompProfile?.type === 'Unconfined' ? ['seccompProfile Unconfined'] : []),
  ];
}

function baselineContainer({ securityContext: own = {}, port }: Container): string[] {
  const added = own.capabilities?.add ?? [];
  const ports = (Array.isArray(port) ? port : []) as { readonly hostPort?: number }[];
  return [
    ...(own.privileged === true ? ['privileged'] : []),
    ...added
      .filter((name) => isKnown(name) && !BASELINE_CAPABILITIES.includes(name))
      .map((name) => `capability ${name}`),
    ...(ports.some(({ hostPort }) => hostPort !== undefined && hostPort !== 0) ? ['hostPort'] : []),
    ...(own.seccompProfile?.type === 'Unconfined' ? ['seccompProfile Unconfined'] : []),
  ];
}

function restrictedVolumes(pod: DeploymentV1SpecTemplateSpec): string[] {
  return volumesOf(pod).flatMap((volume) =>
    Object.entries(volume)
      .filter(([kind, source]) => kind !== 'name' && source !== undefined && !RESTRICTED_VOLUMES.includes(kind))
      .map(([kind]) => `${kind} volumes`),
  );
}

function restrictedContainer(
  { securityContext: own = {} }: Container,
  { securityContext: pod = {} }: DeploymentV1SpecTemplateSpec,
): string[] {
  const added = own.capabilities?.add ?? [];
  // root is refused for the pod whatever its containers say
  const isRoot = [own, pod].some(({ runAsUser }) => runAsUser === '0');
  const mayBeRoot =
    [own, pod].some(({ runAsNonRoot }) => runAsNonRoot === false) ||
    (own.runAsNonRoot ?? pod.runAsNonRoot) === undefined;
  const seccomp = own.seccompProfile?.type ?? pod.seccompProfile?.type;
  return [
    // if omitted, the provider sets true
    ...(own.allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation']),
    ...(mayBeRoot ? ['runAsNonRoot not set'] : []),
    ...(isRoot ? ['runAsUser 0'] : []),
    ...(own.capabilities?.drop?.includes('ALL') === true ? [] : ['capabilities that are not dropped']),
    ...added.filter((name) => isKnown(name) && name !== 'NET_BIND_SERVICE').map((name) => `capability ${name}`),
    ...(seccomp === undefined ? ['no seccompProfile'] : []),
  ];
}

function volumesOf({ volume }: DeploymentV1SpecTemplateSpec): readonly object[] {
  return Array.isArray(volume) ? volume : [];
}
