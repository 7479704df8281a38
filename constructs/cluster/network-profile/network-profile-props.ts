import type { DualStackOptions } from './dual-stack';
import type { Outbound } from './outbound';
import type { ISubnet } from '../../network/i-subnet';

/**
 * The engine that enforces the network policies of a cluster.
 *
 * @literal
 */
export enum NetworkPolicyEngine {
  /** Cilium, with its data plane: eBPF instead of iptables. Linux nodes only. */
  CILIUM = 'cilium',
  /** Calico. */
  CALICO = 'calico',
  /**
   * The network policy manager of Azure, which is retired: on 30 September 2026 for Windows nodes, on 30 September 2028
   * for Linux nodes.
   */
  AZURE = 'azure',
  /** Nothing: network policies have no effect. */
  NONE = 'none',
}

/** The plug-in that assigns addresses to pods. */
export enum NetworkPlugin {
  /** Azure CNI. */
  AZURE = 'azure',
  /** Kubenet, which Azure retires on 31 March 2028. */
  KUBENET = 'kubenet',
  /** No driver is installed by Azure: install one yourself. */
  NONE = 'none',
}

/** The mode of Azure CNI. */
export enum NetworkPluginMode {
  /** Pods have addresses of a separate range. */
  OVERLAY = 'overlay',
}

/** The data plane that carries the traffic of pods. */
export enum NetworkDataPlane {
  /** Azure's: iptables. */
  AZURE = 'azure',
  /** Cilium's: eBPF. Linux nodes only. */
  CILIUM = 'cilium',
}

/** Options for every cluster network. */
export interface ServiceNetworkProps {
  /**
   * The range for addresses of Services, smaller than /12. It exists only inside the cluster, and must not overlap the
   * VNet or connected networks.
   *
   * @default "10.0.0.0/16"
   */
  readonly serviceCidr?: string;
  /**
   * The address of the cluster's DNS, in the service range and not at its ends.
   *
   * @default - the tenth address of the service range
   */
  readonly dnsServiceIp?: string;
  /**
   * How the nodes reach the internet, such as `Outbound.loadBalancer({ managedIpCount: 2 })`.
   *
   * @default - the outbound type that fits the subnet: its default route, else its NAT gateway, else the load balancer
   * @alias outboundType
   */
  readonly outbound?: Outbound;
}

/** A network whose pods have addresses of a separate range. */
export interface OverlayNetworkProps extends ServiceNetworkProps {
  /**
   * The subnet of the nodes.
   *
   * @default - Azure creates a VNet, 10.224.0.0/12, and a subnet
   */
  readonly subnet?: ISubnet;
  /**
   * The range of pod addresses: a /24 for each node, including the nodes of an upgrade.
   *
   * @default "10.244.0.0/16"
   */
  readonly podCidr?: string;
  /**
   * The engine that enforces network policies.
   *
   * @default NetworkPolicyEngine.CILIUM
   */
  readonly networkPolicy?: NetworkPolicyEngine;
  /**
   * Gives nodes and pods IPv6 addresses, too. The subnet must have ranges of both families, as in an
   * `AksVirtualNetwork` with `ipv6Range`. Changing it replaces the cluster.
   *
   * @default - IPv4 only
   */
  readonly dualStack?: DualStackOptions;
}

/** A network whose pods have addresses of the nodes' subnet. */
export interface AzureCniNetworkProps extends ServiceNetworkProps {
  /** The subnet of the nodes and their pods: an address for each node and for each pod that it may have. */
  readonly subnet: ISubnet;
  /**
   * The engine that enforces network policies.
   *
   * @default NetworkPolicyEngine.CALICO
   */
  readonly networkPolicy?: NetworkPolicyEngine;
}

/** A network whose pods have addresses of a separate subnet. */
export interface PodSubnetNetworkProps extends ServiceNetworkProps {
  /** The subnet of the nodes. */
  readonly subnet: ISubnet;
  /** The subnet of the pods, in the same VNet. Azure delegates it to AKS. */
  readonly podSubnet: ISubnet;
  /**
   * The engine that enforces network policies.
   *
   * @default NetworkPolicyEngine.CILIUM
   */
  readonly networkPolicy?: NetworkPolicyEngine;
}

/** A network with kubenet. */
export interface KubenetNetworkProps extends ServiceNetworkProps {
  /**
   * The subnet of the nodes. The cluster writes routes to its route table, and needs a role on it.
   *
   * @default - Azure creates a VNet, 10.224.0.0/12, and a subnet
   */
  readonly subnet?: ISubnet;
  /**
   * The range of pod addresses: a /24 for each node, including the nodes of an upgrade.
   *
   * @default "10.244.0.0/16"
   */
  readonly podCidr?: string;
  /**
   * The engine that enforces network policies: Calico, or none.
   *
   * @default NetworkPolicyEngine.NONE
   */
  readonly networkPolicy?: NetworkPolicyEngine;
}

/** A network whose plug-in is installed after the cluster is created. */
export interface NoneNetworkProps extends ServiceNetworkProps {
  /**
   * The subnet of the nodes.
   *
   * @default - Azure creates a VNet, 10.224.0.0/12, and a subnet
   */
  readonly subnet?: ISubnet;
  /**
   * The range of addresses that your plug-in assigns to pods.
   *
   * @default - the range of the plug-in, which is not checked
   */
  readonly podCidr?: string;
}

/** A network whose parts are chosen one by one, in the terms of Azure. */
export interface CustomNetworkProps extends ServiceNetworkProps {
  /** The plug-in that assigns addresses to pods, known when the program runs. */
  readonly networkPlugin: NetworkPlugin;
  /**
   * The mode of the plug-in, which only `NetworkPlugin.AZURE` has, known when the program runs.
   *
   * @default - pods have addresses of the pod subnet, or of the node subnet if there is none
   */
  readonly networkPluginMode?: NetworkPluginMode;
  /**
   * The data plane, which only `NetworkPlugin.AZURE` has.
   *
   * @default - Cilium if Cilium enforces network policies, otherwise Azure
   */
  readonly networkDataPlane?: NetworkDataPlane;
  /**
   * The engine that enforces network policies.
   *
   * @default NetworkPolicyEngine.NONE
   */
  readonly networkPolicy?: NetworkPolicyEngine;
  /**
   * The subnet of the nodes.
   *
   * @default - Azure creates a VNet, 10.224.0.0/12, and a subnet
   */
  readonly subnet?: ISubnet;
  /**
   * The subnet of the pods, in the VNet of the nodes, for Azure CNI without an overlay.
   *
   * @default - pods have addresses of the overlay's range, or of the node subnet
   */
  readonly podSubnet?: ISubnet;
  /**
   * The range of pod addresses, for an overlay, kubenet or your own plug-in.
   *
   * @default - "10.244.0.0/16" for an overlay and kubenet
   */
  readonly podCidr?: string;
  /**
   * Gives nodes and pods IPv6 addresses, too, with an overlay.
   *
   * @default - IPv4 only
   */
  readonly dualStack?: DualStackOptions;
}
