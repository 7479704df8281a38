import { compare, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import type { SettingRow } from '../model';

/** A row of a setting, without its stack. */
export type Row = Omit<SettingRow, 'stack'>;

/** The note of a row whose values are both masked. */
export const SECRET_CHANGES = 'a sensitive value changes';

/** A row for two values that differ; none if they are equal. */
export function row(kind: Row['kind'], what: string, before?: Json, after?: Json, note?: string): Row[] {
  return sameJson(before, after) ? [] : [{ kind, what, before, after, note }];
}

/** A row for two values that differ, including in their masked parts. */
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

/** The sorted keys of both objects. */
export function names(a: JsonObject, b: JsonObject): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compare);
}
