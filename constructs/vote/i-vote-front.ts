import type { IConstruct } from 'constructs';
import type { IWorkload } from '../workload/i-workload';
import type { NetworkPeer } from '../workload/network-peer';

/** The workload of a front, which calls its back end. */
export interface IFrontWorkload extends IWorkload {
  /** Lets the pods call another workload. */
  connectTo(other: IWorkload): void;
  /** Lets the pods call a peer, at a port. */
  allowTo(peer: NetworkPeer, port: number): void;
}

/** A front of the vote application. */
export interface IVoteFront extends IConstruct {
  /** The pods of the front, and the Service in front of them. */
  readonly workload: IFrontWorkload;
  /** The two values that visitors vote for. */
  readonly voteValues: string[];
  /** Whether it shares the votes of other fronts that have a value in common. */
  readonly sharesVotes: boolean;
}
