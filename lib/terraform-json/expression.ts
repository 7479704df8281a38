import { at, isScalar, type Json, type JsonObject } from './json';
import { templateParts } from './templates';

/** An address in an expression: a resource's `type.name`, or a data source's with its prefix. */
const ADDRESS = /(?<![\w.-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g;

/** An expression that is a single reference: its address, and the path after it. */
const REFERENCE = /^((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[\d+\])*)$/;

/** Whether a value is text with a template that Terraform evaluates. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && /(?<!\$)\$\{/.test(value);
}

/** Escapes a literal text for Terraform's JSON. */
export function escapeTemplates(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Undoes the escapes in a text of Terraform's JSON; references stay as they are. */
export function unescapeTemplates(text: string): string {
  return text.replace(/([$%])\1(?=\{)/g, '$1').replace(/\$\{"(\$+)"\}/g, '$1');
}

/** Whether any text in a value has a template that Terraform evaluates. */
export function hasExpression(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) {
    return isExpression(value);
  }
  return Object.values(value).some((child: Json) => hasExpression(child));
}

/** The addresses that a text mentions, in order. */
export function addressesIn(text: string): string[] {
  return text.match(ADDRESS) ?? [];
}

/** The text with every address replaced for which `rename` returns another one. */
export function renameAddresses(text: string, rename: (address: string) => string | undefined): string {
  return text.replace(ADDRESS, (address) => rename(address) ?? address);
}

/** A reference split into the address and the attribute's path; undefined if the text is more than a reference. */
export function parseReference(text: string): { address: string; path: string } | undefined {
  const inner = /^\$\{\s*([^${}]*?)\s*\}$/.exec(text)?.[1];
  const match = inner === undefined ? undefined : REFERENCE.exec(inner);
  return match?.[1] === undefined
    ? undefined
    : { address: match[1], path: (match[2] ?? '').replace(/\[\d+\]/g, '').replace(/^\./, '') };
}

/** Texts that refer to each other can grow without end; a text that gets longer than this stays as written. */
const LONGEST = 20_000;

/**
 * A function that replaces the references in a text by their values, where the program itself sets these.
 *
 * A value that only Azure or Terraform knows, such as an id, stays a reference, and so does one that refers to itself.
 */
export function resolver(lookup: (address: string, path: string) => Json | undefined): (text: string) => Json {
  const found = new Map<string, Json | undefined>();
  const known = (expression: string): Json | undefined => {
    const reference = parseReference(expression);
    // paths look into the first block of a list only.
    if (reference === undefined || /\[0*[1-9]\d*\]/.test(expression)) {
      return undefined;
    }
    const key = `${reference.address} ${reference.path}`;
    if (!found.has(key)) {
      // unknown while it is being resolved, which ends every cycle.
      found.set(key, undefined);
      const value = lookup(reference.address, reference.path);
      found.set(key, isExpression(value) ? resolve(value) : value);
    }
    return found.get(key);
  };
  const resolvePart = (template: string): string => {
    const value = known(template);
    return isScalar(value) ? String(value) : template.replace(/^\$\{\s+|\s+\}$/g, (edge) => edge.trim());
  };
  const resolve = (text: string): Json => {
    const whole = known(text);
    if (whole !== undefined) {
      return whole;
    }
    const resolved = templateParts(text)
      .map((part) => (part.expression === undefined ? part.text : resolvePart(part.text)))
      .join('');
    return resolved.length > LONGEST ? text : resolved;
  };
  return resolve;
}

/** The value that a resource's own configuration sets for an attribute; undefined for a block. */
export function configured(attributes: JsonObject, path: string): Json | undefined {
  const value = path === '' ? undefined : at(attributes, path);
  return isScalar(value) ? value : undefined;
}
