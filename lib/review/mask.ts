import { escapeTemplates, hasExpression, isExpression, unescapeTemplates } from '../terraform-json/expression';
import { blocks, eachScalar, isObject, textAt, type Json, type JsonObject } from '../terraform-json/json';
import { isSecretPath, SECRET_TEXTS, soundsSecret } from '../terraform-json/sensitive';
import { body, type Stack } from './read/program';

/** What stands in the place of a secret. */
export const MASK = '(sensitive)';

/** Below this length a secret is only masked where it is the whole text: as a part of others it would blank everything. */
const SHORTEST = 4;

/** The fields of a review whose texts are its own words. */
const OWN_WORDS = new Set(['schemaVersion', 'level', 'action', 'kind', 'shift']);

/** The secrets of the programs and plans under review, to keep them and every repeat of them out of it. */
export class Secrets {
  private readonly whole = new Map<string, string>();
  /** By the first characters, so that a text is searched for thousands of secrets in one pass. */
  private readonly parts = new Map<string, string[]>();

  /** Adds a secret in every form in which it is likely to be repeated. */
  public add(value: Json): void {
    if (Array.isArray(value) || isObject(value)) {
      Object.values(value).forEach((child: Json) => this.add(child));
    } else if (typeof value === 'string') {
      [...literals(value), ...secretsIn(value)].flatMap(forms).forEach((form) => this.addForm(form, MASK));
    } else if (typeof value === 'number' && String(value).length >= 6) {
      this.addForm(String(value), MASK);
    }
  }

  /** Adds an id that is no secret and still nobody's business: its end is kept to tell it from others. */
  public addId(id: string): void {
    this.addForm(id, `…${id.slice(-4)}`);
  }

  /** A copy of a value without any secret. */
  public hide<T>(value: T): T {
    return this.hidden(value as Json) as T;
  }

  private hidden(value: Json): Json {
    if (typeof value === 'string') {
      return this.hiddenText(value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.hidden(item));
    }
    if (isObject(value)) {
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([key, child]) => [
          this.hiddenText(key),
          OWN_WORDS.has(key) && typeof child === 'string' ? child : this.hidden(child),
        ]),
      );
    }
    return typeof value === 'number' && this.whole.has(String(value)) ? MASK : value;
  }

  private hiddenText(text: string): string {
    const whole = this.whole.get(text);
    if (whole !== undefined) {
      return whole;
    }
    const known = SECRET_TEXTS.reduce(
      (masked, pattern) => masked.replace(pattern, keepFirstGroup),
      this.withoutParts(text),
    );
    return known.replace(SUBSCRIPTION, (_, head: string, id: string) => `${head}…${id.slice(-4)}`);
  }

  private withoutParts(text: string): string {
    let result = '';
    let from = 0;
    for (let i = 0; this.parts.size > 0 && i + SHORTEST <= text.length; i++) {
      const found = this.parts.get(text.slice(i, i + SHORTEST))?.find((secret) => text.startsWith(secret, i));
      if (found !== undefined) {
        result += text.slice(from, i) + (this.whole.get(found) ?? MASK);
        from = i + found.length;
        i = from - 1;
      }
    }
    return result + text.slice(from);
  }

  private addForm(form: string, mask: string): void {
    if (this.whole.has(form)) {
      return;
    }
    this.whole.set(form, mask);
    if (form.length >= SHORTEST) {
      const start = form.slice(0, SHORTEST);
      // the longest first: a secret may begin with another one.
      this.parts.set(
        start,
        [...(this.parts.get(start) ?? []), form].sort((a, b) => b.length - a.length),
      );
    }
  }
}

const SUBSCRIPTION = /(\/subscriptions\/)([0-9a-f]{8}-[0-9a-f-]{27})/gi;

/** Collects every secret that a stack holds in clear. */
export function collect(stack: Stack, secrets: Secrets): void {
  for (const { type, attributes, meta } of stack.resources.values()) {
    visit(type, attributes, [], secrets);
    visit(type, meta, [], secrets);
  }
  for (const { attributes } of stack.providers) {
    visit('provider', attributes, [], secrets);
    ['subscription_id', 'tenant_id'].forEach((name) => addId(textAt(attributes, name), secrets));
  }
  visit('backend', stack.backends, [], secrets);
  visit('locals', stack.locals, [], secrets);
  for (const [declared, key] of [
    [stack.variables, 'default'],
    [stack.outputs, 'value'],
  ] as const) {
    Object.keys(declared).forEach((name) => {
      const block = body(declared, name);
      if (textAt(block, 'sensitive') === 'true' || soundsSecret(name)) {
        secrets.add(block[key] ?? null);
      } else {
        visit('variable', block, [], secrets);
      }
    });
  }
}

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

