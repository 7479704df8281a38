import { createRequire } from 'node:module';

const load = createRequire(__filename);

// cdktf records an unlimited stack trace for every token, and nothing here reads them: without, the tests take half the time
Object.assign(load('cdktf/lib/tokens/private/stack-trace') as object, { captureStackTrace: () => [] });
