import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEachLiteral, checkGiven, isUnknownList } from '../core/rules/rule';
import { questionable, type Violation, when } from '../core/problems/violation';
import { isKnown, itemsOf } from '../core/values/known';
import { show } from '../core/values/shown';
import { MAX_LABEL, namespaceName, objectName, port } from '../kubernetes/kubernetes-rules';
import { Gateway } from './gateway';
import type { HttpPath, HttpRouteProps, RouteBackend } from './http-route-props';
import { hostName, routeName, routePath, routeWeight } from './http-route-rules';
import type { IGateway } from './i-gateway';
import { CLASS_ANNOTATION, retiredClassWarnings } from '../kubernetes/retired-ingress-classes';
import { ingressClass } from './ingress-classes';
import { areDifferent } from '../kubernetes/namespace-names';
import { routedService } from './routed-service';

/** The most rules of an HTTPRoute, and the most hosts. */
const MAX_OF_GATEWAY = 16;

/** A backend of a route, and its property. */
interface NamedBackend {
  readonly property: string;
  readonly backend: RouteBackend;
}

/** The problems of a route. */
export function routeProblems(scope: Construct, props: HttpRouteProps): Violation[] {
  const paths = itemsOf(props.paths);
  const backends = namedBackends(paths);
  const gateway = props.controller._gateway;
  return [
    ...checkGiven(routeName, 'name', props.name),
    ...check(namespaceName, 'namespace', props.namespace),
    ...emptyProblems('paths', props.paths, 'path', 'requests must end somewhere'),
    ...emptyProblems('hostNames', props.hostNames, 'host', 'leave it out for every host'),
    ...when(
      isUnknownList(props.hostNames),
      'host-names-known',
      () => `'hostNames' must be known when the program runs: give a literal value, such as ["${hostName.example}"]`,
    ),
    ...checkEachLiteral(hostName, 'hostNames', props.hostNames),
    ...paths.flatMap(pathProblems),
    ...backends.flatMap((one) => backendProblems(scope, props, one)),
    ...(props.certificate?._problems ?? []),
    ...when(
      props.certificate?._isIssued === true && itemsOf(props.hostNames).length === 0,
      'issued-certificate-needs-hosts',
      () => "'hostNames' must be given with a certificate of an issuer, got none: it is issued for names",
    ),
    ...redirectProblems(props),
    ...(gateway === undefined ? ingressProblems(props, backends) : gatewayProblems(scope, props, gateway)),
  ];
}

/** The warnings of a route. */
export function routeWarnings({ controller, certificate, redirectHttp }: HttpRouteProps): Violation[] {
  const { redirectAnnotation } = ingressClass(controller._ingressClassName);
  const { annotations } = controller._options;
  return [
    ...(certificate?._warnings ?? []),
    ...(controller._gateway === undefined ? retiredClassWarnings('controller', controller._ingressClassName) : []),
    ...when(
      controller._gateway === undefined &&
        certificate !== undefined &&
        redirectHttp === undefined &&
        redirectAnnotation === undefined &&
        annotations === undefined,
      'redirect-said',
      () =>
        `'redirectHttp' is not set, and how the class ${show(controller._ingressClassName)} redirects is unknown: HTTP may stay available next to HTTPS. Add the annotation of the controller to 'annotations', or set it to false`,
    ),
  ];
}

/**
 * The warnings for workloads that can also be reached at their own address, bypassing the route and its certificate.
 */
export function publicBackendWarnings({ paths }: HttpRouteProps): Violation[] {
  return namedBackends(itemsOf(paths)).flatMap(({ property, backend }) => {
    const type = routedService(backend.workload)?.type ?? 'ClusterIP';
    return when(
      type === 'LoadBalancer' || type === 'NodePort',
      'routed-workload-exposed',
      () =>
        `'${property}.workload' is ${backend.workload.node.path}, which also has its own address (${type}), past ` +
        "this route: leave its 'exposure' out",
    );
  });
}

