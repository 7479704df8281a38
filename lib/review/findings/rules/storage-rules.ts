import { all, any, not } from '../../objects/answer';
import { onResources, type RuleProps } from '../rule';

const ACCOUNT = ['azurerm_storage_account'];
const SECURE = 'https://learn.microsoft.com/azure/storage/blobs/security-recommendations';

/** Rules about storage accounts, such as those that hold states and volumes. */
export const STORAGE_RULES = {
  'storage-plain-traffic': {
    title: 'accepts unencrypted traffic',
    reason: 'Keys and data can be read in transit.',
    fix: { terraform: 'https_traffic_only_enabled = true' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_3'], trivy: ['AZU-0008'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) =>
      any(
        // the second name is that of version 3 of the provider.
        ['https_traffic_only_enabled', 'enable_https_traffic_only'].map((name) => not(account.isTrue(name, true))),
      ),
    ),
  },
  'storage-old-tls': {
    title: 'accepts insecure TLS versions',
    reason: 'Versions 1.0 and 1.1 can be decrypted.',
    fix: { terraform: 'min_tls_version = "TLS1_2"' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_44'], trivy: ['AZU-0011'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) => account.is('min_tls_version', (version) => /^TLS1_[01]$/.test(version))),
  },
  'storage-public-blobs': {
    title: 'allows public blob access',
    reason: 'A single wrong container setting makes everything in it public.',
    fix: { terraform: 'allow_nested_items_to_be_public = false' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_190', 'CKV2_AZURE_47'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) => account.isTrue('allow_nested_items_to_be_public', true)),
  },
  'storage-open-network': {
    title: 'is reached from the internet',
    reason: 'A leaked key can be used from anywhere.',
    fix: { terraform: 'public_network_access_enabled = false, or network_rules.default_action = "Deny"' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_35', 'CKV_AZURE_59'], trivy: ['AZU-0012'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account, { resource, surroundings }) =>
      all([
        account.isTrue('public_network_access_enabled', true),
        not(account.block('network_rules').is('default_action', (action) => action === 'Deny')),
        not(surroundings.refersTo('azurerm_storage_account_network_rules', 'storage_account_id', resource.address)),
      ]),
    ),
  },
  'storage-network-rules-open': {
    title: 'are rules that allow all other sources by default',
    reason: 'They restrict nothing.',
    fix: { terraform: 'default_action = "Deny"' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_35'], trivy: ['AZU-0012'] },
    source: SECURE,
    over: onResources(['azurerm_storage_account_network_rules'], (rules) =>
      rules.is('default_action', (action) => action === 'Allow'),
    ),
  },
  'storage-shared-keys': {
    title: 'has shared keys with full access',
    reason: 'The users of a key are unknown, do not need a second factor, and are not logged.',
    fix: { terraform: 'shared_access_key_enabled = false' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV2_AZURE_40'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) => account.isTrue('shared_access_key_enabled', true)),
  },
  'storage-without-undelete': {
    title: 'deletes blobs permanently',
    reason: 'Data that is deleted by mistake, such as a Terraform state, is lost.',
    fix: { terraform: 'blob_properties.delete_retention_policy' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV2_AZURE_38'], trivy: ['AZU-0056'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) =>
      not(account.block('blob_properties').block('delete_retention_policy').exists),
    ),
  },
  'storage-one-place': {
    title: 'keeps its data in one region',
    reason: 'When the region fails, the data is unavailable or lost.',
    fix: { terraform: 'account_replication_type = "GZRS"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_206'], trivy: ['AZU-0058'] },
    source: 'https://learn.microsoft.com/azure/storage/common/storage-redundancy',
    over: onResources(ACCOUNT, (account) =>
      account.is('account_replication_type', (type) => !/^(?:RA)?GZ?RS$/.test(type)),
    ),
  },
  'storage-local-users': {
    title: 'has local users for SFTP',
    reason: 'Their passwords and keys are not managed anywhere else.',
    fix: { terraform: 'local_user_enabled = false' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_244'] },
    source: SECURE,
    over: onResources(ACCOUNT, (account) =>
      all([account.isTrue('sftp_enabled'), account.isTrue('local_user_enabled', true)]),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;
