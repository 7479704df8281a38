import type { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Fn, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { location as locationRule, regionName } from '../azure/location-rules';
import { regionOf } from '../azure/regions';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { networkPartName } from '../azure/resource-name-rules';
import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { type Violation, when } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { show } from '../core/values/shown';
import { isText } from '../core/values/known';
import { type ISubnet, SubnetUse } from '../network/i-subnet';
import { AcrDnsZone, type IAcrDnsZone, type LinkedNetwork } from './acr-dns-zone';
import { AcrSku } from './acr-sku';
import type { IAcrRegistry } from './i-acr-registry';
import { privateEndpoints } from './late-bindings';
import { skuOf } from './registry-facts';
import { rememberEndpoint } from './registry-prerequisites';

/** Properties of `AcrPrivateEndpoint`. */
export interface AcrPrivateEndpointProps {
  /** The registry: a Premium one. */
  readonly registry: IAcrRegistry;
  /**
   * The subnet for the addresses of the registry: one for itself, and one for each of its regions. Changing it replaces
   * the endpoint.
   */
  readonly subnet: ISubnet;
  /**
   * The resource group of the endpoint, which is created in the region of the subnet. Changing it replaces the
   * endpoint.
   *
   * @default - the resource group and the region of the registry
   */
  readonly resourceGroup?: IResourceGroupRef;
  /**
   * The name of the endpoint. Changing it replaces the endpoint.
   *
   * @default - the name of the registry and "-endpoint"
   */
  readonly endpointName?: string;
  /**
   * The zone for the addresses. A zone of the program is linked to the network of the subnet.
   *
   * @default - a new zone, which other endpoints in the network can share: `endpoint.dnsZone`
   */
  readonly dnsZone?: IAcrDnsZone;
}

/**
 * Private access to a registry from a virtual network. The names of the registry resolve to private addresses in the
 * network, and workloads that run its images are created after they do.
 *
 * Networks that are peered with this one need the zone, too: `zone.linkTo(network)`.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-private-link
 *
 * @example
 * const network = new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'shop-network' });
 * const subnet = network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
 * const registry = new AcrRegistry(stack, 'registry', {
 *   resourceGroup,
 *   registryName: 'contososhop',
 *   sku: AcrSku.PREMIUM,
 *   publicAccess: AcrPublicAccess.none(),
 * });
 * new AcrPrivateEndpoint(stack, 'registry-endpoint', { registry, subnet });
 */
export class AcrPrivateEndpoint extends Construct {
  /** The zone of the addresses, which other endpoints in the network can share. */
  public readonly dnsZone: IAcrDnsZone;
  private readonly resource: PrivateEndpoint;

  constructor(scope: Construct, id: string, props: AcrPrivateEndpointProps) {
    super(scope, id);
    props = declared(this, 'AcrPrivateEndpointProps', props);
    const { registry, subnet } = props;
    const group = props.resourceGroup?.name ?? registry.resourceGroupName;
    const location = props.resourceGroup?.location ?? registry.location;
    const name = props.endpointName ?? `${registry.registryName}-endpoint`;
    if (props.resourceGroup !== undefined) {
      reportGroup(this, props.resourceGroup);
    }
    reportProblems(this, () => [
      ...check(networkPartName, 'endpointName', name),
      ...(location === undefined ? checkGiven(locationRule, 'resourceGroup.location', location) : []),
      ...tierProblems(registry),
      ...subnetProblems(subnet, location),
    ]);
    this.dnsZone =
      props.dnsZone ??
      new AcrDnsZone(this, 'dns-zone', { resourceGroup: { name: group, location: location ?? locationRule.example } });
    if (this.dnsZone instanceof AcrDnsZone) {
      this.dnsZone._linkFor(this, networkOf(subnet));
    }
    this.resource = new (privateEndpoints().PrivateEndpoint)(this, 'Resource', {
      name,
      resourceGroupName: group,
      location: regionName(location ?? locationRule.example),
      subnetId: subnet.subnetId,
      privateServiceConnection: {
        name,
        isManualConnection: false,
        privateConnectionResourceId: registry.registryId,
        subresourceNames: ['registry'],
      },
      privateDnsZoneGroup: { name: 'registry', privateDnsZoneIds: [this.dnsZone.zoneId] },
    });
    claimResource(this, 'endpointName', this.resource, azureNames.privateEndpoint(name, group));
    createAfter(this.resource, () => subnet.prerequisites);
    const { dnsZone } = this;
    rememberEndpoint(registry, () => [this, ...(dnsZone instanceof AcrDnsZone ? dnsZone._parts : [dnsZone])]);
  }

  /** The Azure resource id of the endpoint. */
  public get endpointId(): string {
    return this.resource.id;
  }
}

checkArguments(AcrPrivateEndpoint);

function tierProblems(registry: IAcrRegistry): Violation[] {
  const sku = skuOf(registry);
  return when(
    sku !== undefined && sku !== AcrSku.PREMIUM,
    'private-endpoint-needs-premium',
    () =>
      `'registry' must be of the tier Premium, got ${registry.node.path} of ${sku}: set its 'sku' to AcrSku.PREMIUM`,
  );
}

function subnetProblems(subnet: ISubnet, location: string | undefined): Violation[] {
  const theirs = regionOf(subnet.virtualNetwork);
  const own = isText(location) ? regionName(location) : undefined;
  const { use, delegation } = subnet;
  return [
    ...when(
      theirs !== undefined && own !== undefined && theirs !== own,
      'private-endpoint-region',
      () =>
        `'subnet' must be in the region of the endpoint, ${own}, got ${subnet.node.path}, which is in ${theirs}: give a ` +
        "'resourceGroup' of that region",
    ),
    ...when(
      use === SubnetUse.API_SERVERS || use === SubnetUse.PODS || isText(delegation),
      'private-endpoint-subnet',
      () =>
        `'subnet' must not be delegated to a service, got ${subnet.node.path}, which is delegated to ${show(delegation)}: add ` +
        'one with SubnetUse.OTHER',
    ),
  ];
}

/**
 * The number of parts of the id of a network, including the empty one before the first "/". The last part is its name.
 */
const NETWORK_ID_PARTS = 9;

/** The network of a subnet, if the program knows it, or else derived from the id of the subnet. */
function networkOf({ node, subnetId, virtualNetwork }: ISubnet): LinkedNetwork {
  if (virtualNetwork !== undefined) {
    const { virtualNetworkId, virtualNetworkName } = virtualNetwork;
    const stack = TerraformStack.of(virtualNetwork);
    return { virtualNetworkId, virtualNetworkName, id: virtualNetwork.node.id, stack };
  }
  if (isText(subnetId)) {
    const parts = subnetId.split('/').slice(0, NETWORK_ID_PARTS);
    return { virtualNetworkId: parts.join('/'), virtualNetworkName: parts.at(-1) ?? '', id: node.id };
  }
  const parts = Fn.slice(Fn.split('/', subnetId), 0, NETWORK_ID_PARTS);
  return {
    virtualNetworkId: Fn.join('/', parts),
    virtualNetworkName: Token.asString(Fn.element(parts, NETWORK_ID_PARTS - 1)),
    id: node.id,
  };
}
