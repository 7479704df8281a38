import { compare, isObject, own, type Json } from './json';

/** The result of a `for` expression for one item; values that only Terraform knows are undefined. */
export interface Made {
  readonly key: Json | undefined;
  readonly value: Json | undefined;
  readonly isKept: Json | undefined;
}

/** The keys and values that a `for` expression iterates over; the keys of a list are unknown, since it may be a set. */
export function entriesOf(source: Json | undefined, hasKey: boolean): [Json | undefined, Json][] | undefined {
  if (Array.isArray(source)) {
    return hasKey ? undefined : source.map((item) => [undefined, item]);
  }
  return isObject(source) ? Object.entries(source).sort(([a], [b]) => compare(a, b)) : undefined;
}

/** The list or object of the kept items; undefined if only Terraform knows it, or if Terraform rejects it. */
export function collected(made: readonly Made[], isMap: boolean): Json | undefined {
  const kept = made.filter(({ isKept }) => isKept !== false);
  if (kept.some(({ isKept }) => isKept !== true)) {
    return undefined;
  }
  const values = valuesOf(kept);
  if (!isMap) {
    return values;
  }
  const keys = kept.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
  const isClear = values !== undefined && keys.length === kept.length && new Set(keys).size === keys.length;
  return isClear ? Object.fromEntries(keys.map((key, i) => [key, values[i] as Json])) : undefined;
}

/** The value at a path, whose steps are as written in an expression. */
export function within(value: Json | undefined, steps: readonly string[]): Json | undefined {
  return steps.reduce<Json | undefined>((at, step) => {
    const name = /^(?:\.([^\d*].*)|\["(.*)"\])$/s.exec(step);
    return isObject(at) && name !== null ? own(at, name[1] ?? name[2] ?? '') : undefined;
  }, value);
}

/** The values of parts; undefined if only Terraform knows one of them. */
export function valuesOf(parts: readonly { readonly value?: Json }[]): Json[] | undefined {
  const values = parts.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return values.length === parts.length ? values : undefined;
}
