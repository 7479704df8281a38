import { register as registerCommonJs } from 'tsx/cjs/api';
import { register as registerModules } from 'tsx/esm/api';

// Lets the threads that run test files load TypeScript. `tsx` itself does this in the main thread only.
registerCommonJs();
registerModules();
