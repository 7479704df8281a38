import { configured, isExpression, resolver } from '../../terraform-json/expression';
import { at, isScalar, mapStrings, type Json } from '../../terraform-json/json';
import { body, type Stack } from '../read/program';

/**
 * A stack whose references are replaced by their values, where the program itself sets them.
 *
 * A name that a resource takes from another one is then compared by its value, whatever the address of the other one
 * is.
 */
export function resolveReferences(stack: Stack): Stack {
  const lookup = (address: string, path: string): Json | undefined => {
    if (address.startsWith('local.')) {
      const local = at(stack.locals, [address.slice('local.'.length), path].filter(Boolean).join('.'));
      return isScalar(local) ? local : undefined;
    }
    const resource = stack.resources.get(address);
    const single = resource && !('count' in resource.meta) && !('for_each' in resource.meta);
    return single ? configured(resource.attributes, path) : undefined;
  };
  const resolve = resolver(lookup);
  const resolveText = (text: string): Json => (isExpression(text) ? resolve(text) : text);
  const resolved = <T extends { readonly attributes: object }>(part: T): T => ({
    ...part,
    attributes: mapStrings(part.attributes as Json, resolveText),
  });
  return {
    ...stack,
    providers: stack.providers.map(resolved),
    resources: new Map([...stack.resources].map(([address, resource]) => [address, resolved(resource)])),
  };
}

/** The defaults of the variables that have one. */
export function defaultsOf(stack: Stack): Map<string, Json> {
  const names = Object.keys(stack.variables);
  const entries = names.map((name): [string, Json | undefined] => [name, body(stack.variables, name)['default']]);
  return new Map(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
