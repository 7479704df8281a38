import type { Change } from '../model';
import type { Mark } from './picture';

/** The marks, the worst first. */
export const MARKS: readonly Mark[] = ['replaced', 'removed', 'unsure', 'changed', 'added', 'same'];

const BY_ACTION: Readonly<Record<Change['action'], Mark>> = {
  replace: 'replaced',
  rename: 'replaced',
  destroy: 'removed',
  forget: 'removed',
  update: 'changed',
  create: 'added',
  import: 'added',
  move: 'same',
};

/** The mark of a resource that changes. */
export function markOf({ action, mayReplace }: Pick<Change, 'action' | 'mayReplace'>): Mark {
  return mayReplace ? 'unsure' : BY_ACTION[action];
}

/** The worst of several marks. */
export function worstOf(marks: readonly Mark[]): Mark {
  return MARKS.find((mark) => marks.includes(mark)) ?? 'same';
}
