import { isExpression } from '../../terraform-json/expression';
import { isObject, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { isSecretPath, soundsSecret } from '../../terraform-json/sensitive';

/** What stands in the place of a secret. */
export const MASK = '(sensitive)';

/** A value with the secrets in it replaced in their places, by the names that lead to them. */
export function maskValue(type: string, path: readonly string[], value: Json, entry?: JsonObject): Json {
  if (Array.isArray(value)) {
    return value.map((item) => maskValue(type, path, item));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, maskValue(type, [...path, key], child, value)]),
    );
  }
  return isSecretLeaf(type, path, entry) ? maskLeaf(value) : value;
}

/** A secret in its place: a reference says where it comes from and stays, and whether there is one is no secret. */
export function maskLeaf(value: Json): Json {
  if (Array.isArray(value) || isObject(value)) {
    return MASK;
  }
  const isPlain = value === null || value === '' || typeof value === 'boolean';
  return isPlain || (isExpression(value) && literals(value).length === 0) ? value : MASK;
}

/** Whether a scalar is a secret: by its path, or as the value of a named entry such as an environment variable. */
export function isSecretLeaf(type: string, path: readonly string[], entry?: JsonObject): boolean {
  const named =
    path.at(-1) === 'value' && entry !== undefined ? (textAt(entry, 'name') ?? textAt(entry, 'key')) : undefined;
  return (named !== undefined && soundsSecret(named)) || isSecretPath(type, path);
}

/** The parts of a text that are written out in it: all of it, or what is around and quoted inside of expressions. */
export function literals(text: string): string[] {
  if (!isExpression(text)) {
    return text === '' || text === 'true' || text === 'false' ? [] : [text];
  }
  const quoted = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  const around = text.split(/(?<!\$)\$\{[^}]*\}/);
  return [...quoted, ...around].filter((part) => part.length >= 6 && !isExpression(part));
}
