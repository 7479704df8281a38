import { by } from '../../terraform-json/json';
import type { Dependent, Change, Review, Trap } from '../model';
import { present } from '../names/present';
import { dangers } from '../verdict/verdict';
import { alikeChanges, alikeTraps, type Group } from './alike';
import { code, prose } from './escape';
import { remedyText, sides } from './markdown-sides';
import { ACTIONS, addressesOf, lineOf, lossOf, shorten, sourceOf, verbOf } from './words';

/** A level of detail of the dangers. */
type Detail = (changes: readonly Change[], traps: readonly Trap[], stacks: readonly string[]) => string[];

/**
 * The levels of detail, from all details of each danger to the number of each kind. No danger is ever omitted.
 */
const DETAILS: readonly Detail[] = [
  (changes, traps, stacks) => inFull(changes, traps, stacks, 25),
  (changes, traps, stacks) => inFull(changes, traps, stacks, 5),
  (changes, traps) => [...changes.map(short), ...traps.map(shortTrap)],
  (changes, traps) => listed([...changes.map(changeItem), ...traps.map(trapItem)]),
  (changes, traps) => listed([...changes.map(changeKind), ...traps.map(trapKind)]),
  (changes, traps) =>
    totals([...changes.map(({ action }) => ACTIONS[action]), ...traps.map(() => 'fails when applied')]),
];

/** The losses and failures, in as much detail as there is room for. */
export function dangerSection(review: Review, room: number): string {
  const found = dangers(review);
  const all = [...found.filter(({ unrelated }) => !unrelated), ...found.filter(({ unrelated }) => unrelated)];
  if (all.length === 0 && review.traps.length === 0) {
    return '';
  }
  const heading = '> [!CAUTION]\n> **What is lost, or fails**\n>\n';
  let text = '';
  for (const detail of DETAILS) {
    text = `${heading}${quoted(detail(all, review.traps, review.basis.stacks))}\n`;
    if (text.length <= room) {
      break;
    }
  }
  return text;
}

function quoted(rows: readonly string[]): string {
  return rows
    .flatMap((row) => row.split('\n'))
    .map((line) => `> ${line}`)
    .join('\n');
}

/** All details of each danger; dangers that are alike in several stacks are described once. */
function inFull(
  changes: readonly Change[],
  traps: readonly Trap[],
  stacks: readonly string[],
  dependents: number,
): string[] {
  return [
    ...alikeChanges(changes, stacks).map((group) => full(group, dependents)),
    ...alikeTraps(traps, stacks).map(fullTrap),
  ];
}

function full({ shown: change, extent, remark }: Group<Change>, dependents: number): string {
  const { causes, takes, notes, remedies, unrelated } = change;
  const loss = lossOf(change);
  const lines = present(
    ...causes.map(
      ({ attribute, text }) =>
        `${code(shorten(attribute, 160))}${valuesOf(change, attribute)} ${prose(shorten(text, 300))}`,
    ),
    loss && prose(loss),
    takes.length > 0 && `with it: ${dependentList(takes, dependents)}`,
    ...notes.map((note) => prose(shorten(note, 300))),
    ...remedies.map(remedyText),
    unrelated && 'not caused by this change: it is in the plan anyway',
    placesOf(change),
    remark && prose(remark),
  );
  return [`- ${title(change, extent)}`, ...lines.map((line) => `  - ${line}`)].join('\n');
}

function title(change: Change, extent: string): string {
  const verb = verbOf(change);
  const line = lineOf(change);
  return `**${verb}** ${extent && `${extent}: `}${code(shorten(change.name, extent ? 2_000 : 200))}${line ? `, ${code(shorten(line, 120))}` : ''}, ${prose(sourceOf(change.provenance, change.certainty))}`;
}

