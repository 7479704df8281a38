import { Construct } from 'constructs';
import { isKnown } from '../core/values/known';
import { numberText } from '../core/values/number-text';
import type { ILogAnalyticsWorkspace } from '../workspaces/i-log-analytics-workspace';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import { severityNumber } from './alert-options';
import type { AlertKind, ClusterAlert, WatchedCluster } from './cluster-alert';
import type { IActionGroup } from './i-action-group';
import { metricAlerts, queryAlerts } from './late-bindings';
import type { MonitoredCluster } from './monitored-cluster';
import { RuleGroup } from './rule-group';

/** The data that alerts can read. */
export interface AlertSources {
  /** The workspace that has the metrics of the cluster, or that only evaluates rules. */
  readonly metrics?: IMonitorWorkspace;
  /** Whether the cluster sends its metrics to it. */
  readonly hasMetrics: boolean;
  /** The workspace with a cap, beyond which logs are lost. */
  readonly cappedLogs?: ILogAnalyticsWorkspace;
}

/** A query that never fires, for an alert that has nothing to monitor yet: Azure rejects a group without rules. */
const NEVER = 'vector(0) > 0';

/** How an alert is evaluated with the available data. */
export enum AlertWay {
  RULE = 'rule',
  METRIC = 'metric',
  QUERY = 'query',
  NONE = 'none',
}

/** Properties of `ClusterAlerts`. */
export interface ClusterAlertsProps {
  readonly cluster: MonitoredCluster;
  readonly alerts: readonly ClusterAlert[];
  readonly notify: readonly IActionGroup[];
  readonly sources: AlertSources;
  /** The facts that alerts use, complete when the program is. */
  readonly watched: () => WatchedCluster;
}

/** The alerts of a cluster, each evaluated where its data is. */
export class ClusterAlerts extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterAlertsProps,
  ) {
    super(scope, id);
    const { alerts, sources } = props;
    const kinds = alerts.map(({ _kind }) => _kind);
    const inWay = (way: AlertWay): AlertKind[] => kinds.filter((kind) => wayOf(kind, sources) === way);
    if (sources.metrics !== undefined && inWay(AlertWay.RULE).length > 0) {
      this.watchRules(sources.metrics, inWay(AlertWay.RULE));
    }
    inWay(AlertWay.METRIC).forEach((kind) => this.watchNodes(kind));
    inWay(AlertWay.QUERY).forEach((kind) => this.watchLogs(kind, sources.cappedLogs));
  }

  private watchRules(workspace: IMonitorWorkspace, kinds: readonly AlertKind[]): void {
    const { cluster, notify, watched } = this.props;
    const action = notify.map(({ actionGroupId }) => ({ actionGroupId }));
    new RuleGroup(this, 'Rules', {
      cluster,
      workspace,
      ruleGroupName: `${cluster.clusterName}-alerts`,
      description: 'Alerts on metrics of the cluster',
      rules: () =>
        kinds.flatMap(({ name, description, severity, minutes, expression, isLeftOutWithoutData = false }) => {
          const query = expression?.(watched()) ?? NEVER;
          return query === NEVER && isLeftOutWithoutData
            ? []
            : {
                enabled: true,
                alert: name,
                expression: query,
                for: `PT${numberText(minutes)}M`,
                severity: severityNumber(severity),
                annotations: { description },
                alertResolution: { autoResolved: true, timeToResolve: 'PT10M' },
                action,
              };
        }),
    });
  }

  private watchNodes({ name, severity, minutes, nodeStatuses = [] }: AlertKind): void {
    const { cluster, notify } = this.props;
    new (metricAlerts().MonitorMetricAlert)(this, name, {
      name: `${cluster.clusterName}-${name}`,
      resourceGroupName: cluster.groupName,
      scopes: [cluster.clusterId],
      description: 'A node is not ready',
      severity: severityNumber(severity),
      frequency: 'PT5M',
      windowSize: windowOf(minutes),
      criteria: [
        {
          metricNamespace: 'Microsoft.ContainerService/managedClusters',
          metricName: 'kube_node_status_condition',
          aggregation: 'Average',
          operator: 'GreaterThan',
          threshold: 0.5,
          dimension: [
            { name: 'status2', operator: 'Include', values: [...nodeStatuses] },
            // each node separately, since a failed one would disappear in the average of many
            { name: 'node', operator: 'Include', values: ['*'] },
          ],
        },
      ],
      action: notify.map(({ actionGroupId }) => ({ actionGroupId })),
    });
  }

  private watchLogs(
    { name, description, severity, logQuery = '' }: AlertKind,
    workspace?: ILogAnalyticsWorkspace,
  ): void {
    const { cluster, notify } = this.props;
    if (workspace === undefined) {
      return;
    }
    new (queryAlerts().MonitorScheduledQueryRulesAlertV2)(this, name, {
      name: `${cluster.clusterName}-${name}`,
      resourceGroupName: cluster.groupName,
      location: workspace.workspaceLocation,
      scopes: [workspace.workspaceId],
      description,
      severity: severityNumber(severity),
      evaluationFrequency: 'PT1H',
      windowDuration: 'PT1H',
      autoMitigationEnabled: true,
      criteria: [
        {
          query: logQuery,
          timeAggregationMethod: 'Count',
          operator: 'GreaterThan',
          threshold: 0,
          // the default of Azure, which a later plan would otherwise remove
          failingPeriods: { minimumFailingPeriodsToTriggerAlert: 1, numberOfEvaluationPeriods: 1 },
        },
      ],
      action: { actionGroups: notify.map(({ actionGroupId }) => actionGroupId) },
    });
  }
}

/** How an alert is evaluated with the available data. */
export function wayOf(kind: AlertKind, { metrics, hasMetrics, cappedLogs }: AlertSources): AlertWay {
  if (kind.logQuery !== undefined) {
    return cappedLogs === undefined ? AlertWay.NONE : AlertWay.QUERY;
  }
  if (kind.needsMetrics === true && !hasMetrics) {
    return kind.nodeStatuses === undefined ? AlertWay.NONE : AlertWay.METRIC;
  }
  return metrics === undefined ? AlertWay.NONE : AlertWay.RULE;
}

/** The windows of metric alerts, in minutes. */
const WINDOWS = [5, 15, 30, 60, 360, 720];

/** The shortest window that is at least as long. */
function windowOf(minutes: number): string {
  const window = isKnown(minutes) ? WINDOWS.find((one) => one >= minutes) : 15;
  return window === undefined ? 'P1D' : window < 60 ? `PT${window}M` : `PT${window / 60}H`;
}
