import type { IConstruct } from 'constructs';
import type { ProtectionOptions } from '../azure/protection';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { ApiServerAccess } from './access/api-server-access';
import type { ClusterAuthentication } from './access/cluster-authentication';
import type { ClusterAutoscalerOptions } from './cluster-autoscaler';
import type { DefaultNodePoolProps } from './default-node-pool';
import type { ClusterIdentity } from './identity/cluster-identity';
import type { KubernetesVersion } from './kubernetes-version';
import type { NetworkProfile } from './network-profile/network-profile';
import type { ClusterSecurityOptions } from './security/cluster-security-options';
import type { UpgradePolicy } from './upgrades/upgrade-policy';

/** The pricing tier of the control plane of a cluster, and its service level. */
export enum ClusterTier {
  /** Free, without a service level. */
  FREE = 'Free',
  /** With an uptime SLA for the API server. */
  STANDARD = 'Standard',
  /** Standard, with long-term support for Kubernetes versions. */
  PREMIUM = 'Premium',
}

/** Properties of `AksCluster`. */
export interface AksClusterProps extends ClusterSecurityOptions, ProtectionOptions {
  /**
   * The resource group of the cluster.
   *
   * @alias resourceGroupName, region
   */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the cluster, unique in its resource group. Changing it replaces the cluster. */
  readonly clusterName: string;
  /**
   * The first part of the API server's host name. Changing it replaces the cluster.
   *
   * @default - the name of the cluster
   */
  readonly dnsPrefix?: string;
  /**
   * The minor version of Kubernetes, which all its pools follow, such as `KubernetesVersion.of('1.36')`. Where
   * `upgradePolicy` has a channel for versions, deployments do not change it any more.
   *
   * @default - the version that Azure recommends when the cluster is created
   * @alias version, orchestratorVersion
   */
  readonly kubernetesVersion?: KubernetesVersion;
  /**
   * Keeps the Kubernetes version supported for a second year. Needs `ClusterTier.PREMIUM`.
   *
   * @default false
   * @alias supportPlan
   */
  readonly longTermSupport?: boolean;
  /**
   * The automatic upgrades of the cluster, and their maintenance windows.
   *
   * @default - new node images about once a week, at any time, and the Kubernetes version of the program
   */
  readonly upgradePolicy?: UpgradePolicy;
  /**
   * The pricing tier of the control plane.
   *
   * @default ClusterTier.FREE
   * @alias skuTier, sku
   */
  readonly tier?: ClusterTier;
  /**
   * Shows in the portal what each namespace and each asset of the cluster costs. Needs `ClusterTier.STANDARD` or
   * `ClusterTier.PREMIUM`, and costs nothing itself.
   *
   * @default false
   * @see https://learn.microsoft.com/azure/aks/cost-analysis
   */
  readonly costAnalysis?: boolean;
  /**
   * Whether the cluster has the add-on of KEDA, which scales workloads by events, such as messages in a queue, down to
   * no pods. To turn it off again, set it to false: removing the property changes nothing.
   *
   * @default - not turned on
   * @alias workloadAutoscalerProfile, kedaEnabled
   * @see https://learn.microsoft.com/azure/aks/keda-about
   */
  readonly keda?: boolean;
  /**
   * Whether the cluster has the add-on of the VerticalPodAutoscaler, which finds the requests that pods need. To turn
   * it off again, set it to false: removing the property changes nothing.
   *
   * @default - not turned on
   * @alias vpa, verticalPodAutoscalerEnabled
   * @see https://learn.microsoft.com/azure/aks/vertical-pod-autoscaler
   */
  readonly verticalPodAutoscaler?: boolean;
  /**
   * The pool that every cluster has.
   *
   * @default - two nodes of Standard_D4s_v5
   * @alias agentPoolProfiles, systemNodePool, nodePool
   */
  readonly defaultNodePool?: DefaultNodePoolProps;
  /**
   * The behavior of the cluster autoscaler, in all pools that it scales.
   *
   * @default - the defaults of Azure
   * @alias autoScalerProfile, clusterAutoscalerProfile
   */
  readonly clusterAutoscaler?: ClusterAutoscalerOptions;
  /**
   * The identity that the cluster uses to manage Azure resources, such as `ClusterIdentity.systemAssigned()`.
   *
   * @default - an identity that Azure creates with the cluster; for your own network or DNS zone, one that is created
   *   before it and gets its roles there
   * @alias managedIdentity, userAssignedIdentity, servicePrincipal, kubeletIdentity
   */
  readonly identity?: ClusterIdentity;
  /**
   * How users and programs sign in to the Kubernetes API.
   *
   * @default ClusterAuthentication.localAccounts()
   * @alias azureActiveDirectoryRoleBasedAccessControl, aadProfile, azureActiveDirectory, localAccountDisabled,
   *   disableLocalAccounts, enableAad, enableAzureRbac, roleBasedAccessControl
   */
  readonly authentication?: ClusterAuthentication;
  /**
   * The networks from which the Kubernetes API can be reached.
   *
   * @default ApiServerAccess.publicAccess()
   * @alias apiServerAccessProfile, apiServerAuthorizedIpRanges, authorizedIpRanges, privateClusterEnabled,
   *   privateCluster, enablePrivateCluster, privateDnsZone
   */
  readonly apiServerAccess?: ApiServerAccess;
  /**
   * How nodes and pods get addresses.
   *
   * @default NetworkProfile.overlay()
   * @alias network, loadBalancerProfile, natGatewayProfile
   */
  readonly networkProfile?: NetworkProfile;
  /**
   * The public key whose owner may log in to the nodes as "azureuser". Changing it replaces the cluster.
   *
   * @default - nobody can
   * @alias linuxProfile, sshKey, sshKeyValue
   */
  readonly sshPublicKey?: string;
  /**
   * Constructs that must be ready before it is created, in addition to those that its network and its identity need.
   *
   * @default - nothing
   * @alias dependsOn
   */
  readonly prerequisites?: IConstruct[];
}
