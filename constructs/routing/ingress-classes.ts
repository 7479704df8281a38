import { type Violation, when } from '../core/problems/violation';
import { show } from '../core/values/shown';
import { NetworkPeer } from '../workload/network-peer';

/** What is known of a class of Ingresses. */
export interface IngressClass {
  /** The annotation that redirects HTTP to HTTPS, with "true". */
  readonly redirectAnnotation?: string;
  /** The namespace that its controller runs in. */
  readonly namespace?: string;
  /** Why new routes should not use it. */
  readonly retired?: string;
  /** Whether the application routing add-on of AKS serves it, and so reads certificates from a Key Vault. */
  readonly isOfAddOn?: boolean;
}

const NGINX_REDIRECT = 'nginx.ingress.kubernetes.io/ssl-redirect';

/**
 * The classes of Ingresses that are common on AKS.
 *
 * @see https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 * @see https://github.com/Azure/AKS/issues/5516
 * @see https://learn.microsoft.com/azure/aks/app-routing-migration
 * @see https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
 */
const CLASSES = new Map<string, IngressClass>(
  Object.entries({
    nginx: {
      redirectAnnotation: NGINX_REDIRECT,
      retired: 'ingress-nginx was retired in March 2026 and gets no fixes any more',
    },
    'webapprouting.kubernetes.azure.com': {
      redirectAnnotation: NGINX_REDIRECT,
      namespace: 'app-routing-system',
      retired: 'AKS supports the NGINX of its application routing add-on through November 2026',
      isOfAddOn: true,
    },
    'addon-http-application-routing': {
      redirectAnnotation: NGINX_REDIRECT,
      retired: 'AKS retired its HTTP application routing add-on in March 2025, and no supported version runs it',
    },
    'azure-application-gateway': { redirectAnnotation: 'appgw.ingress.kubernetes.io/ssl-redirect' },
  }),
);

/** What is known of a class by its name, and nothing for all others. */
export function ingressClass(name: string): IngressClass {
  return CLASSES.get(name) ?? {};
}

/** The warning of a class that new routes should not use. */
export function retiredClassWarnings(property: string, className: string): Violation[] {
  const { retired } = ingressClass(className);
  return when(
    retired !== undefined,
    'ingress-class-retired',
    () =>
      `'${property}' is the class ${show(className)}: ${retired}. Take a gateway, or a controller that is maintained`,
  );
}

/** The pods of the controller, where they are known. */
export function controllerOf(name: string): NetworkPeer | undefined {
  const { namespace } = ingressClass(name);
  return namespace === undefined ? undefined : NetworkPeer.namespace(namespace);
}
