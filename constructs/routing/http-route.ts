import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarnings, reportWarningsLate } from '../core/problems/report';
import { isKnown, itemsOf } from '../core/values/known';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireRoutesApart } from '../stack-checks/route-claims';
import { requireSideBySide } from '../stack-checks/side-by-side';
import { Gateway } from './gateway';
import { createGatewayRoute } from './gateway-route';
import type { HttpRouteProps, RouteBackend } from './http-route-props';
import { publicBackendWarnings, routeProblems, routeWarnings } from './http-route-problems';
import { createIngress } from './ingress';
import { routedService } from './routed-service';

/**
 * A route for HTTP and HTTPS requests, by host and path, to workloads: an HTTPRoute of a gateway, or an Ingress.
 *
 * Its workloads need no exposure of their own. Isolated workloads allow traffic from the controller.
 *
 * @alias ingress, host, hosts, hostname
 * @example
 * const gateway = new Gateway(stack, 'gateway', { gatewayName: 'shop', gatewayClassName: 'approuting-istio' });
 * new HttpRoute(stack, 'shop', {
 *   name: 'shop',
 *   controller: RouteController.gateway(gateway),
 *   hostNames: ['shop.example.com'],
 *   paths: [{ path: '/api', backends: [{ workload }] }],
 * });
 */
export class HttpRoute extends Construct {
  /** The name of the route. */
  public readonly name: string;
  /** The namespace of the route. */
  public readonly namespace: string;
  /** The URL of its first host; undefined without a host, or with a wildcard. */
  public readonly url?: string;

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id);
    props = declared(this, 'HttpRouteProps', props);
    this.name = props.name;
    this.namespace = props.namespace ?? 'default';
    this.url = urlOf(props);
    reportProblems(this, () => routeProblems(this, props));
    reportWarnings(this, routeWarnings(props));
    reportWarningsLate(this, () => publicBackendWarnings(props));
    requireChosenProvider(this);
    namespacesFirst(this);
    requireSideBySide(this);
    requireRoutesApart(this);

    const backends = itemsOf(props.paths).flatMap((path) => itemsOf(path.backends));
    backends.forEach((backend) => letIn(props, backend));
    const resources = this.createResources(props);
    const gateway = props.controller._gateway;
    resources.forEach((resource) =>
      createAfter(resource, () => [
        ...(gateway instanceof Gateway ? [gateway] : []),
        ...backends.map(({ workload }) => workload),
        ...(props.prerequisites ?? []),
      ]),
    );
  }

  private createResources(props: HttpRouteProps): TerraformResource[] {
    const gateway = props.controller._gateway;
    if (gateway === undefined) {
      return [createIngress(this, props)];
    }
    const hostNames = itemsOf(props.hostNames);
    const { certificate, redirectHttp = certificate !== undefined } = props;
    if (gateway instanceof Gateway) {
      const needsHttp = certificate === undefined || redirectHttp;
      const { name, namespace, node } = this;
      gateway._attach({ routeName: name, routePath: node.path, namespace, hostNames, certificate, needsHttp });
    }
    return createGatewayRoute(this, props, gateway);
  }
}

checkArguments(HttpRoute);

/** Lets the controller call the pods of a backend, at the target port of the Service. */
function letIn({ controller }: HttpRouteProps, { workload, servicePort }: RouteBackend): void {
  const callers = controller._callers;
  if (callers === undefined) {
    return;
  }
  const found = routedService(workload)?.ports.find(({ port }) => port === servicePort);
  const target = Number(found?.targetPort);
  workload.allowFrom(callers, servicePort === undefined || !Number.isInteger(target) ? undefined : target);
}

function urlOf({ hostNames, certificate }: HttpRouteProps): string | undefined {
  const [host] = itemsOf(hostNames);
  const isOne = isKnown(host) && !host.startsWith('*');
  return isOne ? `${certificate === undefined ? 'http' : 'https'}://${host}` : undefined;
}
