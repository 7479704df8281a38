import { all, not, type Answer } from '../../objects/answer';
import type { Block } from '../../objects/block';
import type { Judge, RuleProps } from '../rule';

const LEARN = 'https://learn.microsoft.com/azure/aks/';

/** Rules about node pools, including default node pools. */
export const NODE_POOL_RULES = {
  'node-public-address': {
    title: 'gives each node a public address',
    reason: 'Every open port of a node can then be reached from the internet.',
    fix: { typescript: 'no nodePublicIp', terraform: 'node_public_ip_enabled = false' },
    severity: 'high',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_143'] },
    source: `${LEARN}use-node-public-ips`,
    over: onPools((pool) => pool.isTrue('node_public_ip_enabled')),
  },
  'node-max-pods': {
    title: 'allows fewer than 50 pods per node',
    reason: 'Every node also runs about fifteen system pods, so a low limit needs more nodes.',
    fix: { typescript: 'maxPods: 50', terraform: 'max_pods = 50' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_168'] },
    source: `${LEARN}quotas-skus-regions`,
    over: onPools((pool, cluster) => pool.is('max_pods', (pods) => Number(pods) < 50, hasFewPods(pool, cluster))),
  },
  'node-availability-set': {
    title: 'is an availability set',
    reason: 'Azure has retired them for clusters: they support no zones, no autoscaler and no second pool.',
    fix: { terraform: 'type = "VirtualMachineScaleSets"' },
    severity: 'medium',
    profile: 'baseline',
    equivalents: { checkov: ['CKV_AZURE_169'] },
    source: `${LEARN}availability-sets-on-aks`,
    over: onPools((pool) => pool.is('type', (type) => type === 'AvailabilitySet')),
  },
  'node-managed-disk': {
    title: 'has nodes whose disk is in Azure Storage',
    reason: 'An ephemeral disk is faster, free of charge, and keeps no data.',
    fix: { typescript: 'osDiskType: OsDiskType.EPHEMERAL', terraform: 'os_disk_type = "Ephemeral"' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_226'] },
    source: `${LEARN}concepts-storage#ephemeral-os-disk`,
    over: onPools((pool) => pool.is('os_disk_type', (type) => type !== 'Ephemeral', true)),
  },
  'node-host-encryption': {
    title: 'has nodes whose host does not encrypt their disks and caches',
    reason: 'Temporary disks, and data in transit to storage, are then not encrypted.',
    fix: { typescript: 'hostEncryption: true', terraform: 'host_encryption_enabled = true' },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_227'] },
    source: `${LEARN}enable-host-encryption`,
    over: onPools((pool) => not(pool.isTrue('host_encryption_enabled'))),
  },
  'node-mixed-system-pool': {
    title: 'runs applications next to system pods',
    reason: 'An application that uses all memory also affects DNS and the network.',
    fix: {
      typescript: 'criticalAddonsOnly: true, and a pool of its own',
      terraform: 'only_critical_addons_enabled = true',
    },
    severity: 'low',
    profile: 'strict',
    equivalents: { checkov: ['CKV_AZURE_232'] },
    source: `${LEARN}use-system-pools`,
    over: {
      types: ['azurerm_kubernetes_cluster'],
      judge: ({ given }) => [
        { part: DEFAULT_POOL, fails: not(given.block(DEFAULT_POOL).isTrue('only_critical_addons_enabled')) },
      ],
    },
  },
} satisfies Readonly<Record<string, RuleProps>>;

const DEFAULT_POOL = 'default_node_pool';

/** A rule about node pools, including the default one of a cluster. */
function onPools(fails: (pool: Block, cluster: Block | undefined) => Answer): Judge {
  return {
    types: ['azurerm_kubernetes_cluster', 'azurerm_kubernetes_cluster_node_pool'],
    judge: ({ resource, given }) =>
      resource.type === 'azurerm_kubernetes_cluster'
        ? [{ part: DEFAULT_POOL, fails: fails(given.block(DEFAULT_POOL), given) }]
        : [{ fails: fails(given, undefined) }],
  };
}

/** Whether the default is fewer than 50 pods, which it is for Azure CNI without overlay. */
function hasFewPods(pool: Block, cluster: Block | undefined): Answer {
  const network = cluster?.block('network_profile');
  // with a subnet for pods, it depends on how addresses are allocated.
  return (
    network &&
    all([
      pool.has('pod_subnet_id') === false ? true : undefined,
      network.is('network_plugin', (plugin) => plugin === 'azure'),
      not(network.is('network_plugin_mode', (mode) => mode === 'overlay')),
    ])
  );
}