function namedBackends(paths: readonly HttpPath[]): NamedBackend[] {
  return paths.flatMap(({ backends }, path) =>
    itemsOf(backends).map((backend, index) => ({ property: `paths[${path}].backends[${index}]`, backend })),
  );
}

function pathProblems({ path, backends }: HttpPath, index: number): Violation[] {
  const weights = itemsOf(backends).map(({ weight = 1 }) => weight);
  return [
    ...check(routePath, `paths[${index}].path`, path),
    ...emptyProblems(`paths[${index}].backends`, backends, 'workload', 'somebody must answer'),
    ...when(
      weights.length > 0 && weights.every((weight) => weight === 0),
      'route-weights',
      () => `'paths[${index}].backends' must have a 'weight' above 0, got 0 for all: every request would fail`,
    ),
  ];
}

function backendProblems(
  scope: Construct,
  { provider }: HttpRouteProps,
  { property, backend }: NamedBackend,
): Violation[] {
  const { workload, servicePort, weight } = backend;
  const ports = routedService(workload)?.ports.map((one) => one.port) ?? [];
  const isOfOtherCluster = TerraformStack.of(scope) === TerraformStack.of(workload) && provider !== workload.provider;
  return [
    ...check(port, `${property}.servicePort`, servicePort),
    ...check(routeWeight, `${property}.weight`, weight),
    ...when(
      isKnown(servicePort) &&
        port.holds(servicePort) &&
        ports.length > 0 &&
        ports.every((one) => isKnown(one) && one !== servicePort),
      'route-port-of-service',
      () =>
        `'${property}.servicePort' must be a port of the Service of ${workload.node.path} (${ports.join(', ')}), got ` +
        `${servicePort}: name it in 'servicePorts' of the workload`,
    ),
    ...when(
      isOfOtherCluster,
      'route-of-one-cluster',
      () =>
        `'provider' must be that of ${workload.node.path}, got ${provider?.node.path ?? 'none'} and ` +
        `${workload.provider?.node.path ?? 'none'}: a route reaches workloads of its own cluster`,
    ),
  ];
}

function redirectProblems({ controller, certificate, redirectHttp }: HttpRouteProps): Violation[] {
  const gateway = controller._gateway;
  const isCarried =
    gateway === undefined
      ? ingressClass(controller._ingressClassName).redirectAnnotation !== undefined
      : gateway instanceof Gateway;
  return [
    ...when(
      redirectHttp === true && certificate === undefined && isCarried,
      'redirect-needs-certificate',
      () =>
        "'redirectHttp' must not be true without a 'certificate': nothing responds over HTTPS. Specify one, or leave it out",
    ),
    ...when(redirectHttp === true && !isCarried, 'redirect-of-controller', () =>
      gateway === undefined
        ? `'redirectHttp' must not be given for the class ${show(controller._ingressClassName)}, got true: how it redirects is unknown. Add the annotation of the controller` +
          ", in 'annotations'"
        : `'redirectHttp' must not be given for an existing gateway, got true: the creator of ${gateway.node.path} decides`,
    ),
  ];
}

