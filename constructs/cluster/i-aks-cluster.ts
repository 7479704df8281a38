import type { KubernetesProviderConfig } from '@cdktf/provider-kubernetes/lib/provider';
import type { Construct } from 'constructs';
import type { AddServiceAccountOptions, IAksServiceAccount } from './i-aks-service-account';
import type { ClusterRole, GrantAccessOptions } from './access/cluster-role';
import type { IGrantable, IImagePuller } from '../identity/grants';
import type { INodePool } from './i-node-pool';
import type { AddNodePoolOptions } from './node-pools/add-node-pool-options';
import { Grant } from '../identity/grant';

/** A managed Kubernetes cluster, created here or elsewhere. */
export interface IAksCluster extends IImagePuller {
  /** The Azure resource id of the cluster. */
  readonly clusterId: string;
  /** The name of the cluster. */
  readonly clusterName: string;
  /** The resource group in which Azure creates the nodes and their network. */
  readonly nodeResourceGroup: string;
  /** The command that lets kubectl reach the cluster. */
  readonly credentialsCommand: string;
  /** The URL of the issuer of its service account tokens; undefined if that is not known. */
  readonly oidcIssuerUrl?: string | undefined;
  /** The minor version of Kubernetes, which its pools follow; undefined if Azure chose it or a channel upgrades it. */
  readonly kubernetesVersion?: string;
  /** The subnet of the nodes of its pools; undefined in a network that Azure created, or if it is not known. */
  readonly nodeSubnetId?: string;
  /** The subnet for the addresses of pods, if it is separate from that of the nodes. */
  readonly podSubnetId?: string;

  /**
   * The configuration of the Kubernetes provider of a stack for this cluster, for `new KubernetesProvider(this, 'kubernetes', ...)`.
   *
   * @param scope Where the provider is. It must be in the stack of the cluster: from another one, the cluster's private
   *   key would be written to the outputs of its stack. There, use `AksCluster.fromClusterName(...)`
   */
  kubernetesProviderConfig(scope: Construct): KubernetesProviderConfig;

  /**
   * Adds a pool of nodes.
   *
   * @param id The construct id of the pool, below the cluster
   * @alias nodePools, agentPools
   */
  addNodePool(id: string, options: AddNodePoolOptions): INodePool;

  /**
   * Adds a Kubernetes service account whose pods access Azure with their own identity.
   *
   * It belongs to the stack of the cluster, which needs the Kubernetes provider. In another stack, use
   * `new AksServiceAccount(scope, id, { cluster, ... })`.
   *
   * @param id The construct id of the service account, below the cluster
   * @alias workloadIdentityEnabled, enableWorkloadIdentity, oidcIssuerEnabled, enableOidcIssuer
   */
  addServiceAccount(id: string, options: AddServiceAccountOptions): IAksServiceAccount;

  /**
   * Grants a principal access to the Kubernetes API. Requires a cluster that uses Microsoft Entra ID.
   *
   * The role assignment is in the stack of the principal.
   *
   * @param principal The user, group or identity that gets the role
   * @param role The role, which determines what the principal may do
   * @param options The namespace that the role is limited to
   */
  grantAccess(principal: IGrantable, role: ClusterRole, options?: GrantAccessOptions): Grant;
}
