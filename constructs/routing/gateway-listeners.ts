import type { IConstruct } from 'constructs';
import { type Violation, violation, when } from '../core/problems/violation';
import { isKnown, isText } from '../core/values/known';
import { objectName } from '../kubernetes/kubernetes-rules';
import type { TlsCertificate } from './tls-certificate';

/** The listeners that a route needs on a gateway. */
export interface RouteListeners {
  readonly routeName: string;
  readonly routePath: string;
  readonly namespace: string;
  /** The hosts; empty for every host. */
  readonly hostNames: readonly string[];
  readonly certificate: TlsCertificate | undefined;
  /** Whether it responds over HTTP, too, if only to redirect. */
  readonly needsHttp: boolean;
}

/** The most listeners of a gateway. */
const MAX_LISTENERS = 64;

/** The name of the listener for HTTP. */
export const HTTP_LISTENER = 'http';

/** The name of the HTTPS listener of a host, which is unique for the host. */
export function httpsListener(hostName: string | undefined): string {
  if (hostName === undefined) {
    return 'https';
  }
  return hostName.startsWith('*.') ? `https-wildcard.${hostName.slice(2)}` : `https.${hostName}`;
}

/** The listeners that the routes of a gateway need. */
export class Listeners {
  private readonly routes: RouteListeners[] = [];

  public add(route: RouteListeners): void {
    this.routes.push(route);
  }

  /** The annotations that make cert-manager issue the certificates. */
  public get annotations(): { [name: string]: string } {
    return Object.assign({}, ...this.routes.map(({ certificate }) => certificate?._issuerAnnotations ?? {})) as {
      [name: string]: string;
    };
  }

  /** The service accounts that read certificates from a Key Vault. */
  public get serviceAccounts(): IConstruct[] {
    return this.routes.flatMap(({ certificate }) => certificate?._serviceAccount?.prerequisites ?? []);
  }

  /** The listeners of a gateway in a namespace: one for HTTP if a route needs it, and one for each host with HTTPS. */
  public render(ownNamespace: string): object[] {
    const allowed = this.allowedRoutes(ownNamespace);
    const secure = [...this.secureHosts()].map(([hostName, { certificate, routeName }]) => ({
      name: httpsListener(hostName),
      ...(hostName === undefined ? {} : { hostname: hostName }),
      port: 443,
      protocol: 'HTTPS',
      tls: certificate?._listenerTls(routeName),
      ...allowed,
    }));
    // a gateway needs a listener, even without a route
    const needsHttp = secure.length === 0 || this.routes.some((route) => route.needsHttp);
    return [...(needsHttp ? [{ name: HTTP_LISTENER, port: 80, protocol: 'HTTP', ...allowed }] : []), ...secure];
  }

  /** The problem of different issuers. Invalid names are reported elsewhere, and tokens may be equal. */
  private issuerProblems(): Violation[] {
    const named = this.routes
      .map(({ certificate }) => certificate?._issuerAnnotations ?? {})
      .filter((annotations) => Object.values(annotations).some((name) => isText(name) && objectName.holds(name)));
    const issuers = [...new Set(named.map((annotations) => JSON.stringify(annotations)))];
    return when(
      issuers.length > 1,
      'gateway-issuers',
      () =>
        `'certificate' of all routes of a gateway must be from one issuer, got ${issuers.join(' and ')}: cert-manager reads one ` +
        'annotation of the gateway. Create a gateway for each',
    );
  }

  public problems(): Violation[] {
    const count = this.render('').length;
    return [
      ...this.certificateProblems(),
      ...this.issuerProblems(),
      ...when(
        count > MAX_LISTENERS,
        'gateway-listeners',
        () =>
          `a gateway must have at most ${MAX_LISTENERS} listeners, got ${count} with that for HTTP: give hosts a common ` +
          'name such as "*.example.com", or create another gateway',
      ),
    ];
  }

  /** The problems of hosts for which routes have different certificates. */
  private certificateProblems(): Violation[] {
    const first = this.secureHosts();
    return this.routes.flatMap((route) =>
      hostsOf(route)
        .filter((hostName) => route.certificate !== undefined && !sameCertificate(first.get(hostName), route))
        .map((hostName) =>
          violation(
            'gateway-host-certificates',
            `'certificate' must be the same for all routes of the host ${hostName ?? 'that is not named'}, got another for ` +
              `${first.get(hostName)?.routePath} and ${route.routePath}: a listener has only one`,
          ),
        ),
    );
  }

  /** The first route with a certificate for each host. */
  private secureHosts(): Map<string | undefined, RouteListeners> {
    const secure = this.routes.filter(({ certificate }) => certificate !== undefined).reverse();
    const byHost = new Map(secure.flatMap((route) => hostsOf(route).map((hostName) => [hostName, route] as const)));
    return new Map([...byHost].sort(([one = ''], [other = '']) => (one < other ? -1 : 1)));
  }

  /** The setting that admits routes of other namespaces, by the names of the namespaces. */
  private allowedRoutes(ownNamespace: string): object {
    const namespaces = [...new Set(this.routes.map(({ namespace }) => namespace))];
    return namespaces.every((namespace) => namespace === ownNamespace)
      ? {}
      : {
          allowedRoutes: {
            namespaces: {
              from: 'Selector',
              selector: {
                matchExpressions: [
                  {
                    key: 'kubernetes.io/metadata.name',
                    operator: 'In',
                    values: [...new Set([ownNamespace, ...namespaces])],
                  },
                ],
              },
            },
          },
        };
  }
}

function hostsOf({ hostNames }: RouteListeners): readonly (string | undefined)[] {
  return hostNames.length === 0 ? [undefined] : hostNames;
}

/** Whether two certificates are, or may be, the same: for tokens, that is not known. */
function sameCertificate(one: RouteListeners | undefined, other: RouteListeners): boolean {
  const identities = [one, other].map((route) => route?.certificate?._identity);
  return identities[0] === identities[1] || !identities.every((identity) => isKnown(identity));
}
