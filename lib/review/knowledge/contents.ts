import type { Consequence } from '../model';
import { unversioned } from '../read/resource-type';

/** What is lost with a resource. */
export interface Contents {
  /** The consequences of the loss, the worst first. */
  readonly consequences: readonly Consequence[];
  /** What is lost, in words. */
  readonly text: string;
  /** How to save it before it is lost: "copy the images (az acr import)". */
  readonly save?: string;
  /** The loss if the resource is not recreated; absent if that makes no difference. */
  readonly forGood?: Pick<Contents, 'consequences' | 'text'>;
}

/** The contents of the types that match a pattern. */
interface Row extends Contents {
  readonly types: RegExp;
}

const WORKLOADS = 'move the workloads, and the data of their volumes';
const COPY = 'copy the data';
const SWITCH = 'switch over what uses this one';
const ROLES = 'give it the same roles and switch over';
const RIGHTS = { consequences: ['access'], text: 'its permissions' } as const;

/** The contents of types; the first row that matches counts. */
const ROWS: readonly Row[] = [
  {
    types: /^azurerm_resource_group$/,
    consequences: ['data', 'outage', 'address', 'access'],
    text: 'everything in the resource group',
    save: 'move its contents (az resource move)',
  },
  {
    types: /^azurerm_kubernetes_cluster$/,
    consequences: ['data', 'outage', 'address'],
    text: 'everything that runs in the cluster, its dynamically provisioned volumes and the public addresses of its services',
    save: WORKLOADS,
  },
  {
    types: /^kubernetes_namespace$/,
    consequences: ['data', 'outage'],
    text: 'everything in the namespace',
    save: WORKLOADS,
  },
  {
    types: /^azurerm_container_registry$/,
    consequences: ['data', 'outage'],
    text: 'every image in the registry; nodes can no longer pull them',
    save: 'copy the images (az acr import)',
  },
  {
    types: /^azurerm_storage_account$/,
    consequences: ['data'],
    text: 'all data in the storage account',
    save: 'copy the data (azcopy copy)',
  },
  {
    types: /^azurerm_storage_(container|queue|table(_entity)?|blob|share(_directory|_file)?|data_lake_gen2_\w+)$/,
    consequences: ['data'],
    text: 'the data in it',
    save: COPY,
  },
  {
    types: /^azurerm_managed_disk$/,
    consequences: ['data'],
    text: 'the data on the disk',
    save: 'create it from a snapshot of this one',
  },
  {
    types: /^azurerm_((linux|windows)_)?virtual_machine$/,
    consequences: ['data', 'outage'],
    text: 'everything on its OS disk',
    save: COPY,
  },
  {
    types: /^azurerm_((linux|windows|orchestrated)_)?virtual_machine_scale_set$/,
    consequences: ['data', 'outage'],
    text: 'its machines and everything on their disks',
    save: SWITCH,
  },
  {
    types: /^azurerm_(snapshot|image|shared_image(_version|_gallery)?)$/,
    consequences: ['data'],
    text: 'the copy, which new disks and machines are created from',
    save: COPY,
  },
  {
    types: /^azurerm_key_vault$/,
    consequences: ['data', 'access'],
    text: 'the keys, secrets and certificates in the vault',
    save: 'copy its contents (az keyvault secret backup)',
  },
  {
    types: /^azurerm_key_vault_(key|secret|certificate)$/,
    consequences: ['data'],
    text: 'its contents, in every version',
    save: SWITCH,
  },
  {
    types: /^azurerm_log_analytics_workspace$/,
    consequences: ['data'],
    text: 'the logs in the workspace',
    save: 'export the logs',
  },
  {
    types: /^azurerm_monitor_workspace$/,
    consequences: ['data'],
    text: 'the metrics in the workspace',
    save: SWITCH,
  },
  {
    types: /^azurerm_dashboard_grafana$/,
    consequences: ['data', 'address'],
    text: 'its dashboards, and its address',
    save: 'copy the dashboards (az grafana backup)',
  },
  {
    types: /^azurerm_application_insights$/,
    consequences: ['address'],
    text: 'the connection string, with which applications send their telemetry',
    save: SWITCH,
  },
  {
    types:
      /^azurerm_((mssql|mysql|postgresql|mariadb|sql)_(flexible_)?(server|database|managed_instance|managed_database)|(mysql|postgresql)_flexible_server_database|cosmosdb_(account|table|cassandra_\w+|(gremlin|mongo|sql)_(database|graph|collection|container)|postgresql_cluster))$/,
    consequences: ['data', 'outage'],
    text: 'all data in it',
    save: 'restore a backup of this one there',
  },
  {
    types:
      /^azurerm_(redis_(cache|enterprise_(cluster|database))|managed_redis|eventhub(_cluster|_namespace(_schema_group)?)?|servicebus_(namespace|queue|topic|subscription)|search_service|kusto_(cluster|database)|mongo_cluster|netapp_(account|pool|volume|volume_group_\w+)|synapse_(workspace|sql_pool)|databricks_workspace|iothub)$/,
    consequences: ['data'],
    text: 'all data in it',
    save: COPY,
  },
  {
    types: /^azurerm_app_configuration$/,
    consequences: ['data', 'address'],
    text: 'the settings in the store, and its address',
    save: 'copy the settings (az appconfig kv import)',
  },
  {
    types:
      /^azurerm_((linux|windows)_(web|function)_app(_slot)?|app_service|function_app(_flex_consumption)?|logic_app_standard|static_web_app)$/,
    consequences: ['outage', 'address'],
    text: 'what was deployed to the app, and its address',
    save: SWITCH,
  },
  {
    types: /^azurerm_container_app(_environment)?$/,
    consequences: ['outage', 'address'],
    text: 'what runs in it, and its address',
    save: SWITCH,
  },
  {
    types: /^azurerm_api_management$/,
    consequences: ['data', 'outage', 'address'],
    text: 'the APIs, subscriptions and users in it, and its address',
    save: 'restore a backup of this one there (az apim backup)',
  },
  {
    types: /^azurerm_(recovery_services|data_protection_backup)_vault$/,
    consequences: ['data'],
    text: 'the backups in the vault',
    save: COPY,
  },
  {
    types: /^azurerm_(backup_protected_(vm|file_share)|data_protection_backup_instance_\w+)$/,
    consequences: ['data'],
    text: 'the backups of the item',
  },
  {
    types: /^azurerm_virtual_network$/,
    consequences: ['outage'],
    text: 'the subnets, and the connectivity of everything in the network',
    save: SWITCH,
  },
  {
    types: /^azurerm_(subnet|firewall|virtual_network_gateway|vpn_gateway|express_route_(circuit|gateway))$/,
    consequences: ['outage'],
    text: 'the connectivity of everything in it',
    save: SWITCH,
  },
  {
    types: /^azurerm_(private_)?dns_zone$/,
    consequences: ['outage'],
    text: 'every name in the zone',
    save: 'copy the records',
  },
  {
    types: /^azurerm_public_ip$/,
    consequences: ['address'],
    text: 'the public address itself',
    save: 'change the DNS records to it',
  },
  {
    types: /^azurerm_public_ip_prefix$/,
    consequences: ['address'],
    text: 'the public addresses themselves',
    save: SWITCH,
  },
  {
    types: /^azurerm_(lb|nat_gateway|application_gateway|cdn_frontdoor_endpoint)$/,
    consequences: ['address'],
    text: 'the inbound and outbound addresses that it provides',
    save: SWITCH,
  },
  {
    types: /^azurerm_(private_)?dns_\w+_record$/,
    consequences: ['address'],
    text: 'the name',
    save: SWITCH,
  },
  {
    types: /^azurerm_user_assigned_identity$/,
    consequences: ['access'],
    text: 'the identity, and every role that it was assigned',
    save: ROLES,
  },
  {
    types: /^azuread_(application|service_principal)(_registration)?$/,
    consequences: ['access'],
    text: 'the principal, and every role that it was assigned',
    save: ROLES,
  },
  {
    types:
      /^(azuread_(application|service_principal)_(password|certificate)|azurerm_(eventhub|servicebus)\w*_authorization_rule)$/,
    consequences: ['access'],
    text: 'the credential that others sign in with',
    save: SWITCH,
  },
  {
    types: /^azuread_group$/,
    consequences: ['access'],
    text: 'the group, and the permissions of its members',
    save: ROLES,
  },
  {
    types:
      /^(azurerm_role_(assignment|definition)|azuread_app_role_assignment|azurerm_key_vault_access_policy|azurerm_cosmosdb_sql_role_(assignment|definition)|azurerm_kusto_\w+_principal_assignment|azurerm_redis_cache_access_policy_assignment)$/,
    consequences: ['minute'],
    text: 'its permissions, until it is recreated',
    forGood: RIGHTS,
  },
  {
    types: /^(azurerm_federated_identity_credential|azuread_application_federated_identity_credential)$/,
    consequences: ['minute'],
    text: 'its permissions, until it is recreated',
    forGood: RIGHTS,
  },
  {
    types: /^kubernetes_((cluster_)?role(_binding)?|service_account)$/,
    consequences: ['minute'],
    text: 'its permissions, until it is recreated',
    forGood: RIGHTS,
  },
  {
    types: /^azurerm_kubernetes_cluster_node_pool$/,
    consequences: ['minute'],
    text: 'the nodes of the pool; their pods must be scheduled elsewhere',
    save: 'drain this one (kubectl drain)',
  },
  {
    types: /^kubernetes_stateful_set$/,
    consequences: ['minute'],
    text: 'the running pods of the set',
    save: COPY,
    forGood: { consequences: ['outage'], text: 'the running pods of the set' },
  },
  {
    types: /^kubernetes_(deployment|daemonset|daemon_set|replication_controller|pod)$/,
    consequences: ['minute'],
    text: 'its running pods, until the new ones are ready',
    save: SWITCH,
    forGood: { consequences: ['outage'], text: 'its running pods, permanently' },
  },
  {
    types: /^kubernetes_storage_class$/,
    consequences: ['minute'],
    text: 'the class, without which its claims cannot be created or grow; their volumes stay',
  },
  {
    types: /^kubernetes_service$/,
    consequences: ['address'],
    text: 'the address of the service, including a public one',
    save: SWITCH,
  },
  {
    types: /^kubernetes_network_policy$/,
    consequences: ['minute'],
    text: 'its protection, until it is recreated',
    forGood: { consequences: [], text: 'its protection' },
  },
  {
    types: /^kubernetes_horizontal_pod_autoscaler$/,
    consequences: [],
    text: 'the scaling: the number of pods stays as it is',
  },
  {
    types: /^kubernetes_(ingress|config_map|secret)$/,
    consequences: ['minute'],
    text: 'its function, until it is recreated',
    forGood: { consequences: ['outage'], text: 'its function, permanently' },
  },
];

/** The length of the longest type name of a provider, with a margin. */
const LONGEST_TYPE = 120;

/** What is lost with a resource of a type, independently of its arguments; undefined if it is unknown. */
export function contentsOfType(type: string): Contents | undefined {
  const name = unversioned(type);
  return type.length > LONGEST_TYPE ? undefined : ROWS.find(({ types }) => types.test(name));
}

/** Types that represent events, which are repeated when a resource is recreated. */
const EVENTS: readonly string[] = [
  ...['azurerm_container_registry_task_schedule_run_now', 'time_sleep', 'terraform_data', 'null_resource'],
];

/** Whether nothing is lost with a resource of a type. */
export function holdsNothing(type: string): boolean {
  return EVENTS.includes(type);
}
