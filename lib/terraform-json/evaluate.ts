import { collected, entriesOf, valuesOf, within, type Made } from './collections';
import { FUNCTIONS, OPERATORS, type Operator } from './functions';
import { isScalar, type Json } from './json';

/** The length of the longest expression that is evaluated. */
const LONGEST = 8_000;

/** The number of digits that JavaScript represents exactly. */
const MOST_DIGITS = 15;

/** The deepest nesting that is evaluated. */
const DEEPEST = 40;

/** The number of characters that are read again for the items of `for` expressions. */
const MOST_AGAIN = 20_000;

/** A part of an expression; it has no value if only Terraform knows it. */
interface Part {
  readonly value?: Json;
  readonly start: number;
  readonly end: number;
}

/**
 * The value of an expression of literals, or the simpler expression that remains of it; undefined if there is neither.
 *
 * Conditions, comparisons, whole numbers, texts with templates, `for`, and the functions for sets, lists and maps are
 * evaluated: programs use them to decide which resources exist, and how many.
 */
export function evaluated(expression: string): { readonly value: Json } | { readonly rest: string } | undefined {
  const isPlain = !/[?=<>!&|(+*/%]|(^|\s)-|\$\{|^\s*[[{]\s*for\s/.test(expression);
  const part = isPlain || expression.length > LONGEST ? undefined : new Parser(expression).all();
  if (part?.value !== undefined) {
    return { value: part.value };
  }
  const rest = expression.slice(part?.start, part?.end).trim();
  return rest.length < expression.trim().length ? { rest } : undefined;
}

const SPACE = /\s*/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const STRING = /"(?:[^"\\$%\u0000-\u001f]|\\["\\nt]|[$%](?!\{))*"/y;
/** The literal text between templates; escaped templates are not read. */
const LITERAL = /(?:[^"\\$%\u0000-\u001f]|\\["\\nt]|[$%](?![${%]))+/y;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const STEP = /\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+|\*)|\[(?:"[^"\\$%]*"|\d+|\*)\]/uy;

const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/** Reads an expression in one pass, up to the first part that it does not support. */
class Parser {
  private at = 0;
  private depth = 0;
  private room = MOST_AGAIN;
  /** The values of the variables of `for` expressions. */
  private names: ReadonlyMap<string, Json | undefined> = new Map();

  public constructor(private readonly text: string) {}

  /** The whole expression; undefined if a part of it is not supported. */
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
    const [taken, other] = condition ? [yes, no] : [no, yes];
    return { ...taken, value: unified(taken.value, other.value) };
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
    const sign = ['!', '-'].find((one) => this.takes(one));
    if (sign === undefined) {
      return this.primary();
    }
    const part = this.unaryWithin();
    return part && { value: signed(sign, part.value), start, end: this.at };
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
    if (this.text[this.at] === '"') {
      return this.template(start);
    }
    if (this.takes('(')) {
      const inner = this.conditional();
      return inner !== undefined && this.takes(')') ? { ...inner, start, end: this.at } : undefined;
    }
    const bracket = ['[', '{'].find((one) => this.takes(one));
    if (bracket === undefined) {
      return this.named(start);
    }
    if (this.isWord('for')) {
      this.take(SPACE);
      return this.each(start, bracket === '{' ? '}' : ']');
    }
    if (bracket === '{') {
      return this.object(start);
    }
    const items = this.items(']');
    return items && known(valuesOf(items));
  }

  /** A text with templates; a text that is a single template has the value of it. */
  private template(start: number): Part | undefined {
    this.at++;
    const parts: (Json | undefined)[] = [];
    while (this.text[this.at] !== '"') {
      const literal = this.take(LITERAL);
      if (literal !== '') {
        parts.push(JSON.parse(`"${literal}"`) as string);
      } else if (this.text.startsWith('${', this.at) && this.text[this.at + 2] !== '~') {
        this.at += 2;
        const part = this.conditional();
        if (part === undefined || !this.takes('}')) {
          return undefined;
        }
        parts.push(part.value);
      } else {
        return undefined;
      }
    }
    this.at++;
    const value = parts.length === 1 ? parts[0] : joined(parts);
    return { value, start, end: this.at };
  }

  /** A `for` expression: its body is read again for each item, with other values of its variables. */
  private each(start: number, end: ']' | '}'): Part | undefined {
    this.take(NAME);
    const [first, second] = [this.word(), this.takes(',') ? this.word() : undefined];
    if (first === '' || second === '' || this.word() !== 'in') {
      return undefined;
    }
    const source = this.conditional();
    if (source === undefined || !this.takes(':')) {
      return undefined;
    }
    const entries = entriesOf(source.value, second !== undefined);
    const [outer, body] = [this.names, this.at];
    const found: (Made | undefined)[] = [];
    // if the source is unknown or empty, the body is read once to find its end.
    for (const [key, item] of entries?.length ? entries : [[undefined, undefined]]) {
      this.at = body;
      this.names = new Map([
        ...outer,
        [second ?? first, item],
        ...(second === undefined ? [] : [[first, key] as const]),
      ]);
      found.push(this.made(end));
      this.room -= this.at - body;
      if (found.includes(undefined) || this.room < 0) {
        return undefined;
      }
    }
    this.names = outer;
    const made = entries?.length === 0 ? [] : found.flatMap((one) => one ?? []);
    return { value: entries && collected(made, end === '}'), start, end: this.at };
  }

  /** The result of a `for` expression for one item, read up to the end of the expression. */
  private made(end: ']' | '}'): Made | undefined {
    const key = end === '}' ? this.conditional() : undefined;
    if (end === '}' && (key === undefined || !this.takes('=>'))) {
      return undefined;
    }
    const part = this.conditional();
    const isChosen = part !== undefined && this.isWord('if');
    const condition = isChosen ? (this.word(), this.conditional()) : undefined;
    if (part === undefined || (isChosen && condition === undefined) || !this.takes(end)) {
      return undefined;
    }
    return { key: key?.value, value: part.value, isKept: isChosen ? condition?.value : true };
  }

  private word(): string {
    this.take(SPACE);
    return this.take(NAME);
  }

  private isWord(word: string): boolean {
    const { at } = this;
    const found = this.word();
    this.at = at;
    return found === word;
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
    const path: string[] = [];
    for (let step = this.take(STEP); step !== ''; step = this.take(STEP)) {
      path.push(step);
    }
    return { value: this.names.has(name) ? within(this.names.get(name), path) : undefined, start, end: this.at };
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

function signed(sign: string, value: Json | undefined): Json | undefined {
  if (sign === '!') {
    return typeof value === 'boolean' ? !value : undefined;
  }
  return typeof value === 'number' ? 0 - value : undefined;
}

/**
 * The value of the branch that a condition takes: both branches have one type, which is text if one of them is.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/conditionals#result-types
 */
function unified(taken: Json | undefined, other: Json | undefined): Json | undefined {
  return typeof other === 'string' && isScalar(taken) ? textOf(taken) : taken;
}

/** The text of a template, from the values of its parts. */
function joined(parts: readonly (Json | undefined)[]): string | undefined {
  const texts = parts.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** A value as Terraform converts it to text; undefined for a number that JavaScript may write in another way. */
function textOf(value: Json | undefined): string | undefined {
  const isExact = typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
  return isExact ? String(value) : undefined;
}
