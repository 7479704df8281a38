import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import { onResources, type RuleProps, type Subject } from '../rule';
import { letInAnyone } from '../sources';

const CLUSTER = ['azurerm_kubernetes_cluster'];
const LEARN = 'https://learn.microsoft.com/azure/aks/';

/** Rules about AKS clusters. */
export const CLUSTER_RULES = {
  'cluster-open-api-server': {
    title: 'has an API server that the whole internet reaches',
    reason: 'A stolen credential, or a vulnerability of the API server, can be exploited from anywhere.',
    fix: {
      typescript: "apiServerAccess: ApiServerAccess.authorizedRanges(['203.0.113.0/24'])",
      terraform: 'api_server_access_profile.authorized_ip_ranges',
    },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_6'], trivy: ['AZU-0041'] },
    source: `${LEARN}api-server-authorized-ip-ranges`,
    over: onResources(CLUSTER, (cluster) => all([not(cluster.isTrue('private_cluster_enabled')), isOpen(cluster)])),
  },
  'cluster-public-api-server': {
    title: 'has an API server with a public address',
    reason: 'A private address cannot be reached from outside the virtual network.',
    fix: {
      typescript: 'apiServerAccess: ApiServerAccess.privateAccess()',
      terraform: 'private_cluster_enabled = true',
    },
    severity: 'medium',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_115'], trivy: ['AZU-0065'] },
    source: `${LEARN}private-clusters`,
    over: onResources(CLUSTER, (cluster) => not(cluster.isTrue('private_cluster_enabled'))),
  },
  'cluster-rbac-off': {
    title: 'has no RBAC: every user has full access',
    reason: 'Without RBAC, every service account is an administrator.',
    fix: { terraform: 'role_based_access_control_enabled = true' },
    severity: 'critical',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_5'], trivy: ['AZU-0042'] },
    source: `${LEARN}concepts-identity`,
    over: onResources(CLUSTER, (cluster) => not(cluster.isTrue('role_based_access_control_enabled', true))),
  },
  'cluster-local-accounts': {
    title: 'has local accounts',
    reason:
      'Anyone with the credentials of the cluster is an administrator, whom Entra ID can neither identify nor block.',
    fix: {
      typescript: 'authentication: ClusterAuthentication.entraId({ adminGroupObjectIds: [...] })',
      terraform: 'local_account_disabled = true, with azure_active_directory_role_based_access_control',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_141'] },
    source: `${LEARN}manage-local-accounts-managed-azure-ad`,
    over: onResources(CLUSTER, (cluster) => not(cluster.isTrue('local_account_disabled'))),
  },
  'cluster-network-policy': {
    title: 'enforces no network policies',
    reason: 'Every pod can reach every other pod, regardless of the declared policies.',
    fix: {
      typescript: 'networkProfile: NetworkProfile.overlay()',
      terraform: 'network_profile.network_policy = "cilium"',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_7'], trivy: ['AZU-0043'] },
    source: `${LEARN}use-network-policies`,
    over: onResources(CLUSTER, (cluster) => not(cluster.block('network_profile').has('network_policy'))),
  },
  'cluster-kubenet': {
    title: 'uses kubenet',
    reason: 'Azure retires it on 31 March 2028. Each node needs a route, and a route table has at most 400.',
    fix: {
      typescript: 'networkProfile: NetworkProfile.overlay()',
      terraform: 'network_profile.network_plugin = "azure", network_plugin_mode = "overlay"',
    },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV2_AZURE_29'] },
    source: `${LEARN}configure-kubenet`,
    over: onResources(CLUSTER, (cluster) =>
      // the default is kubenet.
      cluster.block('network_profile').is('network_plugin', (plugin) => plugin === 'kubenet', true),
    ),
  },
  'cluster-monitoring': {
    title: 'sends its logs nowhere',
    reason: 'After an incident, there is no record of what happened in the pods, or who did what.',
    fix: {
      typescript: "new ClusterMonitoring(stack, 'monitoring', { cluster, ... })",
      terraform: 'oms_agent, or an azurerm_monitor_diagnostic_setting of the cluster',
    },
    severity: 'medium',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_4'], trivy: ['AZU-0040'] },
    source: `${LEARN}monitor-aks`,
    over: onResources(CLUSTER, (cluster, subject) =>
      not(any([cluster.block('oms_agent').exists, isObserved(subject)])),
    ),
  },
  'cluster-azure-policy': {
    title: 'is not checked by Azure Policy',
    reason: 'Resources that violate company policies can be created in it.',
    fix: { typescript: 'azurePolicy: true', terraform: 'azure_policy_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_116'], trivy: ['AZU-0066'] },
    source: 'https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes',
    over: onResources(CLUSTER, (cluster) => not(cluster.isTrue('azure_policy_enabled'))),
  },
  'cluster-disk-keys': {
    title: 'has disks that are encrypted with platform-managed keys',
    reason: 'Only customer-managed keys can be revoked, such as when a contract ends.',
    fix: { typescript: 'diskEncryptionSet', terraform: 'disk_encryption_set_id' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_117'], trivy: ['AZU-0067'] },
    source: `${LEARN}azure-disk-customer-managed-keys`,
    over: onResources(CLUSTER, (cluster) => not(cluster.has('disk_encryption_set_id'))),
  },
  'cluster-free-tier': {
    title: 'is of the tier Free',
    reason: 'Its API server has no SLA, and is sized for ten nodes.',
    fix: { typescript: 'tier: ClusterTier.STANDARD', terraform: 'sku_tier = "Standard"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_170'] },
    source: `${LEARN}free-standard-pricing-tiers`,
    over: onResources(CLUSTER, (cluster) => cluster.is('sku_tier', (tier) => tier === 'Free', true)),
  },
  'cluster-without-upgrades': {
    title: 'is not upgraded automatically',
    reason: 'Kubernetes fixes must be installed by hand, and support for a minor version ends after a year.',
    fix: {
      typescript: 'upgradePolicy: { channel: UpgradeChannel.PATCH }',
      terraform: 'automatic_upgrade_channel = "patch"',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_171'] },
    source: `${LEARN}auto-upgrade-cluster`,
    over: onResources(CLUSTER, (cluster) =>
      all(
        ['automatic_upgrade_channel', 'automatic_channel_upgrade'].map((name) =>
          cluster.is(name, (channel) => channel === 'none', true),
        ),
      ),
    ),
  },
  'cluster-node-updates-off': {
    title: 'has nodes that get no security updates',
    reason: 'The node images become outdated, and are not patched otherwise.',
    fix: {
      typescript: 'upgradePolicy: { nodeOsChannel: NodeOsUpgradeChannel.NODE_IMAGE }',
      terraform: 'node_os_upgrade_channel = "NodeImage"',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: {},
    source: `${LEARN}auto-upgrade-node-os-image`,
    over: onResources(CLUSTER, (cluster) => cluster.is('node_os_upgrade_channel', (channel) => channel === 'None')),
  },
  'cluster-secret-rotation': {
    title: 'does not pick up new versions of Key Vault secrets',
    reason: 'After a secret is rotated, pods keep the old value until they are restarted.',
    fix: {
      typescript: 'keyVaultSecretsProvider: { ... }, which takes over new versions',
      terraform: 'key_vault_secrets_provider.secret_rotation_enabled = true',
    },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_172'] },
    source: `${LEARN}csi-secrets-store-configuration-options`,
    over: onResources(CLUSTER, (cluster) => {
      const provider = cluster.block('key_vault_secrets_provider');
      return all([provider.exists, not(provider.isTrue('secret_rotation_enabled'))]);
    }),
  },
  'cluster-http-routing': {
    title: 'has the add-on for HTTP application routing',
    reason: 'Azure has retired it, and it exposes its routes without encryption.',
    fix: { terraform: 'http_application_routing_enabled = false' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_246'] },
    source: `${LEARN}http-application-routing`,
    over: onResources(CLUSTER, (cluster) => cluster.isTrue('http_application_routing_enabled')),
  },
  'cluster-run-command': {
    title: 'can run commands through Azure',
    reason: 'The run command starts a pod with administrator rights, even from outside the network.',
    fix: { typescript: 'runCommand: false', terraform: 'run_command_enabled = false' },
    severity: 'low',
    profile: 'strict',
    equivalents: {},
    source: `${LEARN}access-private-cluster`,
    over: onResources(CLUSTER, (cluster) => cluster.isTrue('run_command_enabled', true)),
  },
  'cluster-image-cleaner': {
    title: 'keeps unused images on its nodes',
    reason: 'Their known vulnerabilities remain, and they can be started without a pull.',
    fix: { typescript: 'imageCleaner: { intervalHours: 48 }', terraform: 'image_cleaner_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: {},
    source: `${LEARN}image-cleaner`,
    over: onResources(CLUSTER, (cluster) => not(cluster.isTrue('image_cleaner_enabled'))),
  },
} satisfies Readonly<Record<string, RuleProps>>;

/** Whether the API server accepts connections from everywhere; the second list is that of version 3 of the provider. */
function isOpen(cluster: Block): Answer {
  const lists = [
    cluster.block('api_server_access_profile').list('authorized_ip_ranges'),
    cluster.list('api_server_authorized_ip_ranges'),
  ];
  const profile = cluster.block('api_server_access_profile').exists;
  const hasRanges = any([...lists.map((list) => some(list, () => true)), profile === undefined ? undefined : false]);
  return any([not(hasRanges), letInAnyone(lists)]);
}

/** Whether a resource of the stack collects logs or metrics of the cluster. */
function isObserved({ resource, surroundings }: Subject): Answer {
  return any(
    ['azurerm_monitor_diagnostic_setting', 'azurerm_monitor_data_collection_rule_association'].map((type) =>
      surroundings.refersTo(type, 'target_resource_id', resource.address),
    ),
  );
}
