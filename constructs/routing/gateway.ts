import type { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems } from '../core/problems/report';
import { type Violation, violation, when } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { isText } from '../core/values/known';
import { GATEWAY_NAME_LABEL, hasOwnPods, ISTIO_CLASSES } from '../kubernetes/gateway-classes';
import { MAX_LABEL, namespaceName, objectName } from '../kubernetes/kubernetes-rules';
import { namespacesFirst } from '../kubernetes/namespaces';
import { claimHostName } from '../stack-checks/global-names';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import { Exposure } from '../workload/exposure/exposure';
import { NetworkPeer } from '../workload/network-peer';
import { type CustomObject, customResource, manifestOf } from '../kubernetes/custom-resource';
import { GATEWAY_GROUP } from './gateway-api';
import { areDifferent } from '../kubernetes/namespace-names';
import { httpsListener, Listeners, type RouteListeners } from './gateway-listeners';
import { routeName } from './http-route-rules';
import type { IGateway } from './i-gateway';
import { type GatewayAttributes, ImportedGateway } from './imported-gateway';
import type { TlsCertificate } from './tls-certificate';

/** Properties of `Gateway`. */
export interface GatewayProps {
  /** The name of the Gateway: 1 to 63 lower-case letters, digits and "-". Changing it replaces the Gateway and its address. */
  readonly gatewayName: string;
  /**
   * The name of the GatewayClass, such as "approuting-istio" of the application routing add-on of AKS, which must be
   * enabled in the cluster.
   */
  readonly gatewayClassName: string;
  /**
   * The exposure of the gateway: through a public or an internal load balancer. The settings of the load balancer are
   * annotations, which classes of Istio pass on to it.
   *
   * @default Exposure.publicLoadBalancer()
   */
  readonly exposure?: Exposure;
  /**
   * The source of the requests, such as `NetworkPeer.namespace('istio')`. Isolated workloads allow it.
   *
   * @default - the pods of the gateway, for the classes "approuting-istio" and "istio"
   */
  readonly callers?: NetworkPeer;
  /**
   * The namespace of the Gateway, of its certificates and, for classes of Istio, of its pods. It must not deny by
   * default.
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
   * Constructs that must be ready before it is created.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/**
 * The ports of the load balancer of a gateway. Istio sets their application protocols, which Azure would use for
 * probes.
 */
const GATEWAY_PORTS = [
  { port: 80, appProtocol: 'http' },
  { port: 443, appProtocol: 'https' },
];

/**
 * A gateway of the Gateway API: one address for the routes that attach to it. It listens to what they need: HTTP at port
 * 80, and HTTPS at port 443 with the certificate of each host.
 *
 * As a custom resource, it needs a cluster with the Gateway API that exists when Terraform plans: use a separate stack.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#gateway
 *
 * @example
 * new Gateway(stack, 'gateway', { gatewayName: 'shop', gatewayClassName: 'approuting-istio' });
 */
export class Gateway extends Construct implements IGateway {
  /** An existing gateway, with its own listeners and certificates. */
  public static fromGatewayAttributes(scope: Construct, id: string, attributes: GatewayAttributes): IGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  public readonly gatewayName: string;
  public readonly namespace: string;
  public readonly provider?: TerraformProvider;
  public readonly callers?: NetworkPeer;
  private readonly resource: Manifest;
  private readonly listeners = new Listeners();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayProps,
  ) {
    super(scope, id);
    this.props = props = declared(this, 'GatewayProps', props);
    this.gatewayName = props.gatewayName;
    this.namespace = props.namespace ?? 'default';
    this.provider = props.provider;
    this.callers =
      props.callers ??
      (this.isOfIstio ? NetworkPeer.pods({ [GATEWAY_NAME_LABEL]: props.gatewayName }, this.namespace) : undefined);
    reportProblems(this, () => this.problems());
    requireSideBySide(this);
    requireChosenProvider(this);
    namespacesFirst(this);
    this.resource = customResource(this, 'Resource', props.provider, this.object);
    claimHostName(this.resource, 'exposure.dnsName', props.exposure?.fullyQualifiedDomainName);
    createAfter(this.resource, () => [...this.listeners.serviceAccounts, ...(props.prerequisites ?? [])]);
  }

