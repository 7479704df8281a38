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

/** What is known of the network of a cluster; a `NetworkProfile` is one. */
export interface IClusterNetwork {
  /** Whether network policies have an effect in it. */
  readonly enforcesNetworkPolicies: boolean;
}

/** What every workload can be told. */
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
   * What it is a part of, for the label "app.kubernetes.io/part-of": 1 to 63 letters, digits, "-", "_" and ".".
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
   * What has to be ready before it is created, besides its image.
   *
   * @default - nothing
   */
  readonly prerequisites?: IConstruct[];
}

/** What a `Workload` is made from. */
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
   * What the container runs.
   *
   * @default - what the image says
   */
  readonly command?: string[];
  /**
   * How many pods run. Not together with `autoscaling`.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * How many pods run, as their load wants it.
   *
   * @default - always `replicas`
   */
  readonly autoscaling?: AutoscalingProps;
  /**
   * How many pods may be taken away at once while nodes are drained.
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
   * Files for the container, by their absolute paths. A new text replaces the pods, one after the other. Not for
   * secrets: the texts stand in the synthesized JSON.
   *
   * @default - none
   */
  readonly configFiles?: { readonly [path: string]: string };
  /**
   * What a pod runs to its end, in this order, before the container starts.
   *
   * @default - nothing
   */
  readonly initContainers?: InitContainer[];
  /**
   * What the container is given and what it may use.
   *
   * @default - no requests and no limits
   */
  readonly resources?: ContainerResources;
  /**
   * How Kubernetes finds out how the container is.
   *
   * @default - it gets requests when its port takes connections
   */
  readonly probes?: ProbeSet;
  /**
   * What the containers of a pod may do.
   *
   * @default PodSecurity.restricted()
   */
  readonly security?: PodSecurity;
  /**
   * As what the pods run: with one of `cluster.addServiceAccount(...)` they use Azure without a password. It is of their
   * namespace. They get no token for the Kubernetes API.
   *
   * @default - the service account "default", which may do nothing
   */
  readonly serviceAccount?: IServiceAccount;
  /**
   * For how many seconds a pod that is to end goes on as before, so that nobody sends it requests any more. The image
   * needs the command `sleep` for it.
   *
   * @default 5, or 0 where `terminationGracePeriodSeconds` is no more than that
   */
  readonly preStopSeconds?: number;
  /**
   * After how many seconds a pod that is to end is killed, `preStopSeconds` included. At once with 0; AKS waits 1800
   * seconds when it drains a node.
   *
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
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
