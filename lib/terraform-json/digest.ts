import { createHash } from 'node:crypto';

/** A short text that stands for some texts: the same for the same ones. */
export function fingerprintOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The SHA-256 digest of a text, in base64: the same for the same text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
