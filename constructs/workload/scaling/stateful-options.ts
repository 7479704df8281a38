import { integerRule } from '../../core/rules/rule';
import { DataPolicy } from '../storage/i-storage-class';

/** The order in which the pods of a StatefulSet start and end. */
export enum PodManagement {
  /** One after the other, each after the previous one is ready. */
  ORDERED_READY = 'OrderedReady',
  /** All at the same time. */
  PARALLEL = 'Parallel',
}

/** Options for pods with stable names and volumes: a StatefulSet. */
export interface StatefulOptions {
  /**
   * Whether each pod has its own host name, such as "web-0.web-pods", through a headless Service. Changing it replaces
   * the StatefulSet.
   *
   * @default true
   */
  readonly podHostNames?: boolean;
  /**
   * The order in which the pods start and end. Changing it replaces the StatefulSet.
   *
   * @default PodManagement.ORDERED_READY
   */
  readonly podManagement?: PodManagement;
  /**
   * The number of pods, from the first one on, that keep their version in a rollout, to test a new version on the last
   * pods. At most the number of pods.
   *
   * @default 0
   */
  readonly partition?: number;
  /**
   * Whether the claims of the pods are kept or deleted when the StatefulSet is deleted or replaced.
   *
   * @default DataPolicy.RETAIN
   */
  readonly onDelete?: DataPolicy;
  /**
   * Whether the claims of removed pods are kept or deleted when the number of pods is reduced.
   *
   * @default DataPolicy.RETAIN
   */
  readonly onScaleDown?: DataPolicy;
}

/** A number of pods, which Kubernetes counts in 32 bits. */
export const partition = integerRule(
  'stateful-partition',
  0,
  2 ** 31 - 1,
  'https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/apps/validation/validation.go',
  1,
);
