import { own, type Json } from '../../terraform-json/json';
import { schemaOf } from './schema';

/** A switch that protects something in one of its positions. */
interface Guard {
  /** The names of the settings, at the end of their paths. */
  readonly names: RegExp;
  /** The value with which nothing is protected. */
  readonly off: string;
  /** The value without the setting, unless a schema says it. */
  readonly standard: string;
  /** What follows without it. */
  readonly text: string;
}

/**
 * The guards among the settings of providers.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/guides/features-block
 */
const PROVIDER_GUARDS: readonly Guard[] = [
  {
    names: /^machine_learning\.purge_soft_deleted_workspace_on_destroy$/,
    ...{ off: 'true', standard: 'false' },
    text: 'a workspace that is deleted is gone at once, and cannot be recovered',
  },
  {
    names: /\.purge_soft_deleted?_\w*on_destroy$/,
    ...{ off: 'true', standard: 'true' },
    text: 'what is deleted is purged at once, and cannot be recovered',
  },
  {
    names: /\.recover_soft_deleted\w*$/,
    ...{ off: 'false', standard: 'true' },
    text: 'what was deleted is no longer recovered when it is created again: that fails, or begins empty',
  },
  {
    names: /\.prevent_deletion_if_contains_resources$/,
    ...{ off: 'false', standard: 'true' },
    text: 'a resource group is deleted with everything in it, also what Terraform does not manage',
  },
  {
    names: /\.permanently_delete_on_destroy$/,
    ...{ off: 'true', standard: 'false' },
    text: 'a workspace that is deleted is gone at once with its logs, and cannot be recovered',
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
    text: 'what is deleted is not shut down first, and takes along what it holds',
  },
  {
    names: /\.prevent_cancellation_on_destroy$/,
    ...{ off: 'false', standard: 'false' },
    text: 'a subscription is cancelled when it leaves the program',
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
    text: 'what a subscription has not registered yet cannot be created: the apply fails',
  },
  {
    names: /^resource_provider_registrations$/,
    ...{ off: 'none', standard: 'legacy' },
    text: 'what a subscription has not registered yet cannot be created: the apply fails',
  },
  {
    names: /^storage_use_azuread$/,
    ...{ off: 'false', standard: 'false' },
    text: 'storage is reached with the keys of its accounts, which allow everything',
  },
  {
    names:
      /(^|\.)(tls_)?(insecure|skip_tls_verify|tls_skip_verify|insecure_skip_(tls_)?verify|skip_cert_verification|allow_unverified_ssl|skip_ssl_verification|insecure_registry)$/,
    ...{ off: 'true', standard: 'false' },
    text: 'the certificate of the server is not checked: whoever is in between reads the credentials and what is sent',
  },
];

/** The guards among the arguments of resources, of any type that has them. */
const RESOURCE_GUARDS: readonly Guard[] = [
  {
    names: /(^|\.)(purge|deletion|delete|termination|destroy|accidental_deletion)_protection(_enabled)?$/,
    ...{ off: 'false', standard: 'false' },
    text: 'what is deleted is gone: nothing refuses it, or brings it back',
  },
  {
    names:
      /(^|\.)(soft_delete_enabled|versioning_enabled|point_in_time_restore_enabled|geo_redundant_backup_enabled|change_feed_enabled)$/,
    ...{ off: 'false', standard: 'false' },
    text: 'what is deleted or overwritten can be restored from less, or no longer at all',
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
    text: 'what is stored or sent is encrypted less, or not at all',
  },
  {
    names: /(^|\.)(secure_boot|vtpm|microsoft_defender|threat_detection|auditing|ddos_protection|waf)(_enabled)?$/,
    ...{ off: 'false', standard: 'false' },
    text: 'what it watched or refused, nothing does',
  },
  {
    names: /(^|\.)(local_auth|local_authentication)_enabled$/,
    ...{ off: 'true', standard: 'true' },
    text: 'keys and passwords are enough again, which no policy of Microsoft Entra ID is about',
  },
  {
    names: /(^|\.)(access_keys_authentication|non_ssl_port|password_auth)_enabled$/,
    ...{ off: 'true', standard: 'false' },
    text: 'keys and passwords are enough again, or are sent without encryption',
  },
  {
    names: /(^|\.)(local_auth|local_authentication|shared_key|api_key|key_auth)_disabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'keys and passwords are enough again, which no policy of Microsoft Entra ID is about',
  },
  {
    names: /(^|\.)skip_service_principal_aad_check$/,
    ...{ off: 'true', standard: 'false' },
    text: 'nobody checks whether the principal exists: a role may be for an id that is nobody, or somebody later',
  },
];

/** What no longer holds once a setting of a provider changes; undefined if it guards nothing, or still does. */
export function lostProviderGuard(path: string, before: Json | undefined, after: Json | undefined): string | undefined {
  const name = path.replace(/^features\./, '');
  const guard = PROVIDER_GUARDS.find(({ names }) => names.test(name));
  const isWritten = before === undefined && guard?.off === guard?.standard && String(after) === guard?.off;
  return isWritten && guard !== undefined
    ? `${guard.text} (so it is without this setting, too)`
    : lost(PROVIDER_GUARDS, name, before, after);
}

/** What no longer holds once an argument of a resource changes; undefined if it guards nothing, or still does. */
export function lostResourceGuard(
  type: string,
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): string | undefined {
  return lost(RESOURCE_GUARDS, path, before, after, own(schemaOf(type)?.defaults ?? {}, path));
}

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
