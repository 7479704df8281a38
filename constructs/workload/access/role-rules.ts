import type { Rule } from '../../core/rules/rule';
import { KubernetesVerb } from './kubernetes-verb';

const RBAC = 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/';

/** The name of a role or a binding, which is a path segment and may contain ":", such as "system:node". */
export const roleName: Rule<string> = {
  id: 'role-name',
  must: "must be 1 to 253 characters, without '/' and '%', and neither '.' nor '..'",
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names',
  example: 'read-config',
  holds: (value) => /^[^/%]{1,253}$/.test(value) && value !== '.' && value !== '..',
};

export const apiGroup: Rule<string> = {
  id: 'api-group',
  must: 'must be the name of an API group in lower case, without a version, "" for the core group, or "*"',
  source: `${RBAC}#referring-to-resources`,
  example: 'apps',
  holds: (value) => value === '' || value === '*' || /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(value),
};

export const apiResource: Rule<string> = {
  id: 'api-resource',
  must: 'must be the plural name of a resource in lower case, optionally with a subresource after "/", or "*"',
  source: `${RBAC}#referring-to-resources`,
  example: 'configmaps',
  holds: (value) => /^(\*|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)(\/(\*|[a-z]+))?$/.test(value),
};

/** The verbs whose requests apply to a whole resource, and so never name an object. */
export const VERBS_WITHOUT_NAME: readonly KubernetesVerb[] = [KubernetesVerb.CREATE, KubernetesVerb.DELETE_COLLECTION];
