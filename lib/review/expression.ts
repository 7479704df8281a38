import { at, isScalar, type Json, type JsonObject } from './json';

/** What Terraform interpolates: "${...}"; nested braces of maps and functions are inside. */
const INTERPOLATION = /\$\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;

/** An address in an expression: a resource's `type.name`, or a data source's with its prefix. */
const ADDRESS = /(?<![\w.-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*/g;

/** An expression that is one reference and nothing else: its address, and the path behind it. */
const REFERENCE = /^((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)((?:\.[A-Za-z_][\w-]*|\[\d+\])*)$/;

/** Whether a value is text that Terraform computes. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('${');
}

/** Whether anything in a value is text that Terraform computes. */
export function hasExpression(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) {
    return isExpression(value);
  }
  return Object.values(value).some((child: Json) => hasExpression(child));
}

/** The addresses that a text mentions, in the order of the text. */
export function addressesIn(text: string): string[] {
  return text.match(ADDRESS) ?? [];
}

/** The text with every address replaced that `rename` knows another name for. */
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

/**
 * The text with each reference replaced by what it stands for, where the program itself says what that is.
 *
 * What only Azure or Terraform knows, such as an id, stays a reference.
 */
export function resolve(text: string, lookup: (address: string, path: string) => Json | undefined, depth = 8): Json {
  const known = (expression: string): Json | undefined => {
    const reference = parseReference(expression);
    const value = reference && depth > 0 ? lookup(reference.address, reference.path) : undefined;
    return typeof value === 'string' && value.includes('${') ? resolve(value, lookup, depth - 1) : value;
  };
  const whole = known(text);
  if (whole !== undefined) {
    return whole;
  }
  return text.replace(INTERPOLATION, (expression) => {
    const value = known(expression);
    return isScalar(value) ? String(value) : expression.replace(/^\$\{\s+|\s+\}$/g, (edge) => edge.trim());
  });
}

/** What a resource's own configuration says about one of its attributes, if it is a value and not a block. */
export function configured(attributes: JsonObject, path: string): Json | undefined {
  const value = path === '' ? undefined : at(attributes, path);
  return isScalar(value) ? value : undefined;
}
