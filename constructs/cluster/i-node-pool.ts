import type { INodes } from '../kubernetes/nodes';

/** A node pool, created here or elsewhere. */
export interface INodePool extends INodes {
  /** The Azure resource id of the pool. */
  readonly nodePoolId: string;
  /** The name of the pool. */
  readonly nodePoolName: string;
}
