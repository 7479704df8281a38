import { isExpression } from '../../terraform-json/expression';
import { isObject, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { isSecretPath, soundsSecret } from '../../terraform-json/sensitive';
import { templateParts } from '../../terraform-json/templates';
import { isSensitive } from '../knowledge/schema';

/** The text that replaces a secret. */
export const MASK = '(sensitive)';

/** A value in which secrets are masked, which are recognized by the names in their paths. */
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

/**
 * Masks a secret. References stay, since they only show where the secret comes from, and so do null, empty texts and
 * booleans.
 */
export function maskLeaf(value: Json): Json {
  if (Array.isArray(value) || isObject(value)) {
    return MASK;
  }
  const isPlain = value === null || value === '' || typeof value === 'boolean';
  return isPlain || (isExpression(value) && literals(value).length === 0) ? value : MASK;
}

/** Whether a scalar is a secret, by its path or by the name of its entry, such as an environment variable. */
export function isSecretLeaf(type: string, path: readonly string[], entry?: JsonObject): boolean {
  const named =
    path.at(-1) === 'value' && entry !== undefined ? (textAt(entry, 'name') ?? textAt(entry, 'key')) : undefined;
  return (named !== undefined && soundsSecret(named)) || isSecretPath(type, path) || isSensitive(type, path);
}

/** The length of the shortest literal in an expression that is masked by itself. */
const SHORTEST_LITERAL = 6;

/** The literal parts of a text: all of it, or the text around its expressions and the strings inside them. */
export function literals(text: string): string[] {
  if (!isExpression(text)) {
    return text === '' || text === 'true' || text === 'false' ? [] : [text];
  }
  const parts = templateParts(text).flatMap((part) =>
    part.expression === undefined ? [part.text] : quotedIn(part.expression),
  );
  return parts.filter((part) => part.length >= SHORTEST_LITERAL && !isExpression(part));
}

/** The strings in an expression, without an unclosed one. */
function quotedIn(expression: string): string[] {
  const found: string[] = [];
  let from: number | undefined;
  for (let i = 0; i < expression.length; i++) {
    if (expression[i] === '\\') {
      i++;
    } else if (expression[i] === '"') {
      found.push(...(from === undefined ? [] : [expression.slice(from, i)]));
      from = from === undefined ? i + 1 : undefined;
    }
  }
  return found;
}
