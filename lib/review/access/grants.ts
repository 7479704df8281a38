import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { ROLE_IDS } from '../knowledge/roles';
import type { Resource } from '../read/program';
import { rulesOf } from './permission';

/** A permission: who may do what, and on what. */
export interface Grant {
  /** Identifies the grant on both sides of a change. */
  readonly key: string;
  readonly who: string;
  /** A role's name, or single permissions. */
  readonly may: readonly string[];
  readonly on: string;
  /** What limits it: excluded actions, a condition. */
  readonly limits?: readonly string[];
}

type Reader = (attributes: JsonObject, resource: Resource) => Grant[];

/** The permissions that each type of resource grants. */
const READERS: Readonly<Record<string, Reader>> = {
  azurerm_role_assignment: (given) => [
    { key: 'role', who: text(given, 'principal_id'), may: [roleOf(given)], on: text(given, 'scope'), ...onlyIf(given) },
  ],
  azurerm_role_definition: (given) => [
    {
      key: 'role',
      who: `whoever holds the role ${text(given, 'name')}`,
      may: blocks(given['permissions']).flatMap((permission) => [
        ...listAt(permission, 'actions'),
        ...listAt(permission, 'data_actions'),
      ]),
      on: text(given, 'scope'),
      limits: blocks(given['permissions']).flatMap((permission) =>
        [...listAt(permission, 'not_actions'), ...listAt(permission, 'not_data_actions')].map((no) => `except ${no}`),
      ),
    },
  ],
  azurerm_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'subject')} of ${text(given, 'issuer')}`,
      may: ['sign in as'],
      on: textAt(given, 'parent_id') ?? text(given, 'user_assigned_identity_id'),
    },
  ],
  azuread_application_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'subject')} of ${text(given, 'issuer')}`,
      may: ['sign in as'],
      on: text(given, 'application_id'),
    },
  ],
  azuread_app_role_assignment: (given) => [
    {
      key: 'role',
      who: text(given, 'principal_object_id'),
      may: [text(given, 'app_role_id')],
      on: text(given, 'resource_object_id'),
    },
  ],
  azuread_group_member: (given) => [
    { key: 'member', who: text(given, 'member_object_id'), may: ['member of'], on: text(given, 'group_object_id') },
  ],
  azuread_group: (given, { address }) =>
    ['members', 'owners'].flatMap((list) =>
      listAt(given, list).map((who) => ({ key: `${list} ${who}`, who, may: [`one of the ${list}`], on: address })),
    ),
  azurerm_container_registry: (given, { address }) => [
    ...when(given, 'admin_enabled', { who: 'anyone with the admin password', may: ['push and pull'], on: address }),
    ...when(given, 'anonymous_pull_enabled', { who: 'anyone, without signing in', may: ['pull'], on: address }),
  ],
  azurerm_container_registry_scope_map: (given) => [
    {
      key: 'map',
      who: `tokens of ${text(given, 'name')}`,
      may: listAt(given, 'actions'),
      on: text(given, 'container_registry_name'),
    },
  ],
  azurerm_kubernetes_cluster: cluster,
  azurerm_key_vault_access_policy: (given) => [{ key: 'policy', ...policy(given), on: text(given, 'key_vault_id') }],
  azurerm_key_vault: (given, { address }) =>
    blocks(given['access_policy']).map((entry) => ({
      ...{ key: `policy ${text(entry, 'object_id')}`, ...policy(entry), on: address },
    })),
  kubernetes_role: rules,
  kubernetes_role_v1: rules,
  kubernetes_cluster_role: rules,
  kubernetes_cluster_role_v1: rules,
  kubernetes_role_binding: bindings,
  kubernetes_role_binding_v1: bindings,
  kubernetes_cluster_role_binding: bindings,
  kubernetes_cluster_role_binding_v1: bindings,
};

/** The permissions that a resource grants. */
export function readGrants(resource: Resource): Grant[] {
  return own(READERS, resource.type)?.(resource.attributes, resource) ?? [];
}

/** Whether the permissions of a type of resource are analyzed. */
export function readsAccessOf(type: string): boolean {
  return Object.hasOwn(READERS, type);
}

/** What a cluster grants to holders of its credentials, to everyone in it, and to its groups of administrators. */
function cluster(given: JsonObject, { address: on }: Resource): Grant[] {
  const groups = listAt(given, 'azure_active_directory_role_based_access_control.admin_group_object_ids');
  const grants = groups.map((group): Grant => ({
    key: `admins ${group}`,
    who: isExpression(group) ? group : `group ${group}`,
    may: ['cluster admin'],
    on,
  }));
  if (textAt(given, 'local_account_disabled') !== 'true') {
    const who = 'anyone with the cluster credentials (local accounts)';
    grants.push({ key: 'local', who, may: ['cluster admin'], on });
  }
  if (textAt(given, 'role_based_access_control_enabled') === 'false') {
    grants.push({ key: 'norbac', who: 'everyone in the cluster (no RBAC)', may: ['everything'], on });
  }
  return grants;
}

function policy(given: JsonObject): Pick<Grant, 'who' | 'may'> {
  const may = ['key', 'secret', 'certificate', 'storage'].flatMap((kind) =>
    listAt(given, `${kind}_permissions`).map((permission) => `${kind} ${permission}`),
  );
  return { who: text(given, 'object_id'), may };
}

function onlyIf(given: JsonObject): Pick<Grant, 'limits'> {
  const condition = textAt(given, 'condition');
  return condition === undefined ? {} : { limits: [`only if ${condition}`] };
}

function roleOf(given: JsonObject): string {
  const id = textAt(given, 'role_definition_id') ?? '';
  return (
    textAt(given, 'role_definition_name') ??
    own(ROLE_IDS, id.split('/').at(-1)?.toLowerCase() ?? '') ??
    (id || 'a role')
  );
}

function when(given: JsonObject, name: string, grant: Omit<Grant, 'key'>): Grant[] {
  const value = at(given, name);
  if (isExpression(value)) {
    return [{ ...grant, key: name, may: grant.may.map((right) => `${right}, if ${value}`) }];
  }
  return String(value) === 'true' ? [{ ...grant, key: name }] : [];
}

function rules(given: JsonObject, { type }: Resource): Grant[] {
  const [who, on] = [`whoever is bound to the role ${text(given, 'metadata.name')}`, placeIn(given, type)];
  return [{ key: 'rules', who, may: rulesOf(given), on }];
}

function placeIn(given: JsonObject, type: string): string {
  return type.includes('cluster_role')
    ? 'the whole cluster'
    : `namespace ${textAt(given, 'metadata.namespace') ?? 'default'}`;
}

function bindings(given: JsonObject, resource: Resource): Grant[] {
  const role = `${text(given, 'role_ref.kind')} ${text(given, 'role_ref.name')}`;
  const on = placeIn(given, resource.type);
  return blocks(given['subject']).map((subject) => {
    const who = [text(subject, 'kind'), textAt(subject, 'namespace'), text(subject, 'name')].filter(Boolean).join(' ');
    return { key: who, who, may: [role], on };
  });
}

function text(value: JsonObject, path: string): string {
  return textAt(value, path) ?? 'not given';
}
