/*
 * Bindings of networks, loaded on demand, since together they take longer to load than this folder.
 */

type VirtualNetworks = typeof import('@cdktf/provider-azurerm/lib/virtual-network');
type FoundNetworks = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-virtual-network');
type Peerings = typeof import('@cdktf/provider-azurerm/lib/virtual-network-peering');
type Subnets = typeof import('@cdktf/provider-azurerm/lib/subnet');
type FoundSubnets = typeof import('@cdktf/provider-azurerm/lib/data-azurerm-subnet');
type SubnetNatGateways = typeof import('@cdktf/provider-azurerm/lib/subnet-nat-gateway-association');
type SubnetSecurityGroups = typeof import('@cdktf/provider-azurerm/lib/subnet-network-security-group-association');
type SubnetRouteTables = typeof import('@cdktf/provider-azurerm/lib/subnet-route-table-association');
type SecurityGroups = typeof import('@cdktf/provider-azurerm/lib/network-security-group');
type SecurityRules = typeof import('@cdktf/provider-azurerm/lib/network-security-rule');
type RouteTables = typeof import('@cdktf/provider-azurerm/lib/route-table');
type Routes = typeof import('@cdktf/provider-azurerm/lib/route');
type NatGateways = typeof import('@cdktf/provider-azurerm/lib/nat-gateway');
type NatGatewayAddresses = typeof import('@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association');
type PublicIps = typeof import('@cdktf/provider-azurerm/lib/public-ip');

export const virtualNetworks = (): VirtualNetworks =>
  require('@cdktf/provider-azurerm/lib/virtual-network') as VirtualNetworks;

export const foundNetworks = (): FoundNetworks =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-virtual-network') as FoundNetworks;

export const peerings = (): Peerings => require('@cdktf/provider-azurerm/lib/virtual-network-peering') as Peerings;

export const subnets = (): Subnets => require('@cdktf/provider-azurerm/lib/subnet') as Subnets;

export const foundSubnets = (): FoundSubnets =>
  require('@cdktf/provider-azurerm/lib/data-azurerm-subnet') as FoundSubnets;

/** The associations of a node subnet with its security group, route table and NAT gateway. */
export const subnetAssociations = (): SubnetNatGateways & SubnetSecurityGroups & SubnetRouteTables => ({
  ...(require('@cdktf/provider-azurerm/lib/subnet-nat-gateway-association') as SubnetNatGateways),
  ...(require('@cdktf/provider-azurerm/lib/subnet-network-security-group-association') as SubnetSecurityGroups),
  ...(require('@cdktf/provider-azurerm/lib/subnet-route-table-association') as SubnetRouteTables),
});

export const securityGroups = (): SecurityGroups & SecurityRules => ({
  ...(require('@cdktf/provider-azurerm/lib/network-security-group') as SecurityGroups),
  ...(require('@cdktf/provider-azurerm/lib/network-security-rule') as SecurityRules),
});

export const routeTables = (): RouteTables & Routes => ({
  ...(require('@cdktf/provider-azurerm/lib/route-table') as RouteTables),
  ...(require('@cdktf/provider-azurerm/lib/route') as Routes),
});

/** A NAT gateway and its addresses. */
export const natGateways = (): NatGateways & NatGatewayAddresses & PublicIps => ({
  ...(require('@cdktf/provider-azurerm/lib/nat-gateway') as NatGateways),
  ...(require('@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association') as NatGatewayAddresses),
  ...(require('@cdktf/provider-azurerm/lib/public-ip') as PublicIps),
});
