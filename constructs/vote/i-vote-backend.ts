import type { IConstruct } from 'constructs';
import type { IContainerImage } from '../workload/pod/container-image';
import type { IVoteFront } from './i-vote-front';

/** The Redis in which the votes are stored. */
export interface IVoteBackend extends IConstruct {
  /** Its host name for fronts of the same namespace. */
  readonly host: string;
  /**
   * Its host name for fronts of other namespaces.
   *
   * @default - `host`
   */
  readonly dnsName?: string;
  /**
   * Its namespace.
   *
   * @default - none: it is outside the cluster
   */
  readonly namespace?: string;
  /** Its password, as a reference, if it has one. */
  readonly password?: string;
  /** An image with `redis-cli`, which the fronts use to wait for it. */
  readonly clientImage: IContainerImage;
  /**
   * Lets a front call it. Fronts call this method when they are created.
   *
   * @param front The front that keeps its votes here
   */
  acceptFront(front: IVoteFront): void;
}
