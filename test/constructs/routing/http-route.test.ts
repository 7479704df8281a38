import { DataAzurermKubernetesCluster } from '@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import fc from 'fast-check';
import { Fn, TerraformStack } from 'cdktf';
import {
  AksCluster,
  AksServiceAccount,
  ContainerImage,
  Exposure,
  ExternalTrafficPolicy,
  Gateway,
  type GatewayProps,
  HttpRoute,
  type HttpRouteProps,
  type IWorkload,
  KubernetesNamespace,
  NetworkPeer,
  PathMatch,
  Problems,
  RouteController,
  TlsCertificate,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import { brokenInvariants } from '../../terraform-invariants';
import { at, type Block, only, RESOURCE_GROUP, synth, testApp, testStack, token, warningsOf } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

function workload(stack: TerraformStack, name = 'web', props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, name, { name, image, containerPort: 8080, servicePort: 80, ...props });
}

function gatewayOf(stack: TerraformStack, props: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(stack, 'gateway', { gatewayName: 'front', gatewayClassName: 'approuting-istio', ...props });
}

const HOST = 'shop.example.com';
const CONTOUR = RouteController.ingress('contour');

function route(stack: TerraformStack, web: IWorkload, props: Partial<HttpRouteProps> = {}, id = 'route'): HttpRoute {
  return new HttpRoute(stack, id, {
    name: 'shop',
    controller: CONTOUR,
    hostNames: [HOST],
    paths: [{ backends: [{ workload: web }] }],
    ...props,
  });
}

interface Ingress {
  readonly metadata: { readonly annotations?: { readonly [name: string]: string } };
  readonly spec: Block & { readonly rule: { readonly host?: string; readonly http: { readonly path: Block[] } }[] };
}

function ingressOf(stack: TerraformStack): Ingress {
  return only(synth(stack), 'kubernetes_ingress_v1') as unknown as Ingress;
}

interface CustomObject {
  readonly kind: string;
  readonly metadata: Block;
  readonly spec: Block & { readonly rules: Block[]; readonly listeners: Block[] };
}

/** The custom resource whose Terraform address begins with `prefix`. */
function custom(stack: TerraformStack, prefix: string): CustomObject {
  return at(synth(stack), 'kubernetes_manifest', prefix).manifest as CustomObject;
}

