import { pattern } from '../../core/rules/pattern';
import { integerRule, type Rule } from '../../core/rules/rule';

const NAMING = 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules';
const SPEC = 'https://keda.sh/docs/latest/reference/scaledobject-spec/';
const SCALERS = 'https://keda.sh/docs/latest/scalers';
const MAX_INT32 = 2 ** 31 - 1;

/** KEDA can scale down to 0. */
export const fewestScaledReplicas = integerRule('event-scaling-min-replicas', 0, MAX_INT32, SPEC);

export const mostScaledReplicas = integerRule('event-scaling-max-replicas', 1, MAX_INT32, SPEC, 10);

export const pollingSeconds = integerRule('polling-seconds', 1, 86_400, SPEC, 30);

export const cooldownSeconds = integerRule('cooldown-seconds', 0, 86_400, SPEC, 300);

export const triggeredReplicas = integerRule('triggered-replicas', 1, MAX_INT32, `${SCALERS}/cron/`, 3);

export const messagesPerPod = integerRule('messages-per-pod', 1, MAX_INT32, `${SCALERS}/azure-service-bus/`, 5);

export const valuePerPod: Rule<number> = {
  id: 'value-per-pod',
  must: 'must be greater than 0',
  source: `${SCALERS}/prometheus/`,
  example: 100,
  holds: (value) => value > 0 && Number.isFinite(value),
};

export const serviceBusNamespaceName: Rule<string> = {
  ...pattern(
    'service-bus-namespace-name',
    /^[a-zA-Z][a-zA-Z0-9-]{4,48}[a-zA-Z0-9]$/,
    "must be 6 to 50 letters, digits and '-', beginning with a letter and ending with a letter or digit",
    `${NAMING}#microsoftservicebus`,
    'contoso-shop',
  ),
  hint: 'it is the first part of its host name',
};

export const serviceBusEntityName: Rule<string> = {
  id: 'service-bus-entity-name',
  must: "must be 1 to 260 letters, digits, '.', '-', '_' and '/', beginning and ending with a letter or digit",
  source: `${NAMING}#microsoftservicebus`,
  example: 'orders',
  holds: (value) => value.length <= 260 && /^[a-zA-Z0-9]([-\w./]*[a-zA-Z0-9])?$/.test(value),
};

export const serviceBusSubscriptionName: Rule<string> = {
  id: 'service-bus-subscription-name',
  must: "must be 1 to 50 letters, digits, '.', '-' and '_', beginning and ending with a letter or digit",
  source: `${NAMING}#microsoftservicebus`,
  example: 'mailer',
  holds: (value) => value.length <= 50 && /^[a-zA-Z0-9]([-\w.]*[a-zA-Z0-9])?$/.test(value),
};

export const storageAccountName = pattern(
  'storage-account-name',
  /^[a-z0-9]{3,24}$/,
  'must be 3 to 24 lower-case letters and digits',
  `${NAMING}#microsoftstorage`,
  'contososhop',
);

export const storageQueueName: Rule<string> = {
  id: 'storage-queue-name',
  must: "must be 3 to 63 lower-case letters, digits and '-', with each '-' between two of the others",
  source: `${NAMING}#microsoftstorage`,
  example: 'orders',
  holds: (value) => value.length >= 3 && value.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
};

export const prometheusAddress = pattern(
  'prometheus-address',
  /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/,
  'must be an http or https address without a user, a query and a fragment',
  `${SCALERS}/prometheus/`,
  'http://prometheus.monitoring:9090',
);

export const promQuery: Rule<string> = {
  id: 'prometheus-query',
  must: 'must be a query in PromQL',
  source: `${SCALERS}/prometheus/`,
  example: 'sum(orders_waiting)',
  holds: (value) => value.trim() !== '',
};