  /** Adds the listeners that a route needs. @internal */
  public _attach(route: RouteListeners): void {
    this.listeners.add(route);
    this.resource.manifest = manifestOf(this.object);
  }

  /** The problems of a certificate of a route on this gateway. @internal */
  public _certificateProblems(certificate: TlsCertificate, hostNames: readonly string[]): Violation[] {
    const account = certificate._serviceAccount;
    return !certificate._isFromKeyVault
      ? []
      : [
          ...when(
            !this.isOfIstio,
            'key-vault-certificate-of-istio',
            () =>
              `'certificate' must not be from a Key Vault for a gateway of the class ${this.props.gatewayClassName}: only ` +
              `${ISTIO_CLASSES.join(' and ')} of AKS read it. Use TlsCertificate.fromSecret(...) or an issuer`,
          ),
          ...longNameProblems(this.gatewayName, hostNames),
          ...when(
            account === undefined || areDifferent(this, account.namespace, this.namespace),
            'key-vault-certificate-reader',
            () =>
              `'certificate.serviceAccount' must be in the namespace of the gateway, ${this.namespace}, got ` +
              `${account === undefined ? 'nothing' : `${account.node.path} in ${account.namespace}`}: it reads the ` +
              'certificate. Use that of cluster.addServiceAccount(...)',
          ),
        ];
  }

  private get isOfIstio(): boolean {
    return hasOwnPods(this.props.gatewayClassName);
  }

  private get object(): CustomObject {
    const { gatewayName, gatewayClassName, exposure = Exposure.publicLoadBalancer() } = this.props;
    return {
      apiVersion: `${GATEWAY_GROUP}/v1`,
      kind: 'Gateway',
      name: gatewayName,
      namespace: this.namespace,
      annotations: this.listeners.annotations,
      spec: {
        gatewayClassName,
        infrastructure: { annotations: exposure._gatewayAnnotations(GATEWAY_PORTS) },
        listeners: this.listeners.render(this.namespace),
      },
    };
  }

  private problems(): Violation[] {
    const { gatewayName, gatewayClassName, namespace, callers, exposure } = this.props;
    return [
      ...checkGiven(routeName, 'gatewayName', gatewayName),
      ...checkGiven(objectName, 'gatewayClassName', gatewayClassName),
      ...check(namespaceName, 'namespace', namespace),
      ...(callers?._problems('callers') ?? []),
      ...(exposure?._problems(GATEWAY_PORTS) ?? []),
      ...(exposure?._fieldsOfService ?? []).map((field) =>
        violation(
          'gateway-exposure',
          `'exposure' of a gateway must be a load balancer that can be configured with annotations, got ${field}: leave it out, since the Service of the gateway does not belong to this program`,
        ),
      ),
      ...this.listeners.problems(),
    ];
  }
}

checkArguments(Gateway);

/**
 * The problems of names that are too long: the add-on labels pods with a name derived from the gateway and the
 * listener.
 *
 * @see https://github.com/Azure/aks-app-routing-operator/blob/main/pkg/controller/keyvault/spc/gateway.go
 */
function longNameProblems(gatewayName: string, hostNames: readonly string[]): Violation[] {
  return hostNames
    .map((hostName) => ({ hostName, name: `kv-gw-cert-${gatewayName}-${httpsListener(hostName)}` }))
    .filter(({ hostName, name }) => isText(hostName) && isText(gatewayName) && name.length > MAX_LABEL)
    .map(({ hostName, name }) =>
      violation(
        'key-vault-listener-name',
        `'hostNames' with a certificate from a Key Vault must leave the name of a listener within ${MAX_LABEL} characters, got ` +
          `${hostName} and so ${name} (${name.length}): give the gateway a shorter name, or the hosts a common one such as ` +
          '"*.example.com"',
      ),
    );
}
