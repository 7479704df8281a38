import { pick } from '../../terraform-json/expression';
import {
  canonical,
  compare,
  eachScalar,
  isObject,
  isScalar,
  own,
  sameJson,
  type Json,
  type JsonObject,
} from '../../terraform-json/json';
import { KEYS, LIST_KEYS } from '../knowledge/lists';
import type { Order } from './order';

/** A step of a path: the name of an attribute, or an item of a list. */
export type Step = string | Item;

/** An item of a list, with its position on each side that has it. */
export interface Item {
  readonly key: string;
  readonly before?: number;
  readonly after?: number;
}

/** A difference between two values. */
export interface Difference {
  readonly path: readonly Step[];
  readonly before?: Json;
  readonly after?: Json;
  /** Whether only the order of the items differs. */
  readonly orderOnly?: true;
  /** Whether the order of the items matters to the provider; absent if unknown. */
  readonly isOrdered?: true;
}

/** The scalars of a difference with their rule paths: many for an added or removed block. */
export function leavesOf({ path, before, after }: Difference): { path: string; before?: Json; after?: Json }[] {
  const found = new Map<string, { before?: Json; after?: Json }>();
  const add = (side: 'before' | 'after', value: Json | undefined) =>
    eachScalar(value ?? null, (scalar, steps) => {
      const name = [rulePath(path), ...steps].filter(Boolean).join('.');
      found.set(name, { ...found.get(name), [side]: scalar });
    });
  add('before', before);
  add('after', after);
  return [...found].map(([name, sides]) => ({ path: name, ...sides }));
}

/** The differences between two configurations. List items with keys are matched by them. */
export function differences(before: JsonObject, after: JsonObject, order: Order = () => undefined): Difference[] {
  const found: Difference[] = [];
  diffObjects(before, after, [], { add: (difference) => found.push(difference), order });
  return found;
}

/** Whether two scalars are equal to Terraform, which converts between them: "2" and 2 are the same value. */
function sameScalar(before: Json, after: Json): boolean {
  return before === after || (isScalar(before) && isScalar(after) && String(before) === String(after));
}

/** A path for readers, such as "container[front].env[TITLE].value". */
export function showPath(path: readonly Step[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step !== 'string') {
      return `${text}[${step.key}]`;
    }
    return /^[A-Za-z_][\w-]*$/.test(step) ? `${text}${text ? '.' : ''}${step}` : `${text}[${JSON.stringify(step)}]`;
  }, '');
}

/** A path for rules, without the keys of list items. */
export function rulePath(path: readonly Step[]): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

/** The value at a path on one side. */
export function valueAt(value: Json | undefined, path: readonly Step[], side: 'before' | 'after'): Json | undefined {
  return path.reduce<Json | undefined>((current, step) => {
    const position = typeof step === 'object' ? step[side] : step;
    const items = typeof step === 'object' && !Array.isArray(current) ? [current ?? null] : current;
    return position === undefined ? undefined : pick(items, [position]);
  }, value);
}

interface Sink {
  readonly add: (difference: Difference) => void;
  readonly order: Order;
}

function diff(before: Json | undefined, after: Json | undefined, path: readonly Step[], sink: Sink): void {
  if (isUnset(before) || isUnset(after)) {
    if (!isUnset(before) || !isUnset(after)) {
      sink.add({ path, before: before ?? undefined, after: after ?? undefined });
    }
  } else if (isList(before) || isList(after)) {
    const [olds, news] = [asList(before), asList(after)];
    const isRepeating = olds.length !== news.length && sink.order(rulePath(path)) === false;
    diffLists(isRepeating ? distinct(olds) : olds, isRepeating ? distinct(news) : news, path, sink);
  } else if (isObject(before) && isObject(after)) {
    diffObjects(before, after, path, sink);
  } else if (!sameScalar(before, after)) {
    sink.add({ path, before, after });
  }
}

function diffObjects(before: JsonObject, after: JsonObject, path: readonly Step[], sink: Sink): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort()) {
    const [old, now] = [own(before, key), own(after, key)];
    if (old !== now) {
      diff(old, now, [...path, key], sink);
    }
  }
}

function diffLists(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
  if (before.length === 0 && after.length === 0) {
    return;
  }
  const objects = [...before, ...after].every(isObject);
  if (!objects) {
    diffScalars(before, after, path, sink);
    return;
  }
  const key = keyOf(before as JsonObject[], after as JsonObject[], path);
  if (key !== undefined) {
    diffKeyed(before as JsonObject[], after as JsonObject[], key, path, sink);
  } else if (before.length === 1 && after.length === 1) {
    diff(before[0], after[0], path, sink);
  } else if ((before.length === 0) !== (after.length === 0)) {
    sink.add({ path, before: before.length > 0 ? before : undefined, after: after.length > 0 ? after : undefined });
  } else {
    diffUnkeyed(before, after, path, sink);
  }
}

