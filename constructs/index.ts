/*
 * What the package exports, room by room. Nothing else is public.
 */
import './core/one-copy';

export * from './core/problems/problems';

export type { IResourceGroupRef } from './azure/resource-group';
export type { ProtectionOptions } from './azure/protection';
export type { TagOptions } from './azure/tag-changes';
export * from './azure/tags';

export * from './identity/entra-principal';
export { Grant } from './identity/grant';
export type { GrantPrincipal, IGrantable, IImagePuller } from './identity/grants';
export type { IUserAssignedIdentity } from './identity/i-user-assigned-identity';
export * from './identity/service-principal';
export * from './identity/user-assigned-identity';

export { AcrAgentPool, type AcrAgentPoolProps, AcrAgentPoolTier, type IAcrAgentPool } from './registry/acr-agent-pool';
export { AcrDnsZone, type AcrDnsZoneProps, type IAcrDnsZone } from './registry/acr-dns-zone';
export { DailyCap } from './workspaces/daily-cap';
export type { ILogAnalyticsWorkspace } from './workspaces/i-log-analytics-workspace';
export type { IMonitorWorkspace } from './workspaces/i-monitor-workspace';
export * from './workspaces/log-analytics-workspace';
export * from './workspaces/monitor-workspace';

export * from './registry/acr-image-build';
export { AcrPermission } from './registry/acr-permission';
export { AcrPrivateEndpoint, type AcrPrivateEndpointProps } from './registry/acr-private-endpoint';
export { AcrRegistry } from './registry/acr-registry';
export type { AcrGeoReplication, AcrRegistryProps } from './registry/acr-registry-props';
export { AcrPublicAccess, type AcrRestrictionOptions } from './registry/acr-public-access';
export { AcrScopeMap, type AcrScopeMapProps, type IAcrScopeMap } from './registry/acr-scope-map';
export { AcrSku } from './registry/acr-sku';
export { AcrToken, type AcrTokenProps } from './registry/acr-token';
export {
  AcrUpstreamCredentials,
  type AcrUpstreamCredentialsAttributes,
  type AcrUpstreamCredentialsProps,
} from './registry/acr-upstream-credentials';
export { AcrWebhook, AcrWebhookAction, type AcrWebhookProps } from './registry/acr-webhook';
export type { AcrRegistryAttributes, AcrRegistryNameAttributes } from './registry/imported-acr-registry';
export { AcrRegistryBase } from './registry/acr-registry-base';
export type { IAcrRegistry } from './registry/i-acr-registry';
export { AcrRoleAssignmentMode } from './registry/acr-role-assignment-mode';

export { AksVirtualNetwork, type AksVirtualNetworkProps } from './network/aks-virtual-network';
export { type ISubnet, SubnetUse } from './network/i-subnet';
export type { IVirtualNetwork } from './network/i-virtual-network';
export type { NatGatewayProps } from './network/nat-gateway';
export type { InboundRuleOptions, InboundRuleProps } from './network/node-security-group';
export * from './key-vault/disk-encryption-set';
export * from './key-vault/i-key-vault';
export type { IKeyVaultKey } from './key-vault/i-key-vault-key';
export * from './key-vault/key-vault';
export * from './key-vault/key-vault-key';
export * from './network/subnet';
export * from './network/traffic-source';
export type { VirtualNetworkAttributes, VirtualNetworkNameAttributes } from './network/virtual-network';
export type { PeeringOptions } from './network/virtual-network-peering';
export { type VirtualNetworkSubnetProps } from './network/virtual-network-subnet';

