import { type NodePoolOptions } from './node-pool-options';
import type { Taint } from '../../kubernetes/taint';

/**
 * The purpose of the nodes of a pool.
 *
 * @literal
 */
export enum NodePoolMode {
  /** For the system pods of Kubernetes, and for applications. */
  SYSTEM = 'System',
  /** For applications. */
  USER = 'User',
}

/** The eviction policy of Spot nodes. */
export enum SpotEvictionPolicy {
  /** Evicted nodes are deleted. */
  DELETE = 'Delete',
  /** Evicted nodes are stopped, and still count against the quota. */
  DEALLOCATE = 'Deallocate',
}

/** Nodes that use spare capacity: much cheaper, but Azure can evict them at any time. */
export interface SpotOptions {
  /**
   * The highest price in US dollars an hour, at least 0.00001, or -1 for up to the price of a regular node.
   *
   * @default -1
   */
  readonly maxPrice?: number;
  /**
   * Whether a node that Azure evicts is deleted or deallocated.
   *
   * @default SpotEvictionPolicy.DELETE
   */
  readonly evictionPolicy?: SpotEvictionPolicy;
}

/** Options for `addNodePool`. */
export interface AddNodePoolOptions extends NodePoolOptions {
  /**
   * The name of the pool: 1 to 12 lower-case letters and digits, beginning with a letter. Changing it replaces the pool.
   */
  readonly name: string;
  /**
   * The purpose of the nodes.
   *
   * @default NodePoolMode.USER
   */
  readonly mode?: NodePoolMode;
  /**
   * Makes it a pool of Spot nodes, with the label and the taint "kubernetes.azure.com/scalesetpriority=spot", which
   * pods must tolerate. Only for user pools.
   *
   * @default - regular nodes
   * @alias priority, spotMaxPrice
   */
  readonly spot?: SpotOptions;
  /**
   * Keeps pods off the nodes that do not tolerate the taints: at least one.
   *
   * @default - none
   * @alias nodeTaints
   */
  readonly taints?: Taint[];
}
