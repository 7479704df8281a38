import { all, any, not, type Answer } from '../../objects/answer';
import { some, type Block } from '../../objects/block';
import { onResources, type RuleProps } from '../rule';

const REGISTRY = ['azurerm_container_registry'];
const LEARN = 'https://learn.microsoft.com/azure/container-registry/';

/** Rules about container registries. */
export const REGISTRY_RULES = {
  'registry-admin-user': {
    title: 'has an admin user',
    reason: 'Its password is shared, allows both push and pull, and never expires.',
    fix: { typescript: 'registry.grantPull(cluster)', terraform: 'admin_enabled = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_137'] },
    source: `${LEARN}container-registry-authentication#admin-account`,
    over: onResources(REGISTRY, (registry) => registry.isTrue('admin_enabled')),
  },
  'registry-anonymous-pull': {
    title: 'allows anonymous pulls',
    reason: 'Images, and anything that was included by mistake, are then public.',
    fix: { typescript: 'anonymousPull: false', terraform: 'anonymous_pull_enabled = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_138'] },
    source: `${LEARN}anonymous-pull-access`,
    over: onResources(REGISTRY, (registry) =>
      all([registry.isTrue('anonymous_pull_enabled'), not(isOf(registry, 'Basic'))]),
    ),
  },
  'registry-public-network': {
    title: 'is reached from the internet',
    reason: 'A stolen credential can be used from anywhere. Only the SKU Premium can restrict access.',
    fix: {
      typescript: 'publicAccess: AcrPublicAccess.none()',
      terraform: 'public_network_access_enabled = false, with a private endpoint',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_139'] },
    source: `${LEARN}container-registry-private-link`,
    over: onResources(REGISTRY, (registry) => registry.isTrue('public_network_access_enabled', true)),
  },
  'registry-basic': {
    title: 'is of the SKU Basic',
    reason: 'It has the least storage and throughput, no private access, and no policies.',
    fix: { typescript: 'sku: AcrSku.STANDARD', terraform: 'sku = "Standard"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_163'] },
    source: `${LEARN}container-registry-skus`,
    over: onResources(REGISTRY, (registry) => isOf(registry, 'Basic')),
  },
  'registry-one-region': {
    title: 'has its images in one region',
    reason: 'When the region fails, no node can pull images. Only the SKU Premium supports replication.',
    fix: { typescript: 'geoReplications: [...]', terraform: 'georeplications { ... }' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_165'] },
    source: `${LEARN}container-registry-geo-replication`,
    over: onResources(REGISTRY, (registry) =>
      not(all([isOf(registry, 'Premium'), some(registry.blocks('georeplications'), () => true)])),
    ),
  },
  'registry-without-quarantine': {
    title: 'serves images before they are scanned',
    reason: 'With a quarantine, a scanner has to release an image before nodes can pull it. Premium only.',
    fix: { typescript: 'quarantinePolicy: true', terraform: 'quarantine_policy_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_166'] },
    source: `${LEARN}container-registry-faq`,
    over: onResources(REGISTRY, (registry) => not(registry.isTrue('quarantine_policy_enabled'))),
  },
  'registry-without-retention': {
    title: 'keeps untagged images forever',
    reason: 'They cannot be pulled by tag, but still cost money. Premium only.',
    fix: { typescript: 'retentionDays: 30', terraform: 'retention_policy_in_days = 30' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_167'] },
    source: `${LEARN}container-registry-retention-policy`,
    over: onResources(REGISTRY, (registry) =>
      all([
        not(registry.is('retention_policy_in_days', (days) => Number(days) > 0)),
        not(registry.block('retention_policy').isTrue('enabled')),
      ]),
    ),
  },
  'registry-one-zone': {
    title: 'is not explicitly zone-redundant',
    reason: 'When a zone fails, nodes may be unable to pull images.',
    fix: { typescript: 'zoneRedundancy: true', terraform: 'zone_redundancy_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_233'] },
    source: `${LEARN}zone-redundancy`,
    over: onResources(REGISTRY, (registry) =>
      any([
        not(registry.isTrue('zone_redundancy_enabled')),
        some(registry.blocks('georeplications'), (replica) => not(replica.isTrue('zone_redundancy_enabled'))),
      ]),
    ),
  },
  'registry-shared-endpoint': {
    title: 'serves layers from shared endpoints of the region',
    reason: 'A firewall must then allow access to the storage of all customers. Premium only.',
    fix: { typescript: 'dataEndpoint: true', terraform: 'data_endpoint_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_237'] },
    source: `${LEARN}container-registry-dedicated-data-endpoints`,
    over: onResources(REGISTRY, (registry) => not(registry.isTrue('data_endpoint_enabled'))),
  },
  'registry-plain-webhook': {
    title: 'calls a webhook without encryption',
    reason: 'The payload and the key of the webhook can be read in transit.',
    fix: { typescript: "serviceUri: 'https://...'", terraform: 'service_uri = "https://..."' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV2_AZURE_30'] },
    source: `${LEARN}container-registry-webhook`,
    over: onResources(['azurerm_container_registry_webhook'], (webhook) =>
      webhook.is('service_uri', (uri) => !uri.toLowerCase().startsWith('https://')),
    ),
  },
} satisfies Readonly<Record<string, RuleProps>>;

function isOf(registry: Block, sku: string): Answer {
  return registry.is('sku', (text) => text === sku);
}
