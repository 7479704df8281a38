import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { IWorkload } from '../workload/i-workload';
import type { RouteController } from './route-controller';
import type { TlsCertificate } from './tls-certificate';

/** The types of path matches of a route. */
export enum PathMatch {
  /** The path and everything below it, by whole elements: "/api" matches "/api/v1", but not "/apis". */
  PREFIX = 'Prefix',
  /** Only the path itself. */
  EXACT = 'Exact',
}

/** A workload to which a route sends requests. */
export interface RouteBackend {
  /** The workload. An Ingress supports only workloads of its own namespace. */
  readonly workload: IWorkload;
  /**
   * The port of its Service.
   *
   * @default - `servicePort` of the workload
   */
  readonly servicePort?: number;
  /**
   * Its share of the requests, 0 to 1000000, in proportion to the sum of all weights of the path. Only with a gateway.
   *
   * @default - 1
   */
  readonly weight?: number;
}

/** A path of a route, and its backend. */
export interface HttpPath {
  /**
   * The path, beginning with "/".
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * The type of match.
   *
   * @default PathMatch.PREFIX
   */
  readonly match?: PathMatch;
  /** The backends: one workload or, with a gateway, several with weights. */
  readonly backends: RouteBackend[];
}

/** Properties of `HttpRoute`. */
export interface HttpRouteProps {
  /** The name of the route: 1 to 63 lower-case letters, digits and "-". Changing it replaces the route. */
  readonly name: string;
  /**
   * The controller of the route: `RouteController.gateway(...)` or `RouteController.ingress(...)`.
   *
   * @alias ingressClassName, ingressClass, gatewayClassName, parentRefs
   */
  readonly controller: RouteController;
  /**
   * The hosts that it serves, such as "shop.example.com" or "*.example.com".
   *
   * @default - every host
   * @alias host, hosts, hostname, hostnames
   */
  readonly hostNames?: string[];
  /**
   * The paths, at least one; the most specific match applies. With a gateway, at most 16.
   *
   * @alias rules, backends
   */
  readonly paths: HttpPath[];
  /**
   * The certificate for HTTPS, such as `TlsCertificate.fromKeyVault(uri)`.
   *
   * @default - HTTP only
   * @alias tls, tlsSecret, tlsSecretName
   */
  readonly certificate?: TlsCertificate;
  /**
   * Whether requests over HTTP are redirected to HTTPS.
   *
   * @default - true with a certificate, for controllers that are known to support it: gateways, NGINX, Application
   *   Gateway
   */
  readonly redirectHttp?: boolean;
  /**
   * The namespace of the route.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The provider of its cluster.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
  /**
   * Constructs that must be ready before it is created, in addition to its workloads.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}
