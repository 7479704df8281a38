import { NetworkPeer } from '../workload/network-peer';

/** The known facts about a class of Ingresses. */
export interface IngressClass {
  /** The annotation that redirects HTTP to HTTPS, with the value "true". */
  readonly redirectAnnotation?: string;
  /** The namespace in which its controller runs. */
  readonly namespace?: string;
  /** Whether the application routing add-on of AKS serves it, and so reads certificates from a Key Vault. */
  readonly isOfAddOn?: boolean;
}

const NGINX_REDIRECT = 'nginx.ingress.kubernetes.io/ssl-redirect';

/**
 * The classes of Ingresses that are common on AKS.
 *
 * @see https://learn.microsoft.com/azure/aks/app-routing-migration
 * @see https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
 */
const CLASSES = new Map<string, IngressClass>(
  Object.entries({
    nginx: {
      redirectAnnotation: NGINX_REDIRECT,
    },
    'webapprouting.kubernetes.azure.com': {
      redirectAnnotation: NGINX_REDIRECT,
      namespace: 'app-routing-system',
      isOfAddOn: true,
    },
    'addon-http-application-routing': {
      redirectAnnotation: NGINX_REDIRECT,
    },
    'azure-application-gateway': { redirectAnnotation: 'appgw.ingress.kubernetes.io/ssl-redirect' },
  }),
);

/** The known facts about a class; empty for other classes. */
export function ingressClass(name: string): IngressClass {
  return CLASSES.get(name) ?? {};
}

/** The pods of the controller of a class; undefined if they are not known. */
export function controllerOf(name: string): NetworkPeer | undefined {
  const { namespace } = ingressClass(name);
  return namespace === undefined ? undefined : NetworkPeer.namespace(namespace);
}
