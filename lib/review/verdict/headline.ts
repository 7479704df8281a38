import type { AccessRow, Action, Change, ExposureRow, Review, Trap } from '../model';
import { cyclesNodes, dropsGuard, movesBackend, restartsPods } from './effects';
import { dangers, isOpening } from './verdict';

type Parts = Pick<Review, 'changes' | 'traps' | 'access' | 'exposure' | 'settings'>;

/** What happens to a resource, after its name. */
const HAPPENS: Readonly<Record<Action, string>> = {
  replace: 'is replaced',
  destroy: 'is destroyed',
  forget: 'is left behind',
  rename: 'is renamed without a moved block, so it is replaced',
  update: 'is updated',
  create: 'is created',
  import: 'is imported',
  move: 'is moved',
};

/** The words for the worst consequence of each kind. */
export const CONSEQUENCES: Readonly<Record<Change['consequences'][number], string>> = {
  data: 'data gone',
  outage: "a day's outage",
  address: 'address gone',
  access: 'access gone',
  minute: 'a minute',
};

/** What matters most about a change, in one sentence. */
export function headlineOf(parts: Parts): string {
  const { traps, access, exposure, settings, changes } = parts;
  const lost = dangers(parts);
  const grave = lost.filter(({ consequences: [worst] }) => worst === 'data' || worst === 'outage');
  const opened = access.filter(isOpening);
  const reached = exposure.filter(isOpening);
  const statements = [
    ...settings.filter(movesBackend).map(() => 'the state moves to another backend'),
    ...grave.map(lossText),
    ...traps.map(trapText),
    ...opened.filter(isGrave).map(accessText),
    ...reached.filter(isGrave).map(reachText),
    ...settings.filter(dropsGuard).map(({ what }) => `${what} is no longer protected against destruction`),
    ...lost.filter((change) => !grave.includes(change)).map(lossText),
    ...[
      ...opened.filter((row) => !isGrave(row)).map(accessText),
      ...reached.filter((row) => !isGrave(row)).map(reachText),
    ],
    ...changes.filter(cyclesNodes).map(({ name }) => `${name} cycles the nodes of a pool`),
    ...changes.filter(restartsPods).map(({ name }) => `${name} restarts its pods`),
    ...changes.map(changeText),
    ...settings.map(({ kind, what }) => `only settings change: ${kind} ${what}`),
  ];
  const [first = 'nothing changes'] = statements;
  return first;
}

function lossText({ name, action, mayReplace, consequences }: Change): string {
  const words = consequences.map((consequence) => CONSEQUENCES[consequence]).join(', ');
  return `${name} ${mayReplace ? 'may be replaced' : HAPPENS[action]}${words && `: ${words}`}`;
}

function changeText({ name, action, attributes: [first] }: Change): string {
  return `${name} ${HAPPENS[action]}${action === 'update' && first !== undefined ? `: ${first.path}` : ''}`;
}

function trapText({ name, attribute }: Trap): string {
  return `the apply fails at ${name}, ${attribute}`;
}

function accessText({ who, after, shift }: AccessRow): string {
  return `${who} ${shift === 'changed' ? 'now has' : 'gets'} ${after ?? 'other rights'}`;
}

function reachText({ what, after }: ExposureRow): string {
  return `${what} is reachable from ${after ?? 'elsewhere'}`;
}

function isGrave({ severity }: AccessRow | ExposureRow): boolean {
  return severity === 'high';
}
