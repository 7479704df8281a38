import { own, type Json } from '../../terraform-json/json';
import { schemaOf } from './schema';
import { CLUSTER_BLOCKS, LIMITS, SERVICES, type Guard } from './service-guards';

/**
 * The guards among the settings of providers.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/guides/features-block
 */
const PROVIDER_GUARDS: readonly Guard[] = [
  {
    names: /^machine_learning\.purge_soft_deleted_workspace_on_destroy$/,
    ...{ off: 'true', standard: 'false' },
    text: 'a deleted workspace is purged immediately, and cannot be recovered',
  },
  {
    names: /\.purge_soft_deleted?_\w*on_destroy$/,
    ...{ off: 'true', standard: 'true' },
    text: 'deleted items are purged immediately, and cannot be recovered',
  },
  {
    names: /\.recover_soft_deleted\w*$/,
    ...{ off: 'false', standard: 'true' },
    text: 'deleted items are no longer recovered when they are created again: the creation fails, or they are empty',
  },
  {
    names: /\.prevent_deletion_if_contains_resources$/,
    ...{ off: 'false', standard: 'true' },
    text: 'a resource group is deleted with everything in it, including resources that Terraform does not manage',
  },
  {
    names: /\.permanently_delete_on_destroy$/,
    ...{ off: 'true', standard: 'false' },
    text: 'a deleted workspace is purged immediately with its logs, and cannot be recovered',
  },
  {
    names: /\.delete_nested_items_during_deletion$/,
    ...{ off: 'true', standard: 'true' },
    text: 'everything that a template deployed is deleted with it',
  },
  {
    names: /\.delete_os_disk_on_deletion$/,
    ...{ off: 'true', standard: 'true' },
    text: 'the disk of a machine is deleted with it',
  },
  {
    names: /\.(skip_shutdown_and_force_delete|force_delete)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'resources are deleted without a shutdown, together with their contents',
  },
  {
    names: /\.prevent_cancellation_on_destroy$/,
    ...{ off: 'false', standard: 'false' },
    text: 'a subscription is cancelled when it is removed from the program',
  },
  {
    names: /\.prevent_volume_destruction$/,
    ...{ off: 'false', standard: 'true' },
    text: 'volumes are deleted with their data',
  },
  {
    names: /\.(delete_backups_on_backup_vault_destroy|purge_protected_items_from_vault_on_destroy)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'the backups are deleted with their vault',
  },
  {
    names: /\.vm_backup_(stop|suspend)_protection_and_retain_data_on_destroy$/,
    ...{ off: 'false', standard: 'false' },
    text: 'the backups of a machine are deleted when it is no longer protected',
  },
  {
    names: /^skip_provider_registration$/,
    ...{ off: 'true', standard: 'false' },
    text: 'resources whose provider is not registered in the subscription cannot be created: the apply fails',
  },
  {
    names: /^resource_provider_registrations$/,
    ...{ off: 'none', standard: 'legacy' },
    text: 'resources whose provider is not registered in the subscription cannot be created: the apply fails',
  },
  {
    names: /^storage_use_azuread$/,
    ...{ off: 'false', standard: 'false' },
    text: 'storage is accessed with account keys, which allow everything',
  },
  {
    names:
      /(^|\.)(tls_)?(insecure|skip_tls_verify|tls_skip_verify|insecure_skip_(tls_)?verify|skip_cert_verification|allow_unverified_ssl|skip_ssl_verification|insecure_registry)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'the certificate of the server is not checked: anyone in between can read the credentials and the traffic',
  },
];

