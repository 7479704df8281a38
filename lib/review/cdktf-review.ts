#!/usr/bin/env node
import { isColorSupported } from 'picocolors';
import { run } from './command';

// the reader of the output may stop early, like head.
process.stdout.on('error', () => undefined);

process.exitCode = run(process.argv.slice(2), {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isColoured: process.stdout.isTTY === true && isColorSupported,
});
