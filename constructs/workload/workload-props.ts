import type { Exposure } from './exposure/exposure';
import type { PodOptions } from './pod/pod-options';
import type { PortOptions } from './pod/port-options';
import type { RunningOptions } from './pod/running-options';
import type { ReplicaOptions } from './scaling/replica-options';
import type { WorkloadNames } from './workload-names';

/** Properties of `Workload`. */
export interface WorkloadProps extends PodOptions, PortOptions, RunningOptions, ReplicaOptions, WorkloadNames {
  /**
   * The port that the Service listens on, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;
  /**
   * Where it can be reached from.
   *
   * @default Exposure.clusterOnly()
   */
  readonly exposure?: Exposure;
}
