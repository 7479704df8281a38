import { review } from '../../../../lib/review';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, expectWaysBack, program, type Resources } from '../fixtures';

/** The rows about access of one resource that changes; undefined stands for a missing resource. */
function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const [base, head] = [before, after].map((it) => program({ [type]: { ...(it ? { it } : {}) } } as Resources));
  const found = review(base, head!);
  expectWaysBack(found.access);
  expect(found.verdict.text).not.toContain('not judged');
  return found.access;
}

const shifts = (...given: Parameters<typeof rows>) => rows(...given).map(({ shift }) => shift);

const OWNER = '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const POLICY = {
  ...{ display_name: 'mfa', state: 'enabled', grant_controls: [{ operator: 'AND', built_in_controls: ['mfa'] }] },
  conditions: [{ users: [{ included_users: ['All'] }], applications: [{ included_applications: ['All'] }] }],
};
const WEBHOOK = {
  ...{ name: 'a.b', client_config: [{ service: [{ name: 's', namespace: 'n' }] }] },
  rule: [{ operations: ['CREATE'], resources: ['pods'], api_groups: [''], api_versions: ['v1'] }],
};

/** Whole resources that grant access. */
test.each<[type: string, given: JsonObject, after: string]>([
  [
    'azurerm_servicebus_namespace_authorization_rule',
    { name: 'r', namespace_id: '/n', listen: true, manage: true },
    'listen, manage on /n',
  ],
  ['azurerm_servicebus_queue_authorization_rule', { name: 'r', queue_id: '/q', send: true }, 'send on /q'],
  [
    'azurerm_eventhub_authorization_rule',
    { name: 'r', namespace_name: 'n', eventhub_name: 'h', send: true },
    'send on h',
  ],
  ['azurerm_relay_namespace_authorization_rule', { name: 'r', namespace_name: 'n', listen: true }, 'listen on n'],
  [
    'azurerm_notification_hub_authorization_rule',
    { name: 'r', notification_hub_name: 'h', manage: true },
    'manage on h',
  ],
  ['azurerm_iothub_shared_access_policy', { name: 'p', iothub_name: 'h', registry_write: true }, 'registry write on h'],
  [
    'azurerm_mysql_flexible_server_active_directory_administrator',
    { server_id: '/s', object_id: 'eve' },
    'administrator on /s',
  ],
  [
    'azurerm_postgresql_flexible_server_active_directory_administrator',
    { server_name: 's', object_id: 'eve' },
    'administrator on s',
  ],
  ['azurerm_cosmosdb_sql_role_assignment', { principal_id: 'eve', role_definition_id: '/r', scope: '/a' }, '/r on /a'],
  [
    'azurerm_kusto_database_principal_assignment',
    { principal_id: 'eve', role: 'Admin', database_name: 'd', cluster_name: 'c' },
    'Admin on d',
  ],
  [
    'azurerm_synapse_role_assignment',
    { principal_id: 'eve', role_name: 'Synapse Administrator', synapse_workspace_id: '/w' },
    'Synapse Administrator on /w',
  ],
  [
    'azurerm_redis_cache_access_policy_assignment',
    { object_id: 'eve', access_policy_name: 'Data Owner', redis_cache_id: '/r' },
    'Data Owner on /r',
  ],
  [
    'azurerm_kubernetes_cluster_trusted_access_role_binding',
    { source_resource_id: '/ml', roles: ['a/b'], kubernetes_cluster_id: '/c' },
    'a/b on /c',
  ],
  [
    'azurerm_container_registry_token',
    { name: 't', container_registry_name: 'r', scope_map_id: '/m' },
    'what the scope map /m allows on r',
  ],
  ['azurerm_container_registry_token_password', { container_registry_token_id: '/t', password1: [{}] }, 'act as on /t'],
  ['azurerm_managed_disk_sas_token', { managed_disk_id: '/d', access_level: 'Write' }, 'Write on /d'],
  [
    'azurerm_application_insights_api_key',
    { name: 'k', application_insights_id: '/i', write_permissions: ['annotations'] },
    'write annotations on /i',
  ],
  [
    'azurerm_express_route_circuit_authorization',
    { name: 'k', express_route_circuit_name: 'c' },
    'connect a network on c',
  ],
  [
    'azurerm_lighthouse_definition',
    { managing_tenant_id: 't', scope: '/s', authorization: [{ principal_id: 'eve', role_definition_id: READER }] },
    'Reader on /s',
  ],
  ['azurerm_lighthouse_assignment', { scope: '/s', lighthouse_definition_id: '/d' }, 'what /d gives on /s'],
  [
    'azurerm_api_management_api',
    { name: 'a', subscription_required: false },
    'call on ${azurerm_api_management_api.it.id}',
  ],
  ['azurerm_api_management_subscription', { display_name: 's', product_id: '/p' }, 'call on /p'],
  ['azurerm_api_management_product_group', { group_name: 'guests', product_id: 'p' }, 'subscribe to on p'],
  [
    'azurerm_marketplace_role_assignment',
    { principal_id: 'eve', role_definition_name: 'Owner' },
    'Owner on the marketplace of the tenant',
  ],
  [
    'azuread_privileged_access_group_assignment_schedule',
    { principal_id: 'eve', group_id: '/g', assignment_type: 'owner' },
    'owner of on /g',
  ],
  [
    'azuread_privileged_access_group_eligibility_schedule',
    { principal_id: 'eve', group_id: '/g', assignment_type: 'member' },
    'activate member of on /g',
  ],
  [
    'azuread_administrative_unit_role_member',
    { member_object_id: 'eve', role_object_id: 'r', administrative_unit_object_id: 'u' },
    'the directory role r on u',
  ],
  ['azuread_administrative_unit_member', { member_object_id: 'm', administrative_unit_object_id: 'u' }, 'manage on m'],
  [
    'azuread_custom_directory_role',
    { display_name: 'r', permissions: [{ allowed_resource_actions: ['microsoft.directory/applications/create'] }] },
    'microsoft.directory/applications/create on the whole directory',
  ],
  [
    'azuread_application_fallback_public_client',
    { application_id: '/a', enabled: true },
    'sign in as, without a secret on /a',
  ],
  [
    'azuread_application_redirect_uris',
    { application_id: '/a', redirect_uris: ['http://b'] },
    'receive tokens at http://b on /a',
  ],
  ['azuread_application_known_clients', { application_id: '/a', known_client_ids: ['c'] }, 'c on /a'],
  ['azuread_service_principal_token_signing_certificate', { service_principal_id: '/s' }, 'sign tokens of on /s'],
  [
    'azuread_invitation',
    { user_email_address: 'eve@example.com', redirect_url: 'https://a' },
    'sign in, as Guest on the whole directory',
  ],
  ['azuread_user', { user_principal_name: 'eve@example.com', display_name: 'Eve' }, 'sign in on the whole directory'],
  [
    'azuread_access_package_catalog_role_assignment',
    { principal_object_id: 'eve', role_id: 'r', catalog_id: 'c' },
    'the role r on c',
  ],
  [
    'azuread_access_package_resource_package_association',
    { access_package_id: 'p', catalog_resource_association_id: 'r' },
    'become Member on r',
  ],
  [
    'azuread_access_package_assignment_policy',
    { access_package_id: 'p', requestor_settings: [{ scope_type: 'AllExistingDirectoryMemberUsers' }] },
    'ask for it on p',
  ],
  [
    'azuread_named_location',
    { display_name: 'l', ip: [{ ip_ranges: ['203.0.113.0/24'], trusted: true }] },
    '203.0.113.0/24 on ${azuread_named_location.it.id}',
  ],
  [
    'azuread_group',
    { display_name: 'g', dynamic_membership: [{ enabled: true, rule: 'user.city -eq "X"' }] },
    'one of the members on ${azuread_group.it.id}',
  ],
  [
    'azuread_group_without_members',
    { display_name: 'g', owners: ['eve'] },
    'one of the owners on ${azuread_group_without_members.it.id}',
  ],
  [
    'kubernetes_mutating_webhook_configuration_v1',
    { metadata: { name: 'w' }, webhook: [WEBHOOK] },
    'see, and change, CREATE of pods on the whole cluster',
  ],
  [
    'kubernetes_api_service_v1',
    { spec: { group: 'a.b', version: 'v1', service: { name: 's', namespace: 'n' } } },
    'answer for a.b/v1 on the whole cluster',
  ],
  [
    'kubernetes_certificate_signing_request_v1',
    { spec: { signer_name: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] } },
    'a certificate of kubernetes.io/kube-apiserver-client for client auth on the whole cluster',
  ],
  [
    'kubernetes_token_request_v1',
    { metadata: { name: 'a', namespace: 'n' }, spec: {} },
    'act as the service account a on namespace n, for 3600 seconds',
  ],
])('%s gives access', (type, given, after) => {
  const shown = after.replace(/\$\{(\w+)\.it\.id\}/, '');
  const [row, ...others] = rows(type, undefined, given);
  expect(others).toEqual([]);
  expect(row?.shift).toBe('added');
  expect(row?.after?.startsWith(shown)).toBe(true);
  expect(shifts(type, given, undefined)).toEqual(['removed']);
});

