import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { block, type JsonObject } from './terraform-json';

/** A stack, or another folder of Terraform JSON. */
export interface Stack {
  readonly name: string;
  readonly json: JsonObject;
}

/**
 * The stacks in a folder, by name: those that its manifest.json lists, where CDKTF wrote it; else its *.tf.json as one.
 *
 * @throws an Error that says what is missing
 */
export function readStacks(folder: string): Stack[] {
  if (!existsSync(folder)) {
    throw new Error(`there is no folder ${folder}: synthesize first, with "npm start" or "cdktf synth"`);
  }
  if (!statSync(folder).isDirectory()) {
    return [stack(basename(dirname(resolve(folder))), [folder])];
  }
  const manifest = join(folder, 'manifest.json');
  if (existsSync(manifest)) {
    return Object.entries(block(readJson(manifest).stacks))
      .map(([name, entry]) => stack(name, [join(folder, String(block(entry).synthesizedStackPath))]))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf.json'));
  if (files.length === 0) {
    throw new Error(`folder ${folder} has neither a manifest.json of CDKTF nor a *.tf.json`);
  }
  return [
    stack(
      basename(resolve(folder)),
      files.sort().map((name) => join(folder, name)),
    ),
  ];
}

/** Terraform takes the files of a folder as one, and each section as an object or a list of them. */
function stack(name: string, files: readonly string[]): Stack {
  const contents = files.map(readJson);
  const section = (key: string): unknown[] => contents.flatMap((content) => [content[key] ?? []].flat());
  return { name, json: { resource: section('resource'), data: section('data'), locals: section('locals') } };
}

function readJson(path: string): JsonObject {
  const text = readFileSync(path, 'utf8');
  try {
    return block(JSON.parse(text));
  } catch {
    throw new Error(`${path} is not JSON`);
  }
}
