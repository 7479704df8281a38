import { escapeTemplates, unescapeTemplates } from '../../terraform-json/expression';
import { eachScalar, isObject, type Json } from '../../terraform-json/json';
import { SECRET_TEXTS, soundsSecret } from '../../terraform-json/sensitive';
import { literals, MASK } from './mask-value';

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

/** In which a secret may be repeated. */
const ENCODINGS = ['base64', 'base64url', 'hex'] as const;

/** The secrets in a secret that is a document, such as what logs in to a registry. */
function secretsIn(text: string): string[] {
  try {
    const found: string[] = [];
    eachScalar(text.startsWith('{') ? (JSON.parse(text) as Json) : null, (value, path) => {
      const name = path.at(-1) ?? '';
      if (name === 'auth' || soundsSecret(name)) {
        found.push(String(value));
      }
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
  const single = lines.length > 1 ? lines : [];
  return [...new Set([secret, ...templates, ...encoded, ...single])];
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