/** The items of a set, without duplicates. */
function distinct(items: Json[]): Json[] {
  return [...new Map(items.map((item) => [canonical(item), item])).values()];
}

function diffScalars(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
  if (before.length === after.length && before.every((item, i) => sameJson(item, after[i]))) {
    return;
  }
  if (sorted(before) === sorted(after)) {
    addOrder(before, after, path, sink);
  } else {
    sink.add({ path, before, after });
  }
}

/** Adds a difference in the order of the items, unless they are a set. */
function addOrder(before: readonly Json[], after: readonly Json[], path: readonly Step[], sink: Sink): void {
  const isOrdered = sink.order(rulePath(path));
  if (isOrdered !== false) {
    sink.add({
      path,
      before: [...before],
      after: [...after],
      orderOnly: true,
      isOrdered: isOrdered ? true : undefined,
    });
  }
}

function diffKeyed(before: JsonObject[], after: JsonObject[], key: string, path: readonly Step[], sink: Sink): void {
  const [olds, news] = [before, after].map((items) => positions(items, key)) as [Positions, Positions];
  for (const id of [...new Set([...olds.keys(), ...news.keys()])].sort(compare)) {
    const [old, now] = [olds.get(id), news.get(id)];
    diff(old?.item, now?.item, [...path, { key: id, before: old?.index, after: now?.index }], sink);
  }
  const shared = (side: Positions, other: Positions) => [...side.keys()].filter((id) => other.has(id));
  const [was, is] = [shared(olds, news), shared(news, olds)];
  if (was.some((id, i) => id !== is[i])) {
    addOrder(was, is, path, sink);
  }
}

type Positions = ReadonlyMap<string, Indexed>;

function positions(items: JsonObject[], key: string): Positions {
  return new Map(items.map((item, index) => [String(item[key]), { item, index }]));
}

/** Compares lists without keys: equal items are matched, and the others are compared by position. */
function diffUnkeyed(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
  const { olds, news, was, is } = withoutCommon(before, after);
  for (let i = 0; i < Math.max(olds.length, news.length); i++) {
    const [old, now] = [olds[i], news[i]];
    const step = { key: String((now ?? old)?.index), before: old?.index, after: now?.index };
    diff(old?.item, now?.item, [...path, step], sink);
  }
  if (was.some((text, i) => text !== is[i])) {
    addOrder(before, after, path, sink);
  }
}

type Indexed = { readonly item: Json; readonly index: number };

interface Unmatched {
  readonly olds: readonly Indexed[];
  readonly news: readonly Indexed[];
  /** The items that both sides have, in the order of each side. */
  readonly was: readonly string[];
  readonly is: readonly string[];
}

function withoutCommon(before: Json[], after: Json[]): Unmatched {
  const counts = new Map<string, number>();
  const index = (items: Json[]) => items.map((item, i) => ({ item, index: i, text: canonical(item) }));
  const [olds, news] = [index(before), index(after)];
  olds.forEach(({ text }) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const take = ({ text }: { text: string }) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left > 0;
  };
  const remainingNews = news.filter((item) => !take(item));
  // what is left in the counts are the items that the new list lacks.
  const remainingOlds = [...olds].reverse().filter(take).reverse();
  const without = (items: typeof olds, remaining: typeof olds) => {
    const others = new Set(remaining);
    return items.filter((item) => !others.has(item)).map(({ text }) => text);
  };
  return {
    olds: remainingOlds,
    news: remainingNews,
    was: without(olds, remainingOlds),
    is: without(news, remainingNews),
  };
}

/** The attribute that identifies the items of a list: every item has it, with a unique scalar value. */
function keyOf(before: JsonObject[], after: JsonObject[], path: readonly Step[]): string | undefined {
  const name = lastName(path);
  const known = own(LIST_KEYS, name);
  if (known === undefined && before.length <= 1 && after.length <= 1) {
    return undefined;
  }
  return (known ?? KEYS).find((key) => [before, after].every((items) => hasDistinct(items, key)));
}

function hasDistinct(items: JsonObject[], key: string): boolean {
  const values = items.map((item) => own(item, key));
  return values.every((value) => isScalar(value)) && new Set(values.map(String)).size === items.length;
}

function lastName(path: readonly Step[]): string {
  return path.filter((step) => typeof step === 'string').at(-1) ?? '';
}

function sorted(items: Json[]): string {
  return items.map(canonical).sort(compare).join();
}

/** Whether a value is not set, which null means to Terraform. */
function isUnset(value: Json | undefined): value is undefined | null {
  return value === undefined || value === null;
}

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}
