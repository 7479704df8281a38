import { isScalar, type Json } from '../../terraform-json/json';
import type { AttributeChange, Change, Effect, Provenance, Review, SettingRow, Shift } from '../model';

/** What stands for each level of a verdict; never colour alone. */
export const LEVELS: Readonly<Record<Review['verdict']['level'], { icon: string; word: string }>> = {
  danger: { icon: '🔴', word: 'DANGER' },
  attention: { icon: '🟠', word: 'ATTENTION' },
  change: { icon: '🟡', word: 'CHANGES' },
  none: { icon: '🟢', word: 'OK' },
};

/** What each action is called in a list. */
export const ACTIONS: Readonly<Record<Change['action'], string>> = {
  replace: 'replace',
  destroy: 'destroy',
  forget: 'left behind',
  rename: 'renamed without a moved block',
  update: 'update',
  create: 'create',
  import: 'import',
  move: 'move',
};

/** What became of a way in or a right. */
export const SHIFTS: Readonly<Record<Shift, string>> = {
  added: 'new',
  removed: 'gone',
  widened: 'wider',
  narrowed: 'narrower',
  changed: 'changed',
};

/** What an effect says beside an attribute. */
const EFFECTS: Readonly<Record<Effect['kind'], string>> = {
  replaces: 'forces replacement',
  'may-replace': 'may force replacement',
  rotates: 'cycles the nodes of the pool',
  fails: 'the apply fails',
};

/** Where a change is: the stack and the place of the construct, or the address. */
export function placeOf({ stack, address, path }: Pick<Change, 'stack' | 'address' | 'path'>): string {
  return path ?? (stack === 'root' ? address : `${stack}/${address}`);
}

/** How something is known. */
export function sourceOf({ kind, basis, caveat }: Provenance): string {
  if (kind !== 'predicted') {
    return kind === 'plan' ? 'from plan' : 'from code';
  }
  return `predicted${basis ? ` (${basis}${caveat ? `; ${caveat}` : ''})` : ''}`;
}

/** A value on one line, cut in its middle if it is long. */
export function valueOf(value: Json | undefined, longest = 160): string {
  if (value === undefined) {
    return '';
  }
  return shorten(isScalar(value) ? String(value) : JSON.stringify(value), longest);
}

/** A text with its middle left out if it is longer than it may be. */
export function shorten(text: string, longest: number): string {
  // by characters, not by halves of them.
  const characters = text.length <= longest ? [] : [...text.slice(0, longest), ...text.slice(-longest)];
  const half = Math.floor((longest - 1) / 2);
  return text.length <= longest ? text : `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** What a change of an attribute is beside its values. */
export function remarkOf({ effect, note, orderOnly }: AttributeChange): string {
  const conditions = effect?.condition ? `: ${effect.condition}` : '';
  return [
    effect && EFFECTS[effect.kind] + conditions,
    orderOnly && 'only the order',
    effect?.condition === note ? undefined : note,
  ]
    .filter(Boolean)
    .join('; ');
}

/** The line of code of a change, as file:line. */
export function lineOf({ location }: Pick<Change, 'location'>): string {
  return location === undefined ? '' : `${location.file}:${location.line}`;
}

/** What a setting is about. */
export function settingOf({ stack, kind, what }: SettingRow): string {
  return stack === 'root' ? `${kind} ${what}` : `${stack}: ${kind} ${what}`;
}

/** That no replacement is foreseen is not that there is none. */
export function absenceOf({ verdict, counts, basis }: Review): string {
  return verdict.level === 'none' || counts.replace + counts.mayReplace > 0 || basis.plan || basis.firstReview
    ? ''
    : 'No replacement is predicted, which is not a guarantee: see what is not known.';
}
