import type { IConstruct } from 'constructs';
import type { IContainerImage } from '../workload/pod/container-image';
import type { IVoteFront } from './i-vote-front';

/** Where the votes are kept. */
export interface IVoteBackend extends IConstruct {
  /** The host name that fronts of its own namespace find it at. */
  readonly host: string;
  /**
   * The host name that fronts of other namespaces find it at.
   *
   * @default - `host`
   */
  readonly dnsName?: string;
  /**
   * The namespace that it is in.
   *
   * @default - none: it is outside of the cluster
   */
  readonly namespace?: string;
  /** The password that it wants, as a reference, if it wants one. */
  readonly password?: string;
  /** An image with `redis-cli`, which fronts wait for it with. */
  readonly clientImage: IContainerImage;
  /**
   * Takes note of a front, which may call it from then on. The front does so by itself.
   *
   * @param front The front that keeps its votes here
   */
  acceptFront(front: IVoteFront): void;
}
