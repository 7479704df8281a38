/**
 * How do I monitor my cluster, and get notified when something is wrong?
 *
 * One stack. Container logs and audit logs of the API server are in a workspace that keeps them for three months and
 * ingests five gigabytes a day; metrics are in another one. The team gets the recommended alerts and a custom one, by
 * e-mail and on its pager. The portal shows what each namespace costs.
 */
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  ActionGroup,
  AksCluster,
  AlertReceiver,
  AlertSeverity,
  ClusterAlert,
  ClusterMonitoring,
  ClusterTier,
  ContainerLogs,
  ControlPlaneLog,
  DailyCap,
  LogAnalyticsWorkspace,
  Problems,
} from '../constructs';

export class ObservedClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}] });
    const resourceGroup = new ResourceGroup(this, 'resource-group', { name: 'observed-rg', location: 'westeurope' });
    const cluster = new AksCluster(this, 'cluster', {
      resourceGroup,
      clusterName: 'observed-aks',
      tier: ClusterTier.STANDARD,
      costAnalysis: true,
      defaultNodePool: { name: 'system', autoscaling: { minCount: 2, maxCount: 4 } },
    });
    cluster.addNodePool('apps', { name: 'apps', autoscaling: { minCount: 1, maxCount: 10 } });

    const workspace = new LogAnalyticsWorkspace(this, 'logs', {
      resourceGroup,
      workspaceName: 'observed-logs',
      retentionDays: 90,
      dailyCap: DailyCap.gigabytes(5),
    });
    // the address contains a key, which must not be in any file
    const pager = new TerraformVariable(this, 'pager', { type: 'string', sensitive: true });
    const onCall = new ActionGroup(this, 'on-call', {
      resourceGroup,
      actionGroupName: 'observed-on-call',
      shortName: 'observed',
      receivers: [AlertReceiver.email('team', 'team@contoso.com'), AlertReceiver.webhook('pager', pager.stringValue)],
    });
    const monitoring = new ClusterMonitoring(this, 'monitoring', {
      cluster,
      resourceGroup,
      workspace,
      containerLogs: ContainerLogs.logsAndEvents({ intervalMinutes: 5 }),
      controlPlaneLogs: [ControlPlaneLog.KUBE_AUDIT_ADMIN, ControlPlaneLog.GUARD, ControlPlaneLog.CLUSTER_AUTOSCALER],
      notify: [onCall],
      alerts: [
        ...ClusterAlert.recommended(),
        ClusterAlert.custom('JobFailed', {
          expression: 'kube_job_failed{job="kube-state-metrics",condition="true"} > 0',
          description: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} failed',
          severity: AlertSeverity.INFORMATIONAL,
          minutes: 5,
        }),
      ],
    });
    new TerraformOutput(this, 'logs-workspace', { value: monitoring.workspace?.workspaceId });
    new TerraformOutput(this, 'metrics-workspace', { value: monitoring.metricsWorkspace?.monitorWorkspaceId });
  }
}

if (require.main === module) {
  const app = new App({ stackTraces: false });
  new ObservedClusterStack(app, 'observed-cluster');
  const problems = Problems.of(app);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  app.synth();
}
