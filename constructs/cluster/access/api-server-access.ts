import type {
  KubernetesClusterApiServerAccessProfile,
  KubernetesClusterConfig,
} from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { checkArguments } from '../../core/declared';
import { authorizedIpRange } from './authorized-ip-range';
import { apiServerSubnetProblems } from './api-server-subnet';
import { isIpv4Address, networkAddress } from '../../core/addresses/address-space';
import { nameOfReferenced } from '../../core/names/canonical-text';
import { isZoneOfApiServers, privateDnsZoneId } from '../../azure/resource-id-rules';
import { emptyProblems, everywhereProblems } from '../../core/rules/restriction';
import { check, checkEach } from '../../core/rules/rule';
import { isText, itemsOf } from '../../core/values/known';
import type { OwnResource } from '../identity/cluster-identity-parts';
import type { ISubnet } from '../../network/i-subnet';
import type { IVirtualNetwork } from '../../network/i-virtual-network';
import { type Violation, when } from '../../core/problems/violation';
import { show } from '../../core/values/shown';

/** The endpoint of the API server of a cluster. */
export interface ApiServerOptions {
  /**
   * The subnet for the API server, so that nodes reach it within their network (API server VNet integration): a
   * dedicated subnet of the nodes' network, /28 or larger, such as one with `SubnetUse.API_SERVERS`. The cluster needs
   * an identity that exists before it, which gets the role for it. It can be added later, after which the nodes
   * restart; removing it replaces the cluster. Not every region has capacity.
   *
   * @default - none: nodes and API server meet through a tunnel, or a private link
   * @see https://learn.microsoft.com/azure/aks/api-server-vnet-integration
   */
  readonly subnet?: ISubnet;
}

/** Options for a private API server. */
export interface PrivateApiServerOptions extends ApiServerOptions {
  /**
   * The Azure resource id of the private DNS zone "privatelink.<region>.azmk8s.io", or "System" for one that Azure creates,
   * or "None" for no zone. Your own zone needs a cluster with an identity that exists before it, which gets the role
   * for it. Changing it replaces the cluster.
   *
   * @default "System"
   */
  readonly privateDnsZoneId?: string;
}

/** The most ranges that Azure accepts. */
const MAX_RANGES = 200;
const MAX_RANGES_IN_SUBNET = 2000;

/**
 * The networks from which the Kubernetes API of a cluster can be reached.
 *
 * @example
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   apiServerAccess: ApiServerAccess.authorizedRanges(['203.0.113.0/24']),
 * });
 */
export class ApiServerAccess {
  /** From any address; access is controlled by authentication only. */
  public static publicAccess(options: ApiServerOptions = {}): ApiServerAccess {
    return new ApiServerAccess(undefined, options.subnet);
  }

  /**
   * From these public addresses and CIDR ranges only: at least one, and up to 200, or 2,000 with a subnet. They must
   * include the address of the machine that runs Terraform and, without a subnet, the outbound address of the nodes.
   * Ranges that together contain every address are a problem, since they restrict nothing.
   */
  public static authorizedRanges(ranges: string[], options: ApiServerOptions = {}): ApiServerAccess {
    return new ApiServerAccess(ranges, options.subnet);
  }

  /** Only from the network of the cluster and networks joined to it. Where Terraform runs must be in one of them. */
  public static privateAccess(options: PrivateApiServerOptions = {}): ApiServerAccess {
    return new ApiServerAccess(undefined, options.subnet, options.privateDnsZoneId ?? 'System');
  }

  private constructor(
    /** Undefined: from everywhere. An empty list would mean the same, probably by mistake, and is a problem. */
    private readonly ranges?: string[],
    private readonly subnet?: ISubnet,
    private readonly zone?: string,
  ) {}

  /**
   * Your resources that the identity of the cluster needs a role on: the subnet, the zone, and the network that the
   * zone is linked to.
   *
   * @param network The virtual network of the cluster, if it is your own
   * @internal
   */
  public _ownResources(network: IVirtualNetwork | undefined): OwnResource[] {
    return [...this.ownSubnet, ...this.ownZone(network)];
  }

  /** @internal */
  public get _prerequisites(): IConstruct[] {
    return this.subnet?.prerequisites ?? [];
  }

