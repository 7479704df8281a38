import { canonical, compare, isObject, isScalar, own, type Json, type JsonObject } from '../../terraform-json/json';
import { SETS, KEYS, LIST_KEYS } from '../knowledge/lists';

/** A step of a path: the name of an attribute, or the key of a list item. */
export type Step = string | { readonly key: string };

/** One difference between two values. */
export interface Difference {
  readonly path: readonly Step[];
  readonly before?: Json;
  readonly after?: Json;
  readonly orderOnly?: true;
}

/**
 * The differences between two configurations; list items are compared by their keys if they have any.
 *
 * @param same Whether two scalars are equal, even if they are written differently
 */
export function differences(before: JsonObject, after: JsonObject, same = sameScalar): Difference[] {
  const found: Difference[] = [];
  diffObjects(before, after, [], { add: (difference) => found.push(difference), same });
  return found;
}

/** Terraform converts between scalars: "2" and 2 are the same value of an attribute. */
export function sameScalar(before: Json, after: Json): boolean {
  return before === after || (isScalar(before) && isScalar(after) && String(before) === String(after));
}

/** A path for readers: container[front].env[TITLE].value. */
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

interface Sink {
  readonly add: (difference: Difference) => void;
  readonly same: (before: Json, after: Json) => boolean;
}

function diff(before: Json | undefined, after: Json | undefined, path: readonly Step[], sink: Sink): void {
  if (isUnset(before) || isUnset(after)) {
    if (!isUnset(before) || !isUnset(after)) {
      sink.add({ path, before: before ?? undefined, after: after ?? undefined });
    }
  } else if (isList(before) || isList(after)) {
    diffLists(asList(before), asList(after), path, sink);
  } else if (isObject(before) && isObject(after)) {
    diffObjects(before, after, path, sink);
  } else if (!sink.same(before, after)) {
    sink.add({ path, before, after });
  }
}

function diffObjects(before: JsonObject, after: JsonObject, path: readonly Step[], sink: Sink): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of [...keys].sort(compare)) {
    diff(own(before, key), own(after, key), [...path, key], sink);
  }
}

function diffLists(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
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
  } else if (before.length === 0 || after.length === 0) {
    sink.add({ path, before: before.length > 0 ? before : undefined, after: after.length > 0 ? after : undefined });
  } else {
    diffUnkeyed(before, after, path, sink);
  }
}

function diffScalars(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
  if (before.length === after.length && before.every((item, i) => sink.same(item, after[i] as Json))) {
    return;
  }
  const reordered = sorted(before) === sorted(after);
  if (!(reordered && SETS.test(lastName(path)))) {
    sink.add({ path, before, after, orderOnly: reordered ? true : undefined });
  }
}

function diffKeyed(before: JsonObject[], after: JsonObject[], key: string, path: readonly Step[], sink: Sink): void {
  const olds = new Map(before.map((item) => [String(item[key]), item]));
  const news = new Map(after.map((item) => [String(item[key]), item]));
  for (const id of [...new Set([...olds.keys(), ...news.keys()])].sort(compare)) {
    diff(olds.get(id), news.get(id), [...path, { key: id }], sink);
  }
}

/** Lists without keys: equal items are matched, and the remaining ones are compared by position. */
function diffUnkeyed(before: Json[], after: Json[], path: readonly Step[], sink: Sink): void {
  const [olds, news] = withoutCommon(before, after);
  for (let i = 0; i < Math.max(olds.length, news.length); i++) {
    diff(olds[i]?.item, news[i]?.item, [...path, { key: String((news[i] ?? olds[i])?.index) }], sink);
  }
}

type Indexed = { readonly item: Json; readonly index: number };

function withoutCommon(before: Json[], after: Json[]): [Indexed[], Indexed[]] {
  const counts = new Map<string, number>();
  const index = (items: Json[]) => items.map((item, i) => ({ item, index: i, text: canonical(item) }));
  const [olds, news] = [index(before), index(after)];
  olds.forEach(({ text }) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const take = (text: string) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left > 0;
  };
  const remainingNews = news.filter(({ text }) => !take(text));
  // the remaining counts are those of items that the new list does not have.
  const remainingOlds = [...olds]
    .reverse()
    .filter(({ text }) => take(text))
    .reverse();
  return [remainingOlds, remainingNews];
}

/** The attribute that identifies the items of a list: each item has it, as a plain value, and no two the same. */
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

/** Null means "not set" to Terraform. */
function isUnset(value: Json | undefined): value is undefined | null {
  return value === undefined || value === null;
}

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [value];
}