describe('a route for an ingress controller', () => {
  test('is an Ingress of hosts and paths', () => {
    const stack = testStack();

    const { url } = route(stack, workload(stack), {
      hostNames: [HOST, '*.example.com'],
      paths: [
        { backends: [{ workload: workload(stack, 'api'), servicePort: 80 }], path: '/api' },
        { backends: [{ workload: workload(stack, 'home') }], match: PathMatch.EXACT },
      ],
    });

    const backend = (name: string): object => ({ backend: { service: { name, port: { number: 80 } } } });
    const http = {
      path: [
        { path: '/api', path_type: 'Prefix', ...backend('api') },
        { path: '/', path_type: 'Exact', ...backend('home') },
      ],
    };
    expect(Problems.of(stack)).toEqual([]);
    expect(url).toBe(`http://${HOST}`);
    expect(ingressOf(stack).spec).toEqual({
      ingress_class_name: 'contour',
      rule: [
        { host: HOST, http },
        { host: '*.example.com', http },
      ],
    });
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('is created after its workloads', () => {
    const stack = testStack();

    route(stack, workload(stack));

    const { depends_on: before } = only(synth(stack), 'kubernetes_ingress_v1');
    expect(before).toContainEqual(expect.stringMatching(/^kubernetes_deployment_v1\.web_/));
  });

  test.each<[string, TlsCertificate, string, { [name: string]: string }]>([
    ['a Secret', TlsCertificate.fromSecret('tls'), 'tls', {}],
    ['an issuer', TlsCertificate.fromIssuer('le'), 'shop-tls', { 'cert-manager.io/issuer': 'le' }],
    [
      'an issuer of the cluster',
      TlsCertificate.fromClusterIssuer('le'),
      'shop-tls',
      { 'cert-manager.io/cluster-issuer': 'le' },
    ],
    [
      'a Key Vault',
      TlsCertificate.fromKeyVault('https://contoso.vault.azure.net/certificates/shop'),
      'keyvault-shop',
      { 'kubernetes.azure.com/tls-cert-keyvault-uri': 'https://contoso.vault.azure.net/certificates/shop' },
    ],
  ])('answers over HTTPS with a certificate from %s', (_from, certificate, secretName, annotations) => {
    const stack = testStack();

    const controller = RouteController.ingress('webapprouting.kubernetes.azure.com');
    const { url } = route(stack, workload(stack), { certificate, controller });

    expect(Problems.of(stack)).toEqual([]);
    expect(url).toBe(`https://${HOST}`);
    expect(ingressOf(stack).spec.tls).toEqual([{ hosts: [HOST], secret_name: secretName }]);
    expect(ingressOf(stack).metadata.annotations).toEqual({
      ...annotations,
      'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
    });
  });

  test.each([
    ['nginx', undefined, 'nginx.ingress.kubernetes.io/ssl-redirect', 'true'],
    ['nginx', false, 'nginx.ingress.kubernetes.io/ssl-redirect', 'false'],
    ['azure-application-gateway', true, 'appgw.ingress.kubernetes.io/ssl-redirect', 'true'],
  ])('of the class %s redirects HTTP (%p)', (className, redirectHttp, annotation, value) => {
    const stack = testStack();

    const controller = RouteController.ingress(className);
    route(stack, workload(stack), { certificate: TlsCertificate.fromSecret('tls'), controller, redirectHttp });

    expect(Problems.of(stack)).toEqual([]);
    expect(ingressOf(stack).metadata.annotations).toEqual({ [annotation]: value });
  });

  test('has the annotations of its controller, which win', () => {
    const stack = testStack();

    const annotations = { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false', 'haproxy.org/timeout-server': '5s' };
    const controller = RouteController.ingress('nginx', { annotations });
    route(stack, workload(stack), { certificate: TlsCertificate.fromSecret('tls'), controller });

    expect(ingressOf(stack).metadata.annotations).toEqual(annotations);
  });

  test.each([
    ['nginx', 'ingress-nginx was retired in March 2026 and gets no fixes any more'],
    [
      'webapprouting.kubernetes.azure.com',
      'AKS supports the NGINX of its application routing add-on through November 2026',
    ],
    [
      'addon-http-application-routing',
      'AKS retired its HTTP application routing add-on in March 2025, and no supported version runs it',
    ],
  ])('warns of the class %s', (className, reason) => {
    const stack = testStack();

    route(stack, workload(stack), { controller: RouteController.ingress(className) });

    expect(Problems.warningsOf(stack)).toEqual([
      `[stack/route] 'controller' is the class "${className}": ${reason}. Use a gateway, or a maintained controller`,
    ]);
  });

  test('warns where nobody knows how HTTP is redirected', () => {
    const stack = testStack();

    route(stack, workload(stack), { certificate: TlsCertificate.fromSecret('tls') });

    expect(warningsOf(stack)).toEqual([
      "[stack/route] 'redirectHttp' is not set, and how the class \"contour\" redirects is unknown: HTTP may stay available next to HTTPS. Add the annotation of the controller to 'annotations', or set it to false",
    ]);
  });

  test.each(['contour', 'constructor'])('of the class %s is warned of for nothing else', (className) => {
    const stack = testStack();

    route(stack, workload(stack), { controller: RouteController.ingress(className) });

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a route for a gateway', () => {
  test('is an HTTPRoute that attaches to the listener of its host, and redirects HTTP', () => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));

    route(stack, workload(stack), { controller, certificate: TlsCertificate.fromSecret('tls') });

    expect(Problems.of(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
    const listener = { name: `https.${HOST}`, hostname: HOST, port: 443, protocol: 'HTTPS' };
    expect(custom(stack, 'gateway').spec).toMatchObject({
      gatewayClassName: 'approuting-istio',
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP' },
        { ...listener, tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] } },
      ],
    });
    expect(custom(stack, 'route_913')).toMatchObject({
      kind: 'HTTPRoute',
      metadata: { name: 'shop', namespace: 'default' },
      spec: {
        parentRefs: [{ name: 'front', sectionName: `https.${HOST}` }],
        hostnames: [HOST],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] }],
      },
    });
    expect(custom(stack, 'route_redirect')).toMatchObject({
      spec: {
        parentRefs: [{ name: 'front', sectionName: 'http' }],
        hostnames: [HOST],
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
    expect(brokenInvariants(synth(stack))).toEqual([]);
  });

  test('sends a canary its share of the requests', () => {
    const stack = testStack();
    const [stable, canary] = [workload(stack, 'web'), workload(stack, 'web-canary')];

    const backends = [
      { workload: stable, weight: 90 },
      { workload: canary, weight: 10 },
    ];
    route(stack, stable, { controller: RouteController.gateway(gatewayOf(stack)), paths: [{ backends }] });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'route').spec.rules).toMatchObject([
      {
        backendRefs: [
          { name: 'web', port: 80, weight: 90 },
          { name: 'web-canary', port: 80, weight: 10 },
        ],
      },
    ]);
  });

  test.each<[string, Partial<HttpRouteProps>, string[]]>([
    ['HTTP alone without a certificate', {}, ['http']],
    [
      'HTTPS alone where HTTP is not redirected',
      { certificate: TlsCertificate.fromSecret('tls'), redirectHttp: false },
      [`https.${HOST}`],
    ],
    ['HTTPS of every host', { certificate: TlsCertificate.fromSecret('tls'), hostNames: undefined }, ['http', 'https']],
    [
      'HTTPS of each host',
      { certificate: TlsCertificate.fromSecret('tls'), hostNames: ['b.example.com', '*.a.com', 'a.com'] },
      ['http', 'https-wildcard.a.com', 'https.a.com', 'https.b.example.com'],
    ],
  ])('makes it listen to %s', (_what, props, names) => {
    const stack = testStack();

    route(stack, workload(stack), { controller: RouteController.gateway(gatewayOf(stack)), ...props });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'gateway').spec.listeners.map(({ name }) => name)).toEqual(names);
  });

  test('shares the listener of its host with others of the same certificate', () => {
    const stack = testStack();
    const props = {
      controller: RouteController.gateway(gatewayOf(stack)),
      certificate: TlsCertificate.fromClusterIssuer('le'),
    };
    const web = workload(stack);

    route(stack, web, props);
    route(stack, web, { ...props, name: 'api', paths: [{ path: '/api', backends: [{ workload: web }] }] }, 'api');

    expect(Problems.of(stack)).toEqual([]);
    const { metadata, spec } = custom(stack, 'gateway');
    expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'le' });
    expect(spec.listeners).toHaveLength(2);
  });

  test('reads the certificate of a Key Vault as a service account', () => {
    const stack = testStack();
    const cluster = new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'sample' });
    const serviceAccount = new AksServiceAccount(stack, 'account', {
      cluster,
      resourceGroup: RESOURCE_GROUP,
      serviceAccountName: 'reader',
    });
    const uri = 'https://contoso.vault.azure.net/certificates/shop';

    const certificate = TlsCertificate.fromKeyVault(uri, { serviceAccount });
    route(stack, workload(stack), { controller: RouteController.gateway(gatewayOf(stack)), certificate });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'gateway').spec.listeners[1]).toMatchObject({
      tls: {
        mode: 'Terminate',
        options: {
          'kubernetes.azure.com/tls-cert-keyvault-uri': uri,
          'kubernetes.azure.com/tls-cert-service-account': 'reader',
        },
      },
    });
    expect(at(synth(stack), 'kubernetes_manifest', 'gateway').depends_on).toContainEqual(
      expect.stringMatching(/^kubernetes_service_account_v1\.account_/),
    );
  });

  test('reaches a workload of another namespace, which lets it', () => {
    const stack = testStack();
    const far = workload(stack, 'far', { namespace: 'other' });

    route(stack, far, { controller: RouteController.gateway(gatewayOf(stack)) });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'route_9').spec.rules).toMatchObject([{ backendRefs: [{ name: 'far', namespace: 'other' }] }]);
    expect(custom(stack, 'route_grant-far')).toMatchObject({
      kind: 'ReferenceGrant',
      metadata: { name: 'default-shop-far', namespace: 'other' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'default' }],
        to: [{ group: '', kind: 'Service', name: 'far' }],
      },
    });
  });

  test('attaches from another namespace, which the gateway lets it', () => {
    const stack = testStack();
    const gateway = gatewayOf(stack, { namespace: 'edge' });

    route(stack, workload(stack), { controller: RouteController.gateway(gateway) });

    expect(custom(stack, 'route').spec.parentRefs).toEqual([{ name: 'front', namespace: 'edge', sectionName: 'http' }]);
    expect(custom(stack, 'gateway').spec.listeners).toMatchObject([
      {
        allowedRoutes: {
          namespaces: { from: 'Selector', selector: { matchExpressions: [{ values: ['edge', 'default'] }] } },
        },
      },
    ]);
  });

  test('attaches to a gateway that exists as it is', () => {
    const stack = testStack();
    const gateway = Gateway.fromGatewayAttributes(stack, 'shared', {
      gatewayName: 'shared',
      namespace: 'edge',
      listenerName: 'https',
    });

    route(stack, workload(stack), { controller: RouteController.gateway(gateway) });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'route').spec.parentRefs).toEqual([
      { name: 'shared', namespace: 'edge', sectionName: 'https' },
    ]);
  });

  test('is created after the namespace that the stack makes', () => {
    const stack = testStack();
    new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop' });

    gatewayOf(stack, { namespace: 'shop' });

    expect(at(synth(stack), 'kubernetes_manifest', 'gateway').depends_on).toEqual([
      expect.stringMatching(/^kubernetes_namespace_v1\.namespace_/),
    ]);
  });
});

