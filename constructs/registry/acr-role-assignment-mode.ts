/**
 * The scope of the roles on a registry.
 *
 * @literal
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export enum AcrRoleAssignmentMode {
  /** The whole registry ("RBAC Registry Permissions"): AcrPull lets pull. */
  REGISTRY = 'LegacyRegistryPermissions',
  /**
   * Repositories, as the attributes of a role say ("RBAC Registry + ABAC Repository Permissions"): AcrPull and AcrPush
   * mean nothing, and tasks of the registry may not push to it.
   */
  REPOSITORIES = 'AbacRepositoryPermissions',
}

/** The role that lets pull where permissions are by repository. */
export const REPOSITORY_READER = 'Container Registry Repository Reader';
