import type { MonitorAlertPrometheusRuleGroupRule } from '@cdktf/provider-azurerm/lib/monitor-alert-prometheus-rule-group';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import { ruleGroups } from './late-bindings';
import type { MonitoredCluster } from './monitored-cluster';

/** Properties of `RuleGroup`. */
export interface RuleGroupProps {
  readonly cluster: MonitoredCluster;
  /** The workspace whose metrics the rules read, in whose region they must be. */
  readonly workspace: IMonitorWorkspace;
  readonly ruleGroupName: string;
  readonly description: string;
  /** The rules, asked for when the program is complete. */
  readonly rules: () => MonitorAlertPrometheusRuleGroupRule[];
}

/** Rules of Prometheus that are evaluated every minute, over the metrics of one cluster. */
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
      // with the cluster among the scopes, rules see no metrics of others in the workspace
      scopes: [workspace.monitorWorkspaceId, cluster.clusterId],
      rule: Lazy.anyValue({
        produce: () => rules().map((one) => bindings.monitorAlertPrometheusRuleGroupRuleToTerraform(one) as object),
      }),
    });
  }
}
