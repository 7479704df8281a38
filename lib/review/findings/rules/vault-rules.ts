import { all, any, not } from '../../objects/answer';
import { onResources, type RuleProps } from '../rule';

const VAULT = ['azurerm_key_vault'];
const SECURE = 'https://learn.microsoft.com/azure/key-vault/general/secure-key-vault';
const KEYS = 'https://learn.microsoft.com/azure/key-vault/keys/secure-keys';
const SECRETS = 'https://learn.microsoft.com/azure/key-vault/secrets/secure-secrets';

/** Rules about Key Vaults and their contents. */
export const VAULT_RULES = {
  'vault-purge': {
    title: 'can be purged',
    reason:
      'Without purge protection, anyone who can delete keys can also purge them, which makes the data that they encrypt unreadable.',
    fix: { terraform: 'purge_protection_enabled = true' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_42', 'CKV_AZURE_110'], trivy: ['AZU-0016'] },
    source: SECURE,
    over: onResources(VAULT, (vault) => not(vault.isTrue('purge_protection_enabled'))),
  },
  'vault-without-firewall': {
    title: 'has no firewall',
    reason: 'A stolen token can be used from anywhere.',
    fix: { terraform: 'network_acls.default_action = "Deny"' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_109'], trivy: ['AZU-0013'] },
    source: SECURE,
    over: onResources(VAULT, (vault) =>
      all([
        vault.isTrue('public_network_access_enabled', true),
        not(vault.block('network_acls').is('default_action', (action) => action === 'Deny')),
      ]),
    ),
  },
  'vault-public-network': {
    title: 'has a public address',
    reason: 'A private address cannot be reached from outside the virtual network.',
    fix: { terraform: 'public_network_access_enabled = false, with a private endpoint' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_189', 'CKV2_AZURE_32'] },
    source: SECURE,
    over: onResources(VAULT, (vault) => vault.isTrue('public_network_access_enabled', true)),
  },
  'key-without-end': {
    title: 'is a key that never expires',
    reason: 'A leaked key can then be used forever.',
    fix: { terraform: 'expiration_date, or rotation_policy' },
    severity: 'low',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_40'], trivy: ['AZU-0014'] },
    source: KEYS,
    over: onResources(['azurerm_key_vault_key'], (key) =>
      not(any([key.has('expiration_date'), key.block('rotation_policy').has('expire_after')])),
    ),
  },
  'key-in-software': {
    title: 'is a software-protected key',
    reason: 'Some compliance standards require keys that never leave a hardware security module.',
    fix: { terraform: 'key_type = "RSA-HSM", in a vault of the SKU premium' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_112'] },
    source: KEYS,
    over: onResources(['azurerm_key_vault_key'], (key) => key.is('key_type', (type) => !type.endsWith('-HSM'))),
  },
  'secret-without-end': {
    title: 'is a secret that never expires',
    reason: 'A leaked secret can then be used forever.',
    fix: { terraform: 'expiration_date' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_41'], trivy: ['AZU-0017'] },
    source: SECRETS,
    over: onResources(['azurerm_key_vault_secret'], (secret) => not(secret.has('expiration_date'))),
  },
  'secret-without-type': {
    title: 'is a secret without a content type',
    reason: 'To rotate it, one must know whether it is a password, a connection string or a certificate.',
    fix: { terraform: 'content_type' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_114'], trivy: ['AZU-0015'] },
    source: SECRETS,
    over: onResources(['azurerm_key_vault_secret'], (secret) => not(secret.has('content_type'))),
  },
} satisfies Readonly<Record<string, RuleProps>>;
