import { isExpression, renameAddresses } from '../../terraform-json/expression';
import { mapStrings, type Json } from '../../terraform-json/json';
import type { Stack } from '../read/program';

/** A value that refers to renamed resources by their new addresses. */
export function followNames<T extends Json>(value: T, renamed: ReadonlyMap<string, string>): T {
  const rename = (text: string): Json =>
    isExpression(text) ? renameAddresses(text, (address) => renamed.get(address)) : text;
  return renamed.size === 0 ? value : (mapStrings(value, rename) as T);
}

/** A stack whose providers, outputs and other blocks refer to renamed resources by their new addresses. */
export function followStack(stack: Stack, renamed: ReadonlyMap<string, string>): Stack {
  return {
    ...stack,
    providers: stack.providers.map((config) => ({ ...config, attributes: followNames(config.attributes, renamed) })),
    outputs: followNames(stack.outputs, renamed),
    rest: followNames(stack.rest, renamed),
  };
}
