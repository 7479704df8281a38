import { createHash } from 'node:crypto';

/** A short identifier for a list of texts, which is the same in every run. */
export function fingerprintOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The SHA-256 digest of a text, in base64. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
