import { isColorSupported } from 'picocolors';
import type { Process } from './command';

/** The process that runs the command. */
export const THIS_PROCESS: Process = {
  env: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  isColoured: process.stdout.isTTY === true && isColorSupported,
};
