#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { isColorSupported } from 'picocolors';
import { run } from './command';

// A review runs much code a few thousand times, and V8 optimizes what runs so often: that took as much of a machine as the
// whole review, and saved nothing. What runs longer, as with a large or a hostile program, is optimized as ever.
setFlagsFromString('--interrupt-budget=500000');

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // the reader of the output may stop early, like head; anything else, like a full disk, loses the review.
  if (error.code !== 'EPIPE') {
    process.stderr.write(`cdktf-review: the output cannot be written (${error.code ?? 'unknown reason'})\n`);
    process.exitCode = 1;
  }
});

void run(process.argv.slice(2), {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isColoured: process.stdout.isTTY === true && isColorSupported,
}).then((code) => {
  process.exitCode = code;
});
