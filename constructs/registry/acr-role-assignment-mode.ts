/**
 * The scope of the roles on a registry.
 *
 * @literal
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export enum AcrRoleAssignmentMode {
  /** The whole registry ("RBAC Registry Permissions"): AcrPull is the role for pulling. */
  REGISTRY = 'LegacyRegistryPermissions',
  /**
   * Repositories, by the attributes of a role ("RBAC Registry + ABAC Repository Permissions"): AcrPull and AcrPush have
   * no effect, and tasks of the registry cannot push to it.
   */
  REPOSITORIES = 'AbacRepositoryPermissions',
}

/** A role, by the scope of the roles on a registry. */
export interface RegistryRole {
  readonly ofRegistry: string;
  readonly ofRepositories: string;
}

/** The role for pulling. */
export const PULL: RegistryRole = { ofRegistry: 'AcrPull', ofRepositories: 'Container Registry Repository Reader' };

/** The role for pushing and pulling. */
export const PUSH: RegistryRole = { ofRegistry: 'AcrPush', ofRepositories: 'Container Registry Repository Writer' };
