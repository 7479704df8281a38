import { type IConstruct } from 'constructs';
import type { IVirtualNetwork } from './i-virtual-network';

/** A subnet, created here or elsewhere. */
export interface ISubnet extends IConstruct {
  /** The Azure resource id of the subnet. */
  readonly subnetId: string;
  /** Its virtual network, whose ranges and peers rules compare; undefined if it is not known. */
  readonly virtualNetwork?: IVirtualNetwork;
  /** Its ranges, such as "10.240.0.0/16". Literals are checked, references are not. */
  readonly addressPrefixes: string[];
  /** Its IPv6 range; undefined if it has none, or if that is not known. */
  readonly ipv6Prefix?: string;
  /** Its purpose; undefined if it is created elsewhere. */
  readonly use?: SubnetUse;
  /** The service to which it is delegated, as far as this program knows. */
  readonly delegation?: string;
  /** The id of its route table, to which kubenet writes routes; undefined if it has none, or if that is not known. */
  readonly routeTableId?: string;
  /** Whether a route sends all its traffic to a firewall or another appliance; undefined if that is not known. */
  readonly hasDefaultRoute?: boolean;
  /** Whether it has a NAT gateway; undefined if that is not known. */
  readonly hasNatGateway?: boolean;
  /** The constructs that must exist before nodes can use the subnet. */
  readonly prerequisites: IConstruct[];
}

/**
 * The purpose of a subnet.
 *
 * @literal
 */
export enum SubnetUse {
  /** Nodes: the subnet has the security group, the route table and the NAT gateway of the network. */
  NODES = 'nodes',
  /** Pods: the subnet is delegated to AKS. */
  PODS = 'pods',
  /** API servers that are integrated in the network: the subnet is delegated to AKS, as AKS itself would do. */
  API_SERVERS = 'apiServers',
  /** Something else: virtual machines, private endpoints. */
  OTHER = 'other',
}
