import type { Rule } from '../core/rules/rule';

/** The name of a role or of its binding, which is a part of a path and no host name. */
export const accessName: Rule<string> = {
  id: 'access-name',
  must: "must not be empty, '.' or '..', and must have no '/' and no '%'",
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names',
  example: 'system:node-reader',
  holds: (value) => value !== '' && value !== '.' && value !== '..' && !/[/%]/.test(value),
};

export const base64: Rule<string> = {
  id: 'manifest-base64',
  must: 'must be Base64 with its padding',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
  example: 'c2VjcmV0',
  holds: (value) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
};
