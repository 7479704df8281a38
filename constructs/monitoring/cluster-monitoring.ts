import { Construct } from 'constructs';
import { reportGroup } from '../azure/group-problems';
import { clusterName } from '../azure/resource-name-rules';
import { AksCluster } from '../cluster/aks-cluster';
import type { IAksCluster } from '../cluster/i-aks-cluster';
import { scaledPoolsOf } from '../cluster/cluster-pools';
import { checkArguments, declared } from '../core/declared';
import { reportProblems, reportWarnings, reportWarningsLate } from '../core/problems/report';
import { orExample } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import { ServicePrincipal } from '../identity/service-principal';
import type { ILogAnalyticsWorkspace } from '../workspaces/i-log-analytics-workspace';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import { LogAnalyticsWorkspace } from '../workspaces/log-analytics-workspace';
import { MonitorWorkspace } from '../workspaces/monitor-workspace';
import { ClusterAlert, type WatchedCluster } from './cluster-alert';
import { type AlertSources, ClusterAlerts } from './cluster-alerts';
import type { ClusterMonitoringProps } from './cluster-monitoring-props';
import { ContainerLogs } from './container-logs';
import { ControlPlaneLog } from './control-plane-log';
import { diagnosticSettings } from './late-bindings';
import { LogCollection } from './log-collection';
import { MetricsCollection } from './metrics-collection';
import type { MonitoredCluster } from './monitored-cluster';
import { joinedName } from './monitoring-names';
import {
  AgentAccess,
  agentAccess,
  agentProblems,
  agentWarnings,
  alertProblems,
  alertWarnings,
  controlPlaneWarnings,
  grafanaProblems,
  monitorOnce,
} from './monitoring-problems';

const AUDIT: ControlPlaneLog[] = [ControlPlaneLog.KUBE_AUDIT_ADMIN, ControlPlaneLog.GUARD];

/**
 * The monitoring of a cluster: container logs, Prometheus metrics, logs of the control plane, and alerts.
 *
 * Costs depend only on volume. By default, a small cluster sends the metrics that dashboards and alerts need, and less
 * than a gigabyte of logs a day, which is also the cap of the workspace that is created for them. Each property
 * describes its effect on the volume.
 *
 * A cluster whose agents are turned on must be in the same stack. An existing cluster gets only control plane logs and
 * alerts, since everything else is an argument of the cluster.
 *
 * @alias omsAgent, monitorMetrics, logAnalyticsWorkspaceId, monitoring, containerInsights, addonProfiles,
 *   enableAzureMonitorMetrics
 * @see https://learn.microsoft.com/azure/aks/monitor-aks
 *
 * @example
 * const onCall = new ActionGroup(stack, 'on-call', {
 *   resourceGroup,
 *   actionGroupName: 'shop-on-call',
 *   receivers: [AlertReceiver.email('team', 'team@contoso.com')],
 * });
 * new ClusterMonitoring(stack, 'monitoring', { cluster, resourceGroup, notify: [onCall] });
 */
