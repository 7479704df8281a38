/** A name of a public address in Azure's own domain: "<label>.<location>.cloudapp.azure.com". */
export interface PublicDnsName {
  /** 3 to 63 lower-case letters, digits and "-", unique in the region. */
  readonly label: string;
  /** The region of the cluster, such as "westeurope". */
  readonly location: string;
}

/** A public IP address: a resource, such as a `PublicIp` of the provider, or its known attributes. */
export interface IPublicIpRef {
  /** The name of the public IP address. */
  readonly name: string;
  /**
   * Its resource group, on which the cluster's identity needs the role Network Contributor.
   *
   * @default - the node resource group of the cluster
   */
  readonly resourceGroupName?: string;
}

/** A subnet: a resource, such as a `Subnet` of the provider, or its known attributes. */
export interface ISubnetRef {
  /** The name of the subnet, in the network of the nodes. */
  readonly name: string;
  /**
   * Its ranges of addresses, against which a fixed address is checked.
   *
   * @default - not known when the program runs
   */
  readonly addressPrefixes?: string[];
}

/** The health probe that a load balancer sends to nodes. */
export interface HealthProbeOptions {
  /** The path that it requests, such as "/healthz". A node is healthy if the status is 200. */
  readonly path: string;
  /**
   * The seconds between two probes, 5 or more.
   *
   * @default 5
   */
  readonly intervalSeconds?: number;
  /**
   * The number of failures after which a node gets no more requests, 2 or more. Its product with the interval must be less
   * than 120 seconds.
   *
   * @default 2
   */
  readonly numberOfProbes?: number;
}

/** The nodes that forward a request, and the source address that the application sees. */
export enum ExternalTrafficPolicy {
  /** Every node forwards requests to any pod. The application sees the address of a node. */
  CLUSTER = 'Cluster',
  /** A node forwards requests only to its own pods. The application sees the address of the caller. */
  LOCAL = 'Local',
}

/** Options for public and internal load balancers. */
export interface LoadBalancerOptions {
  /**
   * The ranges of addresses that may call, such as "203.0.113.0/24": at least one, and together not all addresses.
   *
   * @default - all
   */
  readonly sourceRanges?: string[];
  /**
   * The Azure service tags that may call, such as "AzureFrontDoor.Backend": at least one, and not "Internet". Not
   * together with `sourceRanges`.
   *
   * @default - all
   */
  readonly serviceTags?: string[];
  /**
   * The health probe of the nodes. Not together with `ExternalTrafficPolicy.LOCAL`, which has its own probe.
   *
   * @default - a TCP connection to the port of the node
   */
  readonly healthProbe?: HealthProbeOptions;
  /**
   * The minutes without traffic after which a connection is dropped, 4 to 100.
   *
   * @default 4
   */
  readonly idleTimeoutMinutes?: number;
  /**
   * Whether nodes see the address of the load balancer as destination, which Azure calls floating IP or direct server
   * return.
   *
   * @default true
   */
  readonly floatingIp?: boolean;
  /**
   * The routing of external requests to nodes, which determines the source address that the application sees.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}

/** Options for a public load balancer. */
export interface PublicLoadBalancerOptions extends LoadBalancerOptions {
  /**
   * A name for the address in Azure's own domain, which is known before the address is.
   *
   * @default - the address has no name
   */
  readonly dnsName?: PublicDnsName;
  /**
   * An existing public IP address of the Standard SKU, with its own DNS name.
   *
   * @default - one that Azure creates, and deletes with the Service
   */
  readonly publicIp?: IPublicIpRef;
}

/** Options for an internal load balancer. */
export interface InternalLoadBalancerOptions extends LoadBalancerOptions {
  /**
   * The subnet of its address.
   *
   * @default - the subnet of the nodes
   */
  readonly subnet?: ISubnetRef;
  /**
   * Its unique address.
   *
   * @default - a free one
   */
  readonly ipAddress?: string;
}

/** Options for access through node ports. */
export interface NodePortOptions {
  /**
   * The port on every node, 30000 to 32767.
   *
   * @default - a free one
   */
  readonly nodePort?: number;
  /**
   * The routing of external requests to nodes, which determines the source address that the application sees.
   *
   * @default ExternalTrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: ExternalTrafficPolicy;
}