/** Single values of an existing resource that grant access. */
test.each<[type: string, given: JsonObject, path: string, closed: Json | undefined, open: Json | undefined]>([
  [
    'azurerm_eventhub_namespace_authorization_rule',
    { name: 'r', namespace_name: 'n', listen: true },
    'manage',
    false,
    true,
  ],
  [
    'azurerm_container_registry_token_password',
    { container_registry_token_id: '/t' },
    'password1',
    [{ expiry: '2027-01-01' }],
    [{}],
  ],
  [
    'azurerm_lighthouse_definition',
    { managing_tenant_id: 't', scope: '/s' },
    'authorization',
    [{ principal_id: 'p', role_definition_id: READER }],
    [
      { principal_id: 'p', role_definition_id: READER },
      { principal_id: 'eve', role_definition_id: OWNER },
    ],
  ],
  [
    'azurerm_pim_eligible_role_assignment',
    { scope: '/s', principal_id: 'p', role_definition_id: OWNER },
    'schedule',
    [{ expiration: [{ duration_days: 8 }] }],
    [{ expiration: [{ duration_days: 365 }] }],
  ],
  [
    'azurerm_role_management_policy',
    { scope: '/s', role_definition_id: OWNER },
    'activation_rules',
    [{ require_approval: true }],
    [{ require_approval: false }],
  ],
  ['azurerm_mssql_server', { name: 's' }, 'azuread_administrator', [{ object_id: 'alice' }], [{ object_id: 'eve' }]],
  ['azurerm_api_management_product', { product_id: 'p', published: true }, 'subscription_required', true, false],
  ['azurerm_redis_cache_access_policy', { name: 'p', redis_cache_id: '/r' }, 'permissions', '+@read', '+@all'],
  [
    'azuread_group_role_management_policy',
    { group_id: 'g', role_id: 'owner' },
    'activation_rules',
    [{ require_multifactor_authentication: true }],
    [{ require_multifactor_authentication: false }],
  ],
  ['azuread_conditional_access_policy', POLICY, 'state', 'enabled', 'enabledForReportingButNotEnforced'],
  [
    'azuread_conditional_access_policy',
    POLICY,
    'grant_controls',
    [{ operator: 'AND', built_in_controls: ['mfa', 'compliantDevice'] }],
    [{ operator: 'AND', built_in_controls: ['mfa'] }],
  ],
  [
    'azuread_conditional_access_policy',
    change(POLICY, { conditions: {} }),
    'conditions.users',
    [{ included_users: ['All'] }],
    [{ included_users: ['All'], excluded_users: ['eve'] }],
  ],
  [
    'azuread_named_location',
    { display_name: 'l' },
    'ip',
    [{ ip_ranges: ['a'] }],
    [{ ip_ranges: ['a'], trusted: true }],
  ],
  ['azuread_user', { user_principal_name: 'eve@example.com' }, 'account_enabled', false, true],
  ['azuread_group_without_members', { display_name: 'g' }, 'owners', ['alice'], ['alice', 'eve']],
  [
    'azuread_group',
    { display_name: 'g' },
    'dynamic_membership',
    [{ enabled: false, rule: 'user.city -eq "X"' }],
    [{ enabled: true, rule: 'user.city -eq "X"' }],
  ],
  [
    'azuread_authentication_strength_policy',
    { display_name: 's' },
    'allowed_combinations',
    ['fido2'],
    ['fido2', 'password'],
  ],
  [
    'azuread_access_package_assignment_policy',
    { access_package_id: 'p' },
    'approval_settings',
    [{ approval_required: true }],
    [{ approval_required: false }],
  ],
  [
    'kubernetes_labels',
    { api_version: 'v1', kind: 'Namespace', metadata: { name: 'n' } },
    'labels',
    { 'pod-security.kubernetes.io/enforce': 'restricted' },
    { a: 'b' },
  ],
  [
    'kubernetes_validating_webhook_configuration_v1',
    { metadata: { name: 'w' } },
    'webhook',
    [WEBHOOK],
    [{ ...WEBHOOK, namespace_selector: [{ match_labels: { a: 'b' } }] }],
  ],
  [
    'kubernetes_mutating_webhook_configuration_v1',
    { metadata: { name: 'w' } },
    'webhook',
    [WEBHOOK],
    [{ ...WEBHOOK, client_config: [{ url: 'https://evil' }] }],
  ],
])('%s %j is opened by %s', (type, given, path, closed, open) => {
  const [before, after] = [change(given, { [path]: closed }), change(given, { [path]: open })];
  expect(
    shifts(type, before, after).filter((shift) => ['added', 'widened', 'changed'].includes(shift)).length,
  ).toBeGreaterThan(0);
  expect(
    shifts(type, after, before).filter((shift) => ['removed', 'narrowed', 'changed'].includes(shift)).length,
  ).toBeGreaterThan(0);
  expect(rows(type, before, before)).toEqual([]);
});