export * from './cluster/aks-cluster';
export * from './cluster/aks-cluster-props';
export { AksClusterBase } from './cluster/aks-cluster-base';
export * from './cluster/aks-service-account';
export { AutoscalerExpander, type ClusterAutoscalerOptions } from './cluster/cluster-autoscaler';
export type { DefaultNodePoolProps } from './cluster/default-node-pool';
export type { IAksCluster } from './cluster/i-aks-cluster';
export type { AddServiceAccountOptions, IAksServiceAccount } from './cluster/i-aks-service-account';
export type { INodePool } from './cluster/i-node-pool';
export type { AksClusterAttributes, AksClusterNameAttributes } from './cluster/imported-aks-cluster';
export * from './cluster/keda-identity';
export * from './cluster/kubernetes-version';
export type { NodePoolAttributes, NodePoolNameAttributes } from './cluster/imported-node-pool';
export * from './cluster/node-pool';
export * from './cluster/access/api-server-access';
export * from './cluster/access/cluster-authentication';
export * from './cluster/access/cluster-role';
export * from './cluster/identity/cluster-identity';
export type { DualStackOptions } from './cluster/network-profile/dual-stack';
export * from './cluster/network-profile/network-profile';
export * from './cluster/network-profile/network-profile-props';
export * from './cluster/network-profile/outbound';
export * from './cluster/upgrades/maintenance-schedule';
export type { MaintenanceHours, MaintenanceWindow } from './cluster/upgrades/maintenance-window';
export type { DateRange, TimeRange } from './cluster/upgrades/time-range';
export { NodeOsUpgradeChannel, UpgradeChannel, type UpgradePolicy } from './cluster/upgrades/upgrade-policy';
export * from './cluster/node-pools/add-node-pool-options';
export * from './cluster/security/cluster-security-options';
export { GpuDriver, GpuInstance } from './cluster/node-pools/gpu';
export { CpuManagerPolicy, type KubeletOptions, TopologyManagerPolicy } from './cluster/node-pools/kubelet';
export { type LinuxOsOptions, TransparentHugePageDefrag, TransparentHugePages } from './cluster/node-pools/linux-os';
export type { NodeOptions, NodePublicIpOptions } from './cluster/node-pools/node-options';
export type { LocalPortRange, SysctlOptions } from './cluster/node-pools/sysctls';
export type * from './cluster/security/cluster-security-options';
export {
  type NodePoolAutoscaling,
  type NodePoolOptions,
  OsDiskType,
  OsSku,
} from './cluster/node-pools/node-pool-options';
export { UndrainableNodeBehavior, type UpgradeSettings } from './cluster/node-pools/upgrade-settings';

export * from './monitoring/action-group';
export { AlertReceiver, AlertRole } from './monitoring/alert-receiver';
export {
  type AlertOptions,
  AlertSeverity,
  type AlertSeverityOptions,
  type CertificateAlertOptions,
  type CustomAlertOptions,
  type PasswordAlertOptions,
  type PercentAlertOptions,
} from './monitoring/alert-options';
export { ClusterAlert } from './monitoring/cluster-alert';
export * from './monitoring/cluster-monitoring';
export { GrafanaRole } from './monitoring/grafana-role';
export type { IManagedGrafana } from './monitoring/i-managed-grafana';
export * from './monitoring/managed-grafana';
export type { ClusterMonitoringProps } from './monitoring/cluster-monitoring-props';
export * from './monitoring/container-logs';
export * from './monitoring/control-plane-log';
export type { IActionGroup } from './monitoring/i-action-group';

export * from './kubernetes/percent-or-absolute';
export type { INodes } from './kubernetes/nodes';
export type { IServiceAccount } from './kubernetes/service-account';
export * from './kubernetes/taint';

