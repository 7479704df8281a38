import { App } from 'cdktf';
import { Problems } from './constructs';
import { dropCreationTraces } from './lib/engine/creation-traces';
import { readSettings } from './lib/vote/settings';
import { recordSources } from './lib/engine/sources';
import { problemsText, summaryText } from './lib/vote/summary';
import { createTwoStacks } from './lib/vote/two-stacks';
import { VoteStack } from './lib/vote/vote-stack';

const { settings, problems } = readSettings(__dirname, process.env);
dropCreationTraces();
// stack traces would carry this machine's paths into the manifest; and all validations are asked below, once
const app = new App({ stackTraces: false, skipValidation: true });
recordSources(app, { root: __dirname });
if (settings.stacks === 'two') {
  createTwoStacks(app, settings);
} else {
  new VoteStack(app, 'vote', settings);
}

// before app.synth(), which writes the first stack before it looks at the second
const found = [...problems, ...Problems.of(app)];
if (found.length > 0) {
  console.error(problemsText(found));
  process.exitCode = 1;
} else {
  app.synth();
  const runByCdktf = process.env.CDKTF_CONTEXT_JSON !== undefined;
  if (!runByCdktf) {
    console.log(summaryText(app.outdir));
  }
}
