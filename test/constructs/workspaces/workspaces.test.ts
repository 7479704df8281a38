import { DailyCap, LogAnalyticsWorkspace, MonitorWorkspace, Problems } from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const IDS = '/subscriptions/s/resourceGroups/rg/providers';

describe('a Log Analytics workspace', () => {
  test('keeps logs for the days that are free, up to a gigabyte a day, and takes no keys', () => {
    const stack = testStack();
    new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: RESOURCE_GROUP, workspaceName: 'shop-logs' });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(only(json, 'azurerm_log_analytics_workspace')).toMatchObject({
      name: 'shop-logs',
      resource_group_name: 'rg',
      location: 'westeurope',
      sku: 'PerGB2018',
      retention_in_days: 30,
      daily_quota_gb: 1,
      local_authentication_enabled: false,
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test.each([
    [DailyCap.gigabytes(0.5), 0.5],
    [DailyCap.none(), -1],
  ])('has the cap that it is given: %#', (dailyCap, quota) => {
    const stack = testStack();
    new LogAnalyticsWorkspace(stack, 'logs', {
      resourceGroup: RESOURCE_GROUP,
      workspaceName: 'shop-logs',
      retentionDays: 90,
      dailyCap,
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_log_analytics_workspace')).toMatchObject({
      retention_in_days: 90,
      daily_quota_gb: quota,
    });
  });

  test('takes what only Terraform knows', () => {
    const stack = testStack();
    new LogAnalyticsWorkspace(stack, 'logs', {
      resourceGroup: { name: token(stack).stringValue, location: token(stack).stringValue },
      workspaceName: token(stack).stringValue,
      retentionDays: token(stack).numberValue,
      dailyCap: DailyCap.gigabytes(token(stack).numberValue),
    });

    expect(Problems.of(stack)).toEqual([]);
    expect(only(synth(stack), 'azurerm_log_analytics_workspace')).toMatchObject({ daily_quota_gb: '${var.token}' });
  });

  test('reports a name, days and a cap that Azure rejects', () => {
    const stack = testStack();
    new LogAnalyticsWorkspace(stack, 'logs', {
      resourceGroup: RESOURCE_GROUP,
      workspaceName: 'log',
      retentionDays: 7,
      dailyCap: DailyCap.gigabytes(0),
    });

    expect(Problems.of(stack)).toEqual([
      "[stack/logs] 'workspaceName' must be 4 to 63 letters, digits and '-', beginning and ending with a letter or digit, such as " +
        '"shop-logs", got "log"',
      "[stack/logs] 'retentionDays' must be a whole number from 30 to 730, such as 90, got 7",
      "[stack/logs] 'dailyCap' must be a number of gigabytes of at least 0.023, such as 1, got 0: use DailyCap.none() for a workspace without a cap",
    ]);
  });
});

test.each([
  [
    'LogAnalyticsWorkspace',
    LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceName(testStack(), 'found', {
      workspaceName: 'logs',
      resourceGroupName: 'rg',
    }).workspaceId,
    LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceAttributes(testStack(), 'known', {
      workspaceId: `${IDS}/Microsoft.OperationalInsights/workspaces/logs`,
      workspaceLocation: 'West Europe',
    }),
  ],
  [
    'MonitorWorkspace',
    MonitorWorkspace.fromMonitorWorkspaceName(testStack(), 'found', {
      monitorWorkspaceName: 'metrics',
      resourceGroupName: 'rg',
    }).monitorWorkspaceId,
    MonitorWorkspace.fromMonitorWorkspaceAttributes(testStack(), 'known', {
      monitorWorkspaceId: `${IDS}/Microsoft.Monitor/accounts/metrics`,
      monitorWorkspaceLocation: 'West Europe',
    }),
  ],
])('an existing %s is looked up, or known', (_, foundId, known) => {
  expect(foundId).toMatch(/TfToken/);
  expect(known).toMatchObject(
    'workspaceId' in known ? { workspaceLocation: 'westeurope' } : { monitorWorkspaceLocation: 'westeurope' },
  );
  expect(Problems.of(known.node.root)).toEqual([]);
});

test('an Azure Monitor workspace is made in its region', () => {
  const stack = testStack();
  new MonitorWorkspace(stack, 'metrics', { resourceGroup: RESOURCE_GROUP, monitorWorkspaceName: 'shop-metrics' });

  expect(Problems.of(stack)).toEqual([]);
  expect(only(synth(stack), 'azurerm_monitor_workspace')).toMatchObject({
    name: 'shop-metrics',
    resource_group_name: 'rg',
    location: 'westeurope',
  });
});

test('ids and regions of existing workspaces that are none are reported', () => {
  const stack = testStack();
  LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceAttributes(stack, 'logs', {
    workspaceId: 'logs',
    workspaceLocation: 'west-europe',
  });
  MonitorWorkspace.fromMonitorWorkspaceAttributes(stack, 'metrics', {
    monitorWorkspaceId: `${IDS}/microsoft.monitor/accounts/metrics`,
    monitorWorkspaceLocation: '',
  });
  LogAnalyticsWorkspace.fromLogAnalyticsWorkspaceName(stack, 'found', { workspaceName: '-', resourceGroupName: 'rg.' });
  MonitorWorkspace.fromMonitorWorkspaceName(stack, 'other', { monitorWorkspaceName: '-', resourceGroupName: 'rg.' });

  expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
    "[stack/logs] 'workspaceId'",
    "[stack/logs] 'workspaceLocation'",
    "[stack/metrics] 'monitorWorkspaceId'",
    "[stack/metrics] 'monitorWorkspaceLocation'",
    "[stack/found] 'workspaceName'",
    "[stack/found] 'resourceGroupName'",
    "[stack/other] 'monitorWorkspaceName'",
    "[stack/other] 'resourceGroupName'",
  ]);
});
