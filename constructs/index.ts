export * from './azure/acr-image-build';
export * from './azure/acr-registry';
export * from './azure/aks-cluster';
export * from './azure/cluster-identity';
export type { DefaultNodePoolProps } from './azure/default-node-pool';
export * from './azure/grants';
export * from './azure/network-profile';
export * from './azure/resource-group';
export * from './azure/service-principal';
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
export * from './kubernetes/spread';
export * from './kubernetes/vote-app';
export * from './kubernetes/vote-backend';
export * from './kubernetes/vote-front';
export * from './kubernetes/workload';
export type { IClusterNetwork, WorkloadOptions, WorkloadProps } from './kubernetes/workload-props';
export * from './problems';
