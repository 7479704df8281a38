/** A cluster, for the parts of its monitoring. */
export interface MonitoredCluster {
  readonly clusterId: string;
  readonly clusterName: string;
  /** The resource group of the parts. */
  readonly groupName: string;
}
