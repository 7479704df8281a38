import { readGrants, readsAccessOf } from '../../../../lib/review/access/grants';
import type { Grant } from '../../../../lib/review/access/grant';
import { stackOf } from '../../../../lib/review/read/program';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { program } from '../fixtures';

function grantsOf(type: string, given: JsonObject): Grant[] {
  const { resources } = stackOf(program({ [type]: { it: given } })[0]!);
  return [...resources.values()].flatMap(readGrants);
}

/** A grant as a text: whether it is a guard or usual, the holder, the permissions, the scope and the limits. */
function inWords({ who, may, on, limits = [], isGuard, isUsual }: Grant): string {
  const kind = [...(isGuard ? ['guard'] : []), ...(isUsual ? ['usual'] : [])].join(' ');
  return [kind, who, may.join(', '), on, ...limits].join(' | ');
}

const NAMESPACE = { metadata: { namespace: 'n', name: 'x' } };
const POD = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  ...{ metadata: { name: 'p', namespace: 'n', ...metadata } },
  spec,
});
const ACCOUNT = 'usual | pods of Pod p | act as the service account default | namespace n';
const LIMITS = (may: string) => `guard usual | pods of Pod p | ${may} | container c`;
const POLICY = (rest: JsonObject): JsonObject => ({
  ...{ state: 'enabled', grant_controls: { operator: 'AND', built_in_controls: ['mfa'] } },
  ...rest,
});
const ROLE = 'Microsoft.Authorization/roleAssignments@2022-04-01';

