import { holdsNothing } from '../knowledge/contents';
import type { Action, Change, Counts, Review, Shift } from '../model';

/** From what is worst to what is harmless. */
export const ORDER: readonly Action[] = [
  'replace',
  'destroy',
  'forget',
  'rename',
  'update',
  'create',
  'import',
  'move',
];

/** What each action is called when it has been counted. */
const COUNTED: Readonly<Record<Action, string>> = {
  replace: 'replaced',
  destroy: 'destroyed',
  forget: 'left behind',
  rename: 'renamed without a moved block',
  update: 'updated',
  create: 'created',
  import: 'imported',
  move: 'moved',
};

/** Changes that take something away, or may; they are shown whatever has to be left out. */
export function dangers({ changes }: Pick<Review, 'changes'>): Change[] {
  return changes.filter(isDanger);
}

/** Whether a change takes something away that somebody would miss. */
export function isDanger({ action, mayReplace, type }: Change): boolean {
  return (mayReplace || ['replace', 'destroy', 'forget', 'rename'].includes(action)) && !holdsNothing(type);
}

/** How many resources each thing happens to. */
export function countsOf(changes: readonly Change[], resources: number): Counts {
  const count = (action: Action) => changes.filter((change) => change.action === action).length;
  return {
    replace: count('replace'),
    destroy: count('destroy'),
    forget: count('forget'),
    rename: count('rename'),
    update: count('update'),
    create: count('create'),
    import: count('import'),
    move: count('move'),
    mayReplace: changes.filter(({ mayReplace }) => mayReplace).length,
    unchanged: resources - changes.length,
  };
}

/** The first line of a review. */
export function verdictOf(
  counts: Counts,
  parts: Pick<Review, 'changes' | 'traps' | 'access' | 'exposure' | 'settings'>,
): Review['verdict'] {
  const happens = ORDER.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${COUNTED[action]}`);
  const doubt = counts.mayReplace > 0 ? [`${counts.mayReplace} may be replaced or lose instances`] : [];
  const traps = parts.traps.length > 0 ? [`${parts.traps.length} will fail when applied`] : [];
  const access = parts.access.filter(isOpening).length;
  const exposure = parts.exposure.filter(isOpening).length;
  const open = [
    ...(access > 0 ? [`${access} ${access === 1 ? 'permission' : 'permissions'} granted or changed`] : []),
    ...(exposure > 0 ? [`${exposure} ${exposure === 1 ? 'entry point' : 'entry points'} opened or changed`] : []),
  ];
  const text = [...happens, ...doubt, ...traps, ...open].join(' · ');
  const quiet = parts.settings.length > 0 ? 'no resource changes, only settings around them' : 'no change';
  return { level: levelOf(counts, parts), text: text === '' ? quiet : text };
}

/** Whether a row gives more than there was before, or something else. */
export function isOpening({ shift }: { readonly shift: Shift }): boolean {
  return shift === 'added' || shift === 'widened' || shift === 'changed';
}

function levelOf(
  counts: Counts,
  parts: Pick<Review, 'changes' | 'traps' | 'access' | 'exposure' | 'settings'>,
): Review['verdict']['level'] {
  if (dangers(parts).length > 0 || parts.traps.length > 0) {
    return 'danger';
  }
  if (parts.access.some(isOpening) || parts.exposure.some(isOpening)) {
    return 'attention';
  }
  return ORDER.some((action) => counts[action] > 0) || parts.settings.length > 0 ? 'change' : 'none';
}
