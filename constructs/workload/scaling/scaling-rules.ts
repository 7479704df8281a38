import { integerRule } from '../../core/rules/rule';

const AUTOSCALING =
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/autoscaling/validation/validation.go';
const MAX_INT32 = 2 ** 31 - 1;

export const autoscaledReplicas = integerRule('autoscaled-replicas', 1, MAX_INT32, AUTOSCALING, 2);

/** A share of what the containers request; it may be above 100, since they may use more than that. */
export const utilizationPercent = integerRule('utilization-percent', 1, MAX_INT32, AUTOSCALING, 70);

export const stabilizationSeconds = integerRule('stabilization-seconds', 0, 3600, AUTOSCALING, 300);

export const policyPeriodSeconds = integerRule('policy-period-seconds', 1, 1800, AUTOSCALING, 60);

export const podsPerPeriod = integerRule('pods-per-period', 1, MAX_INT32, AUTOSCALING, 4);

export const timeoutMinutes = integerRule(
  'timeout-minutes',
  1,
  1440,
  'https://developer.hashicorp.com/terraform/language/resources/syntax#operation-timeouts',
  15,
);