/** The guards among the arguments of resources of all types. */
const RESOURCE_GUARDS: readonly Guard[] = [
  {
    names: /(^|\.)(purge|deletion|delete|termination|destroy|accidental_deletion)_protection(_enabled)?$/,
    ...{ off: 'false', standard: 'false' },
    text: 'deletion is no longer blocked, and cannot be undone',
  },
  {
    names:
      /(^|\.)(soft_delete_enabled|versioning_enabled|point_in_time_restore_enabled|geo_redundant_backup_enabled|change_feed_enabled)$/,
    ...{ off: 'false', standard: 'false' },
    text: 'fewer copies of deleted or overwritten data can be restored, or none',
  },
  {
    names: /(^|\.)(force_destroy|force_delete|skip_final_snapshot)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'it is deleted with everything in it',
  },
  {
    names:
      /(^|\.)(infrastructure_encryption|encryption_at_host|host_encryption|transparent_data_encryption|ssl_enforcement|https_traffic_only|https_only|encryption|client_cert|double_encryption)(_enabled)?$/,
    ...{ off: 'false', standard: 'false' },
    text: 'data is encrypted less, or not at all',
  },
  {
    names: /(^|\.)(secure_boot|vtpm|microsoft_defender|threat_detection|auditing|ddos_protection|waf)(_enabled)?$/,
    ...{ off: 'false', standard: 'false' },
    text: 'nothing detects or blocks this any more',
  },
  {
    names: /(^|\.)(local_auth|local_authentication)_enabled$/,
    ...{ off: 'true', standard: 'true' },
    text: 'access with keys and passwords is enabled, which bypasses the policies of Microsoft Entra ID',
  },
  {
    names: /(^|\.)(access_keys_authentication|non_ssl_port|password_auth)_enabled$/,
    ...{ off: 'true', standard: 'false' },
    text: 'access with keys and passwords is enabled, or they are sent without encryption',
  },
  {
    names: /(^|\.)(local_auth|local_authentication|shared_key|api_key|key_auth)_disabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'access with keys and passwords is enabled, which bypasses the policies of Microsoft Entra ID',
  },
  {
    names:
      /(^|\.)(require_authentication|auth_enabled|subscription_required|https_redirect_enabled|certificate_name_check_enabled|azuread_authentication_only(_enabled)?|require_https)$/,
    ...{ off: 'false', standard: 'false' },
    text: 'callers need less to get access: no sign-in, no encryption, or only a password',
  },
  {
    names:
      /(^|\.)(remote_debugging_enabled|shareable_link_enabled|tunneling_enabled|ip_connect_enabled|file_copy_enabled|share_process_namespace|insecure_skip_tls_verify|auto_approve|(ftp|webdeploy)_publish_basic_authentication_enabled|export_policy_enabled)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'it opens another path for access or data, which is rarely needed',
  },
  {
    names: /^(spec\.)?(min_)?replicas$|^(min_count|node_count|default_node_pool\.(min_count|node_count))$/,
    ...{ off: '0', standard: '1' },
    text: 'no instance of it runs',
  },
  {
    names: /(^|\.)skip_service_principal_aad_check$/,
    ...{ off: 'true', standard: 'false' },
    text: 'the existence of the principal is not checked: the role may be assigned to an id that does not exist, or is used later',
  },
];

/** A setting with levels, each of which protects less than the previous one. */
interface Levels {
  readonly names: RegExp;
  /** The types that have the setting; absent for all types. */
  readonly types?: RegExp;
  readonly order: readonly string[];
  readonly text: string;
}

const WATCHES =
  /alert|auditing|firewall_policy|advanced_threat_protection|security_center|defender|backup|health_check|webhook/;

/** The settings with levels of protection. */
const LEVELS: readonly Levels[] = [
  {
    names: /(^|\.)(firewall_mode|policy_settings\.mode|intrusion_detection\.mode)$/,
    order: ['Prevention', 'Deny', 'Detection', 'Alert', 'Off'],
    text: 'attacks are logged, and no longer blocked',
  },
  {
    names: /(^|\.)threat_intel(ligence)?_mode$/,
    order: ['Deny', 'Alert', 'Off'],
    text: 'traffic from and to known attackers is allowed',
  },
  {
    names: /(^|\.)(min|minimum|scm_minimum|minimal)_?(required_)?(ssl|tls)?_?(minimum_)?(tls_)?(version)(_enforced)?$/,
    order: ['1.3', '1.2', '1.1', '1.0', 'tlsenforcementdisabled', 'disabled'],
    text: 'connections with insecure versions of TLS are accepted',
  },
  {
    names: /(^|\.)(ike_|ipsec_)?encryption(_algorithm)?$/,
    types: /gateway_connection$|server_configuration$|network_gateway$/,
    order: ['AES256', 'AES192', 'AES128', 'DES3', 'DES', 'None'],
    text: 'traffic is encrypted with a weaker or broken algorithm',
  },
  {
    names: /^tier$/,
    types: /security_center/,
    order: ['Standard', 'Free'],
    text: 'attacks there are no longer detected',
  },
  {
    names: /(^|\.)failure_policy$/,
    order: ['Fail', 'Ignore'],
    text: 'requests that the webhook would reject are accepted while it is unavailable',
  },
  { names: /(^|\.)immutability$/, order: ['Locked', 'Unlocked', 'Disabled'], text: 'retained data can be deleted' },
  {
    names: /(^|\.)(persistent_volume_)?reclaim_policy$/,
    order: ['Retain', 'Delete'],
    text: 'volumes are deleted with their claims',
  },
  {
    names: /^value$/,
    types: /_server_configuration$/,
    order: ['on', 'off'],
    text: 'the server no longer does this',
  },
  {
    names: /(^|\.)enabled$/,
    types: WATCHES,
    order: ['true', 'false'],
    text: 'nothing detects or blocks this any more',
  },
  { names: /(^|\.)policy_settings\.enabled$/, order: ['true', 'false'], text: 'attacks are no longer blocked' },
];

