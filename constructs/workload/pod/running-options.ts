import type { VerticalScalingProps } from '../scaling/vertical-scaling';
import type { ProbeSet } from './probe';
import type { Sidecar } from './sidecar';

/** Options for containers that run until they are stopped. */
export interface RunningOptions {
  /**
   * The probes by which Kubernetes monitors the container.
   *
   * @default - a readiness probe of its port, if it has one
   * @alias healthCheck, healthChecks
   */
  readonly probes?: ProbeSet;
  /**
   * The seconds that a terminating pod continues to serve, until no more requests are sent to it. The image needs the
   * command `sleep`.
   *
   * @default 5, or 0 if the container has no port, or `terminationGracePeriodSeconds` is 5 or less
   * @alias preStop, lifecycle
   */
  readonly preStopSeconds?: number;
  /**
   * Further containers that run in the same pods.
   *
   * @default - none
   */
  readonly sidecars?: Sidecar[];
  /**
   * Adjusts the CPU and memory requests of the containers to their usage, with the VerticalPodAutoscaler, which the
   * cluster has with `verticalPodAutoscaler: true`. Its objects are custom resources, which need a cluster that exists
   * when Terraform plans: use a separate stack.
   *
   * @default - always `resources`
   */
  readonly verticalScaling?: VerticalScalingProps;
}
