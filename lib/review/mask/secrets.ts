import { escapeTemplates, unescapeTemplates } from '../../terraform-json/expression';
import { eachScalar, isObject, mapEntries, mapItems, type Json } from '../../terraform-json/json';
import { SECRET_TEXTS } from '../../terraform-json/secret-texts';
import { soundsSecret } from '../../terraform-json/sensitive';
import { CommonWords } from './common-words';
import { Forms } from './forms';
import { literals, MASK } from './mask-value';

/** A shorter secret is masked only if it is the whole text; within other texts, it would mask too much. */
const SHORTEST = 4;

/** The fields of a review that never contain text of the input. */
const OWN_WORDS = new Set([
  ...['schemaVersion', 'level', 'action', 'kind', 'shift', 'certainty', 'consequences', 'concern'],
  ...['rule', 'severity', 'state', 'fingerprint', 'profile', 'today', 'where'],
]);

/** The number of digits from which on a number is considered to be a secret. */
const SHORTEST_NUMBER = 6;

/** The format of the names of a review's fields. */
const OWN_FIELD = /^[a-z][A-Za-z]*$/;

/** The fields of a review that contain values of the input. */
const VALUES = ['before', 'after'];

/** Whether a field contains words of the review itself. */
function isOwnWord(key: string, value: Json): boolean {
  return OWN_WORDS.has(key) && (typeof value === 'string' || key === 'consequences');
}

/** How the parts of a value are hidden. */
interface Hiding {
  readonly read: (text: string) => string;
  readonly item: (child: Json) => Json;
  readonly field: (child: Json, key: string) => Json;
  readonly name: (key: string) => string;
}

/** The secrets of the reviewed programs and plans, which must not appear in the review in any form. */
export class Secrets {
  private readonly whole = new Map<string, string>();
  /** By their first characters, so that one pass over a text finds thousands of secrets. */
  private readonly parts = new Map<string, Forms>();
  /** The codes of their first characters: most positions of most texts have none of these. */
  private readonly firsts = new Set<number>();
  /** The secrets that are not among the parts yet: which of them are common words is known once all programs are read. */
  private pending: string[] = [];
  private readonly common = new CommonWords();
  /** The texts without these secrets, by the original texts. */
  private readonly read = new Map<string, string>();

  /** Adds a secret in every form in which it is likely to appear. */
  public add(value: Json): void {
    if (Array.isArray(value) || isObject(value)) {
      Object.values(value).forEach((child: Json) => this.add(child));
    } else if (typeof value === 'string') {
      [...literals(value), ...secretsIn(value)].flatMap(forms).forEach((form) => this.addForm(form, MASK));
    } else if (typeof value === 'number' && String(value).length >= SHORTEST_NUMBER) {
      this.addForm(String(value), MASK);
    }
  }

  /** Adds a name of the program's vocabulary, whose words are secrets only as whole values. */
  public addName(name: string): void {
    this.common.addName(name);
  }

  /** Adds an id that is not secret but confidential; its last characters are kept to identify it. */
  public addId(id: string): void {
    this.addForm(id, `…${id.slice(-4)}`);
  }

  /**
   * A value without any secret; parts without secrets are not copied.
   *
   * @param then Is applied to each text afterwards
   */
  public hide<T>(value: T, then: (text: string) => string = (text) => text): T {
    this.addParts();
    const read = (text: string): string => then(this.hiddenText(text));
    // within a value of the input, the names of fields are part of the input as well.
    const inValue = (child: Json): Json => this.hidden(child, asValue);
    const asValue: Hiding = { read, item: inValue, field: inValue, name: read };
    const inReview = (child: Json): Json => {
      // shorter numbers in a review are counts and line numbers.
      const isShort = typeof child === 'number' && String(child).length < SHORTEST_NUMBER;
      return isShort ? child : this.hidden(child, asReview);
    };
    const field = (child: Json, key: string): Json => {
      if (isOwnWord(key, child)) {
        return child;
      }
      return VALUES.includes(key) ? inValue(child) : inReview(child);
    };
    const name = (key: string): string => (OWN_FIELD.test(key) ? key : read(key));
    const asReview: Hiding = { read, item: inReview, field, name };
    return inReview(value as Json) as T;
  }

