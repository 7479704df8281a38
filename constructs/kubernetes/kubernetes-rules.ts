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

export const graceSeconds = integerRule(0, MAX_INT32, `${VALIDATION}/core/validation/validation.go`, 30);
