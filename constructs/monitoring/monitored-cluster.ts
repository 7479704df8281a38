/** A cluster as the parts of its monitoring need it. */
export interface MonitoredCluster {
  readonly clusterId: string;
  readonly clusterName: string;
  /** The resource group that the parts live in. */
  readonly groupName: string;
}
