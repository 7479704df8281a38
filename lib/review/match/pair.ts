import type { Resource } from '../read/program';

/** The two sides of one resource; one side is absent if the resource is new or removed. */
export interface Pair {
  readonly base?: Resource;
  readonly head?: Resource;
  /** How the sides were matched: by address, by a `moved` block, or by the same configuration or name in the cloud. */
  readonly link: 'address' | 'moved' | 'renamed' | 'none';
}