  private hidden(value: Json, { read, item, field, name }: Hiding): Json {
    if (typeof value === 'string') {
      return read(value);
    }
    if (Array.isArray(value)) {
      return mapItems(value, item);
    }
    if (isObject(value)) {
      return mapEntries(value, field, name);
    }
    return typeof value === 'number' && this.whole.has(String(value)) ? MASK : value;
  }

  /** A text without secrets, which is computed once: a review repeats types, keys and reasons a thousand times. */
  private hiddenText(text: string): string {
    const known = this.read.get(text);
    if (known !== undefined) {
      return known;
    }
    const hidden = this.readText(text);
    this.read.set(text, hidden);
    return hidden;
  }

  private readText(text: string): string {
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
    const parts: string[] = [];
    let from = 0;
    for (let i = 0; this.parts.size > 0 && i + SHORTEST <= text.length; i++) {
      const mayStart = this.firsts.has(text.charCodeAt(i));
      const found = mayStart ? this.parts.get(text.slice(i, i + SHORTEST))?.at(text, i) : undefined;
      if (found !== undefined) {
        parts.push(text.slice(from, i), this.whole.get(found.form) ?? MASK);
        from = i + found.length;
        i = from - 1;
      }
    }
    return from === 0 ? text : [...parts, text.slice(from)].join('');
  }

  private addForm(form: string, mask: string): void {
    if (this.whole.has(form)) {
      return;
    }
    this.whole.set(form, mask);
    this.read.clear();
    if (form.length >= SHORTEST) {
      this.pending.push(form);
    }
  }

  /** Adds the pending secrets to the parts, except for common words. */
  private addParts(): void {
    for (const form of this.pending.filter((one) => !this.common.has(one))) {
      this.firsts.add(form.charCodeAt(0));
      const start = form.slice(0, SHORTEST);
      const forms = this.parts.get(start) ?? new Forms();
      this.parts.set(start, forms);
      forms.add(form);
    }
    this.pending = [];
  }
}

const SUBSCRIPTION = /(\/subscriptions\/)([0-9a-f]{8}-[0-9a-f-]{27})/gi;

/** A shorter secret is not masked in upper or lower case. */
const SHORTEST_IN_OTHER_CASE = 8;

/** The encodings in which a secret may appear. */
const ENCODINGS = ['base64', 'base64url', 'hex'] as const;

/** The secrets inside a secret that is a JSON document, such as the credentials of a registry. */
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

/**
 * The forms of a secret: plain, escaped for Terraform, JSON and URLs, encoded as in Kubernetes secrets, line by line,
 * and in upper and lower case.
 */
function forms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= 8);
  const encoded =
    secret.length < SHORTEST
      ? []
      : [escaped(secret), encodeSafely(secret), ...ENCODINGS.map((encoding) => Buffer.from(secret).toString(encoding))];
  const templates = [escapeTemplates(secret), unescapeTemplates(secret)];
  const single = lines.length > 1 ? lines : [];
  // as the results of upper() and lower(); short words would match too often.
  const cases = secret.length < SHORTEST_IN_OTHER_CASE ? [] : [secret.toUpperCase(), secret.toLowerCase()];
  return [...new Set([secret, ...templates, ...encoded, ...single, ...cases])];
}

function escaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function encodeSafely(secret: string): string {
  // through bytes and back: encodeURIComponent throws at half of a surrogate pair.
  return encodeURIComponent(Buffer.from(secret).toString());
}

function keepFirstGroup(_: string, ...groups: unknown[]): string {
  return `${typeof groups[0] === 'string' ? groups[0] : ''}${MASK}`;
}
