#!/usr/bin/env node
import { isColorSupported } from 'picocolors';
import { run } from './command';

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
