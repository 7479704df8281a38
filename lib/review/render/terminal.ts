import { createColors } from 'picocolors';
import type { Json } from '../../terraform-json/json';
import { isSevere } from '../findings/severity';
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
import { present } from '../names/present';
import { dangers, isDanger } from '../verdict/verdict';
import {
  alikeAccess,
  alikeChanges,
  alikeExposure,
  alikeFindings,
  alikeSettings,
  alikeTraps,
  type Group,
} from './alike';
import { harmless, visible } from './escape';
import { fixOf, newFindings, otherFindings, rulesById, type Rules } from './finding-words';
import { transitionOf } from './transition';
import {
  absenceOf,
  addressesOf,
  FIRST_REVIEW,
  LEVELS,
  lineOf,
  lossOf,
  placeOf,
  remarkOf,
  settingOf,
  shorten,
  shortenSentence,
  SHIFTS,
  sourceOf,
  verbOf,
} from './words';

/** The number of items in each section. */
const MOST = {
  dangers: 4,
  traps: 3,
  remedies: 3,
  ways: 2,
  rows: 3,
  findings: 4,
  changes: 4,
  attributes: 4,
  settings: 4,
  takes: 6,
  remarks: 3,
};

type Colors = ReturnType<typeof createColors>;

/** The review for a terminal, limited to what fits on a screen. */
export function renderTerminal(review: Review, isColoured: boolean): string {
  const colors = createColors(isColoured);
  const { stacks } = review.basis;
  const lost = alikeChanges(dangers(review), stacks);
  const others = alikeChanges(
    review.changes.filter((change) => !isDanger(change)),
    stacks,
  );
  const failures = alikeTraps(review.traps, stacks);
  const access = alikeAccess(review.access, stacks);
  const reach = alikeExposure(review.exposure, stacks);
  return [
    ...header(review, colors),
    ...section('WHAT IS LOST', lost, MOST.dangers, (group) => danger(group, group === lost[0], colors), colors),
    ...section(
      'WHAT FAILS WHEN IT IS APPLIED',
      failures,
      MOST.traps,
      (group) => trapLines(group, group === failures[0], colors),
      colors,
    ),
    ...section(
      'WHO GETS ACCESS',
      access,
      MOST.rows,
      (group) => accessLines(group, group === access[0], colors),
      colors,
    ),
    ...section(
      'WHAT BECOMES REACHABLE',
      reach,
      MOST.rows,
      (group) => exposureLines(group, group === reach[0], colors),
      colors,
    ),
    ...findingsSection(review, colors),
    ...section('WHAT ELSE CHANGES', others, MOST.changes, changeLines, colors),
    ...section(
      'VERSIONS, BACKENDS AND SETTINGS',
      alikeSettings(review.settings, stacks),
      MOST.settings,
      settingLines,
      colors,
    ),
    colors.bold('WHAT IS NOT KNOWN'),
    ...review.unknown.map((text) => `  ${clean(text, 400)}`),
    '',
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
      `${paint(colors.bold(LEVELS[verdict.level].word))}  ${visible(shortenSentence(verdict.headline, 300))}`,
      `  ${clean(verdict.text, 400)}`,
      basis.firstReview && colors.dim(FIRST_REVIEW),
      absence && colors.dim(absence),
    ),
    '',
  ];
}

/** A heading with the first items and the number of the others; nothing if there are no items. */
function section<T>(
  title: string,
  groups: readonly Group<T>[],
  most: number,
  linesOf: (group: Group<T>, colors: Colors) => string[],
  colors: Colors,
): string[] {
  if (groups.length === 0) {
    return [];
  }
  const hidden = groups.slice(most).reduce((sum, { all }) => sum + all.length, 0);
  const more = hidden > 0 && colors.dim(`  … and ${hidden} more; --format md or json shows them`);
  const lines = cut(groups, most).flatMap((group) => [
    ...linesOf(group, colors),
    group.remark && colors.dim(`    ${clean(group.remark)}`),
  ]);
  return [...present(colors.bold(title), ...lines, more), ''];
}

