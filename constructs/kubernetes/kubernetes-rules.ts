import { integerRule, type Rule } from '../core/rules/rule';

const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names';
const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The longest name of a Deployment whose pods can be named after it: 63 characters less "-", the 10 of a replica set's
 * hash, "-" and the 5 of a pod's.
 */
const MAX_WORKLOAD_NAME = 46;

/** A name that is valid for every object of a workload, its container and its label. */
export const workloadName: Rule<string> = {
  id: 'workload-name',
  must: `must be 1 to ${MAX_WORKLOAD_NAME} lower-case letters, digits and '-', beginning with a letter and not ending with '-'`,
  source: `${NAMES}#rfc-1035-label-names`,
  example: 'jm-inn-azure-vote-front',
  holds: (value) => LABEL.test(value) && value.length <= MAX_WORKLOAD_NAME,
};

/** A rule for names that are DNS labels according to RFC 1123. */
export function dnsLabelRule(id: string, example: string, source = `${NAMES}#dns-label-names`): Rule<string> {
  return {
    id,
    must: "must be 1 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit",
    source,
    example,
    holds: (value) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
  };
}

/** A name with which pods and their host names begin, where it is truncated if it is too long. */
export const deploymentName = dnsLabelRule('deployment-name', 'jm-inn-azure-vote-front-deployment');

/**
 * The longest name of a StatefulSet: a label of its pods consists of it, "-" and the 10 characters of a revision's
 * hash.
 */
const MAX_STATEFUL_SET_NAME = 52;

export const statefulSetName: Rule<string> = {
  id: 'stateful-set-name',
  must: `must be 1 to ${MAX_STATEFUL_SET_NAME} lower-case letters, digits and '-', beginning and ending with a letter or digit`,
  source: 'https://github.com/kubernetes/kubernetes/issues/64023',
  example: 'jm-inn-azure-vote-back',
  holds: (value) => deploymentName.holds(value) && value.length <= MAX_STATEFUL_SET_NAME,
  hint: 'the name is part of a label of its pods',
};

export const serviceName: Rule<string> = {
  id: 'service-name',
  must: "must be 1 to 63 lower-case letters, digits and '-', beginning with a letter and not ending with '-'",
  source: `${NAMES}#rfc-1035-label-names`,
  example: 'jm-inn-azure-vote-front-service',
  holds: (value) => LABEL.test(value) && value.length <= 63,
};

/** The longest prefix that leaves room for "-front" and "-back". */
const MAX_NAME_PREFIX = MAX_WORKLOAD_NAME - '-front'.length;

export const namePrefix: Rule<string> = {
  id: 'name-prefix',
  must: `must be 1 to ${MAX_NAME_PREFIX} lower-case letters, digits and '-', beginning with a letter and not ending with '-'`,
  source: `${NAMES}#rfc-1035-label-names`,
  example: 'jm-inn-azure-vote',
  holds: (value) => LABEL.test(value) && value.length <= MAX_NAME_PREFIX,
};

export const namespaceName = dnsLabelRule('namespace-name', 'vote');

/** A namespace that does not exist yet: clusters come with some, and reserve a prefix for more. */
export const newNamespaceName: Rule<string> = {
  id: 'new-namespace-name',
  must: `${namespaceName.must}, other than "default" and names that begin with "kube-"`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  example: 'vote',
  holds: (value) => namespaceName.holds(value) && value !== 'default' && !value.startsWith('kube-'),
};

export const serviceAccountName: Rule<string> = {
  id: 'service-account-name',
  must: "must be 3 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit",
  source: `${NAMES}#dns-subdomain-names`,
  example: 'orders',
  holds: (value) => /^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(value),
};

export const portName: Rule<string> = {
  id: 'port-name',
  must: "must be 1 to 15 lower-case letters, digits and single '-', with at least one letter and no '-' at either end",
  source: `${VALIDATION}/core/validation/validation.go`,
  example: 'redis',
  holds: (value) => /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/.test(value),
};

export const port = integerRule('port', 1, 65535, `${VALIDATION}/core/validation/validation.go`, 80);

/** The largest signed number of 32 bits. */
const MAX_INT32 = 2 ** 31 - 1;

export const replicas = integerRule('replicas', 0, MAX_INT32, `${VALIDATION}/apps/validation/validation.go`, 2);

export const seconds = integerRule('seconds', 0, MAX_INT32, `${VALIDATION}/apps/validation/validation.go`, 5);

/** The longest value of a label. */
export const MAX_LABEL = 63;

export const containerName = dnsLabelRule(
  'container-name',
  'wait-for-database',
  `${VALIDATION}/core/validation/validation.go`,
);

/** The key of a label, optionally with a DNS name as its prefix. */
export const labelKey: Rule<string> = {
  id: 'label-key',
  must: 'must be the key of a label: up to 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  example: 'app.kubernetes.io/name',
  holds: (value) =>
    /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(
      value,
    ),
};

export const labelValue: Rule<string> = {
  id: 'label-value',
  must: `must be 1 to ${MAX_LABEL} letters, digits, '-', '_' and '.', beginning and ending with a letter or digit`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  example: 'shop',
  holds: (value) => /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(value),
};

/** The value of a label, or of a taint, which may be empty. */
export const nodeLabelValue: Rule<string> = {
  id: 'node-label-value',
  must: 'must be the value of a label: up to 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, or empty',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  example: 'web',
  holds: (value) => value === '' || labelValue.holds(value),
};

/** The name of a Secret, a storage class or another object that the library refers to, but does not create. */
export const objectName: Rule<string> = {
  id: 'object-name',
  must: "must be 1 to 253 lower-case letters, digits, '-' and '.', with each part beginning and ending with a letter or digit",
  source: `${NAMES}#dns-subdomain-names`,
  example: 'shop-settings',
  holds: (value) =>
    value.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(value),
};

export const graceSeconds = integerRule(
  'grace-seconds',
  0,
  MAX_INT32,
  `${VALIDATION}/core/validation/validation.go`,
  30,
);
