import type { MonitorAlertPrometheusRuleGroupRule } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import { ruleGroups } from './late-bindings';
import type { MonitoredCluster } from './monitored-cluster';

/** Properties of `RuleGroup`. */
export interface RuleGroupProps {
  readonly cluster: MonitoredCluster;
  /** The workspace whose metrics the rules read. The rules must be in its region. */
  readonly workspace: IMonitorWorkspace;
  readonly ruleGroupName: string;
  readonly description: string;
  /** The rules, which are read when the program is complete. */
  readonly rules: () => MonitorAlertPrometheusRuleGroupRule[];
}

/** Prometheus rules that are evaluated every minute over the metrics of one cluster. */
export class RuleGroup extends Construct {
  constructor(scope: Construct, id: string, { cluster, workspace, ruleGroupName, description, rules }: RuleGroupProps) {
    super(scope, id);
    const bindings = ruleGroups();
    new bindings.MonitorAlertPrometheusRuleGroup(this, 'Resource', {
      name: ruleGroupName,
      resourceGroupName: cluster.groupName,
      location: workspace.monitorWorkspaceLocation,
      clusterName: cluster.clusterName,
      description,
      interval: 'PT1M',
      ruleGroupEnabled: true,
      // with the cluster as a scope, the rules read no metrics of other clusters in the workspace
      scopes: [workspace.monitorWorkspaceId, cluster.clusterId],
      rule: Lazy.anyValue({
        produce: () => rules().map((one) => bindings.monitorAlertPrometheusRuleGroupRuleToTerraform(one) as object),
      }),
    });
  }
}
