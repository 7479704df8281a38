import { type References, referencesIn } from './references';
import { type JsonObject } from '../terraform-json/json';
import { templateParts } from '../terraform-json/templates';
import { resourcesOf } from '../terraform-json/resources';

/**
 * Makes expressions readable: what the JSON itself says of them, or a placeholder for what only Terraform can compute,
 * such as "${azurerm_container_registry.main.login_server}/a:v1".
 */
export class Placeholders {
  private readonly shortNames: ReadonlyMap<string, string>;
  private readonly references: References;

  /**
   * @param json The Terraform JSON that the expressions stand in
   */
  constructor(json: JsonObject) {
    this.shortNames = shortNames(json);
    this.references = referencesIn(json);
  }

  /** The text with what the JSON says, or a named placeholder such as "<var.tag>", for each expression; the rest stays. */
  in(text: string): string {
    return this.replaced(text, (expression) => {
      const said = this.references(expression);
      return said === undefined ? this.of(expression) : this.named(said);
    });
  }

  /** The text with a named placeholder for each expression, whatever the JSON says. */
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

  /** The same in all strings of a value. */
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

/** The text that an expression is, where it is only the literal "$" that cannot stand right before another expression. */
function literalDollars(expression: string): string | undefined {
  return /^"(\$+)"$/.exec(expression)?.[1];
}

/** Whether Terraform computes the text or a part of it. */
export function isComputed(text: string): boolean {
  return /(^|[^$])\$\{|(^|[^%])%\{/.test(text);
}

/**
 * The names of resources without the hash that CDKTF puts at their end, which tells nobody anything. Where two names of
 * a type differ in nothing else, they keep it.
 */
function shortNames(json: JsonObject): Map<string, string> {
  const named = (['resource', 'data'] as const).flatMap((section) =>
    resourcesOf(json, section).map(({ type, name }) => ({
      type: section === 'data' ? `data.${type}` : type,
      name,
      short: name.replace(/_(?=\d*[A-F])[0-9A-F]{8}$/, ''), // with a letter in it, lest a date should be taken for one
    })),
  );
  const isShared = (type: string, short: string): boolean =>
    named.filter((one) => one.type === type && one.short === short).length > 1;
  return new Map(
    named
      .filter(({ type, short }) => !isShared(type, short))
      .map(({ type, name, short }) => [`${type}.${name}`, short]),
  );
}
