import type { Json, JsonObject } from '../../../../lib/terraform-json/json';
import type { Resources } from '../fixtures';

/** Two programs: one in which a rule fails for the resource "it", and one in which it passes. */
export interface Case {
  readonly fails: Resources;
  readonly holds: Resources;
}

/** A resource "it" of a type that fails a rule, and one that passes it. */
function resource(type: string, fails: JsonObject, holds: JsonObject, beside: Resources = {}): Case {
  return { fails: { [type]: { it: fails }, ...beside }, holds: { [type]: { it: holds }, ...beside } };
}

const cluster = (fails: JsonObject, holds: JsonObject) => resource('azurerm_kubernetes_cluster', fails, holds);
const registry = (fails: JsonObject, holds: JsonObject) => resource('azurerm_container_registry', fails, holds);
const account = (fails: JsonObject, holds: JsonObject) => resource('azurerm_storage_account', fails, holds);
const vault = (fails: JsonObject, holds: JsonObject) => resource('azurerm_key_vault', fails, holds);
const pool = (fails: JsonObject, holds: JsonObject) =>
  cluster({ default_node_pool: fails }, { default_node_pool: holds });
const network = (profile: JsonObject): JsonObject => ({ network_profile: profile });

/** A deployment with a pod. */
function deployment(spec: JsonObject, rest: JsonObject = {}): JsonObject {
  const labels = { app: 'web' };
  return {
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: '2',
      selector: { match_labels: labels },
      template: { metadata: { labels }, spec: { container: [{ name: 'web', image: 'web:v1' }], ...spec } },
      ...rest,
    },
  };
}

const pod = (fails: JsonObject, holds: JsonObject) =>
  resource('kubernetes_deployment_v1', deployment(fails), deployment(holds));
const workload = (fails: JsonObject, holds: JsonObject) =>
  resource('kubernetes_deployment_v1', deployment({}, fails), deployment({}, holds));
const container = (fails: JsonObject, holds: JsonObject) =>
  pod({ container: [{ name: 'web', ...fails }] }, { container: [{ name: 'web', ...holds }] });
const rights = (fails: JsonObject, holds: JsonObject) =>
  container({ security_context: fails }, { security_context: holds });
const folder = (fails: string, holds: string) =>
  pod({ volume: [{ name: 'x', host_path: { path: fails } }] }, { volume: [{ name: 'x', host_path: { path: holds } }] });
const opening = (changes: JsonObject): JsonObject => ({
  name: 'in',
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  source_address_prefix: '*',
  destination_port_range: '443',
  ...changes,
});
const securityRule = (fails: JsonObject, holds: JsonObject) =>
  resource('azurerm_network_security_rule', opening(fails), opening(holds));
const role = (fails: JsonObject, holds: JsonObject) =>
  resource('kubernetes_role_v1', { rule: [fails] }, { rule: [holds] });
const rule = (verbs: Json, resources: Json): JsonObject => ({ api_groups: [''], resources, verbs });
const binding = (fails: JsonObject, holds: JsonObject) => {
  const role_ref = { kind: 'ClusterRole', name: 'view' };
  return resource('kubernetes_cluster_role_binding_v1', { role_ref, subject: [fails] }, { role_ref, subject: [holds] });
};

/** A deployment that an autoscaler scales. */
function scaled(fails: JsonObject, holds: JsonObject): Case {
  const scale_target_ref = { kind: 'Deployment', name: 'web' };
  const autoscaler = { x: { metadata: { name: 'x', namespace: 'shop' }, spec: { scale_target_ref } } };
  const program = (rest: JsonObject): Resources => ({
    kubernetes_deployment_v1: { it: { ...deployment({}), ...rest } },
    kubernetes_horizontal_pod_autoscaler_v2: autoscaler,
  });
  return { fails: program(fails), holds: program(holds) };
}

/** Pods, and an object of a type that selects them by labels. */
function selected(type: string, specOf: (labels: JsonObject) => JsonObject): Case {
  const object = (app: string) => ({
    [type]: { other: { metadata: { name: 'x', namespace: 'shop' }, spec: specOf({ app }) } },
  });
  const it = { kubernetes_deployment_v1: { it: deployment({}) } };
  return { fails: { ...it, ...object('other') }, holds: { ...it, ...object('web') } };
}

