import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import type { Pod } from '../../objects/pod';
import { onPods, type RuleProps } from '../rule';

const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
const CONTEXT = 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/';
const ACCOUNTS = 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/';
const POLICIES = 'https://kubernetes.io/docs/concepts/services-networking/network-policies/';

/** The folders of a node through which a pod can take over the node. */
const SENSITIVE = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/root', '/sys', '/usr', '/var/lib/kubelet'];

/** The kernel settings that do not affect other pods of the node. */
const SAFE_SYSCTLS = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout'],
  ...['net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time'],
  ...['net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem'],
];

/** Rules about what pods share with their nodes and with each other. */
export const POD_RULES = {
  'pod-host-pid': {
    title: 'sees the processes of its node',
    reason: 'It can read the memory and the environment of everything that runs there.',
    fix: { terraform: 'host_pid = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_17'], trivy: ['KSV-0010'], kubeLinter: ['host-pid'] },
    source: STANDARDS,
    over: onPods(({ spec }) => spec.isTrue('hostPID')),
  },
  'pod-host-ipc': {
    title: 'shares the memory of its node',
    reason: 'It can read and change the shared memory of programs on the node.',
    fix: { terraform: 'host_ipc = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_18'], trivy: ['KSV-0008'], kubeLinter: ['host-ipc'] },
    source: STANDARDS,
    over: onPods(({ spec }) => spec.isTrue('hostIPC')),
  },
  'pod-host-network': {
    title: 'uses the host network',
    reason:
      'It sees the traffic of the node, has the Azure identity of the node, and is not subject to network policies.',
    fix: { terraform: 'host_network = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_19'], trivy: ['KSV-0009'], kubeLinter: ['host-network'] },
    source: STANDARDS,
    over: onPods(({ spec }) => spec.isTrue('hostNetwork')),
  },
  'pod-runtime-socket': {
    title: 'mounts the socket of the container runtime',
    reason: 'Through it, a program can start any container on the node, including a privileged one.',
    fix: {
      typescript: 'volumes: [...] without this Volume.hostPath(...)',
      terraform: 'no volume.host_path of the socket',
    },
    severity: 'critical',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_27'], trivy: ['KSV-0006'], kubeLinter: ['docker-sock'] },
    source: STANDARDS,
    over: onPods((pod) => mounts(pod, (path) => /\/(?:docker|containerd|crio)\.sock$/.test(path))),
  },
  'pod-sensitive-folder': {
    title: 'mounts a sensitive folder of its node',
    reason: 'It contains configuration, keys or programs of the node.',
    fix: {
      typescript: 'volumes: [...] of Volume.hostPath(...) with a narrower folder',
      terraform: 'a narrower volume.host_path',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { kubeLinter: ['sensitive-host-mounts'], trivy: ['KSV-0121'] },
    source: STANDARDS,
    over: onPods((pod) => mounts(pod, (path) => SENSITIVE.includes(path.replace(/(?!^)\/$/, '')))),
  },
  'pod-host-path': {
    title: 'has a folder of its node',
    reason: 'Pods of different owners share it, and its contents change when the pod moves to another node.',
    fix: { typescript: 'volumes: [...] of Volume.emptyDirectory(...)', terraform: 'another kind of volume' },
    severity: 'low',
    profile: 'strict',
    equivalents: { trivy: ['KSV-0023'] },
    source: STANDARDS,
    over: onPods((pod) => mounts(pod, () => true)),
  },
  'pod-sysctls': {
    title: 'changes unsafe kernel settings',
    reason: 'Some of them apply to the whole node.',
    fix: { terraform: 'security_context.sysctl with safe ones only' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0026'], kubeLinter: ['unsafe-sysctls'] },
    source: STANDARDS,
    over: onPods(({ spec }) =>
      some(spec.block('securityContext').blocks('sysctls'), (one) =>
        one.is('name', (name) => !SAFE_SYSCTLS.includes(name)),
      ),
    ),
  },
  'pod-security-context': {
    title: 'has no security context',
    reason: 'User, groups and seccomp profile then depend on the images and the node.',
    fix: { typescript: 'security: PodSecurity.restricted()', terraform: 'security_context { ... }' },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_29'], trivy: ['KSV-0118'] },
    source: CONTEXT,
    over: onPods(({ spec, containers }) =>
      // checkov also accepts the context of a container.
      not(
        any([
          spec.block('securityContext').exists,
          some(containers, ({ block }) => block.block('securityContext').exists),
        ]),
      ),
    ),
  },
  'pod-seccomp': {
    title: 'may make any system call',
    reason:
      'The default profile of the runtime blocks system calls that container escapes use and programs do not need.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.seccomp_profile.type = "RuntimeDefault"',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_31'], trivy: ['KSV-0030', 'KSV-0104'], kubeScore: ['container-seccomp-profile'] },
    source: STANDARDS,
    over: onPods(({ spec, allContainers }) => {
      const shared = profile(spec.block('securityContext'), false);
      return some(allContainers, ({ block }) => not(profile(block.block('securityContext'), shared)));
    }),
  },
  'pod-account-token': {
    title: 'has a token for the API server',
    reason: 'An attacker gets the permissions of its service account; few programs need the API at all.',
    fix: { terraform: 'automount_service_account_token = false' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_38'], trivy: ['KSV-0036'] },
    source: ACCOUNTS,
    over: onPods(({ spec }) => spec.isTrue('automountServiceAccountToken', true)),
  },
  'pod-default-account': {
    title: 'has a token of the default service account',
    reason: 'What is granted to that account is granted to every pod of the namespace.',
    fix: {
      typescript: "serviceAccount: cluster.addServiceAccount('web', ...)",
      terraform: 'service_account_name, or automount_service_account_token = false',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeLinter: ['default-service-account'] },
    source: ACCOUNTS,
    over: onPods(({ spec }) =>
      all([
        spec.isTrue('automountServiceAccountToken', true),
        spec.is('serviceAccountName', (name) => name === 'default', true),
      ]),
    ),
  },
  'pod-open-network': {
    title: 'can be reached by every pod of the cluster',
    reason: 'No network policy of this program selects it, so an attacker in any pod can reach it.',
    fix: { typescript: 'isolated: true', terraform: 'a kubernetes_network_policy_v1 that selects it' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV2_K8S_6'],
      kubeLinter: ['non-isolated-pod'],
      kubeScore: ['pod-networkpolicy'],
    },
    source: POLICIES,
    over: onPods((pod, { surroundings }) => not(surroundings.selects('NetworkPolicy', pod, policySelector))),
  },
} satisfies Readonly<Record<string, RuleProps>>;

function policySelector({ spec }: KubernetesObject) {
  const block = spec.block('podSelector');
  return { block, labels: block.map('matchLabels') };
}

function mounts({ spec }: Pod, holds: (path: string) => boolean): Answer {
  return some(spec.blocks('volumes'), (volume) => volume.block('hostPath').is('path', holds));
}

/** Whether a security context has a seccomp profile, which it does not by default. */
function profile(context: Block, otherwise: Answer): Answer {
  const own = context.block('seccompProfile');
  return own.exists === false ? otherwise : own.is('type', (type) => type !== 'Unconfined');
}
