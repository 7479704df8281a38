import type { IVoteFront } from './i-vote-front';
import { isKnown } from '../core/values/known';
import { show } from '../core/values/shown';
import { type Violation, when } from '../core/problems/violation';

/**
 * The problems of fronts of one back end that count the same value: a vote on one page then counts on the other, too.
 */
export function sharedVotesProblems(fronts: readonly IVoteFront[]): Violation[] {
  const firstWith = new Map<string, IVoteFront>();
  return fronts.flatMap((front) => {
    const clashes = front.voteValues.filter((value) => isKnown(value) && firstWith.has(value));
    for (const value of front.voteValues.filter((one) => !firstWith.has(one))) {
      firstWith.set(value, front);
    }
    const [clash] = clashes;
    return when(
      clash !== undefined && !front.sharesVotes,
      'shared-votes',
      () =>
        `the vote values of ${front.node.path} must differ from those of ${firstWith.get(clash ?? '')?.node.path}, which ` +
        `counts in the same back end, got ${clashes.map(show).join(' and ')}: give it a 'vote1Value' and a 'vote2Value' ` +
        "of its own, or 'sharesVotes' if they are meant to share one count",
    );
  });
}
