/*
 * Bindings that few programs need, loaded on demand.
 */

type ClusterLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster');
type FederatedCredentials = typeof import('@cdktf/provider-azurerm/lib/federated-identity-credential');
type NodePoolLookups = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster-node-pool');
type NodePools = typeof import('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool');

export const clusterLookups = (): ClusterLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster') as ClusterLookups;

export const federatedCredentials = (): FederatedCredentials =>
  require('@cdktf/provider-azurerm/lib/federated-identity-credential') as FederatedCredentials;

export const nodePoolLookups = (): NodePoolLookups =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster-node-pool') as NodePoolLookups;

export const nodePools = (): NodePools =>
  require('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool') as NodePools;