test.each<[path: string, all: Json | undefined, some: Json]>([
  ['client_app_types', ['all'], ['browser']],
  ['platforms', [{ included_platforms: ['all'] }], [{ included_platforms: ['all'], excluded_platforms: ['linux'] }]],
  ['platforms', undefined, [{ included_platforms: ['android'] }]],
  ['locations', [{ included_locations: ['All'] }], [{ included_locations: ['/here'] }]],
  ['locations', undefined, [{ included_locations: ['All'], excluded_locations: ['/here'] }]],
  ['sign_in_risk_levels', undefined, ['high']],
  ['user_risk_levels', undefined, ['high']],
  ['devices', undefined, [{ filter: [{ mode: 'exclude', rule: 'device.model -eq "X"' }] }]],
  ['devices', undefined, [{ filter: [{ mode: 'include', rule: 'device.model -eq "X"' }] }]],
])('a policy demands less with the condition %s: %j → %j', (path, all, some) => {
  const [whole, part] = [all, some].map((value) => change(POLICY, { [`conditions.${path}`]: value }));
  expect(shifts('azuread_conditional_access_policy', whole, part)).toEqual(['widened']);
  expect(shifts('azuread_conditional_access_policy', part, whole)).toEqual(['narrowed']);
});

test.each<[type: string, given: JsonObject]>([
  ['azuread_conditional_access_policy', POLICY],
  [
    'kubernetes_labels',
    { kind: 'Namespace', metadata: { name: 'n' }, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  ],
])('without %s there is less that people must do', (type, given) => {
  expect(shifts(type, given, undefined)).toEqual(['widened']);
  expect(shifts(type, undefined, given)).toEqual(['narrowed']);
});

test('without a webhook that checks what is deployed there is less that people must do', () => {
  const [type, given] = [
    'kubernetes_validating_webhook_configuration_v1',
    { metadata: { name: 'w' }, webhook: [WEBHOOK] },
  ];
  expect(shifts(type, given, undefined).sort()).toEqual(['removed', 'widened']);
  expect(shifts(type, undefined, given).sort()).toEqual(['added', 'narrowed']);
});

test.each<[type: string, given: JsonObject]>([
  ['azuread_directory_role', { display_name: 'Global Administrator' }],
  ['azuread_application_app_role', { application_id: '/a', role_id: 'r', value: 'admin' }],
  ['azuread_application_permission_scope', { application_id: '/a', scope_id: 's', value: 'read' }],
  ['azuread_authentication_strength_policy', { display_name: 's', allowed_combinations: ['fido2'] }],
  ['azurerm_api_management_api', { name: 'a' }],
  ['azurerm_container_registry_token', { name: 't', enabled: false }],
  ['azuread_user', { user_principal_name: 'eve@example.com', account_enabled: false }],
  ['kubernetes_labels', { kind: 'Pod', metadata: { name: 'p' }, labels: { a: 'b' } }],
])('%s %j gives nothing by itself', (type, given) => {
  expect(rows(type, undefined, given)).toEqual([]);
});

test('a password with another name is another password', () => {
  const named = (name: string) => ({ application_id: '/a', display_name: name });
  expect(shifts('azuread_application_password', named('old'), named('new')).sort()).toEqual(['added', 'removed']);
});

test('webhooks in a manifest are those of the provider', () => {
  const manifest = {
    ...{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', metadata: { name: 'w' } },
    webhooks: [
      {
        ...{ name: 'a.b', clientConfig: { url: 'https://evil' } },
        rules: [{ operations: ['*'], resources: ['*'], apiGroups: ['*'], apiVersions: ['*'] }],
      },
    ],
  };
  expect(rows('kubernetes_manifest', undefined, { manifest })).toMatchObject([
    { who: 'https://evil', shift: 'added', after: 'see, and change, * of * on the whole cluster' },
  ]);
});
