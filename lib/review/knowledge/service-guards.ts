/** A setting that protects something unless it has a certain value. */
export interface Guard {
  /** The names of the settings, at the end of their paths. */
  readonly names: RegExp;
  /** The value that turns the protection off. */
  readonly off: string;
  /** The default, unless a schema has one. */
  readonly standard: string;
  /** The consequence of turning it off. */
  readonly text: string;
}

/**
 * Settings of services that workloads depend on.
 *
 * @see https://learn.microsoft.com/azure/aks/integrations
 */
export const SERVICES: readonly Guard[] = [
  {
    names: /(^|\.)(trust_policy|quarantine_policy)(_|\.)enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'unsigned or unchecked images can be pulled',
  },
  {
    names: /^workload_identity_enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'pods no longer get tokens for their identities in Azure',
  },
  {
    names: /^storage_profile\.(disk_driver|file_driver|blob_driver|snapshot_controller)_enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'volumes or snapshots of this kind can no longer be used',
  },
  {
    names: /^workload_autoscaler_profile\.\w+_enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'scaled workloads keep their size',
  },
  {
    names: /^key_vault_secrets_provider\.secret_rotation_enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'a secret that is renewed in its vault is no longer updated in the pods',
  },
  {
    names: /^http_application_routing_enabled$/,
    ...{ off: 'false', standard: 'false' },
    text: 'the controller is removed with its address: its routes can no longer be reached',
  },
  {
    names: /^node_os_upgrade_channel$/,
    ...{ off: 'None', standard: 'NodeImage' },
    text: 'the nodes no longer get security updates automatically',
  },
  {
    names: /^sku_tier$/,
    ...{ off: 'Free', standard: 'Free' },
    text: 'Azure no longer guarantees that its API server answers',
  },
  {
    names: /(^|\.)annotations\.nginx\.ingress\.kubernetes\.io\/auth-(url|type|secret|tls-secret)$/,
    ...{ off: 'none', standard: 'none' },
    text: 'requests are no longer authenticated',
  },
  {
    names: /(^|\.)annotations\.nginx\.ingress\.kubernetes\.io\/(ssl-redirect|force-ssl-redirect)$/,
    ...{ off: 'false', standard: 'true' },
    text: 'requests without encryption are served as well',
  },
  {
    names: /(^|\.)annotations\.nginx\.ingress\.kubernetes\.io\/(enable-modsecurity|enable-owasp-core-rules)$/,
    ...{ off: 'false', standard: 'false' },
    text: 'known attacks are no longer blocked',
  },
  {
    names: /(^|\.)spec\.strategy\.type$/,
    ...{ off: 'Recreate', standard: 'RollingUpdate' },
    text: 'each rollout stops all of its pods before new ones start',
  },
  { names: /(^|\.)spec\.suspend$/, ...{ off: 'true', standard: 'false' }, text: 'it no longer starts anything' },
  {
    names: /(^|\.)spec\.paused$/,
    ...{ off: 'true', standard: 'false' },
    text: 'its changes are no longer rolled out',
  },
];

/** The amounts that limit something, with the values that mean no limit. */
export const LIMITS: readonly { readonly names: RegExp; readonly none: readonly string[]; readonly text: string }[] = [
  {
    names: /^retention_policy(_in_days|\.days)$/,
    none: ['0'],
    text: 'images without a tag are deleted at this age',
  },
  { names: /(^|\.)daily_quota_gb$/, none: ['-1'], text: 'logs beyond it are lost until the next day' },
];

/** The blocks of a cluster that provide something for its workloads. */
export const CLUSTER_BLOCKS: readonly { readonly names: RegExp; readonly types: RegExp; readonly text: string }[] = [
  {
    names: /^microsoft_defender$/,
    types: /^azurerm_kubernetes_cluster$/,
    text: 'attacks there are no longer detected',
  },
  {
    names: /^(oms_agent|monitor_metrics)$/,
    types: /^azurerm_kubernetes_cluster$/,
    text: 'its logs or metrics are no longer collected',
  },
  {
    names: /^key_vault_secrets_provider$/,
    types: /^azurerm_kubernetes_cluster$/,
    text: 'pods can no longer mount secrets from a key vault',
  },
  {
    names: /^(web_app_routing|ingress_application_gateway|service_mesh_profile)$/,
    types: /^azurerm_kubernetes_cluster$/,
    text: 'the controller is removed with its address: its routes can no longer be reached',
  },
  {
    names: /^maintenance_window(_auto_upgrade|_node_os)?$/,
    types: /^azurerm_kubernetes_cluster$/,
    text: 'Azure upgrades it at any time',
  },
];
