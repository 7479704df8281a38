export * from './azure/acr-image-build';
export * from './azure/acr-registry';
export { AcrRoleAssignmentMode } from './azure/acr-role-assignment-mode';
export * from './azure/aks-cluster';
export type { IAksCluster } from './azure/aks-cluster-base';
export * from './azure/aks-service-account';
export { AksVirtualNetwork, type AksVirtualNetworkProps } from './azure/aks-virtual-network';
export * from './azure/api-server-access';
export * from './azure/cluster-authentication';
export { AutoscalerExpander, type ClusterAutoscalerOptions } from './azure/cluster-autoscaler';
export * from './azure/cluster-identity';
export * from './azure/cluster-role';
export type { DefaultNodePoolProps } from './azure/default-node-pool';
export * from './azure/entra-principal';
export type { GrantPrincipal, IGrantable, IImagePuller } from './azure/grants';
export type { AksClusterAttributes, AksClusterNameAttributes } from './azure/imported-aks-cluster';
export * from './azure/kubernetes-version';
export type { NatGatewayProps } from './azure/nat-gateway';
export * from './azure/network-profile';
export * from './azure/network-profile-props';
export * from './azure/node-pool';
export { type NodePoolAutoscaling, type NodePoolOptions, OsDiskType } from './azure/node-pool-options';
export type { InboundRuleOptions, InboundRuleProps } from './azure/node-security-group';
export * from './azure/outbound';
export * from './azure/resource-group';
export * from './azure/service-principal';
export * from './azure/subnet';
export * from './azure/taint';
export * from './azure/traffic-source';
export * from './azure/user-assigned-identity';
export type { IVirtualNetwork, VirtualNetworkAttributes, VirtualNetworkNameAttributes } from './azure/virtual-network';
export type { PeeringOptions } from './azure/virtual-network-peering';
export { SubnetUse, type VirtualNetworkSubnetProps } from './azure/virtual-network-subnet';
export type { AutoscalingProps } from './kubernetes/autoscaling';
export * from './kubernetes/container-image';
export * from './kubernetes/disruption-budget';
export * from './kubernetes/env-value';
export * from './kubernetes/exposure';
export type { InitContainer } from './kubernetes/init-container';
export * from './kubernetes/kubernetes-namespace';
export * from './kubernetes/load-balancer';
export * from './kubernetes/percent-or-absolute';
export { PodSecurity, type RestrictedOptions } from './kubernetes/pod-security';
export {
  type GrpcProbeOptions,
  type HttpProbeOptions,
  Probe,
  type ProbeOptions,
  type ProbeSet,
} from './kubernetes/probe';
export { type ContainerResources, Cpu, Memory } from './kubernetes/resources';
export { type RolloutProps, RolloutStrategy } from './kubernetes/rollout';
export type { IServiceAccount } from './kubernetes/service-account';
export * from './kubernetes/spread';
export * from './kubernetes/vote-app';
export * from './kubernetes/vote-backend';
export * from './kubernetes/vote-front';
export * from './kubernetes/workload';
export type { WorkloadNames } from './kubernetes/workload-names';
export type { IClusterNetwork, WorkloadOptions, WorkloadProps } from './kubernetes/workload-props';
export * from './problems';
