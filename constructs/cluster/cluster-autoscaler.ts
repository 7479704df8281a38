import type { KubernetesClusterAutoScalerProfile } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { numberText } from '../core/values/number-text';
import { integerRule, check, type Rule } from '../core/rules/rule';
import type { Violation } from '../core/problems/violation';

/** How the cluster autoscaler chooses the pool that grows. */
export enum AutoscalerExpander {
  /** The pool that would have the least unused CPU and memory. */
  LEAST_WASTE = 'least-waste',
  /** The pool that fits the most waiting pods. */
  MOST_PODS = 'most-pods',
  /** The pool with the highest priority in the ConfigMap "cluster-autoscaler-priority-expander". */
  PRIORITY = 'priority',
  /** A random pool. */
  RANDOM = 'random',
}

/** The behavior of the cluster autoscaler, in all pools of the cluster. */
export interface ClusterAutoscalerOptions {
  /**
   * How the pool that grows is chosen.
   *
   * @default AutoscalerExpander.RANDOM
   */
  readonly expander?: AutoscalerExpander;
  /**
   * Keeps pools with equal nodes at the same size, such as one pool per zone.
   *
   * @default false
   */
  readonly balanceSimilarNodeGroups?: boolean;
  /**
   * The minutes after a scale-up before nodes may be removed, 1 to 1440.
   *
   * @default 10
   */
  readonly scaleDownDelayAfterAddMinutes?: number;
  /**
   * The minutes that a node must be unneeded before it is removed, 1 to 1440.
   *
   * @default 10
   */
  readonly scaleDownUnneededMinutes?: number;
  /**
   * The share of requested CPU and memory below which a node is unneeded, 0 to 1.
   *
   * @default 0.5
   */
  readonly scaleDownUtilizationThreshold?: number;
}

const SOURCE = 'https://learn.microsoft.com/azure/aks/cluster-autoscaler#cluster-autoscaler-profile-settings';

export const scaleDownMinutes = integerRule('scale-down-minutes', 1, 1440, SOURCE, 10);

export const utilizationShare: Rule<number> = {
  id: 'utilization-share',
  must: 'must be a ratio from 0 to 1',
  source: SOURCE,
  example: 0.5,
  holds: (value) => value >= 0 && value <= 1,
};

export function clusterAutoscalerProblems(options: ClusterAutoscalerOptions): Violation[] {
  const name = 'clusterAutoscaler';
  return [
    ...check(scaleDownMinutes, `${name}.scaleDownDelayAfterAddMinutes`, options.scaleDownDelayAfterAddMinutes),
    ...check(scaleDownMinutes, `${name}.scaleDownUnneededMinutes`, options.scaleDownUnneededMinutes),
    ...check(utilizationShare, `${name}.scaleDownUtilizationThreshold`, options.scaleDownUtilizationThreshold),
  ];
}

export function renderClusterAutoscaler(options: ClusterAutoscalerOptions): KubernetesClusterAutoScalerProfile {
  return {
    expander: options.expander ?? AutoscalerExpander.RANDOM,
    balanceSimilarNodeGroups: options.balanceSimilarNodeGroups ?? false,
    scaleDownDelayAfterAdd: `${numberText(options.scaleDownDelayAfterAddMinutes ?? 10)}m`,
    scaleDownUnneeded: `${numberText(options.scaleDownUnneededMinutes ?? 10)}m`,
    scaleDownUtilizationThreshold: numberText(options.scaleDownUtilizationThreshold ?? 0.5),
  };
}
