import { join } from 'node:path';
import { Problems } from '../constructs';
import { dropCreationTraces } from '../lib/engine/creation-traces';
import { readSettings } from '../lib/vote/settings';
import { recordSources } from '../lib/engine/sources';
import { VoteStack } from '../lib/vote/vote-stack';
import { run } from './program';

// like main.ts, but without environment variables, which the other side does not read either
dropCreationTraces();
const root = join(__dirname, '..');
const { settings, problems } = readSettings(root, {});
run({
  prepare: (app) => recordSources(app, { root }),
  addStack: (app, id) => new VoteStack(app, id, settings),
  problemsOf: (app) => [...problems, ...Problems.of(app)],
});
