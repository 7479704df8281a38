import { isIpRange } from '../core/addresses/address-space';
import { isAbove } from './pod/quantity';
import { isSpecial } from '../core/addresses/special-ranges';
import { integerRule, type Rule } from '../core/rules/rule';

const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names';
const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The longest name of a Deployment whose pods can be named after it: 63 characters less "-", the 10 of a replica set's
 * hash, "-" and the 5 of a pod's.
 */
const MAX_WORKLOAD_NAME = 46;

/** A name that serves every object of a workload, its container and its label at once. */
export const workloadName: Rule<string> = {
  must: `must be 1 to ${MAX_WORKLOAD_NAME} lower-case letters, digits and '-', beginning with a letter and not ending with '-'`,
  source: `${NAMES}#rfc-1035-label-names`,
  inside: ['jm-inn-azure-vote-front', 'a', 'a'.repeat(MAX_WORKLOAD_NAME), 'a1'],
  outside: ['', 'a'.repeat(MAX_WORKLOAD_NAME + 1), '1a', 'Front', 'a_b', 'a-', 'a.b'],
  holds: (value) => LABEL.test(value) && value.length <= MAX_WORKLOAD_NAME,
};

/** A name that pods and their host names begin with, which cut off what is too long of it. */
export const deploymentName: Rule<string> = {
  must: "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
  source: `${NAMES}#dns-label-names`,
  inside: ['jm-inn-azure-vote-front-deployment', 'a', '1a', 'a'.repeat(63)],
  outside: ['', 'a'.repeat(64), 'Front', 'a_b', 'a-', '-a', 'a.b'],
  holds: (value) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
};

/** The longest name of a StatefulSet: its pods have it in a label, with "-" and the 10 of a revision's hash. */
const MAX_STATEFUL_SET_NAME = 52;

export const statefulSetName: Rule<string> = {
  must: `must be 1 to ${MAX_STATEFUL_SET_NAME} lower-case letters, digits and '-', with a letter or digit at both ends`,
  source: 'https://github.com/kubernetes/kubernetes/issues/64023',
  inside: ['jm-inn-azure-vote-back', 'a', '1a', 'a'.repeat(MAX_STATEFUL_SET_NAME)],
  outside: ['', 'a'.repeat(MAX_STATEFUL_SET_NAME + 1), 'Back', 'a_b', 'a-', '-a', 'a.b'],
  holds: (value) => deploymentName.holds(value) && value.length <= MAX_STATEFUL_SET_NAME,
  hint: 'a back end with a disk has a StatefulSet, whose pods carry its name in a label',
};

export const serviceName: Rule<string> = {
  must: "must be 1 to 63 lower-case letters, digits and '-', beginning with a letter and not ending with '-'",
  source: `${NAMES}#rfc-1035-label-names`,
  inside: ['jm-inn-azure-vote-front-service', 'a', 'a1', 'a'.repeat(63)],
  outside: ['', 'a'.repeat(64), '1a', 'Front', 'a_b', 'a-', 'a.b'],
  holds: (value) => LABEL.test(value) && value.length <= 63,
};

/** What leaves room for "-front" and "-back". */
const MAX_NAME_PREFIX = MAX_WORKLOAD_NAME - '-front'.length;

export const namePrefix: Rule<string> = {
  must: `must be 1 to ${MAX_NAME_PREFIX} lower-case letters, digits and '-', beginning with a letter and not ending with '-'`,
  source: `${NAMES}#rfc-1035-label-names`,
  inside: ['jm-inn-azure-vote', 'a', 'a'.repeat(MAX_NAME_PREFIX)],
  outside: ['', 'a'.repeat(MAX_NAME_PREFIX + 1), '1a', 'Vote', 'a_b', 'a-'],
  holds: (value) => LABEL.test(value) && value.length <= MAX_NAME_PREFIX,
};

