import { evaluated } from './evaluate';
import { eachString, isObject, isScalar, mapStrings, own, type Json, type JsonObject } from './json';
import { DEEPEST, visitInOrder } from './in-order';
import { onlyReference, referencesIn, type Reference } from './references';
import { templateParts, type TemplatePart } from './templates';

/** Whether a value is text with a template that Terraform evaluates. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('{') && /(?<!\$)\$\{|(?<!%)%\{/.test(value);
}

/** Escapes a literal text for Terraform's JSON. */
export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Undoes the escapes in a text of Terraform's JSON; references stay as they are. */
export function unescapeTemplates(text: string): string {
  return text.includes('{') ? text.replace(/([$%])\1(?=\{)/g, '$1').replace(/\$\{"(\$+)"\}/g, '$1') : text;
}

/** Whether any text in a value has a template that Terraform evaluates. */
export function hasExpression(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) {
    return isExpression(value);
  }
  return Object.values(value).some((child: Json) => hasExpression(child));
}

/** The addresses that the templates of a text mention, in order. */
export function addressesIn(text: string): string[] {
  return referencesIn(text).map(({ address }) => address);
}

/** The text with every address in its templates replaced for which `rename` returns another one. */
export function renameAddresses(text: string, rename: (address: string) => string | undefined): string {
  return replaceReferences(text, ({ address, start }) => {
    const name = rename(address);
    return name === undefined ? undefined : { start, end: start + address.length, text: name };
  });
}

/** A reference split into the address and the attribute's path; undefined if the text is more than a reference. */
export function parseReference(text: string): { address: string; path: string } | undefined {
  const reference = onlyReference(text);
  return reference && { address: reference.address, path: dottedPath(reference) };
}

/** The path after an address without the positions in lists. */
export function dottedPath({ path }: Reference): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

/** A part of a text, and what to write there. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with some of its references replaced. */
function replaceReferences(text: string, replace: (reference: Reference) => Replacement | undefined): string {
  const parts: string[] = [];
  let from = 0;
  for (const reference of referencesIn(text)) {
    const replacement = replace(reference);
    if (replacement !== undefined) {
      parts.push(text.slice(from, replacement.start), replacement.text);
      from = replacement.end;
    }
  }
  return from === 0 ? text : [...parts, text.slice(from)].join('');
}

/** Finds the value that a program sets for a reference; undefined if it sets none, or if only Terraform knows it. */
export type Lookup = (reference: Reference) => Json | undefined;

/** The length of the longest value that replaces a reference. */
const LONGEST = 8_000;

/** The length that values may add to a text. */
const LONGEST_TEXT = 2_000;

/**
 * A function that replaces the references in a text by their values, where the program itself sets these.
 *
 * References to values that only Azure or Terraform knows, such as ids, stay, and so do references in a cycle.
 */
export function resolver(lookup: Lookup): (text: string) => Json {
  const found = new Map<string, Json | undefined>();
  const keyOf = ({ address, path }: Reference) => JSON.stringify([address, ...path]);
  let depth = 0;
  const known = (reference: Reference): Json | undefined => {
    const key = keyOf(reference);
    if (!found.has(key)) {
      if (depth > DEEPEST) {
        visitInOrder(
          reference,
          keyOf,
          (one) => found.has(one),
          (one) => mentionedBy(lookup(one)),
          compute,
        );
      } else {
        compute(reference, key);
      }
    }
    return found.get(key);
  };
  const compute = (reference: Reference, key: string): void => {
    // undefined while it is being resolved, which ends every cycle.
    found.set(key, undefined);
    depth++;
    const value = lookup(reference);
    const resolved =
      value === undefined ? undefined : mapStrings(value, (text) => (isExpression(text) ? resolve(text) : text));
    depth--;
    found.set(key, lengthOf(resolved) > LONGEST ? undefined : resolved);
  };
  const resolve = (text: string): Json => {
    const only = onlyReference(text);
    if (only !== undefined) {
      return known(only) ?? tidy(text);
    }
    let room = text.length + LONGEST_TEXT;
    const resolved = replaceReferences(text, (reference) => {
      const value = room < 0 ? undefined : known(reference);
      const replacement = value === undefined ? undefined : written(value, reference);
      room -= replacement?.text.length ?? 0;
      return replacement;
    });
    return room < 0 ? text : settled(tidy(resolved));
  };
  return resolve;
}

