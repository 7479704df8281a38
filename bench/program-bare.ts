import { BareVoteStack } from './bare-vote-stack';
import { run } from './program';

run((app, id) => new BareVoteStack(app, id));