describe('the load balancer of a gateway', () => {
  const AZURE = 'service.beta.kubernetes.io';
  const PROBES = {
    [`${AZURE}/port_80_health-probe_protocol`]: 'tcp',
    [`${AZURE}/port_443_health-probe_protocol`]: 'tcp',
  };

  test.each<[string, Exposure | undefined, object]>([
    ['public', undefined, {}],
    ['internal', Exposure.internalLoadBalancer(), { [`${AZURE}/azure-load-balancer-internal`]: 'true' }],
    [
      'for some ranges',
      Exposure.publicLoadBalancer({ sourceRanges: ['203.0.113.0/24', '198.51.100.0/24'] }),
      { [`${AZURE}/azure-allowed-ip-ranges`]: '203.0.113.0/24,198.51.100.0/24' },
    ],
  ])('is %s, and probed by connections', (_what, exposure, annotations) => {
    const stack = testStack();

    gatewayOf(stack, { exposure });

    expect(Problems.of(stack)).toEqual([]);
    expect(custom(stack, 'gateway').spec.infrastructure).toEqual({ annotations: { ...annotations, ...PROBES } });
  });

  test.each([
    [Exposure.nodePort(), 'NodePort'],
    [Exposure.clusterOnly(), 'ClusterIP'],
    [Exposure.publicLoadBalancer({ healthProbe: { path: '/' } }), "'healthProbe'"],
    [
      Exposure.internalLoadBalancer({ externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER }),
      "'externalTrafficPolicy'",
    ],
  ])('cannot be told %s', (exposure, field) => {
    const stack = testStack();

    gatewayOf(stack, { exposure });

    expect(Problems.of(stack)).toEqual([
      `[stack/gateway] 'exposure' of a gateway must be a load balancer that can be configured with annotations, got ${field}: leave it out, since the Service of the gateway does not belong to this program`,
    ]);
  });
});

