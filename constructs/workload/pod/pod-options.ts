import type { IServiceAccount } from '../../kubernetes/service-account';
import type { Affinity } from '../placement/affinity';
import type { IPriorityClass } from '../placement/i-priority-class';
import type { Placement } from '../placement/placement';
import type { ContainerOptions } from './container-options';
import type { InitContainer } from './init-container';
import type { WorkloadOptions } from './workload-options';

/** Options for every kind of pod: its containers, configuration and permissions. */
export interface PodOptions extends WorkloadOptions, ContainerOptions {
  /**
   * The name of its objects, or the beginning of their names, and the label "app" that selects its pods: 1 to 46
   * lower-case letters, digits and "-"; up to 54 for a Job, and 52 for a CronJob. Changing it replaces them.
   */
  readonly name: string;
  /**
   * The name of the first container: 1 to 63 lower-case letters, digits and "-".
   *
   * @default - `name`
   */
  readonly containerName?: string;
  /**
   * Files for the first container, by their absolute paths. A new text replaces the pods, one by one. Not for secrets,
   * since the synthesized JSON contains the texts.
   *
   * @default - none
   * @alias configMap, configMaps, files
   */
  readonly configFiles?: { readonly [path: string]: string };
  /**
   * Containers that run to completion, in this order, before the others start.
   *
   * @default - nothing
   */
  readonly initContainers?: InitContainer[];
  /**
   * The service account of the pods, in their namespace. With one of `cluster.addServiceAccount(...)`, they use Azure
   * without a password. They get a token for the Kubernetes API if it has a role from `grant(...)`.
   *
   * @default - the service account "default", which has no rights
   */
  readonly serviceAccount?: IServiceAccount;
  /**
   * The nodes on which the pods run, such as `Placement.on(pool)`.
   *
   * @default - any Linux node without a taint that prevents it
   * @alias nodeSelector, nodeAffinity, nodePool
   */
  readonly placement?: Placement;
  /**
   * The placement of the pods in relation to those of other workloads, such as `Affinity.separateFrom(workload)`.
   *
   * @default - on any node with capacity
   * @alias podAffinity, podAntiAffinity, antiAffinity
   */
  readonly affinity?: Affinity[];
  /**
   * The priority of the pods when capacity is short.
   *
   * @default - the default of the cluster, usually 0
   * @alias priorityClassName
   */
  readonly priorityClass?: IPriorityClass;
  /**
   * The seconds after which a terminating pod is killed, including `preStopSeconds`; 0 kills it immediately. AKS waits
   * 1800 seconds when it drains a node.
   *
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
}
