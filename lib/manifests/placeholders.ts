import { type References, referencesIn } from './references';
import { type JsonObject } from '../terraform-json/json';
import { templateParts } from '../terraform-json/templates';
import { resourcesOf } from '../terraform-json/resources';

/**
 * Makes expressions readable: replaces each by its value if the JSON sets it, or by a placeholder if only Terraform can
 * compute it, as in "${azurerm_container_registry.main.login_server}/a:v1".
 */
export class Placeholders {
  private readonly shortNames: ReadonlyMap<string, string>;
  private readonly references: References;

  /**
   * @param json The Terraform JSON that contains the expressions
   */
  constructor(json: JsonObject) {
    this.shortNames = shortNames(json);
    this.references = referencesIn(json);
  }

  /** The text with each expression replaced by its value, or by a placeholder such as "<var.tag>". */
  in(text: string): string {
    return this.replaced(text, (expression) => {
      const said = this.references(expression);
      return said === undefined ? this.of(expression) : this.named(said);
    });
  }

  /** The text with each expression replaced by a placeholder, even if the JSON sets its value. */
  named(text: string): string {
    return this.replaced(text, (expression) => this.of(expression));
  }

  private replaced(text: string, replace: (expression: string) => string): string {
    return templateParts(text)
      .map((part) =>
        part.expression === undefined
          ? part.text.replace(/([$%])\1\{/g, '$1{')
          : (literalDollars(part.expression) ?? replace(part.expression)),
      )
      .join('');
  }

  /** A value with the expressions in all its strings replaced. */
  inAll(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.in(value);
    }
    if (Array.isArray(value)) {
      return value.map((one) => this.inAll(one));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.inAll(inner)]))
      : value;
  }

  private of(expression: string): string {
    const named = expression.replace(
      /(?<![\w.-])((?:data\.)?[a-z]\w*\.)([A-Za-z_][\w-]*)/g,
      (address, type: string) => `${type}${this.shortNames.get(address) ?? address.slice(type.length)}`,
    );
    return `<${named.replace(/\s+/g, ' ').trim()}>`;
  }
}

/** The text of an expression that only holds a literal "$", which cannot stand directly before another expression. */
function literalDollars(expression: string): string | undefined {
  return /^"(\$+)"$/.exec(expression)?.[1];
}

/** Whether Terraform evaluates the text or a part of it. */
export function isComputed(text: string): boolean {
  return /(^|[^$])\$\{|(^|[^%])%\{/.test(text);
}

/**
 * The names of resources without the hash that CDKTF appends, which means nothing to a reader. Two names of a type that
 * differ only in the hash keep it.
 */
function shortNames(json: JsonObject): Map<string, string> {
  const named = (['resource', 'data'] as const).flatMap((section) =>
    resourcesOf(json, section).map(({ type, name }) => ({
      type: section === 'data' ? `data.${type}` : type,
      name,
      short: name.replace(/_(?=\d*[A-F])[0-9A-F]{8}$/, ''), // with a letter, so that a date is not taken for a hash
    })),
  );
  const names = new Map<string, number>();
  named.forEach(({ type, short }) => names.set(`${type}.${short}`, (names.get(`${type}.${short}`) ?? 0) + 1));
  return new Map(
    named
      .filter(({ type, short }) => names.get(`${type}.${short}`) === 1)
      .map(({ type, name, short }) => [`${type}.${name}`, short]),
  );
}
