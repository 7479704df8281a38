import { compare, isObject, isScalar, type Json } from './json';

/** A longer expression is not evaluated. */
const LONGEST = 8_000;

/** A number with more digits is not exact in JavaScript. */
const MOST_DIGITS = 15;

/** Parts within parts, of which deeper ones are not evaluated. */
const DEEPEST = 40;

/** A part of an expression; without a value, only Terraform knows what it is. */
interface Part {
  readonly value?: Json;
  readonly start: number;
  readonly end: number;
}

/**
 * The value of an expression of literals, or the simpler expression that is left of it; undefined if it is neither.
 *
 * Conditions, comparisons and the functions that make sets and count are evaluated: with them programs decide what there
 * is, and how often.
 */
export function evaluated(expression: string): { readonly value: Json } | { readonly rest: string } | undefined {
  const isPlain = !/[?=<>!&|(]/.test(expression);
  const part = isPlain || expression.length > LONGEST ? undefined : new Parser(expression).all();
  if (part?.value !== undefined) {
    return { value: part.value };
  }
  const rest = expression.slice(part?.start, part?.end).trim();
  return rest.length < expression.trim().length ? { rest } : undefined;
}

type Operator = (left: Json, right: Json) => Json | undefined;

const logic =
  (combine: (left: boolean, right: boolean) => boolean): Operator =>
  (left, right) =>
    typeof left === 'boolean' && typeof right === 'boolean' ? combine(left, right) : undefined;

const numeric =
  (combine: (left: number, right: number) => Json | undefined): Operator =>
  (left, right) =>
    typeof left === 'number' && typeof right === 'number' ? combine(left, right) : undefined;

/** Arithmetic with whole numbers; Terraform adds fractions more exactly than JavaScript. */
const arithmetic = (combine: (left: number, right: number) => number): Operator =>
  numeric((left, right) => {
    const result = combine(left, right);
    return [left, right, result].every(Number.isSafeInteger) ? result : undefined;
  });

const equality =
  (isEqual: boolean): Operator =>
  (left, right) => {
    const same = areEqual(left, right);
    return same === undefined ? undefined : same === isEqual;
  };

/**
 * Whether two values are equal to Terraform; undefined for those of different types, and for lists and objects: an empty
 * list does not equal "[]", which is a tuple, and which of both a value is does not show in JSON.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators
 */
function areEqual(left: Json, right: Json): boolean | undefined {
  const isComparable = left === null || right === null || (isScalar(left) && typeof left === typeof right);
  return isComparable ? left === right : undefined;
}

/** A function for texts without other letters than those of ASCII, which Go and JavaScript convert alike. */
const ofAscii =
  (convert: (text: string) => string) =>
  ([text]: readonly Json[]): Json | undefined =>
    typeof text === 'string' && /^[\0-\x7f]*$/.test(text) ? convert(text) : undefined;

/** The operators between two parts, those that bind least first, and of those that start alike the longer one first. */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  { '||': logic((a, b) => a || b) },
  { '&&': logic((a, b) => a && b) },
  { '==': equality(true), '!=': equality(false) },
  {
    '>=': numeric((a, b) => a >= b),
    '<=': numeric((a, b) => a <= b),
    '>': numeric((a, b) => a > b),
    '<': numeric((a, b) => a < b),
  },
  { '+': arithmetic((a, b) => a + b), '-': arithmetic((a, b) => a - b) },
  { '*': arithmetic((a, b) => a * b) },
];

const listOf = (value: Json | undefined): Json[] | undefined => (Array.isArray(value) ? value : undefined);

/** What functions of Terraform give; undefined where they are given something else than they are evaluated for. */
const FUNCTIONS: Readonly<Record<string, (args: readonly Json[]) => Json | undefined>> = {
  toset: ([list]) => {
    const items = listOf(list);
    const isOfScalars = items?.every((item) => isScalar(item)) === true;
    return isOfScalars ? [...new Set(items.map(String))].sort(compare) : undefined;
  },
  tolist: ([list]) => listOf(list),
  tomap: ([map]) => (isObject(map) ? map : undefined),
  length: ([value]) => (isObject(value) ? Object.keys(value).length : listOf(value)?.length),
  concat: (lists) => (lists.every((list) => Array.isArray(list)) ? lists.flat() : undefined),
  merge: (maps) => (maps.every(isObject) ? Object.fromEntries(maps.flatMap((map) => Object.entries(map))) : undefined),
  keys: ([map]) => (isObject(map) ? Object.keys(map).sort(compare) : undefined),
  contains: ([list, item]) => {
    const matches = listOf(list)?.map((one) => (isScalar(item) && isScalar(one) ? areEqual(one, item) : undefined));
    return matches?.includes(undefined) === true ? undefined : matches?.includes(true);
  },
  lower: ofAscii((text) => text.toLowerCase()),
  upper: ofAscii((text) => text.toUpperCase()),
};

