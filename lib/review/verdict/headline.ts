import type { AccessRow, Action, Change, ExposureRow, Review, SettingRow, Trap } from '../model';
import {
  cyclesNodes,
  dropsGuard,
  handsOutCredentials,
  losesIdentity,
  mayOf,
  movesBackend,
  restartsPods,
  runsProgram,
} from './effects';
import { dangers, isOpening } from './verdict';

type Parts = Pick<Review, 'changes' | 'traps' | 'access' | 'exposure' | 'settings'>;

/** What happens to a resource, as words after its name. */
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

/** The words for each consequence. */
export const CONSEQUENCES: Readonly<Record<Change['consequences'][number], string>> = {
  data: 'data lost',
  outage: "a day's outage",
  address: 'address lost',
  access: 'access lost',
  minute: 'a minute',
};

/**
 * What matters most about a change, in one sentence.
 *
 * @param unjudged Changes that may grant or open something and are not assessed
 */
export function headlineOf(parts: Parts, unjudged: readonly string[]): string {
  const { traps, access, exposure, settings, changes } = parts;
  const lost = dangers(parts);
  const opened = access.filter(isOpening);
  const reached = exposure.filter(isOpening);
  const statements = [
    ...settings.filter(movesBackend).map(() => 'the state moves to another backend'),
    ...lost.filter(isGraveLoss).map(lossText),
    ...traps.map(trapText),
    ...opened.filter(isGrave).map(accessText),
    ...reached.filter(isGrave).map(reachText),
    ...[dropsGuard, runsProgram, handsOutCredentials].flatMap((is) => settings.filter(is).map(concernText)),
    ...lost.filter((change) => !isGraveLoss(change)).map(lossText),
    ...opened.filter((row) => !isGrave(row)).map(accessText),
    ...reached.filter((row) => !isGrave(row)).map(reachText),
    ...changes.filter(losesIdentity).map(lossText),
    ...unjudged.map((what) => `${what} may grant or open something, which is not judged`),
    ...changes.filter(cyclesNodes).map(({ name }) => `${name} cycles the nodes of a pool`),
    ...changes.filter(restartsPods).map(({ name }) => `${name} restarts its pods`),
    ...changes.map(changeText),
    ...settings.map(({ kind, what }) => `only settings change: ${kind} ${what}`),
  ];
  const [first = 'nothing changes'] = statements;
  return first;
}

function lossText(change: Change): string {
  const { name, action, consequences, holds = '' } = change;
  if (losesIdentity(change)) {
    return `${name} loses ${holds}`;
  }
  const words = consequences.map((consequence) => CONSEQUENCES[consequence]).join(', ');
  return `${name} ${mayOf(change) ?? HAPPENS[action]}${words && `: ${words}`}`;
}

function changeText({ name, action, attributes: [first] }: Change): string {
  return `${name} ${HAPPENS[action]}${action === 'update' && first !== undefined ? `: ${first.path}` : ''}`;
}

function concernText({ kind, what, note = '' }: SettingRow): string {
  const subject = ['provider', 'output'].includes(kind) ? `${kind} ${what}` : what;
  const [verb] = /^(hands out|runs|sends|calls) |^no longer /.exec(note) ?? [];
  if (verb === undefined) {
    return `${subject}: ${note}`;
  }
  return `${subject} ${verb === 'no longer ' ? 'is ' : ''}${note}`;
}

function trapText({ name, attribute, text }: Trap): string {
  const place = name.startsWith(attribute) ? name : `${name}, ${attribute}`;
  return text.endsWith('Terraform rejects the plan')
    ? `Terraform rejects the plan at ${place}`
    : `the apply fails at ${place}`;
}

function accessText({ who, before, after, shift }: AccessRow): string {
  if (after === undefined || after.startsWith('nothing on ')) {
    return `"${before}" no longer holds for ${who}`;
  }
  if (/^(must|cannot|has|is) /.test(after) || INFINITIVE.test(after)) {
    return `${who} ${INFINITIVE.test(after) ? 'may ' : ''}${after}`;
  }
  const verbs = isPlural(who) ? ['now have', 'get'] : ['now has', 'gets'];
  return `${who} ${verbs[shift === 'changed' ? 0 : 1]} ${after}`;
}

/** Permissions that are verbs, and not roles. */
const INFINITIVE =
  /^(act|ask|bind|create|delete|deletecollection|do|escalate|get|ignore|impersonate|list|patch|pull|push|read|see|sign|take|update|use|watch|write)\b(?! admin)/;

function reachText({ what, name, before, after }: ExposureRow): string {
  const subject = subjectOf(what, name);
  if (after === undefined) {
    return `"${before}" no longer holds for ${subject}`;
  }
  if (NO_SOURCE.test(after)) {
    return `${subject}: ${after}`;
  }
  const verb = isPlural(what) ? 'are' : 'is';
  return `${subject} ${verb} reachable ${after.startsWith('from ') ? '' : 'from '}${after}`;
}

/** Texts that are not sources of traffic, but say where it goes or what blocks it. */
const NO_SOURCE =
  /^(to |leads to |looked up |denied |filtered |routed |depends |not limited |not inspected|let past |nowhere|only by |only with )| by (Internet|V\w+|None)\b/;

/** What is reached, with the name of the resource: "node port of Service web". */
function subjectOf(what: string, name: string): string {
  const [part, whole] = [what.toLowerCase(), name.toLowerCase()];
  if (whole.includes(part)) {
    return name;
  }
  const [subject = what, ...direction] = what.split(/(?=, (?:incoming|outgoing)$)/);
  // the pods that a policy selects are not a part of it.
  return part.includes(whole) || PODS.test(what) ? what : `${subject} of ${name}${direction.join('')}`;
}

const PODS = /^(all |some )?pods\b/;

/** Whether the words are in the plural. */
function isPlural(words: string): boolean {
  return (
    PODS.test(words) ||
    /^(its )?(nodes|holders|owners|local users|users|tokens|accounts|queries)\b|^\w+ addresses\b/.test(words)
  );
}

function isGraveLoss({ consequences: [worst] }: Change): boolean {
  return worst === 'data' || worst === 'outage';
}

function isGrave({ severity }: AccessRow | ExposureRow): boolean {
  return severity === 'high';
}
