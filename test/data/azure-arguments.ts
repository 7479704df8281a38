import { SYSCTL_RANGES } from '../../constructs/cluster/node-pools/sysctls';

/**
 * What becomes of an argument that the provider neither fills in nor has a default for: what Azure answers and the
 * program does not say, the next plan takes away.
 */
export interface Arguments {
  /** Said in every resource of the type. */
  readonly always?: readonly string[];
  /** Said where it is asked for. Elsewhere Azure reports what the provider reads as nothing: no value, false or 0. */
  readonly asked?: readonly string[];
  /** Never said, and Azure reports nothing of it unless somebody else sets it. */
  readonly never?: readonly string[];
  /** Filled in by Azure, and left alone. */
  readonly ignored?: readonly string[];
}

const PORTS = ['netIpv4IpLocalPortRangeMin', 'netIpv4IpLocalPortRangeMax'];

/** The settings of the kernel, as the provider calls them. */
const SYSCTLS = [...Object.keys(SYSCTL_RANGES), ...PORTS, 'netIpv4TcpTwReuse'].map((name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);

/** A pool's arguments that Azure leaves empty, in both kinds of pool. */
const UNUSED_IN_POOLS = ['host_group_id', 'node_network_profile', 'tags'];

/** A pool's arguments for nodes that few pools have, in both kinds of pool. */
const NODE_OPTIONS = [
  ...['capacity_reservation_group_id', 'gpu_instance', 'node_public_ip_enabled', 'node_public_ip_prefix_id'],
  ...['kubelet_config', 'linux_os_config', 'proximity_placement_group_id', 'snapshot_id'],
  ...['allowed_unsafe_sysctls', 'container_log_max_line', 'container_log_max_size_mb', 'cpu_cfs_quota_period'].map(
    (name) => `kubelet_config.${name}`,
  ),
  ...['cpu_manager_policy', 'image_gc_high_threshold', 'image_gc_low_threshold', 'pod_max_pid'].map(
    (name) => `kubelet_config.${name}`,
  ),
  'kubelet_config.topology_manager_policy',
  ...['swap_file_size_mb', 'sysctl_config', 'transparent_huge_page_defrag'].map((name) => `linux_os_config.${name}`),
  ...SYSCTLS.map((name) => `linux_os_config.sysctl_config.${name}`),
];
/** Asked for in both kinds of pool. */
const ENCRYPTION_OF_POOLS = ['fips_enabled', 'host_encryption_enabled'];

const inDefaultPool = (names: readonly string[]): string[] => names.map((name) => `default_node_pool.${name}`);

const inSources = (name: string): string => `data_sources.${name}`;
const inDestinations = (name: string): string => `destinations.${name}`;
/** The windows of a cluster that have a schedule. */
const WINDOWS = ['maintenance_window_auto_upgrade', 'maintenance_window_node_os'];

/** The decision about each argument, by the type of the resource. */
export const AZURE_ARGUMENTS: { readonly [type: string]: Arguments } = {
  azuread_application: {
    ignored: ['owners'],
    never: [
      ...['api', 'app_role', 'description', 'device_only_auth_enabled', 'fallback_public_client_enabled'],
      ...['group_membership_claims', 'identifier_uris', 'logo_image', 'marketing_url', 'notes'],
      ...['oauth2_post_response_required', 'optional_claims', 'password', 'privacy_statement_url', 'public_client'],
      ...['required_resource_access', 'service_management_reference', 'single_page_application', 'support_url'],
      ...['terms_of_service_url', 'web'],
    ],
  },
  azuread_service_principal: {
    ignored: ['owners'],
    never: [
      ...['alternative_names', 'app_role_assignment_required', 'description', 'login_url', 'notes'],
      ...['notification_email_addresses', 'preferred_single_sign_on_mode', 'saml_single_sign_on', 'use_existing'],
    ],
  },
  azuread_service_principal_password: { always: ['rotate_when_changed'], never: ['end_date_relative'] },
  azurerm_container_registry: {
    // it has a default, which Azure does not heed: https://github.com/hashicorp/terraform-provider-azurerm/pull/31808
    ignored: ['zone_redundancy_enabled'],
    always: ['network_rule_set.ip_rule.action', 'network_rule_set.ip_rule.ip_range'],
    asked: [
      ...['anonymous_pull_enabled', 'data_endpoint_enabled', 'georeplications'],
      ...['georeplications.regional_endpoint_enabled', 'quarantine_policy_enabled', 'retention_policy_in_days'],
    ],
    never: ['georeplications.tags', 'identity', 'tags'],
  },
  azurerm_container_registry_agent_pool: { asked: ['virtual_network_subnet_id'], never: ['tags'] },
  azurerm_container_registry_cache_rule: { asked: ['credential_set_id'] },
  azurerm_container_registry_credential_set: {},
  azurerm_container_registry_scope_map: { asked: ['description'] },
  azurerm_container_registry_token: {},
  azurerm_container_registry_token_password: { always: ['password1.expiry'], never: ['password2'] },
  azurerm_container_registry_webhook: { asked: ['custom_headers'], never: ['tags'] },
  azurerm_container_registry_task: {
    always: ['encoded_step', 'encoded_step.context_path', 'platform', 'platform.architecture'],
    asked: ['agent_pool_name'],
    never: [
      ...['agent_setting', 'base_image_trigger', 'docker_step', 'file_step', 'identity'],
      ...['encoded_step.context_access_token', 'encoded_step.secret_values', 'encoded_step.value_content'],
      ...['encoded_step.values', 'log_template', 'platform.variant', 'registry_credential', 'source_trigger'],
      ...['tags', 'timer_trigger'],
    ],
  },
  azurerm_container_registry_task_schedule_run_now: {},
  azurerm_disk_encryption_set: {
    always: ['identity.identity_ids', 'key_vault_key_id'],
    never: ['federated_client_id', 'managed_hsm_key_id', 'tags'],
  },
  azurerm_federated_identity_credential: {},
  azurerm_kubernetes_cluster: {
    always: [
      ...['dns_prefix', 'oidc_issuer_enabled', 'oms_agent.msi_auth_for_monitoring_enabled'],
      ...inDefaultPool(['temporary_name_for_rotation', 'upgrade_settings']),
      ...WINDOWS.flatMap((window) => ['start_time', 'utc_offset'].map((name) => `${window}.${name}`)),
      ...inDefaultPool(
        ['drain_timeout_in_minutes', 'node_soak_duration_in_minutes'].map((n) => `upgrade_settings.${n}`),
      ),
    ],
    asked: [
      ...['api_server_access_profile', 'azure_active_directory_role_based_access_control', 'identity', 'linux_profile'],
      ...[
        'azure_policy_enabled',
        'disk_encryption_set_id',
        'microsoft_defender',
        'key_management_service',
        'image_cleaner_enabled',
        'image_cleaner_interval_hours',
      ],
      ...['key_vault_secrets_provider', 'local_account_disabled', 'service_principal'],
      ...['cost_analysis_enabled', 'monitor_metrics', 'oms_agent', 'workload_autoscaler_profile'],
      ...inDefaultPool([...ENCRYPTION_OF_POOLS, ...NODE_OPTIONS]),
      ...['authorized_ip_ranges', 'subnet_id'].map((name) => `api_server_access_profile.${name}`),
      ...['admin_group_object_ids', 'azure_rbac_enabled'].map(
        (name) => `azure_active_directory_role_based_access_control.${name}`,
      ),
      ...inDefaultPool(['auto_scaling_enabled', 'max_count', 'min_count', 'only_critical_addons_enabled']),
      ...inDefaultPool(['pod_subnet_id', 'vnet_subnet_id', 'zones']),
      'automatic_upgrade_channel',
      ...['maintenance_window', 'maintenance_window_auto_upgrade', 'maintenance_window_node_os'],
      ...['allowed', 'not_allowed'].map((name) => `maintenance_window.${name}`),
      ...WINDOWS.flatMap((window) =>
        ['day_of_month', 'day_of_week', 'not_allowed', 'week_index'].map((name) => `${window}.${name}`),
      ),
      'identity.identity_ids',
      'network_profile.network_plugin_mode',
      ...['outbound_ip_address_ids', 'outbound_ip_prefix_ids'].map(
        (name) => `network_profile.load_balancer_profile.${name}`,
      ),
    ],
    ignored: inDefaultPool(['gpu_driver']),
    never: [
      ...['aci_connector_linux', 'confidential_computing'],
      ...['custom_ca_trust_certificates_base64'],
      ...['dns_prefix_private_cluster', 'edge_zone', 'http_application_routing_enabled', 'http_proxy_config'],
      ...['ingress_application_gateway'],
      ...['open_service_mesh_enabled', 'service_mesh_profile', 'storage_profile', 'tags'],
      ...['upgrade_override', 'web_app_routing'],
      'auto_scaler_profile.skip_nodes_with_local_storage',
      'bootstrap_profile.container_registry_id',
      ...inDefaultPool([...UNUSED_IN_POOLS, 'upgrade_settings.undrainable_node_behavior']),
      ...['annotations_allowed', 'labels_allowed'].map((name) => `monitor_metrics.${name}`),
      'network_profile.advanced_networking',
    ],
  },
  azurerm_kubernetes_cluster_node_pool: {
    // https://github.com/hashicorp/terraform-provider-azurerm/pull/32603
    always: ['temporary_name_for_rotation', 'workload_runtime'],
    asked: [
      ...NODE_OPTIONS,
      ...['auto_scaling_enabled', 'eviction_policy', 'max_count', 'min_count', 'node_taints', 'pod_subnet_id'],
      ...['vnet_subnet_id', 'zones', ...ENCRYPTION_OF_POOLS],
      ...['drain_timeout_in_minutes', 'max_surge', 'node_soak_duration_in_minutes'].map((n) => `upgrade_settings.${n}`),
    ],
    // of GPU nodes, and of Spot nodes: https://github.com/hashicorp/terraform-provider-azurerm/issues/29318
    ignored: ['gpu_driver', 'upgrade_settings'],
    never: [
      ...UNUSED_IN_POOLS,
      ...['max_unavailable', 'undrainable_node_behavior'].map((name) => `upgrade_settings.${name}`),
      'windows_profile',
    ],
  },
  azurerm_log_analytics_workspace: {
    never: [
      ...['cmk_for_query_forced', 'data_collection_rule_id', 'identity', 'immediate_data_purge_on_30_days_enabled'],
      ...['reservation_capacity_in_gb_per_day', 'tags'],
    ],
  },
  azurerm_monitor_action_group: {
    always: [
      'email_receiver',
      'email_receiver.use_common_alert_schema',
      'arm_role_receiver.use_common_alert_schema',
      'webhook_receiver.use_common_alert_schema',
    ],
    asked: ['arm_role_receiver', 'azure_app_push_receiver', 'sms_receiver', 'voice_receiver', 'webhook_receiver'],
    never: [
      ...['automation_runbook_receiver', 'azure_function_receiver', 'event_hub_receiver', 'itsm_receiver'],
      ...['logic_app_receiver', 'tags', 'webhook_receiver.aad_auth'],
    ],
  },
  azurerm_monitor_alert_prometheus_rule_group: {
    always: [
      'cluster_name',
      'description',
      'interval',
      'rule.enabled',
      'rule_group_enabled',
      'rule.alert_resolution.auto_resolved',
      'rule.alert_resolution.time_to_resolve',
    ],
    asked: [
      'rule.action',
      'rule.alert',
      'rule.alert_resolution',
      'rule.annotations',
      'rule.for',
      'rule.record',
      'rule.severity',
    ],
    // the first rule of each group has none
    never: ['rule.action.action_properties', 'rule.labels', 'tags'],
  },
  azurerm_monitor_data_collection_endpoint: { always: ['kind'], never: ['description', 'tags'] },
  azurerm_monitor_data_collection_rule: {
    always: ['data_sources', 'data_sources.extension.extension_json', 'description', 'kind'],
    asked: [
      ...['data_collection_endpoint_id', 'data_sources.extension', 'data_sources.prometheus_forwarder'],
      ...['destinations.log_analytics', 'destinations.monitor_account'],
    ],
    never: [
      ...['built_in_transform', 'output_stream', 'transform_kql'].map((name) => `data_flow.${name}`),
      ...['data_import', 'extension.input_data_sources', 'iis_log', 'log_file', 'performance_counter'].map(inSources),
      ...['platform_telemetry', 'prometheus_forwarder.label_include_filter', 'syslog'].map(inSources),
      ...['windows_event_log', 'windows_firewall_log'].map(inSources),
      ...['azure_monitor_metrics', 'event_hub', 'event_hub_direct', 'storage_blob'].map(inDestinations),
      ...['storage_blob_direct', 'storage_table_direct'].map(inDestinations),
      ...['identity', 'stream_declaration', 'tags'],
    ],
  },
  azurerm_monitor_data_collection_rule_association: {
    always: ['data_collection_rule_id', 'description'],
    never: ['data_collection_endpoint_id'],
  },
  azurerm_monitor_diagnostic_setting: {
    always: ['enabled_log', 'enabled_log.category', 'log_analytics_workspace_id'],
    never: [
      ...['enabled_log.category_group', 'enabled_log.retention_policy', 'eventhub_authorization_rule_id'],
      ...['eventhub_name', 'partner_solution_id', 'storage_account_id'],
    ],
  },
  azurerm_monitor_metric_alert: {
    always: ['action', 'criteria', 'criteria.dimension', 'description'],
    never: [
      ...['action.webhook_properties', 'application_insights_web_test_location_availability_criteria'],
      ...['dynamic_criteria', 'tags'],
    ],
  },
  azurerm_monitor_scheduled_query_rules_alert_v2: {
    always: ['action', 'action.action_groups', 'criteria.failing_periods', 'description'],
    never: [
      ...['action.custom_properties', 'criteria.dimension', 'criteria.metric_measure_column'],
      ...['criteria.resource_id_column', 'display_name', 'identity', 'mute_actions_after_alert_duration'],
      ...['query_time_range_override', 'skip_query_validation', 'tags', 'target_resource_types'],
    ],
  },
  azurerm_monitor_workspace: { never: ['tags'] },
  azurerm_nat_gateway: { never: ['tags', 'zones'] },
  azurerm_nat_gateway_public_ip_association: {},
  azurerm_network_security_group: { never: ['tags'] },
  azurerm_network_security_rule: {
    always: ['destination_address_prefix', 'source_port_range'],
    asked: ['destination_port_range', 'destination_port_ranges', 'source_address_prefix', 'source_address_prefixes'],
    never: [
      ...['description', 'destination_address_prefixes', 'destination_application_security_group_ids'],
      ...['source_application_security_group_ids', 'source_port_ranges'],
    ],
  },
  azurerm_private_dns_zone: { never: ['tags'] },
  azurerm_private_dns_zone_virtual_network_link: { never: ['tags'] },
  azurerm_private_endpoint: {
    always: [
      'private_dns_zone_group',
      ...['private_connection_resource_id', 'subresource_names'].map((name) => `private_service_connection.${name}`),
    ],
    never: [
      ...['custom_network_interface_name', 'ip_configuration', 'tags'],
      ...['private_connection_resource_alias', 'request_message'].map((name) => `private_service_connection.${name}`),
    ],
  },
  azurerm_public_ip: {
    never: [
      ...['ddos_protection_plan_id', 'domain_name_label', 'domain_name_label_scope', 'edge_zone', 'ip_tags'],
      ...['public_ip_prefix_id', 'reverse_fqdn', 'tags', 'zones'],
    ],
  },
  azurerm_management_lock: { always: ['notes'] },
  azurerm_role_assignment: { never: ['condition', 'delegated_managed_identity_resource_id', 'description'] },
  azurerm_route: { always: ['next_hop_in_ip_address'] },
  azurerm_route_table: { never: ['tags'] },
  azurerm_subnet: {
    always: ['address_prefixes'],
    asked: ['delegation', 'delegation.service_delegation.actions'],
    never: ['ip_address_pool', 'service_endpoint_policy_ids', 'service_endpoints', 'sharing_scope'],
  },
  azurerm_subnet_nat_gateway_association: {},
  azurerm_subnet_network_security_group_association: {},
  azurerm_subnet_route_table_association: {},
  azurerm_user_assigned_identity: { never: ['tags'] },
  azurerm_virtual_network: {
    always: ['address_space'],
    never: [
      ...['bgp_community', 'ddos_protection_plan', 'edge_zone', 'encryption', 'flow_timeout_in_minutes'],
      ...['ip_address_pool', 'tags'],
    ],
  },
  azurerm_virtual_network_peering: {
    always: ['triggers'],
    never: ['local_subnet_names', 'only_ipv6_peering_enabled', 'remote_subnet_names'],
  },
};
