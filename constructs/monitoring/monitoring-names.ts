import { createHash } from 'node:crypto';
import { isText } from '../core/values/known';

/** How many digits tell names apart that begin alike. */
const DIGITS = 6;

/**
 * A name that Azure's own tools would give, within the limits of its kind. Names that would be too long end in digits of
 * their own, so that those of two clusters stay different. What only Terraform knows stays as it is.
 *
 * @param parts The parts, which "-" joins
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
