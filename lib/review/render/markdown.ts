import type {
  AccessRow,
  AttributeChange,
  Change,
  ExposureRow,
  Finding,
  FindingRuleText,
  Review,
  SettingRow,
} from '../model';
import { present } from '../names/present';
import { isDanger } from '../verdict/verdict';
import { alikeAccess, alikeChanges, alikeExposure, alikeFindings, alikeSettings, type Group } from './alike';
import { code, prose } from './escape';
import { fixOf, newFindings, otherFindings, rulesById } from './finding-words';
import { dangerSection } from './markdown-danger';
import { cellsOf, remedyText, sides } from './markdown-sides';
import {
  introductionOf,
  LEVELS,
  lineOf,
  remarkOf,
  settingOf,
  shorten,
  shortenSentence,
  SHIFTS,
  sourceOf,
} from './words';

/** Identifies the comment of an earlier run. */
export const MARKER = '<!-- cdktf-review -->';

/** GitHub rejects a comment of 65,536 characters; the difference is left for text around the review. */
const LIMIT = 60_000;

/** The number of lines about what is not known. */
const MOST_UNKNOWN = 12;

/** The minimum room for the sections below the dangers. */
const RESERVE = 12_000;

/** The number of attributes that are shown for a change. */
const MOST_ATTRIBUTES = 40;

/** A section that shows as many of its rows as there is room for. */
interface Section {
  readonly head: string;
  readonly rows: readonly string[];
  readonly foot: string;
}

/** The maximum length of a picture. */
export const LONGEST_DIAGRAM = 9_000;

/**
 * The review as Markdown for a comment in a pull request: less than 60,000 characters, with every danger.
 *
 * @param diagram The picture of the change as Mermaid; omitted if there is no room for it
 */
export function renderMarkdown(review: Review, diagram?: string): string {
  const { stacks } = review.basis;
  const { icon } = LEVELS[review.verdict.level];
  const top = [
    MARKER,
    `### ${icon} ${prose(shortenSentence(review.verdict.headline, 300))}`,
    '',
    `${review.verdict.text}. ${introductionOf(review, 8, code)}`,
    '',
  ].join('\n');
  const more = review.unknown.length - MOST_UNKNOWN;
  const unknown = [
    '#### What is not known',
    '',
    ...review.unknown.slice(0, MOST_UNKNOWN).map((line) => `- ${bounded(line)}`),
    ...present(more > 0 && `- and ${more} more, which \`review.json\` has`),
    '',
  ].join('\n');
  const dangers = dangerSection(review, LIMIT - RESERVE - top.length - unknown.length);
  let room = LIMIT - 500 - top.length - dangers.length - unknown.length;
  const picture = diagramSection(diagram, room - RESERVE);
  room -= picture.length;
  const sections = [
    accessSection(alikeAccess(review.access, stacks)),
    exposureSection(alikeExposure(review.exposure, stacks)),
    findingsSection(review),
    changesSection(review.changes, stacks),
    settingsSection(alikeSettings(review.settings, stacks)),
  ].map((section) => {
    const text = section.rows.length === 0 && section.foot === '' ? '' : fitted(section, room);
    room -= text.length;
    return text;
  });
  return present(top, dangers, picture, ...sections, unknown, counted(review)).join('\n');
}

function diagramSection(diagram: string | undefined, room: number): string {
  return diagram === undefined || diagram.length > Math.min(room, LONGEST_DIAGRAM)
    ? ''
    : `<details><summary>The picture of it</summary>\n\n\`\`\`mermaid\n${diagram}\`\`\`\n\n</details>\n`;
}

/** A sentence that is short even after escaping. */
function bounded(line: string): string {
  const text = prose(shorten(line, 900));
  return text.length <= 1_500 ? text : prose(shorten(line, 120));
}

/** As many rows as there is room for, and the number of the others. */
function fitted({ head, rows, foot }: Section, room: number): string {
  const shown: string[] = [];
  let left = room - head.length - foot.length - 100;
  for (const row of rows) {
    left -= row.length + 1;
    if (left < 0) {
      break;
    }
    shown.push(row);
  }
  const hidden = rows.length - shown.length;
  const top = shown.length > 0 ? head : (head.split('\n')[0] ?? '');
  const more = hidden > 0 && `\n… and ${hidden} more, in \`review.json\``;
  return [...present(top, ...shown, more), foot].join('\n');
}

/** A row about access or reachability. */
function openingRow(group: Group<AccessRow> | Group<ExposureRow>, name: string, note?: string): string {
  const { shown: row, remark } = group;
  const [before, after] = cellsOf(row.before, row.after, 240);
  return cells(
    SHIFTS[row.shift],
    subject(group, name),
    before,
    after + noted(note) + noted(remark),
    waysOut(row),
    origin(row),
  );
}

function accessSection(rows: readonly Group<AccessRow>[]): Section {
  return {
    head: ['#### Who gets access', '', '| | who | before | after | what to do | from |', '|-|-|-|-|-|-|'].join('\n'),
    rows: rows.map((group) => openingRow(group, group.shown.who, group.shown.note)),
    foot: '',
  };
}

function exposureSection(rows: readonly Group<ExposureRow>[]): Section {
  return {
    head: [
      '#### What becomes reachable',
      '',
      '| | what | reachable before | reachable after | what to do | from |',
      '|-|-|-|-|-|-|',
    ].join('\n'),
    rows: rows.map((group) => openingRow(group, group.shown.what)),
    foot: '',
  };
}

