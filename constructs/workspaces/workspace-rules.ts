import { pattern } from '../core/rules/pattern';
import { integerRule, type Rule } from '../core/rules/rule';

const PROVIDER = 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/loganalytics';

export const workspaceName = pattern(
  'workspace-name',
  /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  "must be 4 to 63 letters, digits and '-', beginning and ending with a letter or digit",
  `${PROVIDER}/validate/log_analytics_workspace_name.go`,
  'shop-logs',
);

export const monitorWorkspaceName = pattern(
  'monitor-workspace-name',
  /^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
  "must be at least 2 letters, digits and '-', beginning and ending with a letter or digit",
  'https://learn.microsoft.com/azure/templates/microsoft.monitor/accounts',
  'shop-metrics',
);

export const retentionDays = integerRule(
  'retention-days',
  30,
  730,
  `${PROVIDER}/log_analytics_workspace_resource.go`,
  90,
);

export const dailyCapGigabytes: Rule<number> = {
  id: 'daily-cap-gigabytes',
  must: 'must be a number of gigabytes of at least 0.023',
  source: 'https://learn.microsoft.com/azure/azure-monitor/logs/daily-cap',
  example: 1,
  holds: (value) => value >= 0.023 && Number.isFinite(value),
  hint: 'use DailyCap.none() for a workspace without a cap',
};
