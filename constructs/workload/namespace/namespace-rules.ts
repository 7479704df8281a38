import { integerRule, type Rule } from '../../core/rules/rule';

const QUOTAS = 'https://kubernetes.io/docs/concepts/policy/resource-quotas/';

/** A number of objects of a kind, or of GiB, in a quota. */
export const objectCount = integerRule('object-count', 0, Number.MAX_SAFE_INTEGER, QUOTAS, 10);

/** The resources of a quota that have a separate property, which an entry among others would override. */
const WITH_PROPERTY = [
  ...['requests.cpu', 'cpu', 'limits.cpu', 'requests.memory', 'memory', 'limits.memory', 'requests.storage'],
  ...['pods', 'count/pods', 'services.loadbalancers', 'services.nodeports', 'persistentvolumeclaims'],
];

export const quotaResource: Rule<string> = {
  id: 'quota-resource',
  must: 'must be the name of a resource that a quota can limit, other than those with a separate property',
  source: `${QUOTAS}#object-count-quota`,
  example: 'count/jobs.batch',
  holds: (value) =>
    !WITH_PROPERTY.includes(value) &&
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value),
};

export const podSecurityVersion: Rule<string> = {
  id: 'pod-security-version',
  must: 'must be "latest" or a minor version of Kubernetes, beginning with "v"',
  source:
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  example: 'v1.34',
  holds: (value) => /^(latest|v1\.[0-9]+)$/.test(value),
};
