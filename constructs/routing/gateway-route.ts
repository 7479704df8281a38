import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { freeId } from '../core/names/add-child';
import { createAfter } from '../core/order/order';
import { itemsOf } from '../core/values/known';
import type { IWorkload } from '../workload/i-workload';
import { customResource } from '../kubernetes/custom-resource';
import { GATEWAY_GROUP } from './gateway-api';
import { Gateway } from './gateway';
import { HTTP_LISTENER, httpsListener } from './gateway-listeners';
import { type HttpPath, type HttpRouteProps, PathMatch, type RouteBackend } from './http-route-props';
import type { IGateway } from './i-gateway';

const API_VERSION = `${GATEWAY_GROUP}/v1`;

/** The types of path matches in the Gateway API. */
const PATH_TYPES: { readonly [match in PathMatch]: string } = {
  [PathMatch.PREFIX]: 'PathPrefix',
  [PathMatch.EXACT]: 'Exact',
};

/** Creates the HTTPRoute of a route, that of its redirect, and the grants to reach other namespaces. */
export function createGatewayRoute(scope: Construct, props: HttpRouteProps, gateway: IGateway): TerraformResource[] {
  const { name, namespace = 'default', provider, certificate, redirectHttp = certificate !== undefined } = props;
  const hosts = itemsOf(props.hostNames);
  const hostnames = hosts.length === 0 ? {} : { hostnames: [...hosts] };
  const route = { apiVersion: API_VERSION, kind: 'HTTPRoute', namespace };
  const main = customResource(scope, 'Resource', provider, {
    ...route,
    name,
    spec: {
      parentRefs: parentRefs(gateway, namespace, listenersOf(props, gateway)),
      ...hostnames,
      rules: itemsOf(props.paths).map((path) => ruleOf(path, namespace)),
    },
  });
  const grants = foreignWorkloads(props, namespace).map((workload) => grantTo(scope, props, namespace, workload));
  createAfter(main, () => grants);
  if (certificate === undefined || !redirectHttp) {
    return [main];
  }
  const redirect = customResource(scope, 'redirect', provider, {
    ...route,
    name: `${name}-redirect`,
    spec: {
      parentRefs: parentRefs(gateway, namespace, [HTTP_LISTENER]),
      ...hostnames,
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
    },
  });
  return [main, redirect];
}

/** The listeners that a route attaches to; undefined for every listener that accepts it. */
function listenersOf({ hostNames, certificate }: HttpRouteProps, gateway: IGateway): (string | undefined)[] {
  if (!(gateway instanceof Gateway)) {
    return [gateway.listenerName];
  }
  const hosts = itemsOf(hostNames);
  if (certificate === undefined) {
    return [HTTP_LISTENER];
  }
  return hosts.length === 0 ? [httpsListener(undefined)] : hosts.map(httpsListener);
}

function parentRefs(
  { gatewayName, namespace }: IGateway,
  ownNamespace: string,
  listeners: readonly (string | undefined)[],
): object[] {
  const place = namespace === ownNamespace ? {} : { namespace };
  return listeners.map((sectionName) => ({
    name: gatewayName,
    ...place,
    ...(sectionName === undefined ? {} : { sectionName }),
  }));
}

function ruleOf({ path = '/', match = PathMatch.PREFIX, backends }: HttpPath, ownNamespace: string): object {
  return {
    matches: [{ path: { type: PATH_TYPES[match], value: path } }],
    backendRefs: itemsOf(backends).map((backend) => backendRef(backend, ownNamespace)),
  };
}

function backendRef(
  { workload, servicePort = workload.servicePort, weight }: RouteBackend,
  ownNamespace: string,
): object {
  return {
    name: workload.serviceName,
    ...(workload.namespace === ownNamespace ? {} : { namespace: workload.namespace }),
    port: servicePort,
    ...(weight === undefined ? {} : { weight }),
  };
}

/** The workloads of other namespaces. */
function foreignWorkloads(props: HttpRouteProps, ownNamespace: string): IWorkload[] {
  const all = itemsOf(props.paths).flatMap(({ backends }) => itemsOf(backends).map(({ workload }) => workload));
  return [...new Set(all)].filter(({ namespace }) => namespace !== ownNamespace);
}

/** Lets the routes of this namespace send requests to the Service of a workload in another. */
function grantTo(
  scope: Construct,
  { name, provider }: HttpRouteProps,
  from: string,
  workload: IWorkload,
): TerraformResource {
  return customResource(scope, freeId(scope, `grant-${workload.node.id}`), provider, {
    apiVersion: `${GATEWAY_GROUP}/v1beta1`,
    kind: 'ReferenceGrant',
    name: `${from}-${name}-${workload.serviceName}`,
    namespace: workload.namespace,
    spec: {
      from: [{ group: GATEWAY_GROUP, kind: 'HTTPRoute', namespace: from }],
      to: [{ group: '', kind: 'Service', name: workload.serviceName }],
    },
  });
}
