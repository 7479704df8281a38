import type { Json } from '../../terraform-json/json';
import { code } from './escape';
import { transitionOf } from './transition';

/** Both sides of a value as code, each cut where they are the same. */
export function cellsOf(before: Json | undefined, after: Json | undefined, longest: number): [string, string] {
  const { before: old, after: now } = transitionOf(before, after, longest);
  const side = (text: string | undefined) => (text === undefined ? 'none' : code(text) || 'empty');
  return [side(old), side(now)];
}

/** A value before and after, in one sentence. */
export function sides(before: Json | undefined, after: Json | undefined, longest = 160): string {
  return cellsOf(before, after, longest).join(' → ');
}
