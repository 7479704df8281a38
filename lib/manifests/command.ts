import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reason } from '../terraform-json/files';
import { messageOf } from '../terraform-json/read';
import { readStacks } from './stacks';
import { manifestsYaml } from './yaml';

const USAGE = `Usage: npm run manifests [-- [FOLDER] [--out DIR]]

Prints the Kubernetes objects of synthesized stacks as YAML for kubectl.

  FOLDER     the output of CDKTF, or any folder with *.tf.json; default: cdktf.out
  --out DIR  write one file per stack instead, DIR/<stack>.yaml
`;

/** The parts of a process that the command uses. */
export interface Process {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/** Runs the command, and returns its exit code. */
export function run(args: readonly string[], { write, writeError }: Process): number {
  try {
    perform(args, write);
    return 0;
  } catch (error) {
    // the message of Node.js for an unknown option continues with advice that does not apply
    const [said = ''] = messageOf(error).split(/\. To specify|\n/);
    writeError(`manifests: ${said}; "npm run manifests -- --help" shows the usage\n`);
    return 1;
  }
}

function perform(args: readonly string[], write: (text: string) => void): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    write(USAGE);
    return;
  }
  if (positionals.length > 1) {
    throw new Error(`one folder at a time, got ${positionals.join(' ')}`);
  }
  const stacks = readStacks(positionals[0] ?? 'cdktf.out');
  const texts = stacks.map(({ name, json }) => ({ name, text: manifestsYaml(json, `Stack ${name}`) }));
  if (values.out === undefined) {
    write(texts.map(({ text }) => text).join('---\n'));
    return;
  }
  for (const { name, text } of texts) {
    write(`${writeFile(values.out, `${name.replaceAll('/', '-')}.yaml`, text)}\n`);
  }
}

/** Writes a file into a folder, and returns its path. */
function writeFile(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
    return path;
  } catch (error) {
    throw new Error(`${path}: cannot be written (${reason(error)})`);
  }
}
