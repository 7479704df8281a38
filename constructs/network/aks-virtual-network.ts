import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { addChild } from '../core/names/add-child';
import { addressText, parseRange, rangeHolds } from '../core/addresses/address-space';
import { canonicalText } from '../core/names/canonical-text';
import { azureNames } from '../azure/azure-names';
import { claimResource } from '../core/names/unique';
import { reportGroup } from '../azure/group-problems';
import { regionName } from '../azure/location-rules';
import { firstIpv6Subnet, ipv6NetworkRange } from './ipv6-ranges';
import { ipv6SubnetProblems } from './ipv6-subnets';
import { networkRange } from './network-value-rules';
import { virtualNetworkName } from '../azure/resource-name-rules';
import { createAfter } from '../core/order/order';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEach, orExample } from '../core/rules/rule';
import { rememberRegion } from '../azure/regions';
import { virtualNetworkProblems } from './virtual-network-rules';
import { virtualNetworks } from './late-bindings';
import { NatGateway, type NatGatewayProps } from './nat-gateway';
import { NodeRouteTable } from './node-route-table';
import { type InboundRuleOptions, type InboundRuleProps, NodeSecurityGroup } from './node-security-group';
import { protect, type ProtectionOptions } from '../azure/protection';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { ISubnet } from './i-subnet';
import type { TrafficSource } from './traffic-source';
import {
  ImportedVirtualNetwork,
  peersOf,
  rememberPeering,
  type VirtualNetworkAttributes,
  type VirtualNetworkNameAttributes,
} from './virtual-network';
import { type IVirtualNetwork } from './i-virtual-network';
import { type PeeringOptions, VirtualNetworkPeering } from './virtual-network-peering';
import { SubnetUse } from './i-subnet';
import { VirtualNetworkSubnet, type VirtualNetworkSubnetProps } from './virtual-network-subnet';
import { type Violation, violation, when } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

/** Properties of `AksVirtualNetwork`. */
export interface AksVirtualNetworkProps extends ProtectionOptions {
  /** The resource group of the network and its parts. */
  readonly resourceGroup: IResourceGroupRef;
  /** The name of the network, with which the names of its parts begin. Changing it replaces them. */
  readonly virtualNetworkName: string;
  /**
   * The ranges of the network.
   *
   * @default ["10.240.0.0/14"], which touches neither the default ranges of pods and Services nor the VNets that AKS creates
   */
  readonly addressSpace?: string[];
  /**
   * The IPv6 range of the network, for clusters with `dualStack`: /8 to /64, such as "fd00:db8:deca::/48". The node subnet has the
   * first /64 of it. Adding it changes the network in place; a cluster has IPv6 addresses from the start or never.
   *
   * @default - IPv4 only
   */
  readonly ipv6Range?: string;
  /**
   * The range of the node subnet.
   *
   * @default - the first quarter of the network's first range: 10.240.0.0/16
   */
  readonly nodeSubnetPrefix?: string;
  /**
   * The address of a firewall to which all internet traffic of the nodes is routed, such as one in a peered network;
   * not an address of the node subnet. Clusters on the network then have `Outbound.userDefinedRouting()`.
   *
   * @default - no custom route
   */
  readonly firewallAddress?: string;
  /**
   * A NAT gateway for all internet traffic of the nodes. Clusters on the network then have
   * `Outbound.userAssignedNatGateway()`.
   *
   * @default - none, and nodes use the load balancer of their cluster
   */
  readonly natGateway?: NatGatewayProps;
}

/** The range from which Kubernetes assigns node ports. */
const NODE_PORTS = '30000-32767';

const DEFAULT_RANGE = '10.240.0.0/14';

/** The prefix of the smallest subnet in Azure. */
const SMALLEST_SUBNET = 29;

/**
 * A virtual network for clusters: a node subnet with its security group and its route table, and room for more.
 *
 * The security group is closed to the internet, also for Services of type LoadBalancer, until `allowInbound` opens it:
 * AKS opens only the one that it creates itself.
 *
 * @example
 * const network = new AksVirtualNetwork(stack, 'network', { resourceGroup, virtualNetworkName: 'shop-net' });
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   networkProfile: NetworkProfile.overlay({ subnet: network.nodeSubnet }),
 * });
 */
export class AksVirtualNetwork extends Construct implements IVirtualNetwork {
  /** An existing virtual network, by its resource id: nothing is looked up when Terraform runs. */
  public static fromVirtualNetworkAttributes(
    scope: Construct,
    id: string,
    attributes: VirtualNetworkAttributes,
  ): IVirtualNetwork {
    return new ImportedVirtualNetwork(scope, id, attributes, attributes.virtualNetworkId);
  }