/** The cases of each rule. */
export const CASES: Readonly<Record<string, Case>> = {
  'cluster-open-api-server': cluster(
    { api_server_access_profile: { authorized_ip_ranges: ['203.0.113.0/24', '0.0.0.0/0'] } },
    { api_server_access_profile: { authorized_ip_ranges: ['203.0.113.0/24'] } },
  ),
  'cluster-public-api-server': cluster({ private_cluster_enabled: false }, { private_cluster_enabled: true }),
  'cluster-rbac-off': cluster({ role_based_access_control_enabled: false }, { name: 'x' }),
  'cluster-local-accounts': cluster({ name: 'x' }, { local_account_disabled: true }),
  'cluster-network-policy': cluster(network({ network_plugin: 'azure' }), network({ network_policy: 'cilium' })),
  'cluster-kubenet': cluster(network({ network_plugin: 'kubenet' }), network({ network_plugin: 'azure' })),
  'cluster-monitoring': {
    fails: { azurerm_kubernetes_cluster: { it: { name: 'x' } } },
    holds: {
      azurerm_kubernetes_cluster: { it: { name: 'x' } },
      azurerm_monitor_diagnostic_setting: { logs: { target_resource_id: '${azurerm_kubernetes_cluster.it.id}' } },
    },
  },
  'cluster-azure-policy': cluster({ name: 'x' }, { azure_policy_enabled: true }),
  'cluster-disk-keys': cluster({ name: 'x' }, { disk_encryption_set_id: '${azurerm_disk_encryption_set.x.id}' }),
  'cluster-free-tier': cluster({ sku_tier: 'Free' }, { sku_tier: 'Premium' }),
  'cluster-without-upgrades': cluster({ automatic_upgrade_channel: 'none' }, { automatic_upgrade_channel: 'patch' }),
  'cluster-node-updates-off': cluster({ node_os_upgrade_channel: 'None' }, { node_os_upgrade_channel: 'NodeImage' }),
  'cluster-secret-rotation': cluster(
    { key_vault_secrets_provider: { secret_rotation_enabled: false } },
    { key_vault_secrets_provider: { secret_rotation_enabled: true } },
  ),
  'cluster-http-routing': cluster({ http_application_routing_enabled: true }, { name: 'x' }),
  'cluster-run-command': cluster({ name: 'x' }, { run_command_enabled: false }),
  'cluster-image-cleaner': cluster({ name: 'x' }, { image_cleaner_enabled: true }),
  'node-public-address': pool({ node_public_ip_enabled: true }, { node_public_ip_enabled: false }),
  'node-max-pods': pool({ max_pods: 30 }, { max_pods: 50 }),
  'node-availability-set': pool({ type: 'AvailabilitySet' }, { type: 'VirtualMachineScaleSets' }),
  'node-managed-disk': pool({ os_disk_type: 'Managed' }, { os_disk_type: 'Ephemeral' }),
  'node-host-encryption': pool({ vm_size: 'x' }, { host_encryption_enabled: true }),
  'node-mixed-system-pool': pool({ vm_size: 'x' }, { only_critical_addons_enabled: true }),
  'registry-admin-user': registry({ admin_enabled: true }, { admin_enabled: false }),
  'registry-anonymous-pull': registry(
    { sku: 'Standard', anonymous_pull_enabled: true },
    { sku: 'Standard', anonymous_pull_enabled: false },
  ),
  'registry-public-network': registry({ sku: 'Premium' }, { public_network_access_enabled: false }),
  'registry-basic': registry({ sku: 'Basic' }, { sku: 'Standard' }),
  'registry-one-region': registry(
    { sku: 'Standard' },
    { sku: 'Premium', georeplications: [{ location: 'northeurope' }] },
  ),
  'registry-without-quarantine': registry({ sku: 'Premium' }, { quarantine_policy_enabled: true }),
  'registry-without-retention': registry({ sku: 'Premium' }, { retention_policy_in_days: 30 }),
  'registry-one-zone': registry(
    { zone_redundancy_enabled: true, georeplications: [{ location: 'northeurope' }] },
    { zone_redundancy_enabled: true },
  ),
  'registry-shared-endpoint': registry({ sku: 'Premium' }, { data_endpoint_enabled: true }),
  'registry-plain-webhook': resource(
    'azurerm_container_registry_webhook',
    { service_uri: 'http://example.com' },
    { service_uri: 'https://example.com' },
  ),
  'security-rule-open-ssh': securityRule({ destination_port_range: '20-30' }, { destination_port_range: '23-30' }),
  'security-rule-open-rdp': securityRule(
    { destination_port_ranges: ['80', '3389'] },
    { destination_port_ranges: ['80', '3390'] },
  ),
  'security-rule-open-http': securityRule(
    { destination_port_range: '80' },
    { destination_port_range: '80', source_address_prefix: '10.0.0.0/8' },
  ),
  'security-rule-open-udp': securityRule({ protocol: 'Udp' }, { protocol: 'Udp', access: 'Deny' }),
  'security-rule-open-everything': securityRule(
    { destination_port_range: '*', source_address_prefix: 'Internet' },
    { destination_port_range: '*', source_address_prefix: 'VirtualNetwork' },
  ),
  'subnet-without-group': {
    fails: { azurerm_subnet: { it: { name: 'x' } } },
    holds: {
      azurerm_subnet: { it: { name: 'x' } },
      azurerm_subnet_network_security_group_association: { x: { subnet_id: '${azurerm_subnet.it.id}' } },
    },
  },
  'network-one-dns-server': resource(
    'azurerm_virtual_network',
    { dns_servers: ['10.0.0.4'] },
    { dns_servers: ['10.0.0.4', '10.0.0.5'] },
  ),
  'role-assignment-owner': resource(
    'azurerm_role_assignment',
    { role_definition_name: 'Owner' },
    { role_definition_name: 'AcrPull' },
  ),
  'role-definition-wildcard': resource(
    'azurerm_role_definition',
    { permissions: [{ actions: ['*'] }] },
    { permissions: [{ actions: ['*/read'] }] },
  ),
  'role-definition-grants': resource(
    'azurerm_role_definition',
    { permissions: { actions: ['Microsoft.Authorization/roleAssignments/write'] } },
    { permissions: { actions: ['Microsoft.Authorization/roleAssignments/read'] } },
  ),
  'federated-credential-open': resource(
    'azuread_application_federated_identity_credential',
    { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:*:ref:refs/heads/main' },
    { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:owner/name:ref:refs/heads/main' },
  ),
  'vault-purge': vault({ name: 'x' }, { purge_protection_enabled: true }),
  'vault-without-firewall': vault(
    { network_acls: { default_action: 'Allow' } },
    { network_acls: { default_action: 'Deny' } },
  ),
  'vault-public-network': vault({ name: 'x' }, { public_network_access_enabled: false }),
  'key-without-end': resource('azurerm_key_vault_key', { name: 'x' }, { rotation_policy: { expire_after: 'P90D' } }),
  'key-in-software': resource('azurerm_key_vault_key', { key_type: 'RSA' }, { key_type: 'EC-HSM' }),
  'secret-without-end': resource(
    'azurerm_key_vault_secret',
    { name: 'x' },
    { expiration_date: '2027-01-01T00:00:00Z' },
  ),
  'secret-without-type': resource('azurerm_key_vault_secret', { name: 'x' }, { content_type: 'password' }),
  'storage-plain-traffic': account({ https_traffic_only_enabled: false }, { https_traffic_only_enabled: true }),
  'storage-old-tls': account({ min_tls_version: 'TLS1_1' }, { min_tls_version: 'TLS1_2' }),
  'storage-public-blobs': account({ name: 'x' }, { allow_nested_items_to_be_public: false }),
  'storage-open-network': account({ name: 'x' }, { network_rules: { default_action: 'Deny' } }),
  'storage-network-rules-open': resource(
    'azurerm_storage_account_network_rules',
    { default_action: 'Allow' },
    { default_action: 'Deny' },
  ),
  'storage-shared-keys': account({ name: 'x' }, { shared_access_key_enabled: false }),
  'storage-without-undelete': account(
    { blob_properties: { versioning_enabled: true } },
    { blob_properties: { delete_retention_policy: { days: 7 } } },
  ),
  'storage-one-place': account({ account_replication_type: 'ZRS' }, { account_replication_type: 'RAGZRS' }),
  'storage-local-users': account({ sftp_enabled: true }, { sftp_enabled: true, local_user_enabled: false }),
  'container-privileged': rights({ privileged: true }, { privileged: false }),
  'container-privilege-escalation': rights({ privileged: false }, { allow_privilege_escalation: false }),
  'container-root': rights({ run_as_user: '0' }, { run_as_user: '1000' }),
  'container-security-context': container({ image: 'web:v1' }, { security_context: { privileged: false } }),
  'container-writable-root': rights({ privileged: false }, { read_only_root_filesystem: true }),
  'container-admin-capability': rights(
    { capabilities: { add: ['NET_BIND_SERVICE', 'cap_sys_admin'] } },
    { capabilities: { add: ['NET_BIND_SERVICE'] } },
  ),
  'container-added-capabilities': rights(
    { capabilities: { add: ['CHOWN', 'NET_ADMIN'] } },
    { capabilities: { add: ['CHOWN'] } },
  ),
  'container-restored-capabilities': rights(
    { capabilities: { add: ['CHOWN'] } },
    { capabilities: { add: ['NET_BIND_SERVICE'] } },
  ),
  'container-net-raw': rights({ capabilities: { drop: ['CHOWN'] } }, { capabilities: { drop: ['NET_RAW'] } }),
  'container-kept-capabilities': rights({ capabilities: { drop: ['NET_RAW'] } }, { capabilities: { drop: ['ALL'] } }),
  'container-user-id': rights(
    { run_as_user: '999', run_as_group: '10000' },
    { run_as_user: '10000', run_as_group: '10000' },
  ),
  'container-cpu-request': container(
    { resources: { requests: { memory: '1Mi' } } },
    { resources: { requests: { cpu: '100m' } } },
  ),
  'container-memory-request': container(
    { resources: { requests: { cpu: '100m' } } },
    { resources: { requests: { memory: '1Mi' } } },
  ),
  'container-memory-limit': container({ resources: {} }, { resources: { limits: { memory: '1Mi' } } }),
  'container-cpu-limit': container({ resources: { limits: {} } }, { resources: [{ limits: { cpu: '1' } }] }),
  'container-ephemeral-storage': container(
    { resources: { limits: { 'ephemeral-storage': '1Gi' } } },
    { resources: { limits: { 'ephemeral-storage': '1Gi' }, requests: { 'ephemeral-storage': '1Gi' } } },
  ),
  'container-liveness': container({ image: 'web:v1' }, { liveness_probe: { tcp_socket: { port: 80 } } }),
  'container-readiness': container({ image: 'web:v1' }, { readiness_probe: { tcp_socket: { port: 80 } } }),
  'container-same-probes': container(
    {
      liveness_probe: { http_get: { path: '/', port: 80 }, period_seconds: 3 },
      readiness_probe: { http_get: { path: '/', port: 80 } },
    },
    {
      liveness_probe: { http_get: { path: '/alive', port: 80 } },
      readiness_probe: { http_get: { path: '/', port: 80 } },
    },
  ),
  'container-image-tag': container({ image: 'example.azurecr.io:443/web' }, { image: 'example.azurecr.io:443/web:v1' }),
  'container-image-digest': container({ image: 'web:v1' }, { image: `web:v1@sha256:${'0'.repeat(64)}` }),
  'container-pull-policy': container({ image: 'web:v1' }, { image: 'web:v1', image_pull_policy: 'Always' }),
  'container-repeated-variable': container(
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    },
    {
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    },
  ),
  'container-secret-literal': container(
    { env: [{ name: 'DB_PASSWORD', value: 'hunter22' }] },
    { env: [{ name: 'DB_USER', value: 'hunter22' }] },
  ),
  'container-secret-variable': container(
    { env_from: [{ secret_ref: { name: 'x' } }] },
    { env_from: [{ config_map_ref: { name: 'x' } }] },
  ),
  'container-git-sync': container(
    { env: [{ name: 'GITSYNC_GIT', value: '/x' }] },
    { env: [{ name: 'GIT', value: 'x' }] },
  ),
  'container-host-port': container(
    { port: [{ container_port: 80, host_port: 80 }] },
    { port: [{ container_port: 80 }] },
  ),
  'container-ssh-port': container({ port: [{ container_port: 22 }] }, { port: [{ container_port: 2222 }] }),
  'container-privileged-port': container({ port: { container_port: 80 } }, { port: { container_port: 8080 } }),
  'pod-host-pid': pod({ host_pid: true }, { host_pid: false }),
  'pod-host-ipc': pod({ host_ipc: true }, { host_ipc: false }),
  'pod-host-network': pod({ host_network: 'true' }, { host_network: 'false' }),
  'pod-runtime-socket': folder('/run/containerd/containerd.sock', '/run/x'),
  'pod-sensitive-folder': folder('/etc/', '/etc/ssl'),
  'pod-host-path': pod({ volume: [{ host_path: { path: '/x' } }] }, { volume: [{ empty_dir: {} }] }),
  'pod-sysctls': pod(
    { security_context: { sysctl: [{ name: 'kernel.msgmax', value: '1' }] } },
    { security_context: { sysctl: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } },
  ),
  'pod-security-context': pod({ host_pid: false }, { security_context: { run_as_user: '1' } }),
  'pod-seccomp': pod(
    { security_context: { seccomp_profile: { type: 'Unconfined' } } },
    { security_context: { seccomp_profile: { type: 'RuntimeDefault' } } },
  ),
  'pod-account-token': pod({ host_pid: false }, { automount_service_account_token: false }),
  'pod-default-account': pod({ service_account_name: 'default' }, { service_account_name: 'web' }),
  'pod-open-network': selected('kubernetes_network_policy_v1', (match_labels) => ({ pod_selector: { match_labels } })),
  'workload-single-replica': workload({ replicas: '1' }, { replicas: '2' }),
  'workload-without-budget': selected('kubernetes_pod_disruption_budget_v1', (match_labels) => ({
    selector: { match_labels },
  })),
  'workload-scaled-and-fixed': scaled({}, { lifecycle: { ignore_changes: ['spec[0].replicas'] } }),
  'workload-on-one-node': pod({ host_pid: false }, { topology_spread_constraint: [{ topology_key: 'x' }] }),
  'workload-recreated': workload({ strategy: { type: 'Recreate' } }, { strategy: { type: 'RollingUpdate' } }),
  'workload-selector': workload({ selector: { match_labels: { app: 'other' } } }, {}),
  'budget-without-number': resource(
    'kubernetes_pod_disruption_budget_v1',
    { spec: { selector: {} } },
    { spec: { max_unavailable: '1' } },
  ),
  'budget-blocks-drains': resource(
    'kubernetes_pod_disruption_budget_v1',
    { spec: { max_unavailable: '0' } },
    { spec: { max_unavailable: '1' } },
  ),
  'cron-job-without-deadline': resource(
    'kubernetes_cron_job_v1',
    { spec: { schedule: '* * * * *' } },
    { spec: { schedule: '* * * * *', starting_deadline_seconds: 300 } },
  ),
  'stateful-set-without-service': {
    fails: { kubernetes_stateful_set_v1: { it: { metadata: { name: 'x' }, spec: { service_name: 'x' } } } },
    holds: {
      kubernetes_stateful_set_v1: { it: { metadata: { name: 'x' }, spec: { service_name: 'x' } } },
      kubernetes_service_v1: { x: { metadata: { name: 'x' }, spec: { cluster_ip: 'None' } } },
    },
  },
  'autoscaler-single-replica': resource(
    'kubernetes_horizontal_pod_autoscaler_v2',
    { spec: { min_replicas: 1 } },
    { spec: { min_replicas: 2 } },
  ),
  'object-default-namespace': resource(
    'kubernetes_service_v1',
    { metadata: { name: 'x' } },
    { metadata: { name: 'x', namespace: 'shop' } },
  ),
  'object-system-namespace': resource(
    'kubernetes_daemon_set_v1',
    { metadata: { namespace: 'kube-system' } },
    { metadata: { namespace: 'agents' } },
  ),
  'service-node-port': resource('kubernetes_service', { spec: { type: 'NodePort' } }, { spec: { type: 'ClusterIP' } }),
  'service-external-address': resource(
    'kubernetes_service_v1',
    { spec: { external_ips: ['203.0.113.1'] } },
    { spec: { external_ips: [] } },
  ),
  'config-map-secret': resource(
    'kubernetes_config_map_v1',
    { data: { password: 'hunter22' } },
    { data: { password: '', color: 'blue' } },
  ),
  'ingress-without-tls': resource(
    'kubernetes_ingress_v1',
    { spec: { rule: [{ host: 'x' }] } },
    { spec: { tls: [{ hosts: ['x'] }] } },
  ),
  'namespace-without-standard': resource(
    'kubernetes_namespace_v1',
    { metadata: { name: 'x' } },
    { metadata: { name: 'x', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  ),
  'role-wildcard': role(rule(['*'], ['pods']), rule(['get'], ['pods'])),
  'role-reads-secrets': role(rule(['list'], ['secrets']), { ...rule(['get'], ['secrets']), resource_names: ['mine'] }),
  'role-runs-pods': role(rule(['create'], ['pods/exec']), rule(['get'], ['pods'])),
  'role-escalates': role(rule(['impersonate'], ['users']), rule(['get'], ['users'])),
  'binding-cluster-admin': resource(
    'kubernetes_cluster_role_binding_v1',
    { role_ref: { name: 'cluster-admin' } },
    { role_ref: { name: 'view' } },
  ),
  'binding-default-account': binding(
    { kind: 'ServiceAccount', name: 'default' },
    { kind: 'ServiceAccount', name: 'web' },
  ),
  'binding-everybody': binding({ kind: 'Group', name: 'system:authenticated' }, { kind: 'Group', name: 'team' }),
  'account-default-token': resource(
    'kubernetes_service_account_v1',
    { metadata: { name: 'default' } },
    { metadata: { name: 'default' }, automount_service_account_token: false },
  ),
};
