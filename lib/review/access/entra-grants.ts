import { blocks, listAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import { API_PERMISSIONS, APIS } from '../knowledge/roles';
import type { Resource } from '../read/program';
import { ruleOf } from './entra-policies';
import { itself, text, when, type Grant, type Reader } from './grant';

/** The permissions that objects of Microsoft Entra ID grant, by resource type. */
export const ENTRA_GRANTS: Readonly<Record<string, Reader>> = {
  azuread_application: application,
  azuread_application_registration: audience,
  azuread_application_api_access: (given) => [
    {
      key: 'api',
      who: text(given, 'application_id'),
      may: [...asked('Role', listAt(given, 'role_ids')), ...asked('Scope', listAt(given, 'scope_ids'))],
      on: apiOf(text(given, 'api_client_id')),
    },
  ],
  azuread_application_pre_authorized: (given) => [
    {
      key: 'client',
      who: `users of ${text(given, 'authorized_client_id')}, without being asked`,
      may: listAt(given, 'permission_ids'),
      on: text(given, 'application_id'),
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
  azuread_application_flexible_federated_identity_credential: (given) => [
    {
      key: 'federation',
      who: `${text(given, 'claims_matching_expression')} of ${text(given, 'issuer')}`,
      may: ['sign in as'],
      on: text(given, 'application_id'),
    },
  ],
  azuread_application_owner: (given) => [
    {
      key: 'owner',
      who: text(given, 'owner_object_id'),
      may: ['one of the owners'],
      on: text(given, 'application_id'),
    },
  ],
  azuread_application_password: credential('password', 'application_id'),
  azuread_application_certificate: credential('certificate', 'application_id'),
  azuread_service_principal: (given, resource) => [
    ...owners(given, resource),
    ...when(
      given,
      'account_enabled',
      { who: 'anyone with its credentials', may: ['sign in as'], on: itself(resource.address), isUsual: true },
      true,
    ),
  ],
  azuread_service_principal_password: credential('password', 'service_principal_id'),
  azuread_service_principal_certificate: credential('certificate', 'service_principal_id'),
  azuread_service_principal_delegated_permission_grant: (given) => [
    {
      key: 'grant',
      who: `${text(given, 'service_principal_object_id')}, as ${textAt(given, 'user_object_id') ?? 'any user'}`,
      may: listAt(given, 'claim_values'),
      on: text(given, 'resource_service_principal_object_id'),
    },
  ],
  azuread_app_role_assignment: (given) => [
    {
      key: 'role',
      who: text(given, 'principal_object_id'),
      may: [own(API_PERMISSIONS, text(given, 'app_role_id')) ?? text(given, 'app_role_id')],
      on: text(given, 'resource_object_id'),
    },
  ],
  azuread_directory_role_assignment: directoryRole('role_id', 'principal_object_id', ''),
  azuread_directory_role_eligibility_schedule_request: directoryRole('role_definition_id', 'principal_id', 'ask for '),
  azuread_directory_role_member: directoryRole('role_object_id', 'member_object_id', ''),
  azuread_group_member: (given) => [
    { key: 'member', who: text(given, 'member_object_id'), may: ['member of'], on: text(given, 'group_object_id') },
  ],
  azuread_group: members,
};

/** The permissions, passwords, owners and audience of an application. */
function application(given: JsonObject, resource: Resource): Grant[] {
  const asks = blocks(given['required_resource_access']).map((api): Grant => {
    const access = blocks(api['resource_access']);
    const ids = (type: string) => access.filter((one) => text(one, 'type') === type).map((one) => text(one, 'id'));
    const on = apiOf(text(api, 'resource_app_id'));
    const may = [...asked('Role', ids('Role')), ...asked('Scope', ids('Scope'))];
    const limits = ['once an administrator consents'];
    return { key: `api ${on}`, who: itself(resource.address), may, on, limits, by: ['required_resource_access'] };
  });
  const passwords = blocks(given['password']).map((one) => ({
    ...credentialOf('password', one, itself(resource.address)),
    by: ['password'],
  }));
  return [...asks, ...passwords, ...owners(given, resource), ...audience(given, resource)];
}

const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
  AzureADMyOrg: ['accounts of this tenant'],
  AzureADMultipleOrgs: ['accounts of this tenant', 'accounts of every other tenant'],
  AzureADandPersonalMicrosoftAccount: [
    ...['accounts of this tenant', 'accounts of every other tenant'],
    'personal Microsoft accounts',
  ],
  PersonalMicrosoftAccount: ['personal Microsoft accounts'],
};

function audience(given: JsonObject, { address }: Resource): Grant[] {
  const audiences = textAt(given, 'sign_in_audience') ?? 'AzureADMyOrg';
  const may = own(AUDIENCES, audiences) ?? [audiences];
  return [
    { key: 'audience', who: 'who may sign in', may, on: itself(address), isUsual: true, by: ['sign_in_audience'] },
  ];
}

/** The owners of an object. */
function owners(given: JsonObject, { address }: Resource): Grant[] {
  return [
    {
      key: 'owners',
      who: 'its owners',
      may: listAt(given, 'owners'),
      on: itself(address),
      isUsual: true,
      by: ['owners'],
    },
  ];
}

function members(given: JsonObject, resource: Resource): Grant[] {
  const named = ['members', 'owners'].flatMap((list) =>
    listAt(given, list).map((who) => ({
      key: `${list} ${who}`,
      who,
      may: [`one of the ${list}`],
      on: resource.address,
      by: [list],
    })),
  );
  return [...named, ...ruleOf(given, resource)];
}

function credential(kind: string, path: string): Reader {
  return (given) => [credentialOf(kind, given, text(given, path))];
}

function credentialOf(kind: string, given: JsonObject, on: string): Grant {
  const name = textAt(given, 'display_name');
  const who = `anyone with the ${kind}${name === undefined ? '' : ` ${name}`}`;
  return { key: `${kind} ${name ?? ''}`, who, may: ['sign in as'], on };
}

function directoryRole(role: string, who: string, verb: string): Reader {
  return (given) => [
    {
      key: 'role',
      who: text(given, who),
      may: [`${verb}the directory role ${text(given, role)}`],
      on: textAt(given, 'directory_scope_id') ?? textAt(given, 'app_scope_id') ?? 'the whole directory',
    },
  ];
}

/** Permissions on an API: application permissions, or delegated ones, which need a signed-in user. */
function asked(type: 'Role' | 'Scope', ids: readonly string[]): string[] {
  const suffix = type === 'Role' ? '' : ' for a user who is signed in';
  return ids.map((id) => `${own(API_PERMISSIONS, id) ?? id}${suffix}`);
}

function apiOf(id: string): string {
  return own(APIS, id) ?? id;
}