export class ClusterMonitoring extends Construct {
  /** The workspace of the logs; undefined if none are collected. */
  public readonly workspace?: ILogAnalyticsWorkspace;
  /** The workspace of the metrics; undefined if none are collected. */
  public readonly metricsWorkspace?: IMonitorWorkspace;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterMonitoringProps,
  ) {
    super(scope, id);
    this.props = props = declared(this, 'ClusterMonitoringProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: props.resourceGroup.location };
    const cluster: MonitoredCluster = {
      clusterId: props.cluster.clusterId,
      clusterName: props.cluster.clusterName,
      groupName: group.name,
    };
    reportGroup(this, props.resourceGroup);
    const access = agentAccess(this, props);
    const isFull = access === AgentAccess.FULL;
    const logs = isFull ? (props.containerLogs ?? ContainerLogs.logsAndEvents()) : ContainerLogs.none();
    const categories = [...new Set(itemsOf(props.controlPlaneLogs ?? AUDIT))];
    const sendsMetrics = isFull && props.metrics !== false;
    const alerts = props.notify === undefined ? [] : itemsOf(props.alerts ?? ClusterAlert.recommended());
    const evaluates = this.watched.passwordEnd !== undefined && alerts.length > 0;

    if (logs._isOn || categories.length > 0) {
      this.workspace = props.workspace ?? this.ownWorkspace(cluster, group.location);
    }
    if (sendsMetrics || evaluates) {
      this.metricsWorkspace = props.metricsWorkspace ?? this.ownMetricsWorkspace(cluster, group.location);
    } else if (access === AgentAccess.FOUND) {
      this.metricsWorkspace = props.metricsWorkspace;
    }
    const sources: AlertSources = {
      metrics: this.metricsWorkspace,
      hasMetrics: this.metricsWorkspace !== undefined && access !== AgentAccess.SERVICE_PRINCIPAL,
      cappedLogs: hasCap(this.workspace) ? this.workspace : undefined,
    };
    this.collect(cluster, logs, sendsMetrics);
    this.keepControlPlaneLogs(cluster, categories);
    this.watch(cluster, alerts, sources);
    if (props.grafana !== undefined) {
      this.metricsWorkspace?.grantReadMetrics(props.grafana);
    }

    reportProblems(this, () => [
      ...(props.containerLogs?._problems('containerLogs') ?? []),
      ...agentProblems(props, access),
      ...alertProblems(props, sources),
      ...grafanaProblems(props, sources),
    ]);
    reportWarnings(this, [...agentWarnings(props, access), ...controlPlaneWarnings(props.controlPlaneLogs)]);
    monitorOnce(this, props, group.name);
  }

  /** The facts that alerts use, complete when the program is. */
  private get watched(): WatchedCluster {
    const { cluster } = this.props;
    return {
      scaledPools: scaledPoolsOf(cluster),
      passwordEnd: passwordEndOf(cluster),
    };
  }

  private ownWorkspace({ clusterName: name, groupName }: MonitoredCluster, region: string): LogAnalyticsWorkspace {
    return new LogAnalyticsWorkspace(this, 'workspace', {
      resourceGroup: { name: groupName, location: region },
      workspaceName: joinedName([orExample(clusterName, name), 'logs'], 63),
    });
  }

  private ownMetricsWorkspace({ clusterName: name, groupName }: MonitoredCluster, region: string): MonitorWorkspace {
    return new MonitorWorkspace(this, 'metrics-workspace', {
      resourceGroup: { name: groupName, location: region },
      monitorWorkspaceName: joinedName([orExample(clusterName, name), 'metrics'], 63),
    });
  }

  private collect(cluster: MonitoredCluster, logs: ContainerLogs, sendsMetrics: boolean): void {
    const workspaceId = logs._isOn ? this.workspace?.workspaceId : undefined;
    if (this.props.cluster instanceof AksCluster && (workspaceId !== undefined || sendsMetrics)) {
      this.props.cluster._turnOnAgents(workspaceId, sendsMetrics);
    }
    if (logs._isOn && this.workspace !== undefined) {
      new LogCollection(this, 'logs', cluster, this.workspace, logs);
    }
    if (sendsMetrics && this.metricsWorkspace !== undefined) {
      new MetricsCollection(this, 'metrics', cluster, this.metricsWorkspace);
    }
  }

  private watch(cluster: MonitoredCluster, alerts: readonly ClusterAlert[], sources: AlertSources): void {
    if (alerts.length > 0) {
      const notify = itemsOf(this.props.notify);
      new ClusterAlerts(this, 'alerts', { cluster, alerts, notify, sources, watched: () => this.watched });
      reportWarningsLate(this, () => alertWarnings(alerts, sources, this.watched));
    }
  }

  private keepControlPlaneLogs(cluster: MonitoredCluster, categories: readonly string[]): void {
    if (categories.length > 0 && this.workspace !== undefined) {
      new (diagnosticSettings().MonitorDiagnosticSetting)(this, 'control-plane', {
        name: 'control-plane-logs',
        targetResourceId: cluster.clusterId,
        logAnalyticsWorkspaceId: this.workspace.workspaceId,
        // dedicated tables are cheaper to query than the one that all Azure services share
        logAnalyticsDestinationType: 'Dedicated',
        enabledLog: categories.map((category) => ({ category })),
      });
    }
  }
}

checkArguments(ClusterMonitoring);

/** The end of the password of a cluster, if the program creates both. */
function passwordEndOf(cluster: IAksCluster): string | undefined {
  const principal = cluster instanceof AksCluster ? cluster._principal : undefined;
  return principal instanceof ServicePrincipal ? principal._passwordEnd : undefined;
}

function hasCap(workspace: ILogAnalyticsWorkspace | undefined): boolean {
  return workspace instanceof LogAnalyticsWorkspace && workspace.dailyCap._isLimited;
}
