import type { Json } from '../../terraform-json/json';
import type { Remedy } from '../model';
import { code, prose } from './escape';
import { transitionOf } from './transition';
import { shorten } from './words';

/** Both sides of a value as code, shortened in the parts that are equal. */
export function cellsOf(before: Json | undefined, after: Json | undefined, longest: number): [string, string] {
  const { before: old, after: now } = transitionOf(before, after, longest);
  const side = (text: string | undefined) => (text === undefined ? 'none' : code(text) || 'empty');
  return [side(old), side(now)];
}

/** A value before and after, on one line. */
export function sides(before: Json | undefined, after: Json | undefined, longest = 160): string {
  return cellsOf(before, after, longest).join(' → ');
}

/** A remedy with its code. */
export function remedyText({ text, code: value }: Remedy): string {
  const sentence = prose(shorten(text, 300));
  return value === undefined ? sentence : `${sentence}: ${code(shorten(value, 300))}`;
}
