import type { IResourceGroupRef } from '../azure/resource-group';
import type { IAksCluster } from '../cluster/i-aks-cluster';
import type { ILogAnalyticsWorkspace } from '../workspaces/i-log-analytics-workspace';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import type { ClusterAlert } from './cluster-alert';
import type { ContainerLogs } from './container-logs';
import type { ControlPlaneLog } from './control-plane-log';
import type { IActionGroup } from './i-action-group';
import type { IManagedGrafana } from './i-managed-grafana';

/** Properties of `ClusterMonitoring`. */
export interface ClusterMonitoringProps {
  /**
   * The cluster. For one of another stack, use `AksCluster.fromClusterName(...)`: its control plane logs and alerts are
   * created here, while its agents are enabled where it is created.
   */
  readonly cluster: IAksCluster;
  /** The resource group of workspaces, rules and alerts. Workspaces that are created here are in its region. */
  readonly resourceGroup: IResourceGroupRef;
  /**
   * The workspace for the logs.
   *
   * @default - one is created, "<cluster>-logs", with a cap of a gigabyte a day, if any logs are collected
   */
  readonly workspace?: ILogAnalyticsWorkspace;
  /**
   * The data that Container insights collects, such as `ContainerLogs.none()`. The agents log in with the managed
   * identity of the cluster. Billed by the ingested gigabyte, mostly for container output.
   *
   * @default ContainerLogs.logsAndEvents() for a cluster of this stack with a managed identity, else nothing
   */
  readonly containerLogs?: ContainerLogs;
  /**
   * The logs of the control plane, by category, each in its own table. An empty list disables them. Billed by the
   * ingested gigabyte: mostly the requests to the Kubernetes API.
   *
   * @default [ControlPlaneLog.KUBE_AUDIT_ADMIN, ControlPlaneLog.GUARD]
   */
  readonly controlPlaneLogs?: ControlPlaneLog[];
  /**
   * Whether managed Prometheus collects the metrics of nodes, pods and volumes, with the recording rules that
   * dashboards read. Billed by ingested samples, which grow with pods and nodes, and by the samples that rules read.
   *
   * @default true for a cluster of this stack with a managed identity, else false
   */
  readonly metrics?: boolean;
  /**
   * The workspace for the metrics. For an existing cluster, it is the one to which the cluster already sends its
   * metrics.
   *
   * @default - one is created, "<cluster>-metrics", if metrics are collected
   */
  readonly metricsWorkspace?: IMonitorWorkspace;
  /**
   * A Grafana whose identity may read the metrics of the workspace.
   *
   * @default - none
   */
  readonly grafana?: IManagedGrafana;
  /**
   * The action groups of the alerts, at most 5.
   *
   * @default - no action groups, and no alerts
   */
  readonly notify?: IActionGroup[];
  /**
   * The alerts, such as `ClusterAlert.nodeNotReady()`. Needs `notify`. Those on metrics of Prometheus are billed by the samples that they read, a fraction of a
   * cent for a small cluster in a month; the others by the rule.
   *
   * @default ClusterAlert.recommended()
   */
  readonly alerts?: ClusterAlert[];
}
