import type { Subnet as SubnetResource } from '@cdktf/provider-azurerm/lib/subnet';
import { Construct, type IConstruct } from 'constructs';
import { subnetAssociations, subnets } from './late-bindings';
import { AKS_DELEGATION } from './network-ranges';
import { NetworkWrite, writeInTurn, writesTo } from './network-writes';
import { networkPartName } from '../azure/resource-name-rules';
import { ipv6SubnetRange } from './ipv6-ranges';
import { networkRange } from './network-value-rules';
import { azureNames } from '../azure/azure-names';
import { check } from '../core/rules/rule';
import { claimResource } from '../core/names/unique';
import type { NatGateway } from './nat-gateway';
import type { NodeSecurityGroup } from './node-security-group';
import type { NodeRouteTable } from './node-route-table';
import { type ISubnet, SubnetUse } from './i-subnet';
import type { IVirtualNetwork } from './i-virtual-network';
import { reportProblems } from '../core/problems/report';

/** Properties of a subnet of an `AksVirtualNetwork`. */
export interface VirtualNetworkSubnetProps {
  /** Its range: a part of the network that no other subnet has. */
  readonly addressPrefix: string;
  /**
   * Its IPv6 range: a /64 of the network's `ipv6Range` that no other subnet has.
   *
   * @default - none
   */
  readonly ipv6Prefix?: string;
  /**
   * The name of the subnet. Changing it replaces the subnet.
   *
   * @default - the id
   */
  readonly subnetName?: string;
  /**
   * The purpose of the subnet.
   *
   * @default SubnetUse.OTHER
   */
  readonly use?: SubnetUse;
}

/** The properties that the subnets of nodes have in common. */
export interface NodeSubnetParts {
  readonly securityGroup: NodeSecurityGroup;
  readonly routeTable: NodeRouteTable;
  readonly natGateway?: NatGateway;
}

/** A subnet of an `AksVirtualNetwork`. */
export class VirtualNetworkSubnet extends Construct implements ISubnet {
  public readonly addressPrefixes: string[];
  public readonly ipv6Prefix?: string;
  public readonly use: SubnetUse;
  public readonly delegation?: string;
  public readonly routeTableId?: string;
  public readonly hasDefaultRoute: boolean;
  public readonly hasNatGateway: boolean;
  public readonly subnetName: string;
  private readonly resource: SubnetResource;

  constructor(
    scope: Construct,
    id: string,
    public readonly virtualNetwork: IVirtualNetwork,
    props: VirtualNetworkSubnetProps,
    private readonly parts: NodeSubnetParts | undefined,
    /** The name of the prefix in the program. */
    public readonly prefixProperty: string,
  ) {
    super(scope, id);
    this.use = props.use ?? SubnetUse.OTHER;
    const isDelegated = this.use === SubnetUse.PODS || this.use === SubnetUse.API_SERVERS;
    this.subnetName = props.subnetName ?? id;
    this.addressPrefixes = [props.addressPrefix];
    this.ipv6Prefix = props.ipv6Prefix;
    this.delegation = isDelegated ? AKS_DELEGATION : undefined;
    this.routeTableId = parts?.routeTable.routeTableId;
    this.hasDefaultRoute = parts?.routeTable.hasDefaultRoute ?? false;
    this.hasNatGateway = parts?.natGateway !== undefined;
    reportProblems(this, () => [
      ...check(networkPartName, 'subnetName', this.subnetName),
      ...check(networkRange, prefixProperty, props.addressPrefix),
      ...check(ipv6SubnetRange, 'ipv6Prefix', props.ipv6Prefix),
    ]);
    this.resource = new (subnets().Subnet)(this, 'Resource', {
      name: this.subnetName,
      resourceGroupName: virtualNetwork.resourceGroupName,
      virtualNetworkName: virtualNetwork.virtualNetworkName,
      addressPrefixes: [...this.addressPrefixes, ...(props.ipv6Prefix === undefined ? [] : [props.ipv6Prefix])],
      // otherwise, Azure would give machines in the subnet implicit outbound addresses
      defaultOutboundAccessEnabled: false,
      ...(isDelegated ? { delegation: [DELEGATION] } : {}),
    });
    const { virtualNetworkName: network, resourceGroupName: group } = virtualNetwork;
    claimResource(this, 'subnetName', this.resource, azureNames.subnet(this.subnetName, network, group));
    writeInTurn(NetworkWrite.SUBNET, this.resource, [virtualNetwork]);
    this.associate();
  }

  public get subnetId(): string {
    return this.resource.id;
  }

  public get prerequisites(): IConstruct[] {
    const { natGateway, routeTable } = this.parts ?? {};
    return [
      this,
      ...[routeTable, natGateway].filter((one) => one !== undefined),
      // the outbound route of the nodes, and writes to the network that would collide with the cluster's
      ...writesTo(this.virtualNetwork),
    ];
  }

  private associate(): void {
    if (this.parts === undefined) {
      return;
    }
    const subnetId = this.subnetId;
    const { securityGroup, routeTable, natGateway } = this.parts;
    const { SubnetNatGatewayAssociation, SubnetNetworkSecurityGroupAssociation, SubnetRouteTableAssociation } =
      subnetAssociations();
    const associations = [
      new SubnetNetworkSecurityGroupAssociation(this, 'security-group', {
        subnetId,
        networkSecurityGroupId: securityGroup.securityGroupId,
      }),
      new SubnetRouteTableAssociation(this, 'route-table', { subnetId, routeTableId: routeTable.routeTableId }),
      ...(natGateway === undefined
        ? []
        : [new SubnetNatGatewayAssociation(this, 'nat-gateway', { subnetId, natGatewayId: natGateway.natGatewayId })]),
    ];
    for (const association of associations) {
      writeInTurn(NetworkWrite.ASSOCIATION, association, [this.virtualNetwork]);
    }
  }
}

/** With the name that AKS gives it; otherwise, a later plan would remove the delegation that AKS added. */
const DELEGATION = {
  name: 'aks-delegation',
  serviceDelegation: { name: AKS_DELEGATION, actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'] },
};
