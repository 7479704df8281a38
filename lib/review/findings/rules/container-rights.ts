import { DEFAULT_CAPABILITIES } from '../../knowledge/capabilities';
import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import { onContainers, type RuleProps } from '../rule';

const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';
const CONTEXT = 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/';

/** Rules about the rights of containers on their nodes. */
export const CONTAINER_RIGHTS = {
  'container-privileged': {
    title: 'runs privileged',
    reason: 'A privileged container has root access to the node, and so has an attacker in it.',
    fix: { typescript: 'security: PodSecurity.restricted()', terraform: 'security_context.privileged = false' },
    severity: 'critical',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_16'],
      trivy: ['KSV-0017'],
      kubeLinter: ['privileged-container'],
      kubeScore: ['container-security-context-privileged'],
    },
    source: STANDARDS,
    over: onContainers((container) => container.block('securityContext').isTrue('privileged')),
  },
  'container-privilege-escalation': {
    title: 'may gain more privileges than it starts with',
    reason: 'A program with the setuid bit can make any process root again.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.allow_privilege_escalation = false',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_20'], trivy: ['KSV-0001'], kubeLinter: ['privilege-escalation-container'] },
    source: STANDARDS,
    over: onContainers((container) => container.block('securityContext').isTrue('allowPrivilegeEscalation', true)),
  },
  'container-root': {
    title: 'may run as root',
    reason: 'An attacker who escapes from a container that runs as root is root on the node.',
    fix: { typescript: 'security: PodSecurity.restricted()', terraform: 'security_context.run_as_non_root = true' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_23'],
      trivy: ['KSV-0012', 'KSV-0105'],
      kubeLinter: ['run-as-non-root'],
    },
    source: STANDARDS,
    over: onContainers((container, { spec }) =>
      not(
        any([
          inherited(container, spec, 'runAsNonRoot', (text) => text === 'true'),
          inherited(container, spec, 'runAsUser', (text) => Number(text) > 0),
        ]),
      ),
    ),
  },
  'container-security-context': {
    title: 'has no security context',
    reason: 'Without one, a container has whatever rights its image and the runtime give it.',
    fix: { typescript: 'security: PodSecurity.restricted()', terraform: 'security_context { ... }' },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_30'], trivy: ['KSV-0118'] },
    source: CONTEXT,
    over: onContainers((container) => not(container.block('securityContext').exists)),
  },
  'container-writable-root': {
    title: 'may write to its root file system',
    reason: 'An attacker can change the running programs, and install others.',
    fix: {
      typescript: 'security: PodSecurity.restricted({ writableFolders: [...] })',
      terraform: 'security_context.read_only_root_filesystem = true',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: {
      checkov: ['CKV_K8S_22'],
      trivy: ['KSV-0014'],
      kubeLinter: ['no-read-only-root-fs'],
      kubeScore: ['container-security-context-readonlyrootfilesystem'],
    },
    source: CONTEXT,
    over: onContainers((container) => not(container.block('securityContext').isTrue('readOnlyRootFilesystem'))),
  },
  'container-admin-capability': {
    title: 'has the capability SYS_ADMIN or SYS_MODULE, or all of them',
    reason: 'Each of them is close to being root on the node.',
    fix: {
      typescript: 'security: PodSecurity.custom({ addCapabilities: [...] }) without them',
      terraform: 'security_context.capabilities.add without them',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_39'], trivy: ['KSV-0005', 'KSV-0120'] },
    source: STANDARDS,
    over: onContainers((container) => adds(container, isAmong('SYS_ADMIN', 'SYS_MODULE', 'ALL'))),
  },
  'container-added-capabilities': {
    title: 'has capabilities that no container has by default',
    reason: 'Each one allows something that is otherwise reserved for root on the node.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.capabilities.add without them',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { trivy: ['KSV-0022'] },
    source: STANDARDS,
    over: onContainers((container) => adds(container, (name) => !isAmong(...DEFAULT_CAPABILITIES)(name))),
  },
  'container-restored-capabilities': {
    title: 'adds capabilities other than NET_BIND_SERVICE',
    reason: 'An image that drops its rights when it starts needs some; one that starts without rights needs none.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.capabilities.add without them',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_25'], trivy: ['KSV-0106'] },
    source: STANDARDS,
    over: onContainers((container) => adds(container, (name) => !isAmong('NET_BIND_SERVICE')(name))),
  },
  'container-net-raw': {
    title: 'may send raw packets',
    reason:
      'With NET_RAW, which is included by default, a container can impersonate others on the network of the node.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.capabilities.drop = ["ALL"]',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_28'], trivy: ['KSV-0119'], kubeLinter: ['drop-net-raw-capability'] },
    source: STANDARDS,
    over: onContainers((container) =>
      any([not(drops(container, isAmong('ALL', 'NET_RAW'))), adds(container, isAmong('NET_RAW'))]),
    ),
  },
  'container-kept-capabilities': {
    title: 'keeps the capabilities that containers have by default',
    reason: 'Most programs need none of them, and each helps an attacker to escape.',
    fix: {
      typescript: 'security: PodSecurity.restricted()',
      terraform: 'security_context.capabilities.drop = ["ALL"]',
    },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_37'], trivy: ['KSV-0003', 'KSV-0004'] },
    source: STANDARDS,
    over: onContainers((container) => not(drops(container, isAmong('ALL')))),
  },
  'container-user-id': {
    title: 'runs with a user or group id below 10000',
    reason: 'Low ids may belong to users of the node, whose files an attacker who escapes could read.',
    fix: {
      typescript: 'security: PodSecurity.restricted({ userId: 10001 })',
      terraform: 'security_context.run_as_user and run_as_group of 10000 or more',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: {
      checkov: ['CKV_K8S_40'],
      trivy: ['KSV-0020', 'KSV-0021'],
      kubeScore: ['container-security-context-user-group-id'],
    },
    source: CONTEXT,
    over: onContainers((container, { spec }) =>
      not(
        all(['runAsUser', 'runAsGroup'].map((name) => inherited(container, spec, name, (id) => Number(id) >= 10_000))),
      ),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** Whether a statement holds for a setting in the security context of a container, or else of its pod. */
export function inherited(container: Block, pod: Block, name: string, holds: (text: string) => boolean): Answer {
  const own = container.block('securityContext');
  return own.is(name, holds, own.exists === undefined ? undefined : pod.block('securityContext').is(name, holds));
}

function adds(container: Block, holds: (name: string) => boolean): Answer {
  return some(container.block('securityContext').block('capabilities').list('add'), holds);
}

function drops(container: Block, holds: (name: string) => boolean): Answer {
  return some(container.block('securityContext').block('capabilities').list('drop'), holds);
}

/** Whether a capability is among some names, in any spelling. */
function isAmong(...names: readonly string[]): (name: string) => boolean {
  return (name) => names.includes(name.toUpperCase().replace(/^CAP_/, ''));
}