function visit(type: string, value: Json, path: readonly string[], secrets: Secrets, entry?: JsonObject): void {
  if (Array.isArray(value)) {
    value.forEach((item) => visit(type, item, path, secrets, entry));
    value.flatMap(argumentSecret).forEach((secret) => secrets.add(secret));
  } else if (isObject(value)) {
    Object.entries(value).forEach(([key, child]) => visit(type, child, [...path, key], secrets, value));
  } else if (isSecretLeaf(type, path, entry)) {
    secrets.add(value);
  } else if (hasExpression(value) && /\bsensitive\s*\(/.test(String(value))) {
    secrets.add(value);
  }
}

/** The secret in one of a command's arguments: --password=x, PASSWORD=x, or what follows --password. */
function argumentSecret(item: Json, index: number, items: readonly Json[]): Json[] {
  const before = items[index - 1];
  const option = typeof before === 'string' ? /^--?([\w-]+)$/.exec(before)?.[1] : undefined;
  const [, name, value] = (typeof item === 'string' ? /^-{0,2}([\w-]+)=(.+)$/s.exec(item) : null) ?? [];
  return [
    ...(option !== undefined && soundsSecret(option) ? [item] : []),
    ...(name !== undefined && value !== undefined && soundsSecret(name) ? [value] : []),
  ];
}

/** Whether a scalar is a secret: by its path, or as the value of a named entry such as an environment variable. */
function isSecretLeaf(type: string, path: readonly string[], entry?: JsonObject): boolean {
  const named =
    path.at(-1) === 'value' && entry !== undefined ? (textAt(entry, 'name') ?? textAt(entry, 'key')) : undefined;
  return (named !== undefined && soundsSecret(named)) || isSecretPath(type, path);
}

/** The parts of a text that are written out in it: all of it, or what is around and quoted inside of expressions. */
function literals(text: string): string[] {
  if (!isExpression(text)) {
    return text === '' || text === 'true' || text === 'false' ? [] : [text];
  }
  const quoted = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  const around = text.split(/(?<!\$)\$\{[^}]*\}/);
  return [...quoted, ...around].filter((part) => part.length >= 6 && !isExpression(part));
}

/** In which a secret may be repeated. */
const ENCODINGS = ['base64', 'base64url', 'hex'] as const;

/** The secrets in a secret that is a document, such as what logs in to a registry. */
function secretsIn(text: string): string[] {
  try {
    const found: string[] = [];
    eachScalar(text.startsWith('{') ? (JSON.parse(text) as Json) : null, (value, path) => {
      const name = path.at(-1) ?? '';
      found.push(...(name === 'auth' || soundsSecret(name) ? [String(value)] : []));
    });
    return found;
  } catch {
    return [];
  }
}

/** A secret as it is, and as it is written inside of Terraform's and other JSON, of URLs, of Kubernetes secrets, and line by line. */
function forms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= 8);
  const encoded =
    secret.length < SHORTEST
      ? []
      : [escaped(secret), encodeSafely(secret), ...ENCODINGS.map((encoding) => Buffer.from(secret).toString(encoding))];
  const templates = [escapeTemplates(secret), unescapeTemplates(secret)];
  return [...new Set([secret, ...templates, ...encoded, ...(lines.length > 1 ? lines : [])])];
}

function escaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function encodeSafely(secret: string): string {
  // through bytes and back: a lone half of a character has no encoding, and encodeURIComponent throws at it.
  return encodeURIComponent(Buffer.from(secret).toString());
}

function keepFirstGroup(_: string, ...groups: unknown[]): string {
  return `${typeof groups[0] === 'string' ? groups[0] : ''}${MASK}`;
}

function addId(id: string | undefined, secrets: Secrets): void {
  if (id !== undefined && /^[0-9a-f-]{32,36}$/i.test(id)) {
    secrets.addId(id);
  }
}

/** The scalars that a plan marks as sensitive: `marks` has the shape of the value, with true where a secret is. */
export function addMarked(value: Json | undefined, marks: Json | undefined, secrets: Secrets): void {
  if (value === undefined || marks === undefined) {
    return;
  }
  if (marks === true) {
    secrets.add(value);
  } else if (Array.isArray(marks) && Array.isArray(value)) {
    marks.forEach((mark, i) => addMarked(value[i], mark, secrets));
  } else if (isObject(marks)) {
    blocks(value).forEach((block) =>
      Object.entries(marks).forEach(([key, mark]) => addMarked(block[key], mark, secrets)),
    );
  }
}
