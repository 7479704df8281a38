import { configured, dottedPath, resolver, type Lookup } from '../terraform-json/expression';
import { isSecretPath, soundsSecret } from '../terraform-json/sensitive';
import { blocks, isScalar, type Json, type JsonObject } from '../terraform-json/json';
import { resourcesAndData } from '../terraform-json/resources';

/** Finds the value of an expression, if the JSON sets it; the value may contain references that only Terraform resolves. */
export type References = (expression: string) => string | undefined;

/**
 * Resolves references to attributes and locals in Terraform JSON, except for secrets, and for variables, whose defaults can be
 * overridden.
 */
export function referencesIn(json: JsonObject): References {
  const locals = blocks(json.locals).reduce<JsonObject>((all, one) => ({ ...all, ...one }), {});
  const resources = new Map(resourcesAndData(json).map((one) => [one.address, one]));
  const lookup: Lookup = (reference) => {
    const { address, path } = reference;
    if (address.startsWith('local.')) {
      const steps = [address.slice('local.'.length), ...path];
      return soundsSecret(steps.join('.')) ? undefined : scalar(configured(locals, steps));
    }
    const { type = '', attributes = {} } = resources.get(address) ?? {};
    const isLoop = 'count' in attributes || 'for_each' in attributes;
    const isHidden = isLoop || isSecretPath(type, dottedPath(reference).split('.'));
    return isHidden ? undefined : scalar(configured(attributes, path));
  };
  const resolve = resolver(lookup);
  return (expression) => {
    const reference = `\${${expression.trim()}}`;
    const said = resolve(reference);
    return said === reference ? undefined : String(said);
  };
}

function scalar(value: Json | undefined): Json | undefined {
  return isScalar(value) ? value : undefined;
}