describe('an isolated workload behind a route', () => {
  function lettingIn(stack: TerraformStack): unknown {
    return (only(synth(stack), 'kubernetes_network_policy_v1') as { spec: Block }).spec.ingress;
  }

  test.each<[string, (stack: TerraformStack) => RouteController, object]>([
    [
      'the namespace of the add-on',
      () => RouteController.ingress('webapprouting.kubernetes.azure.com'),
      { namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'app-routing-system' } } },
    ],
    [
      'the pods of its controller',
      () => RouteController.ingress('contour', { callers: NetworkPeer.pods({ app: 'envoy' }) }),
      { pod_selector: { match_labels: { app: 'envoy' } } },
    ],
    [
      'the pods of its gateway',
      (stack) => RouteController.gateway(gatewayOf(stack)),
      { pod_selector: { match_labels: { 'gateway.networking.k8s.io/gateway-name': 'front' } } },
    ],
  ])('lets in %s', (_who, controller, from) => {
    const stack = testStack();

    route(stack, workload(stack, 'web', { isolated: true }), { controller: controller(stack) });

    expect(Problems.of(stack)).toEqual([]);
    expect(lettingIn(stack)).toEqual([{ from: [from], ports: [{ protocol: 'TCP', port: '8080' }] }]);
  });

  test('lets it in at the port of the container that requests end at', () => {
    const stack = testStack();
    const web = workload(stack, 'web', {
      isolated: true,
      additionalPorts: { admin: 9000 },
      servicePorts: [{ name: 'admin', port: 81 }],
    });

    const controller = RouteController.gateway(gatewayOf(stack));
    route(stack, web, { controller, paths: [{ backends: [{ workload: web, servicePort: 81 }] }] });

    expect(lettingIn(stack)).toMatchObject([{ ports: [{ port: '9000' }] }]);
  });

  test.each<[string, (stack: TerraformStack) => RouteController]>([
    ['controller', () => CONTOUR],
    ['gateway', (stack) => RouteController.gateway(gatewayOf(stack, { gatewayClassName: 'azure-alb-external' }))],
  ])('is reported where nobody knows whom to let in: a %s', (what, controller) => {
    const stack = testStack();

    route(stack, workload(stack, 'web', { isolated: true }), { controller: controller(stack) });

    expect(Problems.of(stack)).toEqual([
      `[stack/route] 'paths[0].backends[0].workload' is isolated, and the pods that forward the requests are unknown: they would be blocked. Set 'callers' of the ${what}`,
    ]);
  });
});

describe('a gateway in a namespace that denies by default', () => {
  function inNamespace(stack: TerraformStack, defaultDeny: boolean, props: Partial<GatewayProps> = {}): string {
    const { namespaceName } = new KubernetesNamespace(stack, 'edge', { namespaceName: 'edge', defaultDeny });
    gatewayOf(stack, { namespace: namespaceName, ...props });
    return namespaceName;
  }

  test('is reported, since its pods are there', () => {
    const stack = testStack();

    inNamespace(stack, true);

    expect(Problems.of(stack)).toEqual([
      "[stack] 'namespace' of stack/gateway must not deny by default, got one that does, and no network policy for the gateway's pods, which its class runs there: they could neither receive nor forward requests. Give the gateway its own namespace",
    ]);
  });

  test('has no problem with a policy of its own', () => {
    const stack = testStack();

    const namespace = inNamespace(stack, true);
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'front' };
    new NetworkPolicyV1(stack, 'policy', {
      metadata: { name: 'front', namespace },
      spec: { podSelector: { matchLabels: labels }, policyTypes: ['Ingress'], ingress: [{}] },
    });

    expect(Problems.of(stack)).toEqual([]);
  });

  test.each<[string, boolean, Partial<GatewayProps>]>([
    ['whose pods are elsewhere', true, { gatewayClassName: 'azure-alb-external' }],
    ['where nothing is denied', false, {}],
  ])('has no problem: one %s', (_what, defaultDeny, props) => {
    const stack = testStack();

    inNamespace(stack, defaultDeny, props);

    expect(Problems.of(stack)).toEqual([]);
  });
});

