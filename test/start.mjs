import { createRequire } from 'node:module';
import 'tsx/cjs';

/** What Jest calls before the first test file, in its own process, which reads no TypeScript. */
export default createRequire(import.meta.url)('./run.ts').startRun;
