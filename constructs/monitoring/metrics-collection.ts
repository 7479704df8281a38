import { Construct } from 'constructs';
import type { IMonitorWorkspace } from '../workspaces/i-monitor-workspace';
import { dataCollection, endpoints } from './late-bindings';
import { joinedName } from './monitoring-names';
import type { MonitoredCluster } from './monitored-cluster';
import { RECORDING_RULE_GROUPS } from './recording-rules';
import { RuleGroup } from './rule-group';

const STREAMS = ['Microsoft-PrometheusMetrics'];

/** The name of the destination within the rule. */
const DESTINATION = 'MonitoringAccount1';

/**
 * The collection of metrics in a workspace: an endpoint and a rule in the region of the workspace, their association
 * with the cluster, and the recording rules that dashboards use.
 */
export class MetricsCollection extends Construct {
  constructor(scope: Construct, id: string, cluster: MonitoredCluster, workspace: IMonitorWorkspace) {
    super(scope, id);
    const { monitorWorkspaceLocation: location } = workspace;
    const place = { resourceGroupName: cluster.groupName, location, kind: 'Linux' };
    const parts = ['MSProm', location, cluster.clusterName];
    const endpoint = new (endpoints().MonitorDataCollectionEndpoint)(this, 'endpoint', {
      name: joinedName(parts, 44),
      ...place,
    });
    const { MonitorDataCollectionRule, MonitorDataCollectionRuleAssociation } = dataCollection();
    const rule = new MonitorDataCollectionRule(this, 'Resource', {
      name: joinedName(parts, 64),
      ...place,
      description: 'Metrics of the cluster for managed Prometheus',
      dataCollectionEndpointId: endpoint.id,
      dataSources: { prometheusForwarder: [{ name: 'PrometheusDataSource', streams: STREAMS }] },
      destinations: { monitorAccount: [{ name: DESTINATION, monitorAccountId: workspace.monitorWorkspaceId }] },
      dataFlow: [{ streams: STREAMS, destinations: [DESTINATION] }],
    });
    new MonitorDataCollectionRuleAssociation(this, 'association', {
      name: joinedName(parts, 64),
      targetResourceId: cluster.clusterId,
      dataCollectionRuleId: rule.id,
      description: 'Required to collect metrics of this cluster',
    });
    for (const { name, description, rules } of RECORDING_RULE_GROUPS) {
      new RuleGroup(this, name, {
        cluster,
        workspace,
        ruleGroupName: `${name}-${cluster.clusterName}`,
        description,
        rules: () => rules.map((one) => ({ enabled: true, ...one })),
      });
    }
  }
}