  /** Whether it is in a subnet of the network of the nodes. @internal */
  public get _hasSubnet(): boolean {
    return this.subnet !== undefined;
  }

  /** Whether the API server is reached only through private addresses. */
  public get isPrivate(): boolean {
    return this.zone !== undefined;
  }

  /**
   * @param others Your subnets for nodes and pods, starting with that of the nodes
   * @param region The region of the cluster, where it is known
   * @internal
   */
  public _problems(others: readonly ISubnet[], region?: string): Violation[] {
    return [
      ...this.rangeProblems(),
      ...check(privateDnsZoneId, 'apiServerAccess.privateDnsZoneId', this.zone),
      ...zoneRegionProblems(this.zone, region),
      ...(this.subnet === undefined ? [] : apiServerSubnetProblems(this.subnet, others)),
    ];
  }

  /** @internal */
  public get _config(): Partial<KubernetesClusterConfig> {
    const profile: KubernetesClusterApiServerAccessProfile = {
      ...(this.ranges === undefined ? {} : { authorizedIpRanges: withMasks(this.ranges) }),
      ...(this.subnet === undefined ? {} : { virtualNetworkIntegrationEnabled: true, subnetId: this.subnet.subnetId }),
    };
    return {
      ...(Object.keys(profile).length === 0 ? {} : { apiServerAccessProfile: profile }),
      ...(this.zone === undefined ? {} : { privateClusterEnabled: true, privateDnsZoneId: this.zone }),
    };
  }

  private rangeProblems(): Violation[] {
    const property = 'apiServerAccess.authorizedRanges';
    const remedy = 'take ApiServerAccess.publicAccess() if everyone may reach it';
    const max = this.subnet === undefined ? MAX_RANGES : MAX_RANGES_IN_SUBNET;
    const count = itemsOf(this.ranges).length;
    return [
      ...emptyProblems(property, this.ranges, 'range', remedy),
      ...checkEach(authorizedIpRange, property, this.ranges),
      ...everywhereProblems(property, this.ranges, remedy),
      ...when(
        count > max,
        'authorized-ip-ranges-count',
        () => `'${property}' must have at most ${max} ranges, got ${count}: combine adjacent ones`,
      ),
    ];
  }

  private get ownSubnet(): OwnResource[] {
    return this.subnet === undefined
      ? []
      : [{ name: 'api-server-subnet', resourceId: this.subnet.subnetId, role: 'Network Contributor' }];
  }

  private ownZone(network: IVirtualNetwork | undefined): OwnResource[] {
    if (this.zone === undefined || this.zone === 'System' || this.zone === 'None') {
      return [];
    }
    return [
      { name: 'private-dns-zone', resourceId: this.zone, role: 'Private DNS Zone Contributor' },
      ...(network === undefined
        ? []
        : [{ name: 'virtual-network', resourceId: network.virtualNetworkId, role: 'Network Contributor' }]),
    ];
  }
}

checkArguments(ApiServerAccess);

/** The ranges as the provider expects them, with a mask also for a single address. */
function withMasks(ranges: string[]): string[] {
  return Token.isUnresolved(ranges)
    ? ranges
    : itemsOf(ranges).map((range) => (isIpv4Address(range) ? `${range}/32` : networkAddress(range)));
}

/**
 * The problem of a private DNS zone, also one that the program creates, whose name does not have the cluster's region.
 */
function zoneRegionProblems(zone: string | undefined, region: string | undefined): Violation[] {
  const name = zone === undefined || isText(zone) ? zone : nameOfReferenced(zone);
  const [, found] = (isText(name) && /\.([a-z0-9]+)\.azmk8s\.io$/i.exec(name)) || [];
  const isOther = found !== undefined && region !== undefined && found.toLowerCase() !== region;
  const isNone = isText(name) && name !== zone && !isZoneOfApiServers(name);
  return when(
    isOther || isNone,
    'private-dns-zone-region',
    () =>
      `'apiServerAccess.privateDnsZoneId' must be a zone of the cluster's region, privatelink.${region ?? '<region>'}.azmk8s.io, got ` +
      `one of ${isNone ? show(name) : (found ?? '')}: create a zone of that name`,
  );
}
