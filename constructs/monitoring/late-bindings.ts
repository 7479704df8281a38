/*
 * Bindings that only programs with a monitored cluster need.
 */

type ActionGroups = typeof import('@cdktf/provider-azurerm/lib/monitor-action-group');
type FoundActionGroups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-monitor-action-group');
type Endpoints = typeof import('@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint');
type Rules = typeof import('@cdktf/provider-azurerm/lib/monitor-data-collection-rule');
type Associations = typeof import('@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association');
type DiagnosticSettings = typeof import('@cdktf/provider-azurerm/lib/monitor-diagnostic-setting');
type FoundGrafanas = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-dashboard-grafana');
type MetricAlerts = typeof import('@cdktf/provider-azurerm/lib/monitor-metric-alert');
type QueryAlerts = typeof import('@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2');
type RuleGroups = typeof import('@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group');

export const actionGroups = (): ActionGroups =>
  require('@cdktf/provider-azurerm/lib/monitor-action-group') as ActionGroups;

export const foundActionGroups = (): FoundActionGroups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-monitor-action-group') as FoundActionGroups;

/** The resources that send data of a cluster to a workspace. */
export const dataCollection = (): Rules & Associations => ({
  ...(require('@cdktf/provider-azurerm/lib/monitor-data-collection-rule') as Rules),
  ...(require('@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association') as Associations),
});

export const endpoints = (): Endpoints =>
  require('@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint') as Endpoints;

export const diagnosticSettings = (): DiagnosticSettings =>
  require('@cdktf/provider-azurerm/lib/monitor-diagnostic-setting') as DiagnosticSettings;

export const foundGrafanas = (): FoundGrafanas =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-dashboard-grafana') as FoundGrafanas;

export const metricAlerts = (): MetricAlerts =>
  require('@cdktf/provider-azurerm/lib/monitor-metric-alert') as MetricAlerts;

export const queryAlerts = (): QueryAlerts =>
  require('@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2') as QueryAlerts;

export const ruleGroups = (): RuleGroups =>
  require('@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group') as RuleGroups;
