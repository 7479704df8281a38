import type { Exposure } from './exposure';

/** The protocols that a port of a Service can have. */
export enum ServiceProtocol {
  /** Connections, such as those of HTTP, gRPC and most databases. */
  TCP = 'TCP',
  /** Datagrams, such as those of DNS and QUIC. Azure load balancers do not probe such a port. */
  UDP = 'UDP',
}

/** A further port of a Service. */
export interface ServicePort {
  /** The name of the port, unique in the Service: 1 to 63 lower-case letters, digits and "-". */
  readonly name: string;
  /** The port on which the Service listens, 1 to 65535. */
  readonly port: number;
  /**
   * The name of the container's port to which requests are sent: that of `containerPort`, one of `additionalPorts`, or
   * one of the `ports` of a sidecar.
   *
   * @default - the container's port with the name of this one
   */
  readonly targetPort?: string;
  /**
   * The protocol of the port. The same number can be used with both protocols.
   *
   * @default ServiceProtocol.TCP
   */
  readonly protocol?: ServiceProtocol;
  /**
   * The application protocol of the port, for proxies and gateways: a name such as "http", or one with a prefix such as
   * "kubernetes.io/h2c" for HTTP/2 without TLS. The probe of a load balancer does not change with it.
   *
   * @default - none
   */
  readonly appProtocol?: string;
}

/** Options for sending the requests of one client to one pod. */
export interface SessionAffinityOptions {
  /**
   * The seconds without a request after which the client may get another pod, 1 to 86400.
   *
   * @default 10800
   */
  readonly timeoutSeconds?: number;
}

/** The address families of a Service. */
export enum ServiceIpFamilies {
  /** IPv4 only. */
  IPV4 = 'IPv4',
  /** IPv6 only. */
  IPV6 = 'IPv6',
  /** Both, with IPv4 first. */
  DUAL_STACK = 'DualStack',
}

/** Options for the Service in front of pods. */
export interface ServiceOptions {
  /**
   * The port on which the Service listens, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;
  /**
   * Further ports on which the Service listens. Each port then has a name; that of `servicePort` is `portName` or
   * "main".
   *
   * @default - none
   */
  readonly servicePorts?: ServicePort[];
  /**
   * The application protocol of `servicePort`, for proxies and gateways: a name such as "http", or one with a prefix such
   * as "kubernetes.io/h2c" for HTTP/2 without TLS. The probe of a load balancer does not change with it.
   *
   * @default - none
   */
  readonly appProtocol?: string;
  /**
   * Sends the requests of one client address to one pod. It has no effect behind an ingress controller or a gateway,
   * which then are the clients.
   *
   * @default - each connection goes to any pod
   */
  readonly sessionAffinity?: SessionAffinityOptions;
  /**
   * The families of its addresses, including the public ones of a load balancer. All except IPv4 need a cluster whose
   * network has `dualStack`. Kubernetes can add and remove a second family, but not change the first.
   *
   * @default - the first family of the cluster: IPv4
   * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
   */
  readonly ipFamilies?: ServiceIpFamilies;
  /**
   * Whether the name of the Service resolves to the addresses of its pods, for clients that choose among them. Only
   * inside the cluster, and with the ports of the container. Changing it replaces the Service.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * The networks from which it can be reached.
   *
   * @default Exposure.clusterOnly()
   * @alias serviceType, service, loadBalancer, public, internal, publicIp
   */
  readonly exposure?: Exposure;
}
