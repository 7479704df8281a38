import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readStacks } from './stacks';
import { manifestsYaml } from './yaml';

const USAGE = `Usage: npm run manifests [-- [FOLDER] [--out DIR]]

Prints the Kubernetes objects of synthesized stacks as the YAML that kubectl takes.

  FOLDER     what CDKTF wrote (cdktf.out), or any folder with *.tf.json; cdktf.out when left out
  --out DIR  write DIR/<stack>.yaml instead, one file for each stack`;

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length > 1) {
    throw new Error(`one folder at a time, got ${positionals.join(' ')}`);
  }
  const stacks = readStacks(positionals[0] ?? 'cdktf.out');
  const texts = stacks.map(({ name, json }) => ({ name, text: manifestsYaml(json, `Stack ${name}`) }));
  if (values.out === undefined) {
    process.stdout.write(texts.map(({ text }) => text).join('---\n'));
    return;
  }
  mkdirSync(values.out, { recursive: true });
  for (const { name, text } of texts) {
    const path = join(values.out, `${name.replaceAll('/', '-')}.yaml`);
    writeFileSync(path, text);
    console.log(path);
  }
}

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
