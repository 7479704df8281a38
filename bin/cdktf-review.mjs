#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

// A clone has the source, which needs no build and is never out of date; the package has what was built from it.
const source = fileURLToPath(new URL('../lib/review/cdktf-review.ts', import.meta.url));
if (existsSync(source)) {
  require('tsx/cjs');
  require(source);
} else {
  require('../dist/lib/review/cdktf-review.js');
}
