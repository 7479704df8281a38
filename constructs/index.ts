export * from './registry/acr-image-build';
export * from './registry/acr-registry';
export { AcrRoleAssignmentMode } from './registry/acr-role-assignment-mode';
export * from './cluster/aks-cluster';
export type { IAksCluster } from './cluster/aks-cluster-base';
export * from './cluster/aks-service-account';
export { AksVirtualNetwork, type AksVirtualNetworkProps } from './network/aks-virtual-network';
export * from './cluster/access/api-server-access';
export * from './cluster/access/cluster-authentication';
export { AutoscalerExpander, type ClusterAutoscalerOptions } from './cluster/cluster-autoscaler';
export * from './cluster/identity/cluster-identity';
export * from './cluster/access/cluster-role';
export type { DefaultNodePoolProps } from './cluster/default-node-pool';
export * from './identity/entra-principal';
export type { GrantPrincipal, IGrantable, IImagePuller } from './identity/grants';
export type { AksClusterAttributes, AksClusterNameAttributes } from './cluster/imported-aks-cluster';
export * from './cluster/kubernetes-version';
export type { NatGatewayProps } from './network/nat-gateway';
export * from './cluster/network-profile/network-profile';
export * from './cluster/network-profile/network-profile-props';
export * from './cluster/node-pool';
export { type NodePoolAutoscaling, type NodePoolOptions, OsDiskType } from './cluster/node-pool/node-pool-options';
export type { InboundRuleOptions, InboundRuleProps } from './network/node-security-group';
export * from './cluster/network-profile/outbound';
export * from './azure/resource-group';
export * from './identity/service-principal';
export * from './network/subnet';
export * from './cluster/node-pool/taint';
export * from './network/traffic-source';
export * from './identity/user-assigned-identity';
export type {
  IVirtualNetwork,
  VirtualNetworkAttributes,
  VirtualNetworkNameAttributes,
} from './network/virtual-network';
export type { PeeringOptions } from './network/virtual-network-peering';
export { SubnetUse, type VirtualNetworkSubnetProps } from './network/virtual-network-subnet';
export type { AutoscalingProps } from './workload/scaling/autoscaling';
export * from './workload/pod/container-image';
export * from './workload/scaling/disruption-budget';
export * from './workload/pod/env-value';
export * from './workload/exposure/exposure';
export type { InitContainer } from './workload/pod/init-container';
export * from './workload/kubernetes-namespace';
export * from './workload/exposure/load-balancer';
export * from './workload/scaling/percent-or-absolute';
export { PodSecurity, type RestrictedOptions } from './workload/pod/pod-security';
export {
  type GrpcProbeOptions,
  type HttpProbeOptions,
  Probe,
  type ProbeOptions,
  type ProbeSet,
} from './workload/pod/probe';
export { type ContainerResources, Cpu, Memory } from './workload/pod/resources';
export { type RolloutProps, RolloutStrategy } from './workload/scaling/rollout';
export type { IServiceAccount } from './workload/service-account';
export * from './workload/pod/spread';
export * from './vote/vote-app';
export * from './vote/vote-backend';
export * from './vote/vote-front';
export * from './workload/workload';
export type { WorkloadNames } from './workload/workload-names';
export type { IClusterNetwork, WorkloadOptions, WorkloadProps } from './workload/workload-props';
export * from './core/problems';