/** The subject of a row, and the number of stacks with the same row. */
function subject({ extent }: Group<unknown>, text: string): string {
  return (extent && `${extent}: `) + code(shorten(text, extent ? 600 : 200));
}

/** The new findings, and the remarks about acceptances. */
function findingsSection(review: Review): Section {
  const rules = rulesById(review);
  const news = newFindings(review.findings);
  const remarks = review.findings.remarks.slice(0, 12).map((text) => `\n- ${prose(shorten(text, 300))}`);
  return {
    head:
      news.length === 0
        ? '#### Findings'
        : ['#### New findings', '', '| | what | to do | rule |', '|-|-|-|-|'].join('\n'),
    rows: alikeFindings(news, review.basis.stacks).map((group) => findingRow(group, rules.get(group.shown.rule))),
    foot: remarks.length === 0 ? '' : `${remarks.join('')}\n`,
  };
}

function findingRow(group: Group<Finding>, rule: FindingRuleText | undefined): string {
  const row = group.shown;
  const part = row.part === undefined ? '' : ` ${code(shorten(row.part, 160))}`;
  const name = subject(group, row.name) + part;
  const line = lineOf(row);
  return cells(
    row.severity,
    `${name} ${rule?.title ?? ''}${line ? `, ${code(shorten(line, 120))}` : ''}`,
    rule === undefined ? '' : code(fixOf(row, rule)),
    present(code(row.rule), ...(rule?.equivalents ?? []).slice(0, 2)).join(', '),
  );
}

function noted(note: string | undefined): string {
  return note === undefined || note === '' ? '' : `; ${prose(shorten(note, 200))}`;
}

/** The remedies of a row. */
function waysOut({ remedies }: AccessRow | ExposureRow): string {
  return remedies.map(remedyText).join('; ');
}

/** The origin of a row: the line of code, the provenance and the address. */
function origin(row: AccessRow | ExposureRow): string {
  return present(
    code(shorten(lineOf(row), 120)),
    sourceOf(row.provenance).split(' (')[0],
    code(shorten(row.address, 160)),
  ).join(', ');
}

function cells(...texts: (string | undefined)[]): string {
  return `| ${texts.join(' | ')} |`;
}

function changesSection(changes: readonly Change[], stacks: readonly string[]): Section {
  const related = changes.filter(({ unrelated }) => !unrelated);
  const others = changes.filter(({ unrelated }) => unrelated);
  return {
    head: `#### Every change\n\n<details><summary>${changes.length} ${changes.length === 1 ? 'resource' : 'resources'}, attribute by attribute</summary>\n`,
    rows: present(
      ...alikeChanges(related, stacks).map(changeRow),
      others.length > 0 && '\n**In the plan, but not caused by this change:**\n',
      ...alikeChanges(others, stacks).map(changeRow),
    ),
    foot: '\n</details>\n',
  };
}

function changeRow({ shown: change, extent, remark }: Group<Change>): string {
  const { action, name, address, from, causes, notes, attributes } = change;
  const where = present(
    (extent && `${extent}: `) + code(shorten(name, extent ? 2_000 : 200)),
    code(shorten(lineOf(change), 120)),
    prose(sourceOf(change.provenance, change.certainty)),
    code(shorten(address, 200)),
    from && `from ${code(shorten(from, 200))}`,
  );
  // the causes of a danger are in the section of dangers, which is never cut.
  const remarks = isDanger(change) ? [] : [...causes.map(({ attribute, text }) => `${attribute} ${text}`), ...notes];
  const more = attributes.length - MOST_ATTRIBUTES;
  return present(
    `- **${action}** ${where.join(', ')}`,
    ...remarks.map((remark) => `  - ${prose(shorten(remark, 300))}`),
    ...attributes.slice(0, MOST_ATTRIBUTES).map(attributeRow),
    more > 0 && `  - … and ${more} more attributes`,
    remark && `  - ${prose(remark)}`,
  ).join('\n');
}

function attributeRow(attribute: AttributeChange): string {
  const { path, before, after } = attribute;
  const remark = remarkOf(attribute);
  const suffix = remark ? `, ${prose(shorten(remark, 240))}` : '';
  return `  - ${code(shorten(path, 200))}: ${sides(before, after)}${suffix}`;
}

function settingsSection(rows: readonly Group<SettingRow>[]): Section {
  return {
    head: ['#### Versions, backends and settings', '', '| what | before | after |', '|-|-|-|'].join('\n'),
    rows: rows.map(({ shown: row, extent }) => {
      const note = row.note === undefined ? undefined : prose(shorten(row.note, 240));
      const [before, after] = cellsOf(row.before, row.after, 160);
      const last = row.after === undefined && note !== undefined ? [note] : present(after, note);
      return cells(prose(shorten(settingOf(row, extent), 240)), before, last.join('; '));
    }),
    foot: '',
  };
}

function counted({ counts, findings, schemaVersion }: Review): string {
  const resources = counts.unchanged === 1 ? 'resource' : 'resources';
  const parts = present(`${counts.unchanged} unchanged ${resources}`, otherFindings(findings));
  return `<sub>${parts.join(' · ')} · cdktf-review, schema ${schemaVersion}</sub>\n`;
}
