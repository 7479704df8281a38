import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readJson, readProgram } from '../terraform-json/read';
import { blocks, type Json, type JsonObject } from '../terraform-json/json';
import { block } from '../terraform-json/resources';

/** A stack, or another folder of Terraform JSON. */
export interface Stack {
  readonly name: string;
  readonly json: JsonObject;
}

/**
 * The stacks in a folder, by name: those that its manifest.json lists, or else its *.tf.json files as one stack.
 *
 * @throws an Error that names what is missing, or the file that is wrong
 */
export function readStacks(folder: string): Stack[] {
  if (!existsSync(folder)) {
    throw new Error(`${folder}: no such folder; synthesize first, with "npm start" or "cdktf synth"`);
  }
  if (!statSync(folder).isDirectory()) {
    return [stack(basename(dirname(resolve(folder))), [block(readJson(folder))])];
  }
  const isSynthesized = existsSync(join(folder, 'manifest.json'));
  return readProgram(folder).map(({ name, files }) => stack(isSynthesized ? name : basename(resolve(folder)), files));
}

function stack(name: string, files: readonly JsonObject[]): Stack {
  return { name, json: mergedJson(files) };
}

/** The merged files of a folder; each section may be an object or a list of objects, as in Terraform. */
export function mergedJson(files: readonly JsonObject[]): JsonObject {
  const section = (key: string): Json[] => files.flatMap((content) => blocks(content[key]));
  return { resource: section('resource'), data: section('data'), locals: section('locals') };
}
