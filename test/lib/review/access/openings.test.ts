import { review } from '../../../../lib/review';
import { WORKLOADS } from '../../../../lib/review/read/pods';
import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import { change, expectWaysBack, program, type Resources } from '../fixtures';

/** The rows about access of one resource that changes; undefined stands for a missing resource. */
function rows(type: string, before: JsonObject | undefined, after: JsonObject | undefined) {
  const [base, head] = [before, after].map((it) => program({ [type]: { ...(it ? { it } : {}) } } as Resources));
  const { access } = review(base, head!);
  expectWaysBack(access);
  return access;
}

const CLUSTER = { name: 'aks' };
const ACCOUNT = { name: 'store' };
const APPLICATION = { display_name: 'app' };
const SCOPE = '/subscriptions/a';

/** Single values of an existing resource that grant access without a role. */
const OPENED: readonly [
  type: string,
  given: JsonObject,
  path: string,
  closed: Json | undefined,
  open: Json | undefined,
][] = [
  ['azurerm_kubernetes_cluster', CLUSTER, 'run_command_enabled', false, true],
  ['azurerm_kubernetes_cluster', CLUSTER, 'run_command_enabled', false, undefined],
  ['azurerm_kubernetes_cluster', CLUSTER, 'azure_policy_enabled', true, false],
  ['azurerm_kubernetes_cluster', CLUSTER, 'azure_policy_enabled', true, undefined],
  ['azurerm_kubernetes_cluster', CLUSTER, 'role_based_access_control_enabled', true, false],
  [
    'azurerm_kubernetes_cluster',
    { name: 'aks', azure_active_directory_role_based_access_control: { tenant_id: 't' } },
    'azure_active_directory_role_based_access_control.azure_rbac_enabled',
    false,
    true,
  ],
  ['azurerm_storage_account', ACCOUNT, 'shared_access_key_enabled', false, undefined],
  ['azurerm_storage_account', ACCOUNT, 'allow_nested_items_to_be_public', false, true],
  ['azurerm_storage_account', ACCOUNT, 'allow_nested_items_to_be_public', false, undefined],
  ['azurerm_storage_account', ACCOUNT, 'local_user_enabled', false, true],
  ['azurerm_storage_account', ACCOUNT, 'local_user_enabled', false, undefined],
  ['azurerm_storage_container', ACCOUNT, 'container_access_type', 'private', 'blob'],
  ['azurerm_storage_container', ACCOUNT, 'container_access_type', undefined, 'container'],
  ['azurerm_storage_container', ACCOUNT, 'container_access_type', 'blob', 'container'],
  ['azurerm_storage_container', ACCOUNT, 'container_access_type', 'private', '${var.access}'],
  ['azurerm_key_vault', { name: 'v' }, 'rbac_authorization_enabled', false, true],
  [
    'azurerm_subscription_policy_assignment',
    { subscription_id: SCOPE, policy_definition_id: '/p' },
    'enforce',
    true,
    false,
  ],
  ['azurerm_resource_group_policy_assignment', { resource_group_id: SCOPE }, 'not_scopes', undefined, ['/x']],
  ['azurerm_management_lock', { scope: SCOPE }, 'lock_level', 'ReadOnly', 'CanNotDelete'],
  ['azuread_application', APPLICATION, 'sign_in_audience', 'AzureADMyOrg', 'AzureADMultipleOrgs'],
  ['azuread_application', APPLICATION, 'owners', ['a'], ['a', 'b']],
  ['azuread_application', APPLICATION, 'password', undefined, [{ display_name: 'ci' }]],
  ['azuread_service_principal', { client_id: 'c' }, 'owners', undefined, ['a']],
  ['azuread_service_principal', { client_id: 'c' }, 'account_enabled', false, undefined],
  ['azuread_group', { display_name: 'g' }, 'members', ['a'], ['a', 'b']],
  ['azuread_group', { display_name: 'g' }, 'owners', ['a'], ['a', 'b']],
  [
    'azuread_application',
    APPLICATION,
    'required_resource_access',
    [{ resource_app_id: 'api', resource_access: [{ id: 'read', type: 'Scope' }] }],
    [
      {
        resource_app_id: 'api',
        resource_access: [
          { id: 'read', type: 'Scope' },
          { id: 'write', type: 'Role' },
        ],
      },
    ],
  ],
  ['kubernetes_namespace_v1', {}, 'metadata', named('restricted'), named('baseline')],
  ['kubernetes_namespace', {}, 'metadata', named('baseline'), named('privileged')],
  ['kubernetes_namespace', {}, 'metadata', named('baseline'), { name: 'n' }],
];

