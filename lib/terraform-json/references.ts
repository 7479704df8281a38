/** A reference in an expression to a resource, a data source, a module, a local or a variable. */
export interface Reference {
  /** The address that is referred to: "azurerm_subnet.nodes", "data.azurerm_subnet.nodes", "local.roles", "each.value". */
  readonly address: string;
  /** The keys and positions after the address, as far as the code decides them. */
  readonly path: readonly (string | number)[];
  readonly start: number;
  readonly end: number;
  /** The interpolation around it if it contains nothing else, and whether that is in quotation marks. */
  readonly interpolation?: { readonly start: number; readonly end: number; readonly isQuoted: boolean };
}

/** A literal text, quoted or not, which may contain templates, or an expression with its open braces. */
interface Scope {
  readonly kind: 'text' | 'quoted' | 'expression';
  depth: number;
  /** The start of the template of this expression. */
  readonly start: number;
  /** The number of references found before it. */
  readonly before: number;
}

const NAME_START = /[\p{L}_]/u;
const NAME = /[\p{L}\p{N}_-]+/uy;
const KEY = /\[(?:"([^"\\$%]*)"|(\d+|\*))\]/y;
const DIGITS = /\d+/y;

/** The references in the templates of a text, in order; there are none in quoted literals. */
export function referencesIn(text: string): Reference[] {
  return text.includes('{') ? scan(text, 'text') : [];
}

/** The references in a bare expression, such as those of `replace_triggered_by`. */
export function referencesInExpression(expression: string): Reference[] {
  return scan(expression, 'expression');
}

/** The reference that is the whole text; undefined if the text contains anything else. */
export function onlyReference(text: string): Reference | undefined {
  if (!text.startsWith('${') || !text.endsWith('}')) {
    return undefined;
  }
  let start = 2;
  while (text[start] === ' ') {
    start++;
  }
  const found = referenceAt(text, start);
  return found !== undefined && text.slice(found.end, -1).trim() === '' ? found : undefined;
}

/** The closing brace of the template that starts at a position; the end of the text if there is none. */
export function closingBrace(text: string, start: number): number {
  const scopes: Scope[] = [{ kind: 'text', depth: 0, start, before: 0 }];
  let position = step(text, start, scopes, []);
  while (position < text.length && scopes.length > 1) {
    position = step(text, position, scopes, []);
  }
  return scopes.length > 1 ? text.length : position - 1;
}

/** Reads a text in one pass, so that no text is slow to read. */
function scan(text: string, kind: 'text' | 'expression'): Reference[] {
  const found: Reference[] = [];
  const scopes: Scope[] = [{ kind, depth: 0, start: 0, before: 0 }];
  let position = 0;
  while (position < text.length) {
    position = step(text, position, scopes, found);
  }
  return found;
}

/** Reads the next part of a text, adds the references in it, and returns its end. */
function step(text: string, position: number, scopes: Scope[], found: Reference[]): number {
  return scopes.at(-1)?.kind === 'expression'
    ? expressionStep(text, position, scopes, found)
    : textStep(text, position, scopes, found.length);
}

/** One step in literal text; it may enter a template or leave quotation marks. */
function textStep(text: string, position: number, scopes: Scope[], before: number): number {
  const character = text[position];
  const isQuoted = scopes.at(-1)?.kind === 'quoted';
  if (isQuoted && character === '\\') {
    return position + 2;
  }
  if (isQuoted && character === '"') {
    scopes.pop();
    return position + 1;
  }
  if (character !== '$' && character !== '%') {
    return position + 1;
  }
  if (text[position + 1] === character && text[position + 2] === '{') {
    return position + 3; // "$${" is how Terraform writes a literal "${"
  }
  if (text[position + 1] !== '{') {
    return position + 1;
  }
  scopes.push({ kind: 'expression', depth: 0, start: position, before });
  return position + 2;
}

/** One step in an expression; it may read a reference, or enter or leave quotation marks and braces. */
function expressionStep(text: string, position: number, scopes: Scope[], found: Reference[]): number {
  const scope = scopes.at(-1) as Scope;
  const character = text[position] as string;
  if (character === '"') {
    scopes.push({ kind: 'quoted', depth: 0, start: position, before: found.length });
  } else if (/^(?:#|\/[/*])/.test(text.slice(position, position + 2))) {
    return endOfComment(text, position);
  } else if (character === '{') {
    scope.depth++;
  } else if (character === '}' && scope.depth > 0) {
    scope.depth--;
  } else if (character === '}' && scopes.length > 1) {
    scopes.pop();
    closeInterpolation(text, scope, position + 1, found, scopes.at(-1)?.kind === 'quoted');
  } else if (NAME_START.test(character)) {
    // after a dot, it is an attribute of the result of a function or of a computed key.
    const reference = text[position - 1] === '.' ? undefined : referenceAt(text, position);
    if (reference !== undefined) {
      found.push(reference);
    }
    return reference?.end ?? endOf(NAME, text, position);
  } else if (/\d/.test(character)) {
    return endOf(NAME, text, position);
  }
  return position + 1;
}

/** The end of a comment: the end of its line, or the position where it is closed. */
function endOfComment(text: string, position: number): number {
  const isBlock = text.startsWith('/*', position);
  const end = text.indexOf(isBlock ? '*/' : '\n', position + 2);
  return end < 0 ? text.length : end + (isBlock ? 2 : 1);
}

/** Records that an interpolation contains one reference and nothing else. */
function closeInterpolation(text: string, scope: Scope, end: number, found: Reference[], isQuoted: boolean): void {
  const only = found.at(-1);
  const isOnly = only !== undefined && found.length === scope.before + 1 && text[scope.start] === '$';
  if (isOnly && isBlank(text, scope.start + 2, only.start) && isBlank(text, only.end, end - 1)) {
    found[found.length - 1] = { ...only, interpolation: { start: scope.start, end, isQuoted } };
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === '';
}

/** The reference that starts at a name; undefined for a name alone, such as that of a function. */
function referenceAt(text: string, start: number): Reference | undefined {
  const names: (string | number)[] = [];
  let end = endOf(NAME, text, start);
  if (end === start || !NAME_START.test(text[start] as string)) {
    return undefined;
  }
  names.push(text.slice(start, end));
  for (let next = stepAt(text, end, names); next > end; next = stepAt(text, end, names)) {
    end = next;
  }
  const [root, ...rest] = names;
  const length = root === 'data' || root === 'ephemeral' ? 3 : 2;
  const parts = names.slice(0, length);
  return rest.length < length - 1 || parts.some((part) => typeof part === 'number')
    ? undefined
    : { address: parts.join('.'), path: names.slice(length), start, end };
}

/** Adds the step of a path at a position to the names, and returns its end; the position itself if there is no step. */
function stepAt(text: string, position: number, names: (string | number)[]): number {
  if (text.startsWith('.*', position)) {
    names.push('*');
    return position + 2;
  }
  if (text[position] === '.') {
    const isNumber = /\d/.test(text[position + 1] ?? '');
    const end = endOf(isNumber ? DIGITS : NAME, text, position + 1);
    if (end === position + 1) {
      return position;
    }
    const name = text.slice(position + 1, end);
    names.push(isNumber ? Number(name) : name);
    return end;
  }
  KEY.lastIndex = position;
  const key = text[position] === '[' ? KEY.exec(text) : null;
  if (key === null) {
    return position;
  }
  names.push(key[1] ?? (key[2] === '*' ? '*' : Number(key[2])));
  return KEY.lastIndex;
}

function endOf(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}
