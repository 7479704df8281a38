import type { ServiceV1Spec, ServiceV1SpecPort } from '@cdktf/provider-kubernetes/lib/service-v1';
import { checkArguments } from '../../core/declared';
import { loadBalancerPort } from './exposure-rules';
import { nodePort } from './exposure-rules';
import {
  commonAnnotations,
  commonProblems,
  internalAnnotations,
  internalProblems,
  loadBalancerWarnings,
  normalRanges,
  portProbeAnnotations,
  publicAnnotations,
  publicProblems,
  rangeAnnotations,
} from './load-balancer-annotations';
import { regionName } from '../../azure/location-rules';
import { check } from '../../core/rules/rule';
import type {
  InternalLoadBalancerOptions,
  LoadBalancerOptions,
  NodePortOptions,
  PublicLoadBalancerOptions,
} from './load-balancer';
import type { Violation } from '../../core/problems/violation';

/** The differences between the kinds of exposure. */
interface ExposureParts {
  readonly serviceType: string;
  readonly options?: LoadBalancerOptions;
  readonly annotations?: { readonly [name: string]: string };
  readonly nodePort?: number;
  readonly fullyQualifiedDomainName?: string;
  readonly problems: readonly Violation[];
}

/**
 * The way in which a workload is exposed to callers.
 *
 * @example
 * new Workload(stack, 'web', {
 *   name: 'web',
 *   image: registry.image('web', 'v1'),
 *   containerPort: 8080,
 *   exposure: Exposure.internalLoadBalancer(),
 * });
 */
export class Exposure {
  /** Only from inside the cluster. */
  public static clusterOnly(): Exposure {
    return new Exposure({ serviceType: 'ClusterIP', problems: [] });
  }

  /** From the internet, at its own public address, through the cluster's load balancer. */
  public static publicLoadBalancer(options: PublicLoadBalancerOptions = {}): Exposure {
    const { dnsName } = options;
    return new Exposure({
      serviceType: 'LoadBalancer',
      options,
      annotations: { ...publicAnnotations(options), ...commonAnnotations(options) },
      problems: [...publicProblems(options), ...commonProblems(options)],
      fullyQualifiedDomainName:
        dnsName === undefined ? undefined : `${dnsName.label}.${regionName(dnsName.location)}.cloudapp.azure.com`,
    });
  }

  /** From the network of the nodes and those joined to it, at a private address, through a load balancer. */
  public static internalLoadBalancer(options: InternalLoadBalancerOptions = {}): Exposure {
    return new Exposure({
      serviceType: 'LoadBalancer',
      options,
      annotations: { ...internalAnnotations(options), ...commonAnnotations(options) },
      problems: [...internalProblems(options), ...commonProblems(options)],
    });
  }

  /** From the network of the nodes and those joined to it, at the same port of every node. */
  public static nodePort(options: NodePortOptions = {}): Exposure {
    return new Exposure({
      serviceType: 'NodePort',
      options: { externalTrafficPolicy: options.externalTrafficPolicy },
      nodePort: options.nodePort,
      problems: check(nodePort, 'exposure.nodePort', options.nodePort),
    });
  }

  private constructor(private readonly parts: ExposureParts) {}

  /** The type of the Kubernetes Service. */
  public get serviceType(): string {
    return this.parts.serviceType;
  }

  /** The DNS name of the public address, if it has one. */
  public get fullyQualifiedDomainName(): string | undefined {
    return this.parts.fullyQualifiedDomainName;
  }

  /** Whether callers come from outside the cluster. @internal */
  public get _isOpen(): boolean {
    return this.parts.serviceType !== 'ClusterIP';
  }

  /** @internal */
  public _annotations(ports: readonly ServiceV1SpecPort[]): { readonly [name: string]: string } | undefined {
    const { serviceType, options = {}, annotations = {} } = this.parts;
    const all = { ...annotations, ...(serviceType === 'LoadBalancer' ? portProbeAnnotations(options, ports) : {}) };
    return Object.keys(all).length === 0 ? undefined : all;
  }

  /** All settings as annotations, for a load balancer whose Service is created by others. @internal */
  public _gatewayAnnotations(ports: readonly ServiceV1SpecPort[]): { readonly [name: string]: string } | undefined {
    return { ...this._annotations(ports), ...rangeAnnotations(this.parts.options ?? {}) };
  }

  /** The settings that no annotation can express, for a Service that is created by others. @internal */
  public get _fieldsOfService(): string[] {
    const { serviceType, options = {} } = this.parts;
    return [
      ...(serviceType === 'LoadBalancer' ? [] : [serviceType]),
      ...(options.healthProbe === undefined ? [] : ["'healthProbe'"]),
      ...(options.externalTrafficPolicy === undefined ? [] : ["'externalTrafficPolicy'"]),
    ];
  }

  /** @internal */
  public _spec([first, ...further]: ServiceV1SpecPort[]): ServiceV1Spec {
    return {
      type: this.parts.serviceType,
      externalTrafficPolicy: this.parts.options?.externalTrafficPolicy,
      loadBalancerSourceRanges: normalRanges(this.parts.options?.sourceRanges),
      port: [{ ...first, nodePort: this.parts.nodePort }, ...further],
    };
  }

  /** @internal */
  public _problems([first, ...further]: readonly ServiceV1SpecPort[]): Violation[] {
    const portProblems =
      this.parts.serviceType === 'LoadBalancer'
        ? [
            ...check(loadBalancerPort, 'servicePort', first?.port),
            ...further.flatMap(({ port }, index) => check(loadBalancerPort, `servicePorts[${index}].port`, port)),
          ]
        : [];
    return [...this.parts.problems, ...portProblems];
  }

  /** @internal */
  public get _warnings(): Violation[] {
    return loadBalancerWarnings(this.parts.options ?? {});
  }
}

checkArguments(Exposure);
