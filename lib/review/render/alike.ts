import { isScalar, type Json } from '../../terraform-json/json';
import type { AccessRow, AttributeChange, Change, ExposureRow, Finding, SettingRow, Trap } from '../model';
import { differenceOf } from './transition';

/** Things that are alike in several stacks, shown as one. */
export interface Group<T> {
  /** The first of them, under the names of all. */
  readonly shown: T;
  readonly all: readonly T[];
  /** "3 of 3 stacks"; empty for one thing. */
  readonly extent: string;
  /** What is to be known of the others; empty if they have the same values. */
  readonly remark: string;
}

/** Something in a stack. */
interface Placed {
  readonly stack: string;
}

/** The changes that do the same to the same resource of several stacks. */
export function alikeChanges(changes: readonly Change[], stacks: readonly string[]): Group<Change>[] {
  return grouped(
    { items: changes, stacks, named: (change, name) => ({ ...change, name }), nameOf: ({ name }) => name },
    (change) => [
      ...[change.action, change.type, placeIn(change), change.mayReplace, change.unrelated, change.certainty],
      ...[change.consequences, change.causes.map(({ attribute }) => attribute), change.takes.length],
      ...[change.notes.length, change.attributes.map(attributeLikeness)],
    ],
    ({ attributes }) => attributes.map(({ before, after }) => [before, after]),
  );
}

/** The failures that are the same in several stacks. */
export function alikeTraps(traps: readonly Trap[], stacks: readonly string[]): Group<Trap>[] {
  return grouped(
    { items: traps, stacks, named: (trap, name) => ({ ...trap, name }), nameOf: ({ name }) => name },
    ({ address, attribute, source }) => [address, attribute, source],
    ({ text }) => text,
  );
}

/** The permissions that change in the same way in several stacks. */
export function alikeAccess(rows: readonly AccessRow[], stacks: readonly string[]): Group<AccessRow>[] {
  return grouped(
    { items: rows, stacks, named: (row, who) => ({ ...row, who }), nameOf: ({ who }) => who },
    ({ shift, severity, address, principal, before, after }) => [
      ...[shift, severity, address, principal, rightOf(before), rightOf(after)],
    ],
    ({ before, after }) => [before, after],
  );
}

/** The entry points that change in the same way in several stacks. */
export function alikeExposure(rows: readonly ExposureRow[], stacks: readonly string[]): Group<ExposureRow>[] {
  return grouped(
    { items: rows, stacks, named: (row, what) => ({ ...row, what }), nameOf: ({ what }) => what },
    ({ shift, severity, address, before, after }) => [shift, severity, address, before, after],
    ({ before, after }) => [before, after],
  );
}

/** The findings that are the same in several stacks. */
export function alikeFindings(rows: readonly Finding[], stacks: readonly string[]): Group<Finding>[] {
  return grouped(
    { items: rows, stacks, named: (row, name) => ({ ...row, name }), nameOf: ({ name }) => name },
    ({ rule, severity, address, part }) => [rule, severity, address, part],
    ({ rule }) => rule,
  );
}

/** The settings that change in the same way in several stacks. */
export function alikeSettings(rows: readonly SettingRow[], stacks: readonly string[]): Group<SettingRow>[] {
  return grouped(
    { items: rows, stacks, named: (row, what) => ({ ...row, what }), nameOf: ({ what }) => what },
    ({ kind, what, address, before, after, note }) => [
      ...[kind, address ?? what, note, differenceLikeness(before, after)],
    ],
    ({ before, after }) => [before, after],
  );
}

/** What is grouped, and how it is called. */
interface Items<T> {
  readonly items: readonly T[];
  readonly stacks: readonly string[];
  readonly nameOf: (item: T) => string;
  readonly named: (item: T, name: string) => T;
}

/** Groups what is alike; two things of one stack never are. */
function grouped<T extends Placed>(
  { items, stacks, nameOf, named }: Items<T>,
  likeness: (item: T) => unknown,
  values: (item: T) => unknown,
): Group<T>[] {
  if (stacks.length < 2) {
    return items.map((item) => ({ shown: item, all: [item], extent: '', remark: '' }));
  }
  const groups = new Map<string, T[]>();
  const times = new Map<string, number>();
  for (const item of items) {
    const kind = JSON.stringify(likeness(item));
    const own = JSON.stringify([item.stack, kind]);
    const time = times.get(own) ?? 0;
    times.set(own, time + 1);
    const key = `${time} ${kind}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined || all.length === 1) {
      return all.map((item) => ({ shown: item, all, extent: '', remark: '' }));
    }
    const isSame = new Set(all.map((item) => JSON.stringify(values(item)))).size === 1;
    const remark = isSame ? '' : `the values are those of ${first.stack}; in the others the same differs`;
    return [
      { shown: named(first, joined(all.map(nameOf))), all, extent: `${all.length} of ${stacks.length} stacks`, remark },
    ];
  });
}

/** Several names, without repeating the kind of things that they begin with. */
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

/** What differs between two texts, or all of a value that is new or gone. */
function differenceLikeness(before: Json | undefined, after: Json | undefined): unknown {
  return isScalar(before) && isScalar(after) ? differenceOf(String(before), String(after)) : [before, after];
}

/** A right without what it is for, which has another name in each stack. */
function rightOf(text: string | undefined): string | undefined {
  return text?.split(' on ')[0];
}
