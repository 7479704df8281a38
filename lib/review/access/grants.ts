import { isExpression } from '../../terraform-json/expression';
import { blocks, listAt, listsAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { roleIn } from '../knowledge/roles';
import { present } from '../names/present';
import { azureBodyOf } from '../read/azure-body';
import { objectsIn } from '../read/manifest-objects';
import type { Resource } from '../read/program';
import { AZURE_GRANTS } from './azure-grants';
import { ENTRA_GRANTS } from './entra-grants';
import { ENTRA_POLICIES } from './entra-policies';
import { ANYONE, itself, text, when, type Grant, type Reader } from './grant';
import { KUBERNETES_CONTROL } from './kubernetes-control';
import { KUBERNETES_GRANTS } from './kubernetes-grants';
import { STORAGE_GRANTS } from './storage-grants';

/** The scopes of policy assignments, each with the argument that contains it. */
const POLICY_SCOPES = {
  management_group: 'management_group_id',
  subscription: 'subscription_id',
  resource_group: 'resource_group_id',
  resource: 'resource_id',
} as const;

/** The permissions that resources grant, by resource type. */
const READERS: Readonly<Record<string, Reader>> = {
  azurerm_role_assignment: role(''),
  azurerm_pim_active_role_assignment: role(''),
  azurerm_pim_eligible_role_assignment: role('activate '),
  azurerm_role_definition: (given) => [
    {
      key: 'role',
      who: `anyone with the role ${text(given, 'name')}`,
      by: ['permissions', 'scope', 'assignable_scopes', 'name'],
      narrower: { text: 'name only the actions that it needs, in', argument: 'permissions' },
      may: blocks(given['permissions']).flatMap((permission) => listsAt(permission, ['actions', 'data_actions'])),
      on: text(given, 'scope'),
      limits: blocks(given['permissions']).flatMap((permission) =>
        listsAt(permission, ['not_actions', 'not_data_actions']).map((no) => `except ${no}`),
      ),
    },
  ],
  azurerm_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'subject')} of ${text(given, 'issuer')}${audienceOf(given)}`,
      may: ['sign in as'],
      on: textAt(given, 'parent_id') ?? text(given, 'user_assigned_identity_id'),
    },
  ],
  azurerm_container_registry: (given, { address }) => [
    ...when(given, 'admin_enabled', { who: 'anyone with the admin password', may: ['push and pull'], on: address }),
    ...when(given, 'anonymous_pull_enabled', { who: ANYONE, may: ['pull'], on: address }),
  ],
  azurerm_container_registry_scope_map: (given) => [
    {
      key: 'map',
      who: `tokens of ${text(given, 'name')}`,
      may: listAt(given, 'actions'),
      on: text(given, 'container_registry_name'),
      narrower: { text: 'name only the repositories that it needs, in', argument: 'actions' },
    },
  ],
  azurerm_kubernetes_cluster: cluster,
  azurerm_management_lock: lock,
  ...Object.fromEntries(
    Object.entries(POLICY_SCOPES).flatMap(([name, scope]) => [
      [`azurerm_${name}_policy_assignment`, policyAssignment(scope)],
      [`azurerm_${name}_policy_exemption`, policyExemption(scope)],
    ]),
  ),
  azurerm_key_vault_access_policy: (given) => [{ key: 'policy', ...policy(given), on: text(given, 'key_vault_id') }],
  azurerm_key_vault: (given, { address }) => [
    ...blocks(given['access_policy']).map((entry) => ({
      key: `policy ${policy(entry).who}`,
      ...policy(entry),
      on: address,
      by: ['access_policy'],
    })),
    ...['rbac_authorization_enabled', 'enable_rbac_authorization'].flatMap((name) =>
      when(given, name, {
        who: 'holders of roles, in place of access policies',
        may: ['what their roles allow'],
        on: itself(address),
        isUsual: true,
      }),
    ),
  ],
  kubernetes_manifest: inManifest,
  kubectl_manifest: inManifest,
  azapi_resource: azureObject,
  ...AZURE_GRANTS,
  ...STORAGE_GRANTS,
  ...ENTRA_GRANTS,
  ...ENTRA_POLICIES,
  ...KUBERNETES_GRANTS,
  ...KUBERNETES_CONTROL,
};

/** The permissions that a resource grants. */
export function readGrants(resource: Resource): Grant[] {
  return own(READERS, resource.type)?.(resource.attributes, resource) ?? [];
}

/** Whether the permissions of a resource type are analyzed. */
export function readsAccessOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

const NO_LOCAL = { text: 'require Microsoft Entra ID by setting', argument: 'local_account_disabled' };

/** The audience of the tokens, unless it is the default of Azure. */
function audienceOf(given: JsonObject): string {
  const others = listAt(given, 'audience').filter((one) => one !== 'api://AzureADTokenExchange');
  return others.length > 0 ? `, for ${others.join(', ')}` : '';
}

/** The permissions that the objects of a manifest grant. */
function inManifest(_: JsonObject, resource: Resource): Grant[] {
  return objectsIn(resource).flatMap((object, i) =>
    // several objects in one manifest are distinguished by their positions.
    readGrants(object).map((grant) => (i === 0 ? grant : { ...grant, key: `${grant.key} ${i}` })),
  );
}

/** The permissions that a resource in the format of the Azure API grants. */
function azureObject(given: JsonObject, resource: Resource): Grant[] {
  const [properties] = blocks(azureBodyOf(given)['properties']);
  return properties === undefined || !/^microsoft\.authorization\/roleassignments@/i.test(text(given, 'type'))
    ? []
    : role('')(
        {
          scope: textAt(given, 'parent_id') ?? 'something',
          role_definition_id: textAt(properties, 'roleDefinitionId') ?? '',
          principal_id: textAt(properties, 'principalId') ?? 'somebody',
        },
        resource,
      );
}

/** The permissions in a cluster: administrators, local accounts, and everyone if RBAC is disabled. */
function cluster(given: JsonObject, { address: on }: Resource): Grant[] {
  const groups = listAt(given, 'azure_active_directory_role_based_access_control.admin_group_object_ids');
  const grants = groups.map((group): Grant => ({
    key: `admins ${group}`,
    who: isExpression(group) ? group : `group ${group}`,
    may: ['cluster admin'],
    on,
    by: ['admin_group_object_ids'],
  }));
  if (textAt(given, 'local_account_disabled') !== 'true') {
    const who = 'anyone with the cluster credentials (local accounts)';
    grants.push({ key: 'local', who, may: ['cluster admin'], on, by: ['local_account_disabled'], narrower: NO_LOCAL });
  }
  if (textAt(given, 'role_based_access_control_enabled') === 'false') {
    const who = 'everyone in the cluster (no RBAC)';
    grants.push({ key: 'norbac', who, may: ['everything'], on, by: ['role_based_access_control_enabled'] });
  }
  return [...grants, ...switches(given, on)];
}

/** The settings about access that every cluster has; only their changes are reported. */
function switches(given: JsonObject, address: string): Grant[] {
  const on = itself(address);
  const [directory = {}] = blocks(given['azure_active_directory_role_based_access_control']);
  return [
    ...when(
      given,
      'run_command_enabled',
      {
        who: 'anyone who can run commands on the cluster (az aks command invoke)',
        may: ['cluster admin'],
        on,
        isUsual: true,
      },
      true,
    ),
    ...when(directory, 'azure_rbac_enabled', {
      who: 'holders of Azure roles',
      may: ['what their roles allow in the cluster'],
      on,
      isUsual: true,
    }),
    ...when(given, 'azure_policy_enabled', {
      who: 'anyone who deploys',
      may: ['must obey Azure Policy'],
      on,
      isGuard: true,
      isUsual: true,
    }),
  ];
}

/** The principal and the permissions of an access policy of a key vault. */
function policy(given: JsonObject): Pick<Grant, 'who' | 'may'> {
  const may = ['key', 'secret', 'certificate', 'storage'].flatMap((kind) =>
    listAt(given, `${kind}_permissions`).map((permission) => `${kind} ${permission}`),
  );
  const application = textAt(given, 'application_id');
  // a policy for an application that acts as the principal is separate from that of the principal itself.
  const through = application === undefined ? '' : `, through the application ${application}`;
  return { who: `${text(given, 'object_id')}${through}`, may };
}

/** The condition of a role assignment, and its expiration. */
function onlyIf(given: JsonObject): Pick<Grant, 'limits'> {
  const condition = textAt(given, 'condition');
  const [days, hours, end] = ['duration_days', 'duration_hours', 'end_date_time'].map((name) =>
    textAt(given, `schedule.expiration.${name}`),
  );
  const limits = present(
    condition && `only if ${condition}`,
    days && `days: ${days}`,
    hours && `hours: ${hours}`,
    end && `until ${end}`,
  );
  return limits.length === 0 ? {} : { limits };
}

function role(verb: string): Reader {
  return (given) => [
    {
      key: 'role',
      who: text(given, 'principal_id'),
      may: [`${verb}${roleIn(given) ?? 'a role'}`],
      on: text(given, 'scope'),
      ...onlyIf(given),
    },
  ];
}

/**
 * The parameter that makes most policies only report violations, or disables them, in the JSON of an assignment or in the
 * expression that encodes it.
 */
const ONLY_REPORTS =
  /(?<![\w-])effect"?\s{0,9}[:=]\s{0,9}\{\s{0,9}"?value"?\s{0,9}[:=]\s{0,9}"(?:audit|auditifnotexists|disabled)"/i;

/** The restrictions of a policy in its scope, unless it only reports violations. */
function policyAssignment(scope: string): Reader {
  return (given) => {
    const onlyReports = textAt(given, 'enforce') === 'false' || ONLY_REPORTS.test(text(given, 'parameters'));
    const may = onlyReports ? [] : [`must obey the policy ${definitionOf(given)}`];
    const limits = listAt(given, 'not_scopes').map((no) => `except in ${no}`);
    return [{ key: 'policy', who: 'everyone', may, on: text(given, scope), limits, isGuard: true }];
  };
}

function policyExemption(scope: string): Reader {
  return (given) => {
    const may = [`ignore the policy of ${text(given, 'policy_assignment_id')}`];
    return [{ key: 'exemption', who: 'everyone', may, on: text(given, scope) }];
  };
}

/** The last segment of the id of a policy, unless the id is a reference. */
function definitionOf(given: JsonObject): string {
  const id = text(given, 'policy_definition_id');
  return id.startsWith('/') ? (id.split('/').at(-1) ?? id) : id;
}

/** The restrictions of a lock, which also apply to those whose roles allow the action. */
function lock(given: JsonObject): Grant[] {
  const may = present(text(given, 'lock_level') === 'ReadOnly' && 'must change nothing', 'must delete nothing');
  return [{ key: 'lock', who: 'everyone', may, on: text(given, 'scope'), isGuard: true }];
}
