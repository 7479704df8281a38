import type { PodOptions } from './pod/pod-options';
import type { RunningOptions } from './pod/running-options';
import type { ReplicaOptions } from './scaling/replica-options';

/** Properties of `Worker`. */
export interface WorkerProps extends PodOptions, RunningOptions, ReplicaOptions {}
