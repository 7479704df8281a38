import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Annotations, Fn, type TerraformProvider, Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { imageReference, movesWithoutNotice } from '../private/image-rules';
import { requireChosenProvider } from '../private/kubernetes-provider';
import * as rules from '../private/kubernetes-rules';
import { numberText } from '../private/number-text';
import { createAfter } from '../private/order';
import { check, checkGiven, isKnown, show } from '../private/rule';
import type { IContainerImage } from './container-image';
import type { EnvValue } from './env-value';
import { Exposure } from './exposure';
import { type ContainerResources, renderResources, resourcesProblems } from './resources';
import { Rollout, type RolloutProps } from './rollout';

/** What every workload can be told. */
export interface WorkloadOptions {
  /**
   * The namespace, which must exist.
   *
   * @default "default"
   */
  readonly namespace?: string;
  /**
   * The provider of the cluster that it runs on.
   *
   * @default - the only Kubernetes provider of the stack
   */
  readonly provider?: TerraformProvider;
}

/** What a `Workload` is made from. */
export interface WorkloadProps extends WorkloadOptions {
  /**
   * The name of the Deployment, its container and its Service: 1 to 46 lower-case letters, digits and "-". Changing it
   * replaces them.
   */
  readonly name: string;
  /** The image that it runs. It is created when the image can be pulled. */
  readonly image: IContainerImage;
  /** The port that the container listens on, 1 to 65535. */
  readonly containerPort: number;
  /**
   * The name of the container's port: 1 to 15 lower-case letters, digits and "-".
   *
   * @default - the port has no name
   */
  readonly portName?: string;
  /**
   * The port that the Service listens on, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;
  /**
   * How many pods run.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * The container's environment variables.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: EnvValue };
  /**
   * What the container is given and what it may use.
   *
   * @default - no requests and no limits
   */
  readonly resources?: ContainerResources;
  /**
   * How new pods take the place of old ones.
   *
   * @default - one more pod at a time, none less
   */
  readonly rollout?: RolloutProps;
  /**
   * From where it can be reached.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
  /**
   * What has to be ready before it is created, besides its image.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/** How long Kubernetes tries to get new pods to run: long enough for a fresh role to work and a pull to be tried again. */
const PROGRESS_DEADLINE_SECONDS = 600;

/** How long Terraform waits: longer than that, so that the reason is reported and not the time. */
const TIMEOUT = '15m';

/**
 * A web application: a Deployment with one container on Linux nodes, and a Service in front of it.
 *
 * Terraform waits until the pods run; what needs the workload is created after that.
 */
export class Workload extends Construct {
  /** The name of the Service, which is its host name for pods of the same namespace. */
  public readonly serviceName: string;
  /** The port that the Service listens on. */
  public readonly servicePort: number;
  private readonly service: ServiceV1;

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const rollout = new Rollout(props.rollout ?? {});
    this.node.addValidation({ validate: () => [...workloadProblems(props), ...rollout.problems()] });
    requireChosenProvider(this);
    if (movesWithoutNotice(props.image.reference)) {
      Annotations.of(this).addWarning(movingImageWarning(props.image.reference));
    }

    const deployment = this.createDeployment(props, rollout);
    createAfter(deployment, () => [...props.image.prerequisitesFor(this), ...(props.prerequisites ?? [])]);

    this.servicePort = props.servicePort ?? props.containerPort;
    this.service = this.createService(props);
    this.serviceName = props.name;
  }

  /** The address of the load balancer, known when Terraform has run: empty until there is one. */
  public get loadBalancerAddress(): string {
    const ingress = this.service.status.get(0).loadBalancer.get(0).ingress.get(0);
    return Token.asString(Fn.try([ingress.ip, ingress.hostname, '']));
  }

  private createDeployment(props: WorkloadProps, rollout: Rollout): DeploymentV1 {
    const labels = { app: props.name };
    const environment = Object.entries(props.environment ?? {}).map(([name, { value }]) => ({ name, value }));
    return new DeploymentV1(this, 'Resource', {
      provider: props.provider,
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        replicas: numberText(props.replicas ?? 2),
        selector: { matchLabels: labels },
        strategy: rollout.strategy(),
        minReadySeconds: rollout.minReadySeconds,
        progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
        template: {
          metadata: { labels },
          spec: {
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            // neither the Kubernetes API nor the environment variables of every Service is a web application's business
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            container: [
              {
                name: props.name,
                image: props.image.reference,
                port: [{ containerPort: props.containerPort, name: props.portName }],
                env: environment.length === 0 ? undefined : environment,
                resources: renderResources(props.resources ?? {}),
              },
            ],
          },
        },
      },
      waitForRollout: true,
      timeouts: { create: TIMEOUT, update: TIMEOUT },
    });
  }

  private createService(props: WorkloadProps): ServiceV1 {
    return new ServiceV1(this, 'service', {
      provider: props.provider,
      metadata: { name: props.name, namespace: props.namespace },
      spec: {
        type: (props.exposure ?? Exposure.clusterOnly()).serviceType,
        selector: { app: props.name },
        port: [{ port: this.servicePort, targetPort: numberText(props.containerPort) }],
      },
    });
  }
}

function workloadProblems(props: WorkloadProps): string[] {
  return [
    ...checkGiven(rules.workloadName, 'name', props.name),
    ...check(rules.namespaceName, 'namespace', props.namespace),
    ...checkGiven(imageReference, 'image', props.image.reference),
    ...checkGiven(rules.port, 'containerPort', props.containerPort),
    ...check(rules.port, 'servicePort', props.servicePort),
    ...check(rules.portName, 'portName', props.portName),
    ...check(rules.replicas, 'replicas', props.replicas),
    ...Object.keys(props.environment ?? {}).flatMap((name) => check(rules.environmentName, 'environment', name)),
    ...resourcesProblems('resources', props.resources ?? {}),
  ];
}

function movingImageWarning(reference: string): string {
  const image = isKnown(reference) ? show(reference) : 'of this workload';
  return (
    `the image ${image} has no tag that stays: nobody can tell which image runs, and nodes may run different ones. ` +
    'Give it a version or a digest'
  );
}
