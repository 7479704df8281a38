import { Token } from 'cdktf';

/** Whether a value is given and known when the program runs. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Whether a value is a text that is known when the program runs, regardless of its declared type. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !Token.isUnresolved(value);
}

/** The items of a list, or none when the list as a whole is known only when Terraform runs. */
export function itemsOf<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) && !Token.isUnresolved(list) ? (list as readonly T[]) : [];
}
