import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { AksCluster } from '../cluster/aks-cluster';
import { isStandIn } from '../core/declared';
import { claimUnique, refuseWhole } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { type Violation, violation, when } from '../core/problems/violation';
import { emptyProblems } from '../core/rules/restriction';
import { isText, itemsOf } from '../core/values/known';
import { show } from '../core/values/shown';
import type { AlertKind, ClusterAlert, WatchedCluster } from './cluster-alert';
import { type AlertSources, AlertWay, wayOf } from './cluster-alerts';
import type { ClusterMonitoringProps } from './cluster-monitoring-props';
import { ControlPlaneLog } from './control-plane-log';

/** The most action groups of an alert. */
const MAX_ACTION_GROUPS = 5;

/** The agents that can be turned on in a cluster. */
export enum AgentAccess {
  /** All agents. */
  FULL = 'full',
  /** None: the cluster is created elsewhere. */
  FOUND = 'found',
  /** None: the agents of a cluster with a service principal cannot log in. */
  SERVICE_PRINCIPAL = 'service principal',
}

/** Whether agents can be turned on in a cluster. */
export function agentAccess(scope: IConstruct, { cluster }: ClusterMonitoringProps): AgentAccess {
  if (!(cluster instanceof AksCluster) || TerraformStack.of(cluster) !== TerraformStack.of(scope)) {
    return AgentAccess.FOUND;
  }
  return cluster._principal === undefined ? AgentAccess.FULL : AgentAccess.SERVICE_PRINCIPAL;
}

const monitored = new WeakMap<IConstruct, IConstruct>();

/**
 * Reports a cluster that is monitored twice, since its agents have one workspace, and two clusters whose rules would
 * have the same names.
 */
export function monitorOnce(scope: IConstruct, { cluster }: ClusterMonitoringProps, groupName: string): void {
  const first = monitored.get(cluster);
  if (first === undefined) {
    monitored.set(cluster, scope);
    claimUnique(scope, 'cluster.clusterName', azureNames.monitoredCluster(cluster.clusterName, groupName));
    return;
  }
  refuseWhole(scope);
  reportProblems(scope, () => [
    violation(
      'monitored-once',
      `'cluster' must not be monitored already, got the one of ${first.node.path}: combine both`,
    ),
  ]);
}

/** The problem of data that is requested, but cannot be collected. */
export function agentProblems(props: ClusterMonitoringProps, access: AgentAccess): Violation[] {
  const asked = [
    ...(props.containerLogs?._isOn === true ? ['containerLogs'] : []),
    ...(props.metrics === true ? ['metrics'] : []),
  ];
  if (asked.length === 0 || access === AgentAccess.FULL) {
    return [];
  }
  const names = asked.map((name) => `'${name}'`).join(' and ');
  const path = props.cluster.node.path;
  return access === AgentAccess.FOUND
    ? [
        violation(
          'monitoring-agents-of-found-cluster',
          `${names} must be left out for a cluster that another stack creates, got ${path}: agents are arguments of the cluster. ` +
            "Turn them on with a ClusterMonitoring in that stack, and specify its workspace as 'metricsWorkspace' here",
        ),
      ]
    : [
        violation(
          'monitoring-agents-need-managed-identity',
          `${names} must be left out for a cluster with a service principal, got ${path}: its agents could not sign in. Use ` +
            'ClusterIdentity.systemAssigned(), which updates an existing cluster in place',
        ),
      ];
}

/** The warning that nothing is collected, if the program does not request it. */
export function agentWarnings(props: ClusterMonitoringProps, access: AgentAccess): Violation[] {
  return when(
    access === AgentAccess.SERVICE_PRINCIPAL && props.containerLogs === undefined && props.metrics === undefined,
    'monitoring-of-service-principal',
    () =>
      `no container logs and no metrics are collected of ${props.cluster.node.path}, since the agents of a cluster with a service principal cannot sign in: use` +
      ' ClusterIdentity.systemAssigned(), which updates an existing cluster in place',
  );
}