test.each<[type: string, given: JsonObject, expected: string[]]>([
  [
    'azurerm_iothub_dps_shared_access_policy',
    { name: 'p', iothub_dps_name: 'd', enrollment_read: true, enrollment_write: false, service_config: '${var.on}' },
    [' | anyone with a key of p | enrollment read, service config | d'],
  ],
  [
    'azurerm_cosmosdb_sql_role_definition',
    { name: 'r', permissions: [{ data_actions: ['a'] }, { data_actions: ['b'] }], assignable_scopes: ['/x', '/y'] },
    [' | anyone with the role r | a, b | /x, /y'],
  ],
  [
    'azurerm_container_registry_token_password',
    { container_registry_token_id: '/t', password1: {}, password2: { expiry: '2027-01-01T00:00:00Z' } },
    [
      ' | anyone with the first password | act as | /t',
      ' | anyone with the second password | act as | /t | until 2027-01-01T00:00:00Z',
    ],
  ],
  [
    'azurerm_role_management_policy',
    { role_definition_id: '/r', scope: '/s', activation_rules: { require_approval: true, maximum_duration: 'PT8H' } },
    ['guard usual | anyone who activates /r | must be approved | /s | for PT8H at most'],
  ],
  [
    'azurerm_role_management_policy',
    { role_definition_id: '/r', scope: '/s', activation_rules: { require_approval: false, require_ticket_info: true } },
    ['guard usual | anyone who activates /r | must give a ticket | /s'],
  ],
  [
    'azurerm_lighthouse_definition',
    {
      ...{ scope: '/s', managing_tenant_id: 't' },
      authorization: { principal_id: 'p', role_definition_id: '/r', delegated_role_definition_ids: ['/d'] },
      eligible_authorization: { principal_id: 'q', principal_display_name: 'Q', role_definition_id: '/r' },
    },
    [' | p of the tenant t | /r, assign /d | /s', ' | Q of the tenant t | activate /r | /s'],
  ],
  ['azurerm_api_management_api', { subscription_required: true }, []],
  [
    'azurerm_api_management_api',
    { subscription_required: false },
    [' | anyone, without a key | call | ${azurerm_api_management_api.it.id}'],
  ],
  ['azurerm_api_management_api', { subscription_required: false, oauth2_authorization: {} }, []],
  ['azurerm_api_management_api', { subscription_required: false, openid_authentication: {} }, []],
  ['azurerm_api_management_gateway_api', { gateway_id: '/g', api_id: '/a' }, [' | callers of /g | call | /a']],
  ['azurerm_api_management_gateway', { name: 'g' }, []],
  [
    'azurerm_federated_identity_credential',
    { subject: 's', issuer: 'i', parent_id: '/p', audience: ['api://AzureADTokenExchange'] },
    [' | s of i | sign in as | /p'],
  ],
  [
    'azurerm_federated_identity_credential',
    { subject: 's', issuer: 'i', user_assigned_identity_id: '/u', audience: ['api://AzureADTokenExchange', 'x', 'y'] },
    [' | s of i, for x, y | sign in as | /u'],
  ],
  [
    'azurerm_container_registry_scope_map',
    { name: 'm', container_registry_name: 'r', actions: ['repositories/a/content/read'] },
    [' | tokens of m | repositories/a/content/read | r'],
  ],
  [
    'azurerm_key_vault_access_policy',
    { key_vault_id: '/v', object_id: 'o', key_permissions: ['Get'], storage_permissions: ['List'] },
    [' | o | key Get, storage List | /v'],
  ],
  [
    'azurerm_key_vault_access_policy',
    { key_vault_id: '/v', object_id: 'o', application_id: 'a', key_permissions: ['Get'] },
    [' | o, through the application a | key Get | /v'],
  ],
  [
    'azurerm_role_assignment',
    { principal_id: 'p', role_definition_name: 'Reader', scope: '/s', condition: 'c' },
    [' | p | Reader | /s | only if c'],
  ],
  [
    'azurerm_role_definition',
    {
      ...{ name: 'r', scope: '/s' },
      permissions: [{ actions: ['a'], data_actions: ['b'], not_actions: ['c'], not_data_actions: ['d'] }],
    },
    [' | anyone with the role r | a, b | /s | except c | except d'],
  ],
  [
    'azurerm_container_registry',
    { admin_enabled: true, anonymous_pull_enabled: '${var.open}' },
    [
      ' | anyone with the admin password | push and pull | azurerm_container_registry.it',
      ' | anyone, without signing in | pull, if ${var.open} | azurerm_container_registry.it',
    ],
  ],
  ['azurerm_container_registry', { admin_enabled: false }, []],
  ['azurerm_storage_container', {}, []],
  ...[
    ['blob', 'read the blobs'],
    ['container', 'read the blobs, list the blobs'],
    ['${var.access}', 'what "${var.access}" allows'],
  ].map(([access = '', may]): [string, JsonObject, string[]] => [
    'azurerm_storage_container',
    { container_access_type: access },
    [` | anyone, without signing in | ${may} | \${azurerm_storage_container.it.id}`],
  ]),
  [
    'azurerm_key_vault',
    {
      access_policy: [
        { object_id: 'o', secret_permissions: ['Get'] },
        { object_id: 'q', certificate_permissions: ['Get'] },
      ],
    },
    [
      ' | o | secret Get | azurerm_key_vault.it',
      ' | q | certificate Get | azurerm_key_vault.it',
      ...Array.from(
        { length: 2 },
        () => 'usual | holders of roles, in place of access policies |  | ${azurerm_key_vault.it.id}',
      ),
    ],
  ],
  [
    'azurerm_kubernetes_cluster',
    { role_based_access_control_enabled: false, run_command_enabled: false, azure_policy_enabled: true },
    [
      ' | anyone with the cluster credentials (local accounts) | cluster admin | azurerm_kubernetes_cluster.it',
      ' | everyone in the cluster (no RBAC) | everything | azurerm_kubernetes_cluster.it',
      ...[
        'usual | anyone who can run commands on the cluster (az aks command invoke) | ',
        'usual | holders of Azure roles | ',
        'guard usual | anyone who deploys | must obey Azure Policy',
      ].map((text) => `${text} | \${azurerm_kubernetes_cluster.it.id}`),
    ],
  ],
  [
    'azurerm_kubernetes_cluster',
    {
      ...{ local_account_disabled: true, run_command_enabled: '${var.run}' },
      azure_active_directory_role_based_access_control: { admin_group_object_ids: ['g', '${var.group}'] },
    },
    [
      ' | group g | cluster admin | azurerm_kubernetes_cluster.it',
      ' | ${var.group} | cluster admin | azurerm_kubernetes_cluster.it',
      ...[
        'usual | anyone who can run commands on the cluster (az aks command invoke) | cluster admin, if ${var.run}',
        'usual | holders of Azure roles | ',
        'guard usual | anyone who deploys | ',
      ].map((text) => `${text} | \${azurerm_kubernetes_cluster.it.id}`),
    ],
  ],
  [
    'azurerm_management_lock',
    { lock_level: 'ReadOnly', scope: '/s' },
    ['guard | everyone | must change nothing, must delete nothing | /s'],
  ],
  [
    'azurerm_management_lock',
    { lock_level: 'CanNotDelete', scope: '/s' },
    ['guard | everyone | must delete nothing | /s'],
  ],
  [
    'azapi_resource',
    { type: ROLE, parent_id: '/s', body: { properties: { roleDefinitionId: '/r', principalId: 'p' } } },
    [' | p | /r | /s'],
  ],
  ['azapi_resource', { type: `My${ROLE}`, parent_id: '/s', body: { properties: { roleDefinitionId: '/r' } } }, []],
  ['azapi_resource', { type: ROLE, parent_id: '/s', body: {} }, []],
  ['azapi_resource', { type: ROLE, body: { properties: {} } }, [' | somebody | a role | something']],
  [
    'azurerm_pim_active_role_assignment',
    {
      ...{ principal_id: 'p', role_definition_id: '/r', scope: '/s' },
      schedule: { expiration: { duration_days: 5, duration_hours: 6, end_date_time: '2027' } },
    },
    [' | p | /r | /s | days: 5 | hours: 6 | until 2027'],
  ],
  [
    'azuread_application_pre_authorized',
    { authorized_client_id: 'c', permission_ids: ['p'], application_id: '/a' },
    [' | users of c, without being asked | p | /a'],
  ],
  [
    'azuread_application_federated_identity_credential',
    { subject: 's', issuer: 'i', application_id: '/a' },
    [' | s of i | sign in as | /a'],
  ],
  [
    'azuread_application_flexible_federated_identity_credential',
    { claims_matching_expression: 'c', issuer: 'i', application_id: '/a' },
    [' | c of i | sign in as | /a'],
  ],
  [
    'azuread_service_principal',
    { account_enabled: '${var.on}', owners: ['o'] },
    [
      'usual | its owners | o | ${azuread_service_principal.it.id}',
      'usual | anyone with its credentials | sign in as, if ${var.on} | ${azuread_service_principal.it.id}',
    ],
  ],
  [
    'azuread_service_principal_delegated_permission_grant',
    {
      service_principal_object_id: 's',
      user_object_id: 'u',
      claim_values: ['c'],
      resource_service_principal_object_id: 'r',
    },
    [' | s, as u | c | r'],
  ],
  ['azuread_group_member', { member_object_id: 'm', group_object_id: 'g' }, [' | m | member of | g']],
  [
    'azuread_application',
    {
      required_resource_access: {
        resource_app_id: 'api',
        resource_access: [
          { id: 'a', type: 'Role' },
          { id: 'b', type: 'Scope' },
        ],
      },
      ...{ password: { display_name: 'key' }, sign_in_audience: 'AzureADandPersonalMicrosoftAccount' },
    },
    [
      ' | ${azuread_application.it.id} | a, b for a user who is signed in | api | once an administrator consents',
      ' | anyone with the password key | sign in as | ${azuread_application.it.id}',
      'usual | its owners |  | ${azuread_application.it.id}',
      'usual | who may sign in | accounts of this tenant, accounts of every other tenant, personal Microsoft accounts | ${azuread_application.it.id}',
    ],
  ],
  ...[
    [undefined, 'accounts of this tenant'],
    ['AzureADMyOrg', 'accounts of this tenant'],
    ['AzureADMultipleOrgs', 'accounts of this tenant, accounts of every other tenant'],
    ['PersonalMicrosoftAccount', 'personal Microsoft accounts'],
    ['${var.audience}', '${var.audience}'],
  ].map(([audience, may]): [string, JsonObject, string[]] => [
    'azuread_application_registration',
    audience === undefined ? {} : { sign_in_audience: audience },
    [`usual | who may sign in | ${may} | \${azuread_application_registration.it.id}`],
  ]),
  ['azuread_application_password', { application_id: '/a' }, [' | anyone with the password | sign in as | /a']],
  [
    'azuread_directory_role_assignment',
    { role_id: 'r', principal_object_id: 'p', app_scope_id: '/app' },
    [' | p | the directory role r | /app'],
  ],
  [
    'azuread_directory_role_assignment',
    { role_id: 'r', principal_object_id: 'p', directory_scope_id: '/dir' },
    [' | p | the directory role r | /dir'],
  ],
  ['azuread_named_location', { ip: { trusted: false, ip_ranges: ['1.2.3.0/24'] } }, []],
  [
    'azuread_named_location',
    { ip: { trusted: true, ip_ranges: ['1.2.3.0/24'] } },
    [' | requests from it | 1.2.3.0/24 | ${azuread_named_location.it.id}'],
  ],
  [
    'azuread_custom_directory_role',
    { display_name: 'r', enabled: false, permissions: { allowed_resource_actions: ['a'] } },
    [' | anyone with the role r |  | the whole directory'],
  ],
  [
    'azuread_application_app_role',
    { role_id: 'r', application_id: '/a' },
    ['usual | anyone who is assigned it | r | /a'],
  ],
  [
    'azuread_application_permission_scope',
    { scope_id: 's', value: 'read', application_id: '/a' },
    ['usual | anyone who is assigned it | read | /a'],
  ],
  ['azuread_application_fallback_public_client', { application_id: '/a', enabled: false }, []],
  [
    'azuread_application_fallback_public_client',
    { application_id: '/a', enabled: true },
    [' | anyone who knows its id | sign in as, without a secret | /a'],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({ grant_controls: { operator: 'OR', built_in_controls: ['mfa', 'compliantDevice'] } }),
    ['guard | workloads | must have mfa or compliantDevice | what they sign in to'],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({ grant_controls: { operator: 'AND', built_in_controls: ['mfa'], terms_of_use: ['t'] } }),
    ['guard | workloads | must have mfa, must have t | what they sign in to'],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({
      grant_controls: { operator: 'OR', built_in_controls: ['block'] },
      conditions: {
        users: { included_users: ['u'], included_groups: ['g'], excluded_roles: ['r'] },
        applications: { included_applications: ['a', 'b'], excluded_applications: ['c'] },
        ...{
          client_app_types: ['mobile', 'browser'],
          platforms: { included_platforms: ['all'], excluded_platforms: ['x'] },
        },
        locations: { included_locations: ['l'], excluded_locations: ['m'] },
        ...{ sign_in_risk_levels: ['low', 'high'], devices: { filter: [{ mode: 'exclude', rule: 'd' }] } },
      },
    }),
    [
      [
        'guard | u, g | must stay out | a, b | except r | except c | only for browser, mobile | only for l',
        'only for high, low | except x | except m | except devices with d',
      ].join(' | '),
    ],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({ conditions: { devices: { filter: [{ mode: 'include', rule: 'd' }] } } }),
    ['guard | workloads | must have mfa | what they sign in to | only for devices with d'],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({ state: 'enabledForReportingButNotEnforced' }),
    ['guard | workloads |  | what they sign in to'],
  ],
  [
    'azuread_conditional_access_policy',
    POLICY({ grant_controls: { operator: 'OR' } }),
    ['guard | workloads |  | what they sign in to'],
  ],
  ...[
    [{ permanent_assignment: true, duration: 'P1D' }, ''],
    [{ duration: 'P1D' }, ' | for a time (P1D)'],
    [{ expiration_date: '2027' }, ' | for a time (2027)'],
    [{}, ''],
  ].map(([given, limit]): [string, JsonObject, string[]] => [
    'azuread_privileged_access_group_eligibility_schedule',
    { principal_id: 'p', assignment_type: 'member', group_id: 'g', ...(given as JsonObject) },
    [` | p | activate member of | g${String(limit)}`],
  ]),
  [
    'azuread_group_without_members',
    { owners: ['o'], dynamic_membership: { enabled: true, rule: 'r' } },
    [
      ' | o | one of the owners | ${azuread_group_without_members.it.id}',
      ' | everyone with r | one of the members | ${azuread_group_without_members.it.id}',
    ],
  ],
  ['azuread_group_without_members', { dynamic_membership: { enabled: false, rule: 'r' } }, []],
  [
    'azuread_access_package_assignment_policy',
    {
      ...{ access_package_id: '/p', duration_in_days: 30, approval_settings: { approval_required: true } },
      requestor_settings: { scope_type: 'AllExistingDirectoryMemberUsers', requests_accepted: true },
    },
    [' | AllExistingDirectoryMemberUsers | ask for it | /p | once it is approved | until 30'],
  ],
  [
    'azuread_access_package_assignment_policy',
    { access_package_id: '/p', expiration_date: '2027', requestor_settings: { requests_accepted: false } },
    [' | nobody without an assignment |  | /p | until 2027'],
  ],
  [
    'azuread_access_package_assignment_policy',
    { access_package_id: '/p' },
    [' | nobody without an assignment | ask for it | /p'],
  ],
  [
    'kubernetes_validating_webhook_configuration_v1',
    {
      webhook: [
        {
          ...{ name: 'w', namespace_selector: { match_labels: { a: 'b' } } },
          ...{
            client_config: { service: { name: 's', namespace: 'n' } },
            rule: { operations: ['*'], resources: ['*'] },
          },
        },
      ],
    },
    [
      ' | service s of namespace n | see, and refuse, * of * | the whole cluster',
      'guard | anyone who deploys | must pass w | the whole cluster | only for namespace with {"match_labels":{"a":"b"}}',
    ],
  ],
  [
    'kubernetes_api_service_v1',
    { spec: { group: 'g', version: 'v1', service: { name: 's', namespace: 'n' } } },
    [' | service s of namespace n | answer for g/v1 | the whole cluster'],
  ],
  [
    'kubernetes_api_service_v1',
    { spec: { group: 'g', version: 'v1' } },
    [' | the control plane | answer for g/v1 | the whole cluster'],
  ],
  ...[
    [{ auto_approve: false }, ' | once somebody approves it'],
    [{}, ''],
  ].map(([given, limit]): [string, JsonObject, string[]] => [
    'kubernetes_certificate_signing_request_v1',
    { spec: { signer_name: 's', usages: ['a', 'b'] }, ...(given as JsonObject) },
    [` | anyone with the private key | a certificate of s for a, b | the whole cluster${String(limit)}`],
  ]),
  [
    'kubernetes_labels',
    { kind: 'Namespace', metadata: { name: 'n' }, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    ['guard | pods | Pod Security restricted | namespace n'],
  ],
  [
    'kubernetes_labels',
    { kind: 'Pod', metadata: { name: 'n' }, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    [],
  ],
  [
    'kubernetes_role_v1',
    { ...NAMESPACE, rule: [{ api_groups: [''], resources: ['pods'], verbs: ['get', 'list'] }] },
    [' | anyone bound to the role x | get pods, list pods | namespace n'],
  ],
  [
    'kubernetes_cluster_role',
    { metadata: { name: 'x' }, aggregation_rule: { cluster_role_selectors: [{ match_labels: { a: 'b' } }] } },
    [' | anyone bound to the role x | what roles allow that match {"match_labels":{"a":"b"}} | the whole cluster'],
  ],
  [
    'kubernetes_role_binding',
    {
      metadata: { name: 'x' },
      role_ref: { kind: 'Role', name: 'r' },
      subject: [
        { kind: 'ServiceAccount', namespace: 'm', name: 's' },
        { kind: 'User', name: 'u' },
      ],
    },
    [' | ServiceAccount m s | Role r | namespace default', ' | User u | Role r | namespace default'],
  ],
  [
    'kubernetes_secret_v1',
    {
      ...{ type: 'kubernetes.io/service-account-token' },
      metadata: { name: 's', namespace: 'n', annotations: { 'kubernetes.io/service-account.name': 'a' } },
    },
    [' | anyone who can read the secret s | act as the service account a, for good | namespace n'],
  ],
  [
    'kubernetes_secret',
    { type: 'kubernetes.io/service-account-token', metadata: { name: 's' } },
    [' | anyone who can read the secret s | act as the service account of its choice, for good | namespace default'],
  ],
  ['kubernetes_secret', { type: 'Opaque', metadata: { name: 's' } }, []],
  ['kubernetes_namespace', { metadata: { name: 'n' } }, ['guard usual | pods |  | namespace n']],
  [
    'kubernetes_pod_v1',
    { metadata: { name: 'p' }, spec: { automount_service_account_token: false, service_account: 'old' } },
    ['usual | pods of Pod p | act as the service account old | namespace default | without its token'],
  ],
  [
    'kubernetes_pod_v1',
    POD({
      ...{ host_pid: true, host_ipc: true },
      container: [
        {
          name: 'c',
          security_context: { privileged: true, capabilities: { add: ['CAP_SYS_ADMIN', 'NET_RAW_CAP_X', 'CHOWN'] } },
          volume_mount: [{ name: 'a', read_only: true }, { name: 'b', read_only: true }, { name: 'b' }],
        },
      ],
      volume: [
        { name: 'a', host_path: { path: '/a' } },
        { name: 'b', host_path: { path: '/b' } },
        { name: 'c', host_path: { path: '/c' } },
        { name: 'd', empty_dir: {} },
      ],
    }),
    [
      [
        ' | pods of Pod p | everything, as the privileged container c, see and signal every process',
        'use the shared memory of every process, SYS_ADMIN, as the container c, NET_RAW_CAP_X, as the container c',
        'read /a, read and write /b, read and write /c | their nodes',
      ].join(', '),
      ACCOUNT,
      LIMITS(''),
    ],
  ],
  [
    'kubernetes_pod_v1',
    POD({
      security_context: { run_as_user: 1000, seccomp_profile: { type: 'RuntimeDefault' } },
      container: {
        name: 'c',
        security_context: {
          ...{ read_only_root_filesystem: true, allow_privilege_escalation: false },
          capabilities: { drop: ['ALL'], add: ['CHOWN', 'SYS_CHROOT'] },
        },
      },
    }),
    [
      ACCOUNT,
      LIMITS(
        [
          'must not run as root, cannot write its file system, cannot gain privileges',
          'is limited in its system calls, has no capabilities but CHOWN, SYS_CHROOT',
        ].join(', '),
      ),
    ],
  ],
  [
    'kubernetes_pod_v1',
    POD({
      container: {
        name: 'c',
        security_context: { run_as_user: 0, seccomp_profile: { type: 'Unconfined' }, capabilities: { drop: ['ALL'] } },
      },
    }),
    [ACCOUNT, LIMITS('has no capabilities')],
  ],
  [
    'kubernetes_pod_v1',
    POD({ container: { name: 'c', security_context: { run_as_user: '${var.u}', capabilities: { drop: ['KILL'] } } } }),
    [ACCOUNT, LIMITS('has no KILL')],
  ],
])('%s %j gives what is said', (type, given, expected) => {
  expect(grantsOf(type, given).map(inWords)).toEqual(expected);
});

test.each<[parameters: string, isOn: boolean]>([
  ['{"effect":{"value":"Audit"}}', false],
  ['{ "effect" : { "value" : "auditIfNotExists" } }', false],
  ['{"effect": {"value": "disabled"}}', false],
  ['${jsonencode({"effect" = {"value" = "Audit"}})}', false],
  ['${jsonencode({ effect = { value = "audit" } })}', false],
  ['{"effect":{"value":"Deny"}}', true],
  ['${jsonencode({"effect" = {"value" = "Deny"}})}', true],
  ['{"side-effect":{"value":"Audit"}}', true],
  ['{"other":{"value":"Audit"}}', true],
])('a policy that is told %s demands something: %s', (parameters, isOn) => {
  const given = { subscription_id: '/s', policy_definition_id: '/providers/x/policyDefinitions/p', not_scopes: ['/n'] };
  expect(grantsOf('azurerm_subscription_policy_assignment', { ...given, parameters }).map(inWords)).toEqual([
    `guard | everyone | ${isOn ? 'must obey the policy p' : ''} | /s | except in /n`,
  ]);
});

test('several objects in one manifest are told apart', () => {
  const account = { kind: 'Secret', type: 'kubernetes.io/service-account-token' };
  const manifest = {
    ...{ apiVersion: 'v1', kind: 'List' },
    items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', ...account, metadata: { name, namespace: 'n' } })),
  };
  expect(grantsOf('kubernetes_manifest', { manifest }).map(({ key, who }) => [key, who])).toEqual([
    ['token', 'anyone who can read the secret a'],
    ['token 1', 'anyone who can read the secret b'],
  ]);
});

test.each(['x_y', 'constructor', 'azurerm_subnet'])('%s gives nothing that is read', (type) => {
  expect(readsAccessOf(type)).toBe(false);
  expect(grantsOf(type, { name: 'n' })).toEqual([]);
});
