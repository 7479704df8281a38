import type { TerraformProvider } from 'cdktf';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { IGrantable } from '../identity/grants';
import type { IUserAssignedIdentity } from '../identity/i-user-assigned-identity';
import type { IKubernetesServiceAccount } from '../workload/access/i-kubernetes-service-account';

/** A Kubernetes service account whose pods access Azure with their own identity. */
export interface IAksServiceAccount extends IGrantable, IKubernetesServiceAccount {
  /** The identity with which its pods use Azure. */
  readonly identity: IUserAssignedIdentity;
}

/** Options for `addServiceAccount`. */
export interface AddServiceAccountOptions {
  /** The resource group of its identity. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the service account in Kubernetes, and of its identity in Azure. Changing it replaces both. */
  readonly serviceAccountName: string;
  /**
   * The namespace of the service account, which must exist.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The name of the identity in Azure.
   *
   * @default - the name of the service account
   */
  readonly identityName?: string;
  /**
   * The provider of the cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}
