import { present } from '../names/present';
import { mayOf } from '../verdict/effects';
import { CONSEQUENCES } from '../verdict/headline';
import type {
  AttributeChange,
  Certainty,
  Change,
  Effect,
  Provenance,
  Remedy,
  Review,
  SettingRow,
  Shift,
} from '../model';

/** The icon and the word for each level of a verdict, so that color is never the only difference. */
export const LEVELS: Readonly<Record<Review['verdict']['level'], { icon: string; word: string }>> = {
  danger: { icon: '🔴', word: 'DANGER' },
  attention: { icon: '🟠', word: 'ATTENTION' },
  change: { icon: '🟡', word: 'CHANGES' },
  none: { icon: '🟢', word: 'OK' },
};

/** The word for each action in a list. */
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

/** The word for what happens to a resource. */
export function verbOf(change: Change): string {
  return mayOf(change) ?? ACTIONS[change.action];
}

/** The word for each change of an entry point or a permission. */
export const SHIFTS: Readonly<Record<Shift, string>> = {
  added: 'new',
  removed: 'gone',
  widened: 'wider',
  narrowed: 'narrower',
  changed: 'changed',
};

/** The remark on an attribute for each effect. */
const EFFECTS: Readonly<Record<Effect['kind'], string>> = {
  replaces: 'forces replacement',
  'may-replace': 'may force replacement',
  rotates: 'cycles the nodes of the pool',
  fails: 'the apply fails',
};

/** The place of a change: the path of the construct, or the stack and the address. */
export function placeOf({ stack, address, path }: Pick<Change, 'stack' | 'address' | 'path'>): string {
  return path ?? (stack === 'root' ? address : `${stack}/${address}`);
}

/** The place of a change, and its address if the place does not end with it. */
export function addressesOf(change: Pick<Change, 'stack' | 'address' | 'path'>): string[] {
  const place = placeOf(change);
  return place.endsWith(change.address) ? [place] : [place, change.address];
}

/** The certainty of a statement and its source. */
export function sourceOf({ kind, basis, caveat }: Provenance, certainty?: Certainty): string {
  if (kind !== 'predicted') {
    return `${certainty ?? 'certain'} (${kind === 'plan' ? 'from the plan' : 'from the code'})`;
  }
  const reasons = present(basis, caveat).join('; ');
  return (certainty ?? 'likely') + (reasons && ` (${reasons})`);
}

/** The consequences of a loss, and what is lost; empty if unknown. */
export function lossOf({ consequences, holds, mayReplace, certainty }: Change): string {
  const words = consequences.map((consequence) => CONSEQUENCES[consequence]).join(', ');
  return present(mayReplace && certainty === 'possible' && words !== '' && 'if so', words, holds).join(': ');
}

/** A remedy with its code. */
export function remedyOf({ text, code }: Remedy): string {
  return code === undefined ? text : `${text}: ${code}`;
}

/** A text without its middle, if it is longer than allowed. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) {
    return text;
  }
  // by characters, so that no surrogate pair is split.
  const characters = [...text.slice(0, longest), ...text.slice(-longest)];
  const half = Math.floor((longest - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

/** A shortened sentence; in a long list, items before the last one are left out. */
export function shortenSentence(sentence: string, longest: number): string {
  const items = sentence.length > longest ? sentence.split(', ') : [];
  const last = items.pop() ?? '';
  let start = '';
  for (const item of items) {
    if (start.length + item.length + last.length + 5 > longest) {
      break;
    }
    start += `${item}, `;
  }
  return start === '' ? shorten(sentence, longest) : `${start}…, ${last}`;
}

/** The remarks on a change of an attribute. */
export function remarkOf({ effect, note, orderOnly }: AttributeChange): string {
  const conditions = effect?.condition ? `: ${effect.condition}` : '';
  return present(
    effect && EFFECTS[effect.kind] + conditions,
    orderOnly && 'only the order',
    effect?.condition === note ? undefined : note,
  ).join('; ');
}

/** The line of code of a change, as file:line. */
export function lineOf({ location }: Pick<Change, 'location'>): string {
  return location === undefined ? '' : `${location.file}:${location.line}`;
}

/**
 * The name of a setting.
 *
 * @param extent The number of stacks with the same change; empty for one stack
 */
export function settingOf({ stack, kind, what }: Pick<SettingRow, 'stack' | 'kind' | 'what'>, extent = ''): string {
  if (extent !== '') {
    return `${extent}: ${kind} ${what}`;
  }
  return stack === 'root' ? `${kind} ${what}` : `${stack}: ${kind} ${what}`;
}

/**
 * The introduction of a review: what was read, and the stacks.
 *
 * @param most The number of stacks to name
 * @param show Formats the name of a stack
 */
export function introductionOf(review: Review, most: number, show = (name: string) => name): string {
  const { plan, firstReview, stacks } = review.basis;
  const names = stacks.slice(0, most).map((name) => show(shorten(name, 60)));
  const more = stacks.length > most ? ` and ${stacks.length - most} more` : '';
  return present(
    firstReview ? FIRST_REVIEW : 'What merging this change would do.',
    plan
      ? "Terraform's plan and the synthesized code were read."
      : 'Only the synthesized code was read, no state and no cloud.',
    `Stacks: ${names.join(', ') || 'none'}${more}.`,
    absenceOf(review),
  ).join(' ');
}

/** The introduction of a review without a base. */
export const FIRST_REVIEW = 'First review: everything is new.';

/** A reminder that a missing prediction is not a guarantee; empty where it does not apply. */
export function absenceOf({ verdict, counts, basis }: Review): string {
  const lost = counts.replace + counts.mayReplace + counts.destroy + counts.rename;
  return verdict.level === 'none' || lost > 0 || basis.plan || basis.firstReview
    ? ''
    : 'No replacement is predicted. This is not a guarantee: the last section lists what is not known.';
}
