/*
 * Bindings that few programs need, loaded on demand.
 */

type ServiceAccounts = typeof import('@cdktf/provider-kubernetes/lib/service-account-v1');
type Roles = typeof import('@cdktf/provider-kubernetes/lib/role-v1');
type RoleBindings = typeof import('@cdktf/provider-kubernetes/lib/role-binding-v1');
type ClusterRoles = typeof import('@cdktf/provider-kubernetes/lib/cluster-role-v1');
type ClusterRoleBindings = typeof import('@cdktf/provider-kubernetes/lib/cluster-role-binding-v1');

export const serviceAccounts = (): ServiceAccounts =>
  require('@cdktf/provider-kubernetes/lib/service-account-v1') as ServiceAccounts;

export const roles = (): Roles => require('@cdktf/provider-kubernetes/lib/role-v1') as Roles;

export const roleBindings = (): RoleBindings =>
  require('@cdktf/provider-kubernetes/lib/role-binding-v1') as RoleBindings;

export const clusterRoles = (): ClusterRoles =>
  require('@cdktf/provider-kubernetes/lib/cluster-role-v1') as ClusterRoles;

export const clusterRoleBindings = (): ClusterRoleBindings =>
  require('@cdktf/provider-kubernetes/lib/cluster-role-binding-v1') as ClusterRoleBindings;
