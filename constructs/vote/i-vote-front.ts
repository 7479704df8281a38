import type { IConstruct } from 'constructs';
import type { Workload } from '../workload/workload';

/** A front of the vote application. */
export interface IVoteFront extends IConstruct {
  /** The pods of the front, and the Service in front of them. */
  readonly workload: Workload;
  /** The two values that visitors vote for. */
  readonly voteValues: string[];
  /** Whether it counts its votes together with other fronts that have a value in common. */
  readonly sharesVotes: boolean;
}
