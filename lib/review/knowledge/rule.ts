import { isExpression } from '../../terraform-json/expression';
import { isScalar, own, textAt, type Json, type JsonObject } from '../../terraform-json/json';

/** When a change of an attribute forces replacement. */
export interface Condition {
  /** To follow "replaces": "unless it changes to overlay". */
  readonly text: string;
  /** Undefined if the code does not decide it; `base` holds the arguments of the resource before. */
  readonly holds: (before: Json | undefined, after: Json | undefined, base: JsonObject) => boolean | undefined;
}

/** A replacement that depends on more than the attribute. */
export interface ConditionalRule {
  readonly path: string;
  readonly when: Condition;
}

/**
 * Attributes whose change cycles the nodes of a pool, which the provider refuses without a name for a temporary pool.
 */
export interface RotationRule {
  readonly paths: readonly string[];
  /** The attribute that must be set for the rotation to be possible. */
  readonly needs: string;
  /** The family of values within which a change of a path does not cycle the nodes. */
  readonly families?: Readonly<Record<string, RegExp>>;
}

/** The rules of one type of resource. */
export interface ResourceRules {
  /** The source file, relative to the source of the table. */
  readonly file: string;
  /** Paths whose change always forces replacement; a path covers everything below it. */
  readonly always: readonly string[];
  readonly sometimes?: readonly ConditionalRule[];
  readonly rotation?: RotationRule;
  /** Paths that the service chooses by default, so that removing one changes nothing. */
  readonly computed?: readonly string[];
  /** The defaults of paths; writing out a default changes nothing. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** The changes that force replacement in one version of one provider. */
export interface ProviderTable {
  readonly provider: string;
  readonly version: string;
  readonly source: string;
  readonly resources: Readonly<Record<string, ResourceRules>>;
  /** Paths that force replacement in nearly every resource of the provider, for types without an entry. */
  readonly usual: readonly string[];
}

/** The same rules under several type names. */
export function types(names: readonly string[], rules: ResourceRules): Record<string, ResourceRules> {
  return Object.fromEntries(names.map((name) => [name, rules]));
}

export function whenRemoved(path: string): ConditionalRule {
  // the provider cannot tell an empty text or a zero from a missing value.
  const holds = (_: unknown, after: Json | undefined) => after === undefined || after === '' || String(after) === '0';
  return { path, when: { text: 'when it is removed', holds } };
}

export function onceSet(path: string): ConditionalRule {
  return { path, when: { text: 'once it has been set', holds: (before) => before !== undefined && before !== '' } };
}

export function unlessTo(path: string, value: string): ConditionalRule {
  const text = `unless it changes to "${value}"`;
  return { path, when: { text, holds: (_, after) => (isExpression(after) ? undefined : String(after) !== value) } };
}

export function whenFrom(path: string, ...values: string[]): ConditionalRule {
  const text = `when it was ${values.map((value) => `"${value}"`).join(' or ')} or not set`;
  const holds = (before: Json | undefined) =>
    isExpression(before) ? undefined : before === undefined || (isScalar(before) && values.includes(String(before)));
  return { path, when: { text, holds } };
}

export function unlessBoth(path: string, family: RegExp, text: string): ConditionalRule {
  const holds = (before: Json | undefined, after: Json | undefined) => {
    const values = [before, after].filter((value) => value !== undefined);
    return values.some(isExpression) ? undefined : !values.every((value) => family.test(String(value)));
  };
  return { path, when: { text, holds } };
}

/** A rule whose condition is in the service or in the state, where the code does not show it. */
export function may(path: string, text: string): ConditionalRule {
  return { path, when: { text, holds: () => undefined } };
}

/** What cannot be changed in an object that was made immutable. */
export function ifFrozen(path: string): ConditionalRule {
  const holds = (_before: unknown, _after: unknown, base: JsonObject) =>
    isExpression(base['immutable']) ? undefined : textAt(base, 'immutable') === 'true';
  return { path, when: { text: 'because the object is immutable', holds } };
}

/** The sizes of volumes grow in place and shrink by replacement. */
export function whenShrinking(path: string): ConditionalRule {
  const holds = (before: Json | undefined, after: Json | undefined) => {
    const [old, next] = [bytes(before), bytes(after)];
    return old === undefined || next === undefined ? undefined : next < old;
  };
  return { path, when: { text: 'when it shrinks', holds } };
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

function bytes(value: Json | undefined): number | undefined {
  const match = isScalar(value) ? /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(value)) : null;
  const unit = match ? own(UNITS, match[2] ?? '') : undefined;
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}
