/** A JSON value, as synthesized programs and plans are made of. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a JSON object, which an array is not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own entry of a table; a key of the input, such as "constructor", must not find an inherited property. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Whether a value is a string, a number or a boolean. */
export function isScalar(value: Json | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** Orders texts by code unit, which is the same in every locale. */
export function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A comparison function for sorting by one or more texts of each item. */
export function by<T>(...keys: ((item: T) => string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = compare(key(a), key(b));
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  };
}

/** The items sorted by one or more texts of each, which are computed once for each item. */
export function sortedBy<T>(items: readonly T[], ...keys: ((item: T) => string)[]): T[] {
  return items
    .map((item) => ({ item, texts: keys.map((key) => key(item)) }))
    .sort((a, b) => compareTexts(a.texts, b.texts))
    .map(({ item }) => item);
}

/** Orders lists of the same length by the first text that differs. */
function compareTexts(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((text, i) => text !== b[i]);
  return index < 0 ? 0 : compare(a[index] as string, b[index] as string);
}

/** The entries of an object, sorted by key. */
export function sortedEntries(object: JsonObject): [string, Json][] {
  // sort() has the order of compare(), and is fast without a comparison function.
  return Object.keys(object)
    .sort()
    .map((key) => [key, object[key] as Json]);
}

/**
 * A value with sorted keys, so that nothing derived from it depends on the order in which they were written. Parts that are
 * already sorted are not copied.
 */
export function ordered<T extends Json>(value: T): T {
  return orderedJson(value) as T;
}

function orderedJson(value: Json): Json {
  if (Array.isArray(value)) {
    return mapItems(value, orderedJson);
  }
  if (!isObject(value)) {
    return value;
  }
  const keys = Object.keys(value);
  return isSorted(keys)
    ? mapEntries(value, orderedJson)
    : // sort() has the order of compare(), and is fast without a comparison function.
      Object.fromEntries(keys.sort().map((key) => [key, orderedJson(value[key] as Json)]));
}

function isSorted(keys: readonly string[]): boolean {
  let before = '';
  for (const key of keys) {
    if (key < before) {
      return false;
    }
    before = key;
  }
  return true;
}

/**
 * A text that is the same for all values that are equal in Terraform, whatever the order of their keys and the types of their
 * scalars.
 *
 * This is not the canonical JSON of RFC 8785, which distinguishes "2" from 2, and null from a missing key.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (isObject(value)) {
    const entries = sortedEntries(value).filter(([, child]) => child !== null);
    return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`;
  }
  // Terraform converts between scalars: "2" and 2 are the same value of an attribute.
  return value === null ? 'null' : JSON.stringify(String(value));
}

/** Whether two values are equal in Terraform, where a missing value equals null: they have the same `canonical` text. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) {
    return true;
  }
  const [one, other] = [a ?? null, b ?? null];
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && sameItems(one, other, sameJson);
  }
  if (isObject(one) || isObject(other)) {
    return isObject(one) && isObject(other) && sizeOf(one) === sizeOf(other) && isWithin(one, other, sameJson);
  }
  return one === null || other === null ? one === other : String(one) === String(other);
}

/** Whether two values are the same JSON, including the types of scalars, but not the order of keys. */
export function identical(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a)) {
    return Array.isArray(b) && sameItems(a, b, identical);
  }
  return isObject(a) && isObject(b) && Object.keys(a).length === Object.keys(b).length && isWithin(a, b, identical);
}

type Same = (a: Json | undefined, b: Json | undefined) => boolean;

function sameItems(a: readonly Json[], b: readonly Json[], same: Same): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index]));
}

function isWithin(a: JsonObject, b: JsonObject, same: Same): boolean {
  for (const key of Object.keys(a)) {
    if (!same(a[key], own(b, key))) {
      return false;
    }
  }
  return true;
}

/** The number of entries that are set. */
function sizeOf(object: JsonObject): number {
  return Object.keys(object).reduce((size, key) => (object[key] === null ? size : size + 1), 0);
}

/**
 * A value with every string replaced, including keys that are templates. Parts that do not change are not copied.
 *
 * A key stays the same if its replacement is not a scalar.
 */