const SPACE = /\s*/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const STRING = /"(?:[^"\\$%\u0000-\u001f]|\\["\\nt]|[$%](?!\{))*"/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const STEP = /\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+|\*)|\[(?:"[^"\\$%]*"|\d+|\*)\]/uy;

const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/** Reads an expression once; what it does not read ends it. */
class Parser {
  private at = 0;
  private depth = 0;

  public constructor(private readonly text: string) {}

  /** All of the expression; undefined if there is more, or something that is not read. */
  public all(): Part | undefined {
    const part = this.conditional();
    this.take(SPACE);
    return this.at === this.text.length ? part : undefined;
  }

  private conditional(): Part | undefined {
    if (++this.depth > DEEPEST) {
      return undefined;
    }
    const condition = this.binary(0);
    const part = condition !== undefined && this.takes('?') ? this.branch(condition) : condition;
    this.depth--;
    return part;
  }

  private branch({ value: condition, start }: Part): Part | undefined {
    const yes = this.conditional();
    const no = yes !== undefined && this.takes(':') ? this.conditional() : undefined;
    if (yes === undefined || no === undefined) {
      return undefined;
    }
    if (typeof condition !== 'boolean') {
      return { start, end: this.at };
    }
    return condition ? yes : no;
  }

  private binary(level: number): Part | undefined {
    const operators = OPERATORS[level];
    if (operators === undefined) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (
      let name = this.operator(operators);
      left !== undefined && name !== undefined;
      name = this.operator(operators)
    ) {
      const right = this.binary(level + 1);
      left = right && this.combined(left, operators[name] as Operator, right);
    }
    return left;
  }

  private combined(left: Part, operator: Operator, right: Part): Part {
    const isKnown = left.value !== undefined && right.value !== undefined;
    return { value: isKnown ? operator(left.value, right.value) : undefined, start: left.start, end: this.at };
  }

  private operator(operators: Readonly<Record<string, Operator>>): string | undefined {
    return Object.keys(operators).find((name) => this.takes(name));
  }

  private unary(): Part | undefined {
    this.take(SPACE);
    const start = this.at;
    if (!this.takes('!')) {
      return this.primary();
    }
    const part = this.unaryWithin();
    const value = typeof part?.value === 'boolean' ? !part.value : undefined;
    return part && { value, start, end: this.at };
  }

  private unaryWithin(): Part | undefined {
    const part = ++this.depth > DEEPEST ? undefined : this.unary();
    this.depth--;
    return part;
  }

  private primary(): Part | undefined {
    const start = this.at;
    const known = (value: Json | undefined): Part => ({ value, start, end: this.at });
    const number = this.take(NUMBER);
    if (number !== '') {
      return known(number.length > MOST_DIGITS ? undefined : Number(number));
    }
    const string = this.take(STRING);
    if (string !== '') {
      return known(JSON.parse(string) as string);
    }
    if (this.takes('(')) {
      const inner = this.conditional();
      return inner !== undefined && this.takes(')') ? { ...inner, start, end: this.at } : undefined;
    }
    if (this.takes('[')) {
      const items = this.items(']');
      return items && known(valuesOf(items));
    }
    return this.takes('{') ? this.object(start) : this.named(start);
  }

  /** A word, the call of a function, or a reference. */
  private named(start: number): Part | undefined {
    const name = this.take(NAME);
    if (name === '') {
      return undefined;
    }
    if (Object.hasOwn(WORDS, name)) {
      return { value: WORDS[name] as Json, start, end: this.at };
    }
    if (this.text[this.at] === '(') {
      this.at++;
      const values = this.items(')');
      const args = values && valuesOf(values);
      const value = args && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.(args) : undefined;
      return values && { value, start, end: this.at };
    }
    while (this.take(STEP) !== '') {
      // over the path of the reference
    }
    return { start, end: this.at };
  }

  /** The parts between commas, up to the bracket that closes them. */
  private items(end: string): Part[] | undefined {
    const found: Part[] = [];
    while (!this.takes(end)) {
      const item = this.conditional();
      if (item === undefined || !(this.takes(',') || this.isNext(end))) {
        return undefined;
      }
      found.push(item);
    }
    return found;
  }

  private object(start: number): Part | undefined {
    const found: [string, Part][] = [];
    while (!this.takes('}')) {
      this.take(SPACE);
      const string = this.take(STRING);
      const key = string === '' ? this.take(NAME) : (JSON.parse(string) as string);
      const value = key !== '' && (this.takes('=') || this.takes(':')) ? this.conditional() : undefined;
      if (value === undefined) {
        return undefined;
      }
      // between lines there is no comma.
      this.takes(',');
      found.push([key, value]);
    }
    const values = valuesOf(found.map(([, part]) => part));
    const entries = values?.map((value, i): [string, Json] => [found[i]?.[0] ?? '', value]);
    return { value: entries && Object.fromEntries(entries), start, end: this.at };
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  private takes(symbol: string): boolean {
    const isThere = this.isNext(symbol);
    this.at += isThere ? symbol.length : 0;
    return isThere;
  }

  private isNext(symbol: string): boolean {
    this.take(SPACE);
    return this.text.startsWith(symbol, this.at);
  }
}

/** The values of parts; undefined if only Terraform knows one of them. */
function valuesOf(parts: readonly Part[]): Json[] | undefined {
  const values = parts.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return values.length === parts.length ? values : undefined;
}
