import { nearestName } from '../core/declared/nearest';
import { type Violation, violation } from '../core/problems/violation';
import { literalText } from '../core/values/literal-text';
import { numberText } from '../core/values/number-text';
import { show } from '../core/values/shown';
import { amountProblems } from './amount-rules';
import type { ObjectField, ValueType } from './object-field';
import { OBJECT_SHAPES } from './object-shapes';

/** Fields in the notation of Kubernetes, or of a binding. */
export interface Fields {
  readonly [name: string]: unknown;
}

/** The rules for values, by type. */
const MUST_BE: { readonly [type: string]: string } = {
  text: 'must be a text, in quotes if it looks like a number or a boolean',
  integer: 'must be a whole number, without quotes',
  integerOrText: 'must be a whole number, without quotes, or another text',
  boolean: 'must be true or false, without quotes',
  octal: 'must be the number of a mode, such as 0644, without quotes',
  quantity: 'must be a quantity, such as 250m or 128Mi',
};

/** Fields that the API server sets and exports contain. */
const FILLED_IN = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'status', 'uid'];

/** Converts the fields of a Kubernetes object to those of the binding of its resource. */
export class ObjectReader {
  /** The problems found: unknown fields, missing fields, and values of a wrong type. */
  public readonly problems: Violation[] = [];

  /**
   * The fields of the binding, without those with a problem.
   *
   * @param fields The fields in the notation of Kubernetes
   * @param shapeName The name of their shape
   * @param path Where they are in the object; empty for the object itself
   */
  public object(fields: Fields, shapeName: string, path = ''): Fields {
    const shape = OBJECT_SHAPES[shapeName] ?? {};
    const names = Object.keys(shape);
    const given = Object.entries(fields).filter(([, value]) => !isNothing(value));
    const missing = names.filter((name) => shape[name]?.required === true && !given.some(([one]) => one === name));
    this.problems.push(
      ...given.filter(([name]) => !names.includes(name)).map(([name]) => unknownField(path, name, names)),
      ...missing.filter((name) => name !== 'metadata').map((name) => missingField(path, name, 'manifest-field-given')),
    );
    const known = given.flatMap(([name, value]) => {
      const field = Object.prototype.hasOwnProperty.call(shape, name) ? shape[name] : undefined;
      const read = field === undefined ? undefined : this.field(value, field, join(path, name));
      return read === undefined ? [] : [[field?.property ?? name, read] as const];
    });
    // the metadata of pod and job templates is optional in Kubernetes, but not in the provider
    return { ...(missing.includes('metadata') ? { metadata: {} } : {}), ...Object.fromEntries(known) };
  }

  private field(value: unknown, field: ObjectField, path: string): unknown {
    switch (field.many) {
      case 'list':
        return this.list(value, field, path);
      case 'map':
        return this.map(value, field, path);
      default: {
        const one = this.one(value, field, path);
        return field.binding === 'list' && one !== undefined ? [one] : one;
      }
    }
  }

  private list(value: unknown, field: ObjectField, path: string): unknown {
    if (!Array.isArray(value)) {
      this.mistake(path, 'must be a list', value);
      return undefined;
    }
    const items = value.map((item: unknown, index) => this.one(item, field, `${path}[${index}]`));
    if (field.binding !== 'one') {
      return items.filter((item) => item !== undefined);
    }
    if (items.length > 1) {
      this.mistake(path, 'must have one item, since the provider supports only one', `${items.length} items`);
    }
    return items[0];
  }

  private map(value: unknown, field: ObjectField, path: string): unknown {
    if (!isFields(value)) {
      this.mistake(path, 'must be a map', value);
      return undefined;
    }
    if (Object.keys(value).includes('__proto__')) {
      this.mistake(path, 'must not have the key "__proto__", which is not allowed', '"__proto__"');
    }
    const entries = Object.entries(value).map(
      ([key, one]) => [key, this.one(one, field, `${path}[${JSON.stringify(key)}]`)] as const,
    );
    return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
  }

  private one(value: unknown, { is, asText }: ObjectField, path: string): unknown {
    if (MUST_BE[is] !== undefined) {
      const read = readValue(value, is as ValueType, asText === true);
      if (read === undefined) {
        this.mistake(path, MUST_BE[is], value);
      } else if (is === 'quantity') {
        this.problems.push(...amountProblems(path, value));
      }
      return read;
    }
    if (!isFields(value)) {
      this.mistake(path, 'must be an object', value);
      return undefined;
    }
    return this.object(value, is, path);
  }

  private mistake(path: string, must: string, found: unknown): void {
    this.problems.push(violation('manifest-value', `'${path}' ${must}, got ${show(found)}`));
  }
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a value; none if it is not an object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Whether Kubernetes treats a value as not set. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The value for the binding; undefined for one of a wrong type. */
function readValue(value: unknown, type: ValueType, asText: boolean): unknown {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? literalText(value) : undefined;
    case 'integer':
      if (!Number.isInteger(value)) {
        return undefined;
      }
      return asText ? numberText(value as number) : value;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'octal':
      return Number.isInteger(value) && (value as number) >= 0 ? `0${(value as number).toString(8)}` : undefined;
    case 'integerOrText':
      if (typeof value === 'string') {
        return /^[-+]?\d+$/.test(value) ? undefined : literalText(value);
      }
      return Number.isInteger(value) ? numberText(value as number) : undefined;
    case 'quantity':
      if (typeof value === 'string') {
        return literalText(value);
      }
      return typeof value === 'number' ? numberText(value) : undefined;
  }
}

function unknownField(path: string, name: string, names: readonly string[]): Violation {
  return violation(
    'manifest-field',
    `'${join(path, name)}' must be a field that the provider supports, got an unknown one: ${remedyOf(name, names)}`,
  );
}

/** The remedy for an unknown field. */
function remedyOf(name: string, names: readonly string[]): string {
  if (FILLED_IN.includes(name)) {
    return 'Kubernetes sets it: leave it out';
  }
  const nearest = nearestName(name, names);
  return nearest === undefined
    ? 'leave it out, or write the object as a kubernetes_manifest, which needs access to the cluster during a plan'
    : `did you mean '${nearest}'?`;
}

/**
 * The problem of a missing field that has no default.
 *
 * @param rule The id of the rule that requires it
 */
export function missingField(path: string, name: string, rule = 'manifest-field-needed'): Violation {
  return violation(rule, `'${join(path, name)}' must be given, got nothing: without it, the object is rejected`);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
