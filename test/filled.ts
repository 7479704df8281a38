import type { Field, Fields } from '../tools/provider-schema';
import type { Block } from './util';

/** A key that a user chose. */
export const USER_KEY = 'a_label.of/the_user';

/** A block of the provider with every field, all values as text, which Terraform takes for any type. */
export function filled(fields: Fields): Block {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, value(field)]));
}

function value({ block, isMap, isList, type }: Field): unknown {
  const one = block === undefined ? { string: '1', number: '1', boolean: 'true' }[type] : filled(block);
  return isMap ? { [USER_KEY]: one } : isList ? [one] : one;
}
