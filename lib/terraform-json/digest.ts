import { createHash } from 'node:crypto';

/** The SHA-256 digest of a text, in base64: the same for the same text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
