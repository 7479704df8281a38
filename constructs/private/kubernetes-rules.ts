import { integerRule, type Rule } from './rule';

const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names';
const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The longest name of a Deployment whose pods can be named after it: 63 characters less "-", the 10 of a replica set's
 * hash, "-" and the 5 of a pod's.
 */
const MAX_WORKLOAD_NAME = 46;

/** A name that serves the Deployment, its container, its label and its Service at once. */
export const workloadName: Rule<string> = {
  must: `must be 1 to ${MAX_WORKLOAD_NAME} lower-case letters, digits and '-', beginning with a letter and not ending with '-'`,
  source: `${NAMES}#rfc-1035-label-names`,
  inside: ['jm-inn-azure-vote-front', 'a', 'a'.repeat(MAX_WORKLOAD_NAME), 'a1'],
  outside: ['', 'a'.repeat(MAX_WORKLOAD_NAME + 1), '1a', 'Front', 'a_b', 'a-', 'a.b'],
  holds: (value) => LABEL.test(value) && value.length <= MAX_WORKLOAD_NAME,
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
  must: "must be letters, digits, '_', '-' and '.', not beginning with a digit",
  source: `${VALIDATION}/core/validation/validation.go`,
  inside: ['REDIS', '_a', 'a.b-c'],
  outside: ['', '1A', 'A B', 'A=B', '.', '..', '..a'],
  holds: (value) => /^(?!\.\.)(?!\.$)[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value),
};

export const quantity: Rule<string> = {
  must: 'must be a Kubernetes quantity that is not negative',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity',
  inside: ['250m', '0', '0.5', '128Mi', '1e3', '.5', '2.'],
  outside: ['', '250mm', '-1', '1 Gi', '1mi', 'Mi', '0,5'],
  holds: (value) => /^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/.test(value),
};
