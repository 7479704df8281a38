import type { Rule } from '../core/rules/rule';

const SOURCE = 'https://github.com/hashicorp/terraform-provider-azurerm/issues/18210#issuecomment-1496233866';
const START = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/';

/**
 * The parts that each id begins with, "/subscriptions/{id}/resourceGroups/{name}/providers", with variable ones empty.
 */
const BEFORE_TYPE = ['', 'subscriptions', '', 'resourceGroups', '', 'providers'];

/**
 * A rule for the resource ids of a type.
 *
 * The provider accepts the parts of an id with one capitalization only; where it accepts others, Azure returns this
 * one, and every later plan shows a difference.
 *
 * @param id The id of the rule
 * @param what What the id refers to, such as "a subnet"
 * @param type The type with placeholders for names, such as "Microsoft.Network/virtualNetworks/{name}/subnets/{name}"
 * @param name The regular expression for a name
 */
function resourceId(id: string, what: string, type: string, name = '[^/]+'): Rule<string> {
  const path = type.replace(/\./g, '\\.').replace(/{name}/g, name);
  const text = `^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${path}$`;
  const example = `${START}${type.replace(/{name}/g, 'example')}`;
  const exact = new RegExp(text);
  const inAnyCase = new RegExp(text, 'i');
  return {
    id,
    must: `must be the Azure resource id of ${what}, with the capitalization that Azure uses`,
    source: SOURCE,
    example,
    holds: (value) => exact.test(value),
    explain: (value) => (inAnyCase.test(value) ? `write it as ${respelt(value, type)}` : `it does not have that form`),
  };
}

/** The id with its fixed parts capitalized as the provider expects. */
function respelt(id: string, type: string): string {
  const own = [...BEFORE_TYPE, ...type.split('/').map((part) => (part === '{name}' ? '' : part))];
  return id
    .split('/')
    .map((part, index) => (own[index] === undefined || own[index] === '' ? part : own[index]))
    .join('/');
}

export const subnetId = resourceId('subnet-id', 'a subnet', 'Microsoft.Network/virtualNetworks/{name}/subnets/{name}');

export const virtualNetworkId = resourceId(
  'virtual-network-id',
  'a virtual network',
  'Microsoft.Network/virtualNetworks/{name}',
);

export const routeTableId = resourceId('route-table-id', 'a route table', 'Microsoft.Network/routeTables/{name}');

export const publicIpId = resourceId(
  'public-ip-id',
  'a public IP address',
  'Microsoft.Network/publicIPAddresses/{name}',
);

export const publicIpPrefixId = resourceId(
  'public-ip-prefix-id',
  'a public IP prefix',
  'Microsoft.Network/publicIPPrefixes/{name}',
);

export const capacityReservationGroupId = resourceId(
  'capacity-reservation-group-id',
  'a capacity reservation group',
  'Microsoft.Compute/capacityReservationGroups/{name}',
);

export const nodePoolSnapshotId = resourceId(
  'node-pool-snapshot-id',
  'a snapshot of a node pool',
  'Microsoft.ContainerService/snapshots/{name}',
);

export const proximityPlacementGroupId = resourceId(
  'proximity-placement-group-id',
  'a proximity placement group',
  'Microsoft.Compute/proximityPlacementGroups/{name}',
);

export const identityResourceId = resourceId(
  'identity-resource-id',
  'a user-assigned identity',
  'Microsoft.ManagedIdentity/userAssignedIdentities/{name}',
);

export const registryResourceId = resourceId(
  'registry-resource-id',
  'a registry',
  'Microsoft.ContainerRegistry/registries/{name}',
  '[a-zA-Z0-9]{5,50}',
);

export const clusterResourceId = resourceId(
  'cluster-resource-id',
  'a cluster',
  'Microsoft.ContainerService/managedClusters/{name}',
);

export const nodePoolResourceId = resourceId(
  'node-pool-resource-id',
  'a node pool',
  'Microsoft.ContainerService/managedClusters/{name}/agentPools/{name}',
);

export const keyVaultResourceId = resourceId(
  'key-vault-resource-id',
  'a Key Vault',
  'Microsoft.KeyVault/vaults/{name}',
);

export const logAnalyticsWorkspaceId = resourceId(
  'log-analytics-workspace-id',
  'a Log Analytics workspace',
  'Microsoft.OperationalInsights/workspaces/{name}',
);

export const monitorWorkspaceId = resourceId(
  'monitor-workspace-id',
  'an Azure Monitor workspace',
  'Microsoft.Monitor/accounts/{name}',
);

export const grafanaResourceId = resourceId(
  'grafana-resource-id',
  'an Azure Managed Grafana',
  'Microsoft.Dashboard/grafana/{name}',
);

export const actionGroupId = resourceId('action-group-id', 'an action group', 'Microsoft.Insights/actionGroups/{name}');

export const diskEncryptionSetId = resourceId(
  'disk-encryption-set-id',
  'a disk encryption set',
  'Microsoft.Compute/diskEncryptionSets/{name}',
);

export const serviceBusNamespaceId = resourceId(
  'service-bus-namespace-id',
  'a Service Bus namespace',
  'Microsoft.ServiceBus/namespaces/{name}',
);

export const storageAccountId = resourceId(
  'storage-account-id',
  'a storage account',
  'Microsoft.Storage/storageAccounts/{name}',
);

const zoneId = resourceId('zone-id', 'a private DNS zone', 'Microsoft.Network/privateDnsZones/{name}');

export const registryDnsZoneId = resourceId(
  'registry-dns-zone-id',
  'the private DNS zone "privatelink.azurecr.io"',
  'Microsoft.Network/privateDnsZones/privatelink.azurecr.io',
);

/** The name of a private DNS zone for API servers: that of a region, or a subdomain of it. */
const ZONE_NAME = /\/([^/.]+\.)?(privatelink|private)\.[a-z0-9]+\.azmk8s\.io$/i;

/** Whether a private DNS zone with this name can contain the names of API servers. */
export function isZoneOfApiServers(name: string): boolean {
  return ZONE_NAME.test(`/${name}`);
}

export const privateDnsZoneId: Rule<string> = {
  id: 'private-dns-zone-id',
  must: 'must be "System", "None" or the resource id of a private DNS zone "privatelink.<region>.azmk8s.io"',
  source: 'https://learn.microsoft.com/azure/aks/private-clusters#configure-a-private-dns-zone',
  example: 'System',
  holds: (value) => value === 'System' || value === 'None' || (zoneId.holds(value) && ZONE_NAME.test(value)),
  explain: (value) => (ZONE_NAME.test(value) && zoneId.explain?.(value)) || 'it is neither of them',
};
