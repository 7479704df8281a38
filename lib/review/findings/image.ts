import { templateParts } from '../../terraform-json/templates';
import type { Answer } from '../objects/answer';

/** What is known of the reference of an image. */
export interface ImageReference {
  /** Whether it names a version, and not whatever is the latest. */
  readonly isFixed: Answer;
  readonly isByDigest: Answer;
}

/** Reads the reference of an image, whose registry may be an expression. */
export function imageReference(text: string): ImageReference {
  const parts = templateParts(text);
  const last = parts.map(({ expression }) => expression !== undefined).lastIndexOf(true);
  const end = parts
    .slice(last + 1)
    .map((part) => part.text)
    .join('');
  if (end.includes('@')) {
    return { isFixed: true, isByDigest: true };
  }
  const name = end.slice(end.lastIndexOf('/') + 1);
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
  if (tag === undefined && last >= 0 && !end.includes('/')) {
    return { isFixed: undefined, isByDigest: undefined };
  }
  return { isFixed: tag !== undefined && tag !== '' && tag !== 'latest', isByDigest: false };
}
