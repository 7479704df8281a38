import { isExpression } from '../../terraform-json/expression';
import { blocks, isScalar, listAt, textAt, type Json, type JsonObject } from '../../terraform-json/json';

/** A change of a value that a service rejects, which only the apply shows. */
export interface Transition {
  readonly types: readonly string[];
  readonly path: string;
  /** Whether the service rejects the change from one value at the path to another, given all arguments. */
  readonly isRefused: (
    before: Json | undefined,
    after: Json | undefined,
    head: JsonObject,
    base: JsonObject,
  ) => boolean;
  /** Whether the service rejects it only if the resource is in use. */
  readonly needsUse?: true;
  readonly text: string;
  /** Another way to the intended result. */
  readonly instead?: string;
  readonly source: string;
}

const CLUSTER = 'azurerm_kubernetes_cluster';
const POOL = 'azurerm_kubernetes_cluster_node_pool';
const UPGRADES = 'https://learn.microsoft.com/azure/aks/upgrade-aks-cluster';

/** The channels that upgrade the Kubernetes version, and not only the node images. */
export const VERSION_CHANNELS = ['patch', 'stable', 'rapid'];

const LOWERED = {
  isRefused: (before: Json | undefined, after: Json | undefined) => (minorsBetween(before, after) ?? 0) < 0,
  text: 'AKS does not support downgrades to an older minor version: the plan succeeds, and the apply fails',
  instead: 'move the workloads to a new cluster',
  source: UPGRADES,
};

type Comparison = (before: Json | undefined, after: Json | undefined) => boolean;

/** Whether a setting is turned off or left out. */
const isTurnedOff: Comparison = (before, after) =>
  String(before) === 'true' && (after === undefined || String(after) === 'false');

/** Whether a value or a block is removed. */
const isRemoved: Comparison = (before, after) => isThere(before) && !isThere(after);

const isLowered: Comparison = (before, after) => isScalar(before) && isScalar(after) && Number(after) < Number(before);

function isThere(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : (value ?? '') !== '';
}

/** Whether the zone of a server changes, unless it swaps zones with its standby. */
const isMoved: Transition['isRefused'] = (before, after, head, base) => {
  const path = 'high_availability.standby_availability_zone';
  const [old, now] = [textAt(base, path), textAt(head, path)];
  const known = [before, after].every((zone) => isScalar(zone) && !isExpression(zone));
  const isExchange = String(before) === now && String(after) === old;
  return known && String(before) !== String(after) && !isExchange && ![old, now].some(isExpression);
};

const ENCRYPTED_FOR_GOOD = {
  isRefused: isRemoved,
  text: 'Azure does not go back from a customer-managed key to its own: the plan succeeds, and the apply fails',
};