export const namespaceName: Rule<string> = {
  must: "must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
  source: `${NAMES}#dns-label-names`,
  inside: ['vote', 'a', '1a', 'a'.repeat(63)],
  outside: ['', 'a'.repeat(64), 'Vote', 'a_b', '-a'],
  holds: (value) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
};

/** A namespace that does not exist yet: clusters come with some, and keep the prefix for more of their own. */
export const newNamespaceName: Rule<string> = {
  must: `${namespaceName.must}, and neither "default" nor begin with "kube-"`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  inside: ['vote', 'a', '1a', 'a'.repeat(63), 'kubernetes'],
  outside: ['', 'Vote', 'default', 'kube-system', 'kube-vote'],
  holds: (value) => namespaceName.holds(value) && value !== 'default' && !value.startsWith('kube-'),
};

export const serviceAccountName: Rule<string> = {
  must: "must be 3 to 63 lower-case letters, digits and '-', with a letter or digit at both ends",
  source: `${NAMES}#dns-subdomain-names`,
  inside: ['orders', 'abc', 'a'.repeat(63), '1-a'],
  outside: ['', 'ab', 'a'.repeat(64), 'Orders', 'a_b', '-ab', 'ab-'],
  holds: (value) => /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(value),
};

export const portName: Rule<string> = {
  must: "must be 1 to 15 lower-case letters, digits and single '-', with a letter in it and no '-' at either end",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['redis', 'a', 'a'.repeat(15), '8080-http'],
  outside: ['', 'a'.repeat(16), '8080', 'a--b', '-a', 'Redis', 'a_b'],
  holds: (value) => /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(value),
};

export const port = integerRule(1, 65535, `${VALIDATION}/core/validation/validation.go`, 80);

/** The largest number that fits the 32 bits that Kubernetes has for it. */
const MAX_INT32 = 2 ** 31 - 1;

export const replicas = integerRule(0, MAX_INT32, `${VALIDATION}/apps/validation/validation.go`, 2);

export const seconds = integerRule(0, MAX_INT32, `${VALIDATION}/apps/validation/validation.go`, 5);

export const environmentName: Rule<string> = {
  must: "must be printable ASCII characters without '='",
  source:
    'https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go',
  inside: ['REDIS', '_a', 'a.b-c', '1A', 'A B', '.', '..a', 'Logging:Level', '~!'],
  outside: ['', 'A=B', '=', 'Ä', 'A\n', 'A\t', 'A\u007f'],
  holds: (value) => /^[ -<>-~]+$/.test(value),
};

export const quantity: Rule<string> = {
  must: 'must be a Kubernetes quantity that is not negative',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity',
  inside: ['250m', '0', '0.5', '128Mi', '1e3', '.5', '2.'],
  outside: ['', '250mm', '-1', '1 Gi', '1mi', 'Mi', '0,5'],
  holds: (value) => /^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/.test(value),
};

/** The longest label, and so the longest value of one. */
const MAX_LABEL = 63;

export const containerName: Rule<string> = {
  must: `must be 1 to ${MAX_LABEL} lower-case letters, digits and '-', with a letter or digit at both ends`,
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['wait-for-database', 'a', '1a', 'a'.repeat(MAX_LABEL)],
  outside: ['', 'a'.repeat(MAX_LABEL + 1), 'Init', 'a_b', '-a', 'a.b'],
  holds: (value) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
};

export const labelValue: Rule<string> = {
  must: `must be 1 to ${MAX_LABEL} letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  inside: ['shop', 'A.b_c-1', 'a'.repeat(MAX_LABEL)],
  outside: ['', 'a'.repeat(MAX_LABEL + 1), 'my shop', '-a', 'a+b', 'a/b'],
  holds: (value) => /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(value),
};

/** Names of Secrets, storage classes and other objects that the library refers to and does not make. */
export const objectName: Rule<string> = {
  must: "must be 1 to 253 lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part",
  source: `${NAMES}#dns-subdomain-names`,
  inside: ['managed-csi', 'a.b', 'a'.repeat(253)],
  outside: ['', 'a'.repeat(254), 'Managed', 'a_b', '-a', 'a..b', 'a.'],
  holds: (value) =>
    value.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(value),
};

