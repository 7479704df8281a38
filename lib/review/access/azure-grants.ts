import { blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { roleIn } from '../knowledge/roles';
import { present } from '../names/present';
import { itself, text, type Grant, type Reader } from './grant';

/** The permissions of Azure services with their own keys, roles and administrators. */
export const AZURE_GRANTS: Readonly<Record<string, Reader>> = {
  ...each(
    ['azurerm_servicebus_namespace', 'azurerm_servicebus_queue', 'azurerm_servicebus_topic', 'azurerm_eventhub'],
    'authorization_rule',
    key('listen', 'send', 'manage'),
  ),
  ...each(
    [
      'azurerm_eventhub_namespace',
      'azurerm_relay_namespace',
      'azurerm_relay_hybrid_connection',
      'azurerm_notification_hub',
    ],
    'authorization_rule',
    key('listen', 'send', 'manage'),
  ),
  azurerm_iothub_shared_access_policy: key('device_connect', 'registry_read', 'registry_write', 'service_connect'),
  azurerm_iothub_dps_shared_access_policy: key(
    ...['enrollment_read', 'enrollment_write', 'registration_read', 'registration_write', 'service_config'],
  ),
  ...each(
    [
      'azurerm_mssql_managed_instance',
      'azurerm_mysql_flexible_server',
      'azurerm_postgresql',
      'azurerm_postgresql_flexible_server',
    ],
    'active_directory_administrator',
    (given) => [{ key: 'administrator', who: text(given, 'object_id'), may: ['administrator'], on: placeOf(given) }],
  ),
  azurerm_mssql_server: (given, { address }) =>
    blocks(given['azuread_administrator']).map((one) => ({
      key: 'administrator',
      who: text(one, 'object_id'),
      may: ['administrator'],
      on: itself(address),
      by: ['azuread_administrator'],
    })),
  azurerm_cosmosdb_sql_role_assignment: assignment('role_definition_id'),
  azurerm_key_vault_managed_hardware_security_module_role_assignment: assignment('role_definition_id'),
  azurerm_marketplace_role_assignment: (given) => [
    {
      key: 'role',
      who: text(given, 'principal_id'),
      may: [roleIn(given) ?? 'a role'],
      on: 'the marketplace of the tenant',
    },
  ],
  azurerm_kusto_cluster_principal_assignment: assignment('role'),
  azurerm_kusto_database_principal_assignment: assignment('role'),
  azurerm_synapse_role_assignment: assignment('role_name'),
  azurerm_redis_cache_access_policy_assignment: assignment('access_policy_name'),
  azurerm_redis_cache_access_policy: rights('permissions', 'redis_cache_id'),
  azurerm_cosmosdb_sql_role_definition: (given) => [
    {
      key: 'rights',
      who: `anyone with the role ${text(given, 'name')}`,
      may: blocks(given['permissions']).flatMap((one) => listAt(one, 'data_actions')),
      on: listAt(given, 'assignable_scopes').join(', '),
    },
  ],
  azurerm_kubernetes_cluster_trusted_access_role_binding: (given) => [
    {
      key: 'binding',
      who: text(given, 'source_resource_id'),
      may: listAt(given, 'roles'),
      on: text(given, 'kubernetes_cluster_id'),
    },
  ],
  azurerm_container_registry_token: (given) =>
    textAt(given, 'enabled') === 'false'
      ? []
      : [
          {
            key: 'token',
            who: `anyone with a password of the token ${text(given, 'name')}`,
            may: [`what the scope map ${text(given, 'scope_map_id')} allows`],
            on: text(given, 'container_registry_name'),
          },
        ],
  azurerm_container_registry_token_password: (given) =>
    ['password1', 'password2'].flatMap((name) =>
      blocks(given[name]).map((one): Grant => {
        const expiry = textAt(one, 'expiry');
        const who = `anyone with ${name === 'password1' ? 'the first' : 'the second'} password`;
        const limits = present(expiry && `until ${expiry}`);
        return { key: name, who, may: ['act as'], on: text(given, 'container_registry_token_id'), limits, by: [name] };
      }),
    ),
  azurerm_managed_disk_sas_token: (given) => [
    {
      key: 'link',
      who: 'anyone with the link',
      may: [text(given, 'access_level')],
      on: text(given, 'managed_disk_id'),
    },
  ],
  azurerm_application_insights_api_key: (given) => [
    {
      key: 'key',
      who: `anyone with the key ${text(given, 'name')}`,
      may: ['read', 'write'].flatMap((verb) => listAt(given, `${verb}_permissions`).map((right) => `${verb} ${right}`)),
      on: text(given, 'application_insights_id'),
    },
  ],
  azurerm_express_route_circuit_authorization: (given) => [
    {
      key: 'authorization',
      who: `anyone with the key ${text(given, 'name')}`,
      may: ['connect a network'],
      on: text(given, 'express_route_circuit_name'),
    },
  ],
  azurerm_lighthouse_definition: lighthouse,
  azurerm_lighthouse_assignment: (given) => [
    {
      key: 'assignment',
      who: 'the tenant that it is about',
      may: [`what ${text(given, 'lighthouse_definition_id')} gives`],
      on: text(given, 'scope'),
    },
  ],
  azurerm_role_management_policy: (given) => activation(given, text(given, 'role_definition_id'), text(given, 'scope')),
  ...managedApis(),
};

/** The requirements for activating an eligible role, and its maximum duration. */
export function activation(given: JsonObject, role: string, on: string): Grant[] {
  const isOn = (path: string) => textAt(given, path) === 'true';
  const may = Object.entries(DEMANDS).flatMap(([path, demand]) => (isOn(path) ? [demand] : []));
  const longest = textAt(given, 'activation_rules.maximum_duration');
  const limits = present(longest && `for ${longest} at most`);
  return [{ key: 'activation', who: `anyone who activates ${role}`, may, on, limits, isGuard: true, isUsual: true }];
}

const DEMANDS: Readonly<Record<string, string>> = {
  'activation_rules.require_approval': 'must be approved',
  'activation_rules.require_multifactor_authentication': 'must sign in with a second factor',
  'activation_rules.require_justification': 'must give a reason',
  'activation_rules.require_ticket_info': 'must give a ticket',
  'active_assignment_rules.expiration_required': 'must not be assigned for good',
  'active_assignment_rules.require_multifactor_authentication': 'must be assigned with a second factor',
  'eligible_assignment_rules.expiration_required': 'must not be eligible for good',
};

function each(kinds: readonly string[], suffix: string, reader: Reader): Record<string, Reader> {
  return Object.fromEntries(kinds.map((kind) => [`${kind}_${suffix}`, reader]));
}

/** The arguments that contain the scope of a permission, the narrowest first. */
const PLACES = [
  ...[
    'scope',
    'queue_id',
    'topic_id',
    'eventhub_name',
    'hybrid_connection_name',
    'notification_hub_name',
    'namespace_id',
  ],
  ...[
    'namespace_name',
    'database_name',
    'cluster_name',
    'server_id',
    'server_name',
    'managed_instance_id',
    'iothub_name',
  ],
  ...['iothub_dps_name', 'redis_cache_id', 'synapse_workspace_id', 'synapse_spark_pool_id', 'account_name'],
];

function placeOf(given: JsonObject): string {
  return PLACES.map((name) => textAt(given, name)).find((value) => value !== undefined) ?? 'not given';
}

/** A key whose rights are enabled one by one. */
function key(...names: readonly string[]): Reader {
  return (given) => [
    {
      key: 'key',
      who: `anyone with a key of ${text(given, 'name')}`,
      may: names
        .filter((name) => !['false', undefined].includes(textAt(given, name)))
        .map((name) => name.replace('_', ' ')),
      on: placeOf(given),
      narrower: { text: 'grant only the required rights of', argument: names.join(', ') },
    },
  ];
}

/** An assignment of the role in an argument to a principal. */
function assignment(role: string): Reader {
  return (given) => [
    {
      key: 'role',
      who: textAt(given, 'principal_id') ?? text(given, 'object_id'),
      may: [text(given, role)],
      on: placeOf(given),
    },
  ];
}

/** The rights in an argument, for the holders of the resource. */
function rights(name: string, place: string): Reader {
  return (given) => [
    { key: 'rights', who: `anyone with ${text(given, 'name')}`, may: listAt(given, name), on: text(given, place) },
  ];
}

/** The roles of another tenant, permanent or eligible. */
function lighthouse(given: JsonObject): Grant[] {
  const of = (block: string, verb: string) =>
    blocks(given[block]).map((one): Grant => {
      const principal = textAt(one, 'principal_display_name') ?? text(one, 'principal_id');
      const delegated = listAt(one, 'delegated_role_definition_ids');
      return {
        key: `${block} ${text(one, 'principal_id')} ${text(one, 'role_definition_id')}`,
        who: `${principal} of the tenant ${text(given, 'managing_tenant_id')}`,
        may: [
          `${verb}${roleIn(one) ?? 'a role'}`,
          ...delegated.map((id) => `assign ${roleIn({ role_definition_id: id }) ?? 'a role'}`),
        ],
        on: text(given, 'scope'),
        by: [block],
      };
    });
  return [...of('authorization', ''), ...of('eligible_authorization', 'activate ')];
}

/** The permissions to call the APIs of API Management. */
function managedApis(): Record<string, Reader> {
  const member = (who: string, may: string, on: string): Reader => {
    return (given) => [{ key: 'member', who: text(given, who), may: [may], on: text(given, on) }];
  };
  const open: Reader = (given, { address }) => {
    const isAsked = textAt(given, 'subscription_required') !== 'false';
    const isChecked = blocks(given['oauth2_authorization']).length + blocks(given['openid_authentication']).length > 0;
    return isAsked || isChecked
      ? []
      : [
          {
            key: 'open',
            who: 'anyone, without a key',
            may: ['call'],
            on: itself(address),
            by: ['subscription_required'],
          },
        ];
  };
  return {
    azurerm_api_management_api: open,
    azurerm_api_management_product: open,
    azurerm_api_management_product_api: member('product_id', 'its subscribers call', 'api_name'),
    azurerm_api_management_product_group: member('group_name', 'subscribe to', 'product_id'),
    azurerm_api_management_group_user: member('user_id', 'member of', 'group_name'),
    azurerm_api_management_subscription: (given) => [
      {
        key: 'subscription',
        who: `anyone with a key of ${text(given, 'display_name')}`,
        may: ['call'],
        on: textAt(given, 'product_id') ?? textAt(given, 'api_id') ?? 'all APIs',
      },
    ],
    azurerm_api_management_gateway: () => [],
    azurerm_api_management_gateway_api: (given) => [
      { key: 'gateway', who: `callers of ${text(given, 'gateway_id')}`, may: ['call'], on: text(given, 'api_id') },
    ],
  };
}
