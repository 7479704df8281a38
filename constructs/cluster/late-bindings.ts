type ClusterLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster');

type NodePools = typeof import('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool');

export const clusterLookups = (): ClusterLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster') as ClusterLookups;

export const nodePools = (): NodePools =>
  require('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool') as NodePools;