export * from './workload/kubernetes-namespace';
export { Affinity, type AffinityOptions, type IPods } from './workload/placement/affinity';
export type { IPriorityClass } from './workload/placement/i-priority-class';
export { Placement, type PlacementOptions } from './workload/placement/placement';
export { PreemptionPolicy, PriorityClass, type PriorityClassProps } from './workload/priority-class';
export type { TolerationProps } from './workload/placement/toleration';
export type { ContainerAmount, ContainerLimits } from './workload/namespace/container-limits';
export { type NamespacePodSecurity, PodSecurityLevel } from './workload/namespace/namespace-pod-security';
export type { NamespaceQuota } from './workload/namespace/namespace-quota';
export type { WorkloadAttributes } from './workload/imported-workload';
export type { BlueGreenServiceProps } from './workload/blue-green-props';
export { BlueGreenService } from './workload/blue-green-service';
export type { IWorkload } from './workload/i-workload';
export type { IKubernetesServiceAccount } from './workload/access/i-kubernetes-service-account';
export * from './workload/access/kubernetes-grant';
export * from './workload/access/kubernetes-role';
export * from './workload/access/kubernetes-service-account';
export * from './workload/access/kubernetes-verb';
export * from './workload/network-peer';
export { NetworkPort } from './workload/network-port';
export * from './workload/worker';
export type { WorkerProps } from './workload/worker-props';
export * from './workload/workload';
export * from './workload/cron-job';
export * from './workload/daemon-set';
export * from './workload/job';
export type { MigrationOptions } from './workload/jobs/migration-options';
export { CompletionMode, type JobOptions, JobRestartPolicy } from './workload/jobs/job-options';
export type { WorkloadNames } from './workload/workload-names';
export type { WorkloadProps } from './workload/workload-props';
export type { ContainerOptions } from './workload/pod/container-options';
export type { PodOptions } from './workload/pod/pod-options';
export type { PortOptions } from './workload/pod/port-options';
export type { RunningOptions } from './workload/pod/running-options';
export type { IClusterNetwork, WorkloadOptions } from './workload/pod/workload-options';
export type { EventScalingProps } from './workload/scaling/event-scaling';
export { VerticalScalingMode, type VerticalScalingProps } from './workload/scaling/vertical-scaling';
export {
  type PrometheusTriggerOptions,
  type QueueTriggerOptions,
  ScalingTrigger,
  type ScheduleTriggerOptions,
  type ServiceBusQueueTriggerOptions,
  type ServiceBusSubscriptionTriggerOptions,
  type StorageQueueTriggerOptions,
} from './workload/scaling/scaling-trigger';
export type { ReplicaOptions } from './workload/scaling/replica-options';
export * from './workload/exposure/exposure';
export * from './workload/exposure/external-service';
export * from './workload/exposure/load-balancer';
export {
  ServiceIpFamilies,
  type ServiceOptions,
  type ServicePort,
  ServiceProtocol,
  type SessionAffinityOptions,
} from './workload/exposure/service-options';
export * from './workload/pod/container-image';
export * from './workload/pod/env-value';
export type { InitContainer } from './workload/pod/init-container';
export { type CustomSecurityOptions, PodSecurity, type RestrictedOptions } from './workload/pod/pod-security';
export {
  type GrpcProbeOptions,
  type HttpProbeOptions,
  Probe,
  type ProbeOptions,
  type ProbeSet,
} from './workload/pod/probe';
export type { DeviceResources } from './workload/pod/device-resources';
export { type ContainerResources, Cpu, Memory } from './workload/pod/resources';
export type { Sidecar } from './workload/pod/sidecar';
export { Spread, type SpreadConstraint, WhenUnsatisfiable } from './workload/pod/spread';
export { type HostPathOptions, HostPathType } from './workload/storage/host-path';
export * from './workload/pod/spread';
export {
  PersistentVolumeClaim,
  type PersistentVolumeClaimAttributes,
  type PersistentVolumeClaimProps,
} from './workload/persistent-volume-claim';
export {
  StorageClass,
  type StorageClassAttributes,
  type StorageClassProps,
  VolumeBindingMode,
} from './workload/storage-class';
export { PodManagement, type StatefulOptions } from './workload/scaling/stateful-options';
export * from './workload/storage/aks-storage-class';
export * from './workload/storage/azure-storage';
export { AccessMode, type ClaimOptions } from './workload/storage/claim-options';
export type { IPersistentVolumeClaim } from './workload/storage/i-persistent-volume-claim';
export { DataPolicy, type IStorageClass } from './workload/storage/i-storage-class';
export type { KeyVaultFile } from './workload/storage/key-vault-file';
export * from './workload/storage/volume';
export type { VolumeMount } from './workload/storage/volume-mount';
export { type DaemonSetRolloutProps, DaemonSetUpdateStrategy } from './workload/scaling/daemon-set-rollout';
export type { AutoscalingProps } from './workload/scaling/autoscaling';
export * from './workload/scaling/disruption-budget';
export * from './workload/scaling/scaling-metric';
export { type RolloutProps, RolloutStrategy } from './workload/scaling/rollout';

export { Gateway, type GatewayProps } from './routing/gateway';
export { HttpRoute } from './routing/http-route';
export * from './routing/http-route-props';
export type { IGateway } from './routing/i-gateway';
export type { GatewayAttributes } from './routing/imported-gateway';
export * from './routing/route-controller';
export * from './routing/tls-certificate';

export type { IVoteBackend } from './vote/i-vote-backend';
export type { IFrontWorkload, IVoteFront } from './vote/i-vote-front';
export * from './vote/vote-app';
export * from './vote/vote-backend';
export * from './vote/vote-front';
export * from './vote/vote-security';

export * from './manifests/manifests';

export * from './value-rules/value-rule';
