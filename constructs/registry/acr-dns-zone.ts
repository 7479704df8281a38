import type { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';
import { reportGroup } from '../azure/group-problems';
import type { IResourceGroupRef } from '../azure/resource-group';
import { registryDnsZoneId } from '../azure/resource-id-rules';
import { checkArguments, declared } from '../core/declared';
import { freeId } from '../core/names/add-child';
import { canonicalText } from '../core/names/canonical-text';
import { rememberName } from '../core/names/object-name';
import { claimResource } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { type Violation, violation } from '../core/problems/violation';
import { checkGiven } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { show } from '../core/values/shown';
import type { IVirtualNetwork } from '../network/i-virtual-network';
import { privateDnsZones } from './late-bindings';

/** The zone in which the names of registries resolve to private addresses. */
const ZONE = 'privatelink.azurecr.io';

/** A private DNS zone for registries, "privatelink.azurecr.io", created here or elsewhere. */
export interface IAcrDnsZone extends IConstruct {
  /** The Azure resource id of the zone. */
  readonly zoneId: string;
}

/** Properties of `AcrDnsZone`. */
export interface AcrDnsZoneProps {
  /** The resource group of the zone. */
  readonly resourceGroup: IResourceGroupRef;
}

/**
 * The private DNS zone in which the names of registries resolve to their private endpoints. A virtual network can be
 * linked to only one such zone, which all registries that it reaches share.
 *
 * An `AcrPrivateEndpoint` creates one unless you specify one.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 *
 * @example
 * const dnsZone = new AcrDnsZone(stack, 'registry-names', { resourceGroup });
 * const subnet = network.addSubnet('endpoints', { addressPrefix: '10.241.0.0/24' });
 * const premium = new AcrRegistry(stack, 'premium', {
 *   resourceGroup,
 *   registryName: 'contosoimages',
 *   sku: AcrSku.PREMIUM,
 * });
 * new AcrPrivateEndpoint(stack, 'registry-endpoint', { registry: premium, subnet, dnsZone });
 */
export class AcrDnsZone extends Construct implements IAcrDnsZone {
  /** An existing zone, such as that of a hub. Its owner links networks to it. */
  public static fromZoneId(scope: Construct, id: string, zoneId: string): IAcrDnsZone {
    return new ImportedDnsZone(scope, id, zoneId);
  }

  private readonly resource: PrivateDnsZone;
  private readonly group: string;
  /** Whether its resource group already has one, which is a problem. */
  private readonly isSecond: boolean;
  private readonly links: IConstruct[] = [];
  /** The stacks whose networks have endpoints in the stack of the zone. */
  private readonly networkStacks = new Set<TerraformStack>();

  constructor(scope: Construct, id: string, props: AcrDnsZoneProps) {
    super(scope, id);
    props = declared(this, 'AcrDnsZoneProps', props);
    const { name: group } = props.resourceGroup;
    reportGroup(this, props.resourceGroup);
    this.group = group;
    this.resource = new (privateDnsZones().PrivateDnsZone)(this, 'Resource', { name: ZONE, resourceGroupName: group });
    rememberName(this.resource, azureNames.privateDnsZone(ZONE, group));
    const twin = claim(this, `group ${canonicalText(this, group)}`);
    this.isSecond = twin !== undefined;
    reportProblems(this, () => (twin === undefined ? [] : [secondInGroup(group, twin)]));
  }

  /** The Azure resource id of the zone. */
  public get zoneId(): string {
    return this.resource.id;
  }

  /**
   * Lets callers in a network, such as a peered one, resolve the private addresses of registries. The network of an
   * endpoint is linked automatically.
   *
   * The link to a network of another stack is in that stack, so that spokes can use the zone of their hub, unless the
   * stack of the zone depends on that stack.
   *
   * @param network The network; linking it again has no effect
   */
  public linkTo(network: IVirtualNetwork): void {
    const { virtualNetworkId, virtualNetworkName } = network;
    const [own, other] = [TerraformStack.of(this), TerraformStack.of(network)];
    const isHere = own === other || own.dependsOn(other) || this.networkStacks.has(other);
    this._link({ virtualNetworkId, virtualNetworkName, id: network.node.id }, isHere ? this : network);
  }

  /**
   * Links the network of an endpoint.
   *
   * @internal
   */
  public _linkFor(endpoint: Construct, network: LinkedNetwork): void {
    const isHere = TerraformStack.of(endpoint) === TerraformStack.of(this);
    if (isHere && network.stack !== undefined) {
      this.networkStacks.add(network.stack);
    }
    // the other stack is deployed after that of the zone
    this._link(network, isHere ? this : endpoint);
  }

  /** The zone, and its links to networks. @internal */
  public get _parts(): readonly IConstruct[] {
    return [this, ...this.links];
  }

  private _link({ virtualNetworkId, virtualNetworkName, id }: LinkedNetwork, scope: Construct): void {
    const key = `network ${canonicalText(this, virtualNetworkId)}`;
    if (this.isSecond || zonesOf(this).get(key) === this) {
      return;
    }
    const other = claim(this, key);
    if (other !== undefined) {
      reportProblems(this, () => [secondOfNetwork(virtualNetworkName, other)]);
      return;
    }
    const link = new (privateDnsZones().PrivateDnsZoneVirtualNetworkLink)(scope, freeId(scope, `link-${id}`), {
      name: virtualNetworkName,
      resourceGroupName: this.group,
      privateDnsZoneName: this.resource.name,
      virtualNetworkId,
    });
    this.links.push(link);
    claimResource(link, 'virtualNetworkName', link, azureNames.dnsZoneLink(virtualNetworkName, ZONE, this.group));
  }
}

checkArguments(AcrDnsZone);

class ImportedDnsZone extends Construct implements IAcrDnsZone {
  constructor(
    scope: Construct,
    id: string,
    public readonly zoneId: string,
  ) {
    super(scope, id);
    reportProblems(this, () => checkGiven(registryDnsZoneId, 'zoneId', zoneId));
  }
}

/** A network whose callers use a zone. */
export interface LinkedNetwork {
  readonly virtualNetworkId: string;
  readonly virtualNetworkName: string;
  /** The part of the id of its link. */
  readonly id: string;
  /** The stack of the network, if the program knows it. */
  readonly stack?: TerraformStack;
}

const zonesByApp = new WeakMap<IConstruct, Map<string, AcrDnsZone>>();

/** The zones of an app, by what can have only one of them: a linked network, and a resource group. */
function zonesOf({ node }: IConstruct): Map<string, AcrDnsZone> {
  const zones = zonesByApp.get(node.root) ?? new Map<string, AcrDnsZone>();
  zonesByApp.set(node.root, zones);
  return zones;
}

/** Claims a place for a zone. Returns the other zone if the place is taken. */
function claim(zone: AcrDnsZone, place: string): AcrDnsZone | undefined {
  const zones = zonesOf(zone);
  const other = zones.get(place);
  if (other === undefined) {
    zones.set(place, zone);
  }
  return other;
}

function secondInGroup(group: string, { node }: AcrDnsZone): Violation {
  return violation(
    'registry-zone-in-group',
    `'resourceGroup' can have one zone "${ZONE}", got ${show(group)}, where ${node.path} creates it: use the same 'dnsZone' for both endpoints, or create one of them in another resource group`,
  );
}

function secondOfNetwork(network: string, { node }: AcrDnsZone): Violation {
  const name = isText(network) ? ` (${network})` : '';
  return violation(
    'registry-zone-once',
    `a virtual network can be linked to one zone "${ZONE}", and this one${name} is linked to ${node.path} already: use the same 'dnsZone' for both endpoints`,
  );
}
