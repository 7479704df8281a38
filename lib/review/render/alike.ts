import { groupBy } from '../../terraform-json/group';
import { isScalar, type Json } from '../../terraform-json/json';
import type { AccessRow, AttributeChange, Change, ExposureRow, Finding, SettingRow, Trap } from '../model';
import { differenceOf } from './transition';

/** Items that are alike in several stacks, shown as one. */
export interface Group<T> {
  /** The first item, with the names of all. */
  readonly shown: T;
  readonly all: readonly T[];
  /** The number of stacks, such as "3 of 3 stacks"; empty for a single item. */
  readonly extent: string;
  /** How the others differ; empty if they have the same values. */
  readonly remark: string;
}

/** Something in a stack. */
interface Placed {
  readonly stack: string;
}

/** The changes, grouped if they are alike for the same resource of several stacks. */
export function alikeChanges(changes: readonly Change[], stacks: readonly string[]): Group<Change>[] {
  return grouped(
    { items: changes, stacks, subject: 'name' },
    (change) => [
      ...[change.action, change.type, placeIn(change), change.mayReplace, change.unrelated, change.certainty],
      ...[change.consequences, change.causes.map(({ attribute }) => attribute), change.takes.length],
      ...[change.notes.length, change.attributes.map(attributeLikeness)],
    ],
    ({ attributes }) => attributes.map(({ before, after }) => [before, after]),
  );
}

/** The failures, grouped if they are the same in several stacks. */
export function alikeTraps(traps: readonly Trap[], stacks: readonly string[]): Group<Trap>[] {
  return grouped(
    { items: traps, stacks, subject: 'name' },
    ({ address, attribute, source }) => [address, attribute, source],
    ({ text }) => text,
  );
}

/** The permissions, grouped if they change in the same way in several stacks. */
export function alikeAccess(rows: readonly AccessRow[], stacks: readonly string[]): Group<AccessRow>[] {
  return grouped(
    { items: rows, stacks, subject: 'who' },
    ({ shift, severity, address, principal, before, after }) => [
      ...[shift, severity, address, principal, rightOf(before), rightOf(after)],
    ],
    ({ before, after }) => [before, after],
  );
}

/** The entry points, grouped if they change in the same way in several stacks. */
export function alikeExposure(rows: readonly ExposureRow[], stacks: readonly string[]): Group<ExposureRow>[] {
  return grouped(
    { items: rows, stacks, subject: 'what' },
    ({ shift, severity, address, before, after }) => [shift, severity, address, before, after],
    ({ before, after }) => [before, after],
  );
}

/** The findings, grouped if they are the same in several stacks. */
export function alikeFindings(rows: readonly Finding[], stacks: readonly string[]): Group<Finding>[] {
  return grouped(
    { items: rows, stacks, subject: 'name' },
    ({ rule, severity, address, part }) => [rule, severity, address, part],
    ({ rule }) => rule,
  );
}

/** The settings, grouped if they change in the same way in several stacks. */
export function alikeSettings(rows: readonly SettingRow[], stacks: readonly string[]): Group<SettingRow>[] {
  return grouped(
    { items: rows, stacks, subject: 'what' },
    ({ kind, what, address, before, after, note }) => [
      ...[kind, address ?? what, note, differenceLikeness(before, after)],
    ],
    ({ before, after }) => [before, after],
  );
}

/** The items to group. */
interface Items<T> {
  readonly items: readonly T[];
  readonly stacks: readonly string[];
  /** The property with the name that a reader sees. */
  readonly subject: keyof T & ('name' | 'who' | 'what');
}

/** Groups the items that are alike in different stacks. */
function grouped<T extends Placed>(
  { items, stacks, subject }: Items<T>,
  likeness: (item: T) => unknown,
  values: (item: T) => unknown,
): Group<T>[] {
  if (stacks.length < 2) {
    return items.map(alone);
  }
  const times = new Map<string, number>();
  const groups = groupBy(items, (item) => {
    const kind = JSON.stringify(likeness(item));
    const own = JSON.stringify([item.stack, kind]);
    const time = times.get(own) ?? 0;
    times.set(own, time + 1);
    // items of one stack are never in the same group.
    return `${time} ${kind}`;
  });
  return [...groups.values()].map((all) => {
    const [first, ...others] = all as [T, ...T[]];
    if (others.length === 0) {
      return alone(first);
    }
    const isSame = new Set(all.map((item) => JSON.stringify(values(item)))).size === 1;
    return {
      shown: { ...first, [subject]: joined(all.map((item) => String(item[subject]))) },
      all,
      extent: `${all.length} of ${stacks.length} stacks`,
      remark: isSame ? '' : `the values are those of ${first.stack}; in the others the same differs`,
    };
  });
}

function alone<T>(item: T): Group<T> {
  return { shown: item, all: [item], extent: '', remark: '' };
}

/** Several names, without repeating the kind that they all begin with. */
function joined(names: readonly string[]): string {
  const [first = '', ...others] = new Set(names);
  const [kind] = /^.* /.exec(first) ?? [''];
  const isShared = others.every((name) => name.startsWith(kind));
  return [first, ...others.map((name) => (isShared ? name.slice(kind.length) : name))].join(', ');
}

/** The place of a resource within its stack. */
function placeIn({ stack, path, address }: Change): string {
  return path?.startsWith(`${stack}/`) ? path.slice(stack.length) : address;
}

function attributeLikeness({ path, before, after, effect, note }: AttributeChange): unknown {
  return [path, effect?.kind, note !== undefined, differenceLikeness(before, after)];
}

/** The differing parts of two texts, or all of a value that is added or removed. */
function differenceLikeness(before: Json | undefined, after: Json | undefined): unknown {
  return isScalar(before) && isScalar(after) ? differenceOf(String(before), String(after)) : [before, after];
}

/** A right without its scope, which has another name in each stack. */
function rightOf(text: string | undefined): string | undefined {
  return text?.split(' on ')[0];
}
