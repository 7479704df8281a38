import { holdsNothing } from '../knowledge/contents';
import { isOpen } from '../findings/findings';
import { isSevere } from '../findings/severity';
import {
  cyclesNodes,
  dropsGuard,
  handsOutCredentials,
  losesIdentity,
  movesBackend,
  restartsPods,
  runsProgram,
} from './effects';
import type { Action, Change, Consequence, Counts, Finding, Review, Shift } from '../model';

type Parts = Pick<Review, 'changes' | 'traps' | 'access' | 'exposure' | 'settings' | 'findings'>;

/** The actions, the worst first. */
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

/** The consequences, the worst first. */
const CONSEQUENCES: readonly Consequence[] = ['data', 'outage', 'address', 'access', 'minute'];

/** The word for each action after its count. */
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

/** The changes that destroy something, or may; a review always shows them. */
export function dangers({ changes }: Pick<Review, 'changes'>): Change[] {
  return changes.filter(isDanger);
}

/** Whether a change destroys something of value, or certainly loses access. */
export function isDanger(change: Change): boolean {
  const { action, mayReplace, type, certainty } = change;
  const isLost = mayReplace || ['replace', 'destroy', 'forget', 'rename'].includes(action);
  return (isLost && !holdsNothing(type)) || (losesIdentity(change) && certainty !== 'possible');
}

/** The number of resources for each action. */
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

/** The sort key for the worst changes first: by danger, consequences, dependents and action. */
export function rank(change: Change): string {
  const { action, mayReplace, consequences, takes } = change;
  const [worst] = consequences;
  const degree = worst === undefined ? CONSEQUENCES.length : CONSEQUENCES.indexOf(worst);
  return [
    isDanger(change) ? 0 : 1,
    degree,
    9 - consequences.length,
    takes.length > 0 ? 0 : 1,
    ORDER.indexOf(action),
    mayReplace ? 0 : 1,
  ].join('');
}

/**
 * The first line of a review.
 *
 * @param unjudged Changes that may grant or open something and are not assessed
 */
export function verdictOf(
  counts: Counts,
  parts: Parts,
  unjudged: readonly string[],
): Omit<Review['verdict'], 'headline'> {
  const actions = ORDER.map((action) => part(counts[action], COUNTED[action]));
  const text = [
    ...actions,
    part(counts.mayReplace, 'may be replaced or lose instances'),
    part(parts.traps.length, 'will fail when applied'),
    ...effectsOf(parts),
    part(parts.access.filter(isOpening).length, 'permission granted or changed', 'permissions granted or changed'),
    part(parts.exposure.filter(isOpening).length, 'entry point opened or changed', 'entry points opened or changed'),
    part(parts.findings.rows.filter(bringsSevere).length, 'severe finding', 'severe findings'),
    part(unjudged.length, 'may open something and is not judged', 'may open something and are not judged'),
  ]
    .filter(Boolean)
    .join(' · ');
  const quiet = parts.settings.length > 0 ? 'no resource changes, only settings around them' : 'no change';
  return { level: levelOf(counts, parts, unjudged.length > 0), text: text || quiet };
}

/** The effects beyond updates in place. */
function effectsOf({ changes, settings }: Parts): string[] {
  return [
    part(changes.filter(losesIdentity).length, 'loses its identity', 'lose their identities'),
    part(changes.filter(cyclesNodes).length, 'cycles its nodes', 'cycle their nodes'),
    part(changes.filter(restartsPods).length, 'restarts its pods', 'restart their pods'),
    part(settings.filter(movesBackend).length, 'moves its state'),
    part(settings.filter(dropsGuard).length, 'loses its guard', 'lose their guards'),
    part(settings.filter(runsProgram).length, 'runs a program', 'run programs'),
    part(settings.filter(handsOutCredentials).length, 'hands out credentials', 'hand out credentials'),
  ];
}

/** A part of the first line; empty if there is nothing to count. */
function part(count: number, one: string, several = one): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`;
}

/** Whether a row allows more than before, or something different. */
export function isOpening({ shift }: { readonly shift: Shift }): boolean {
  return shift === 'added' || shift === 'widened' || shift === 'changed';
}

/** Whether the change adds a severe finding that is not accepted. */
function bringsSevere(row: Finding): boolean {
  return row.state === 'new' && isOpen(row) && isSevere(row);
}

function levelOf(counts: Counts, parts: Parts, isOpen: boolean): Review['verdict']['level'] {
  if (dangers(parts).length > 0 || parts.traps.length > 0) {
    return 'danger';
  }
  const { changes, settings, access, exposure, findings } = parts;
  if (settings.some(movesBackend)) {
    return 'danger';
  }
  const isOpened = access.some(isOpening) || exposure.some(isOpening);
  const isConcerned = settings.some(({ concern }) => concern !== undefined);
  const isFelt = changes.some((change) => cyclesNodes(change) || losesIdentity(change));
  if (isOpen || isOpened || isConcerned || isFelt || findings.rows.some(bringsSevere)) {
    return 'attention';
  }
  return ORDER.some((action) => counts[action] > 0) || parts.settings.length > 0 ? 'change' : 'none';
}
