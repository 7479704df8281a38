import type { IConstruct } from 'constructs';

/** A node pool, created here or elsewhere. */
export interface INodePool extends IConstruct {
  /** The Azure resource id of the pool. */
  readonly nodePoolId: string;
  /** The name of the pool. */
  readonly nodePoolName: string;
}
