import type { ServiceOptions } from './exposure/service-options';
import type { PodOptions } from './pod/pod-options';
import type { PortOptions } from './pod/port-options';
import type { RunningOptions } from './pod/running-options';
import type { ReplicaOptions } from './scaling/replica-options';
import type { WorkloadNames } from './workload-names';

/** Properties of `Workload`. */
export interface WorkloadProps
  extends PodOptions, PortOptions, ServiceOptions, RunningOptions, ReplicaOptions, WorkloadNames {}
