import type { Spread } from '../pod/spread';
import type { MigrationOptions } from '../jobs/migration-options';
import type { AutoscalingProps } from './autoscaling';
import type { EventScalingProps } from './event-scaling';
import type { DisruptionBudget } from './disruption-budget';
import type { StatefulOptions } from './stateful-options';
import type { RolloutProps } from './rollout';

/** Options for workloads that run in several equal pods. */
export interface ReplicaOptions {
  /**
   * The number of pods. Not together with `autoscaling`.
   *
   * @default - 2, or 1 with a claim that only one node can use at a time
   * @alias replicaCount, instances, desiredCount
   */
  readonly replicas?: number;
  /**
   * Scales the number of pods with the load.
   *
   * @default - always `replicas`
   * @alias hpa, horizontalPodAutoscaler, autoscaler
   */
  readonly autoscaling?: AutoscalingProps;
  /**
   * Scales the number of pods with events, such as messages in a queue or a time of day, down to 0, with KEDA, which
   * the cluster has with `keda: true`. Its objects are custom resources, which need a cluster that exists when
   * Terraform plans: use a separate stack. Not together with `autoscaling` or `replicas`.
   *
   * @default - always `replicas`
   */
  readonly eventScaling?: EventScalingProps;
  /**
   * The number of pods that may be evicted at the same time while nodes are drained, such as
   * `DisruptionBudget.maxUnavailable(PercentOrAbsolute.absolute(1))`.
   *
   * @default - one, if there are two or more
   * @alias pdb, podDisruptionBudget
   */
  readonly disruptionBudget?: DisruptionBudget;
  /**
   * How the pods are spread over zones and nodes.
   *
   * @default Spread.preferred()
   * @alias topologySpreadConstraints, topologySpread
   */
  readonly spread?: Spread;
  /**
   * How new pods replace old ones.
   *
   * @default - one additional pod at a time, and none fewer; all at once with a claim that only one node can use at a
   * time
   * @alias deploymentStrategy
   */
  readonly rollout?: RolloutProps;
  /**
   * A Job that runs to completion before each rollout, such as the migration of a database schema. If it fails, the
   * deployment stops before any pod is replaced, and the next deployment runs it again.
   *
   * @default - no migration
   */
  readonly migration?: MigrationOptions;
  /**
   * Gives the pods stable names: a StatefulSet instead of a Deployment. `Volume.claimForEachPod` implies it.
   *
   * @default - pods without stable names
   */
  readonly stateful?: StatefulOptions;
}
