import { own, textAt, type JsonObject } from '../../terraform-json/json';

/** Azure's built-in roles by their ids, which a role assignment may use instead of the names. */
const ROLE_IDS: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': 'Reader',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': 'AcrPull',
  '8311e382-0749-4cb8-b61a-304f252e45ec': 'AcrPush',
};

/** The role of an assignment: its name, or the id of a role that is not built in; undefined if neither is set. */
export function roleIn(given: JsonObject): string | undefined {
  const id = textAt(given, 'role_definition_id') ?? '';
  const name = textAt(given, 'role_definition_name') ?? own(ROLE_IDS, id.split('/').at(-1)?.toLowerCase() ?? '');
  return name ?? (id || undefined);
}

/** The roles that each role includes. */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  Owner: ['Contributor', 'User Access Administrator', 'Role Based Access Control Administrator'],
  Contributor: ['Reader', 'AcrPush', 'AcrDelete', 'Network Contributor', 'Managed Identity Operator'],
  Reader: ['AcrPull'],
  AcrPush: ['AcrPull'],
  'User Access Administrator': ['Reader'],
  'Azure Kubernetes Service Cluster Admin Role': ['Azure Kubernetes Service Cluster User Role'],
  'Azure Kubernetes Service RBAC Cluster Admin': ['Azure Kubernetes Service RBAC Admin'],
  'Azure Kubernetes Service RBAC Admin': ['Azure Kubernetes Service RBAC Writer'],
  'Azure Kubernetes Service RBAC Writer': ['Azure Kubernetes Service RBAC Reader'],
  'Storage Blob Data Owner': ['Storage Blob Data Contributor'],
  'Storage Blob Data Contributor': ['Storage Blob Data Reader'],
  'Key Vault Administrator': ['Key Vault Secrets Officer', 'Key Vault Reader'],
  'Key Vault Secrets Officer': ['Key Vault Secrets User'],
  // the stricter level of Pod Security also forbids what the other level forbids.
  'Pod Security restricted': ['Pod Security baseline'],
};

/** Roles that usually give more permissions than a program needs. */
export const BROAD_ROLES: readonly string[] = [
  ...['Owner', 'Contributor', 'Reader', 'User Access Administrator', 'Role Based Access Control Administrator'],
];

/**
 * Roles that give the permissions that programs usually need, by the type of the resource.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const NARROW_ROLES: Readonly<Record<string, readonly string[]>> = {
  azurerm_container_registry: ['AcrPull', 'AcrPush'],
  azurerm_kubernetes_cluster: [
    'Azure Kubernetes Service Cluster User Role',
    'Azure Kubernetes Service RBAC Reader',
    'Azure Kubernetes Service RBAC Writer',
  ],
  azurerm_key_vault: ['Key Vault Secrets User', 'Key Vault Crypto User', 'Key Vault Reader'],
  azurerm_storage_account: ['Storage Blob Data Reader', 'Storage Blob Data Contributor'],
  azurerm_storage_container: ['Storage Blob Data Reader', 'Storage Blob Data Contributor'],
  azurerm_virtual_network: ['Network Contributor'],
  azurerm_subnet: ['Network Contributor'],
  azurerm_private_dns_zone: ['Private DNS Zone Contributor'],
  azurerm_dns_zone: ['DNS Zone Contributor'],
  azurerm_user_assigned_identity: ['Managed Identity Operator'],
  azurerm_log_analytics_workspace: ['Log Analytics Reader'],
  azurerm_monitor_workspace: ['Monitoring Data Reader'],
  azurerm_servicebus_namespace: ['Azure Service Bus Data Receiver', 'Azure Service Bus Data Sender'],
  azurerm_eventhub_namespace: ['Azure Event Hubs Data Receiver', 'Azure Event Hubs Data Sender'],
  azurerm_app_configuration: ['App Configuration Data Reader'],
};

/** APIs of Microsoft by the ids of their applications. */
export const APIS: Readonly<Record<string, string>> = {
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph',
  '00000002-0000-0000-c000-000000000000': 'Azure AD Graph',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': 'Azure Resource Manager',
};