/** The problems of an Ingress, including what only a gateway supports. */
function ingressProblems(props: HttpRouteProps, backends: readonly NamedBackend[]): Violation[] {
  const { controller, certificate, namespace = 'default' } = props;
  const { _ingressClassName: className, _options: options } = controller;
  return [
    ...checkGiven(objectName, 'controller.ingressClassName', className),
    ...(options.callers?._problems('controller.callers') ?? []),
    ...classAnnotationProblems(className, options.annotations?.[CLASS_ANNOTATION]),
    ...itemsOf(props.paths).flatMap((path, index) => oneBackendProblems(path, index)),
    ...backends.flatMap(({ property, backend: { workload } }) => [
      ...when(
        areDifferent(workload, workload.namespace, namespace),
        'ingress-namespace',
        () =>
          `'${property}.workload' must be in the namespace of the Ingress, ${show(namespace)}, got ${workload.node.path} in ` +
          `${show(workload.namespace)}: put the route there, or use a gateway`,
      ),
      ...unknownCallerProblems(props, property, workload.isolated),
    ]),
    ...when(
      certificate?._isFromKeyVault === true &&
        isKnown(props.name) &&
        certificate._ingressSecret(props.name).length > MAX_LABEL,
      'key-vault-ingress-name',
      () =>
        `'name' must leave "keyvault-" before it within ${MAX_LABEL} characters for a certificate from a Key Vault, got ` +
        `${show(props.name)}: the add-on labels pods with it`,
    ),
    ...(certificate?._isFromKeyVault === true && ingressClass(className).isOfAddOn !== true
      ? [
          questionable(
            'key-vault-certificate-of-add-on',
            `'certificate' must not be from a Key Vault for the class ${show(className)}: only the application routing add-on ` +
              'reads it. Use TlsCertificate.fromSecret(...) or an issuer; for another class of the add-on, acknowledge this',
          ),
        ]
      : []),
  ];
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/validation/validation.go */
function classAnnotationProblems(className: string, annotation: string | undefined): Violation[] {
  return when(
    isKnown(className) && isKnown(annotation) && annotation !== className,
    'ingress-class-annotation',
    () =>
      `'controller.annotations["${CLASS_ANNOTATION}"]' must be the class of the controller, ${show(className)}, got ` +
      `${show(annotation)}: leave it out`,
  );
}

function oneBackendProblems({ backends }: HttpPath, index: number): Violation[] {
  const all = itemsOf(backends);
  return when(
    all.length > 1 || all.some(({ weight }) => weight !== undefined),
    'route-weights-need-gateway',
    () =>
      `'paths[${index}].backends' must be one workload without a 'weight' for an Ingress, got ${all.length}: traffic splitting needs a gateway`,
  );
}

function gatewayProblems(scope: Construct, props: HttpRouteProps, gateway: IGateway): Violation[] {
  const { certificate, provider } = props;
  const counts = [
    ['paths', itemsOf(props.paths).length],
    ['hostNames', itemsOf(props.hostNames).length],
  ] as const;
  return [
    ...counts.flatMap(([property, count]) =>
      when(
        count > MAX_OF_GATEWAY,
        'route-size',
        () =>
          `'${property}' must be at most ${MAX_OF_GATEWAY} with a gateway, got ${count}: move the rest to another route`,
      ),
    ),
    ...namedBackends(itemsOf(props.paths)).flatMap(({ property, backend }) =>
      unknownCallerProblems(props, property, backend.workload.isolated),
    ),
    ...when(
      certificate !== undefined && !(gateway instanceof Gateway),
      'certificate-of-gateway',
      () =>
        `'certificate' must not be given for an existing gateway, got one: the creator of ${gateway.node.path} configured its certificate`,
    ),
    ...(certificate !== undefined && gateway instanceof Gateway
      ? gateway._certificateProblems(certificate, itemsOf(props.hostNames))
      : []),
    ...when(
      TerraformStack.of(scope) === TerraformStack.of(gateway) && provider !== gateway.provider,
      'route-of-gateway-cluster',
      () =>
        `'provider' must be that of ${gateway.node.path}, got ${provider?.node.path ?? 'none'} and ` +
        `${gateway.provider?.node.path ?? 'none'}: a route attaches to a gateway of its own cluster`,
    ),
  ];
}

/** The problem of an isolated workload behind a controller whose pods are not known. */
function unknownCallerProblems({ controller }: HttpRouteProps, property: string, isIsolated = false): Violation[] {
  return isIsolated && controller._callers === undefined
    ? [
        questionable(
          'isolated-behind-route',
          `'${property}.workload' is isolated, and the pods that forward the requests are unknown: they would be blocked. Set 'callers' of the` +
            ` ${controller._gateway === undefined ? 'controller' : 'gateway'}`,
        ),
      ]
    : [];
}
