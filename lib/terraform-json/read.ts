import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { blocks, compare, isObject, type Json, type JsonObject } from './json';

/** One stack as it was synthesized. */
export interface StackFiles {
  readonly name: string;
  /** The Terraform JSON of each file. */
  readonly files: readonly JsonObject[];
  /** The line of code that created each resource, by the resource's address. */
  readonly sources: JsonObject;
}

/** The file beside the manifest with the line of code that created each resource of each stack. */
const SOURCES_FILE = 'sources.json';

/** The name of the only stack in a folder without a manifest. */
const PLAIN_STACK = 'root';

/**
 * Reads the output folder of a CDKTF or CDK Terrain program, or a folder with *.tf.json files.
 *
 * @throws an Error whose message is one line that names the file and what is wrong with it
 */
export function readProgram(folder: string): StackFiles[] {
  if (!existsSync(folder)) {
    throw new Error(`${folder}: no such folder`);
  }
  if (!statSync(folder).isDirectory()) {
    throw new Error(`${folder}: not a folder; give the folder that the program was synthesized to, such as cdktf.out`);
  }
  return existsSync(join(folder, 'manifest.json')) ? readSynthesized(folder) : [readPlain(folder)];
}

/** Reads and parses one JSON file. */
export function readJson(file: string): Json {
  return parse(file, readText(file));
}

function readText(file: string): string {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    throw new Error(`${file}: cannot be read (${reason(error)})`);
  }
}

function parse(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // the parser's own message quotes the text, which may hold a secret.
    throw new Error(`${file}: not valid JSON`);
  }
}

/** The text of a file: PowerShell redirects output as UTF-16, and some editors add a byte order mark. */
function decoded(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

/** The short reason for an error of the file system, such as ENOENT. */
export function reason(error: unknown): string {
  return codeOf(error) ?? 'unknown reason';
}

/** The code of an error of the file system; undefined for any other error. */
function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function readSynthesized(folder: string): StackFiles[] {
  const file = join(folder, 'manifest.json');
  const manifest = readJson(file);
  const stacks = isObject(manifest) ? manifest['stacks'] : undefined;
  if (!isObject(stacks)) {
    throw new Error(`${file}: no "stacks" in it; this is not the manifest of a synthesized program`);
  }
  const sources = existsSync(join(folder, SOURCES_FILE)) ? readObject(join(folder, SOURCES_FILE)) : {};
  return Object.keys(stacks)
    .sort(compare)
    .map((name) => ({
      name,
      files: [readStack(folder, name, stacks[name] ?? null)],
      sources: blocks(sources[name])[0] ?? {},
    }));
}

function readStack(folder: string, name: string, entry: Json): JsonObject {
  const path = isObject(entry) ? entry['synthesizedStackPath'] : undefined;
  if (typeof path !== 'string' || isAbsolute(path) || normalize(path).split(sep).includes('..')) {
    throw new Error(`${join(folder, 'manifest.json')}: stack '${name}' names no file inside this folder`);
  }
  if (!path.endsWith('.json')) {
    throw new Error(`${join(folder, path)}: stack '${name}' is HCL; synthesize it as JSON`);
  }
  return readObject(join(folder, path));
}

function readPlain(folder: string): StackFiles {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf.json'));
  if (names.length === 0) {
    throw new Error(`${folder}: neither manifest.json nor a *.tf.json file in it; synthesize the program first`);
  }
  return { name: PLAIN_STACK, files: names.sort(compare).map((name) => readObject(join(folder, name))), sources: {} };
}

function readObject(file: string): JsonObject {
  const text = readText(file);
  const objects = blocks(parse(file, text));
  const [object] = objects;
  if (object === undefined || objects.length > 1) {
    throw new Error(`${file}: not a JSON object`);
  }
  // Terraform reads both, and JSON.parse only the last: half of a program would be missing silently.
  if (keysIn(object) < keysWritten(text)) {
    throw new Error(`${file}: an object has the same key twice`);
  }
  return object;
}

/** A string in JSON, with the colon that makes it a key. */
const TEXT = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

function keysWritten(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(TEXT)) {
    count += colon === undefined ? 0 : 1;
  }
  return count;
}

function keysIn(value: Json): number {
  const children: Json[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
  const own = isObject(value) ? children.length : 0;
  return children.reduce<number>((sum, child) => sum + keysIn(child), own);
}
