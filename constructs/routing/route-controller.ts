import { checkArguments } from '../core/declared';
import type { NetworkPeer } from '../workload/network-peer';
import type { IGateway } from './i-gateway';
import { controllerOf } from './ingress-classes';

/** Options for routes of an ingress controller. */
export interface IngressOptions {
  /**
   * The source of the requests: the pods of the controller, such as `NetworkPeer.namespace('ingress-nginx')`, or the
   * range of a load balancer outside the cluster. Isolated workloads allow it.
   *
   * @default - the namespace of the controller, if the class determines it
   */
  readonly callers?: NetworkPeer;
  /**
   * Annotations of the Ingress, from which controllers read their settings. They override those that the route derives.
   *
   * @default - the annotations that the route derives
   */
  readonly annotations?: { readonly [name: string]: string };
}

/**
 * The controller of a route: an ingress controller, or a gateway.
 *
 * @example
 * new HttpRoute(stack, 'shop', {
 *   name: 'shop',
 *   controller: RouteController.ingress('webapprouting.kubernetes.azure.com'),
 *   hostNames: ['shop.example.com'],
 *   paths: [{ backends: [{ workload }] }],
 * });
 */
export class RouteController {
  /**
   * An existing controller, by the name of its class: the route is an Ingress. For a new one, use a gateway: the common
   * controllers of NGINX are retired.
   *
   * @param ingressClassName The name of the IngressClass
   */
  public static ingress(ingressClassName: string, options: IngressOptions = {}): RouteController {
    return new RouteController(undefined, ingressClassName, options);
  }

  /**
   * A gateway: the route is an HTTPRoute of the Gateway API. As a custom resource, it needs a cluster that exists when
   * Terraform plans: use a separate stack.
   *
   * @param gateway The gateway that the route attaches to
   */
  public static gateway(gateway: IGateway): RouteController {
    return new RouteController(gateway, '', {});
  }

  private constructor(
    /** @internal */
    public readonly _gateway: IGateway | undefined,
    /** @internal */
    public readonly _ingressClassName: string,
    /** @internal */
    public readonly _options: IngressOptions,
  ) {}

  /** The source of the requests, if it is known. @internal */
  public get _callers(): NetworkPeer | undefined {
    return this._gateway === undefined
      ? (this._options.callers ?? controllerOf(this._ingressClassName))
      : this._gateway.callers;
  }
}

checkArguments(RouteController);