function named(level: string): JsonObject {
  return { name: 'n', labels: { 'pod-security.kubernetes.io/enforce': level } };
}

test.each(OPENED)('%s is opened by %s', (type, given, path, closed, open) => {
  const [before, after] = [change(given, { [path]: closed }), change(given, { [path]: open })];
  const shifts = (found: readonly { readonly shift: string }[]) => found.map(({ shift }) => shift);
  expect(shifts(rows(type, before, after))).toEqual([expect.stringMatching('added|widened|changed')]);
  expect(shifts(rows(type, after, before))).toEqual([expect.stringMatching('removed|narrowed|changed')]);
  expect(rows(type, before, before)).toEqual([]);
});

/** Single values that give the pods of a workload access to their nodes. */
const LEAVES: readonly [path: string, kept: Json | undefined, left: Json | undefined][] = [
  ['container.security_context.privileged', false, true],
  ['container.security_context.privileged', undefined, '${var.privileged}'],
  ['container.security_context.capabilities', undefined, { add: ['SYS_ADMIN'] }],
  ['container.security_context.capabilities', { add: ['NET_RAW'] }, { add: ['NET_RAW', 'SYS_ADMIN'] }],
  ['container.security_context.capabilities', { drop: ['ALL'] }, {}],
  ['container.security_context.capabilities', { drop: ['ALL'] }, { drop: ['ALL'], add: ['CHOWN'] }],
  ['container.security_context.capabilities', { drop: ['ALL'] }, { drop: ['ALL'], add: ['SYS_ADMIN'] }],
  ['container.security_context.run_as_non_root', true, undefined],
  ['container.security_context.run_as_user', 1000, 0],
  ['container.security_context.read_only_root_filesystem', true, false],
  ['container.security_context.allow_privilege_escalation', false, true],
  ['container.security_context.seccomp_profile', { type: 'RuntimeDefault' }, { type: 'Unconfined' }],
  ['security_context.run_as_non_root', true, false],
  ['host_pid', false, true],
  ['host_ipc', undefined, true],
  ['service_account_name', undefined, 'admin'],
  ['automount_service_account_token', false, true],
  ['volume', undefined, [{ name: 'node', host_path: { path: '/' } }]],
];

/** A workload of a type with one value in its pod specification. */
function workload(type: string, path: string, value: Json | undefined): JsonObject {
  const pod = change({ container: { name: 'web', image: 'i' } }, { [path]: value });
  const spec = type.startsWith('kubernetes_pod') ? pod : { template: { spec: pod } };
  const isCron = type.startsWith('kubernetes_cron_job');
  return { metadata: { name: 'web' }, spec: isCron ? { job_template: { spec } } : spec };
}

/** A program with a workload of a type for each of the values. */
function workloads(type: string, side: 'kept' | 'left') {
  const all = LEAVES.map(([path, kept, left], i) => [`w${i}`, workload(type, path, side === 'kept' ? kept : left)]);
  return program({ [type]: Object.fromEntries(all) as Record<string, JsonObject> });
}

test.each(WORKLOADS)('the pods of a %s are let out by each of these values', (type) => {
  const [before, after] = [workloads(type, 'kept'), workloads(type, 'left')];
  const { access } = review(before, after);
  const found = LEAVES.map(([path], i) => ({
    path,
    rows: access.filter(({ address }) => address === `${type}.w${i}`),
  }));
  const row = expect.objectContaining({
    who: expect.stringContaining(' web'),
    shift: expect.stringMatching('added|widened|changed'),
  });
  expectWaysBack(access);
  expect(found).toEqual(LEAVES.map(([path]) => ({ path, rows: [row] })));
  expect(review(before, before).access).toEqual([]);
});

