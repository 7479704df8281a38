import type { ObjectName } from '../core/names/object-name';

/**
 * The names of Azure resources, and the scopes in which they must be unique.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export const azureNames = {
  registry: (name: string): ObjectName => ({ kind: 'registry', name, within: 'all of Azure', place: [] }),
  task: (name: string, registryName: string): ObjectName => inRegistry('task', name, registryName),
  cacheRule: (name: string, registryName: string): ObjectName => inRegistry('cache rule', name, registryName),
  credentialSet: (name: string, registryName: string): ObjectName => inRegistry('credential set', name, registryName),
  scopeMap: (name: string, registryName: string): ObjectName => inRegistry('scope map', name, registryName),
  token: (name: string, registryName: string): ObjectName => inRegistry('token', name, registryName),
  webhook: (name: string, registryName: string): ObjectName => inRegistry('webhook', name, registryName),
  agentPool: (name: string, registryName: string): ObjectName => inRegistry('agent pool', name, registryName),
  privateEndpoint: (name: string, group: string): ObjectName => inGroup('private endpoint', name, group),
  privateDnsZone: (name: string, group: string): ObjectName => inGroup('private DNS zone', name, group),
  dnsZoneLink: (name: string, zone: string, group: string): ObjectName => ({
    kind: 'link',
    name,
    within: 'its private DNS zone',
    place: [zone, group],
  }),
  cluster: (name: string, group: string): ObjectName => inGroup('cluster', name, group),
  nodePool: (name: string, clusterId: string): ObjectName => ({
    kind: 'node pool',
    name,
    within: 'its cluster',
    place: [clusterId],
  }),
  identity: (name: string, group: string): ObjectName => inGroup('identity', name, group),
  logAnalyticsWorkspace: (name: string, group: string): ObjectName => inGroup('Log Analytics workspace', name, group),
  monitorWorkspace: (name: string, group: string): ObjectName => inGroup('Azure Monitor workspace', name, group),
  actionGroup: (name: string, group: string): ObjectName => inGroup('action group', name, group),
  /** The name of a cluster, from which those of its rules and alerts are derived. */
  monitoredCluster: (name: string, group: string): ObjectName => ({
    kind: 'cluster',
    name,
    within: 'the resource group of its rules',
    place: ['monitoring', group],
  }),
  diskEncryptionSet: (name: string, group: string): ObjectName => inGroup('disk encryption set', name, group),
  virtualNetwork: (name: string, group: string): ObjectName => inGroup('virtual network', name, group),
  subnet: (name: string, network: string, group: string): ObjectName => ({
    kind: 'subnet',
    name,
    within: 'its virtual network',
    place: [network, group],
  }),
  peering: (name: string, network: string, group: string): ObjectName => ({
    kind: 'peering',
    name,
    within: 'its virtual network',
    place: [network, group],
  }),
  securityRule: (name: string, securityGroupId: string): ObjectName => ({
    kind: 'rule',
    name,
    within: 'its security group',
    place: [securityGroupId],
  }),
} as const;

function inRegistry(kind: string, name: string, registryName: string): ObjectName {
  return { kind, name, within: 'its registry', place: [registryName] };
}

function inGroup(kind: string, name: string, group: string): ObjectName {
  return { kind, name, within: 'its resource group', place: [group] };
}
