import type { KubernetesClusterNetworkProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { checkArguments } from '../../core/declared';
import type { OutboundPlan } from './network-plan';
import { loadBalancerIdleMinutes, loadBalancerIpCount, portsPerNode } from './network-profile-rules';
import { natIdleMinutes, natIpCount } from '../../network/network-value-rules';
import { publicIpId, publicIpPrefixId } from '../../azure/resource-id-rules';
import { check, checkEach } from '../../core/rules/rule';
import type { ISubnet } from '../../network/i-subnet';
import { type Violation, violation } from '../../core/problems/violation';
import { emptyProblems } from '../../core/rules/restriction';

/** Options for outbound traffic through the load balancer. The addresses are of one of three kinds. */
export interface LoadBalancerOutboundProps {
  /**
   * The number of public addresses that Azure creates, 1 to 100.
   *
   * @default 1, unless addresses or prefixes are named
   */
  readonly managedIpCount?: number;
  /**
   * The number of public IPv6 addresses that Azure creates, 1 to 100, for a network with `dualStack`.
   *
   * @default 1 for such a network
   */
  readonly managedIpv6Count?: number;
  /**
   * The resource ids of your own Standard public IP addresses, on which the cluster needs a role.
   *
   * @default - Azure creates an address
   */
  readonly publicIpIds?: string[];
  /**
   * The resource ids of your own public IP prefixes, on which the cluster needs a role.
   *
   * @default - Azure creates an address
   */
  readonly publicIpPrefixIds?: string[];
  /**
   * The number of source ports of each node: a multiple of 8 up to 64000. Each address has 64000.
   *
   * @default - Azure chooses by the number of nodes: 1024 up to 50 nodes, and fewer the more there are
   */
  readonly portsPerNode?: number;
  /**
   * The minutes without traffic after which a connection is dropped, 4 to 100.
   *
   * @default - 30, the default of Azure
   */
  readonly idleTimeoutMinutes?: number;
}

/** Options for outbound traffic through a NAT gateway that Azure creates. */
export interface ManagedNatGatewayProps {
  /**
   * The number of public addresses, 1 to 16.
   *
   * @default 1
   */
  readonly managedIpCount?: number;
  /**
   * The minutes without traffic after which a connection is dropped, 4 to 120.
   *
   * @default 4
   */
  readonly idleTimeoutMinutes?: number;
}

/** The outbound types of a cluster, as Azure names them. */
export enum OutboundType {
  /** The load balancer of the cluster. */
  LOAD_BALANCER = 'loadBalancer',
  /** A NAT gateway that Azure creates. */
  MANAGED_NAT_GATEWAY = 'managedNATGateway',
  /** The NAT gateway of the node subnet. */
  USER_ASSIGNED_NAT_GATEWAY = 'userAssignedNATGateway',
  /** The route table of the node subnet. */
  USER_DEFINED_ROUTING = 'userDefinedRouting',
  /** None. */
  NONE = 'none',
}

/** The members of the load balancer's backend pool. */
export enum BackendPoolType {
  /** The network interfaces of the nodes. */
  NODE_IP_CONFIGURATION = 'NodeIPConfiguration',
  /** The IP addresses of the nodes. */
  NODE_IP = 'NodeIP',
}

/**
 * Options for outbound traffic in the terms of Azure.
 *
 * `OutboundType.LOAD_BALANCER` supports all of them, `MANAGED_NAT_GATEWAY` supports `managedIpCount` (1 to 16) and
 * `idleTimeoutMinutes` (4 to 120), and the others support none.
 */
export interface CustomOutboundProps extends LoadBalancerOutboundProps {
  /** The outbound type. */
  readonly outboundType: OutboundType;
  /**
   * The members of the load balancer's backend pool.
   *
   * @default BackendPoolType.NODE_IP_CONFIGURATION
   * @see https://learn.microsoft.com/azure/aks/load-balancer-standard#change-the-inbound-pool-type
   */
  readonly backendPoolType?: BackendPoolType;
}

/** The values that rules read, the configuration for Terraform, and the problems. */
interface OutboundParts {
  readonly plan: OutboundPlan;
  readonly config: Partial<KubernetesClusterNetworkProfile>;
  readonly problems: () => Violation[];
}

/**
 * How the nodes of a cluster reach the internet.
 *
 * @example
 * new AksCluster(stack, 'cluster', {
 *   resourceGroup,
 *   clusterName: 'shop-aks',
 *   networkProfile: NetworkProfile.overlay({ outbound: Outbound.loadBalancer({ managedIpCount: 2 }) }),
 * });
 */
export class Outbound {
  /** Through the load balancer that the cluster has anyway. The cheapest: it costs only a public address. */
  public static loadBalancer(props: LoadBalancerOutboundProps = {}): Outbound {
    return new Outbound(loadBalancerParts(props));
  }

  /**
   * Through a NAT gateway that Azure creates, for a cluster without your own subnet. Billed by the hour and by traffic.
   */
  public static managedNatGateway(props: ManagedNatGatewayProps = {}): Outbound {
    return new Outbound(natGatewayParts(props));
  }

  /** Through the NAT gateway of the node subnet, as `AksVirtualNetwork` creates one with `natGateway`. */
  public static userAssignedNatGateway(): Outbound {
    return new Outbound({ plan: { kind: 'userAssignedNATGateway' }, config: {}, problems: () => [] });
  }

  /** Through the route table of the node subnet, as `AksVirtualNetwork` creates one with `firewallAddress`. */
  public static userDefinedRouting(): Outbound {
    return new Outbound({ plan: { kind: 'userDefinedRouting' }, config: {}, problems: () => [] });
  }

  /**
   * No outbound access. Nodes pull the images of Kubernetes from a registry that Azure creates for them, and your own
   * images from registries with a private endpoint in the network.
   *
   * Requires an API server that can be reached inside the network.
   */
  public static none(): Outbound {
    return new Outbound({ plan: { kind: 'none' }, config: {}, problems: () => [] });
  }

  /**
   * Any outbound type of the provider, in the terms of Azure, for cases that the others do not cover.
   *
   * Options that the type does not support are problems.
   */
  public static custom(props: CustomOutboundProps): Outbound {
    const parts = customParts(props);
    return new Outbound({ ...parts, problems: () => [...optionProblems(props), ...parts.problems()] });
  }

  /**
   * The outbound type that a subnet is set up for, or the load balancer.
   *
   * @internal
   */
  public static _suiting(subnet: ISubnet | undefined): Outbound {
    if (subnet?.hasDefaultRoute === true) {
      return Outbound.userDefinedRouting();
    }
    return subnet?.hasNatGateway === true ? Outbound.userAssignedNatGateway() : Outbound.loadBalancer();
  }

  private constructor(private readonly parts: OutboundParts) {}

  /** @internal */
  public get _plan(): OutboundPlan {
    return this.parts.plan;
  }

  /** @internal */
  public get _config(): Partial<KubernetesClusterNetworkProfile> {
    return { loadBalancerSku: 'standard', outboundType: this.parts.plan.kind, ...this.parts.config };
  }

  /** @internal */
  public _problems(): Violation[] {
    return this.parts.problems();
  }
}

checkArguments(Outbound);

const PROPERTY = 'networkProfile.outbound';

function emptyAddressProblems(
  ids: readonly string[] | undefined,
  prefixIds: readonly string[] | undefined,
): Violation[] {
  const remedy = 'leave it out, and Azure creates an address';
  return [
    ...emptyProblems(`${PROPERTY}.publicIpIds`, ids, 'address', remedy),
    ...emptyProblems(`${PROPERTY}.publicIpPrefixIds`, prefixIds, 'prefix', remedy),
  ];
}

function loadBalancerParts(props: LoadBalancerOutboundProps, backendPoolType?: BackendPoolType): OutboundParts {
  const { publicIpIds, publicIpPrefixIds, portsPerNode: ports, idleTimeoutMinutes } = props;
  const namesAddresses = publicIpIds !== undefined || publicIpPrefixIds !== undefined;
  const managedIpCount = props.managedIpCount ?? (namesAddresses ? undefined : 1);
  // several kinds are a problem by themselves, whose remedy leaves out all but one
  const isOneKind =
    [props.managedIpCount ?? props.managedIpv6Count, publicIpIds, publicIpPrefixIds].filter((one) => one !== undefined)
      .length < 2;
  return {
    plan: {
      kind: 'loadBalancer',
      managedIpCount,
      managedIpv6Count: props.managedIpv6Count,
      publicIpIds,
      publicIpPrefixIds,
      portsPerNode: ports,
    },
    config: {
      loadBalancerProfile: {
        managedOutboundIpCount: managedIpCount,
        managedOutboundIpv6Count: props.managedIpv6Count,
        outboundIpAddressIds: publicIpIds,
        outboundIpPrefixIds: publicIpPrefixIds,
        outboundPortsAllocated: ports,
        idleTimeoutInMinutes: idleTimeoutMinutes,
        backendPoolType,
      },
    },
    problems: () => [
      ...check(loadBalancerIpCount, `${PROPERTY}.managedIpCount`, props.managedIpCount),
      ...check(loadBalancerIpCount, `${PROPERTY}.managedIpv6Count`, props.managedIpv6Count),
      ...check(portsPerNode, `${PROPERTY}.portsPerNode`, ports),
      ...(isOneKind ? emptyAddressProblems(publicIpIds, publicIpPrefixIds) : []),
      ...checkEach(publicIpId, `${PROPERTY}.publicIpIds`, publicIpIds),
      ...checkEach(publicIpPrefixId, `${PROPERTY}.publicIpPrefixIds`, publicIpPrefixIds),
      ...check(loadBalancerIdleMinutes, `${PROPERTY}.idleTimeoutMinutes`, idleTimeoutMinutes),
    ],
  };
}

function natGatewayParts(props: ManagedNatGatewayProps): OutboundParts {
  const managedIpCount = props.managedIpCount ?? 1;
  const idleTimeoutInMinutes = props.idleTimeoutMinutes ?? 4;
  return {
    plan: { kind: 'managedNATGateway' },
    config: { natGatewayProfile: { managedOutboundIpCount: managedIpCount, idleTimeoutInMinutes } },
    problems: () => [
      ...check(natIpCount, `${PROPERTY}.managedIpCount`, managedIpCount),
      ...check(natIdleMinutes, `${PROPERTY}.idleTimeoutMinutes`, idleTimeoutInMinutes),
    ],
  };
}

function customParts(props: CustomOutboundProps): OutboundParts {
  const { outboundType, backendPoolType } = props;
  switch (outboundType) {
    case OutboundType.LOAD_BALANCER:
      return loadBalancerParts(props, backendPoolType);
    case OutboundType.MANAGED_NAT_GATEWAY:
      return natGatewayParts(props);
    default:
      return { plan: { kind: outboundType }, config: {}, problems: () => [] };
  }
}

/** The options that a managed NAT gateway supports; the load balancer supports all. */
const NAT_GATEWAY_OPTIONS = ['managedIpCount', 'idleTimeoutMinutes'];

function optionProblems({ outboundType, ...options }: CustomOutboundProps): Violation[] {
  if (outboundType === OutboundType.LOAD_BALANCER) {
    return [];
  }
  const taken = outboundType === OutboundType.MANAGED_NAT_GATEWAY ? NAT_GATEWAY_OPTIONS : [];
  return Object.entries(options)
    .filter(([name, value]) => value !== undefined && !taken.includes(name))
    .map(([name]) =>
      violation(
        'outbound-options',
        `'${PROPERTY}.${name}' must not be given with the outbound type "${outboundType}", which does not support it: leave it out, or use OutboundType.LOAD_BALANCER`,
      ),
    );
}