/** The transitions that Azure rejects. */
export const TRANSITIONS: readonly Transition[] = [
  {
    types: [CLUSTER],
    path: 'kubernetes_version',
    isRefused: (before, after, head) =>
      (minorsBetween(before, after) ?? 0) > 1 && textAt(head, 'support_plan') !== 'AKSLongTermSupport',
    text: 'AKS upgrades a supported cluster by one minor version at a time: the plan succeeds, and the apply fails',
    instead: 'apply each minor version between the two first, with the pools',
    source: UPGRADES,
  },
  {
    types: [CLUSTER],
    path: 'kubernetes_version',
    isRefused: (before, after, head) =>
      (minorsBetween(before, after) ?? 0) === 1 &&
      VERSION_CHANNELS.includes(textAt(head, 'automatic_upgrade_channel') ?? ''),
    text: 'with a channel that upgrades the version, AKS rejects an upgrade of the control plane alone, which the provider does first: the plan succeeds, and the apply fails',
    instead: 'apply the version without automatic_upgrade_channel, and set the channel again afterwards',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/17839',
  },
  { types: [CLUSTER], path: 'kubernetes_version', ...LOWERED },
  { types: [CLUSTER], path: 'default_node_pool.orchestrator_version', ...LOWERED },
  { types: [POOL], path: 'orchestrator_version', ...LOWERED },
  {
    types: [CLUSTER],
    path: 'azure_active_directory_role_based_access_control',
    isRefused: isRemoved,
    text: 'the integration with Microsoft Entra ID cannot be turned off once it is on: the plan succeeds, and the apply fails',
    source: 'https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id#limitations',
  },
  {
    types: [CLUSTER],
    path: 'oidc_issuer_enabled',
    isRefused: isTurnedOff,
    text: 'the OIDC issuer cannot be turned off once it is on: the plan succeeds, and the apply fails',
    source: 'https://learn.microsoft.com/azure/aks/use-oidc-issuer',
  },
  {
    types: ['azurerm_key_vault', 'azurerm_app_configuration'],
    path: 'purge_protection_enabled',
    isRefused: isTurnedOff,
    text: 'purge protection cannot be turned off once it is on: the plan succeeds, and the apply fails',
    source: 'azurerm 4.55.0: keyvault/key_vault_resource.go, appconfiguration/app_configuration_resource.go',
  },
  {
    types: ['azurerm_key_vault'],
    path: 'soft_delete_retention_days',
    isRefused: (before, after) => {
      const [old, now] = [before ?? 90, after ?? 90];
      return !isExpression(old) && !isExpression(now) && String(old) !== String(now);
    },
    text: 'the retention of deleted items in a vault cannot be changed after its creation: the plan succeeds, and the apply fails',
    source: 'azurerm 4.55.0: keyvault/key_vault_resource.go',
  },
  {
    types: ['azurerm_container_registry'],
    path: 'encryption',
    isRefused: (before, after) => blocks(before).length === 0 && blocks(after).length > 0,
    text: 'a customer-managed key can only be set when a registry is created: the plan succeeds, and the apply fails',
    instead: 'create another registry with it, and import the images there',
    source: 'https://aka.ms/acr/cmk',
  },
  {
    types: ['azurerm_managed_disk'],
    path: 'disk_size_gb',
    isRefused: isLowered,
    text: 'a disk can grow, but not shrink: the plan succeeds, and the apply fails',
    instead: 'copy the data to a new disk',
    source: 'azurerm 4.55.0: compute/managed_disk_resource.go',
  },
  {
    types: ['azurerm_subnet'],
    path: 'address_prefixes',
    isRefused: (before, after) => {
      const kept = listAt({ after: after ?? null }, 'after');
      const known = ![before, after].flatMap((side) => listAt({ side: side ?? null }, 'side')).some(isExpression);
      return known && listAt({ before: before ?? null }, 'before').some((prefix) => !kept.includes(prefix));
    },
    needsUse: true,
    text: 'Azure does not change the range of a subnet that is in use: the plan succeeds, and the apply fails',
    instead: 'add a subnet with the new range, move the resources of the old one, and remove that afterwards',
    source: 'https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet',
  },
  {
    types: ['azurerm_postgresql_flexible_server', 'azurerm_mysql_flexible_server'],
    path: 'zone',
    isRefused: isMoved,
    text: 'the zone of a server can only change places with that of its standby: the plan succeeds, and the apply fails',
    instead: 'restore a backup to a new server in that zone',
    source: 'azurerm 4.55.0: postgres/postgresql_flexible_server_resource.go, mysql/mysql_flexible_server_resource.go',
  },
  {
    types: ['azurerm_managed_disk'],
    path: 'disk_encryption_set_id',
    ...ENCRYPTED_FOR_GOOD,
    source: 'azurerm 4.55.0: compute/managed_disk_resource.go',
  },
  {
    types: ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine'],
    path: 'os_disk.disk_encryption_set_id',
    ...ENCRYPTED_FOR_GOOD,
    source: 'azurerm 4.55.0: compute/linux_virtual_machine_resource.go',
  },
  {
    types: ['azurerm_recovery_services_vault'],
    path: 'encryption',
    ...ENCRYPTED_FOR_GOOD,
    source: 'azurerm 4.55.0: recoveryservices/recovery_services_vault_resource.go',
  },
  {
    types: ['azurerm_storage_container_immutability_policy'],
    path: 'locked',
    isRefused: isTurnedOff,
    text: 'a locked policy cannot be unlocked: Terraform rejects the plan',
    source: 'azurerm 4.55.0: storage/storage_container_immutability_policy_resource.go',
  },
  {
    types: ['azurerm_linux_virtual_machine_scale_set', 'azurerm_windows_virtual_machine_scale_set'],
    path: 'single_placement_group',
    isRefused: (before, after) => String(before) === 'false' && String(after ?? true) === 'true',
    text: 'a scale set of several placement groups cannot go back to one: the plan succeeds, and the apply fails',
    source: 'azurerm 4.55.0: compute/linux_virtual_machine_scale_set_resource.go',
  },
  {
    types: ['azurerm_eventhub'],
    path: 'partition_count',
    isRefused: isLowered,
    text: 'the partitions of an event hub can increase, but not decrease: the plan succeeds, and the apply fails',
    instead: 'move its senders and receivers to a new event hub',
    source: 'azurerm 4.55.0: eventhub/eventhub_resource.go',
  },
  {
    types: ['azurerm_redis_cache'],
    path: 'capacity',
    isRefused: (before, after) => isLowered(before, after) && String(after) === '0',
    text: 'a cache cannot be scaled down to C0: the plan succeeds, and the apply fails',
    source: 'https://learn.microsoft.com/azure/azure-cache-for-redis/cache-how-to-scale',
  },
];

/** The number of minor versions between two versions; undefined if the code does not decide it. */
export function minorsBetween(before: Json | undefined, after: Json | undefined): number | undefined {
  const [old, now] = [before, after].map((version) => {
    const parts = isScalar(version) && !isExpression(version) ? /^(\d+)\.(\d+)/.exec(String(version)) : null;
    return parts === null ? undefined : { major: Number(parts[1]), minor: Number(parts[2]) };
  });
  return old === undefined || now === undefined || old.major !== now.major ? undefined : now.minor - old.minor;
}
