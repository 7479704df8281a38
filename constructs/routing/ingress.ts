import type { IngressV1, IngressV1SpecRuleHttpPath } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { itemsOf } from '../core/values/known';
import { ingresses } from './late-bindings';
import { type HttpPath, type HttpRouteProps, PathMatch } from './http-route-props';
import { ingressClass } from './ingress-classes';

/** The Ingress of a route. */
export function createIngress(scope: Construct, props: HttpRouteProps): IngressV1 {
  const { name, namespace, provider, certificate } = props;
  const { IngressV1: Resource } = ingresses();
  const hosts = itemsOf(props.hostNames);
  const http = { path: itemsOf(props.paths).flatMap(pathOf) };
  const annotations = annotationsOf(props);
  return new Resource(scope, 'Resource', {
    provider,
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'terraform' },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: {
      ingressClassName: props.controller._ingressClassName,
      rule: hosts.length === 0 ? [{ http }] : hosts.map((host) => ({ host, http })),
      ...(certificate === undefined
        ? {}
        : {
            tls: [{ hosts: hosts.length === 0 ? undefined : [...hosts], secretName: certificate._ingressSecret(name) }],
          }),
    },
  });
}

/** A path with its backend, of which an Ingress has one per path; others are reported. */
function pathOf({ path = '/', match = PathMatch.PREFIX, backends }: HttpPath): IngressV1SpecRuleHttpPath[] {
  return itemsOf(backends)
    .slice(0, 1)
    .map(({ workload, servicePort = workload.servicePort }) => ({
      path,
      pathType: match,
      backend: { service: { name: workload.serviceName, port: { number: servicePort } } },
    }));
}

function annotationsOf({ controller, certificate, redirectHttp = true }: HttpRouteProps): { [name: string]: string } {
  const { redirectAnnotation } = ingressClass(controller._ingressClassName);
  const derived = {
    ...(certificate?._ingressAnnotations ?? {}),
    ...(certificate === undefined || redirectAnnotation === undefined
      ? {}
      : { [redirectAnnotation]: String(redirectHttp) }),
  };
  const { annotations = {} } = controller._options;
  return Token.isUnresolved(annotations)
    ? Token.asStringMap(Fn.merge([derived, annotations]))
    : { ...derived, ...annotations };
}
