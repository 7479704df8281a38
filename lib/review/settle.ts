import { configured, isExpression, resolver } from './expression';
import { at, isScalar, mapStrings, type Json } from './json';
import { body, type Stack } from './program';

/**
 * A stack whose references are replaced by what they stand for, where the program itself says it.
 *
 * Afterwards a name that one resource takes from another is compared as the name, whatever the other is called.
 */
export function settle(stack: Stack): Stack {
  const lookup = (address: string, path: string): Json | undefined => {
    if (address.startsWith('local.')) {
      const local = at(stack.locals, [address.slice('local.'.length), ...(path ? [path] : [])].join('.'));
      return isScalar(local) ? local : undefined;
    }
    const resource = stack.resources.get(address);
    const single = resource && !('count' in resource.meta) && !('for_each' in resource.meta);
    return single ? configured(resource.attributes, path) : undefined;
  };
  const resolve = resolver(lookup);
  const settleText = (text: string): Json => (isExpression(text) ? resolve(text) : text);
  const settled = <T extends { readonly attributes: object }>(part: T): T => ({
    ...part,
    attributes: mapStrings(part.attributes as Json, settleText),
  });
  return {
    ...stack,
    providers: stack.providers.map(settled),
    resources: new Map([...stack.resources].map(([address, resource]) => [address, settled(resource)])),
  };
}

/** The default of each variable that has one in plain text. */
export function defaultsOf(stack: Stack): Map<string, Json> {
  const names = Object.keys(stack.variables);
  const entries = names.map((name): [string, Json | undefined] => [name, body(stack.variables, name)['default']]);
  return new Map(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
