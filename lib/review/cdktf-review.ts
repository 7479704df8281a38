#!/usr/bin/env node
import { isColorSupported } from 'picocolors';
import { run } from './command';

// whoever reads the output may stop early, as head does.
process.stdout.on('error', () => undefined);

process.exitCode = run(process.argv.slice(2), {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isColoured: process.stdout.isTTY === true && isColorSupported,
});