  /** An existing virtual network, looked up by name when Terraform runs. */
  public static fromVirtualNetworkName(
    scope: Construct,
    id: string,
    attributes: VirtualNetworkNameAttributes,
  ): IVirtualNetwork {
    return new ImportedVirtualNetwork(scope, id, attributes);
  }

  /** The subnet of the nodes. */
  public readonly nodeSubnet: ISubnet;
  public readonly virtualNetworkId: string;
  public readonly virtualNetworkName: string;
  public readonly resourceGroupName: string;
  public readonly addressSpace: string[];
  private readonly securityGroup: NodeSecurityGroup;
  private readonly routeTable: NodeRouteTable;
  private readonly natGateway?: NatGateway;
  private readonly subnets: VirtualNetworkSubnet[] = [];
  /** The networks that were peered by a call on this one, and not on the other one. */
  private readonly asked = new Set<IVirtualNetwork>();

  constructor(scope: Construct, id: string, props: AksVirtualNetworkProps) {
    super(scope, id);
    props = declared(this, 'AksVirtualNetworkProps', props);
    // read once: a resource creates a new token each time an attribute is read
    const group = { name: props.resourceGroup.name, location: regionName(props.resourceGroup.location) };
    rememberRegion(this, props.resourceGroup);
    reportGroup(this, props.resourceGroup);
    const name = props.virtualNetworkName;
    this.addressSpace = props.addressSpace ?? [DEFAULT_RANGE];
    const { VirtualNetwork } = virtualNetworks();
    const network = new VirtualNetwork(this, 'Resource', {
      name,
      resourceGroupName: group.name,
      location: group.location,
      addressSpace: [...this.addressSpace, ...(props.ipv6Range === undefined ? [] : [props.ipv6Range])],
    });
    claimResource(this, 'virtualNetworkName', network, azureNames.virtualNetwork(name, group.name));
    protect(this, network, props);
    createAfter(network, () => []);
    this.virtualNetworkId = network.id;
    // the attribute and not the text, so that the network is created first
    this.virtualNetworkName = network.name;
    this.resourceGroupName = group.name;
    this.securityGroup = new NodeSecurityGroup(this, 'security-group', group, {
      groupName: `${name}-nodes-nsg`,
      ownRanges: this.addressSpace,
    });
    this.routeTable = new NodeRouteTable(this, 'route-table', group, `${name}-nodes-rt`, props.firewallAddress);
    this.natGateway =
      props.natGateway === undefined
        ? undefined
        : new NatGateway(this, 'nat-gateway', group, `${name}-nodes-nat`, props.natGateway);
    const addressPrefix = props.nodeSubnetPrefix ?? firstQuarter(this.addressSpace);
    const ipv6Prefix = nodesOf(props.ipv6Range);
    this.nodeSubnet = this.createSubnet(
      'nodes',
      { addressPrefix, ipv6Prefix, use: SubnetUse.NODES },
      'nodeSubnetPrefix',
    );
    reportProblems(this, () => this.problems(props));
  }

  public get peers(): IVirtualNetwork[] {
    return peersOf(this);
  }

  /** Adds a subnet. The id is also its name, unless one is given. */
  public addSubnet(id: string, props: VirtualNetworkSubnetProps): ISubnet {
    return addChild(this, id, 'subnet', VirtualNetworkSubnet, (ownId) =>
      this.createSubnet(ownId, props, 'addressPrefix'),
    );
  }

  /**
   * Connects the network with another one, in both directions.
   *
   * Each then reaches all of the other, unless a security group denies it. The deployment needs a role on both
   * networks. Both halves are in the stack of this network, which is deployed after that of the other one: with a hub
   * and a spoke, call it on the spoke.
   */
  public peerWith(id: string, other: IVirtualNetwork, options: PeeringOptions = {}): void {
    const there = { network: other, takesForwardedTraffic: other instanceof AksVirtualNetwork && other.hasFirewall };
    const here = { network: this, takesForwardedTraffic: this.hasFirewall };
    addChild(this, id, 'peering', VirtualNetworkPeering, (ownId) => {
      const problems = this.peeringProblems(other);
      reportProblems(this, () => problems);
      const peering = new VirtualNetworkPeering(this, ownId, here, there, options, problems.length > 0);
      if (problems.length === 0) {
        rememberPeering(this, other);
        this.asked.add(other);
      }
      return peering;
    });
  }

  /** Lets traffic reach the nodes, such as that for a public Service: `{ source: TrafficSource.internet(), ports: ['80'] }`. */
  public allowInbound(id: string, props: InboundRuleProps): void {
    this.securityGroup.allowInbound(id, props);
  }

