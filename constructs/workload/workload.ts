import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Fn, type TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { createController, scale } from './controller';
import { type ObjectContext, objectContext } from './pod/object-context';
import { createAfter } from '../core/order/order';
import type { IWorkload } from './i-workload';
import { ImportedWorkload, type WorkloadAttributes } from './imported-workload';
import type { NetworkPeer } from './network-peer';
import type { NetworkPort } from './network-port';
import { migrateBefore } from './migration';
import { PodNetwork } from './pod-network';
import { PodConfig } from './pod/pod-config';
import { podVolumes } from './pod/pod-volumes';
import { portsOf } from './pod/running-containers';
import { podPrerequisites, requirePods } from './pods';
import { workloadProblems, workloadWarnings } from './workload-problems';
import { Exposure } from './exposure/exposure';
import { requireIpFamilies } from './exposure/ip-family-problems';
import { loadBalancerAddressOf, serviceUrl } from './exposure/service-address';
import { claimHostName } from '../stack-checks/global-names';
import { servicePortsOf, targetPortsOf } from './exposure/service-ports';
import { serviceSpec } from './exposure/service-spec';
import { Rollout } from './scaling/rollout';
import type { WorkloadProps } from './workload-props';
import { withDiskDefaults } from './scaling/volume-problems';
import { isStateful, peerPortsOf, podServiceName } from './stateful-set';
import { workloadNames } from './workload-names';
import { reportProblems, reportWarnings } from '../core/problems/report';

/**
 * A web application: a Deployment on Linux nodes, and a Service in front of it.
 *
 * Terraform waits until the pods run; constructs that need the workload are created after that.
 *
 * @example
 * const web = new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   replicas: 3,
 *   probes: { readiness: Probe.http('/healthz') },
 *   exposure: Exposure.publicLoadBalancer(),
 * });
 */
export class Workload extends Construct implements IWorkload {
  /** An existing workload, such as one that another program deploys. */
  public static fromWorkloadAttributes(scope: Construct, id: string, attributes: WorkloadAttributes): IWorkload {
    return new ImportedWorkload(scope, id, attributes);
  }

  /** The name of the Service, which is its host name for pods of the same namespace. */
  public readonly serviceName: string;
  /** The port on which the Service listens. */
  public readonly servicePort: number;
  /** The host name of the Service for pods of any namespace. */
  public readonly serviceDnsName: string;
  /** The port on which the container listens. */
  public readonly containerPort: number;
  /** The namespace of its pods. */
  public readonly namespace: string;
  /** The provider of the cluster that it runs on; undefined for the only Kubernetes provider of the stack. */
  public readonly provider?: TerraformProvider;
  /** Whether its network policy rejects traffic that is not allowed explicitly. */
  public readonly isolated?: boolean;
  /** The labels that select its pods. They never change. */
  public readonly selector: { readonly [label: string]: string };
  /**
   * The name of the headless Service that gives each pod a host name, such as "web-0.web-pods"; undefined if there is
   * none.
   */
  public readonly podServiceName?: string;
  private readonly exposure: Exposure;
  private readonly service: ServiceV1;
  private readonly network: PodNetwork;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const given = declared(this, 'WorkloadProps', props);
    props = withDiskDefaults(given, podVolumes(given), isStateful(given));
    const rollout = new Rollout(props.rollout ?? {});
    reportProblems(this, () => workloadProblems(props, rollout));
    requirePods(this, props);
    requireIpFamilies(this, props);
    reportWarnings(this, workloadWarnings(props, rollout));

    const context = objectContext(props);
    const config = new PodConfig(this, context, props);
    const controller = createController(this, props, context, config, rollout);
    createAfter(controller, () => podPrerequisites(this, props, config));
    scale(this, props, context);

    this.provider = props.provider;
    this.isolated = props.isolated ?? false;
    this.exposure = props.exposure ?? Exposure.clusterOnly();
    this.containerPort = props.containerPort;
    this.servicePort = props.servicePort ?? props.containerPort;
    this.serviceName = workloadNames(props).serviceName;
    this.namespace = props.namespace ?? 'default';
    this.serviceDnsName = `${this.serviceName}.${this.namespace}.svc.cluster.local`;
    this.selector = context.selector;
    this.podServiceName = podServiceName(props);
    this.service = this.createService(props, context);
    this.network = new PodNetwork(this, props, context, {
      containerPort: this.containerPort,
      ports: portsOf(props),
      isOpen: this.exposure._isOpen,
      targets: targetPortsOf(props),
      peerPorts: peerPortsOf(props, targetPortsOf(props)),
    });
    migrateBefore(controller, this, props, context, config, this.network);
  }

  /** The address of the load balancer, known after Terraform has run: empty until one is assigned. */
  public get loadBalancerAddress(): string {
    return loadBalancerAddressOf(this.service);
  }

  /** The port on every node, known after Terraform has run: 0 if there is none. */
  public get nodePort(): number {
    return Token.asNumber(Fn.try([this.service.spec.port.get(0).nodePort, 0]));
  }

  /** The name of its public address in Azure's domain, if `exposure` has one. It is known before the address is. */
  public get fullyQualifiedDomainName(): string | undefined {
    return this.exposure.fullyQualifiedDomainName;
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
   * Lets this workload call another one: the network policies of both, where they have any, allow it.
   *
   * @param other The workload to call
   */
  public connectTo(other: IWorkload): void {
    this.network.connectTo(other);
  }

  /**
   * Lets a peer call this workload, such as an ingress controller or a monitoring agent. Only a workload that is `isolated`
   * needs it.
   *
   * @param peer The caller
   * @param port The port of the container that it calls; `containerPort` if omitted
   */
  public allowFrom(peer: NetworkPeer, port?: number): void {
    this.network.allowFrom(peer, port);
  }

  /**
   * Like `allowFrom`, for several ports, ranges of ports, or other protocols.
   *
   * @param peer The caller
   * @param ports The ports of the containers that it calls, at least one
   */
  public allowFromPorts(peer: NetworkPeer, ports: NetworkPort[]): void {
    this.network.allowFromPorts(peer, ports);
  }

  /**
   * Lets this workload call a peer that is not a workload of the program. Only a workload that is `isolated` needs it.
   *
   * @param peer The peer to call
   * @param port The port that is called
   */
  public allowTo(peer: NetworkPeer, port: number): void {
    this.network.allowTo(peer, port);
  }

  /**
   * Like `allowTo`, for several ports, ranges of ports, or other protocols.
   *
   * @param peer The peer to call
   * @param ports The ports that are called, at least one
   */
  public allowToPorts(peer: NetworkPeer, ports: NetworkPort[]): void {
    this.network.allowToPorts(peer, ports);
  }

  private createService(props: WorkloadProps, { provider, metadata, selector }: ObjectContext): ServiceV1 {
    const annotations = this.exposure._annotations(servicePortsOf(props));
    const service = new ServiceV1(this, 'service', {
      provider,
      metadata: { ...metadata, name: this.serviceName, annotations },
      spec: { ...serviceSpec(props), selector },
    });
    claimHostName(service, 'exposure.dnsName', this.exposure.fullyQualifiedDomainName);
    return service;
  }
}

checkArguments(Workload);