/**
 * The Microsoft Graph permissions with which an application can obtain others.
 *
 * @see https://learn.microsoft.com/graph/permissions-reference
 */
export const API_PERMISSIONS: Readonly<Record<string, string>> = {
  '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8': 'RoleManagement.ReadWrite.Directory',
  '06b708a9-e830-4db3-a914-8e69da51d44f': 'AppRoleAssignment.ReadWrite.All',
  '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9': 'Application.ReadWrite.All',
  '19dbc75e-c2e2-444c-a770-ec69d8559fc7': 'Directory.ReadWrite.All',
  '62a82d76-70ea-41e2-9197-370581804d09': 'Group.ReadWrite.All',
};

/** The roles and permissions whose holder can obtain any other. */
export const STRONGEST: readonly string[] = [
  ...['Owner', 'User Access Administrator', 'ClusterRole cluster-admin'],
  ...['RoleManagement.ReadWrite.Directory', 'AppRoleAssignment.ReadWrite.All'],
];

/** Whether one role includes another, as far as it is known. */
export function includes(role: string, other: string): boolean {
  return (own(INCLUDES, role) ?? []).some((direct) => direct === other || includes(direct, other));
}

/** Types whose names suggest that they grant access. */
export const LOOKS_LIKE_ACCESS = words(
  'iam policy policies permissions? roles? grants? acls? access principal membership members? owners? bindings?',
  'credentials? authorizations? authorizer auth passwords? tokens? api_key access_keys? admission',
  '(validating|mutating)_webhook locks? trust lighthouse local_user administrators?',
);

/** Types whose names suggest that they expose something to the network. */
export const LOOKS_LIKE_EXPOSURE = words(
  'firewall security_group ingress egress gateway listener load_balancer lb frontend endpoint nsg elb alb nlb eip',
  'address (network|ip|virtual_network|vnet)_rules? peerings? routes? route_table private_link nat bastion vpn',
  'express_route frontdoor front_door cdn traffic_manager forwarding_rule function_url website waf public',
);

/** Attributes whose names suggest that they affect access or exposure. */
const LOOKS_OPEN = words(
  'public(ly)? accessible access(?!_tier) expos(e|ed|ure) anonymous acls? cors firewall ingress egress inbound',
  'outbound allow(ed)? den(y|ied) restrictions? privileged? permissions? roles? owners?',
  'admins?(?!_(user(name)?|login|name|password)) administrators?(?!_(user(name)?|login|name|password))',
  'redirect_uris trusted authorized authorization authentication auth shared_key local_(account|user)',
  'host_(path|pid|ipc|network|port|users) security_context service_account(_name)? run_command',
  '(ip|network|firewall)_rules? source_(ranges|address|addresses) cidr_blocks whitelist allowlist bypass sharing',
  '(min|minimum)_tls(_version)? https_only ftps_state (iam|assume_role|access|bucket|key|resource|export)_policy',
  'principals? actions scopes? credentials? members grants? peerings? gateway_transit forwarded_traffic guest',
  'guests',
);

/** Attributes that have such names and another meaning, such as times, access modes of disks, and numbers. */
const ABOUT_ELSE =
  /(^|\.)(maintenance_window\w*|access_modes|allowed_topologies|allow_volume_expansion|wait_for_\w+|last_access_time_enabled|send_to_subscription_(co_)?administrator|managed_outbound_ip(v6)?_count|outbound_ports_allocated|\w+_ip_tags)(\.|$)/;

/** Whether the name of an attribute suggests that it affects access or exposure. */
export function looksOpen(path: string): boolean {
  return LOOKS_OPEN.test(path) && !ABOUT_ELSE.test(path);
}

/** A pattern for names that contain one of the words. */
function words(...lines: readonly string[]): RegExp {
  return new RegExp(`(^|[_.])(${lines.join(' ').replaceAll(' ', '|')})([_.]|$)`);
}

/** Types that contain other resources in a format of their own. */
export const OPAQUE = /^(kubernetes_manifest|kubectl_manifest|helm_release|azapi_resource|azapi_update_resource)$/;
