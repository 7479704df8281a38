/**
 * Roles for the Kubernetes API of a cluster that uses Microsoft Entra ID.
 *
 * @literal
 * @see https://learn.microsoft.com/azure/aks/manage-azure-rbac
 */
export enum ClusterRole {
  /** Everything in the whole cluster. Only cluster-wide. */
  CLUSTER_ADMIN = 'Azure Kubernetes Service RBAC Cluster Admin',
  /** Nearly everything, except quotas and the namespace itself. */
  ADMIN = 'Azure Kubernetes Service RBAC Admin',
  /** Reading and changing most things, including Secrets, but not roles. */
  WRITER = 'Azure Kubernetes Service RBAC Writer',
  /** Reading most things, but no Secrets. */
  READER = 'Azure Kubernetes Service RBAC Reader',
}

/** The scope of a role in a cluster. */
export interface GrantAccessOptions {
  /**
   * The namespace that the role is for.
   *
   * @default - the whole cluster
   */
  readonly namespace?: string;
}
