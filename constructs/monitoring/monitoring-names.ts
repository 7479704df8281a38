import { createHash } from 'node:crypto';
import { isText } from '../core/values/known';

/** The digits that distinguish names with the same beginning. */
const DIGITS = 6;

/**
 * A name as Azure's own tools would choose it, within the limits of its kind. Names that would be too long end with
 * digits of a hash, so that those of two clusters remain different. Tokens are joined unchanged.
 *
 * @param parts The parts, which are joined with "-"
 * @param maxLength The longest name
 */
export function joinedName(parts: readonly string[], maxLength: number): string {
  if (parts.some((part) => !isText(part))) {
    return parts.join('-');
  }
  const name = parts
    .join('-')
    .replace(/[^A-Za-z0-9-]/g, '-')
    .replace(/-+$/, '');
  if (name.length <= maxLength) {
    return name;
  }
  const digits = createHash('sha256').update(parts.join('-')).digest('hex').slice(0, DIGITS);
  return `${name.slice(0, maxLength - DIGITS - 1)}-${digits}`;
}
