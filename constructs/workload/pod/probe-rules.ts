import { integerRule, type Rule } from '../../core/rules/rule';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go';
const MAX_INT32 = 2 ** 31 - 1;

/** A period, timeout or threshold. Kubernetes would replace 0 with the default. */
export const probeCount = integerRule('probe-count', 1, MAX_INT32, VALIDATION, 3);

export const probeDelay = integerRule('probe-delay', 0, MAX_INT32, VALIDATION, 5);

/** The path of an HTTP probe. Nodes prepend a missing "/", and encode spaces as in URLs. */
export const probePath: Rule<string> = {
  id: 'probe-path',
  must: 'must be a non-empty path',
  source: VALIDATION,
  example: '/healthz',
  holds: (value) => value !== '',
  isFreeText: true,
};

export const successOnce: Rule<number> = {
  id: 'success-once',
  must: 'must be 1 for a startup or liveness probe',
  source: VALIDATION,
  example: 1,
  holds: (value) => value === 1,
};
