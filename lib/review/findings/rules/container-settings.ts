import { hasExpression, isExpression } from '../../../terraform-json/expression';
import { canonical, own } from '../../../terraform-json/json';
import { soundsSecret } from '../../../terraform-json/sensitive';
import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import { imageReference } from '../image';
import { onContainers, onRunningContainers, type RuleProps } from '../rule';

const RESOURCES = 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/';
const PROBES = 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/';
const IMAGES = 'https://kubernetes.io/docs/concepts/containers/images/';
const SECRETS = 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/';
const STANDARDS = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';

/** Rules about the resources, images, environment and ports of containers. */
export const CONTAINER_SETTINGS = {
  'container-cpu-request': {
    title: 'has no CPU request',
    reason: 'Kubernetes then schedules the pod without checking whether the node has CPU left.',
    fix: {
      typescript: 'resources: { cpuRequest: Cpu.millis(100) }',
      terraform: 'resources.requests = { cpu = "100m" }',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_10'],
      trivy: ['KSV-0015'],
      kubeLinter: ['unset-cpu-requirements'],
      kubeScore: ['container-resources'],
    },
    source: RESOURCES,
    over: onContainers((container) => lacks(container, 'requests', 'cpu')),
  },
  'container-memory-request': {
    title: 'has no memory request',
    reason: 'Kubernetes then schedules the pod without checking whether the node has memory left, and evicts it first.',
    fix: {
      typescript: 'resources: { memoryRequest: Memory.mebibytes(128) }',
      terraform: 'resources.requests = { memory = "128Mi" }',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_13'],
      trivy: ['KSV-0016'],
      kubeLinter: ['unset-memory-requirements'],
      kubeScore: ['container-resources'],
    },
    source: RESOURCES,
    over: onContainers((container) => lacks(container, 'requests', 'memory')),
  },
  'container-memory-limit': {
    title: 'has no memory limit',
    reason: 'A memory leak in one container affects the whole node, and everything that runs on it.',
    fix: {
      typescript: 'resources: { memoryLimit: Memory.mebibytes(256) }',
      terraform: 'resources.limits = { memory = "256Mi" }',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_12'],
      trivy: ['KSV-0018'],
      kubeLinter: ['unset-memory-requirements'],
      kubeScore: ['container-resources'],
    },
    source: RESOURCES,
    over: onContainers((container) => lacks(container, 'limits', 'memory')),
  },
  'container-cpu-limit': {
    title: 'has no CPU limit',
    reason:
      'A busy container can use all CPU that others have not requested. Many omit the limit on purpose, since it throttles a container even while CPU is free.',
    fix: {
      typescript: 'resources: { cpuLimit: Cpu.millis(500) }',
      terraform: 'resources.limits = { cpu = "500m" }',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: {
      checkov: ['CKV_K8S_11'],
      trivy: ['KSV-0011'],
      kubeLinter: ['unset-cpu-requirements'],
      kubeScore: ['container-resources'],
    },
    source: RESOURCES,
    over: onContainers((container) => lacks(container, 'limits', 'cpu')),
  },
  'container-ephemeral-storage': {
    title: 'has no request or limit of local storage',
    reason: 'A container that fills the disk of its node makes the node evict pods.',
    fix: { terraform: 'resources.requests and limits with "ephemeral-storage"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['container-ephemeral-storage-request-and-limit'] },
    source: RESOURCES,
    over: onContainers((container) =>
      any(['requests', 'limits'].map((kind) => lacks(container, kind, 'ephemeral-storage'))),
    ),
  },
  'container-liveness': {
    title: 'has no liveness probe',
    reason: 'A container that hangs is not restarted.',
    fix: { typescript: "probes: { liveness: Probe.http('/') }", terraform: 'liveness_probe { ... }' },
    severity: 'low',
    profile: 'strict',
    equivalents: {
      checkov: ['CKV_K8S_8'],
      kubeLinter: ['no-liveness-probe'],
      kubeScore: ['pod-probes'],
    },
    source: PROBES,
    over: onRunningContainers((container) => not(container.block('livenessProbe').exists)),
  },
  'container-readiness': {
    title: 'has no readiness probe',
    reason: 'A Service sends requests to a pod before it is ready, even during a rollout.',
    fix: { typescript: "probes: { readiness: Probe.http('/') }", terraform: 'readiness_probe { ... }' },
    severity: 'medium',
    profile: 'strict',
    equivalents: {
      checkov: ['CKV_K8S_9'],
      kubeLinter: ['no-readiness-probe'],
      kubeScore: ['pod-probes'],
    },
    source: PROBES,
    over: onRunningContainers((container) => not(container.block('readinessProbe').exists)),
  },
  'container-same-probes': {
    title: 'has identical liveness and readiness probes',
    reason: 'A temporary problem, such as a busy back end, then restarts the pod, which makes things worse.',
    fix: {
      typescript: 'probes: { readiness: ..., liveness: ... } with different questions',
      terraform: 'another path or command in liveness_probe',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { kubeScore: ['pod-probes-identical'] },
    source: PROBES,
    over: onRunningContainers((container) => {
      const [alive, ready] = [container.block('livenessProbe'), container.block('readinessProbe')];
      return all([alive.exists, ready.exists, any(QUESTIONS.map((name) => sameBlock(alive, ready, name)))]);
    }),
  },
  'container-image-tag': {
    title: 'runs an image without a fixed tag',
    reason: 'Two pods of a workload may run different versions, and there is no record of which version ran.',
    fix: { typescript: "image: registry.image('web', 'v1')", terraform: 'image with a tag, or with a digest' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {
      checkov: ['CKV_K8S_14'],
      trivy: ['KSV-0013'],
      kubeLinter: ['latest-tag'],
      kubeScore: ['container-image-tag'],
    },
    source: IMAGES,
    over: onContainers((container) => not(imageOf(container).isFixed)),
  },
  'container-image-digest': {
    title: 'runs an image by tag',
    reason: 'A tag can be moved to another image, which then runs without a review.',
    fix: {
      typescript: "image: registry.imageByDigest('web', 'sha256:...')",
      terraform: 'image = "registry/web@sha256:..."',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_43'] },
    source: IMAGES,
    over: onContainers((container) => not(imageOf(container).isByDigest)),
  },
  'container-pull-policy': {
    title: 'runs cached images without checking the registry',
    reason: 'Any pod on the node can use the image without permission to pull it, and a moved tag goes unnoticed.',
    fix: {
      typescript: "image: registry.imageByDigest('web', 'sha256:...')",
      terraform: 'image_pull_policy = "Always"',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_15'], kubeScore: ['container-image-pull-policy'] },
    source: IMAGES,
    over: onContainers((container) => {
      const { isFixed, isByDigest } = imageOf(container);
      // the default of Kubernetes is Always for a tag that is not fixed.
      return not(any([isByDigest, container.is('imagePullPolicy', (policy) => policy === 'Always', not(isFixed))]));
    }),
  },
  'container-repeated-variable': {
    title: 'sets an environment variable twice',
    reason: 'Only the last one takes effect, so changing the first one does nothing.',
    fix: { terraform: 'one env block a name' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { kubeLinter: ['duplicate-env-var'], kubeScore: ['environment-variable-key-duplication'] },
    source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
    over: onContainers((container) => {
      const { known, isComplete } = container.blocks('env');
      const names = known.map((variable) => variable.text('name'));
      const isRepeated = new Set(names).size < names.length && !names.includes(undefined);
      return isRepeated || (isComplete && !names.includes(undefined) ? false : undefined);
    }),
  },
  'container-secret-literal': {
    title: 'has a secret as a literal in its environment',
    reason: 'Anyone who can read the program, its JSON or the Terraform state can read it.',
    fix: {
      typescript: "environment: { PASSWORD: EnvValue.fromSecretKey('db', 'password') }",
      terraform: 'value_from.secret_key_ref',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { kubeLinter: ['env-var-secret'] },
    source: SECRETS,
    over: onContainers((container) =>
      some(container.blocks('env'), (variable) =>
        variable.is('value', () => variable.is('name', (name) => soundsSecret(name))),
      ),
    ),
  },
  'container-secret-variable': {
    title: 'has secrets in its environment',
    reason: 'Variables end up in dumps, in logs and in child processes; files do not, and they are updated.',
    fix: { typescript: 'Volume.fromKeyVault(...)', terraform: 'a volume with the secret' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_K8S_35'], kubeLinter: ['read-secret-from-env-var'] },
    source: SECRETS,
    over: onContainers((container) =>
      any([
        some(container.blocks('env'), (one) => one.block('valueFrom').block('secretKeyRef').exists),
        some(container.blocks('envFrom'), (one) => one.block('secretRef').exists),
      ]),
    ),
  },
  'container-git-sync': {
    title: 'sets the program that git-sync runs in an environment variable',
    reason: 'GITSYNC_GIT names the program that git-sync runs as git: anyone who can change it can run any program.',
    fix: { terraform: 'no env block with the name GITSYNC_GIT' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_159'] },
    source: 'https://github.com/kubernetes/git-sync#manual',
    over: onContainers((container) =>
      some(container.blocks('env'), (variable) => variable.is('name', (name) => name === 'GITSYNC_GIT')),
    ),
  },
  'container-host-port': {
    title: 'uses a host port',
    reason:
      'Only one such pod fits on a node, and it can be reached through the node, bypassing Services and policies.',
    fix: {
      typescript: 'exposure: Exposure.internalLoadBalancer()',
      terraform: 'a kubernetes_service_v1 in place of port.host_port',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_K8S_26'], trivy: ['KSV-0024'] },
    source: STANDARDS,
    over: onContainers((container) =>
      some(container.blocks('ports'), (port) => port.is('hostPort', (number) => Number(number) > 0)),
    ),
  },
  'container-ssh-port': {
    title: 'listens on the SSH port',
    reason: 'A shell that bypasses the API server is not in the audit log, unlike kubectl exec.',
    fix: { typescript: 'containerPort: 8080', terraform: 'no port.container_port = 22' },
    severity: 'medium',
    profile: 'strict',
    equivalents: { kubeLinter: ['ssh-port'] },
    source: 'https://docs.kubelinter.io/#/generated/checks?id=ssh-port',
    over: onContainers((container) => listens(container, (port) => port === 22)),
  },
  'container-privileged-port': {
    title: 'listens on a port below 1024',
    reason: 'Such ports are often a sign of a program that runs as root.',
    fix: { typescript: 'containerPort: 8080', terraform: 'port.container_port of 1024 or more' },
    severity: 'low',
    profile: 'strict',
    equivalents: { trivy: ['KSV-0117'], kubeLinter: ['privileged-ports'] },
    source: 'https://docs.kubelinter.io/#/generated/checks?id=privileged-ports',
    over: onContainers((container) => listens(container, (port) => port > 0 && port < 1024)),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** The kinds of probes. */
const QUESTIONS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

function sameBlock(one: Block, other: Block, name: string): Answer {
  const [a, b] = [one.block(name), other.block(name)];
  const isSame = canonical(a.json) === canonical(b.json);
  const isOpen = hasExpression(a.json) || hasExpression(b.json);
  return all([a.exists, b.exists, isSame || (isOpen ? undefined : false)]);
}

/** Whether a container lacks a request or a limit of a resource. */
function lacks(container: Block, kind: string, resource: string): Answer {
  const resources = container.block('resources');
  const amounts = resources.map(kind);
  if (amounts === undefined) {
    return undefined;
  }
  const amount = own(amounts, resource) ?? null;
  return isExpression(amount) ? undefined : amount === null;
}

function imageOf(container: Block) {
  const image = own(container.json, 'image');
  return typeof image === 'string' ? imageReference(image) : { isFixed: undefined, isByDigest: undefined };
}

function listens(container: Block, holds: (port: number) => boolean): Answer {
  return some(container.blocks('ports'), (port) => port.is('containerPort', (number) => holds(Number(number))));
}
