import { integerRule, type Rule } from '../../core/rules/rule';

const AUTOSCALING =
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/autoscaling/validation/validation.go';
const MAX_INT32 = 2 ** 31 - 1;

export const autoscaledReplicas = integerRule('autoscaled-replicas', 1, MAX_INT32, AUTOSCALING, 2);

/** A percentage of the requests of containers; it may be above 100, since they may use more than they request. */
export const utilizationPercent = integerRule('utilization-percent', 1, MAX_INT32, AUTOSCALING, 70);

export const stabilizationSeconds = integerRule('stabilization-seconds', 0, 3600, AUTOSCALING, 300);

export const policyPeriodSeconds = integerRule('policy-period-seconds', 1, 1800, AUTOSCALING, 60);

export const podsPerPeriod = integerRule('pods-per-period', 1, MAX_INT32, AUTOSCALING, 4);

export const metricName: Rule<string> = {
  id: 'metric-name',
  must: "must be one or more characters without '/' and '%', other than '.' and '..'",
  source: AUTOSCALING,
  example: 'http_requests_per_second',
  holds: (value) => value !== '' && value !== '.' && value !== '..' && !/[/%]/.test(value),
};

/** The value of a metric, of which Kubernetes stores thousandths. */
export const metricValue: Rule<number> = {
  id: 'metric-value',
  must: 'must be greater than 0 and at most 10^12, with up to three decimal places',
  source: AUTOSCALING,
  example: 100,
  holds: (value) => value > 0 && value <= 1e12 && Number(value.toFixed(3)) === value,
};

export const apiVersion: Rule<string> = {
  id: 'api-version',
  must: 'must be a version of an API, with its group and "/" in front, unless it is the core group',
  source: 'https://kubernetes.io/docs/reference/using-api/#api-groups',
  example: 'networking.k8s.io/v1',
  holds: (value) => /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v\d+((alpha|beta)\d+)?$/.test(value),
};

export const timeoutMinutes = integerRule(
  'timeout-minutes',
  1,
  1440,
  'https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts',
  15,
);
