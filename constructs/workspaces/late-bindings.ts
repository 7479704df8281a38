/*
 * Bindings that few programs need, loaded on demand.
 */

type LogAnalyticsWorkspaces = typeof import('@cdktf/provider-azurerm/lib/log-analytics-workspace');
type FoundLogAnalyticsWorkspaces = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-log-analytics-workspace');
type MonitorWorkspaces = typeof import('@cdktf/provider-azurerm/lib/monitor-workspace');
type FoundMonitorWorkspaces = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-monitor-workspace');

export const logAnalyticsWorkspaces = (): LogAnalyticsWorkspaces =>
  require('@cdktf/provider-azurerm/lib/log-analytics-workspace') as LogAnalyticsWorkspaces;

export const foundLogAnalyticsWorkspaces = (): FoundLogAnalyticsWorkspaces =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-log-analytics-workspace') as FoundLogAnalyticsWorkspaces;

export const monitorWorkspaces = (): MonitorWorkspaces =>
  require('@cdktf/provider-azurerm/lib/monitor-workspace') as MonitorWorkspaces;

export const foundMonitorWorkspaces = (): FoundMonitorWorkspaces =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-monitor-workspace') as FoundMonitorWorkspaces;
