import { compare, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import type { SettingRow } from '../model';

/** A row about a setting, without its stack. */
export type Row = Omit<SettingRow, 'stack'>;

/** The note of a row that would show nothing but masks. */
export const SECRET_CHANGES = 'a sensitive value changes';

/** One row for two values that differ; none for equal ones. */
export function row(kind: Row['kind'], what: string, before?: Json, after?: Json, note?: string): Row[] {
  return sameJson(before, after) ? [] : [{ kind, what, before, after, note }];
}

/** One row for two values that differ, also where only what is masked of them does. */
export function maskedRow(
  kind: Row['kind'],
  what: string,
  before: Json | undefined,
  after: Json | undefined,
  mask: (value: Json) => Json,
): Row[] {
  if (sameJson(before, after)) {
    return [];
  }
  const [old, now] = [before, after].map((value) => (value === undefined ? undefined : mask(value)));
  return sameJson(old, now) ? [{ kind, what, note: SECRET_CHANGES }] : [{ kind, what, before: old, after: now }];
}

/** The keys of either object, in their order. */
export function names(a: JsonObject, b: JsonObject): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compare);
}
