import { createColors } from 'picocolors';
import type { Json } from '../../terraform-json/json';
import type {
  AccessRow,
  AttributeChange,
  Change,
  ExposureRow,
  Finding,
  Remedy,
  Review,
  SettingRow,
  Trap,
} from '../model';
import { dangers } from '../verdict/verdict';
import { harmless, visible } from './escape';
import { fixOf, newFindings, otherFindings, rulesById, type Rules } from './finding-words';
import { transitionOf } from './transition';
import {
  absenceOf,
  ACTIONS,
  LEVELS,
  lineOf,
  lossOf,
  placeOf,
  present,
  remarkOf,
  settingOf,
  shorten,
  SHIFTS,
  sourceOf,
} from './words';

/** The number of items that each section shows. */
const MOST = {
  dangers: 5,
  traps: 3,
  remedies: 3,
  rows: 4,
  findings: 4,
  changes: 5,
  attributes: 4,
  settings: 4,
  takes: 6,
  remarks: 3,
};

type Colors = ReturnType<typeof createColors>;

/** The review for a terminal, limited to what fits on a screen. */
export function renderTerminal(review: Review, isColoured: boolean): string {
  const colors = createColors(isColoured);
  const lost = dangers(review);
  const others = review.changes.filter((change) => !lost.includes(change));
  return [
    ...header(review, colors),
    ...section('WHAT IS LOST', lost, MOST.dangers, (change) => danger(change, change === lost[0], colors), colors),
    ...section('WHAT FAILS WHEN IT IS APPLIED', review.traps, MOST.traps, trapLines, colors),
    ...section('WHO GETS ACCESS', review.access, MOST.rows, accessLines, colors),
    ...section('WHAT BECOMES REACHABLE', review.exposure, MOST.rows, exposureLines, colors),
    ...findingsSection(review, colors),
    ...section('WHAT ELSE CHANGES', others, MOST.changes, changeLines, colors),
    ...section('VERSIONS, BACKENDS AND SETTINGS', review.settings, MOST.settings, settingLines, colors),
    ...section('WHAT IS NOT KNOWN', review.unknown, review.unknown.length, (text) => [`  ${clean(text, 400)}`], colors),
    colors.dim(present(`${review.counts.unchanged} unchanged`, otherFindings(review.findings)).join(' · ')),
    '',
  ]
    .map(harmless)
    .join('\n');
}

function header({ verdict, basis, ...review }: Review, colors: Colors): string[] {
  const paint = { danger: colors.red, attention: colors.yellow, change: colors.cyan, none: colors.green }[
    verdict.level
  ];
  const absence = absenceOf({ verdict, basis, ...review });
  return [
    ...present(
      `${paint(colors.bold(LEVELS[verdict.level].word))}  ${clean(verdict.headline, 300)}`,
      `  ${clean(verdict.text, 400)}`,
      basis.firstReview && colors.dim('First review: everything is new.'),
      absence && colors.dim(absence),
    ),
    '',
  ];
}

/** A heading with the first items, and how many more there are; nothing if there are no items. */
function section<T>(
  title: string,
  items: readonly T[],
  most: number,
  linesOf: (item: T, colors: Colors) => string[],
  colors: Colors,
): string[] {
  if (items.length === 0) {
    return [];
  }
  const hidden = items.length - most;
  const more = hidden > 0 && colors.dim(`  … and ${hidden} more; --format md or json shows them`);
  const lines = cut(items, most).flatMap((item) => linesOf(item, colors));
  return [...present(colors.bold(title), ...lines, more), ''];
}

/** A change that loses something; the first one, which loses most, with every way out. */
function danger(change: Change, isFirst: boolean, { red, dim, green }: Colors): string[] {
  const { action, name, address, mayReplace, takes, remedies, notes, provenance, certainty, unrelated } = change;
  const loss = lossOf(change);
  const place = placeOf(change);
  const verb = mayReplace ? 'may be replaced' : ACTIONS[action];
  const causes = change.causes.map(
    ({ attribute, text }) => `    ${clean(attribute, 80)}${transition(change, attribute)} ${clean(text, 200)}`,
  );
  const names = cut(takes, MOST.takes).map((taken) => taken.name);
  const more = takes.length > MOST.takes ? ` and ${takes.length - MOST.takes} more` : '';
  return present(
    `  ${red(verb)} ${clean(name, 120)}${line(change, dim)}`,
    ...cut(causes, 3),
    loss && `    ${clean(loss, 300)}`,
    takes.length > 0 && `    with it: ${clean(names.join(', '), 400)}${more}`,
    // the first note of a rename repeats its verb.
    ...(action === 'rename' ? notes.slice(1) : notes).map((note) => `    ${clean(note, 300)}`),
    ...cut(remedies, isFirst ? MOST.remedies : 1).map((remedy) => `    ${remedyLine(remedy, green)}`),
    dim(
      `    ${clean([sourceOf(provenance, certainty), ...(place.endsWith(address) ? [place] : [place, address])].join(' · '), 300)}`,
    ),
    unrelated && dim('    not caused by this change'),
  );
}

