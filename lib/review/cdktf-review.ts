#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { run } from './command';
import { THIS_PROCESS } from './this-process';

// V8 optimizes functions that run a few thousand times, as many functions of a review do. On Node.js 20, that costs as much
// time as the review itself and saves none. Functions that run more often, as for a hostile program, are still optimized.
// Later versions spend less time on it, and the V8 of Node.js 24 has no such flag.
if (process.version.startsWith('v20.')) {
  setFlagsFromString('--interrupt-budget=500000');
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // a reader such as head may stop early; any other error, such as a full disk, loses the review.
  if (error.code !== 'EPIPE') {
    process.stderr.write(`cdktf-review: the output cannot be written (${error.code ?? 'unknown reason'})\n`);
    process.exitCode = 1;
  }
});

void run(process.argv.slice(2), THIS_PROCESS).then((code) => {
  process.exitCode = code;
});