/** A change that loses something; the first one, which is the worst, with more remedies. */
function danger(group: Group<Change>, isFirst: boolean, { red, dim, green }: Colors): string[] {
  const change = group.shown;
  const { action, name, takes, remedies, notes, provenance, certainty, unrelated } = change;
  const loss = lossOf(change);
  const causes = change.causes.map(
    ({ attribute, text }) => `    ${clean(attribute, 80)}${transition(change, attribute)} ${clean(text, 200)}`,
  );
  const names = cut(takes, MOST.takes).map((taken) => taken.name);
  const more = takes.length > MOST.takes ? ` and ${takes.length - MOST.takes} more` : '';
  return present(
    `  ${red(verbOf(change))} ${titleOf(group, name)}${line(change, dim)}`,
    ...cut(causes, 3),
    loss && `    ${clean(loss, 300)}`,
    takes.length > 0 && `    with it: ${clean(names.join(', '), 400)}${more}`,
    // the first note of a rename repeats its verb.
    ...(action === 'rename' ? notes.slice(1) : notes).map((note) => `    ${clean(note, 300)}`),
    ...cut(remedies, isFirst ? MOST.remedies : 1).map((remedy) => `    ${remedyLine(remedy, green)}`),
    dim(`    ${clean([sourceOf(provenance, certainty), ...addressesOf(change)].join(' · '), 300)}`),
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

function trapLines(group: Group<Trap>, isFirst: boolean, { red, dim, green }: Colors): string[] {
  const { name, attribute, text, remedies, location } = group.shown;
  return [
    `  ${red('fails')} ${titleOf(group, name)}, ${clean(attribute, 120)}${line({ location }, dim)}`,
    `    ${clean(text, 400)}`,
    ...cut(remedies, isFirst ? MOST.ways : 1).map((remedy) => `    ${remedyLine(remedy, green)}`),
  ];
}

function accessLines(group: Group<AccessRow>, isFirst: boolean, colors: Colors): string[] {
  const row = group.shown;
  return present(
    ...shiftLines(row, titleOf(group, row.who), colors),
    row.note !== undefined && `    ${clean(row.note, 200)}`,
    ...wayLines(row, isFirst, colors),
  );
}

function exposureLines(group: Group<ExposureRow>, isFirst: boolean, colors: Colors): string[] {
  const row = group.shown;
  return [...shiftLines(row, titleOf(group, row.what), colors), ...wayLines(row, isFirst, colors)];
}

/** The remedies of a row; the first row has more. */
function wayLines({ remedies }: AccessRow | ExposureRow, isFirst: boolean, { green }: Colors): string[] {
  return cut(remedies, isFirst ? MOST.ways : 1).map((remedy) => `    ${remedyLine(remedy, green)}`);
}

function shiftLines(row: AccessRow | ExposureRow, subject: string, colors: Colors): string[] {
  const paint = row.shift === 'removed' || row.shift === 'narrowed' ? colors.green : colors.yellow;
  return present(
    `  ${paint(SHIFTS[row.shift].padEnd(8))} ${subject}${line(row, colors.dim) || named(row, subject, colors.dim)}`,
    `    ${sides(row.before, row.after, 200)}`,
  );
}

/** The resource of a row, unless the row already names it. */
function named({ name }: AccessRow | ExposureRow, subject: string, dim: Colors['dim']): string {
  const own = name.slice(name.lastIndexOf(' ') + 1);
  return subject.includes(own) || name.includes(subject) ? '' : dim(` ${clean(name, 120)}`);
}

/** The new findings, and the remarks about acceptances. */
function findingsSection(review: Review, colors: Colors): string[] {
  const rules = rulesById(review);
  const remarks = cut(review.findings.remarks, MOST.remarks).map((text) => `  ${clean(text, 300)}`);
  return [
    ...section(
      'NEW FINDINGS',
      alikeFindings(newFindings(review.findings), review.basis.stacks),
      MOST.findings,
      (group) => findingLines(group, rules, colors),
      colors,
    ),
    ...(remarks.length > 0 ? [colors.bold('REMARKS ON WHAT IS ACCEPTED'), ...remarks, ''] : []),
  ];
}

function findingLines(group: Group<Finding>, rules: Rules, { red, yellow, dim, green }: Colors): string[] {
  const row = group.shown;
  const rule = rules.get(row.rule);
  const paint = isSevere(row) ? red : yellow;
  const part = row.part === undefined ? '' : ` ${clean(row.part, 80)}`;
  return present(
    `  ${paint(row.severity.padEnd(8))} ${titleOf(group, row.name)}${part} ${rule?.title ?? ''} ${dim(row.rule)}${where(row, dim)}`,
    rule && `    ${green(clean(fixOf(row, rule), 160))}`,
  );
}

function changeLines(group: Group<Change>, { cyan, dim }: Colors): string[] {
  const { shown: change } = group;
  const from = change.from ? dim(` from ${clean(change.from, 120)}`) : '';
  const unrelated = change.unrelated ? dim(' not caused by this change') : '';
  const more = change.attributes.length - MOST.attributes;
  return present(
    `  ${cyan(change.action)} ${titleOf(group, change.name)}${from}${where(change, dim)}${unrelated}`,
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

function settingLines({ shown, extent }: Group<SettingRow>): string[] {
  const { before, after, note, ...setting } = shown;
  const values = before === undefined && after === undefined ? '' : `: ${sides(before, after, 80)}`;
  const suffix = note ? `; ${clean(note, 160)}` : '';
  return [`  ${clean(settingOf(setting, extent), 160)}${values}${suffix}`];
}

/** The title of a group, with the number of stacks. */
function titleOf({ extent }: Group<unknown>, name: string): string {
  return (extent && `${extent}: `) + clean(name, extent === '' ? 120 : 300);
}

function sides(before: Json | undefined, after: Json | undefined, longest: number): string {
  const { before: old, after: now } = transitionOf(before, after, longest);
  const side = (text: string | undefined) => (text === undefined ? 'none' : visible(text) || 'empty');
  return `${side(old)} → ${side(now)}`;
}

/** The line in the code, or else the place in the program. */
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
