#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { isColorSupported } from 'picocolors';
import { run } from './command';

// V8 optimizes what runs a few thousand times, as much of a review does. On Node.js 20 that took as much of a machine as the
// whole review, and saved nothing; what runs longer, as with a hostile program, is optimized as ever. Later versions spend
// less on it, and from 24 on V8 has no such flag.
if (process.version.startsWith('v20.')) {
  setFlagsFromString('--interrupt-budget=500000');
}

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
