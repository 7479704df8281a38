import type { Json, JsonObject } from '../../terraform-json/json';
import type { Schema } from './schema';

/** When a change of an attribute forces replacement. */
export interface Condition {
  /** To follow "replaces": "unless it changes to overlay". */
  readonly text: string;
  /** Undefined if the code does not decide it; `base` has the arguments of the resource before the change. */
  readonly holds: (before: Json | undefined, after: Json | undefined, base: JsonObject) => boolean | undefined;
}

/** A replacement that depends on more than the change of the attribute. */
export interface ConditionalRule {
  readonly path: string;
  readonly when: Condition;
}

/**
 * The attributes whose change cycles the nodes of a pool, which the provider rejects without a name for a temporary pool.
 */
export interface RotationRule {
  readonly paths: readonly string[];
  /** The attribute that must be set for the rotation to be possible. */
  readonly needs: string;
  /** The values, by path, among which a change does not cycle the nodes. */
  readonly families?: Readonly<Record<string, RegExp>>;
}

/** The rules of one type of resource that were read by hand in the code of its provider. */
export interface HandWritten {
  /** The source file, relative to the source of the table. */
  readonly file: string;
  /** Paths whose change always forces replacement, for types without a schema. */
  readonly always?: readonly string[];
  readonly sometimes?: readonly ConditionalRule[];
  readonly rotation?: RotationRule;
}

/** The rules of one type of resource: those of its schema, overridden by the conditions that were written by hand. */
export interface ResourceRules extends Schema {
  /** The source file, relative to the source of the table; absent if the rules are those of the schema. */
  readonly file?: string;
  readonly sometimes: readonly ConditionalRule[];
  readonly rotation?: RotationRule;
}

/** The changes that force replacement in one version of one provider. */
export interface ProviderTable {
  readonly provider: string;
  readonly version: string;
  readonly source: string;
  readonly resources: Readonly<Record<string, HandWritten>>;
  /** Paths that force replacement in nearly every resource of the provider, for unknown types. */
  readonly usual: readonly string[];
}

/** The same rules under several type names. */
export function types(names: readonly string[], rules: HandWritten): Record<string, HandWritten> {
  return Object.fromEntries(names.map((name) => [name, rules]));
}

const NOTHING: Schema = {
  replaces: [],
  counted: [],
  computed: [],
  sensitive: [],
  defaults: {},
  hasConditions: false,
};

/** The rules of a type, from its schema and from the rules that were written by hand; undefined if there is neither. */
export function rulesFrom(schema: Schema | undefined, hand: HandWritten | undefined): ResourceRules | undefined {
  if (schema === undefined && hand === undefined) {
    return undefined;
  }
  const { replaces, counted, hasConditions, ...facts } = schema ?? NOTHING;
  const { file, always = [], sometimes = [], rotation } = hand ?? {};
  const conditional = new Set(sometimes.map(({ path }) => path));
  const unconditional = (paths: readonly string[]) => paths.filter((path) => !conditional.has(path));
  return {
    ...facts,
    ...{ file, sometimes, rotation },
    replaces: unconditional([...replaces, ...always]),
    counted: unconditional(counted),
    hasConditions: hasConditions && hand?.sometimes === undefined,
  };
}
