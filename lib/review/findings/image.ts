import { templateParts } from '../../terraform-json/templates';
import type { Answer } from '../objects/answer';

/** The known properties of an image reference. */
export interface ImageReference {
  /** Whether it has a tag other than "latest", or a digest. */
  readonly isFixed: Answer;
  readonly isByDigest: Answer;
}

/** Parses an image reference, whose registry may be an expression. */
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
