import { configured, isExpression, pick, resolver, type Lookup } from '../../terraform-json/expression';
import { compare, isScalar, mapStrings, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import type { Reference } from '../../terraform-json/references';
import { body, type Resource, type Stack } from '../read/program';
import { derived } from './derived';
import { withDynamicBlocks } from './dynamic';

/** The defaults that are used as the values of variables, by stack and name. */
export type Defaults = ReadonlyMap<string, ReadonlyMap<string, Json>>;

/** Finds a resource whose references have been replaced before. */
export type KnownResource = (resource: Resource) => Resource | undefined;

/**
 * The stacks with their references replaced by values, where the program itself sets these.
 *
 * A name that a resource takes from another one is then compared by its value, independently of the other one's address.
 *
 * @param defaults The defaults that replace variables
 */
export function resolveReferences(
  stacks: readonly Stack[],
  defaults: Defaults,
  known: KnownResource = () => undefined,
): Stack[] {
  const asWritten = valuesOf(stacks, () => undefined);
  const asDeployed = valuesOf(stacks, (stack, reference, resolve) => extraValue(stack, reference, resolve, defaults));
  return stacks.map((stack) => {
    const text = textResolver(asDeployed(stack));
    const written = textResolver(asWritten(stack));
    const resolved = <T extends { readonly attributes: JsonObject }>(part: T): T => ({
      ...part,
      attributes: withDynamicBlocks(mapStrings(part.attributes, text) as JsonObject),
    });
    const resources = [...stack.resources].map(([address, resource]): [string, Resource] => [
      address,
      known(resource) ?? {
        ...resource,
        ...resolvedArguments(resource, text, written),
        meta: mapStrings(resource.meta, text) as JsonObject,
      },
    ]);
    return {
      ...stack,
      providers: stack.providers.map(resolved),
      resources: new Map(resources),
      outputs: mapStrings(stack.outputs, text) as JsonObject,
      writtenOutputs: stack.outputs,
      rest: mapStrings(stack.rest, text) as JsonObject,
    };
  });
}

/** The arguments with and without the values of defaults and derived attributes; often the same object. */
function resolvedArguments(
  resource: Resource,
  text: (text: string) => Json,
  asWritten: (text: string) => Json,
): Pick<Resource, 'attributes' | 'written'> {
  const deployed = mapStrings(resource.attributes, text) as JsonObject;
  const written = mapStrings(withInstances(resource), asWritten) as JsonObject;
  const attributes = withDynamicBlocks(deployed);
  return { attributes, written: written === deployed ? attributes : withDynamicBlocks(written) };
}

/** The arguments together with `count` and `for_each`. */
function withInstances({ attributes, meta }: Resource): JsonObject {
  const instances = Object.entries(meta).filter(([name]) => name === 'count' || name === 'for_each');
  return instances.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(instances) };
}

function textResolver(resolve: (text: string) => Json): (text: string) => Json {
  return (text) => (isExpression(text) ? resolve(text) : text);
}

/** Resolvers of texts, one for each stack; one stack may read the outputs of another. */
function valuesOf(
  stacks: readonly Stack[],
  extra: (stack: Stack, reference: Reference, resolve: (text: string) => Json) => Json | undefined,
): (stack: Stack) => (text: string) => Json {
  const outputs = outputsByName(stacks);
  const resolvers = new Map<Stack, (text: string) => Json>();
  const of = (stack: Stack): ((text: string) => Json) => {
    const made = resolvers.get(stack) ?? resolver(lookupIn(stack));
    resolvers.set(stack, made);
    return made;
  };
  const lookupIn =
    (stack: Stack): Lookup =>
    (reference) => {
      const { address, path } = reference;
      if (address.startsWith('local.')) {
        return pick(stack.locals, [address.slice('local.'.length), ...path]) ?? undefined;
      }
      if (address.startsWith('data.terraform_remote_state.') && path[0] === 'outputs') {
        const source = outputs.get(String(path[1]));
        const value = source && pick(mapStrings(source.value, textResolver(of(source.stack))), path.slice(2));
        return isScalar(value) && !isExpression(value) ? value : undefined;
      }
      const resource = stack.resources.get(address);
      const isSingle = resource !== undefined && !('count' in resource.meta) && !('for_each' in resource.meta);
      return (
        (isSingle ? configured(resource.attributes, path) : undefined) ??
        extra(stack, reference, textResolver(of(stack)))
      );
    };
  return of;
}

/** An output and its stack. */
interface Output {
  readonly stack: Stack;
  readonly value: Json;
}

/** The outputs whose names are unique, so that the name identifies the stack that another one reads. */
function outputsByName(stacks: readonly Stack[]): ReadonlyMap<string, Output> {
  const found = new Map<string, Output | undefined>();
  for (const stack of stacks) {
    for (const name of Object.keys(stack.outputs)) {
      const value = body(stack.outputs, name)['value'] ?? null;
      found.set(name, found.has(name) ? undefined : { stack, value });
    }
  }
  return new Map([...found].filter((entry): entry is [string, Output] => entry[1] !== undefined));
}

/** The default of a variable, or an attribute that Azure derives from another one. */
function extraValue(
  stack: Stack,
  { address, path }: Reference,
  resolve: (text: string) => Json,
  defaults: Defaults,
): Json | undefined {
  if (address.startsWith('var.')) {
    return pick(defaults.get(stack.name)?.get(address.slice('var.'.length)), path) ?? undefined;
  }
  const resource = stack.resources.get(address);
  return resource && path.length === 1 ? derived(resource, String(path[0]), stack, resolve) : undefined;
}

/** The variables whose defaults change; a default that does not change is no reason to replace the variable. */
export function changedDefaults(before: readonly Stack[], after: readonly Stack[]): { base: Defaults; head: Defaults } {
  const pairs = after.flatMap((head) => {
    const base = before.find(({ name }) => name === head.name);
    return base === undefined ? [] : [{ name: head.name, base: defaultsOf(base), head: defaultsOf(head) }];
  });
  const changed = (side: 'base' | 'head'): Defaults =>
    new Map(
      pairs.map(({ name, ...sides }) => [
        name,
        new Map([...sides[side]].filter(([key]) => isChanged(sides.base.get(key), sides.head.get(key)))),
      ]),
    );
  return { base: changed('base'), head: changed('head') };
}

function isChanged(before: Json | undefined, after: Json | undefined): boolean {
  return before !== undefined && after !== undefined && !sameJson(before, after);
}

/** The defaults of the variables that have one. */
export function defaultsOf(stack: Stack): Map<string, Json> {
  const names = Object.keys(stack.variables).sort(compare);
  const entries = names.map((name): [string, Json | undefined] => [name, body(stack.variables, name)['default']]);
  return new Map(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