test.each([Exposure.publicLoadBalancer(), Exposure.internalLoadBalancer(), Exposure.nodePort()])(
  'a workload behind a route with an address of its own is warned of',
  (exposure) => {
    const stack = testStack();

    route(stack, workload(stack, 'web', { exposure }));

    expect(Problems.warningsOf(stack)).toEqual([
      `[stack/route] 'paths[0].backends[0].workload' is stack/web, which also has its own address (${exposure.serviceType}), past this route: leave its 'exposure' out`,
    ]);
  },
);

describe('a route is reported', () => {
  const secret = TlsCertificate.fromSecret('tls');
  const vault = TlsCertificate.fromKeyVault('https://contoso.vault.azure.net/certificates/shop');

  type Given = Partial<HttpRouteProps> | ((stack: TerraformStack, web: Workload) => Partial<HttpRouteProps>);
  const shared = (stack: TerraformStack): RouteController =>
    RouteController.gateway(Gateway.fromGatewayAttributes(stack, 'shared', { gatewayName: 'shared' }));
  const own = (stack: TerraformStack): RouteController => RouteController.gateway(gatewayOf(stack));

  test.each<[string, Given, string]>([
    ['without paths', { paths: [] }, "'paths' must name at least one path, got none: requests must end somewhere"],
    [
      'without backends',
      { paths: [{ backends: [] }] },
      "'paths[0].backends' must name at least one workload, got none: somebody must answer",
    ],
    [
      'without hosts in their list',
      { hostNames: [] },
      "'hostNames' must name at least one host, got none: leave it out for every host",
    ],
    [
      'with a port that its Service does not have',
      (_stack, web) => ({ paths: [{ backends: [{ workload: web, servicePort: 8080 }] }] }),
      "'paths[0].backends[0].servicePort' must be a port of the Service of stack/web (80), got 8080: name it in 'servicePorts' of the workload",
    ],
    [
      'with weights of an Ingress',
      (_stack, web) => ({ paths: [{ backends: [{ workload: web, weight: 1 }] }] }),
      "'paths[0].backends' must be one workload without a 'weight' for an Ingress, got 1: traffic splitting needs a gateway",
    ],
    [
      'with two workloads of an Ingress',
      (_stack, web) => ({ paths: [{ backends: [{ workload: web }, { workload: web }] }] }),
      "'paths[0].backends' must be one workload without a 'weight' for an Ingress, got 2: traffic splitting needs a gateway",
    ],
    [
      'with weights of 0 alone',
      (stack, web) => ({ controller: own(stack), paths: [{ backends: [{ workload: web, weight: 0 }] }] }),
      "'paths[0].backends' must have a 'weight' above 0, got 0 for all: every request would fail",
    ],
    [
      'with an Ingress in another namespace',
      { namespace: 'edge' },
      '\'paths[0].backends[0].workload\' must be in the namespace of the Ingress, "edge", got stack/web in "default": put the route there, or use a gateway',
    ],
    [
      'with a redirect to nothing',
      (stack) => ({ controller: own(stack), redirectHttp: true }),
      "'redirectHttp' must not be true without a 'certificate': nothing responds over HTTPS. Specify one, or leave it out",
    ],
    [
      'with a redirect that nobody carries out',
      { certificate: secret, redirectHttp: true },
      "'redirectHttp' must not be given for the class \"contour\", got true: how it redirects is unknown. Add the annotation of the controller, in 'annotations'",
    ],
    [
      'with a redirect of a gateway that exists',
      (stack) => ({ controller: shared(stack), redirectHttp: true }),
      "'redirectHttp' must not be given for an existing gateway, got true: the creator of stack/shared decides",
    ],
    [
      'with a certificate for a gateway that exists',
      (stack) => ({ controller: shared(stack), certificate: secret }),
      "'certificate' must not be given for an existing gateway, got one: the creator of stack/shared configured its certificate",
    ],
    [
      'with a certificate from a Key Vault for another class',
      { certificate: vault, redirectHttp: false },
      '\'certificate\' must not be from a Key Vault for the class "contour": only the application routing add-on reads it. Use TlsCertificate.fromSecret(...) or an issuer; for another class of the add-on, acknowledge this',
    ],
    [
      'with a certificate from a Key Vault that nobody reads',
      (stack) => ({ controller: own(stack), certificate: vault }),
      "'certificate.serviceAccount' must be in the namespace of the gateway, default, got nothing: it reads the certificate. Use that of cluster.addServiceAccount(...)",
    ],
    [
      'with a certificate of an issuer for no name',
      (stack) => ({ controller: own(stack), hostNames: undefined, certificate: TlsCertificate.fromIssuer('le') }),
      "'hostNames' must be given with a certificate of an issuer, got none: it is issued for names",
    ],
    [
      'with a name too long for the add-on',
      {
        controller: RouteController.ingress('webapprouting.kubernetes.azure.com'),
        name: 'a'.repeat(55),
        certificate: vault,
      },
      `'name' must leave "keyvault-" before it within 63 characters for a certificate from a Key Vault, got "${'a'.repeat(55)}": the add-on labels pods with it`,
    ],
    [
      'with another class in the annotation that once named it',
      {
        controller: RouteController.ingress('contour', { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }),
      },
      '\'controller.annotations["kubernetes.io/ingress.class"]\' must be the class of the controller, "contour", got "nginx": leave it out',
    ],
    [
      'with more paths than a gateway takes',
      (stack, web) => ({
        controller: own(stack),
        paths: Array.from({ length: 17 }, (_, index) => ({ path: `/${index}`, backends: [{ workload: web }] })),
      }),
      "'paths' must be at most 16 with a gateway, got 17: move the rest to another route",
    ],
  ])('%s', (_what, given, message) => {
    const stack = testStack();
    const web = workload(stack);

    route(stack, web, typeof given === 'function' ? given(stack, web) : given);

    expect(Problems.of(stack)).toEqual([`[stack/route] ${message}`]);
  });

  test('with a version in the URI of its certificate', () => {
    const stack = testStack();
    const certificate = TlsCertificate.fromKeyVault(
      `https://contoso.vault.azure.net/certificates/shop/${'0'.repeat(32)}`,
    );

    const controller = RouteController.ingress('webapprouting.kubernetes.azure.com');
    route(stack, workload(stack), { controller, certificate });

    expect(warningsOf(stack)[0]).toContain("'certificate.certificateUri' ends with a version");
  });

  test('with two certificates for one host of a gateway', () => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));
    const web = workload(stack);

    route(stack, web, { controller, certificate: secret });
    const other = {
      certificate: TlsCertificate.fromSecret('other'),
      paths: [{ path: '/a', backends: [{ workload: web }] }],
    };
    route(stack, web, { controller, name: 'other', ...other }, 'other');

    expect(Problems.of(stack)).toEqual([
      `[stack/gateway] 'certificate' must be the same for all routes of the host ${HOST}, got another for stack/route and stack/other: a listener has only one`,
    ]);
  });

  test.each<[string, (stack: TerraformStack) => string, RegExp[]]>([
    ['that only Terraform knows, read twice', (stack) => token(stack).stringValue, []],
    [
      'that is misspelled',
      () => 'Two Words',
      [/^\[stack\/b\] 'certificate.issuer' must be/, /^\[stack\/c\] 'certificate/],
    ],
  ])('with an issuer %s, which is not two issuers', (_, name, messages) => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));
    const web = workload(stack);

    route(stack, web, { controller, certificate: TlsCertificate.fromClusterIssuer('a') });
    for (const id of ['b', 'c']) {
      const certificate = TlsCertificate.fromClusterIssuer(name(stack));
      route(stack, web, { controller, name: id, certificate, hostNames: [`${id}.example.com`] }, id);
    }

    expect(Problems.of(stack)).toEqual(messages.map((one) => expect.stringMatching(one) as string));
  });

  test('with a certificate whose name only Terraform knows, which is not two certificates', () => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));
    const web = workload(stack);
    for (const id of ['a', 'b']) {
      const certificate = TlsCertificate.fromSecret(token(stack).stringValue);
      const paths = [{ path: `/${id}`, backends: [{ workload: web }] }];
      route(stack, web, { controller, name: id, certificate, paths }, id);
    }

    expect(Problems.of(stack)).toEqual([]);
  });

  test('with certificates of two issuers at one gateway', () => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));
    const web = workload(stack);

    route(stack, web, { controller, certificate: TlsCertificate.fromIssuer('a') });
    const other = { certificate: TlsCertificate.fromClusterIssuer('b'), hostNames: ['b.example.com'] };
    route(stack, web, { controller, name: 'other', ...other }, 'other');

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining("'certificate' of all routes of a gateway must be from one issuer"),
    ]);
  });
});

