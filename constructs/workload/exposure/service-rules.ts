import { integerRule, type Rule } from '../../core/rules/rule';
import { dnsLabelRule } from '../../kubernetes/kubernetes-rules';

const VALIDATION = 'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go';

export const servicePortName = dnsLabelRule('service-port-name', 'metrics', VALIDATION);

export const appProtocol: Rule<string> = {
  id: 'app-protocol',
  must: "must be a name of up to 63 letters, digits, '-', '_' and '.', optionally after a DNS name and '/'",
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol',
  example: 'kubernetes.io/h2c',
  holds: (value) =>
    /^((?=[^/]{1,253}\/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(
      value,
    ),
};

export const sessionAffinitySeconds = integerRule('session-affinity-seconds', 1, 86_400, VALIDATION, 10_800);

/** The target of an ExternalName Service. */
export const externalName: Rule<string> = {
  id: 'external-name',
  must: "must be a DNS name: up to 253 lower-case letters, digits, '-' and '.', with each part beginning and ending with a letter or digit, and no IP address",
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#externalname',
  example: 'orders.postgres.database.azure.com',
  holds: (value) =>
    value.length <= 253 &&
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\.?$/.test(value) &&
    !/^\d+(\.\d+){3}\.?$/.test(value),
};
