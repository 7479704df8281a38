import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AutoscalingProps } from './scaling/autoscaling';
import type { IContainerImage } from './pod/container-image';
import type { DisruptionBudget } from './scaling/disruption-budget';
import type { EnvValue } from './pod/env-value';
import type { Exposure } from './exposure/exposure';
import type { InitContainer } from './pod/init-container';
import type { PodSecurity } from './pod/pod-security';
import type { ProbeSet } from './pod/probe';
import type { ContainerResources } from './pod/resources';
import type { RolloutProps } from './scaling/rollout';
import type { IServiceAccount } from '../kubernetes/service-account';
import type { Spread } from './pod/spread';
import type { WorkloadNames } from './workload-names';

/** The network of a cluster, as workloads need to know it; a `NetworkProfile` is one. */
export interface IClusterNetwork {
  /** Whether it enforces network policies. */
  readonly enforcesNetworkPolicies: boolean;
}

/** Options for every workload. */
export interface WorkloadOptions {
  /**
   * The namespace: its name, or the `namespaceName` of a `KubernetesNamespace`. One that the stack makes for the same
   * cluster is created first.
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
  /**
   * The application that it is a part of, for the label "app.kubernetes.io/part-of": 1 to 63 letters, digits, "-", "_" and ".".
   *
   * @default - nothing
   */
  readonly partOf?: string;
  /**
   * Whether network policies let in and out only what is declared: callers from outside where it is exposed to them,
   * the workloads that connect to it, those that it connects to, and DNS.
   *
   * @default - true for the parts of the vote application, false for others
   */
  readonly isolated?: boolean;
  /**
   * The network of the cluster: a workload that is isolated warns if it ignores network policies.
   *
   * @default - one that enforces them
   */
  readonly clusterNetwork?: IClusterNetwork;
  /**
   * Constructs that must be ready before it is created, in addition to its image.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/** Properties of `Workload`. */
export interface WorkloadProps extends WorkloadOptions, WorkloadNames {
  /**
   * The name of its objects, and the label "app" that selects its pods: 1 to 46 lower-case letters, digits and "-".
   * Changing it replaces them.
   */
  readonly name: string;
  /** The image that it runs. It is created when the image can be pulled. */
  readonly image: IContainerImage;
  /** The port that the container listens on, 1 to 65535. */
  readonly containerPort: number;
  /**
   * The name of the container's port: 1 to 15 lower-case letters, digits and "-".
   *
   * @default - the port has no name; "main" if there are additional ports
   */
  readonly portName?: string;
  /**
   * Further ports that the container listens on, by their names, for probes and for what asks pods one by one. The
   * Service does not have them.
   *
   * @default - none
   */
  readonly additionalPorts?: { readonly [name: string]: number };
  /**
   * The port that the Service listens on, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;
  /**
   * The command of the container.
   *
   * @default - the command of the image
   */
  readonly command?: string[];
  /**
   * The number of pods. Not together with `autoscaling`.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Scales the number of pods with their load.
   *
   * @default - always `replicas`
   */
  readonly autoscaling?: AutoscalingProps;
  /**
   * The number of pods that may be evicted at once while nodes are drained.
   *
   * @default - one, where there are two or more
   */
  readonly disruptionBudget?: DisruptionBudget;
  /**
   * How the pods are spread over zones and nodes.
   *
   * @default Spread.preferred()
   */
  readonly spread?: Spread;
  /**
   * The container's environment variables.
   *
   * @default - none
   */
  readonly environment?: { readonly [name: string]: EnvValue };
  /**
   * Files for the container, by their absolute paths. A new text replaces the pods, one by one. Not for
   * secrets: the texts stand in the synthesized JSON.
   *
   * @default - none
   */
  readonly configFiles?: { readonly [path: string]: string };
  /**
   * Containers that run to completion, in this order, before the container starts.
   *
   * @default - nothing
   */
  readonly initContainers?: InitContainer[];
  /**
   * The CPU and memory that the container requests, and its limits.
   *
   * @default - no requests and no limits
   */
  readonly resources?: ContainerResources;
  /**
   * The probes that tell Kubernetes how the container is doing.
   *
   * @default - a readiness probe of its port
   */
  readonly probes?: ProbeSet;
  /**
   * The rights of the containers.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;
  /**
   * The service account of the pods, in their namespace: with one of `cluster.addServiceAccount(...)` they call Azure without a
   * password. They get no token for the Kubernetes API.
   *
   * @default - the service account "default", which has no rights
   */
  readonly serviceAccount?: IServiceAccount;
  /**
   * The seconds that a terminating pod keeps serving, so that no more requests are sent to it when it stops. The image needs
   * the command `sleep`.
   *
   * @default 5, or 0 where `terminationGracePeriodSeconds` is no more than that
   */
  readonly preStopSeconds?: number;
  /**
   * The seconds after which a terminating pod is killed, `preStopSeconds` included; 0 kills it at once. AKS waits 1800 seconds
   * when it drains a node.
   *
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * How new pods replace old ones.
   *
   * @default - one additional pod at a time, and none fewer
   */
  readonly rollout?: RolloutProps;
  /**
   * Where it can be reached from.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
  /**
   * A disk of its own, which makes it a StatefulSet of one pod.
   *
   * @internal
   */
  readonly _dataVolume?: DataVolume;
}

/**
 * A disk that stays when the pod goes.
 *
 * @internal
 */
export interface DataVolume {
  readonly mountPath: string;
  readonly sizeGibibytes: number;
  readonly storageClass: string;
}