/** The warnings for log categories with a large volume. */
export function controlPlaneWarnings(logs: readonly ControlPlaneLog[] | undefined): Violation[] {
  const given = itemsOf(logs);
  if (!given.includes(ControlPlaneLog.KUBE_AUDIT)) {
    return [];
  }
  return given.includes(ControlPlaneLog.KUBE_AUDIT_ADMIN)
    ? [
        violation(
          'audit-logs-twice',
          "'controlPlaneLogs' contains both KUBE_AUDIT and its subset KUBE_AUDIT_ADMIN: requests that change something are stored, and billed, twice. Remove KUBE_AUDIT",
        ),
      ]
    : [
        violation(
          'audit-logs-volume',
          "'controlPlaneLogs' contains KUBE_AUDIT: the many requests that only read are stored, and billed, too. Use KUBE_AUDIT_ADMIN unless you need them",
        ),
      ];
}

/** The problem of a Grafana without metrics. */
export function grafanaProblems({ grafana }: ClusterMonitoringProps, { metrics }: AlertSources): Violation[] {
  return when(
    grafana !== undefined && metrics === undefined,
    'grafana-needs-metrics',
    () =>
      `'grafana' must be left out without Prometheus metrics, got ${grafana?.node.path}: collect them, or specify the 'metricsWorkspace' of the imported cluster`,
  );
}

/** The problems of alerts and their action groups. */
export function alertProblems(props: ClusterMonitoringProps, sources: AlertSources): Violation[] {
  const alerts = itemsOf(props.alerts);
  return [
    ...emptyProblems('notify', props.notify, 'action group', 'leave it out for no alerts'),
    ...when(
      itemsOf(props.notify).length > MAX_ACTION_GROUPS,
      'notify-at-most',
      () =>
        `'notify' must have at most ${MAX_ACTION_GROUPS} action groups, got ${itemsOf(props.notify).length}: add more receivers to one of them`,
    ),
    ...when(
      alerts.some((alert) => !isStandIn(alert)) && props.notify === undefined,
      'alerts-need-notify',
      () => "'notify' must be given with 'alerts', got nothing: nobody would be notified. Specify an ActionGroup",
    ),
    ...alerts.flatMap((alert, index) => [
      ...alert._kind.problems(`alerts[${index}]`),
      ...unwatchedProblems(alert, index, sources),
    ]),
    ...repeatedAlertProblems(alerts),
  ];
}

function unwatchedProblems({ _kind: kind }: ClusterAlert, index: number, sources: AlertSources): Violation[] {
  return when(
    wayOf(kind, sources) === AlertWay.NONE && kind.isLeftOutWithoutData !== true,
    'alert-without-source',
    () => `'alerts[${index}]' must have a data source, got ${kind.name}: ${missingSourceText(kind)}`,
  );
}

function missingSourceText({ logQuery, needsMetrics }: AlertKind): string {
  if (logQuery !== undefined) {
    return 'it is about logs in a workspace of the program that has a daily cap. Leave it out';
  }
  return needsMetrics === true
    ? "it needs metrics of Prometheus. Collect them, or give the 'metricsWorkspace' of a cluster that is found"
    : 'it is about a service principal of the program. Leave it out';
}

/** The warnings for alerts that cannot fire, since the cluster has nothing that they monitor. */
export function alertWarnings(
  alerts: readonly ClusterAlert[],
  sources: AlertSources,
  watched: WatchedCluster,
): Violation[] {
  return alerts
    .filter((one) => !isStandIn(one))
    .filter(({ _kind }) => _kind.isLeftOutWithoutData !== true && wayOf(_kind, sources) === AlertWay.RULE)
    .filter(({ _kind }) => _kind.expression?.(watched) === undefined)
    .map(({ alertName }) =>
      violation(
        'alert-without-data',
        `the alert ${alertName} never fires, since the cluster has nothing that it monitors: leave it out`,
      ),
    );
}

function repeatedAlertProblems(alerts: readonly ClusterAlert[]): Violation[] {
  const names = alerts.map(({ alertName }) => alertName).filter(isText);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(repeated)].map((name) =>
    violation(
      'alert-names-unique',
      `'alerts' must contain each alert only once, got ${show(name)} ${names.filter((one) => one === name).length} times: remove the duplicates, or rename your own alerts`,
    ),
  );
}
