import { TerraformStack } from 'cdktf';
import {
  ActionGroup,
  AksCluster,
  type AksClusterProps,
  AlertReceiver,
  AlertSeverity,
  ClusterAlert,
  ClusterIdentity,
  ClusterMonitoring,
  type ClusterMonitoringProps,
  ClusterTier,
  ContainerLogs,
  ContainerLogStream,
  ControlPlaneLog,
  DailyCap,
  LogAnalyticsWorkspace,
  MonitorWorkspace,
  Problems,
  ServicePrincipal,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import {
  at,
  type Block,
  type Json,
  only,
  RESOURCE_GROUP,
  synth,
  testApp,
  testStack,
  token,
  warningsOf,
} from '../../util';

const IDS = '/subscriptions/s/resourceGroups/rg/providers';

function clusterIn(stack: TerraformStack, props: Partial<AksClusterProps> = {}): AksCluster {
  return new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'shop', ...props });
}

function onCallIn(stack: TerraformStack, id = 'on-call'): ActionGroup {
  return new ActionGroup(stack, id, {
    resourceGroup: RESOURCE_GROUP,
    actionGroupName: id,
    receivers: [AlertReceiver.email('team', 'team@contoso.com')],
  });
}

/** A cluster that is monitored, and the JSON of its stack. */
function monitored(
  props: Partial<ClusterMonitoringProps> | ((stack: TerraformStack) => Partial<ClusterMonitoringProps>) = {},
  clusterProps: Partial<AksClusterProps> = {},
): { stack: TerraformStack; json: Json; monitoring: ClusterMonitoring } {
  const stack = testStack();
  const given = typeof props === 'function' ? props(stack) : props;
  const cluster = given.cluster ?? clusterIn(stack, clusterProps);
  const monitoring = new ClusterMonitoring(stack, 'monitoring', { resourceGroup: RESOURCE_GROUP, cluster, ...given });
  return { stack, json: synth(stack), monitoring };
}

function typesOf(json: Json): string[] {
  return Object.keys(json.resource ?? {})
    .filter((type) => /_(monitor|log_analytics)_/.test(type))
    .sort();
}

/** The expressions of the alerts of Prometheus, by their names. */
function alertsOf(json: Json): { [name: string]: Block } {
  const { rule } = at(json, 'azurerm_monitor_alert_prometheus_rule_group', 'monitoring_alerts') as { rule: Block[] };
  return Object.fromEntries(rule.map((one) => [String(one['alert']), one]));
}

