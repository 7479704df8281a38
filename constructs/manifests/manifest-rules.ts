import { isIP } from 'node:net';
import { isIpRange } from '../core/addresses/address-space';
import { integerRule, type Rule } from '../core/rules/rule';
import { dnsLabelRule } from '../kubernetes/kubernetes-rules';
import { isAbove } from '../kubernetes/quantity';
import { quantity } from '../workload/pod/pod-rules';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis';

/** The name of a role or of its binding, which is part of a path and not a host name. */
export const accessName: Rule<string> = {
  id: 'access-name',
  must: "must be one or more characters without '/' and '%', other than '.' and '..'",
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

/** The first or second part of the host name of a pod. */
export const hostLabel = dnsLabelRule('manifest-host-label', 'shop-pods');

export const ipAddress: Rule<string> = {
  id: 'manifest-ip-address',
  must: 'must be an IP address',
  source: `${VALIDATION}/core/validation/validation.go`,
  example: '10.1.2.3',
  holds: (value) => isIP(value) !== 0,
};

export const ipRange: Rule<string> = {
  id: 'manifest-ip-range',
  must: 'must be a range of addresses with its mask',
  source: `${VALIDATION}/networking/validation/validation.go`,
  example: '10.1.0.0/16',
  holds: isIpRange,
};

export const percent: Rule<string> = {
  id: 'manifest-percent',
  must: 'must be a whole number of pods, without quotes, or a percentage',
  source: `${VALIDATION}/apps/validation/validation.go`,
  example: '25%',
  holds: (value) => /^\d+%$/.test(value),
};

export const absolutePath: Rule<string> = {
  id: 'manifest-path',
  must: "must begin with '/'",
  source: `${VALIDATION}/networking/validation/validation.go`,
  example: '/api',
  holds: (value) => value.startsWith('/'),
};

export const positiveQuantity: Rule<string> = {
  id: 'manifest-positive-quantity',
  must: 'must be greater than 0',
  source: `${VALIDATION}/core/validation/validation.go`,
  example: '8Gi',
  holds: (value) => quantity.holds(value) && isAbove(value, '0'),
};

export const affinityWeight = integerRule(
  'manifest-affinity-weight',
  1,
  100,
  `${VALIDATION}/core/validation/validation.go`,
);

export const fileMode = integerRule(
  'manifest-file-mode',
  0,
  0o777,
  `${VALIDATION}/core/validation/validation.go`,
  0o644,
);

/** Kubernetes issues tokens for ten minutes or more. */
export const tokenSeconds = integerRule(
  'manifest-token-seconds',
  600,
  2 ** 32,
  `${VALIDATION}/core/validation/validation.go`,
  3600,
);