/** The references in the texts of a value. */
function mentionedBy(value: Json | undefined): Reference[] {
  const found: Reference[] = [];
  eachString(value, (text) => found.push(...referencesIn(text)));
  return found;
}

/** A value in place of a reference: as text if the reference is a whole interpolation, or else as an expression. */
function written(value: Json, { start, end, interpolation }: Reference): Replacement {
  if (interpolation === undefined || !isScalar(value)) {
    return { start, end, text: asExpression(value) };
  }
  const text = String(value);
  return { ...interpolation, text: interpolation.isQuoted ? quotable(text) : text };
}

/** A value as an expression of Terraform. */
function asExpression(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(asExpression).join(', ')}]`;
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)} = ${asExpression(child)}`);
    return `{${entries.join(', ')}}`;
  }
  if (typeof value !== 'string') {
    return String(value);
  }
  const [part, ...others] = templateParts(value);
  return part?.expression !== undefined && others.length === 0 && part.text.startsWith('$')
    ? part.expression.trim()
    : `"${quotable(value)}"`;
}

/** A text as it is written in quotation marks, with its templates unchanged. */
function quotable(text: string): string {
  return templateParts(text)
    .map((part) => (part.expression === undefined ? JSON.stringify(part.text).slice(1, -1) : part.text))
    .join('');
}

/** The text without spaces at the ends of its templates. */
function tidy(text: string): string {
  return templateParts(text)
    .map(({ text: part, expression }) =>
      expression === undefined || !part.endsWith('}') ? part : `${part.slice(0, 2)}${expression.trim()}}`,
    )
    .join('');
}

/** A text with its templates replaced by their values, as far as these consist of literals. */
function settled(text: string): Json {
  const parts = templateParts(text).map((part) => ({ ...part, result: resultOf(part) }));
  const [only] = parts;
  if (parts.length === 1 && only?.result !== undefined && 'value' in only.result) {
    return only.result.value;
  }
  const texts = parts.map(({ text: part, result }) => {
    if (result === undefined) {
      return part;
    }
    if ('rest' in result) {
      return `\${${result.rest}}`;
    }
    return isScalar(result.value) ? escapeTemplates(String(result.value)) : part;
  });
  return texts.join('');
}

function resultOf({ text, expression }: TemplatePart): ReturnType<typeof evaluated> {
  return expression !== undefined && text.startsWith('${') ? evaluated(expression) : undefined;
}

function lengthOf(value: Json | undefined): number {
  return typeof value === 'string' ? value.length : (JSON.stringify(value)?.length ?? 0);
}

/** The value at a path of keys and positions; a block may be written with or without the list around it. */
export function pick(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((current, step) => {
    if (typeof step === 'number') {
      const items = isObject(current) ? [current] : current;
      return Array.isArray(items) ? items[step] : undefined;
    }
    const object = Array.isArray(current) && current.length === 1 ? current[0] : current;
    return isObject(object) ? own(object, step) : undefined;
  }, value);
}

/** The value that a resource's own configuration sets for an attribute; undefined for a block. */
export function configured(attributes: JsonObject, path: readonly (string | number)[]): Json | undefined {
  const value = path.length === 0 ? undefined : (pick(attributes, path) ?? undefined);
  const isPlain = Array.isArray(value) ? value.every((item) => isScalar(item)) : isScalar(value);
  return isPlain ? value : undefined;
}