describe('monitoring of a cluster', () => {
  test('collects container logs, metrics and audits, in workspaces with a cap, by default', () => {
    const { stack, json } = monitored();

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster')).toMatchObject({
      oms_agent: {
        log_analytics_workspace_id: expect.stringMatching(/^\$\{azurerm_log_analytics_workspace\.monitoring_/),
        msi_auth_for_monitoring_enabled: true,
      },
      monitor_metrics: {},
    });
    expect(only(json, 'azurerm_log_analytics_workspace')).toMatchObject({ name: 'shop-logs', daily_quota_gb: 1 });
    expect(only(json, 'azurerm_monitor_workspace')).toMatchObject({ name: 'shop-metrics' });
    expect(typesOf(json)).toEqual([
      'azurerm_log_analytics_workspace',
      'azurerm_monitor_alert_prometheus_rule_group',
      'azurerm_monitor_data_collection_endpoint',
      'azurerm_monitor_data_collection_rule',
      'azurerm_monitor_data_collection_rule_association',
      'azurerm_monitor_diagnostic_setting',
      'azurerm_monitor_workspace',
    ]);
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('finds the rule of container logs by the name that the agent looks for', () => {
    const { json } = monitored();
    const rule = at(json, 'azurerm_monitor_data_collection_rule', 'monitoring_logs');
    const streams = ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'];

    expect(rule).toMatchObject({
      name: 'MSCI-westeurope-shop',
      location: 'westeurope',
      data_flow: [{ streams, destinations: ['ciworkspace'] }],
      data_sources: {
        extension: [{ extension_name: 'ContainerInsights', name: 'ContainerInsightsExtension', streams }],
      },
    });
    expect(at(json, 'azurerm_monitor_data_collection_rule_association', 'monitoring_logs')).toMatchObject({
      name: 'ContainerInsightsExtension',
      target_resource_id: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_\w+\.id\}$/),
    });
  });

  test('sends metrics through an endpoint in the region of their workspace, and records what dashboards read', () => {
    const { json } = monitored((stack) => ({
      metricsWorkspace: MonitorWorkspace.fromMonitorWorkspaceAttributes(stack, 'metrics', {
        monitorWorkspaceId: `${IDS}/Microsoft.Monitor/accounts/metrics`,
        monitorWorkspaceLocation: 'North Europe',
      }),
    }));
    const name = 'MSProm-northeurope-shop';
    const groups = Object.values(json.resource?.['azurerm_monitor_alert_prometheus_rule_group'] ?? {});

    expect(only(json, 'azurerm_monitor_data_collection_endpoint')).toMatchObject({ name, location: 'northeurope' });
    expect(at(json, 'azurerm_monitor_data_collection_rule', 'monitoring_metrics')).toMatchObject({
      name,
      location: 'northeurope',
      destinations: { monitor_account: [{ monitor_account_id: `${IDS}/Microsoft.Monitor/accounts/metrics` }] },
    });
    expect(groups.map((group) => [group['name'], group['location'], (group['rule'] as Block[]).length]).sort()).toEqual(
      [
        ['KubernetesRecordingRulesRuleGroup-shop', 'northeurope', 19],
        ['NodeRecordingRulesRuleGroup-shop', 'northeurope', 11],
      ],
    );
    expect(groups.flatMap((group) => group['rule'] as Block[])).toContainEqual({
      enabled: true,
      record: 'namespace_workload_pod:kube_pod_owner:relabel',
      expression: expect.stringContaining('owner_kind="DaemonSet"'),
      labels: { workload_type: 'daemonset' },
    });
    expect(json.resource).not.toHaveProperty('azurerm_monitor_workspace');
  });

  test('keeps the logs of the control plane in tables of their kind', () => {
    const { stack, json } = monitored({
      controlPlaneLogs: [
        ControlPlaneLog.KUBE_APISERVER,
        ControlPlaneLog.KUBE_SCHEDULER,
        ControlPlaneLog.KUBE_APISERVER,
      ],
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      log_analytics_destination_type: 'Dedicated',
      enabled_log: [{ category: 'kube-apiserver' }, { category: 'kube-scheduler' }],
    });
  });

  test.each([
    [[ControlPlaneLog.KUBE_AUDIT], 'the many requests that only read are stored, and billed, too'],
    [[ControlPlaneLog.KUBE_AUDIT, ControlPlaneLog.KUBE_AUDIT_ADMIN], 'are stored, and billed, twice'],
  ])('warns of what an audit of everything costs: %j', (controlPlaneLogs, text) => {
    expect(warningsOf(monitored({ controlPlaneLogs }).stack)).toEqual([expect.stringContaining(text)]);
  });

  test('is nothing that is left out', () => {
    const { stack, json, monitoring } = monitored({
      containerLogs: ContainerLogs.none(),
      controlPlaneLogs: [],
      metrics: false,
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(typesOf(json)).toEqual([]);
    expect(only(json, 'azurerm_kubernetes_cluster')).not.toHaveProperty('oms_agent');
    expect(only(json, 'azurerm_kubernetes_cluster')).not.toHaveProperty('monitor_metrics');
    expect([monitoring.workspace, monitoring.metricsWorkspace]).toEqual([undefined, undefined]);
  });

  test('names its rules within the limits of Azure, and differently for clusters whose names begin alike', () => {
    const names = ['north-1', 'north-2', 'my_own'].map((end) => {
      const clusterName = `contoso-production-platform-europe-${end}`;
      return only(monitored({}, { clusterName, dnsPrefix: 'aks' }).json, 'azurerm_monitor_data_collection_endpoint')[
        'name'
      ];
    });

    expect(new Set(names).size).toBe(3);
    expect(names.filter((name) => !/^[A-Za-z0-9-]{3,44}$/.test(String(name)))).toEqual([]);
  });

  test.each([
    [{ resourceGroup: { name: 'rg.', location: 'westeurope' } }, "'resourceGroup.name'"],
    [{ resourceGroup: { name: 'rg', location: 'west_europe' } }, "'resourceGroup.location'"],
  ])('reports a place that is none once, and not for each part: %#', (props, property) => {
    expect(Problems.of(monitored(props).stack)).toEqual([expect.stringContaining(`[stack/monitoring] ${property}`)]);
  });

  test('takes names and regions that only Terraform knows', () => {
    const { stack } = monitored(
      (scope) => ({
        resourceGroup: { name: token(scope).stringValue, location: token(scope).stringValue },
        notify: [onCallIn(scope)],
        alerts: [ClusterAlert.podCrashLooping({ minutes: token(scope).numberValue })],
      }),
      { dnsPrefix: 'aks' },
    );

    expect(Problems.of(stack)).toEqual([]);
    expect(alertsOf(synth(stack))['PodCrashLooping']).toMatchObject({ for: 'PT${var.token}M' });
  });
});

describe('container logs', () => {
  const settingsOf = (containerLogs: ContainerLogs): unknown => {
    const rule = at(monitored({ containerLogs }).json, 'azurerm_monitor_data_collection_rule', 'monitoring_logs');
    const [extension] = (rule['data_sources'] as { extension: [Block] }).extension;
    return [
      (extension['streams'] as string[]).length,
      (JSON.parse(String(extension['extension_json'])) as { dataCollectionSettings: unknown }).dataCollectionSettings,
    ];
  };
  const always = { enableContainerLogV2: true };

  test.each([
    [ContainerLogs.logsAndEvents(), 3, { interval: '1m', namespaceFilteringMode: 'Off' }],
    [
      ContainerLogs.costOptimized(),
      11,
      {
        interval: '5m',
        namespaceFilteringMode: 'Exclude',
        namespaces: ['kube-system', 'gatekeeper-system', 'azure-arc'],
      },
    ],
    [
      ContainerLogs.everything({ namespaces: ['shop'] }),
      11,
      { interval: '1m', namespaceFilteringMode: 'Include', namespaces: ['shop'] },
    ],
    [
      ContainerLogs.streams([ContainerLogStream.KUBE_EVENTS, ContainerLogStream.KUBE_EVENTS], { intervalMinutes: 30 }),
      1,
      { interval: '30m', namespaceFilteringMode: 'Off' },
    ],
  ])('are what is asked for, as often and of which namespaces: %#', (logs, count, settings) => {
    expect(settingsOf(logs)).toEqual([count, { ...settings, ...always }]);
  });

  test.each([
    [ContainerLogs.everything({ intervalMinutes: 31 }), "'containerLogs.intervalMinutes' must be a whole number"],
    [ContainerLogs.everything({ namespaces: ['Shop'] }), "'containerLogs.namespaces[0]' must be"],
    [ContainerLogs.everything({ namespaces: [] }), "'containerLogs.namespaces' must name at least one namespace"],
    [ContainerLogs.streams([]), "'containerLogs.streams' must name at least one table"],
    [
      ContainerLogs.everything({ namespaces: ['a'], excludedNamespaces: ['b'] }),
      "'containerLogs.namespaces' must not be given with 'excludedNamespaces'",
    ],
  ])('that Azure would ignore or refuse are reported: %#', (containerLogs, text) => {
    expect(Problems.of(monitored({ containerLogs }).stack)).toEqual([expect.stringContaining(text)]);
  });
});

describe('alerts', () => {
  test('are those that every team wants, once somebody is told', () => {
    const { stack, json } = monitored((scope) => ({ notify: [onCallIn(scope)] }), {
      defaultNodePool: { autoscaling: { minCount: 2, maxCount: 5 } },
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(Object.keys(alertsOf(json))).toEqual([
      'NodeNotReady',
      'PodCrashLooping',
      'VolumeNearlyFull',
      'NodePoolAtMaximum',
      'ApiServerErrors',
    ]);
    expect(alertsOf(json)['NodeNotReady']).toMatchObject({
      severity: 1,
      for: 'PT15M',
      alert_resolution: { auto_resolved: true },
      action: [{ action_group_id: expect.stringMatching(/^\$\{azurerm_monitor_action_group\./) }],
    });
    expect(only(json, 'azurerm_monitor_scheduled_query_rules_alert_v2')).toMatchObject({
      scopes: [expect.stringMatching(/^\$\{azurerm_log_analytics_workspace\./)],
      action: { action_groups: [expect.stringMatching(/^\$\{azurerm_monitor_action_group\./)] },
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('of pools at their maximum are about each pool that grows, also of those that come later', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    new ClusterMonitoring(stack, 'monitoring', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      notify: [onCallIn(stack)],
      alerts: [ClusterAlert.nodePoolAtMaximum()],
    });
    cluster.addNodePool('web', { name: 'web', autoscaling: { minCount: 1, maxCount: 9 } });
    cluster.addNodePool('batch', { name: 'batch', autoscaling: { minCount: 0, maxCount: 20 } });
    cluster.addNodePool('fixed', { name: 'fixed', autoscaling: { minCount: 3, maxCount: 3 } });
    cluster.addNodePool('counted', { name: 'counted', nodeCount: 3 });
    const { expression } = alertsOf(synth(stack))['NodePoolAtMaximum'] as { expression: string };

    expect(Problems.of(stack)).toEqual([]);
    expect(
      [...expression.matchAll(/aks-\((\S+)\)-.*?>= (\d+), "pool", "(\w+)"/g)].map(([, ...found]) => found),
    ).toEqual([
      ['web|webtmp', '9', 'web'],
      ['batch|batchtmp', '20', 'batch'],
    ]);
  });

  test('have the thresholds, times and severities that they are given, and queries of your own', () => {
    const { stack, json } = monitored((scope) => ({
      notify: [onCallIn(scope)],
      alerts: [
        ClusterAlert.volumeNearlyFull({ percent: 95, minutes: 5, severity: AlertSeverity.ERROR }),
        ClusterAlert.apiServerErrors({ percent: 0.5 }),
        ClusterAlert.custom('QueueTooLong', {
          expression: 'sum(orders_waiting) > 1000',
          severity: AlertSeverity.VERBOSE,
          description: '{{ $value }} orders wait',
        }),
      ],
    }));

    expect(Problems.of(stack)).toEqual([]);
    expect(alertsOf(json)).toMatchObject({
      VolumeNearlyFull: { expression: expect.stringContaining(' > 95 and '), for: 'PT5M', severity: 1 },
      ApiServerErrors: { expression: expect.stringMatching(/ > 0\.5$/) },
      QueueTooLong: {
        expression: 'sum(orders_waiting) > 1000',
        severity: 4,
        annotations: { description: '{{ $value }} orders wait' },
      },
    });
    expect(json.resource).not.toHaveProperty('azurerm_monitor_scheduled_query_rules_alert_v2');
  });

  test('of certificates are about those of cert-manager that have been issued, and asked for by name', () => {
    const { stack, json } = monitored((scope) => ({
      notify: [onCallIn(scope)],
      alerts: [ClusterAlert.certificateEnding({ days: 7 })],
    }));

    expect(Problems.of(stack)).toEqual([]);
    expect(alertsOf(json)['CertificateEnding']).toMatchObject({
      expression:
        'certmanager_certificate_expiration_timestamp_seconds > 0 and ' +
        'certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 86400',
      severity: 1,
      annotations: {
        description: 'Certificate {{ $labels.name }} expires in less than 7 days, and has not been renewed',
      },
    });
    expect(ClusterAlert.recommended().map(({ alertName }) => alertName)).not.toContain('CertificateEnding');
    expect(
      Problems.of(
        monitored((scope) => ({ notify: [onCallIn(scope)], alerts: [ClusterAlert.certificateEnding({ days: 0 })] }))
          .stack,
      ),
    ).toEqual([expect.stringContaining("'alerts[0].days' must be")]);
  });

  test('of a cap are about workspaces that have one', () => {
    const withCap = (dailyCap: DailyCap): Json =>
      monitored((scope) => ({
        notify: [onCallIn(scope)],
        workspace: new LogAnalyticsWorkspace(scope, 'logs', {
          resourceGroup: RESOURCE_GROUP,
          workspaceName: 'logs',
          dailyCap,
        }),
      })).json;

    expect(withCap(DailyCap.gigabytes(5)).resource).toHaveProperty('azurerm_monitor_scheduled_query_rules_alert_v2');
    expect(withCap(DailyCap.none()).resource).not.toHaveProperty('azurerm_monitor_scheduled_query_rules_alert_v2');
  });

  test.each([
    [ClusterAlert.nodePoolAtMaximum(), 'NodePoolAtMaximum'],
    [ClusterAlert.passwordEnding(), 'PasswordEnding'],
  ])('that have nothing to watch are warned of, and never fire: %#', (alert, name) => {
    const { stack, json } = monitored((scope) => ({ notify: [onCallIn(scope)], alerts: [alert] }));

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      `[stack/monitoring] the alert ${name} never fires, since the cluster has nothing that it monitors: leave it out`,
    ]);
    expect(alertsOf(json)[name]).toMatchObject({ expression: 'vector(0) > 0' });
  });

  test.each<[string, (stack: TerraformStack) => Partial<ClusterMonitoringProps>, string]>([
    ['nobody', () => ({ alerts: [ClusterAlert.nodeNotReady()] }), "'notify' must be given with 'alerts', got nothing"],
    ['an empty list', () => ({ notify: [] }), "'notify' must name at least one action group"],
    [
      'six groups',
      (stack) => ({ notify: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => onCallIn(stack, id)) }),
      "'notify' must have at most 5 action groups, got 6",
    ],
    [
      'one alert twice',
      (stack) => ({ notify: [onCallIn(stack)], alerts: [ClusterAlert.nodeNotReady(), ClusterAlert.nodeNotReady()] }),
      '\'alerts\' must contain each alert only once, got "NodeNotReady" 2 times',
    ],
    [
      'no metrics',
      (stack) => ({ notify: [onCallIn(stack)], metrics: false, alerts: [ClusterAlert.podCrashLooping()] }),
      "'alerts[0]' must have a data source, got PodCrashLooping: it needs metrics of Prometheus",
    ],
    [
      'no cap',
      (stack) => ({
        notify: [onCallIn(stack)],
        containerLogs: ContainerLogs.none(),
        controlPlaneLogs: [],
        alerts: [ClusterAlert.logCapReached()],
      }),
      "'alerts[0]' must have a data source, got LogCapReached: it is about logs in a workspace",
    ],
    [
      'minutes',
      (stack) => ({ notify: [onCallIn(stack)], alerts: [ClusterAlert.nodeNotReady({ minutes: 0 })] }),
      "'alerts[0].minutes' must be a whole number from 1 to 1440",
    ],
    [
      'a percentage',
      (stack) => ({ notify: [onCallIn(stack)], alerts: [ClusterAlert.volumeNearlyFull({ percent: 100 })] }),
      "'alerts[0].percent' must be a percentage above 0 and below 100",
    ],
    [
      'a name',
      (stack) => ({ notify: [onCallIn(stack)], alerts: [ClusterAlert.custom('a-b', { expression: 'up == 0' })] }),
      "'alerts[0].name' must be",
    ],
    [
      'an empty query',
      (stack) => ({ notify: [onCallIn(stack)], alerts: [ClusterAlert.custom('A', { expression: '' })] }),
      "'alerts[0].expression' must be a query in PromQL",
    ],
  ])('that could not fire, or tell anybody, are reported: %s', (_, props, text) => {
    expect(Problems.of(monitored(props).stack)).toEqual([expect.stringContaining(text)]);
  });
});

describe('a cluster with a service principal', () => {
  const principalCluster = (props: Partial<ClusterMonitoringProps> = {}): { stack: TerraformStack; json: Json } => {
    const stack = testStack();
    const principal = new ServicePrincipal(stack, 'principal', { displayName: 'shop', passwordValidDays: 100 });
    const cluster = clusterIn(stack, { identity: ClusterIdentity.servicePrincipal(principal) });
    new ClusterMonitoring(stack, 'monitoring', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      notify: [onCallIn(stack)],
      ...props,
    });
    return { stack, json: synth(stack) };
  };

  test('has no agents, which is warned of, and an alert before its password ends', () => {
    const { stack, json } = principalCluster();

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('no container logs and no metrics are collected of stack/cluster'),
    ]);
    expect(only(json, 'azurerm_kubernetes_cluster')).not.toHaveProperty('oms_agent');
    expect(alertsOf(json)).toEqual({
      PasswordEnding: expect.objectContaining({
        expression: expect.stringMatching(
          /^vector\(\$\{\(time_rotating\.principal_rotation_\w+\.unix \+ \(100 \* 86400\)\)\}\) - time\(\) < 30 \* 86400$/,
        ),
      }),
    });
    expect(only(json, 'azurerm_monitor_metric_alert')).toMatchObject({
      name: 'shop-NodeNotReady',
      window_size: 'PT15M',
    });
  });

  test.each<[Partial<ClusterMonitoringProps>, string]>([
    [{ metrics: true }, "'metrics' must be left out for a cluster with a service principal"],
    [
      { metrics: true, containerLogs: ContainerLogs.everything() },
      "'containerLogs' and 'metrics' must be left out for a cluster with a service principal",
    ],
  ])('is no place for agents: %#', (props, text) => {
    const { stack } = principalCluster(props);

    expect(Problems.of(stack)).toEqual([expect.stringContaining(text)]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a cluster that is found', () => {
  const found = (
    props: (stack: TerraformStack) => Partial<ClusterMonitoringProps> = () => ({}),
  ): { stack: TerraformStack; json: Json } => {
    const stack = testStack();
    const attributes = { clusterName: 'shop', resourceGroupName: 'rg' };
    const cluster = AksCluster.fromClusterName(stack, 'cluster', attributes);
    new ClusterMonitoring(stack, 'monitoring', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      notify: [onCallIn(stack)],
      ...props(stack),
    });
    return { stack, json: synth(stack) };
  };

  test('has the logs of its control plane, and the alerts for which no agent is needed', () => {
    const { stack, json } = found();

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    expect(typesOf(json)).toEqual([
      'azurerm_log_analytics_workspace',
      'azurerm_monitor_action_group',
      'azurerm_monitor_diagnostic_setting',
      'azurerm_monitor_metric_alert',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
    ]);
    expect(only(json, 'azurerm_monitor_metric_alert')).toMatchObject({
      criteria: [
        {
          metric_name: 'kube_node_status_condition',
          dimension: [
            { name: 'status2', operator: 'Include', values: ['NotReady', 'Unknown'] },
            { name: 'node', operator: 'Include', values: ['*'] },
          ],
        },
      ],
    });
  });

  test.each([
    [1, 'PT5M'],
    [6, 'PT15M'],
    [61, 'PT6H'],
    [1440, 'P1D'],
  ])('is watched in windows that Azure has: %i minutes', (minutes, window) => {
    const { json } = found(() => ({ alerts: [ClusterAlert.nodeNotReady({ minutes })] }));

    expect(only(json, 'azurerm_monitor_metric_alert')).toMatchObject({ window_size: window });
  });

  test('has all alerts on the metrics that it sends to a workspace already', () => {
    const { stack, json } = found((scope) => ({
      metricsWorkspace: MonitorWorkspace.fromMonitorWorkspaceName(scope, 'metrics', {
        monitorWorkspaceName: 'metrics',
        resourceGroupName: 'rg',
      }),
    }));

    expect(Problems.of(stack)).toEqual([]);
    expect(Object.keys(alertsOf(json))).toEqual([
      'NodeNotReady',
      'PodCrashLooping',
      'VolumeNearlyFull',
      'ApiServerErrors',
    ]);
    expect(json.resource).not.toHaveProperty('azurerm_monitor_data_collection_rule');
    expect(json.resource).not.toHaveProperty('azurerm_monitor_metric_alert');
  });

  test('is no place to turn agents on, found or of another stack', () => {
    const app = testApp();
    const [platform, other] = [testStack(app, 'platform'), testStack(app, 'other')];
    const cluster = clusterIn(platform);
    new ClusterMonitoring(other, 'monitoring', { cluster, resourceGroup: RESOURCE_GROUP, metrics: true });

    expect(Problems.of(found(() => ({ containerLogs: ContainerLogs.everything() })).stack)).toEqual([
      expect.stringContaining(
        "'containerLogs' must be left out for a cluster that another stack creates, got stack/cluster: agents are arguments of " +
          'the cluster',
      ),
    ]);
    expect(Problems.of(app)).toEqual([
      expect.stringContaining(
        "'metrics' must be left out for a cluster that another stack creates, got platform/cluster",
      ),
    ]);
  });
});

test('a cluster is monitored once, which is one problem also where both would have parts of one name', () => {
  const stack = testStack();
  const cluster = clusterIn(stack);
  for (const id of ['one', 'other']) {
    new ClusterMonitoring(stack, id, { cluster, resourceGroup: RESOURCE_GROUP });
  }

  expect(Problems.list(stack).map(({ path, rule }) => [path, rule])).toEqual([['stack/other', 'monitored-once']]);
});

test('a cluster is monitored once', () => {
  const stack = testStack();
  const cluster = clusterIn(stack);
  new ClusterMonitoring(stack, 'one', { cluster, resourceGroup: RESOURCE_GROUP });
  new ClusterMonitoring(stack, 'other', {
    cluster,
    resourceGroup: { ...RESOURCE_GROUP, name: 'other' },
    metrics: false,
    containerLogs: ContainerLogs.none(),
  });

  expect(Problems.of(stack)).toEqual([
    "[stack/other] 'cluster' must not be monitored already, got the one of stack/one: combine both",
  ]);
});

describe('cost analysis, KEDA and the VerticalPodAutoscaler', () => {
  test('are left out by default, and can be turned off again', () => {
    const plain = testStack();
    clusterIn(plain);
    const off = testStack();
    clusterIn(off, { keda: false, costAnalysis: false });

    expect(only(synth(plain), 'azurerm_kubernetes_cluster')).not.toHaveProperty('workload_autoscaler_profile');
    expect(only(synth(plain), 'azurerm_kubernetes_cluster')).not.toHaveProperty('cost_analysis_enabled');
    expect(only(synth(off), 'azurerm_kubernetes_cluster')).toMatchObject({
      cost_analysis_enabled: false,
      workload_autoscaler_profile: { keda_enabled: false, vertical_pod_autoscaler_enabled: false },
    });
  });

  test('are turned on where they are asked for', () => {
    const stack = testStack();
    clusterIn(stack, { tier: ClusterTier.STANDARD, costAnalysis: true, keda: true, verticalPodAutoscaler: true });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_kubernetes_cluster')).toMatchObject({
      cost_analysis_enabled: true,
      workload_autoscaler_profile: { keda_enabled: true, vertical_pod_autoscaler_enabled: true },
    });
  });

  test.each([
    [undefined, 1],
    [ClusterTier.FREE, 1],
    [ClusterTier.STANDARD, 0],
    [ClusterTier.PREMIUM, 0],
  ])('need a tier that has cost analysis: %s', (tier, count) => {
    const stack = testStack();
    clusterIn(stack, { tier, costAnalysis: true });

    expect(Problems.of(stack)).toHaveLength(count);
  });
});
