import { BareVoteStack } from './bare-vote-stack';
import { run } from './program';

run({ addStack: (app, id) => new BareVoteStack(app, id) });
