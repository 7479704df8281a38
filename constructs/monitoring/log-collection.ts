import { Construct } from 'constructs';
import type { ILogAnalyticsWorkspace } from '../workspaces/i-log-analytics-workspace';
import type { ContainerLogs } from './container-logs';
import { dataCollection } from './late-bindings';
import { joinedName } from './monitoring-names';
import type { MonitoredCluster } from './monitored-cluster';

/** The name of the destination within the rule. */
const DESTINATION = 'ciworkspace';

/** The name by which the agent of Container insights finds its rule, and Azure finds the monitored cluster. */
const EXTENSION = 'ContainerInsightsExtension';

/**
 * The collection of container logs in a workspace: a rule in the region of the workspace, and its association with the
 * cluster.
 */
export class LogCollection extends Construct {
  constructor(
    scope: Construct,
    id: string,
    cluster: MonitoredCluster,
    workspace: ILogAnalyticsWorkspace,
    logs: ContainerLogs,
  ) {
    super(scope, id);
    const { MonitorDataCollectionRule, MonitorDataCollectionRuleAssociation } = dataCollection();
    const rule = new MonitorDataCollectionRule(this, 'Resource', {
      name: joinedName(['MSCI', workspace.workspaceLocation, cluster.clusterName], 64),
      resourceGroupName: cluster.groupName,
      location: workspace.workspaceLocation,
      kind: 'Linux',
      description: 'Container logs, events and inventory of the cluster',
      dataSources: {
        extension: [
          {
            name: EXTENSION,
            extensionName: 'ContainerInsights',
            streams: logs._streams,
            extensionJson: logs._settings,
          },
        ],
      },
      destinations: { logAnalytics: [{ name: DESTINATION, workspaceResourceId: workspace.workspaceId }] },
      dataFlow: [{ streams: logs._streams, destinations: [DESTINATION] }],
    });
    new MonitorDataCollectionRuleAssociation(this, 'association', {
      name: EXTENSION,
      targetResourceId: cluster.clusterId,
      dataCollectionRuleId: rule.id,
      description: 'Required to collect container logs of this cluster',
    });
  }
}