  /** Lets traffic reach the node ports of Services, 30000 to 32767. */
  public allowNodePortsFrom(id: string, source: TrafficSource, options: InboundRuleOptions = {}): void {
    this.allowInbound(id, { ...options, source, ports: [NODE_PORTS] });
  }

  private createSubnet(id: string, props: VirtualNetworkSubnetProps, prefixProperty: string): VirtualNetworkSubnet {
    const { securityGroup, routeTable, natGateway } = this;
    const parts = props.use === SubnetUse.NODES ? { securityGroup, routeTable, natGateway } : undefined;
    const subnet = new VirtualNetworkSubnet(this, id, this, props, parts, prefixProperty);
    this.subnets.push(subnet);
    return subnet;
  }

  private get hasFirewall(): boolean {
    return this.routeTable.hasDefaultRoute;
  }

  private problems({ virtualNetworkName: name, ...props }: AksVirtualNetworkProps): Violation[] {
    const rangeProblems = checkEach(networkRange, 'addressSpace', this.addressSpace);
    return [
      ...check(virtualNetworkName, 'virtualNetworkName', name),
      ...emptyProblems('addressSpace', this.addressSpace, 'range', 'leave it out for 10.240.0.0/14'),
      ...rangeProblems,
      ...check(ipv6NetworkRange, 'ipv6Range', props.ipv6Range),
      ...ipv6SubnetProblems(props.ipv6Range, this.subnets),
      ...when(
        rangeHolds(this.nodeSubnet.addressPrefixes[0] ?? '', props.firewallAddress ?? ''),
        'firewall-outside-node-subnet',
        () =>
          `'firewallAddress' must be outside of the node subnet (${this.nodeSubnet.addressPrefixes.join(', ')}), whose route would point to itself, got` +
          ` ${String(props.firewallAddress)}: use a firewall in another subnet`,
      ),
      ...when(
        props.firewallAddress !== undefined && props.natGateway !== undefined,
        'nat-gateway-or-firewall',
        () => "'natGateway' must be left out with 'firewallAddress', got both: all traffic would go to the firewall",
      ),
      ...virtualNetworkProblems({
        addressSpace: this.addressSpace,
        // subnets are not compared with an invalid range, which is itself a problem
        subnets: (rangeProblems.length > 0 ? [] : this.subnets).map((subnet) => ({
          name: `the subnet '${subnet.node.id}'`,
          property: subnet.prefixProperty,
          ranges: subnet.addressPrefixes,
        })),
        peers: this.peers.map((peer) => ({
          name: `the peer '${peer.node.path}'`,
          ranges: peer.addressSpace,
          asked: !this.asked.has(peer),
        })),
      }),
    ];
  }

  /** Whether two constructs represent the same network, such as one that is looked up twice. */
  private isSame(one: IVirtualNetwork, other: IVirtualNetwork): boolean {
    return one === other || canonicalText(this, one.virtualNetworkId) === canonicalText(this, other.virtualNetworkId);
  }

  /** The problems of a peering, which must be created once, by one of the two networks. */
  private peeringProblems(other: IVirtualNetwork): Violation[] {
    if (this.isSame(this, other)) {
      return [
        violation(
          'peering-of-two-networks',
          "'peerWith' must be called with another network, got the network itself: remove the call",
        ),
      ];
    }
    return when(
      this.peers.some((peer) => this.isSame(peer, other)),
      'peering-once',
      () =>
        `'peerWith' must be called once for two networks, on either of them, got '${other.node.path}' again: ` +
        'remove one of the calls',
    );
  }
}

checkArguments(AksVirtualNetwork);

/** The IPv6 range of the node subnet. */
function nodesOf(range: string | undefined): string | undefined {
  if (range === undefined) {
    return undefined;
  }
  // an invalid range is itself a problem, and its consequences are not reported
  return Token.isUnresolved(range)
    ? `${Fn.cidrhost(range, 0)}/64`
    : firstIpv6Subnet(orExample(ipv6NetworkRange, range));
}

/** The first quarter of the network's first range. */
function firstQuarter(addressSpace: string[]): string {
  const range = Token.isUnresolved(addressSpace) ? Fn.element(addressSpace, 0) : (addressSpace[0] ?? DEFAULT_RANGE);
  if (Token.isUnresolved(range)) {
    return Fn.cidrsubnet(range, 2, 0);
  }
  // an invalid range is itself a problem, and must not cause a second message about a subnet
  const parsed = parseRange(orExample(networkRange, range));
  return parsed === undefined ? range : `${addressText(parsed.first)}/${Math.min(parsed.prefix + 2, SMALLEST_SUBNET)}`;
}