function remedyLine({ text, code }: Remedy, green: Colors['green']): string {
  return code === undefined ? clean(text, 300) : `${clean(text, 300)}: ${green(clean(code, 300))}`;
}

function transition({ attributes }: Change, path: string): string {
  const attribute = attributes.find((candidate) => candidate.path === path);
  return attribute === undefined ? '' : `: ${sides(attribute.before, attribute.after, 60)},`;
}

function trapLines({ name, attribute, text, cure, location }: Trap, { red, dim, green }: Colors): string[] {
  return [
    `  ${red('fails')} ${clean(name, 120)}, ${clean(attribute, 120)}${line({ location }, dim)}`,
    `    ${clean(text, 400)}`,
    `    ${green(clean(cure, 200))}`,
  ];
}

function accessLines(row: AccessRow, colors: Colors): string[] {
  return present(...shiftLines(row, row.who, colors), row.note !== undefined && `    ${clean(row.note, 200)}`);
}

function exposureLines(row: ExposureRow, colors: Colors): string[] {
  return shiftLines(row, row.what, colors);
}

function shiftLines(row: AccessRow | ExposureRow, subject: string, colors: Colors): string[] {
  const paint = row.shift === 'removed' || row.shift === 'narrowed' ? colors.green : colors.yellow;
  return present(
    `  ${paint(SHIFTS[row.shift].padEnd(8))} ${clean(subject, 120)}${where(row, colors.dim)}`,
    `    ${sides(row.before, row.after, 200)}`,
  );
}

/** The findings that are new, and what is wrong with acceptances. */
function findingsSection(review: Review, colors: Colors): string[] {
  const rules = rulesById(review);
  const remarks = cut(review.findings.remarks, MOST.remarks).map((text) => `  ${clean(text, 300)}`);
  return [
    ...section(
      'NEW FINDINGS',
      newFindings(review.findings),
      MOST.findings,
      (row) => findingLines(row, rules, colors),
      colors,
    ),
    ...(remarks.length > 0 ? [colors.bold('REMARKS ON WHAT IS ACCEPTED'), ...remarks, ''] : []),
  ];
}

function findingLines(row: Finding, rules: Rules, { red, yellow, dim, green }: Colors): string[] {
  const rule = rules.get(row.rule);
  const paint = row.severity === 'critical' || row.severity === 'high' ? red : yellow;
  const part = row.part === undefined ? '' : ` ${clean(row.part, 80)}`;
  return present(
    `  ${paint(row.severity.padEnd(8))} ${clean(row.name, 120)}${part} ${rule?.title ?? ''} ${dim(row.rule)}${where(row, dim)}`,
    rule && `    ${green(clean(fixOf(row, rule), 160))}`,
  );
}

function changeLines(change: Change, { cyan, dim }: Colors): string[] {
  const from = change.from ? dim(` from ${clean(change.from, 120)}`) : '';
  const unrelated = change.unrelated ? dim(' not caused by this change') : '';
  const more = change.attributes.length - MOST.attributes;
  return present(
    `  ${cyan(change.action)} ${clean(change.name, 120)}${from}${where(change, dim)}${unrelated}`,
    ...cut(change.causes, 2).map(({ attribute, text }) => `    ${clean(`${attribute} ${text}`, 300)}`),
    ...change.notes.map((note) => `    ${clean(note, 300)}`),
    ...cut(change.attributes, MOST.attributes).map((attribute) => attributeLine(attribute, dim)),
    more > 0 && dim(`    … and ${more} more attributes`),
  );
}

function attributeLine(attribute: AttributeChange, dim: Colors['dim']): string {
  const remark = remarkOf(attribute);
  const suffix = remark ? dim(` (${clean(remark, 120)})`) : '';
  return `    ${clean(attribute.path, 100)}: ${sides(attribute.before, attribute.after, 70)}${suffix}`;
}

function settingLines({ before, after, note, ...setting }: SettingRow): string[] {
  const values = before === undefined && after === undefined ? '' : `: ${sides(before, after, 80)}`;
  const suffix = note ? `; ${clean(note, 160)}` : '';
  return [`  ${clean(settingOf(setting), 160)}${values}${suffix}`];
}

function sides(before: Json | undefined, after: Json | undefined, longest: number): string {
  const { before: old, after: now } = transitionOf(before, after, longest);
  const side = (text: string | undefined) => (text === undefined ? 'none' : visible(text) || 'empty');
  return `${side(old)} → ${side(now)}`;
}

/** Where a thing is in the code: by its line, or by its place in the program. */
function where(row: Parameters<typeof lineOf>[0] & Parameters<typeof placeOf>[0], dim: Colors['dim']): string {
  return line(row, dim) || dim(` ${clean(placeOf(row), 120)}`);
}

function line(row: Parameters<typeof lineOf>[0], dim: Colors['dim']): string {
  const text = lineOf(row);
  return text === '' ? '' : dim(` ${clean(text, 120)}`);
}

function clean(text: string, longest = 200): string {
  return visible(shorten(text, longest));
}

function cut<T>(items: readonly T[], most: number): readonly T[] {
  return items.slice(0, most);
}
