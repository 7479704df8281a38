import { pattern } from '../core/rules/pattern';
import { integerRule, type Rule } from '../core/rules/rule';

const NAMING =
  'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftinsights';
const ACTION_GROUPS = 'https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups';
const ALERTS = 'https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-metric-alerts';

export const actionGroupName: Rule<string> = {
  id: 'action-group-name',
  must: "must be 1 to 260 characters without ':', '<', '>', '+', '/', '&', '%', '\\', '?' and '|', and with no ' ' or '.' at its end",
  source: NAMING,
  example: 'shop-on-call',
  holds: (value) => /^[^:<>+/&%\\?|\p{Cc}]{0,259}[^:<>+/&%\\?|\p{Cc} .]$/u.test(value),
};

export const actionGroupShortName: Rule<string> = {
  id: 'action-group-short-name',
  must: 'must be 1 to 12 characters, which text messages and emails begin with',
  source:
    'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/monitor/monitor_action_group_resource.go',
  example: 'on-call',
  holds: (value) => value.trim().length > 0 && value.length <= 12,
};

export const grafanaName = pattern(
  'grafana-name',
  /^[a-zA-Z][-a-zA-Z0-9]{0,21}[a-zA-Z0-9]$/,
  "must be 2 to 23 letters, digits and '-', beginning with a letter and ending with a letter or digit",
  'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/dashboard/dashboard_grafana_data_source.go',
  'contoso-grafana',
);

export const receiverName: Rule<string> = {
  id: 'receiver-name',
  must: 'must be 1 to 128 characters',
  source: ACTION_GROUPS,
  example: 'team',
  holds: (value) => value.trim().length > 0 && value.length <= 128,
};

export const emailAddress = pattern(
  'email-address',
  /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/,
  'must be one email address',
  ACTION_GROUPS,
  'team@contoso.com',
);

export const countryCode = pattern(
  'country-code',
  /^[1-9][0-9]{0,3}$/,
  'must be the digits of a country code, without "+" and zeros before them',
  ACTION_GROUPS,
  '49',
);

export const phoneNumber = pattern(
  'phone-number',
  /^[0-9]{4,14}$/,
  'must be 4 to 14 digits, without the country code',
  ACTION_GROUPS,
  '15112345678',
);

export const webhookUri: Rule<string> = {
  ...pattern(
    'alert-webhook-uri',
    /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/,
    'must be an https address without a user, a query and a fragment',
    ACTION_GROUPS,
    'https://alerts.contoso.com/azure',
  ),
  hint: "the synthesized JSON would contain a key in it: pass the 'stringValue' of a TerraformVariable with 'sensitive: true'",
};

export const alertName = pattern(
  'alert-name',
  /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
  "must be 1 to 128 letters, digits and '_', not beginning with a digit",
  'https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/',
  'CertificateEnding',
);

export const alertMinutes = integerRule('alert-minutes', 1, 1440, ALERTS, 15);

export const alertPercent: Rule<number> = {
  id: 'alert-percent',
  must: 'must be a percentage above 0 and below 100',
  source: ALERTS,
  example: 85,
  holds: (value) => value > 0 && value < 100,
};

export const alertDays = integerRule('alert-days', 1, 365, ALERTS, 30);

/** The interval of the inventory of a cluster. */
export const collectionMinutes = integerRule(
  'collection-minutes',
  1,
  30,
  'https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-dcr',
);
