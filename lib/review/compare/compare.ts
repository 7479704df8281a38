import { differences, rulePath, sameScalar, type Difference } from './diff';
import { isExpression, renameAddresses } from '../../terraform-json/expression';
import {
  at,
  blocks,
  canonical,
  sameJson,
  isScalar,
  listAt,
  mapStrings,
  type Json,
  type JsonObject,
} from '../../terraform-json/json';
import { renames, type Pair } from '../match/match';
import type { Resource, Stack } from '../read/program';
import { defaultsOf } from '../match/resolve';

/** A difference, with what may make it uncertain. */
export interface Finding extends Difference {
  /** The condition of the change: "unless var.size is set elsewhere". */
  readonly note?: string;
}

/** A pair and how its sides differ. */
export interface Comparison extends Pair {
  readonly findings: readonly Finding[];
}

/** Compares the sides of each pair; neither the consequences of a rename nor ignored changes count as differences. */
export function compareAll(pairs: readonly Pair[], base: Stack, head: Stack): Comparison[] {
  const renamed = renames(pairs);
  const variables = changedDefaults(base, head);
  return pairs.map((pair) => {
    const { base: old, head: now } = pair;
    if (old === undefined) {
      return { ...pair, findings: [] };
    }
    const followed = renamed.size === 0 ? old.attributes : follow(old.attributes, renamed);
    if (now === undefined) {
      return { ...pair, base: { ...old, attributes: followed }, findings: [] };
    }
    const findings = notIgnored(now, found(followed, now.attributes, variables));
    return { ...pair, base: { ...old, attributes: followed }, findings };
  });
}

/** A stack whose providers and outputs refer to the other resources by their new addresses. */
export function followStack(stack: Stack, renamed: ReadonlyMap<string, string>): Stack {
  return {
    ...stack,
    providers: stack.providers.map((config) => ({ ...config, attributes: follow(config.attributes, renamed) })),
    outputs: follow(stack.outputs, renamed),
  };
}

/** The configuration as if the other resources had always had their new addresses. */
export function follow(attributes: JsonObject, renamed: ReadonlyMap<string, string>): JsonObject {
  const rename = (text: string): Json =>
    isExpression(text) ? renameAddresses(text, (address) => renamed.get(address)) : text;
  return mapStrings(attributes, rename) as JsonObject;
}

/** The differences that `ignore_changes` does not ignore. */
export function notIgnored<T extends Difference>(resource: Resource, found: readonly T[]): T[] {
  const ignored = blocks(resource.meta['lifecycle']).flatMap((lifecycle) => listAt(lifecycle, 'ignore_changes'));
  const paths = ignored.map((path) => path.replace(/\[\d+\]/g, '').replace(/\["([^"]*)"\]/g, '.$1'));
  return found.filter(({ path }) => {
    const name = rulePath(path);
    return !paths.some((ignore) => ignore === 'all' || name === ignore || name.startsWith(`${ignore}.`));
  });
}

type Defaults = ReadonlyMap<string, { readonly before: Json; readonly after: Json }>;

/** The variables whose defaults change; where a variable is set, there is no change. */
function changedDefaults(base: Stack, head: Stack): Defaults {
  const [before, after] = [defaultsOf(base), defaultsOf(head)];
  const changed = [...after].filter(([name, value]) => {
    const old = before.get(name);
    return isScalar(value) && isScalar(old) && canonical(old) !== canonical(value);
  });
  return new Map(changed.map(([name, value]) => [name, { before: before.get(name) ?? null, after: value }]));
}

function found(before: JsonObject, after: JsonObject, variables: Defaults): Finding[] {
  if (variables.size === 0) {
    return differences(before, after);
  }
  const same = (old: Json, now: Json) => sameScalar(old, now) && variablesIn(now, variables).length === 0;
  return differences(before, after, same).map((difference) => {
    const names = variablesIn(difference.after ?? null, variables);
    if (names.length === 0 || !sameJson(difference.before, difference.after)) {
      return difference;
    }
    return {
      ...difference,
      before: withDefaults(difference.before ?? null, variables, 'before'),
      after: withDefaults(difference.after ?? null, variables, 'after'),
      note: `unless ${names.map((name) => `var.${name}`).join(' and ')} is set elsewhere`,
    };
  });
}

function variablesIn(value: Json, variables: Defaults): string[] {
  if (!Array.isArray(value) && !isExpression(value)) {
    return [];
  }
  const text = Array.isArray(value) ? canonical(value) : value;
  return text.includes('var.') ? [...variables.keys()].filter((name) => mention(name).test(text)) : [];
}

function withDefaults(value: Json, variables: Defaults, side: 'before' | 'after'): Json {
  return mapStrings(value, (text) => {
    const [only] = variablesIn(text, variables);
    const whole = only !== undefined && text === `\${var.${only}}` ? variables.get(only)?.[side] : undefined;
    return (
      whole ??
      text.replace(/\$\{var\.([\w-]+)\}/g, (all, name: string) => {
        const value = variables.get(name)?.[side];
        return isScalar(value) ? String(value) : all;
      })
    );
  });
}

function mention(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])var\\.${name}(?![\\w-])`);
}

/** The value of an attribute on both sides, also in lists of one block. */
export function bothAt(comparison: Pair, path: string): [Json | undefined, Json | undefined] {
  return [at(comparison.base?.attributes, path), at(comparison.head?.attributes, path)];
}