/** The place of a change in the program, its address in Terraform, and the previous address of a rename. */
function placesOf(change: Change): string {
  const { from, action } = change;
  const renamed = from !== undefined && action === 'rename' ? `, was ${code(shorten(from, 200))}` : '';
  return (
    addressesOf(change)
      .map((text) => code(shorten(text, 200)))
      .join(', ') + renamed
  );
}

function valuesOf({ attributes }: Change, path: string): string {
  const attribute = attributes.find((candidate) => candidate.path === path);
  return attribute === undefined ? '' : ` ${sides(attribute.before, attribute.after, 80)}:`;
}

function dependentList(takes: readonly Dependent[], most: number): string {
  const shown = takes.slice(0, most);
  const more = takes.length > most ? ` and ${takes.length - most} more` : '';
  const name = (dependent: Dependent) => code(shorten(dependent.name, 120));
  const reason = (dependent: Dependent) => prose(shorten(dependent.reason, 160));
  const [first] = takes;
  // a common reason is stated once.
  return first && takes.every((dependent) => dependent.reason === first.reason)
    ? `${shown.map(name).join(', ')}${more} (${reason(first)})`
    : `${shown.map((dependent) => `${name(dependent)} ${reason(dependent)}`).join(', ')}${more}`;
}

function fullTrap({ shown, extent, remark }: Group<Trap>): string {
  const { name, attribute, text, remedies, location } = shown;
  const others = remark && `\n  - ${prose(remark)}`;
  const ways = remedies.map((remedy) => `\n  - ${remedyText(remedy)}`).join('');
  const line = location ? `, ${code(shorten(lineOf({ location }), 120))}` : '';
  return `- **fails when applied** ${extent && `${extent}: `}${code(shorten(name, 160))}, ${code(shorten(attribute, 120))}${line}: ${prose(shorten(text, 400))}${ways}${others}`;
}

function short(change: Change): string {
  const causes = change.causes.map(({ attribute }) => code(shorten(attribute, 60))).slice(0, 3);
  const takes = change.takes.length > 0 ? `, with ${change.takes.length} more` : '';
  const cure = change.cure ? `: ${code(shorten(change.cure, 200))}` : '';
  return `- **${verbOf(change)}** ${code(shorten(change.name, 120))}${causes.length > 0 ? ` by ${causes.join(', ')}` : ''}${takes}${cure}`;
}

function shortTrap({ name, attribute }: Trap): string {
  return `- **fails when applied** ${code(shorten(name, 120))} ${code(shorten(attribute, 80))}`;
}

interface Item {
  readonly group: string;
  readonly name: string;
}

function changeItem(change: Change): Item {
  const { stack, name } = change;
  return { group: `${verbOf(change)} in ${stack}`, name: shorten(name, 80) };
}

function trapItem({ stack, name, attribute }: Trap): Item {
  return { group: `fails when applied in ${stack}`, name: shorten(`${name} ${attribute}`, 80) };
}

function changeKind(change: Change): Item {
  const { stack, type } = change;
  return {
    group: `${verbOf(change)} in ${shorten(stack, 60)}`,
    name: shorten(type, 60),
  };
}

function trapKind({ stack, attribute }: Trap): Item {
  return { group: `fails when applied in ${shorten(stack, 60)}`, name: shorten(attribute, 60) };
}

/** Each group with its distinct names and their numbers. */
function listed(items: readonly Item[]): string[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { group, name } of items) {
    const names = groups.get(group) ?? new Map<string, number>();
    groups.set(group, names.set(name, (names.get(name) ?? 0) + 1));
  }
  return [...groups].map(([group, names]) => {
    const texts = [...names]
      .sort(by(([name]) => name))
      .map(([name, times]) => (times > 1 ? `${times} × ${code(name)}` : code(name)));
    return `- ${prose(group)}: ${texts.join(', ')}`;
  });
}

function totals(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  words.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));
  return [...[...counts].map(([word, count]) => `- ${count} × ${word}`), '- each of them is in `review.json`'];
}
