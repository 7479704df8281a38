import { pick } from '../../terraform-json/expression';
import { at, eachString, sameJson, type Json, type JsonObject } from '../../terraform-json/json';
import { referencesIn } from '../../terraform-json/references';
import { defaultsOf } from '../match/resolve';
import type { Pair } from '../match/pair';
import { isSettledPair, type IsSettled } from '../match/settled';
import type { Resource, Stack } from '../read/program';
import { unmarked, type Closure } from './closure';
import { differences, type Difference, type Step } from './diff';
import { instanceDifferences } from './instance-differences';
import { followNames } from './follow';
import { notIgnored } from './ignored';
import { orderIn } from './order';
import { notApplied } from './write-only';

/** A difference, and why it may be uncertain. */
export interface Finding extends Difference {
  /** The reason of the change, or its condition, such as "unless var.size is set elsewhere". */
  readonly note?: string;
}

/** A pair and the differences of its sides. */
export interface Comparison extends Pair {
  readonly findings: readonly Finding[];
  /** The differences that are not applied: those in `ignore_changes`, and values that Terraform does not compare. */
  readonly ignored?: readonly Finding[];
  /** The old side, in which texts are marked whose meaning changes. */
  readonly marked?: Resource;
  /** Whether its sides are equal, including everything that they refer to. */
  readonly isSettled?: true;
  /** The new side, if the code says that it has no instances. */
  readonly emptied?: Resource;
  /** Why the number of instances or their keys are uncertain, by argument. */
  readonly instanceNotes?: Readonly<Record<string, string | undefined>>;
}

/** The context of a comparison: both versions of its stack. */
export interface Context {
  readonly base: Stack;
  readonly head: Stack;
  readonly renamed: ReadonlyMap<string, string>;
  readonly closure: Closure;
  readonly isSettled: IsSettled;
}

/** Compares the sides of each pair; neither the consequences of a rename nor ignored changes count as differences. */
export function compareAll(pairs: readonly Pair[], context: Context): Comparison[] {
  const variables = changedVariables(context);
  return pairs.map((pair) => {
    const { base: old, head: now } = pair;
    if (old === undefined) {
      return { ...pair, findings: [] };
    }
    if (isSettledPair(pair, context.isSettled)) {
      return { ...pair, findings: [], isSettled: true };
    }
    const base = followed(old, context, now !== undefined);
    if (now === undefined) {
      return { ...pair, base, findings: [] };
    }
    const order = orderIn(now.type);
    const found = differences(base.attributes, now.attributes, order);
    const all = [...found, ...instanceDifferences({ ...pair, base }, found, order)];
    const explain = (difference: Difference) => explained(difference, { old: base, now }, variables, context);
    const notes = ['count', 'for_each'].map((name): [string, string | undefined] => [
      name,
      explain({ path: [name], before: base.meta[name], after: now.meta[name] }).note,
    ]);
    const idle = new Set(notApplied(all));
    const kept = new Set(notIgnored(now, all).filter((one) => !idle.has(one)));
    return {
      ...pair,
      base: { ...base, attributes: unmarked(base.attributes) },
      findings: [...kept].map(explain),
      ignored: all.filter((one) => !kept.has(one)).map(explain),
      marked: base,
      instanceNotes: Object.fromEntries(notes),
    };
  });
}

/** The old side with the new addresses of what it refers to, and with marks in texts whose meaning changes. */
function followed(old: Resource, { renamed, closure, head }: Context, isMarked: boolean): Resource {
  const follow = (value: JsonObject): JsonObject => {
    const names = followNames(value, renamed);
    return isMarked ? closure.marked(names, head.name) : names;
  };
  return {
    ...old,
    attributes: follow(old.attributes),
    written: old.written && followNames(old.written, renamed),
    meta: follow(old.meta),
  };
}

/** The names of the variables whose defaults differ. */
function changedVariables({ base, head }: Context): ReadonlySet<string> {
  const [before, after] = [defaultsOf(base), defaultsOf(head)];
  const changed = [...after].filter(([name, value]) => before.has(name) && !sameJson(before.get(name), value));
  return new Set(changed.map(([name]) => name));
}

/** A difference with its reason, if the code of the attribute is equal on both sides. */
function explained(
  difference: Difference,
  { old, now }: { readonly old: Resource; readonly now: Resource },
  variables: ReadonlySet<string>,
  { closure, head }: Context,
): Finding {
  const reason = closure.reasonOf(difference.before, head.name);
  const before = unmarked(difference.before);
  if (reason !== undefined) {
    return { ...difference, before, note: reason };
  }
  const code = [writtenAt(old, difference.path, 'before'), writtenAt(now, difference.path, 'after')];
  const names = variables.size > 0 && sameJson(code[0], code[1]) ? variablesIn(code[1] ?? null, variables) : [];
  return names.length === 0
    ? difference
    : { ...difference, note: `unless ${names.map((name) => `var.${name}`).join(' and ')} is set elsewhere` };
}

/** The code of an attribute, or of the nearest parent that is an expression. */
function writtenAt({ written }: Resource, path: readonly Step[], side: 'before' | 'after'): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => {
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const position = typeof step === 'object' ? step[side] : step;
    const items = typeof step === 'object' && !Array.isArray(value) ? [value] : value;
    return position === undefined ? value : pick(items as Json, [position]);
  }, written);
}

function variablesIn(value: Json, variables: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  eachString(value, (text) => referencesIn(text).forEach(({ address }) => found.add(address)));
  return [...variables].filter((name) => found.has(`var.${name}`));
}

/** The value of an attribute on both sides; a list of one block is read like the block. */
export function bothAt(comparison: Pair, path: string): [Json | undefined, Json | undefined] {
  return [at(comparison.base?.attributes, path), at(comparison.head?.attributes, path)];
}