describe('a host and a path that two routes claim', () => {
  test.each<[string, string | undefined, string | undefined, PathMatch, boolean]>([
    ['the same', '/api', '/api', PathMatch.PREFIX, true],
    ['the same with a "/" at its end', '/api', '/api/', PathMatch.PREFIX, true],
    ['the path of none', '/', undefined, PathMatch.PREFIX, true],
    ['another', '/api', '/web', PathMatch.PREFIX, false],
    ['another by case', '/api', '/API', PathMatch.PREFIX, false],
    ['the path alone', '/api', '/api', PathMatch.EXACT, false],
    ['every host', '/api', '/api', PathMatch.PREFIX, false],
  ])('are reported: %s', (what, one, other, match, isClaimed) => {
    const stack = testStack();
    const web = workload(stack);

    route(stack, web, { paths: [{ path: one, backends: [{ workload: web }] }] });
    const hostNames = what === 'every host' ? undefined : [HOST];
    route(
      stack,
      web,
      { name: 'other', hostNames, paths: [{ path: other, match, backends: [{ workload: web }] }] },
      'other',
    );

    expect(Problems.of(stack)).toEqual(
      isClaimed
        ? [
            `[stack] ${HOST} with the path ${one} can be used by only one route, got it for stack/route and stack/other: the older one gets the requests. Give each its own host or path`,
          ]
        : [],
    );
  });

  test('are reported of one route, and of one that is not ours', () => {
    const stack = testStack();
    const web = workload(stack);
    new IngressV1(stack, 'hand-made', {
      metadata: { name: 'hand-made' },
      spec: {
        ingressClassName: 'contour',
        rule: [{ host: HOST, http: { path: [{ path: '/twice', pathType: 'Prefix', backend: {} }] } }, { host: HOST }],
      },
    });

    const twice = { path: '/twice', backends: [{ workload: web }] };
    route(stack, web, { paths: [twice, twice] });

    expect(Problems.of(stack)).toEqual([
      expect.stringContaining('got it for stack/hand-made and stack/route and stack/route'),
    ]);
  });

  test('are reported for gateways, by their listeners', () => {
    const stack = testStack();
    const controller = RouteController.gateway(gatewayOf(stack));
    const web = workload(stack);

    route(stack, web, { controller });
    route(stack, web, { controller, name: 'other' }, 'other');
    route(stack, web, { controller, name: 'secure', certificate: TlsCertificate.fromSecret('tls') }, 'secure');

    expect(Problems.of(stack)).toEqual([expect.stringContaining('got it for stack/route and stack/other')]);
  });

  test.each([
    ['one cluster', 'https://a', 'https://a', true],
    ['two clusters', 'https://a', 'https://b', false],
    ['clusters that are not known', undefined, undefined, false],
  ])('are reported over the stacks of %s', (_what, one, other, isClaimed) => {
    const app = testApp();
    const stacks = [one, other].map((host, index) => {
      const stack = new TerraformStack(app, `stack-${index}`);
      new KubernetesProvider(stack, 'kubernetes', { host });
      route(stack, workload(stack));
      return stack;
    });

    expect(stacks.map((stack) => Problems.of(stack).length)).toEqual([0, isClaimed ? 1 : 0]);
  });

  test.each([
    ['one cluster', 'shop-aks', true],
    ['two clusters', 'other-aks', false],
  ])('are reported over stacks that find %s', (_what, otherName, isClaimed) => {
    const app = testApp();
    const stacks = ['shop-aks', otherName].map((clusterName, index) => {
      const stack = new TerraformStack(app, `stack-${index}`);
      new AzurermProvider(stack, 'azurerm', { features: [{}] });
      const cluster = AksCluster.fromClusterName(stack, 'cluster', { clusterName, resourceGroupName: 'shop-rg' });
      new KubernetesProvider(stack, 'kubernetes', cluster.kubernetesProviderConfig(stack));
      route(stack, workload(stack));
      return stack;
    });

    expect(stacks.map((stack) => Problems.of(stack).length)).toEqual([0, isClaimed ? 1 : 0]);
  });

  const rules = (value: string, type = 'PathPrefix'): Block[] => [
    { backendRefs: [{ name: 'web', port: 80 }], matches: [{ path: { type, value } }] },
  ];
  const everything = [{ backendRefs: [{ name: 'web', port: 80 }] }];
  const redirect = [{ filters: [{ type: 'RequestRedirect' }], matches: [{ path: { value: '/' } }] }];
  const unknown = token(testStack()).stringValue;

  test.each<[string, Block, Block, boolean]>([
    ['of one path', {}, {}, true],
    ['of every path, one by default', {}, { rules: everything }, true],
    ['of one exact path', { rules: rules('/a', 'Exact') }, { rules: rules('/a', 'Exact') }, true],
    ['of exact paths that differ by a "/"', { rules: rules('/a', 'Exact') }, { rules: rules('/a/', 'Exact') }, false],
    ['of a path alone and of what is below', { rules: rules('/a', 'Exact') }, { rules: rules('/a') }, false],
    ['that redirect', { rules: redirect }, { rules: redirect }, false],
    ['of a path that only Terraform knows', { rules: rules(unknown) }, { rules: rules(unknown) }, false],
    ['of every host', { hostnames: undefined }, { hostnames: undefined }, true],
    ['of one host and of every host', {}, { hostnames: undefined }, false],
    ['of a host that only Terraform knows', { hostnames: [unknown] }, { hostnames: [unknown] }, false],
    ['of one gateway, in their own namespace', {}, { parentRefs: [{ name: 'front', namespace: 'web' }] }, true],
    ['of gateways in their own namespaces', {}, { namespace: 'api' }, false],
    ['of another kind', { kind: 'GRPCRoute' }, { kind: 'GRPCRoute' }, false],
  ])('are reported for routes by hand %s', (_what, one, other, isClaimed) => {
    const stack = testStack();
    route(stack, workload(stack), { hostNames: ['other.example.com'] });
    [one, other].forEach(({ kind = 'HTTPRoute', namespace = 'web', ...given }, index) => {
      const metadata = { name: `by-hand-${index}`, namespace };
      const spec = { parentRefs: [{ name: 'front' }], hostnames: [HOST], rules: rules('/'), ...given };
      const manifest = { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata, spec };
      new Manifest(stack, metadata.name, { manifest });
    });

    const claimed = 'got it for stack/by-hand-0 and stack/by-hand-1';
    expect(Problems.of(stack).map((one) => one.includes(claimed))).toEqual(isClaimed ? [true] : []);
  });

  test('are not reported for two clusters of one stack', () => {
    const stack = testStack();
    for (const id of ['one', 'two']) {
      const provider = new KubernetesProvider(stack, `${id}-cluster`, { alias: id });
      route(stack, workload(stack, id, { provider }), { provider }, `${id}-route`);
    }

    expect(Problems.of(stack)).toEqual([]);
  });

  test('never are for routes of different hosts or paths, and always for equal ones', () => {
    const part = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(part, part, part, part, (host, path, otherHost, otherPath) => {
        const stack = testStack();
        const web = workload(stack);
        const props = (hosts: string, paths: string): Partial<HttpRouteProps> => ({
          hostNames: [`${hosts}.example.com`],
          paths: [{ path: `/${paths}`, backends: [{ workload: web }] }],
        });
        route(stack, web, props(host, path));
        route(stack, web, { ...props(otherHost, otherPath), name: 'other' }, 'other');

        expect(Problems.of(stack)).toHaveLength(host === otherHost && path === otherPath ? 1 : 0);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a custom resource', () => {
  function stackOf(host: (stack: TerraformStack) => string): TerraformStack {
    const stack = new TerraformStack(testApp(), 'stack');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    new KubernetesProvider(stack, 'kubernetes', { host: host(stack) });
    return stack;
  }
  const made = (stack: TerraformStack): string =>
    new AksCluster(stack, 'cluster', { resourceGroup: RESOURCE_GROUP, clusterName: 'sample' }).kubernetesProviderConfig(
      stack,
    ).host ?? '';

  test('is reported in the stack that makes its cluster, ours or not', () => {
    const stack = stackOf(made);

    gatewayOf(stack);
    new Manifest(stack, 'hand-made', { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } });

    expect(Problems.of(stack)).toEqual([
      '[stack] custom resources must be in another stack than their cluster, got stack/gateway/Resource, stack/hand-made in the stack that makes it: the provider queries the API server about them during a plan, and there is none yet. Move them to a separate stack, with a cluster from AksCluster.fromClusterName(...)',
    ]);
  });

  test.each<[string, (stack: TerraformStack) => string]>([
    ['a host that is given', () => 'https://127.0.0.1'],
    [
      'a cluster that exists',
      (stack) =>
        new DataAzurermKubernetesCluster(stack, 'found', { name: 'sample', resourceGroupName: 'rg' }).kubeConfig.get(0)
          .host,
    ],
  ])('is not, for %s', (_what, host) => {
    const stack = stackOf(host);

    gatewayOf(stack);

    expect(Problems.of(stack)).toEqual([]);
  });

  test('is reported for a host that a function reads, and not for that of a provider with an alias', () => {
    const withFunction = stackOf((stack) => Fn.lower(made(stack)));
    const withAlias = stackOf((stack) => {
      new KubernetesProvider(stack, 'other', { alias: 'other', host: made(stack) });
      return 'https://127.0.0.1';
    });
    const isReported = [withFunction, withAlias].map((stack) => {
      gatewayOf(stack);
      return Problems.list(stack).some(({ rule }) => rule === 'custom-resource-needs-cluster');
    });

    expect(isReported).toEqual([true, false]);
  });

  test('is reported beside a workload, if it is the only one', () => {
    const stack = stackOf(made);

    workload(stack);
    new Manifest(stack, 'hand-made', { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } });

    expect(Problems.of(stack)).toEqual([expect.stringContaining('got stack/hand-made in the stack that makes it')]);
  });

  test('is not needed by an Ingress', () => {
    const stack = stackOf(made);

    route(stack, workload(stack));

    expect(Problems.of(stack)).toEqual([]);
  });
});