export function mapStrings(value: Json, map: (text: string) => Json): Json {
  if (typeof value === 'string') {
    return map(value);
  }
  if (Array.isArray(value)) {
    return mapItems(value, (item) => mapStrings(item, map));
  }
  return isObject(value)
    ? mapEntries(
        value,
        (child) => mapStrings(child, map),
        (key) => mapKey(key, map),
      )
    : value;
}

function mapKey(key: string, map: (text: string) => Json): string {
  const mapped = key.includes('{') ? map(key) : key;
  return isScalar(mapped) ? String(mapped) : key;
}

/** Calls `visit` with every string of a value, including keys that are templates. */
export function eachString(value: Json | undefined, visit: (text: string) => void): void {
  if (typeof value === 'string') {
    visit(value);
  } else if (Array.isArray(value)) {
    value.forEach((item) => eachString(item, visit));
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) {
      if (key.includes('{')) {
        visit(key);
      }
      eachString(value[key], visit);
    }
  }
}

/** A list with every item replaced; the list itself if none changes. */
export function mapItems(items: Json[], map: (item: Json) => Json): Json[] {
  let changed: Json[] | undefined;
  let index = 0;
  for (const item of items) {
    const mapped = map(item);
    if (changed === undefined && mapped !== item) {
      changed = items.slice(0, index);
    }
    changed?.push(mapped);
    index++;
  }
  return changed ?? items;
}

/**
 * An object with every value replaced, and every key if `rename` is given; the object itself if nothing changes. Entries
 * whose value is undefined are left out, as in JSON.
 */
export function mapEntries(
  object: JsonObject,
  map: (child: Json, key: string) => Json,
  rename?: (key: string) => string,
): JsonObject {
  const keys = Object.keys(object);
  let changed: [string, Json][] | undefined;
  let index = 0;
  for (const key of keys) {
    const child = object[key];
    const mapped = child === undefined ? undefined : map(child, key);
    const name = rename === undefined ? key : rename(key);
    if (changed === undefined && (name !== key || mapped !== child || mapped === undefined)) {
      changed = keys.slice(0, index).map((same) => [same, object[same] as Json]);
    }
    if (mapped !== undefined) {
      changed?.push([name, mapped]);
    }
    index++;
  }
  return changed === undefined ? object : Object.fromEntries(changed);
}

/** Calls `visit` with every scalar of a value and the keys that lead to it, without the positions in lists. */
export function eachScalar(
  value: Json,
  visit: (scalar: string | number | boolean, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  if (Array.isArray(value)) {
    value.forEach((item) => eachScalar(item, visit, path));
  } else if (isObject(value)) {
    Object.entries(value).forEach(([key, child]) => eachScalar(child, visit, [...path, key]));
  } else if (isScalar(value)) {
    visit(value, path);
  }
}

/** The object itself, or the objects of a list: Terraform reads a block either way. */
export function blocks(value: unknown): JsonObject[] {
  if (Array.isArray(value)) {
    return value.length === 1 ? blocks(value[0]) : value.flatMap((item: unknown) => blocks(item));
  }
  return isObject(value) ? [value] : [];
}

/** The value at a dotted path, looking into the first block where a list of blocks is met. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let found = value;
  for (const key of stepsOf(path)) {
    const object: Json | undefined = Array.isArray(found) ? found[0] : found;
    if (!isObject(object) || !Object.hasOwn(object, key)) {
      return undefined;
    }
    found = object[key];
  }
  return found ?? undefined;
}

/** The steps of the paths in the code, which are few and are used very often. */
const known = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (steps === undefined) {
    steps = path.split('.');
    known.set(path, steps);
  }
  return steps;
}

/** The text at a dotted path; numbers and booleans as Terraform writes them. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = at(value, path);
  return isScalar(found) ? String(found) : undefined;
}

/** The texts of a list at a dotted path; a single scalar counts as a list of one. */
export function listAt(value: Json | undefined, path: string): string[] {
  const found = at(value, path);
  return (Array.isArray(found) ? found : [found]).filter(isScalar).map(String);
}

/** The texts of the lists at several dotted paths. */
export function listsAt(value: Json | undefined, paths: readonly string[]): string[] {
  return paths.flatMap((path) => listAt(value, path));
}
