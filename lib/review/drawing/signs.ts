import type { Mark } from '../picture/picture';

/** The sign of each mark, so that color is never the only difference. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  same: '',
  added: '+',
  removed: '−',
  changed: '~',
  replaced: '±',
  unsure: '?',
};

/** The meaning of each mark, in words. */
export const MEANINGS: Readonly<Record<Mark, string>> = {
  same: 'unchanged',
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  replaced: 'replaced',
  unsure: 'may be replaced',
};

/** A text after the sign of its mark. */
export function signed(text: string, mark: Mark): string {
  return mark === 'same' ? text : `${SIGNS[mark]} ${text}`;
}