export const configKey: Rule<string> = {
  must: "must be 1 to 253 letters, digits, '-', '_' and '.', not beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['password', 'a.b_c-D', 'a'.repeat(253)],
  outside: ['', 'a'.repeat(254), 'a b', 'a/b', '.', '..', '..a'],
  holds: (value) => /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/.test(value),
};

export const filePath: Rule<string> = {
  must: "must be the absolute path of a file: letters, digits, '-', '_' and '.' between single '/', no part beginning with '..'",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['/app/config_file.cfg', '/a', '/etc/app/.hidden'],
  outside: ['', '/', 'app/config', '/app/', '/a//b', '/a/../b', '/a:b', '/a b'],
  holds: (value) => /^(\/(?!\.\.)(?!\.(\/|$))[-._a-zA-Z0-9]+)+$/.test(value) && value.length < 250,
};

/** What the downward API gives to an environment variable. */
const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'];
const STATUS_FIELDS = ['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];

export const fieldPath: Rule<string> = {
  must: `must be one of ${[...FIELDS, ...STATUS_FIELDS].join(', ')}, metadata.labels['<key>'] and metadata.annotations['<key>']`,
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  inside: ['metadata.name', 'status.podIP', "metadata.labels['app']"],
  outside: ['', 'name', 'metadata.labels', 'status.phase', 'spec.containers'],
  holds: (value) =>
    [...FIELDS, ...STATUS_FIELDS].includes(value) || /^metadata\.(labels|annotations)\['[^']+'\]$/.test(value),
};

export const nodePort: Rule<number> = {
  ...integerRule(30000, 32767, `${VALIDATION}/core/validation/validation.go`, 30080),
  hint: 'that is the range that clusters give to node ports',
};

export const graceSeconds = integerRule(0, MAX_INT32, `${VALIDATION}/core/validation/validation.go`, 30);

export const sourceRange: Rule<string> = {
  must: 'must be a range of addresses with its mask, and not of loopback, link-local or multicast ones',
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['203.0.113.0/24', '10.0.0.0/8', '192.0.2.7/32', '0.0.0.0/1', '2001:db8::/32'],
  outside: [
    '',
    '203.0.113.7',
    '203.0.113.0/33',
    '010.0.0.0/8',
    '10.1/16',
    'example.com',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '127.0.0.0/8',
    '224.0.0.0/4',
    '169.254.169.254/32',
    'ff00::/8',
    'fe80::/10',
  ],
  holds: (value) => isIpRange(value) && !isSpecial(value),
};

export const memoryQuantity: Rule<string> = {
  must: 'must be a Kubernetes quantity of memory that is not negative, in bytes or with a unit such as "Mi" or "Gi"',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  inside: ['128Mi', '0', '1e9', '64M', '0.5Gi', '512m', '100u'],
  outside: ['', '128mi', '-1Mi', '1 Gi', 'Mi'],
  holds: quantity.holds,
};

/** The least memory that container runtimes start a container with. */
export const memoryLimit: Rule<string> = {
  must: 'must be at least 6Mi',
  source: 'https://docs.docker.com/engine/containers/resource_constraints/#limit-a-containers-access-to-memory',
  inside: ['128Mi', '6Mi', '1Gi'],
  outside: ['128', '5Mi', '64k'],
  holds: (value) => !isAbove('6Mi', value),
  hint: 'with less no container starts',
};

/** All texts of a ConfigMap together, in bytes. */
export const configSize: Rule<number> = {
  must: 'must be at most 1048576 bytes together with all other values of the ConfigMap',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation',
  inside: [1000, 0, 1048576],
  outside: [1048577],
  holds: (value) => value <= 1048576,
  hint: 'a ConfigMap holds no more: put large files in the image or on a volume',
};
