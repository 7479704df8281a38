import { join } from 'node:path';
import { Problems } from '../constructs';
import { readSettings } from '../lib/settings';
import { VoteStack } from '../lib/vote-stack';
import { run } from './program';

// as main.ts does it, but deaf to the environment, which the other side does not read
const { settings, problems } = readSettings(join(__dirname, '..'), {});
run(
  (app, id) => new VoteStack(app, id, settings),
  (app) => [...problems, ...Problems.of(app)],
);