test('a volume of the node that all containers only read is a permission to read', () => {
  const pod = (isRead: boolean): JsonObject => ({
    volume: [{ name: 'logs', host_path: { path: '/var/log' } }],
    container: { name: 'web', volume_mount: { name: 'logs', mount_path: '/logs', read_only: isRead } },
  });
  const given = (isRead: boolean) => ({ metadata: { name: 'web' }, spec: { template: { spec: pod(isRead) } } });
  expect(rows('kubernetes_deployment_v1', given(true), given(false))).toMatchObject([
    { before: 'read /var/log on their nodes', after: 'read and write /var/log on their nodes', shift: 'changed' },
  ]);
});

/** Whole resources that grant access. */
const GIVEN: readonly [type: string, given: JsonObject, after: string][] = [
  ['azuread_application_password', { application_id: 'a', display_name: 'ci' }, 'sign in as on a'],
  ['azuread_service_principal_certificate', { service_principal_id: 'a' }, 'sign in as on a'],
  ['azuread_application_owner', { application_id: 'a', owner_object_id: 'o' }, 'one of the owners on a'],
  [
    'azuread_app_role_assignment',
    { app_role_id: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8', principal_object_id: 'p', resource_object_id: 'graph' },
    'RoleManagement.ReadWrite.Directory on graph',
  ],
  [
    'azuread_application_api_access',
    { application_id: 'a', api_client_id: '00000003-0000-0000-c000-000000000000', scope_ids: ['s'] },
    's for a user who is signed in on Microsoft Graph',
  ],
  [
    'azuread_service_principal_delegated_permission_grant',
    { service_principal_object_id: 'a', resource_service_principal_object_id: 'b', claim_values: ['User.Read.All'] },
    'User.Read.All on b',
  ],
  [
    'azuread_directory_role_assignment',
    { role_id: 'r', principal_object_id: 'p' },
    'the directory role r on the whole directory',
  ],
  [
    'azurerm_pim_eligible_role_assignment',
    { scope: SCOPE, principal_id: 'p', role_definition_id: 'Owner' },
    'activate Owner on /subscriptions/a',
  ],
  [
    'azurerm_subscription_policy_exemption',
    { subscription_id: SCOPE, policy_assignment_id: 'p' },
    'ignore the policy of p on /subscriptions/a',
  ],
  [
    'azurerm_storage_account_local_user',
    { name: 'u', storage_account_id: 's' },
    'what its permission scopes allow on s',
  ],
];

test.each(GIVEN)('%s gives access', (type, given, after) => {
  expect(rows(type, undefined, given)).toMatchObject([{ shift: 'added', after }]);
  expect(rows(type, given, undefined)).toMatchObject([{ shift: 'removed', before: after }]);
});

test.each([
  ['azurerm_management_lock', { scope: SCOPE, lock_level: 'CanNotDelete' }],
  ['azurerm_management_group_policy_assignment', { management_group_id: SCOPE, policy_definition_id: '/p' }],
])('without %s there is more access', (type, given) => {
  expect(rows(type, given, undefined)).toMatchObject([{ shift: 'widened' }]);
  expect(rows(type, undefined, given)).toMatchObject([{ shift: 'narrowed' }]);
});

test('what every new workload, account or cluster has is no news', () => {
  const news = program({
    azurerm_storage_account: { it: ACCOUNT },
    azuread_application: { it: { ...APPLICATION, owners: ['me'] } },
    kubernetes_deployment_v1: { it: workload('kubernetes_deployment_v1', 'host_pid', undefined) },
    kubernetes_stateful_set_v1: { it: workload('x', 'container.security_context.capabilities', { add: ['CHOWN'] }) },
    kubernetes_namespace_v1: { it: { metadata: named('restricted') } },
  });
  expect(review([], news).access).toEqual([]);
});
