import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './json';

/** Where shells provide pipes for process substitution; reading any other pipe may block forever. */
const PIPES = /^\/(?:dev|proc)\//;

/**
 * Reads a text file.
 *
 * @throws an Error whose message is one line that names the file and what is wrong with it
 */
export function readText(file: string): string {
  const bytes = readBytes(file);
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe; // as PowerShell redirects output
  try {
    // the decoder removes the byte order mark that some editors add.
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    // with replacement characters, different texts would become equal.
    throw new Error(`${file}: not valid ${isWide ? 'UTF-16' : 'UTF-8'}`);
  }
}

function readBytes(file: string): Buffer {
  let isReadable: boolean;
  try {
    const stats = statSync(file);
    isReadable = stats.isFile() || stats.isDirectory() || (stats.isFIFO() && PIPES.test(file));
    if (isReadable) {
      return readFileSync(file);
    }
  } catch (error) {
    throw new Error(`${file}: cannot be read (${reason(error)})`);
  }
  throw new Error(`${file}: not a regular file`);
}

/** The short reason for an error of the file system, such as ENOENT. */
export function reason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

/** The files that Terraform and OpenTofu read: code, and the values of variables. */
const READ_BY_TERRAFORM =
  /(?:\.tf|\.tf\.json|\.tofu|\.tofu\.json|^terraform\.tfvars|^terraform\.tfvars\.json|\.auto\.tfvars|\.auto\.tfvars\.json)$/;

/**
 * The digests of the files of a folder that Terraform reads and the review does not, by their names.
 *
 * @param read The names of the files that the review reads
 */
export function unreadFiles(folder: string, read: readonly string[]): Readonly<Record<string, string>> {
  const names = readdirSync(folder)
    .filter((name) => READ_BY_TERRAFORM.test(name) && !name.startsWith('.') && !read.includes(name))
    .sort(compare);
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readBytes(join(folder, name)))
        .digest('hex'),
    ]),
  );
}
