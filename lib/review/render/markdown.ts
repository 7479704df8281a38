import type { AccessRow, AttributeChange, Change, ExposureRow, Review, SettingRow } from '../model';
import { isDanger } from '../verdict/verdict';
import { code, prose } from './escape';
import { dangerSection } from './markdown-danger';
import { absenceOf, LEVELS, lineOf, placeOf, remarkOf, settingOf, shorten, SHIFTS, sourceOf, valueOf } from './words';

/** What the comment of an earlier run is found by. */
export const MARKER = '<!-- cdktf-review -->';

/** GitHub refuses a comment of 65,536 characters; the rest is left to whoever puts something around it. */
const LIMIT = 60_000;

/** What the sections below the dangers need at least: their headings and counts. */
const RESERVE = 12_000;

/** A section that can be cut: its rows are shown as long as there is room. */
interface Section {
  readonly head: string;
  readonly rows: readonly string[];
  readonly foot: string;
}

/** The review as Markdown for a comment in a pull request: under 60,000 characters, with every danger in it. */
export function renderMarkdown(review: Review): string {
  const { icon } = LEVELS[review.verdict.level];
  const top = [MARKER, `### ${icon} ${review.verdict.text}`, '', introduction(review), ''].join('\n');
  const unknown = [
    '#### What is not known',
    '',
    ...review.unknown.slice(0, 12).map((line) => `- ${bounded(line)}`),
    '',
  ].join('\n');
  const dangers = dangerSection(review, LIMIT - RESERVE - top.length - unknown.length);
  let room = LIMIT - 500 - top.length - dangers.length - unknown.length;
  const sections = [
    accessSection(review.access),
    exposureSection(review.exposure),
    changesSection(review.changes),
    settingsSection(review.settings),
  ].map((section) => {
    const text = section.rows.length === 0 ? '' : fitted(section, room);
    room -= text.length;
    return text;
  });
  return [top, dangers, ...sections, unknown, counted(review)].filter(Boolean).join('\n');
}

/** A sentence that stays short also when what is in it gets longer by being escaped. */
function bounded(line: string): string {
  const text = prose(shorten(line, 900));
  return text.length <= 1_500 ? text : prose(shorten(line, 120));
}

function introduction(review: Review): string {
  const { plan, firstReview, stacks } = review.basis;
  const sides = firstReview ? 'First review: everything is new.' : 'What merging this change would do.';
  const basis = plan
    ? "Terraform's plan and the synthesized code were read"
    : 'Only the synthesized code was read, no state and no cloud';
  const named = stacks.slice(0, 8).map((name) => code(shorten(name, 60)));
  const more = stacks.length > named.length ? ` and ${stacks.length - named.length} more` : '';
  const absence = absenceOf(review);
  return `${sides} ${basis}. Stacks: ${named.join(', ') || 'none'}${more}.${absence ? ` ${absence}` : ''}`;
}

/** As many rows as there is room for, and how many more there are. */
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
  const more = hidden > 0 ? [`\n… and ${hidden} more, in \`review.json\``] : [];
  return [...(shown.length > 0 ? [head, ...shown] : [head.split('\n')[0] ?? '']), ...more, foot].join('\n');
}

function accessSection(rows: readonly AccessRow[]): Section {
  return {
    head: ['#### Who gets access', '', '| | who | before | after | from |', '|-|-|-|-|-|'].join('\n'),
    rows: rows.map((row) =>
      cells(
        SHIFTS[row.shift],
        code(shorten(row.who, 200)),
        right(row.before),
        right(row.after) + noted(row.note),
        origin(row),
      ),
    ),
    foot: '',
  };
}

function exposureSection(rows: readonly ExposureRow[]): Section {
  return {
    head: [
      '#### What becomes reachable',
      '',
      '| | what | reachable before | reachable after | from |',
      '|-|-|-|-|-|',
    ].join('\n'),
    rows: rows.map((row) =>
      cells(SHIFTS[row.shift], code(shorten(row.what, 80)), right(row.before), right(row.after), origin(row)),
    ),
    foot: '',
  };
}

function right(text: string | undefined): string {
  return text === undefined ? 'none' : code(shorten(text, 240));
}

function noted(note: string | undefined): string {
  return note === undefined ? '' : `; ${prose(shorten(note, 200))}`;
}

/** Where a row comes from: the resource, the line of code, and how it is known. */
function origin(row: AccessRow | ExposureRow): string {
  return [code(shorten(placeOf(row), 160)), code(shorten(lineOf(row), 120)), sourceOf(row.provenance).split(' (')[0]]
    .filter(Boolean)
    .join(', ');
}

function cells(...texts: (string | undefined)[]): string {
  return `| ${texts.join(' | ')} |`;
}

function changesSection(changes: readonly Change[]): Section {
  const related = changes.filter(({ unrelated }) => !unrelated);
  const others = changes.filter(({ unrelated }) => unrelated);
  return {
    head: `#### Every change\n\n<details><summary>${changes.length} ${changes.length === 1 ? 'resource' : 'resources'}, attribute by attribute</summary>\n`,
    rows: [
      ...related.map(changeRow),
      ...(others.length > 0 ? ['\n**In the plan, but not caused by this change:**\n', ...others.map(changeRow)] : []),
    ],
    foot: '\n</details>\n',
  };
}

function changeRow(change: Change): string {
  const { action, address, from } = change;
  const where = [
    code(shorten(address, 200)),
    from && `from ${code(shorten(from, 200))}`,
    code(shorten(lineOf(change), 120)),
  ];
  const first = `- **${action}** ${[...where, prose(sourceOf(change.provenance))].filter(Boolean).join(', ')}`;
  const shown = change.attributes.slice(0, 40);
  const more = change.attributes.length - shown.length;
  // why a danger is one stands with the dangers, which are never cut
  const why = [...change.causes.map(({ attribute, text }) => `${attribute} ${text}`), ...change.notes];
  const notes = isDanger(change) ? [] : why.map((note) => `  - ${prose(shorten(note, 300))}`);
  return [first, ...notes, ...shown.map(attributeRow), ...(more > 0 ? [`  - … and ${more} more attributes`] : [])].join(
    '\n',
  );
}

function attributeRow(attribute: AttributeChange): string {
  const { path, before, after } = attribute;
  const values =
    before === undefined
      ? `added ${code(valueOf(after))}`
      : after === undefined
        ? `removed ${code(valueOf(before))}`
        : `${code(valueOf(before)) || 'empty'} → ${code(valueOf(after)) || 'empty'}`;
  const remark = remarkOf(attribute);
  return `  - ${code(shorten(path, 200))}: ${values}${remark ? `, ${prose(shorten(remark, 240))}` : ''}`;
}

function settingsSection(rows: readonly SettingRow[]): Section {
  return {
    head: ['#### Versions, backends and settings', '', '| what | before | after |', '|-|-|-|'].join('\n'),
    rows: rows.map((row) => {
      const side = (value: SettingRow['before']) => (value === undefined ? 'none' : code(valueOf(value)));
      const after =
        row.note === undefined
          ? side(row.after)
          : `${row.after === undefined ? '' : `${side(row.after)}; `}${prose(shorten(row.note, 240))}`;
      return cells(prose(shorten(settingOf(row), 240)), side(row.before), after);
    }),
    foot: '',
  };
}

function counted({ counts, schemaVersion }: Review): string {
  const resources = counts.unchanged === 1 ? 'resource' : 'resources';
  return `<sub>${counts.unchanged} unchanged ${resources} · cdktf-review, schema ${schemaVersion}</sub>\n`;
}
