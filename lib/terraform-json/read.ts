import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { readText, unreadFiles } from './files';
import { blocks, compare, isObject, type Json, type JsonObject } from './json';
import { countKeys, parseExactly } from './parse';

/** One stack as it was synthesized. */
export interface StackFiles {
  readonly name: string;
  /** The Terraform JSON of each file. */
  readonly files: readonly JsonObject[];
  /** The line of code that created each resource, by the resource's address. */
  readonly sources: JsonObject;
  /** The digests of other files that Terraform reads, by their names. */
  readonly unread?: Readonly<Record<string, string>>;
}

/** The file next to the manifest with the line of code that created each resource of each stack. */
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

function parse(file: string, text: string): Json {
  try {
    return parseExactly(text);
  } catch {
    // the parser's own message quotes the text, which may hold a secret.
    throw new Error(`${file}: not valid JSON`);
  }
}

/** The message of a thrown value. */
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
      ...readStack(folder, name, stacks[name] ?? null),
      sources: blocks(sources[name])[0] ?? {},
    }));
}

function readStack(folder: string, name: string, entry: Json): Pick<StackFiles, 'files' | 'unread'> {
  const path = isObject(entry) ? entry['synthesizedStackPath'] : undefined;
  if (typeof path !== 'string' || isAbsolute(path) || normalize(path).split(sep).includes('..')) {
    throw new Error(`${join(folder, 'manifest.json')}: stack '${name}' names no file inside this folder`);
  }
  if (!path.endsWith('.json')) {
    throw new Error(`${join(folder, path)}: stack '${name}' is HCL; synthesize it as JSON`);
  }
  const file = join(folder, path);
  return { files: [readObject(file)], unread: unreadFiles(dirname(file), [basename(file)]) };
}

function readPlain(folder: string): StackFiles {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf.json') && !name.startsWith('.'));
  if (names.length === 0) {
    throw new Error(`${folder}: neither manifest.json nor a *.tf.json file in it; synthesize the program first`);
  }
  // override files come after the files that they override.
  const sorted = [false, true].flatMap((isLast) => names.sort(compare).filter((name) => isOverride(name) === isLast));
  const files = sorted.map((name) => readObject(join(folder, name)));
  return { name: PLAIN_STACK, files, sources: {}, unread: unreadFiles(folder, names) };
}

function isOverride(name: string): boolean {
  return /(?:^|_)override\.tf\.json$/.test(name);
}

function readObject(file: string): JsonObject {
  const text = readText(file);
  const objects = blocks(parse(file, text));
  const [object] = objects;
  if (object === undefined || objects.length > 1) {
    throw new Error(`${file}: not a JSON object`);
  }
  // Terraform reads both entries, but JSON.parse only the last: a part of the program would be missing.
  if (keysIn(object) < countKeys(text)) {
    throw new Error(`${file}: an object has the same key twice`);
  }
  return object;
}

function keysIn(value: Json): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + keysIn(item), 0);
  }
  if (!isObject(value)) {
    return 0;
  }
  const keys = Object.keys(value);
  return keys.reduce((sum, key) => sum + keysIn(value[key] as Json), keys.length);
}
