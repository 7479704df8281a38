import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createAfter } from '../core/order/order';
import { reportProblems, reportWarningsLate } from '../core/problems/report';
import { itemsOf } from '../core/values/known';
import { namespacesFirst } from '../kubernetes/namespaces';
import { requireChosenProvider } from '../stack-checks/kubernetes-provider';
import { requireSideBySide } from '../stack-checks/side-by-side';
import type { BlueGreenServiceProps } from './blue-green-props';
import { blueGreenProblems, blueGreenWarnings } from './blue-green-problems';
import { Exposure } from './exposure/exposure';
import { loadBalancerAddressOf, serviceUrl } from './exposure/service-address';
import { servicePortsOf } from './exposure/service-ports';
import { requireIpFamilies } from './exposure/ip-family-problems';
import { serviceSpec } from './exposure/service-spec';
import type { IWorkload } from './i-workload';
import { NetworkPeer } from './network-peer';

/**
 * A Service in front of several versions of an application, one of which gets all requests: blue and green.
 *
 * The new version is deployed alongside the old one, and can be tested through its own Service. A change of `active`
 * switches all requests at once; the old version keeps running until a later deployment removes it from the program.
 *
 * @example
 * const [v1, v2] = [registry.image('web', 'v1'), registry.image('web', 'v2')];
 * const blue = new Workload(stack, 'blue', { name: 'web-blue', image: v1, containerPort: 8080 });
 * const green = new Workload(stack, 'green', { name: 'web-green', image: v2, containerPort: 8080 });
 * new BlueGreenService(stack, 'web', { serviceName: 'web', workloads: [blue, green], active: green });
 */
export class BlueGreenService extends Construct implements IWorkload {
  /** The name of the Service, which is its host name for pods of the same namespace. */
  public readonly serviceName: string;
  /** The port on which the Service listens. */
  public readonly servicePort: number;
  /** The host name of the Service for pods of any namespace. */
  public readonly serviceDnsName: string;
  /** The port on which the container of the active workload listens. */
  public readonly containerPort: number;
  /** The namespace of the Service and its workloads. */
  public readonly namespace: string;
  /** The provider of the cluster that they run on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** Whether the network policy of one of the workloads rejects traffic that is not allowed explicitly. */
  public readonly isolated?: boolean;
  /** The labels that select the pods of the active workload. They change with the switch. */
  public readonly selector: { readonly [label: string]: string };
  /** The versions of the application. */
  public readonly workloads?: IWorkload[];
  private readonly exposure: Exposure;
  private readonly service: ServiceV1;

  constructor(scope: Construct, id: string, props: BlueGreenServiceProps) {
    super(scope, id);
    props = declared(this, 'BlueGreenServiceProps', props);
    const { active, exposure = Exposure.clusterOnly() } = props;
    const ports = {
      ...props,
      exposure,
      servicePort: props.servicePort ?? active.servicePort,
      containerPort: active.containerPort,
    };
    reportProblems(this, () => blueGreenProblems(this, props, ports));
    reportWarningsLate(this, () => blueGreenWarnings(active, exposure));
    requireIpFamilies(this, { ipFamilies: props.ipFamilies, provider: active.provider });
    requireChosenProvider(this);
    namespacesFirst(this);
    requireSideBySide(this);

    this.workloads = [...itemsOf(props.workloads)];
    this.serviceName = props.serviceName;
    this.servicePort = ports.servicePort;
    this.containerPort = active.containerPort;
    this.namespace = active.namespace;
    this.serviceDnsName = `${this.serviceName}.${this.namespace}.svc.cluster.local`;
    this.provider = active.provider;
    this.selector = active.selector;
    this.isolated = itemsOf(props.workloads).some(({ isolated }) => isolated === true);
    this.exposure = exposure;
    this.service = new ServiceV1(this, 'Resource', {
      provider: this.provider,
      metadata: {
        name: this.serviceName,
        namespace: this.namespace,
        labels: { 'app.kubernetes.io/managed-by': 'terraform' },
        annotations: exposure._annotations(servicePortsOf(ports)),
      },
      spec: { ...serviceSpec(ports), selector: { ...this.selector } },
    });
    createAfter(this.service, () => [active, ...(props.prerequisites ?? [])]);
    if (exposure._isOpen) {
      this.allowFrom(NetworkPeer._anyone());
    }
  }

  /** The address of the load balancer, known after Terraform has run: empty until one is assigned. */
  public get loadBalancerAddress(): string {
    return loadBalancerAddressOf(this.service);
  }

  /**
   * Its URL: with the DNS name of its public address, or the address of its load balancer (empty until one is
   * assigned), or its name inside the cluster.
   */
  public get url(): string {
    const { service, exposure, serviceDnsName, servicePort } = this;
    return serviceUrl({ service, exposure, serviceDnsName, servicePort });
  }

  /**
   * Lets a peer call all of the workloads, such as an ingress controller. Only workloads that are `isolated` need it.
   *
   * @param peer The caller
   * @param port The port of the container that it calls; that of each workload if omitted
   */
  public allowFrom(peer: NetworkPeer, port?: number): void {
    itemsOf(this.workloads).forEach((workload) => workload.allowFrom(peer, port));
  }
}

checkArguments(BlueGreenService);
