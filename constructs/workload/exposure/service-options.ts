import type { Exposure } from './exposure';

/** The protocols that a port of a Service can have. */
export enum ServiceProtocol {
  /** Connections, as of HTTP, gRPC and most databases. */
  TCP = 'TCP',
  /** Datagrams, as of DNS and QUIC. Load balancers of Azure do not probe such a port. */
  UDP = 'UDP',
}

/** A further port of a Service. */
export interface ServicePort {
  /** The name of the port, unique in the Service: 1 to 63 lower-case letters, digits and "-". */
  readonly name: string;
  /** The port that the Service listens on, 1 to 65535. */
  readonly port: number;
  /**
   * The name of the container's port that requests go to: that of `containerPort`, one of `additionalPorts`, or one of the
   * `ports` of a sidecar.
   *
   * @default - the container's port with the name of this one
   */
  readonly targetPort?: string;
  /**
   * The protocol of the port. One number can be a port of both.
   *
   * @default ServiceProtocol.TCP
   */
  readonly protocol?: ServiceProtocol;
  /**
   * The application protocol of the port, for proxies and gateways: a name such as "http", or one with a prefix such as
   * "kubernetes.io/h2c" for HTTP/2 without TLS. The probe of a load balancer does not change with it.
   *
   * @default - not said
   */
  readonly appProtocol?: string;
}

/** Options for requests of one client that go to one pod. */
export interface SessionAffinityOptions {
  /**
   * The seconds without a request after which the client may get another pod, 1 to 86400.
   *
   * @default 10800
   */
  readonly timeoutSeconds?: number;
}

/** The families of addresses that a Service has. */
export enum ServiceIpFamilies {
  /** IPv4 alone. */
  IPV4 = 'IPv4',
  /** IPv6 alone. */
  IPV6 = 'IPv6',
  /** Both, that of IPv4 first. */
  DUAL_STACK = 'DualStack',
}

/** Options for the Service in front of pods. */
export interface ServiceOptions {
  /**
   * The port that the Service listens on, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;
  /**
   * Further ports that the Service listens on. Each port then has a name, that of `servicePort` being `portName` or "main".
   *
   * @default - none
   */
  readonly servicePorts?: ServicePort[];
  /**
   * The application protocol of `servicePort`, for proxies and gateways: a name such as "http", or one with a prefix such
   * as "kubernetes.io/h2c" for HTTP/2 without TLS. The probe of a load balancer does not change with it.
   *
   * @default - not said
   */
  readonly appProtocol?: string;
  /**
   * Sends the requests of one client address to one pod. It has no effect on requests that come through an ingress
   * controller or a gateway, which are its clients.
   *
   * @default - each connection goes to any pod
   */
  readonly sessionAffinity?: SessionAffinityOptions;
  /**
   * The families of its addresses, of a load balancer also the public ones. All but IPv4 need a cluster whose network has
   * `dualStack`. Kubernetes adds and removes the second of two, and never changes the first.
   *
   * @default - the first family of the cluster: IPv4
   * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
   */
  readonly ipFamilies?: ServiceIpFamilies;
  /**
   * Whether the name of the Service stands for the addresses of its pods, for clients that choose among them. Only
   * inside the cluster, and with the ports of the container. Changing it replaces the Service.
   *
   * @default false
   */
  readonly headless?: boolean;
  /**
   * The networks from which it can be reached.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
}
