import {
  AksCluster,
  ClusterIdentity,
  ClusterMonitoring,
  EntraPrincipal,
  GrafanaRole,
  ManagedGrafana,
  MonitorWorkspace,
  Problems,
  ServicePrincipal,
  UserAssignedIdentity,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { addresses, only, RESOURCE_GROUP, synth, testStack, token } from '../../util';

const GRAFANA_ID = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Dashboard/grafana/contoso-grafana';
const CLIENT = '66666666-7777-8888-9999-000000000000';
const PRINCIPAL = '11111111-2222-3333-4444-555555555555';

describe('a Grafana that exists', () => {
  test('may read the metrics of a cluster, by the identity that is looked up', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' });
    const grafana = ManagedGrafana.fromGrafanaName(stack, 'grafana', {
      grafanaName: 'contoso-grafana',
      resourceGroupName: 'shared',
    });
    new ClusterMonitoring(stack, 'monitoring', { cluster, resourceGroup: RESOURCE_GROUP, grafana });
    const json = synth(stack);

    expect(Problems.of(stack)).toEqual([]);
    expect(Object.values(json.data?.['azurerm_dashboard_grafana'] ?? {})).toEqual([
      { name: 'contoso-grafana', resource_group_name: 'shared' },
    ]);
    expect(only(json, 'azurerm_role_assignment')).toEqual({
      role_definition_name: 'Monitoring Data Reader',
      scope: expect.stringMatching(/^\$\{azurerm_monitor_workspace\.monitoring_metrics-workspace_\w+\.id\}$/),
      principal_id: expect.stringMatching(
        /^\$\{data\.azurerm_dashboard_grafana\.grafana_\w*\.identity\[0\]\.principal_id\}$/,
      ),
      principal_type: 'ServicePrincipal',
      skip_service_principal_aad_check: true,
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test.each([
    [GrafanaRole.ADMIN, 'developers_grafana-admin'],
    [GrafanaRole.EDITOR, 'developers_grafana-editor'],
    [GrafanaRole.VIEWER, 'developers_grafana-viewer'],
  ])('lets a group in as %s, once', (role, path) => {
    const stack = testStack();
    const grafana = ManagedGrafana.fromGrafanaAttributes(stack, 'grafana', {
      grafanaId: GRAFANA_ID,
      principalId: PRINCIPAL,
    });
    const developers = EntraPrincipal.group(stack, 'developers', PRINCIPAL);
    grafana.grantAccess(developers, role);
    grafana.grantAccess(developers, role);
    const json = synth(stack);

    expect(addresses(json)).toEqual([expect.stringContaining(`azurerm_role_assignment.${path}`)]);
    expect(only(json, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: role,
      scope: GRAFANA_ID,
      principal_id: PRINCIPAL,
      principal_type: 'Group',
    });
  });

  test.each<[string, (stack: ReturnType<typeof testStack>) => ClusterMonitoring]>([
    [
      'metrics are turned off',
      (stack) =>
        new ClusterMonitoring(stack, 'monitoring', {
          cluster: new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'aks' }),
          resourceGroup: RESOURCE_GROUP,
          metrics: false,
          grafana: known(stack),
        }),
    ],
    [
      'a cluster that is found sends its metrics to a workspace that nobody named',
      (stack) =>
        new ClusterMonitoring(stack, 'monitoring', {
          cluster: AksCluster.fromClusterName(stack, 'cluster', { clusterName: 'aks', resourceGroupName: 'rg' }),
          resourceGroup: RESOURCE_GROUP,
          grafana: known(stack),
        }),
    ],
    [
      'the agents of a cluster cannot log in',
      (stack) =>
        new ClusterMonitoring(stack, 'monitoring', {
          cluster: new AksCluster(stack, 'cluster', {
            resourceGroup: RESOURCE_GROUP,
            clusterName: 'aks',
            identity: ClusterIdentity.servicePrincipal(
              ServicePrincipal.fromServicePrincipalAttributes(stack, 'principal', {
                clientId: CLIENT,
                objectId: PRINCIPAL,
                clientSecret: token(stack).stringValue,
              }),
            ),
          }),
          resourceGroup: RESOURCE_GROUP,
          grafana: known(stack),
        }),
    ],
  ])('is refused where %s', (_, monitor) => {
    const stack = testStack();
    monitor(stack);

    expect(Problems.of(stack)).toEqual([
      "[stack/monitoring] 'grafana' must be left out without Prometheus metrics, got stack/grafana: collect them, or specify the 'metricsWorkspace' of the imported cluster",
    ]);
  });

  test('has a name and ids that Azure takes', () => {
    const stack = testStack();
    ManagedGrafana.fromGrafanaName(stack, 'name', { grafanaName: '1grafana', resourceGroupName: 'rg.' });
    ManagedGrafana.fromGrafanaAttributes(stack, 'ids', { grafanaId: 'grafana', principalId: 'grafana' });
    ManagedGrafana.fromGrafanaName(stack, 'tokens', {
      grafanaName: token(stack).stringValue,
      resourceGroupName: token(stack).stringValue,
    });

    expect(Problems.of(stack).map((problem) => problem.split(' must ')[0])).toEqual([
      "[stack/name] 'grafanaName'",
      "[stack/name] 'resourceGroupName'",
      "[stack/ids] 'grafanaId'",
      "[stack/ids] 'principalId'",
    ]);
  });
});

test('whoever reads the metrics of a workspace gets the role, whether it is made, found or known', () => {
  const stack = testStack();
  const reader = UserAssignedIdentity.fromUserAssignedIdentityName(stack, 'reader', {
    identityName: 'reader',
    resourceGroupName: 'rg',
  });
  const monitorWorkspaceId = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Monitor/accounts/known';
  const workspaces = [
    new MonitorWorkspace(stack, 'made', { resourceGroup: RESOURCE_GROUP, monitorWorkspaceName: 'made' }),
    MonitorWorkspace.fromMonitorWorkspaceName(stack, 'found', {
      monitorWorkspaceName: 'found',
      resourceGroupName: 'rg',
    }),
    MonitorWorkspace.fromMonitorWorkspaceAttributes(stack, 'known', {
      monitorWorkspaceId,
      monitorWorkspaceLocation: 'westeurope',
    }),
  ];
  workspaces.forEach((workspace) => workspace.grantReadMetrics(reader));

  expect(Problems.of(stack)).toEqual([]);
  expect(
    Object.values(synth(stack).resource?.['azurerm_role_assignment'] ?? {}).map((one) => [
      one['role_definition_name'],
      one['scope'],
    ]),
  ).toEqual([
    ['Monitoring Data Reader', expect.stringMatching(/^\$\{data\.azurerm_monitor_workspace\.found_/)],
    ['Monitoring Data Reader', monitorWorkspaceId],
    ['Monitoring Data Reader', expect.stringMatching(/^\$\{azurerm_monitor_workspace\.made_/)],
  ]);
});

function known(stack: ReturnType<typeof testStack>): ReturnType<typeof ManagedGrafana.fromGrafanaAttributes> {
  return ManagedGrafana.fromGrafanaAttributes(stack, 'grafana', { grafanaId: GRAFANA_ID, principalId: PRINCIPAL });
}