/** The numbers that protect more the larger they are. */
const AMOUNTS: readonly { readonly names: RegExp; readonly text: string }[] = [
  {
    names: /(^|\.)\w*retention\w*_(days|hours)$|(^|\.)retention_\w+\.(count|days)$|(^|\.)retention_policy\.days$/,
    text: 'older data is deleted earlier: logs, backups, or deleted items',
  },
];

/** The blocks that protect or provide something, by type. */
const BLOCKS: readonly { readonly names: RegExp; readonly types: RegExp; readonly text: string }[] = [
  {
    names: /^enabled_log|^(enabled_)?metric|^log$/,
    types: /diagnostic_setting$/,
    text: 'it is no longer collected',
  },
  {
    names: /^managed_rules?(\.managed_rule_set)?$/,
    types: /firewall_policy$/,
    text: 'known attacks are no longer blocked',
  },
  {
    names: /^high_availability$/,
    types: /^azurerm_/,
    text: 'there is no standby any more: it is unavailable while its machine or its zone is',
  },
  ...CLUSTER_BLOCKS,
  { names: /^spec\.tls/, types: /^kubernetes_ingress/, text: 'requests are no longer served with TLS' },
  {
    names: /^(delete|container_delete|restore)_policy|^blob_properties\.(\w*delete\w*|restore)_policy/,
    types: /storage_account/,
    text: 'deleted data can no longer be restored',
  },
];

/** What no longer holds when a block of a resource is removed; undefined if the block guards nothing. */
export function lostBlock(type: string, path: string): string | undefined {
  return BLOCKS.find(({ names, types }) => types.test(type) && names.test(path))?.text;
}

/** An argument, and its values on both sides. */
interface Changed {
  readonly type: string;
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The default of the argument, if the schema has one. */
  readonly standard: string | undefined;
}

function lowerLevel({ type, path, before, after, standard = '' }: Changed): string | undefined {
  const levels = LEVELS.find(({ names, types }) => names.test(path) && (types?.test(type) ?? true));
  const order = levels?.order.map(levelOf) ?? [];
  const [from = -1, to = -1] = [before, after].map((value) => order.indexOf(levelOf(String(value ?? standard))));
  return from >= 0 && to > from ? levels?.text : undefined;
}

function newLimit({ path, before, after }: Changed): string | undefined {
  const limit = LIMITS.find(({ names }) => names.test(path));
  const isUnlimited = (value: Json | undefined) => value === undefined || limit?.none.includes(String(value)) === true;
  const isStricter = !isUnlimited(after) && (isUnlimited(before) || Number(after) < Number(before));
  return isStricter && Number.isFinite(Number(after)) ? limit?.text : undefined;
}

function lowerAmount({ path, before, after }: Changed): string | undefined {
  const isLess = before !== undefined && after !== undefined && Number(after) < Number(before);
  return isLess ? AMOUNTS.find(({ names }) => names.test(path))?.text : undefined;
}

/** A level in its normal form: "1.2" for TLS1_2. */
function levelOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^tls_?v?(?=\d)/, '')
    .replace(/^(\d)_(\d)$/, '$1.$2');
}

/** What no longer holds when a setting of a provider changes; undefined if nothing is less protected. */
export function lostProviderGuard(path: string, before: Json | undefined, after: Json | undefined): string | undefined {
  return lost(PROVIDER_GUARDS, path.replace(/^features\./, ''), before, after);
}

/** What no longer holds when an argument of a resource changes; undefined if nothing is less protected. */
export function lostResourceGuard(
  type: string,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): string | undefined {
  const standard = own(schemaOf(type)?.defaults ?? {}, path);
  const changed = { type, path, before, after, standard };
  return (
    lost(ALL_RESOURCE_GUARDS, path, before, after, standard) ??
    lowerLevel(changed) ??
    newLimit(changed) ??
    lowerAmount(changed)
  );
}

const ALL_RESOURCE_GUARDS = [...RESOURCE_GUARDS, ...SERVICES];

function lost(
  guards: readonly Guard[],
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  standard?: string,
): string | undefined {
  const guard = guards.find(({ names }) => names.test(path));
  const [old, now] = [before, after].map((value) => String(value ?? standard ?? guard?.standard));
  return guard !== undefined && old !== guard.off && now === guard.off ? guard.text : undefined;
}
